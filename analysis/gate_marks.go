package analysis

import (
	"maps"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// gateMark is what lists and annotations show of how a symbol is gated.
type gateMark struct {
	// gate is the symbol of the language that it is gated on, "" if there is none.
	gate string
	// language is what the gate is called, and languageState its state.
	language      string
	languageState GateState
	// shut tells that the gate is off for sure: under a .config, or under any.
	shut bool
	// tool is what it needs of the toolchain: the first thing that is not there, or
	// else that is not known, or else the first one. It is "" if there is none.
	tool      string
	toolState GateState
	// asks tells that the symbol itself stands for what a tool answers, as
	// CC_IS_CLANG and GCC_VERSION do, and refused that the answer is no.
	asks, refused bool
}

// unavailable reports whether something that the symbol stands and falls with is
// known not to be there.
func (m gateMark) unavailable() bool {
	return m.shut || m.toolState == GateClosed
}

// stands reports whether the mark is worth being shown beside each symbol: a language
// is, but what is needed of the toolchain only where it is not there.
func (m gateMark) stands() bool { return m.language != "" || m.toolState == GateClosed }

// beside returns a text with the mark, if that is worth being shown.
func (m gateMark) beside(text string) string {
	switch {
	case !m.stands():
		return text
	case text == "":
		return m.label()
	}
	return text + " (" + m.label() + ")"
}

// document explains the mark.
func (m gateMark) document(d *document, name string) {
	if m.language == "" {
		d.paragraph(inCode(name), words(" needs "), inCode(m.tool), words(", and that is not there. Its hover says why."))
		return
	}
	text := ", which is on."
	switch m.languageState {
	case GateClosed:
		text = ", which is off. Its hover says through what, and why."
	case GateUnknown:
		text = ". Whether that can be on is not known. Its hover says why."
	}
	d.paragraph(inCode(name), words(" cannot be on without "), inCode(m.gate), words(text))
}

// label returns the mark in few words, "" if there is none: "Rust", "Rust: off",
// "needs clang 17.0.0 or newer: no".
func (m gateMark) label() string {
	switch {
	case m.language != "" && m.languageState == GateOpen:
		return m.language
	case m.language != "" && m.languageState == GateClosed:
		return m.language + ": off"
	case m.language != "":
		return m.language + ": unknown"
	case m.tool == "":
		return ""
	case m.toolState == GateClosed:
		return "needs " + m.tool + ": no"
	}
	return "needs " + m.tool
}

// modifiers returns how the names of the symbol are shown.
func (m gateMark) modifiers() (modifiers TokenModifier) {
	if m.language != "" {
		modifiers |= ModifierRustGated
	}
	if m.tool != "" || m.asks {
		modifiers |= ModifierToolchain
	}
	if m.unavailable() || m.refused {
		modifiers |= ModifierUnavailable
	}
	return modifiers
}

// gateMarks is how the symbols of a view are gated, as of when nobody was typing.
// It never changes. What is shown at every keystroke comes from it: to look a mark
// up costs no more than an access to a map, and waits for nobody.
type gateMarks struct {
	set    *gate.Set
	values *config.Evaluation
	marks  map[string]gateMark
	// languages are the symbols of the gates, gated how many symbols need each.
	languages map[string]gateSummary
}

// gateSummary is what is shown above the entry of a gate.
type gateSummary struct {
	language string
	state    GateState
	gated    int
}

// of returns how a symbol is gated, the zero mark if it is not, or if that is not
// known yet.
func (g *gateMarks) of(name string) gateMark {
	if g == nil {
		return gateMark{}
	}
	return g.marks[name]
}

// gateMarks returns how the symbols of an architecture's view are gated, nil until
// PrepareGates has found that out.
func (r *Root) gateMarks(arch string) *gateMarks {
	if r.models == nil {
		return nil // a file of no tree
	}
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	return r.models.marks[arch]
}

// PrepareGates finds out how the symbols are gated of the trees that open documents
// belong to, under their own .config, for tokens, hints and others to show. It
// reports whether anything is to be shown otherwise than before. It should be called
// after PrepareValues.
func PrepareGates(s *Snapshot) (changed bool) {
	for _, r := range s.roots {
		for _, d := range s.documents {
			if d.single == nil && d.dir == r.Dir {
				changed = s.prepareGates(r) || changed
				break
			}
		}
	}
	return changed
}

func (s *Snapshot) prepareGates(r *Root) (changed bool) {
	if r.Single {
		return false
	}
	before := r.gateMarks(r.arch)
	next := before
	s.gates(r, r.arch, func(v gateView) {
		if before == nil || before.set != v.set || before.values != v.evaluation {
			next = v.marks()
		}
	})
	if next == before {
		return false
	}
	r.models.mu.Lock()
	if r.models.marks == nil {
		r.models.marks = map[string]*gateMarks{}
	}
	r.models.marks[r.arch] = next
	r.models.mu.Unlock()
	if before == nil {
		return len(next.marks) > 0 || len(next.languages) > 0
	}
	return !maps.Equal(before.marks, next.marks) || !maps.Equal(before.languages, next.languages)
}

// marks returns how all symbols are gated.
func (v gateView) marks() *gateMarks {
	g := &gateMarks{set: v.set, values: v.evaluation, marks: map[string]gateMark{}, languages: map[string]gateSummary{}}
	m := v.set.Model
	shut := make([]bool, len(v.set.Languages))
	for i, a := range v.set.Languages {
		shut[i] = v.languageState(a) == GateClosed && (v.configName != "" || !v.set.Reachable(i))
	}
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if s.Kind != model.Plain || !s.Defined {
			continue
		}
		if mark := v.mark(expr.Atom(i), shut); mark != (gateMark{}) {
			g.marks[s.Name] = mark
		}
	}
	for i, a := range v.set.Languages {
		name := m.Symbols[a].Name
		g.languages[name] = gateSummary{gateTitle(name), v.languageState(a), len(v.set.Gated(i))}
	}
	return g
}

// mark returns what is shown of a symbol. shut tells of each language whether it is
// off for sure.
func (v gateView) mark(a expr.Atom, shut []bool) (m gateMark) {
	for i, language := range v.set.Languages {
		if _, gated := v.set.Of(a, i); gated && m.language == "" {
			m.gate = v.set.Model.Symbols[language].Name
			m.language, m.languageState = gateTitle(m.gate), v.languageState(language)
			m.shut = shut[i]
		}
	}
	m.asks = gate.IsVersion(&v.set.Model.Symbols[a])
	for _, r := range v.set.Required(a) {
		state := v.testState(r)
		if v.set.Tests[r.Test].Named == a {
			m.asks, m.refused = true, state == GateClosed
			continue
		}
		if v.throughLanguage(a, r) {
			continue // it is said already
		}
		if m.tool == "" || severity(state) > severity(m.toolState) {
			m.tool, m.toolState = v.testTitle(r.Test, r.Holds), state
		}
	}
	return m
}

// severity orders states by how much they matter to a user.
func severity(s GateState) int {
	switch s {
	case GateClosed:
		return 2
	case GateUnknown:
		return 1
	}
	return 0
}
