package check

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// deadPrompts finds prompts that are never shown although the entry that they stand in
// can hold.
func deadPrompts() DeepCheck {
	const code = "dead-prompt"
	return DeepCheck{Rules: []Rule{{ID: code, Family: Deep, Severity: Information, Everywhere: true}}, Run: func(ctx context.Context, p *DeepPass) {
		var prompts []model.PropertyRef
		var ids []expr.ID
		p.properties(ctx, func(ref model.PropertyRef, q *model.Property) {
			if q.Kind == model.Prompt && !p.isRefuted(code, p.promptToken(q)) {
				prompts = append(prompts, ref)
				ids = append(ids, q.Condition, p.Model.Nodes[q.Node].Dep)
			}
		})
		possible, complete := p.canHold(ctx, ids)
		if !complete {
			return
		}
		for _, ref := range prompts {
			q := p.Model.Property(ref)
			if possible[q.Condition] {
				p.refute(code, p.promptToken(q))
				continue
			}
			if !possible[p.Model.Nodes[q.Node].Dep] || p.isUndefined(q.Own) {
				continue // the dependency, or the name, is told of anyway
			}
			what := "a choice"
			if name := p.name(ref.Symbol); name != "" {
				what = "`" + name + "`"
			}
			p.report(LineFinding{
				Code: code, Severity: Information, Symbol: p.name(ref.Symbol), At: p.promptToken(q), Unnecessary: true,
				Message: "the prompt of " + what + " is never shown: " + p.expression(q.Own) + " never holds where the entry does",
			})
		}
	}}
}

// promptToken returns the text of a prompt.
func (p *DeepPass) promptToken(q *model.Property) Line {
	line := p.line(q.Node, q.Statement)
	if token, ok := line.statement().PromptToken(); ok {
		line = line.tokens(token, token+1)
	}
	return line
}
