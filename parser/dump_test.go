package parser

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// TestDump compares the dumps of texts with those in testdata/*.txtar.
//
// Each archive holds pairs of files: "NAME DIALECT" is the text, and "want" is
// what Parse makes of it. If NAME ends in ".quoted", the text is written as Go
// strings, one for each line of the archive, for the sake of bytes that an
// archive cannot hold.
func TestDump(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no test data", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			updated := &txtar.Archive{Comment: archive.Comment}
			for i, file := range archive.Files {
				if file.Name == "want" {
					continue
				}
				got := dumpCase(t, file)
				updated.Files = append(updated.Files, file, txtar.File{Name: "want", Data: []byte(got)})
				if *update {
					continue
				}
				want := ""
				if i+1 < len(archive.Files) && archive.Files[i+1].Name == "want" {
					want = string(archive.Files[i+1].Data)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s", file.Name, diff)
				}
			}
			if formatted := txtar.Format(updated); *update && !bytes.Equal(formatted, data) {
				if err := os.WriteFile(path, formatted, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// dumpCase parses the text of one case, checks the tree, and dumps it.
func dumpCase(t *testing.T, file txtar.File) string {
	t.Helper()
	text, dialect := caseText(t, file)
	tree := Parse(text, dialectNamed(t, dialect))
	checkTree(t, tree, text)
	return dump(tree)
}

// caseText returns the text of a case and its dialect's name.
func caseText(t *testing.T, file txtar.File) (text, dialect string) {
	t.Helper()
	name, dialect, ok := strings.Cut(file.Name, " ")
	if !ok {
		t.Fatalf("%q names no dialect", file.Name)
	}
	if !strings.HasSuffix(name, ".quoted") {
		return string(file.Data), dialect
	}
	for line := range strings.Lines(string(file.Data)) {
		part, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %q: %v", file.Name, line, err)
		}
		text += part
	}
	return text, dialect
}

// dumpTexts returns the texts of all cases in a dialect, without their source
// statements.
func dumpTexts(t *testing.T, dialect string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			if file.Name == "want" {
				continue
			}
			if text, d := caseText(t, file); d == dialect {
				texts = append(texts, withoutSources(text))
			}
		}
	}
	return texts
}

// dump renders statements with their tokens, blocks and errors for people.
func dump(t *Tree) string {
	var b strings.Builder
	for s := range t.All() {
		if s.Kind == Blank && s.Len() == 0 {
			continue
		}
		fmt.Fprintf(&b, "%d %s:", t.Line(int(s.Start))+1, s.Kind)
		for i := range s.Len() {
			switch kind := s.Token(i).Kind; {
			case kind.IsKeyword() || kind >= Or:
				fmt.Fprintf(&b, " %s", kind)
			default:
				fmt.Fprintf(&b, " %s %q", kind, s.TokenText(i))
			}
		}
		if name := s.Name(); name != "" {
			fmt.Fprintf(&b, " -> %s", name)
		}
		b.WriteByte('\n')
	}
	for _, block := range t.Blocks() {
		end := "end"
		if block.Close < t.Len() {
			end = strconv.Itoa(t.Line(int(t.At(block.Close).Start)) + 1)
		}
		fmt.Fprintf(&b, "block %s %d-%s", block.Kind, t.Line(int(t.At(block.Open).Start))+1, end)
		if !block.Closed {
			b.WriteString(" unclosed")
		}
		b.WriteByte('\n')
	}
	for _, e := range t.Errors() {
		severity := "error"
		if e.Severity == SeverityWarning {
			severity = "warning"
		}
		fmt.Fprintf(&b, "%s %s %s: %s\n", severity, position(t, e.Start, e.End), e.Code, e.Message)
		for _, r := range e.Related {
			fmt.Fprintf(&b, "\t%s %s\n", position(t, r.Start, r.End), r.Message)
		}
	}
	if s, ok := t.EndsUnterminated(); ok {
		fmt.Fprintf(&b, "unterminated on line %d\n", t.Line(int(s.Start))+1)
	}
	return b.String()
}

// position renders a range of a line as line:column-column, counted from 1.
func position(t *Tree, start, end uint32) string {
	line := t.Line(int(start))
	from := t.LineStart(line)
	return fmt.Sprintf("%d:%d-%d", line+1, int(start)-from+1, int(end)-from+1)
}
