package expr_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// parse parses an expression as that of an if statement.
func parse(text string) (expr.Expr, bool) { return parseIn(text, parser.Linux(6, 12)) }

func parseIn(text string, d parser.Dialect) (expr.Expr, bool) {
	const keyword = "if "
	st := parser.Parse(keyword+text+"\n", d).At(0)
	return expr.Parse(st, 1, st.Len(), uint32(len(keyword)))
}

// tree renders an expression with all its structure.
func tree(e expr.Expr) string {
	if e.IsZero() {
		return "-"
	}
	if leaf, ok := e.Leaf(); ok {
		kind := [...]string{"", "'", "$"}[leaf.Kind()]
		if leaf.HasMacros() && leaf.Kind() == expr.Constant {
			kind = "'$"
		}
		if leaf.Kind() == expr.Macro {
			return "[" + leaf.Text() + "]"
		}
		return kind + leaf.Text()
	}
	var b strings.Builder
	b.WriteString("(" + e.Op().String())
	for arg := range e.Args() {
		b.WriteString(" " + tree(arg))
	}
	return b.String() + ")"
}

func TestParse(t *testing.T) {
	const file = "testdata/parse.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(archive.Files[0].Data), "\n"), "\n")
	var b strings.Builder
	for i := 0; i < len(lines); i++ {
		input := lines[i]
		for strings.HasSuffix(lines[i], `\`) && i+1 < len(lines) {
			i++
			input += "\n" + lines[i]
		}
		e, complete := parse(input)
		fmt.Fprintf(&b, "%s", tree(e))
		if !complete {
			b.WriteString(" ...")
		}
		b.WriteByte('\n')
		if e.String() != input {
			fmt.Fprintf(&b, "\t%s\n", e)
		}
		if !complete {
			continue
		}
		if again, ok := parse(e.String()); !ok || !expr.Equal(e, again) {
			t.Errorf("%s prints as %s, which is %s (complete: %v)", input, e, tree(again), ok)
		}
	}
	if *update {
		archive.Files[1].Data = []byte(b.String())
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(archive.Files[1].Data), b.String()); diff != "" {
		t.Errorf("run with -update to accept (-want +got):\n%s", diff)
	}
}
