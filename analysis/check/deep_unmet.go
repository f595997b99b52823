package check

import (
	"context"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// codeUnmet is a select of a symbol whose dependencies need not hold then.
const codeUnmet = "unmet-dependency"

// unmetDependencies finds selects that can turn their target on, or higher, although
// what the target depends on says otherwise. Each finding comes with a configuration
// that shows it, which our own evaluation has confirmed. As sym_warn_unmet_dep in
// scripts/kconfig/symbol.c.
//
// A tool can answer anything here, so some of what is possible takes answers that
// may not go together: those are not reported, see plausible.
func unmetDependencies() DeepCheck {
	return DeepCheck{Rules: rulesOf(Deep, Warning, codeUnmet), Run: func(ctx context.Context, p *DeepPass) {
		p.properties(ctx, func(ref model.PropertyRef, property *model.Property) {
			if property.Kind == model.Select && p.mayBeUnmet(property) {
				p.unmet(ctx, ref, property)
			}
		})
	}}
}

// mayBeUnmet reports whether the selector does not say itself what the target of a
// select depends on.
func (p *DeepPass) mayBeUnmet(property *model.Property) bool {
	if property.Low == model.NoAtom || property.Low <= model.AtomYes {
		return false
	}
	target := &p.Model.Symbols[property.Low]
	if !target.Defined || target.ChoiceValue || target.DirectDep == 0 {
		return false
	}
	said := p.Model.Pool.Conjuncts(property.Condition)
	return slices.ContainsFunc(p.Model.Pool.Conjuncts(target.DirectDep), func(part expr.ID) bool {
		return !slices.Contains(said, part)
	})
}

// unmet reports a select if there is a configuration that shows that it is wrong.
func (p *DeepPass) unmet(ctx context.Context, ref model.PropertyRef, property *model.Property) {
	target := &p.Model.Symbols[property.Low]
	if p.Solver.CanBeUnmet(ctx, ref, target.DirectDep) != solve.Yes {
		return
	}
	w := p.witness(ref, property)
	if w == nil || !p.plausible(w) {
		return
	}
	var failing []expr.ID
	for _, part := range p.Model.Pool.Conjuncts(target.DirectDep) {
		if p.Solver.CanBeUnmet(ctx, ref, part) == solve.Yes {
			failing = append(failing, part)
		}
	}
	if ctx.Err() != nil {
		return
	}
	selector, selected := p.quoted(ref.Symbol), p.quoted(property.Low)
	needs := p.all(failing)
	f := LineFinding{
		Code: codeUnmet, Severity: Warning, Symbol: p.name(ref.Symbol), At: p.selectedToken(property),
		Message: selector + " selects " + selected + ", which depends on " + needs + ", and nothing sees to it that this holds: " +
			"a select does not look at what its target depends on. Depend on it as well, or select only if it holds",
	}
	for _, part := range failing {
		f.Related = append(f.Related, RelatedLine{p.lineOfPart(property.Low, part), selected + " depends on " + p.expression(part)})
	}
	f.Related = append(f.Related, RelatedLine{f.At, p.shows(w)})
	p.report(f)
}

// all lists expressions for a message.
func (p *DeepPass) all(ids []expr.ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = p.expression(id)
	}
	return joined(texts)
}

// selectedToken returns the target on the line of a select or imply.
func (p *DeepPass) selectedToken(property *model.Property) Line {
	line := p.line(property.Node, property.Statement)
	if token, ok := line.statement().Operand(); ok {
		line = line.tokens(token, token+1)
	}
	return line
}

// lineOfPart returns the line by which a symbol depends on something, the head of its
// first entry if there is no single one.
func (p *DeepPass) lineOfPart(a expr.Atom, part expr.ID) Line {
	nodes := p.Model.Symbols[a].Nodes
	for _, id := range nodes {
		for _, n := range append(p.around(id), id) {
			for _, condition := range p.Model.Nodes[n].Conditions {
				if !condition.VisibleIf && slices.Contains(p.Model.Pool.Conjuncts(condition.Expr), part) {
					return p.line(n, condition.Statement)
				}
			}
		}
	}
	return p.head(nodes[0])
}
