package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeMissingDependency = "rust-missing-dependency"

// FilePlace is a place in a file that is no Kconfig file.
type FilePlace struct {
	// Path is absolute, Name relative to the tree's directory, with slashes.
	Path, Name string
	Start, End int
}

// BuildCondition is something that must hold for a Makefile to do something.
type BuildCondition struct {
	// Symbols are those of which one must be on, or with Off none. There are none if
	// it is not known what it asks for; then Text is what is written.
	Symbols []string
	Off     bool
	Text    string
	// Around tells that it stands around the line, as ifdef does, and not in it.
	Around bool
	// Dir is the directory of the Makefile, relative to that of the tree.
	Dir string
}

// BuiltObject is an object that a Makefile builds of a source of Rust, in one of the
// ways in which it gets built.
type BuiltObject struct {
	// Source is the source file, relative to the tree's directory, with slashes.
	Source string
	Place  FilePlace
	// Conditions are all that must hold for it, the nearest to the object first.
	Conditions []BuildCondition
}

// missingDependency reports symbols under which a source of Rust is built although
// they can be on without Rust.
func missingDependency() GateCheck {
	return GateCheck{Rules: rulesOf(Rust, Warning, codeMissingDependency), Run: func(p *GatePass) {
		if !p.Complete {
			return
		}
		p.languages(func(language int, a expr.Atom) {
			reported := map[string]bool{}
			for _, o := range p.Objects {
				p.builtWithout(o, language, a, reported)
			}
		})
	}}
}

func (p *GatePass) builtWithout(o BuiltObject, language int, a expr.Atom, reported map[string]bool) {
	for _, c := range o.Conditions {
		if len(c.Symbols) == 0 || p.needGate(c, language, a) {
			return
		}
	}
	symbol, ok := p.blamed(o.Conditions)
	key := p.name(symbol) + " " + o.Source
	if !ok || reported[key] {
		return
	}
	reported[key] = true
	id := p.Model.Symbols[symbol].Nodes[0]
	f := LineFinding{
		Code: codeMissingDependency, Severity: Warning, At: p.head(id), Symbol: p.name(symbol),
		Message: p.quoted(symbol) + " can be on while " + p.quoted(a) + " is off, but " + o.Place.Name + " builds " + o.Source +
			" for it, which needs Rust: add `depends on " + p.name(a) + "`",
		Files: []RelatedFile{{o.Place, "it is built here"}},
	}
	if len(p.Model.Symbols[symbol].Nodes) == 1 {
		f.Fix = fixOf("Add \"depends on "+p.name(a)+"\"", p.lastDependency(id), InsertBelow, "depends on "+p.name(a))
	}
	p.report(f)
}

// needGate reports whether a condition holds only if a gate is on.
func (p *GatePass) needGate(c BuildCondition, language int, a expr.Atom) bool {
	if c.Off {
		return false
	}
	for _, name := range c.Symbols {
		symbol, ok := p.Model.Lookup(name)
		if !ok || !p.Model.Symbols[symbol].Defined {
			continue // it is never on in this view
		}
		if symbol != a && p.Gates.OnWithout(symbol, language) {
			return false
		}
	}
	return true
}

// blamed returns the symbol that a line of a Makefile stands for: one whose name says
// that it is about Rust, else one of a Kconfig file beside the Makefile, else the
// nearest.
func (p *GatePass) blamed(conditions []BuildCondition) (symbol expr.Atom, ok bool) {
	best := 0
	for _, c := range conditions {
		if c.Off || len(c.Symbols) != 1 {
			continue
		}
		a, defined := p.Model.Lookup(c.Symbols[0])
		if !defined || a <= model.AtomYes || len(p.Model.Symbols[a].Nodes) == 0 || !p.Model.Symbols[a].Type.IsLogical() {
			continue
		}
		score := 2
		switch beside := p.directory(a) == c.Dir; {
		case beside && c.Around:
			score = 4 // ifdef CONFIG_X is about what the line is about
		case beside:
			score = 3
		case c.Around:
			score = 1
		}
		if strings.Contains(c.Symbols[0], "RUST") {
			score += 4
		}
		if score > best {
			symbol, ok, best = a, true, score
		}
	}
	return symbol, ok
}

// directory returns the directory of the first definition of a symbol.
func (p *GatePass) directory(a expr.Atom) string {
	file := p.Model.Nodes[p.Model.Symbols[a].Nodes[0]].File
	if i := strings.LastIndexByte(file.Path, '/'); i >= 0 {
		return file.Path[:i]
	}
	return ""
}

// lastDependency returns the line of an entry below which a dependency is put: the
// last one that states one, else the one with the type or prompt, else the head.
func (p *GatePass) lastDependency(id model.NodeID) Line {
	n := &p.Model.Nodes[id]
	best, rank := p.line(id, n.Statement), 0
	entry, ok := n.File.EntryAt(int(n.Statement))
	if !ok {
		return best
	}
	for st := range entry.Attributes() {
		r := 0
		switch st.Kind {
		case parser.DependsOn:
			r = 2
		case parser.Type, parser.Prompt, parser.TypedDefault:
			r = 1
		}
		if r > 0 && r >= rank {
			best.Statement, rank = int32(st.Index), r
		}
	}
	return best
}
