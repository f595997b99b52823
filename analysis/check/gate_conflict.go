package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
)

const codeGateConflict = "rust-conflict"

// gateConflict reports symbols that depend on Rust and on something that Rust
// excludes, so that no configuration turns them on.
func gateConflict() GateCheck {
	return GateCheck{Rules: rulesOf(Rust, Warning, codeGateConflict), Run: func(p *GatePass) {
		p.languages(func(language int, a expr.Atom) {
			for _, c := range p.Gates.Conflicts(language) {
				p.reportConflict(c, a)
			}
		})
	}}
}

func (p *GatePass) reportConflict(c gate.Conflict, a expr.Atom) {
	f := LineFinding{Code: codeGateConflict, Severity: Warning, At: p.head(c.Node), Symbol: p.name(c.Symbol)}
	needs, why := "", ""
	if line, ok := p.asks(a, c.Excludes); ok {
		needs = "`" + p.Model.Format(c.Excludes) + "`"
		why = ", as it depends on " + needs
		f.Related = append(f.Related, RelatedLine{line, p.quoted(a) + " depends on it here"})
	} else {
		f.Related = p.definition(a, p.quoted(a)+" is defined here")
	}
	if c.Part == 0 {
		f.Message = p.quoted(c.Symbol) + " can never be on: it needs " + p.quoted(a) + ", which depends on " + needs + ", and what else it depends on excludes that"
	} else {
		f.At = p.line(c.Node, c.Statement)
		for _, part := range p.parts(c.Node) {
			if part.Statement == c.Statement && part.id == c.Part {
				f.At = part.Line
			}
		}
		f.Message = p.quoted(c.Symbol) + " can never be on: it needs " + p.quoted(a) + " and `" + p.Model.Format(c.Part) + "`, which " + p.quoted(a) + " excludes" + why
	}
	f.Message += ": remove one of these dependencies"
	p.report(f)
}

// asks returns the line of a symbol that says that it depends on an expression.
func (p *GatePass) asks(a expr.Atom, id expr.ID) (Line, bool) {
	if id == 0 {
		return Line{}, false
	}
	for _, n := range p.Model.Symbols[a].Nodes {
		for _, entry := range append(p.around(n), n) {
			for _, part := range p.parts(entry) {
				if part.id == id {
					return part.Line, true
				}
			}
		}
	}
	return Line{}, false
}
