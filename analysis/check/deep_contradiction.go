package check

import (
	"context"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// contradictions finds entries that depend on things that exclude each other, though
// each of them can hold. Entries inside of such a block are not told again.
func contradictions() DeepCheck {
	const code = "dependency-contradiction"
	return DeepCheck{Rules: []Rule{{ID: code, Family: Deep, Severity: Warning, Everywhere: true}}, Run: func(ctx context.Context, p *DeepPass) {
		var nodes []model.NodeID
		var ids []expr.ID
		p.entries(ctx, func(id model.NodeID, n *model.Node) {
			if len(n.Conditions) == 0 && n.Symbol == model.NoAtom || p.isRefuted(code, p.head(id)) {
				return
			}
			nodes = append(nodes, id)
			ids = append(ids, n.Dep)
		})
		possible, complete := p.canHold(ctx, ids)
		if !complete {
			return
		}
		var impossible []model.NodeID
		ids = nil
		for _, id := range nodes {
			if possible[p.Model.Nodes[id].Dep] {
				p.refute(code, p.head(id))
				continue
			}
			impossible = append(impossible, id)
			for _, part := range p.allParts(id) {
				ids = append(ids, part.id)
			}
		}
		holds, complete := p.canHold(ctx, ids)
		if !complete {
			return
		}
		for _, id := range impossible {
			n := &p.Model.Nodes[id]
			block, parts := n.Block, p.allParts(id)
			if len(parts) == 0 || slices.ContainsFunc(parts, func(q part) bool { return !holds[q.id] }) ||
				block > 0 && p.isImpossible(block, possible) {
				continue
			}
			what, never, symbol := "this", "can never be on", ""
			switch {
			case n.Symbol != model.NoAtom && len(p.Model.Symbols[n.Symbol].Nodes) > 1:
				symbol, what, never = p.name(n.Symbol), "this definition of "+p.quoted(n.Symbol), "does nothing"
			case n.Symbol != model.NoAtom && p.name(n.Symbol) != "":
				symbol, what = p.name(n.Symbol), p.quoted(n.Symbol)
			case n.Kind != parser.If:
				what, never = "this "+n.Kind.String(), "is never shown"
			}
			core := p.core(ctx, parts)
			if ctx.Err() != nil {
				return
			}
			p.report(LineFinding{
				Code: code, Severity: Warning, Symbol: symbol, At: p.head(id), Related: p.coreLines(core),
				Message: what + " depends on " + p.together(core) + ", which exclude each other: it " + never,
			})
		}
	}}
}

// isImpossible reports whether an entry is known to depend on what cannot hold.
func (p *DeepPass) isImpossible(id model.NodeID, possible map[expr.ID]bool) bool {
	can, known := possible[p.Model.Nodes[id].Dep]
	return known && !can
}
