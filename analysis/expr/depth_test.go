package expr_test

import (
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// No operation recurses, and each takes time proportional to the input. A stack that is
// small tells of recursion sooner than texts that would exhaust the usual gigabyte.
func TestDepth(t *testing.T) {
	const n = 100_000
	const fewer = 25_000                                  // where each takes several nodes
	const limit = 5 * time.Second                         // anything quadratic takes longer
	defer debug.SetMaxStack(debug.SetMaxStack(512 << 10)) // less than 25,000 frames of any function
	repeat := strings.Repeat
	for _, test := range []struct{ name, text string }{
		{"parentheses", repeat("(", n) + "A" + repeat(")", n)},
		{"open parentheses", repeat("(", n)},
		{"closed parentheses", "A" + repeat(")", n)},
		{"negations", repeat("!", n) + "A"},
		{"negated parentheses", repeat("!(", fewer) + "A" + repeat(")", fewer)},
		{"conjunction", "A" + repeat(" && B", n)},
		{"disjunction", "A" + repeat(" || B = 4", n/2)},
		{"right-deep", repeat("A && (", fewer) + "A" + repeat(")", fewer)},
		{"left-deep", repeat("(", fewer) + "A" + repeat(" && A)", fewer)},
		{"alternating right", repeat("A && (B || (", fewer) + "A" + repeat("))", fewer)},
		{"alternating left", repeat("((", fewer) + "A" + repeat(" && A) || B)", fewer)},
		{"missing operators", "A" + repeat(" A", fewer)},
		{"missing operands", repeat("&& || ", n/2)},
		{"comparisons", "A" + repeat(" = A", n)},
		{"macros", "$(a)" + repeat(" || $(a)", n/2)},
	} {
		t.Run(test.name, func(t *testing.T) {
			begin := time.Now()
			e, complete := parse(test.text)
			e2, _ := parse(test.text)
			if !expr.Equal(e, e2) {
				t.Error("not equal to itself")
			}
			leaves := 0
			for range e.Leaves() {
				leaves++
			}
			printed := e.String()
			if complete {
				again, ok := parse(printed)
				if !ok || !expr.Equal(e, again) {
					t.Error("prints as another expression")
				}
			}
			replaced := e.Replace(func(l expr.Leaf) expr.Expr { return expr.NewSymbol("X").Expr() })
			if replaced.IsZero() != e.IsZero() {
				t.Error("replacing loses all")
			}
			if !e.IsZero() {
				expr.ConditionalDependency(expr.NewSymbol("Q").Expr(), e)
			}
			if took := time.Since(begin); took > limit {
				t.Errorf("%d bytes take %v", len(test.text), took)
			}
		})
	}
}

// FuzzParse: any statement gives an expression, and a whole one prints as
// itself.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`A && !(B || "x\"" = C) # no`, "((((", "$(a,$(b))c != 'd", "!!! = = A B", `"\$(\$$(x)\\"`, "A \\\n || B",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, zephyr bool) {
		d := parser.Linux(6, 12)
		if zephyr {
			d, _ = parser.DialectByName("zephyr")
		}
		e, complete := parseIn(text, d)
		if complete && e.IsZero() {
			t.Fatal("nothing is no whole expression")
		}
		check(t, e)
		printed := e.String()
		again, ok := parseIn(printed, d)
		if complete && !strings.ContainsAny(printed, "\r\n") {
			if !ok || !expr.Equal(e, again) {
				t.Fatalf("%q prints as %q, which is %s and not %s (complete: %v)", text, printed, tree(again), tree(e), ok)
			}
			if again.String() != printed {
				t.Fatalf("%q prints as %q, then as %q", text, printed, again)
			}
		}
	})
}

// check checks what is true of all expressions.
func check(t *testing.T, e expr.Expr) {
	t.Helper()
	last := uint32(0)
	for leaf := range e.Leaves() {
		start, end := leaf.Range()
		if start < last || end <= start {
			t.Fatalf("leaf %s at [%d,%d) after %d", leaf, start, end, last)
		}
		last = end
	}
	pending := []expr.Expr{e}
	for len(pending) > 0 {
		e := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		least := map[expr.Op]int{expr.OpNone: 0, expr.OpLeaf: 0, expr.OpNot: 1}
		switch n, ok := least[e.Op()]; {
		case ok && e.Len() != n, !ok && e.Len() < 2, e.Op().IsComparison() && e.Len() != 2:
			t.Fatalf("%s has %d operands", tree(e), e.Len())
		}
		for arg := range e.Args() {
			if e.Op() == arg.Op() && (e.Op() == expr.OpAnd || e.Op() == expr.OpOr) || e.Op().IsComparison() && arg.Op() != expr.OpLeaf {
				t.Fatalf("%s has operand %s", tree(e), tree(arg))
			}
			pending = append(pending, arg)
		}
	}
}
