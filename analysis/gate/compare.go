package gate

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// comparison returns the bounds of a comparison. Numbers and texts can be
// anything, but for constants.
func (b *bounds) comparison(id expr.ID) span {
	if v, ok := b.compared[id]; ok {
		return v
	}
	pool := b.m.Pool
	op, args := pool.Op(id), pool.Args(id)
	left, right := pool.Atom(args[0]), pool.Atom(args[1])
	if b.m.IsLogical(left) && b.m.IsLogical(right) {
		return b.compareLogical(op, left, right)
	}
	x, xKnown := b.text(left)
	y, yKnown := b.text(right)
	if !xKnown || !yKnown {
		return anything
	}
	return truth(op, strings.Compare(x, y))
}

func (b *bounds) compareLogical(op expr.Op, left, right expr.Atom) span {
	all := span{valueY, valueN}
	x, y := b.values[left], b.values[right]
	for i := x.low; i <= x.high; i++ {
		for j := y.low; j <= y.high; j++ {
			if left == right && i != j || b.skips(left, i) || b.skips(right, j) {
				continue
			}
			t := truth(op, int(i)-int(j))
			all = span{min(all.low, t.low), max(all.high, t.high)}
		}
	}
	if all.low > all.high {
		return anything
	}
	return all
}

// skips reports whether a value between its bounds is none of an atom: no bool is
// m.
func (b *bounds) skips(a expr.Atom, v uint8) bool {
	return v == valueM && b.m.Symbols[a].Type == model.Bool
}

// text returns the text of a constant, or of a symbol that nothing defines. Texts
// that can be read as numbers are compared in another way, so they are none.
func (b *bounds) text(a expr.Atom) (string, bool) {
	s := &b.m.Symbols[a]
	if s.Defined && s.Kind == model.Plain || s.Kind == model.Unanswered || s.Kind == model.Answered {
		return "", false
	}
	if _, err := strconv.ParseInt(s.Name, 0, 64); err == nil {
		return "", false
	}
	return s.Name, true
}

func truth(op expr.Op, order int) span {
	if op.Holds(order) {
		return exactly(valueY)
	}
	return exactly(valueN)
}
