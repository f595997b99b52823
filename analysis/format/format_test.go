package format_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// TestFormat formats the file "in" of each archive of testdata and compares with the
// file "want". The comment of an archive says what it is about; lines "dialect NAME",
// "lines FROM-TO" and "KEY = VALUE", as in an .editorconfig, say how. In the texts »
// stands for a tab and · for a blank, so that both can be seen; ¬ is a "\r" and ¶ at
// the end an end without a line end.
func TestFormat(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			how := readHow(t, string(archive.Comment))
			var in, want string
			for _, f := range archive.Files {
				switch f.Name {
				case "in":
					in = seen.Replace(string(f.Data))
				case "want":
					want = string(f.Data)
				default:
					t.Fatalf("what is %s?", f.Name)
				}
			}
			in = strings.ReplaceAll(in, "¶\n", "")
			tree := parser.Parse(in, how.dialect)
			edits := format.All(tree, how.style)
			if how.to > 0 {
				edits = format.Edits(tree, how.style, tree.LineStart(how.from-1), tree.LineStart(how.to))
			} else {
				verify(t, name, tree, how.style, edits)
			}
			got := format.Apply(in, edits)
			if !strings.HasSuffix(got, "\n") && got != "" {
				got += "¶\n"
			}
			got = shown.Replace(got)
			if got == want {
				return
			}
			if !*update {
				t.Fatalf("run with -update to accept (-want +got):\n%s", cmp.Diff(want, got))
			}
			archive.Files = append(archive.Files[:1:1], txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

var (
	seen  = strings.NewReplacer("»", "\t", "·", " ", "¬", "\r")
	shown = strings.NewReplacer("\t", "»", " \n", "·\n", "\n ", "\n·", "\r", "¬")
)

// how says how an archive is formatted.
type how struct {
	dialect  parser.Dialect
	style    format.Style
	from, to int // lines from 1, to inclusive; 0 for all
}

func readHow(t *testing.T, comment string) how {
	h := how{dialect: parser.Linux(6, 12)}
	properties := map[string]string{}
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "dialect "); ok {
			if h.dialect, ok = parser.DialectByName(name); !ok {
				t.Fatalf("no dialect %s", name)
			}
		}
		if lines, ok := strings.CutPrefix(line, "lines "); ok {
			from, to, _ := strings.Cut(lines, "-")
			h.from, h.to = number(t, from), number(t, to)
		}
		if key, value, ok := strings.Cut(line, " = "); ok {
			properties[key] = value
		}
	}
	h.style = format.StyleOf(h.dialect).Override(properties)
	return h
}

func number(t *testing.T, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
