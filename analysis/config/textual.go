package config

import (
	"slices"
	"strconv"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// textual computes the value of an int, hex or string symbol.
func (e *Evaluation) textual(a expr.Atom) {
	s, st := &e.Model.Symbols[a], &e.states[a]
	st.value = expr.N
	fallback := ""
	if !e.Rules.EmptyNumbers {
		switch s.Type {
		case model.Int:
			fallback = "0"
		case model.Hex:
			fallback = "0x0"
		}
	}
	var c candidates
	written, canBeUnwritten := st.visible.Can(expr.M|expr.Y), false
	user := e.user.values[a]
	if user.Set && written {
		c.add(user.Text, st.visibleCause)
	}
	if !user.Set || st.visible.Can(expr.N) {
		hasDefault, none := e.textDefaults(a, &c, st.visibleCause, fallback)
		canBeUnwritten = none && st.visible.Can(expr.N)
		written = written || hasDefault
	}
	for i := range c.texts {
		c.texts[i] = e.inRange(a, c.texts[i], &c)
	}
	st.written = writtenOf(written, canBeUnwritten || !written)
	st.text, st.unknownText, st.cause = c.result(e)
}

// textDefaults adds what the defaults of a symbol can come to. It reports
// whether one can count that gives a value, and whether it can be that none
// does. A default that is no single symbol gives none.
func (e *Evaluation) textDefaults(a expr.Atom, c *candidates, cause causeSet, fallback string) (some, none bool) {
	s := &e.Model.Symbols[a]
	for i := range s.Properties {
		p := &s.Properties[i]
		if p.Kind != model.Default && p.Kind != model.Env {
			continue
		}
		condition := e.eval(p.Condition)
		if condition.tri == expr.N {
			continue
		}
		cause = e.causes.union(cause, e.causeOf(condition))
		if p.Low != model.NoAtom {
			some = true
			c.addState(e, &e.states[p.Low], cause)
		} else {
			none = true
			c.add(fallback, cause)
		}
		if !condition.tri.Can(expr.N) {
			return some, none
		}
	}
	c.add(fallback, cause)
	return some, true
}

// activeRange returns the first range whose condition is not n, and whether
// that is known. As sym_get_range_prop.
func (e *Evaluation) activeRange(a expr.Atom) (p *model.Property, cause causeSet, sure bool) {
	s := &e.Model.Symbols[a]
	for i := range s.Properties {
		if p := &s.Properties[i]; p.Kind == model.Range {
			condition := e.eval(p.Condition)
			if condition.tri == expr.N {
				continue
			}
			return p, condition.cause, !condition.tri.Can(expr.N)
		}
	}
	return nil, 0, true
}

// inRange returns a number limited to the active range. As sym_validate_range.
func (e *Evaluation) inRange(a expr.Atom, text string, c *candidates) string {
	if t := e.Model.Symbols[a].Type; t != model.Int && t != model.Hex {
		return text
	}
	p, cause, sure := e.activeRange(a)
	if p == nil {
		return text
	}
	limited, boundCause := e.limit(p, a, text)
	if boundCause != 0 {
		c.unknown = true
		c.cause = e.causes.union(c.cause, boundCause)
	}
	if !sure && limited != text {
		c.unknown = true
		c.cause = e.causes.union(c.cause, cause)
	}
	return limited
}

// limit returns the text of a symbol limited to a range. A symbol that is a bound
// of its own is not limited by it.
func (e *Evaluation) limit(p *model.Property, a expr.Atom, text string) (string, causeSet) {
	low, high := &e.states[p.Low], &e.states[p.High]
	if p.Low != a && low.unknownText || p.High != a && high.unknownText {
		return text, e.causes.union(low.cause, high.cause)
	}
	var from, to Operand
	if p.Low != a {
		from = e.operand(p.Low)
	}
	if p.High != a {
		to = e.operand(p.High)
	}
	return e.Rules.Limited(e.Model.Symbols[a].Type, text, from, to), 0
}

func (e *Evaluation) operand(a expr.Atom) Operand {
	return Operand{&e.Model.Symbols[a], e.states[a].text}
}

// cutOff returns a number as conf has it.
func (r Rules) cutOff(n int64) int64 {
	if r.Int32 {
		return int64(int32(n)) //nolint:gosec // that is what it does
	}
	return n
}

// boundText returns what a number that is out of range becomes.
func (r Rules) boundText(text string, n int64, base int) string {
	switch {
	case !r.PrintsBounds:
		return text
	case base == 10:
		return strconv.FormatInt(n, 10)
	case r.Int32:
		return "0x" + strconv.FormatUint(uint64(uint32(n)), 16) //nolint:gosec // as printf does
	}
	return "0x" + strconv.FormatUint(uint64(n), 16) //nolint:gosec // as printf does
}

// candidates are the texts that a value can be.
type candidates struct {
	texts   []string
	cause   causeSet
	causes  []causeSet
	unknown bool
}

func (c *candidates) add(text string, cause causeSet) {
	c.texts = append(c.texts, text)
	c.causes = append(c.causes, cause)
}

func (c *candidates) addState(e *Evaluation, from *state, cause causeSet) {
	if from.unknownText {
		c.unknown = true
		cause = e.causes.union(cause, from.cause)
	}
	c.add(from.text, cause)
}

// result returns the text if there is but one that it can be.
func (c *candidates) result(e *Evaluation) (text string, unknown bool, cause causeSet) {
	if len(c.texts) > 0 {
		text = c.texts[0]
	}
	unknown = c.unknown || slices.ContainsFunc(c.texts, func(t string) bool { return t != text })
	if !unknown {
		return text, false, 0
	}
	cause = c.cause
	for _, other := range c.causes {
		cause = e.causes.union(cause, other)
	}
	return text, true, cause
}
