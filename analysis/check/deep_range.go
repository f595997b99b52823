package check

import (
	"context"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// backwardsRanges finds ranges whose lower bound is above the upper one in every
// configuration, where one of them is a symbol. Those of two numbers are for another
// rule to tell.
func backwardsRanges() DeepCheck {
	const code = "range-backwards-symbolic"
	return DeepCheck{Rules: []Rule{{ID: code, Family: Deep, Severity: Information, Everywhere: true}}, Run: func(ctx context.Context, p *DeepPass) {
		p.properties(ctx, func(ref model.PropertyRef, q *model.Property) {
			if q.Kind != model.Range || !p.Model.Symbols[q.Low].Defined && !p.Model.Symbols[q.High].Defined {
				return
			}
			low, lowOK := p.boundValues(q.Low, p.Model.Symbols[ref.Symbol].Type)
			high, highOK := p.boundValues(q.High, p.Model.Symbols[ref.Symbol].Type)
			if !lowOK || !highOK || low.least <= high.greatest {
				return
			}
			line := p.line(q.Node, q.Statement)
			p.report(LineFinding{
				Code: code, Severity: Information, Symbol: p.name(ref.Symbol), At: line,
				Message: "`" + p.Model.AtomText(q.Low) + "` is never below " + strconv.FormatInt(low.least, 10) + " and `" +
					p.Model.AtomText(q.High) + "` never above " + strconv.FormatInt(high.greatest, 10) + ": no number is in this range",
			})
		})
	}}
}

// boundValues is what a number lies between in all configurations.
type boundValues struct{ least, greatest int64 }

func (n boundValues) with(other boundValues) boundValues {
	return boundValues{min(n.least, other.least), max(n.greatest, other.greatest)}
}

// boundValues returns what the bound of a range lies between: a number, or a symbol that
// is one of some numbers or that a user may set within a range of two numbers. It
// reports false for all else.
func (p *DeepPass) boundValues(a expr.Atom, t model.Type) (boundValues, bool) {
	s := &p.Model.Symbols[a]
	if !s.Defined {
		return numberOf(s, t)
	}
	if s.Type != t {
		return boundValues{}, false
	}
	all, some, sure := boundValues{}, false, false
	add := func(n boundValues) {
		if !some {
			all = n
		}
		all, some = all.with(n), true
	}
	for i := range s.Properties {
		q := &s.Properties[i]
		switch q.Kind {
		case model.Prompt, model.Range: // what is out of range becomes one of its bounds
			n, ok := p.userNumbers(s)
			if !ok {
				return boundValues{}, false
			}
			add(n)
		case model.Default:
			if q.Low == model.NoAtom || p.Model.Symbols[q.Low].Defined || q.Asks {
				return boundValues{}, false
			}
			n, ok := numberOf(&p.Model.Symbols[q.Low], t)
			if !ok {
				return boundValues{}, false
			}
			add(n)
			sure = sure || p.Model.Pool.IsYes(q.Condition)
		case model.Env:
			return boundValues{}, false
		}
	}
	if !sure {
		add(boundValues{})
	}
	return all, some
}

// userNumbers returns what a user may set a symbol to, if that is one range of two
// boundValues that always counts.
func (p *DeepPass) userNumbers(s *model.Symbol) (boundValues, bool) {
	for i := range s.Properties {
		q := &s.Properties[i]
		if q.Kind != model.Range {
			continue
		}
		low, lowOK := numberOf(&p.Model.Symbols[q.Low], s.Type)
		high, highOK := numberOf(&p.Model.Symbols[q.High], s.Type)
		ok := lowOK && highOK && p.Model.Pool.IsYes(q.Condition) && !p.Model.Symbols[q.Low].Defined && !p.Model.Symbols[q.High].Defined
		return boundValues{low.least, high.greatest}, ok
	}
	return boundValues{}, false
}

// numberOf returns a number that is written in a file.
func numberOf(s *model.Symbol, t model.Type) (boundValues, bool) {
	base, digits := 10, s.Name
	if t == model.Hex {
		base, digits = 16, strings.TrimPrefix(strings.TrimPrefix(s.Name, "0x"), "0X")
	}
	if s.Kind != model.Plain && s.Kind != model.Constant || t != model.Int && t != model.Hex || !config.ValidText(t, s.Name) {
		return boundValues{}, false
	}
	n, err := strconv.ParseInt(digits, base, 64)
	return boundValues{n, n}, err == nil
}
