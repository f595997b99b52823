package solve

import (
	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// textValue is what the value of an int, hex or string symbol can be: one of some
// cases, exactly one of which holds.
type textValue struct {
	cases []textCase
	// on tells that there is a value that is written to a configuration.
	on z.Lit
	// user tells that it is the user's.
	user z.Lit
}

// textCase is a text that is known, or one that is free, where a literal is true.
type textCase struct {
	when z.Lit
	text string
	free *freeText // nil for a known text
	// isUsers tells that it is what the user sets; if limited to a range, one with
	// the bounds low and high.
	isUsers, limited bool
	low, high        config.Operand
}

// maxCases is how many texts of a symbol are told apart. One with more of them is
// taken for one that can have any.
const maxCases = 64

// mergeTexts makes one case of all with the same text.
func (s *Solver) mergeTexts(cases []textCase) []textCase {
	merged := cases[:0:0]
	index := map[string]int{}
	for _, c := range cases {
		i, ok := index[c.text]
		switch {
		case c.when == s.no:
		case c.free != nil:
			merged = append(merged, c)
		case ok:
			merged[i].when = s.or(merged[i].when, c.when)
		default:
			index[c.text] = len(merged)
			merged = append(merged, c)
		}
	}
	return merged
}

// anyText returns the value of a symbol that can have any text.
func (s *Solver) anyText(sym *model.Symbol) *textValue {
	return &textValue{cases: []textCase{{when: s.yes, free: newFreeText(sym, false)}}, on: s.yes, user: s.no}
}

// textual returns what the value of an int, hex or string symbol can be. As
// sym_calc_value in scripts/kconfig/symbol.c.
func (s *Solver) textual(a expr.Atom) *textValue {
	sym := &s.m.Symbols[a]
	b := s.boundsOf(a)
	s.shown[a] = shown{b.shown, s.nothing()}
	v := &textValue{on: b.shown.m, user: s.no}
	rest := s.yes
	add := func(c textCase) {
		if c.when != s.no && len(v.cases) <= maxCases {
			v.cases = append(v.cases, c)
		}
	}
	if b.shown.m != s.no {
		v.user = s.and(b.shown.m, s.fresh())
		add(textCase{when: v.user, free: newFreeText(sym, false), isUsers: true})
		rest = v.user.Not()
	}
	for i := range sym.Properties {
		p := &sym.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition := s.eval(p.Condition).m
		when := s.and(rest, condition)
		switch {
		case p.Low == model.NoAtom:
			add(textCase{when: when, text: s.fallback(sym.Type)})
		case s.options.FreeAnswers && s.asksTool(p):
			f := s.answerText(p.Low, sym)
			s.answeredText(a, p, when, f)
			add(textCase{when: when, free: f})
		default:
			for _, c := range s.textsOf(p.Low) {
				c.when, c.isUsers = s.and(when, c.when), false
				if c.free != nil && !c.free.isFor(sym) {
					c.free = newFreeText(sym, true)
				}
				add(c)
			}
		}
		if p.Low != model.NoAtom {
			v.on = s.or(v.on, condition)
		}
		rest = s.and(rest, condition.Not())
	}
	add(textCase{when: rest, text: s.fallback(sym.Type)})
	if len(v.cases) <= maxCases {
		v.cases = s.mergeTexts(v.cases)
		s.limit(a, v)
	}
	if len(v.cases) > maxCases {
		v.cases = []textCase{{when: s.yes, free: newFreeText(sym, true)}}
	}
	return v
}

// fallback returns the text of a symbol without a value.
func (s *Solver) fallback(t model.Type) string {
	switch {
	case s.rules.EmptyNumbers:
	case t == model.Int:
		return "0"
	case t == model.Hex:
		return "0x0"
	}
	return ""
}

// asksTool reports whether the text of a default is a tool's answer. It is the
// one place that decides which texts are free with Options.FreeAnswers.
func (s *Solver) asksTool(p *model.Property) bool {
	return p.Asks && !s.m.Symbols[p.Low].Defined // else it is that symbol's text, whatever that is
}

// answerText returns the text that a tool answers where a symbol takes it as its
// value: the same for all symbols of the type, as GCC_VERSION and CLANG_VERSION have the
// version of one compiler.
func (s *Solver) answerText(a expr.Atom, sym *model.Symbol) *freeText {
	key := answerKey{a, sym.Type}
	f, ok := s.answerTexts[key]
	if !ok {
		f = newFreeText(sym, false)
		s.answerTexts[key] = f
	}
	return f
}

type answerKey struct {
	reference expr.Atom
	t         model.Type
}

// textsOf returns the texts that an atom can be where it is a default, a bound or
// an operand of a comparison with texts.
func (s *Solver) textsOf(a expr.Atom) []textCase {
	sym := &s.m.Symbols[a]
	switch {
	case a <= model.AtomYes || sym.Kind == model.Constant:
		return []textCase{{when: s.yes, text: sym.Name}}
	case sym.Kind == model.Answered:
		p := s.value(a)
		return []textCase{
			{when: p.y, text: "y"},
			{when: s.and(p.m, p.y.Not()), text: "m"},
			{when: p.m.Not(), text: "n"},
		}
	case sym.Kind == model.Unanswered:
		return []textCase{{when: s.yes, free: s.looseText(a)}}
	case !sym.Defined || sym.Type == model.UnknownType:
		return []textCase{{when: s.yes, text: sym.Name}}
	case sym.Type.IsLogical():
		return []textCase{{when: s.yes, text: "n"}}
	}
	if v := s.texts[a]; v != nil {
		return v.cases
	}
	return []textCase{{when: s.yes, free: s.looseText(a)}} // in a circle
}

// looseText returns the text of an atom that nothing is known of.
func (s *Solver) looseText(a expr.Atom) *freeText {
	f, ok := s.loose[a]
	if !ok {
		f = newFreeText(&s.m.Symbols[a], true)
		s.loose[a] = f
	}
	return f
}

// limit works the ranges of a symbol into its cases: the first one whose
// condition is not n counts. As sym_validate_range in scripts/kconfig/symbol.c.
func (s *Solver) limit(a expr.Atom, v *textValue) {
	sym := &s.m.Symbols[a]
	if sym.Type != model.Int && sym.Type != model.Hex {
		return
	}
	rest := s.yes
	var limited []textCase
	for i := range sym.Properties {
		p := &sym.Properties[i]
		if p.Kind != model.Range {
			continue
		}
		condition := s.eval(p.Condition).m
		active := s.and(rest, condition)
		rest = s.and(rest, condition.Not())
		for _, low := range s.textsOf(p.Low) {
			for _, high := range s.textsOf(p.High) {
				when := s.and(active, s.and(low.when, high.when))
				if when == s.no {
					continue
				}
				for _, c := range v.cases {
					c.when = s.and(c.when, when)
					limited = append(limited, s.limitCase(a, p, c, low, high))
				}
				if len(limited) > maxCases {
					limited = s.mergeTexts(limited)
				}
				if len(limited) > maxCases {
					v.cases = limited
					return
				}
			}
		}
	}
	if limited == nil {
		return
	}
	for _, c := range v.cases {
		if c.when = s.and(c.when, rest); c.when != s.no {
			limited = append(limited, c)
		}
	}
	v.cases = s.mergeTexts(limited)
}

// limitCase returns a case limited to a range with bounds of which each is one
// case.
func (s *Solver) limitCase(a expr.Atom, p *model.Property, c, low, high textCase) textCase {
	if c.when == s.no {
		return c
	}
	sym := &s.m.Symbols[a]
	var from, to model.Symbol
	if low.free != nil || high.free != nil {
		// Somewhere between texts that can be anything.
		return textCase{when: c.when, free: newFreeText(sym, true)}
	}
	from, to = s.m.Symbols[p.Low], s.m.Symbols[p.High]
	lowBound, highBound := operandOf(&from, low.text), operandOf(&to, high.text)
	if p.Low == a {
		lowBound.Symbol = nil
	}
	if p.High == a {
		highBound.Symbol = nil
	}
	if c.free == nil {
		c.text = s.rules.Limited(sym.Type, c.text, lowBound, highBound)
		return c
	}
	f := newFreeText(sym, c.free.isLoose)
	s.limitFree(f, c.when, lowBound, highBound)
	return textCase{when: c.when, free: f, isUsers: c.isUsers, limited: true, low: lowBound, high: highBound}
}
