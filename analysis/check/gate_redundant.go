package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeRedundantDependency = "rust-redundant-dependency"

// redundantDependency reports dependencies on Rust that something else the entry
// depends on implies, in every view and with any tools.
func redundantDependency() GateCheck {
	return GateCheck{Rules: rulesOf(Rust, Hint, codeRedundantDependency), Run: func(p *GatePass) {
		if !p.Complete {
			return
		}
		p.languages(func(language int, a expr.Atom) {
			for id := range p.Model.Nodes {
				if id > 0 && len(p.Model.Nodes[id].Conditions) > 0 {
					p.redundantIn(model.NodeID(id), language, a)
				}
			}
		})
	}}
}

// redundantIn looks at the lines of an entry. Of two that say the same the first one
// is kept, and what is around goes before both.
func (p *GatePass) redundantIn(id model.NodeID, language int, a expr.Atom) {
	own := p.parts(id)
	mentioned := false
	for _, part := range own {
		mentioned = mentioned || p.is(part.id, a)
	}
	if !mentioned {
		return
	}
	var rest []part
	for _, n := range p.around(id) {
		rest = append(rest, p.parts(n)...)
	}
	outer := len(rest)
	rest = append(rest, own...)
	for i := len(rest) - 1; i >= outer; i-- {
		if !p.is(rest[i].id, a) {
			continue
		}
		for j, other := range rest {
			if i != j && (p.is(other.id, a) && j < i || !p.is(other.id, a) && p.impliedEverywhere(other.id, language)) {
				p.reportRedundant(rest[i], other, a)
				rest = append(rest[:i:i], rest[i+1:]...)
				break
			}
		}
	}
}

func (p *GatePass) reportRedundant(redundant, other part, a expr.Atom) {
	f := LineFinding{
		Code: codeRedundantDependency, Severity: Hint, Unnecessary: true, At: redundant.Line, Symbol: p.name(a),
		Message: p.quoted(a) + " need not be asked for here: `" + other.Line.written() + "` implies it",
		Related: []RelatedLine{{other.Line, "this implies it"}},
	}
	if p.is(other.id, a) {
		f.Message = p.quoted(a) + " need not be asked for here: it is asked for already"
		f.Related[0].Message = "it is asked for here"
	}
	st := redundant.statement()
	if st.Kind == parser.DependsOn && redundant.removable {
		f.Fix = p.removal(redundant, "Remove the dependency on "+p.name(a))
	}
	p.report(f)
}

// removal returns the change that takes an operand out of its line.
func (p *GatePass) removal(r part, title string) *Fix {
	kind := RemoveLine
	if !r.alone {
		kind = RemoveBehind
		if from, _ := r.statement().Expression(); r.From == from {
			kind = RemoveBefore
		}
	}
	return fixOf(title, r.Line, kind, "")
}

// saysDependency reports whether a statement is one that says what something depends on.
// Others, such as selects, may imply as much, but not because somebody has said so.
func saysDependency(kind parser.StatementKind) bool {
	return kind == parser.DependsOn || kind == parser.If
}

// impliedEverywhere reports whether an expression implies a gate by what symbols
// depend on, and would in the views of all architectures.
func (p *GatePass) impliedEverywhere(id expr.ID, language int) bool {
	if !p.Gates.Implies(id, language) {
		return false
	}
	same := true
	p.Model.Pool.Atoms(id, func(a expr.Atom) bool {
		gated, ok := p.Gates.Of(a, language)
		if ok {
			same = same && p.sameInAllViews(a)
			for _, step := range gated.Chain {
				same = same && p.sameInAllViews(step.Symbol) && saysDependency(p.statement(step.Node, step.Statement).Kind)
			}
		}
		return same
	})
	return same
}

// sameInAllViews reports whether this view has all that any file of the tree says of
// when a symbol is on.
func (p *GatePass) sameInAllViews(a expr.Atom) bool {
	if p.Model.Symbols[a].Kind != model.Plain {
		return true
	}
	symbol, ok := p.Sources.Lookup(p.name(a))
	if !ok {
		return false
	}
	for _, file := range p.Sources.DefinedIn(symbol) {
		if !p.View.Reaches(file) {
			return false
		}
	}
	for _, file := range p.Sources.ReferencedIn(symbol) {
		if !p.View.Reaches(file) && p.turnsOn(file, symbol) {
			return false
		}
	}
	return true
}

// turnsOn reports whether a file selects or implies a symbol.
func (p *GatePass) turnsOn(file menu.FileID, symbol menu.SymbolID) bool {
	key := fileAndSymbol{file, symbol}
	does, known := p.turningOn[key]
	if !known {
		does = fileTurnsOn(p.Sources.File(file), symbol)
		p.turningOn[key] = does
	}
	return does
}

func fileTurnsOn(f *menu.File, symbol menu.SymbolID) bool {
	if f == nil {
		return false
	}
	for o := range f.OccurrencesOf(symbol) {
		if o.Role == menu.Selects || o.Role == menu.Implies {
			return true
		}
	}
	return false
}
