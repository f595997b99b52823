package analysis

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// trials is how many valuations decide whether two expressions are equal. Few
// of them differ in more than a dozen symbols, so that few mistakes escape.
const trials = 4000

// counterexample returns values of symbols for which two expressions differ,
// nil if it finds none. A bool is n or y, a tristate n, m or y, anything else
// one of the texts that the expressions compare something with.
func (o *symbolOracle) counterexample(a, b expr.Expr) map[string]string {
	texts := []string{"", "1"}
	names := map[string]bool{}
	for _, e := range []expr.Expr{a, b} {
		for leaf := range e.Leaves() {
			if leaf.Kind() == expr.Symbol && o.types[leaf.Text()] != "" {
				names[leaf.Text()] = true
			} else {
				texts = append(texts, leaf.Text())
			}
		}
	}
	var sorted []string
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	random := rand.New(rand.NewPCG(1, 2))
	for range trials {
		values := map[string]string{"MODULES": "y"}
		for _, name := range sorted {
			choices := texts
			switch o.types[name] {
			case "bool":
				choices = []string{"n", "y"}
			case "tristate":
				choices = []string{"n", "m", "y"}
			}
			values[name] = choices[random.IntN(len(choices))]
		}
		if o.value(a, values) != o.value(b, values) {
			return values
		}
	}
	return nil
}

// value evaluates an expression as expr_calc_value in scripts/kconfig/expr.c:
// 0, 1 and 2 stand for n, m and y.
func (o *symbolOracle) value(e expr.Expr, values map[string]string) int {
	switch op := e.Op(); {
	case op == expr.OpNone:
		return 2
	case op == expr.OpLeaf:
		return max(0, slices.Index([]string{"n", "m", "y"}, o.text(e, values)))
	case op == expr.OpNot:
		return 2 - o.value(e.Arg(0), values)
	case op == expr.OpAnd:
		v := 2
		for arg := range e.Args() {
			v = min(v, o.value(arg, values))
		}
		return v
	case op == expr.OpOr:
		v := 0
		for arg := range e.Args() {
			v = max(v, o.value(arg, values))
		}
		return v
	default:
		if compare(op, o.text(e.Arg(0), values), o.text(e.Arg(1), values)) {
			return 2
		}
		return 0
	}
}

func (o *symbolOracle) text(e expr.Expr, values map[string]string) string {
	leaf, _ := e.Leaf()
	if value, ok := values[leaf.Text()]; ok && leaf.Kind() == expr.Symbol {
		return value
	}
	return leaf.Text()
}

func compare(op expr.Op, a, b string) bool {
	order := strings.Compare(a, b)
	if slices.Contains([]string{"n", "m", "y"}, a) && slices.Contains([]string{"n", "m", "y"}, b) {
		order = cmp.Compare(strings.Index("nmy", a), strings.Index("nmy", b))
	}
	x, errA := strconv.ParseInt(a, 0, 64)
	y, errB := strconv.ParseInt(b, 0, 64)
	if errA == nil && errB == nil {
		order = cmp.Compare(x, y)
	}
	switch op {
	case expr.OpEqual:
		return order == 0
	case expr.OpUnequal:
		return order != 0
	case expr.OpLess:
		return order < 0
	case expr.OpLessEqual:
		return order <= 0
	case expr.OpGreater:
		return order > 0
	}
	return order >= 0
}
