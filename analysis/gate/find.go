package gate

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// Languages returns the gates that stand for a language in a tree, those that the
// user names first. What there is to find is Rust:
//
//   - RUST, if there is such a symbol: in Linux, and in Zephyr, where it depends on
//     RUST_SUPPORTED;
//   - else HAVE_RUST, as in QEMU, whose build sets it;
//   - else a symbol by which a project is told to use Rust, as RT_USING_RUST in
//     RT-Thread.
//
// A tree that has none has no gates.
func Languages(m *model.Model, named []string) []expr.Atom {
	var gates []expr.Atom
	add := func(name string) bool {
		a, ok := m.Lookup(name)
		if !ok || a <= model.AtomYes || !m.Symbols[a].Defined || !m.Symbols[a].Type.IsLogical() {
			return false
		}
		if !slices.Contains(gates, a) {
			gates = append(gates, a)
		}
		return true
	}
	for _, name := range named {
		add(name)
	}
	if add("RUST") || add("HAVE_RUST") {
		return gates
	}
	for i := range m.Symbols {
		if s := &m.Symbols[i]; s.Kind == model.Plain && usesRust(s.Name) {
			add(s.Name)
		}
	}
	return gates
}

// usesRust reports whether a name says that Rust is used: RT_USING_RUST,
// ENABLE_RUST. Names of drivers and boards that have RUST in them do not.
func usesRust(name string) bool {
	before, ok := strings.CutSuffix(name, "_RUST")
	if !ok {
		return false
	}
	word := before[strings.LastIndexByte(before, '_')+1:]
	return slices.Contains([]string{"USING", "USE", "ENABLE", "WITH", "SUPPORT", "SUPPORTS", "HAS"}, word)
}

// Test is a question about the toolchain that symbols depend on: a macro
// reference that asks a tool, or a comparison of a version that comes from one.
type Test struct {
	// Atom is the reference; NoAtom for a comparison.
	Atom expr.Atom
	// Comparison is the comparison, 0 for a reference, and Version the symbol in
	// it whose text is a tool's answer.
	Comparison expr.ID
	Version    expr.Atom
	// Named is the symbol that stands for a reference, as CC_IS_GCC does, NoAtom if
	// there is none.
	Named expr.Atom
	users []expr.Atom
}

// tests returns all tests of a model, references first, in the order in which
// they were read.
func tests(m *model.Model) []Test {
	var all []Test
	versions := map[expr.Atom]bool{}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if s.AsksTool() {
			all = append(all, Test{Atom: expr.Atom(i), Version: model.NoAtom, Named: model.NoAtom})
		}
		if IsVersion(s) {
			versions[expr.Atom(i)] = true
		}
	}
	name(m, all)
	if len(versions) == 0 {
		return all
	}
	found := map[expr.ID]int{} // index in all
	var order []Test
	f := comparisonFinder{m: m, versions: versions, has: make([]int8, m.Pool.Len())}
	for i := range m.Symbols {
		a := expr.Atom(i)
		f.symbol(a, func(id expr.ID, version expr.Atom) {
			at, ok := found[id]
			if !ok {
				at = len(order)
				found[id] = at
				order = append(order, Test{Atom: model.NoAtom, Comparison: id, Version: version, Named: model.NoAtom})
			}
			if users := order[at].users; len(users) == 0 || users[len(users)-1] != a {
				order[at].users = append(users, a)
			}
		})
	}
	return append(all, order...)
}

// name finds the symbols that stand for references: those whose only default is the
// reference, whatever they depend on.
func name(m *model.Model, tests []Test) {
	byAtom := make(map[expr.Atom]*Test, len(tests))
	for i := range tests {
		byAtom[tests[i].Atom] = &tests[i]
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if len(s.Asks) == 0 || !s.Type.IsLogical() {
			continue
		}
		only, defaults := model.NoAtom, 0
		for k := range s.Properties {
			switch p := &s.Properties[k]; p.Kind {
			case model.Prompt:
				defaults = 2 // the user decides
			case model.Default:
				only = p.Low
				defaults++
			}
		}
		if t := byAtom[only]; t != nil && defaults == 1 && t.Named == model.NoAtom {
			t.Named = expr.Atom(i)
		}
	}
}

// IsVersion reports whether a symbol is a number or text that a tool gives.
func IsVersion(s *model.Symbol) bool {
	if s.Type.IsLogical() || !s.Defined {
		return false
	}
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Default && p.Asks {
			return true
		}
	}
	return false
}

// comparisonFinder finds comparisons of versions in expressions.
type comparisonFinder struct {
	m        *model.Model
	versions map[expr.Atom]bool
	has      []int8 // by expression: 0 not looked at, 1 none in it, 2 some
}

func (f *comparisonFinder) symbol(a expr.Atom, yield func(expr.ID, expr.Atom)) {
	s := &f.m.Symbols[a]
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind == model.Select || p.Kind == model.Imply {
			continue
		}
		f.expression(p.Condition, yield)
		if p.Kind == model.Default {
			f.expression(p.Value, yield)
		}
	}
	f.expression(s.DirectDep, yield)
	f.expression(s.ReverseDep, yield)
	f.expression(s.Implied, yield)
}

func (f *comparisonFinder) expression(id expr.ID, yield func(expr.ID, expr.Atom)) bool {
	if id == 0 || f.has[id] == 1 {
		return false
	}
	pool := f.m.Pool
	some := false
	switch op := pool.Op(id); {
	case op == expr.OpLeaf:
	case op.IsComparison():
		for _, arg := range pool.Args(id) {
			if a := pool.Atom(arg); f.versions[a] {
				yield(id, a)
				some = true
				break
			}
		}
	default:
		for _, arg := range pool.Args(id) {
			if f.expression(arg, yield) {
				some = true
			}
		}
	}
	f.has[id] = 1
	if some {
		f.has[id] = 2
	}
	return some
}
