package check

import (
	"strconv"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// CodeGateClosed is the code of symbols, and lines that set them, whose gate is
// closed.
const CodeGateClosed = "rust-gate-closed"

// gateClosed reports symbols that cannot be on because Rust is off in this view, once
// for a block in which there are no others.
func gateClosed() GateCheck {
	return GateCheck{Rules: []Rule{{ID: CodeGateClosed, Family: Rust, Severity: Information, OfUser: true}}, Run: func(p *GatePass) {
		for _, shut := range p.Shut {
			p.closed(shut)
		}
	}}
}

// closedGroup is symbols that one finding tells of.
type closedGroup struct {
	// anchor is the entry that the finding is shown at, first the first symbol's.
	anchor, first model.NodeID
	symbols       int
}

// closedKey is what symbols of one group have in common: the outermost block that
// has gated symbols only, or the entry itself if there is none, and the file.
type closedKey struct {
	block model.NodeID
	file  *menu.File
}

func (p *GatePass) closed(shut ShutGate) {
	m := p.Model
	all := make([]int, len(m.Nodes))   // symbols in a block
	gated := make([]int, len(m.Nodes)) // those that are gated
	isGated := func(id int) bool {
		n := &m.Nodes[id]
		if n.Kind != parser.Config && n.Kind != parser.Menuconfig || n.Symbol == model.NoAtom {
			return false
		}
		_, ok := p.Gates.Of(n.Symbol, shut.Language)
		return ok
	}
	for id := range m.Nodes {
		if n := &m.Nodes[id]; n.Kind != parser.Config && n.Kind != parser.Menuconfig {
			continue
		}
		g := isGated(id)
		for b := m.Nodes[id].Block; b > 0; b = m.Nodes[b].Block {
			all[b]++
			if g {
				gated[b]++
			}
		}
	}
	groups := map[closedKey]*closedGroup{}
	var order []*closedGroup
	for id := range m.Nodes {
		n := &m.Nodes[id]
		if !isGated(id) || n.File == nil {
			continue
		}
		entry, key := model.NodeID(id), closedKey{model.NodeID(id), n.File}
		for b := n.Block; b > 0 && all[b] == gated[b]; b = m.Nodes[b].Block {
			key.block = b
		}
		group := groups[key]
		if group == nil {
			group = &closedGroup{anchor: key.block, first: entry}
			if m.Nodes[key.block].File != n.File {
				group.anchor = entry // the block is around a source line elsewhere
			}
			groups[key] = group
			order = append(order, group)
		}
		group.symbols++
	}
	for _, group := range order {
		if group.symbols == 1 {
			group.anchor = group.first
		}
		p.reportClosed(shut, *group)
	}
}

// reportClosed reports the symbols of a group.
func (p *GatePass) reportClosed(shut ShutGate, group closedGroup) {
	gate, first := p.Gates.Languages[shut.Language], p.Model.Nodes[group.first].Symbol
	f := LineFinding{Code: CodeGateClosed, Severity: Information, At: p.head(group.anchor), Symbol: p.name(first)}
	needs := p.quoted(first) + " needs "
	if group.symbols > 1 {
		needs = p.quoted(first) + " and " + others(group.symbols-1) + " here need "
	}
	f.Message = ClosedMessage(needs, p.name(gate), shut)
	if g, ok := p.Gates.Of(first, shut.Language); ok && !g.Direct {
		for _, step := range g.Chain {
			f.Related = append(f.Related, RelatedLine{p.line(step.Node, step.Statement), p.quoted(step.Symbol) + " needs " + p.needed(step.Needs, shut)})
		}
	}
	f.Related = append(f.Related, p.definition(gate, p.quoted(gate)+" is defined here")...)
	p.report(f)
}

// others returns how many other symbols there are, for a sentence.
func others(n int) string {
	if n == 1 {
		return "one other symbol"
	}
	return strconv.Itoa(n) + " other symbols"
}

func (p *GatePass) needed(a expr.Atom, shut ShutGate) string {
	if a == model.NoAtom {
		a = p.Gates.Languages[shut.Language]
	}
	return p.quoted(a)
}

// ClosedMessage says that what needs a gate cannot be on, as the gate is closed.
// needs is the beginning of the sentence, "X needs ".
func ClosedMessage(needs, gate string, shut ShutGate) string {
	message := needs + "`" + gate + "`, and that is off here"
	if shut.Reason != "" {
		message = needs + "`" + gate + "`, and " + shut.Reason
	}
	if shut.Fix != "" {
		message += ". " + shut.Fix
	}
	return message
}
