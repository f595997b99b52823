package solve

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-air/gini/z"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// freeText is the text of an int, hex or string symbol where it can be anything.
// It has literals for its order against the texts that it is compared with.
type freeText struct {
	sym *model.Symbol
	// isLoose has each comparison be on its own: the text need not be a value of
	// the symbol's type.
	isLoose bool
	// isBackwards tells that it is one of the bounds of a range that holds nothing.
	isBackwards bool
	// numbers and texts are what it is compared with, in order, as numbers and as
	// texts.
	numbers []threshold[uint64]
	texts   []threshold[textKey]
	// others are the orders against what it is compared with in any other way, and
	// against other free texts.
	others map[config.Operand]order
	free   map[*freeText]order
}

// threshold is a literal for "not before a place".
type threshold[K any] struct {
	key     K
	reached z.Lit
}

// textKey is a place among texts: at one, or right behind it.
type textKey struct {
	text   string
	behind bool
}

func (k textKey) compare(other textKey) int {
	if c := strings.Compare(k.text, other.text); c != 0 {
		return c
	}
	switch {
	case k.behind == other.behind:
		return 0
	case k.behind:
		return 1
	}
	return -1
}

// order is how two things compare: whether the first one is less, and whether
// they are equal.
type order struct{ less, equal z.Lit }

func newFreeText(sym *model.Symbol, isLoose bool) *freeText {
	return &freeText{sym: sym, isLoose: isLoose}
}

// isFor reports whether the text compares as that of another symbol would.
func (f *freeText) isFor(sym *model.Symbol) bool { return f.sym.Type == sym.Type }

func operandOf(sym *model.Symbol, text string) config.Operand {
	return config.Operand{Symbol: sym, Text: text}
}

// against returns how a free text compares with a text that is known.
func (s *Solver) against(f *freeText, other config.Operand) order {
	if !f.isLoose {
		bits, isSigned, isNumber := s.rules.Number(other)
		switch {
		case s.rules.TextComparisons || !isNumber:
			from := s.textReached(f, textKey{other.Text, false})
			behind := s.textReached(f, textKey{other.Text, true})
			return order{from.Not(), s.and(from, behind.Not())}
		case f.sym.Type == model.Hex || f.sym.Type == model.Int && isSigned:
			return s.againstNumber(f, f.key(bits))
		}
	}
	key := config.Operand{Symbol: s.typeSymbol(other.Symbol), Text: other.Text}
	o, ok := f.others[key]
	if !ok {
		o = s.anyOrder()
		if f.others == nil {
			f.others = map[config.Operand]order{}
		}
		f.others[key] = o
	}
	return o
}

// typeSymbol returns one symbol for all that compare alike.
func (s *Solver) typeSymbol(sym *model.Symbol) *model.Symbol {
	key := typeKey{sym.Type, sym.Kind == model.Constant || sym.Kind == model.Answered}
	first, ok := s.typeSymbols[key]
	if !ok {
		first = sym
		s.typeSymbols[key] = sym
	}
	return first
}

type typeKey struct {
	t          model.Type
	isConstant bool
}

// againstFree returns how two free texts compare.
func (s *Solver) againstFree(a, b *freeText) order {
	if a == b {
		return order{s.no, s.yes}
	}
	if o, ok := b.free[a]; ok {
		return order{s.and(o.less.Not(), o.equal.Not()), o.equal}
	}
	o, ok := a.free[b]
	if !ok {
		o = s.anyOrder()
		if a.free == nil {
			a.free = map[*freeText]order{}
		}
		a.free[b] = o
	}
	return o
}

func (s *Solver) anyOrder() order {
	o := order{s.fresh(), s.fresh()}
	s.clause(o.less.Not(), o.equal.Not())
	return o
}

// holds returns whether a comparison holds, by the order of its operands.
func (s *Solver) holds(op expr.Op, o order) z.Lit {
	switch op {
	case expr.OpEqual:
		return o.equal
	case expr.OpUnequal:
		return o.equal.Not()
	case expr.OpLess:
		return o.less
	case expr.OpLessEqual:
		return s.or(o.less, o.equal)
	case expr.OpGreater:
		return s.or(o.less, o.equal).Not()
	}
	return o.less.Not()
}

// key returns a number such that keys are in the order of the numbers: those of
// an int have a sign, those of a hex have none.
func (f *freeText) key(bits uint64) uint64 {
	if f.sym.Type == model.Int {
		return bits ^ 1<<63
	}
	return bits
}

// number returns the text of the number with a key.
func (f *freeText) number(key uint64) string {
	if f.sym.Type == model.Int {
		return strconv.FormatInt(int64(key^1<<63), 10) //nolint:gosec // the bits are those of a signed number
	}
	return "0x" + strconv.FormatUint(key, 16)
}

func (s *Solver) againstNumber(f *freeText, key uint64) order {
	from := s.numberReached(f, key)
	behind := s.no
	if key < math.MaxUint64 {
		behind = s.numberReached(f, key+1)
	}
	return order{from.Not(), s.and(from, behind.Not())}
}

// numberReached returns whether the number is at least the one with a key.
func (s *Solver) numberReached(f *freeText, key uint64) z.Lit {
	if key == 0 {
		return s.yes
	}
	i, ok := slices.BinarySearchFunc(f.numbers, key, func(t threshold[uint64], key uint64) int { return cmp.Compare(t.key, key) })
	if !ok {
		f.numbers = slices.Insert(f.numbers, i, threshold[uint64]{key, s.fresh()})
		chain(&s.gates, f.numbers, i)
	}
	return f.numbers[i].reached
}

// textReached returns whether the text is not before a place.
func (s *Solver) textReached(f *freeText, key textKey) z.Lit {
	if key == (textKey{}) {
		return s.yes
	}
	i, ok := slices.BinarySearchFunc(f.texts, key, func(t threshold[textKey], key textKey) int { return t.key.compare(key) })
	if !ok {
		f.texts = slices.Insert(f.texts, i, threshold[textKey]{key, s.fresh()})
		chain(&s.gates, f.texts, i)
	}
	return f.texts[i].reached
}

// chain says that what reaches a place reaches those before it.
func chain[K any](g *gates, places []threshold[K], i int) {
	if i > 0 {
		g.clause(places[i].reached.Not(), places[i-1].reached)
	}
	if i+1 < len(places) {
		g.clause(places[i+1].reached.Not(), places[i].reached)
	}
}

// limitFree says that a free number is within a range where a literal is true.
func (s *Solver) limitFree(f *freeText, when z.Lit, low, high config.Operand) {
	from, lowOK := s.limitOf(f, low)
	to, highOK := s.limitOf(f, high)
	switch {
	case !lowOK || !highOK || s.rules.Int32:
		// It becomes a text that is no number of the type, or another number.
		f.isLoose = true
		return
	case low.Symbol != nil && high.Symbol != nil && from > to:
		// Nothing is within it: what is too low becomes the lower bound, all else the
		// upper one.
		f.isBackwards = true
		s.clause(when.Not(), s.againstNumber(f, from).equal, s.againstNumber(f, to).equal)
		return
	}
	if low.Symbol != nil {
		s.clause(when.Not(), s.numberReached(f, from))
	}
	if high.Symbol != nil && to < math.MaxUint64 {
		s.clause(when.Not(), s.numberReached(f, to+1).Not())
	}
}

// limitOf returns the key of the number that a bound is, false if it is none of
// the type, or one whose order as a bound differs from that in comparisons.
func (s *Solver) limitOf(f *freeText, bound config.Operand) (uint64, bool) {
	if bound.Symbol == nil {
		return 0, true
	}
	if !config.ValidText(f.sym.Type, bound.Text) || bound.Symbol.Type != model.UnknownType && bound.Symbol.Type != f.sym.Type {
		return 0, false
	}
	bits, _, ok := s.rules.Number(config.Operand{Symbol: f.sym, Text: bound.Text})
	if !ok || f.sym.Type == model.Hex && bits > math.MaxInt64 {
		return 0, false
	}
	return f.key(bits), true
}
