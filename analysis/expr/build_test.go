package expr_test

import (
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// must parses a whole expression; "-" stands for one that is not there.
func must(t *testing.T, text string) expr.Expr {
	t.Helper()
	if text == "-" {
		return expr.Expr{}
	}
	e, complete := parse(text)
	if !complete {
		t.Fatalf("%s is no expression", text)
	}
	return e
}

func all(t *testing.T, texts string) []expr.Expr {
	t.Helper()
	var list []expr.Expr
	for text := range strings.SplitSeq(texts, ";") {
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, must(t, text))
		}
	}
	return list
}

func TestBuilders(t *testing.T) {
	and := func(e []expr.Expr) expr.Expr { return expr.And(e...) }
	or := func(e []expr.Expr) expr.Expr { return expr.Or(e...) }
	not := func(e []expr.Expr) expr.Expr { return expr.Not(e[0]) }
	conditional := func(e []expr.Expr) expr.Expr { return expr.ConditionalDependency(e[0], e[1]) }
	for _, test := range []struct {
		name           string
		build          func([]expr.Expr) expr.Expr
		operands, want string
	}{
		{"and", and, "", "-"},
		{"and", and, "-; -", "-"},
		{"and", and, "-; y", "'y"},
		{"and", and, "A", "A"},
		{"and", and, "A; -; y; B", "(&& A B)"},
		{"and", and, "A && B; C || D; E && F", "(&& A B (|| C D) E F)"},
		{"and", and, "A; n; B", "'n"},
		{"and", and, "A; m", "(&& A 'm)"},
		{"and", and, `A; "n"`, "'n"},
		{"and", and, "A; A", "(&& A A)"},
		{"or", or, "", "'n"},
		{"or", or, "n; n", "'n"},
		{"or", or, "A; -", "-"},
		{"or", or, "A; y; B", "'y"},
		{"or", or, "A; n; B || C; D && E", "(|| A B C (&& D E))"},
		{"or", or, "A; m", "(|| A 'm)"},
		{"not", not, "A", "(! A)"},
		{"not", not, "!A", "A"},
		{"not", not, "!!A", "(! A)"},
		{"not", not, "y", "'n"},
		{"not", not, "n", "'y"},
		{"not", not, "m", "(! 'm)"},
		{"not", not, "-", "'n"},
		{"not", not, "A && B", "(! (&& A B))"},
		{"if", conditional, "A; -", "A"},
		{"if", conditional, "A; B", "(|| A (= B 'n))"},
		{"if", conditional, "A || C; B", "(|| A C (= B 'n))"},
		{"if", conditional, "A; B && C", "(|| A (= B 'n) (= C 'n))"},
		{"if", conditional, "A; B || C", "(|| A (&& (= B 'n) (= C 'n)))"},
		{"if", conditional, "A; !B", "(|| A (!= B 'n))"},
		{"if", conditional, "A; !!B", "(|| A (= B 'n))"},
		{"if", conditional, "A; !(B && C)", "(|| A (! (|| (= B 'n) (= C 'n))))"},
		{"if", conditional, "A; B = y", "(|| A (! (= B 'y)))"},
		{"if", conditional, "A; !(B != y)", "(|| A (!= B 'y))"},
		{"if", conditional, "A; B < 4 && C", "(|| A (! (< B 4)) (= C 'n))"},
		{"if", conditional, "A; $(x)", "(|| A (= [$(x)] 'n))"},
		{"if", conditional, "y; B", "'y"},
	} {
		if got := tree(test.build(all(t, test.operands))); got != test.want {
			t.Errorf("%s of %s: got %s, want %s", test.name, test.operands, got, test.want)
		}
	}
	c := expr.Compare(expr.OpLess, expr.NewSymbol("A"), expr.NewConstant(`a "b" $(c)`))
	if got := c.String(); got != `A < "a \"b\" \$(c)"` {
		t.Error(got)
	}
}

func TestPartsAndLeaves(t *testing.T) {
	text := `A && (B || "x") && !(C = 4) && $(d)`
	e := must(t, text)
	var conjuncts, leaves, symbols []string
	for part := range e.Conjuncts() {
		conjuncts = append(conjuncts, part.String())
	}
	for leaf := range e.Leaves() {
		start, end := leaf.Range()
		if text[start:end] != leaf.Raw() {
			t.Errorf("%s is at %q", leaf.Raw(), text[start:end])
		}
		leaves = append(leaves, leaf.Raw())
	}
	for leaf := range e.Symbols() {
		symbols = append(symbols, leaf.Text())
	}
	for got, want := range map[string]string{
		strings.Join(conjuncts, ";"): `A;B || "x";!(C = 4);$(d)`,
		strings.Join(leaves, ";"):    `A;B;"x";C;4;$(d)`,
		strings.Join(symbols, ";"):   `A;B;C;4`,
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for part := range e.Disjuncts() {
		if part != e {
			t.Errorf("disjunct %s", part)
		}
	}
	for range (expr.Expr{}).Conjuncts() {
		t.Error("nothing has a conjunct")
	}
	for leaf := range e.Leaves() { // stopping early
		if leaf.Raw() == "B" {
			break
		}
	}
}

func TestEqual(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"A&&B", "(A) && B", true},
		{"A && B", "B && A", false},
		{"A && B", "A || B", false},
		{"A && B", "A && B && C", false},
		{"!A", "A", false},
		{`"y"`, "y", true},
		{`"A"`, "A", false},
		{`'a\b'`, `"ab"`, true},
		{`"\$(x)"`, `"$(x)"`, false},
		{`"\$(x)$(x)"`, `"$(x)\$(x)"`, false},
		{`'$(x)"'`, `"$(x)\""`, true},
		{"$(x)", `"$(x)"`, false},
		{"A = B", "A != B", false},
		{"-", "y", false},
		{"-", "-", true},
	} {
		a, b := must(t, test.a), must(t, test.b)
		if expr.Equal(a, b) != test.want || expr.Equal(b, a) != test.want {
			t.Errorf("%s, %s: want %v", test.a, test.b, test.want)
		}
	}
}

func TestReplace(t *testing.T) {
	values := map[string]expr.Expr{
		"A": expr.Yes(), "B": expr.No(), "C": expr.NewSymbol("X").Expr(),
		"D":    expr.And(expr.NewSymbol("X").Expr(), expr.NewSymbol("Z").Expr()),
		"$(e)": expr.NewConstant("text").Expr(), "F": {},
	}
	for text, want := range map[string]string{
		"A": "'y", "A && Q": "Q", "B && Q": "'n", "C && Q": "(&& X Q)", "D && Q": "(&& X Z Q)", "Q && (D || B)": "(&& Q X Z)",
		"!A": "'n", "!C": "(! X)", "C = $(e)": "(= X 'text)", "D = Q": "(= D Q)", "F && Q": "Q", "F || Q": "-",
		"Q && !!R || y": "(|| (&& Q (! (! R))) 'y)",
		"-":             "-",
	} {
		e := must(t, text)
		got := e.Replace(func(l expr.Leaf) expr.Expr {
			if v, ok := values[l.Text()]; ok {
				return v
			}
			return l.Expr()
		})
		if tree(got) != want {
			t.Errorf("%s: got %s, want %s", text, tree(got), want)
		}
	}
	e := must(t, "A && (B || !C) && D = 4")
	if same := e.Replace(func(l expr.Leaf) expr.Expr { return l.Expr() }); same != e {
		t.Error("replacing nothing gives another expression")
	}
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		``: `""`, `a b`: `"a b"`, `"\`: `"\"\\"`, `$(x) $ $x`: `"\$(x) $ $x"`, `'`: `"'"`, `$`: `"$"`,
	} {
		if got := expr.Quote(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
		l := expr.NewConstant(text)
		if l.Text() != text || l.HasMacros() || l.Kind() != expr.Constant {
			t.Errorf("%s: the constant has %q", text, l.Text())
		}
	}
}
