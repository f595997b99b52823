package analysis

import (
	"fmt"
	"strings"
	"testing"
)

// absolute returns the path of a file of the fixture.
func (f *fixture) absolute(name string) string { return absoluteIn(f.dir, name) }

// perFile renders each Kconfig file of a fixture.
func (f *fixture) perFile(render func(path string) string) string {
	var b strings.Builder
	for _, path := range f.paths {
		if f.snapshot.Text(path) == nil {
			continue
		}
		if text := render(path); text != "" {
			b.WriteString(f.relative(path) + ":\n" + text)
		}
	}
	return b.String()
}

func TestOutline(t *testing.T) {
	kinds := map[OutlineKind]string{
		OutlineMainmenu: "mainmenu", OutlineMenu: "menu", OutlineChoice: "choice", OutlineIf: "if",
		OutlineConfig: "config", OutlineMenuconfig: "menuconfig", OutlineConfigdefault: "configdefault",
		OutlineComment: "comment", OutlineSource: "source", OutlineMacro: "macro",
	}
	checkArchives(t, "outline", func(f *fixture) string {
		var render func(b *strings.Builder, items []OutlineItem, indent string)
		render = func(b *strings.Builder, items []OutlineItem, indent string) {
			for _, item := range items {
				fmt.Fprintf(b, "%s%s %q", indent, kinds[item.Kind], item.Name)
				if item.Detail != "" {
					fmt.Fprintf(b, " (%s)", item.Detail)
				}
				fmt.Fprintf(b, " %s; %s\n", f.span(item.Location), f.span(item.Selection))
				render(b, item.Children, indent+"\t")
			}
		}
		return f.perFile(func(path string) string {
			var b strings.Builder
			render(&b, Outline(f.snapshot, path), "\t")
			return b.String()
		})
	})
}

// TestOutlineDeep has 100,000 nested blocks.
func TestOutlineDeep(t *testing.T) {
	const n = 100_000
	f := newFixture(t, "-- Kconfig --\n"+strings.Repeat("if A\n", n)+"config A\n\tbool\n"+strings.Repeat("endif\n", n))
	depth, items := 0, 0
	var count func(list []OutlineItem, level int)
	count = func(list []OutlineItem, level int) {
		depth, items = max(depth, level), items+len(list)
		for _, item := range list {
			count(item.Children, level+1)
		}
	}
	count(Outline(f.snapshot, f.paths[0]), 0)
	if items != n+1 || depth > maxOutlineDepth+1 {
		t.Errorf("%d items, %d deep", items, depth)
	}
	everyFeature(f.snapshot, f.paths[0], 5*n/2)
	everyOverview(f.snapshot, f.paths[0], 0, 100)
}

func TestSearch(t *testing.T) {
	checkArchives(t, "search", func(f *fixture) string {
		var b strings.Builder
		for query := range strings.Lines(f.disk[f.absolute("queries")]) {
			query = strings.TrimSuffix(query, "\n")
			fmt.Fprintf(&b, "%q\n", query)
			for _, r := range Search(f.snapshot, query, 6) {
				view := ""
				if !r.InView {
					view = " (not in the view)"
				}
				fmt.Fprintf(&b, "\t%s %s %q in %s: %s%s\n", r.Name, r.Detail, r.Prompt, r.Container, f.span(r.Location), view)
			}
		}
		return b.String()
	})
}

func TestSearchAfterEdit(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
source "other/Kconfig"
config OLD
	bool "Before"
-- other/Kconfig --
config OTHER
	bool "Other"
`)
	if n := len(Search(f.snapshot, "", 10)); n != 2 {
		t.Fatalf("%d symbols before the edit", n)
	}
	other := f.root.File(f.absolute("other/Kconfig"))
	titles := &other.Titles()[0]
	s := *f.snapshot
	s.documents = map[string]*Document{}
	s.place(f.disk, f.absolute("Kconfig"), 1, "mainmenu \"Test\"\nsource \"other/Kconfig\"\nconfig NEW\n\tbool \"After\"\n", documentKind{})
	if got := Search(&s, "after", 10); len(got) != 1 || got[0].Name != "NEW" {
		t.Errorf("the edited file is not searched: %v", got)
	}
	if len(Search(&s, "before", 10)) != 0 {
		t.Error("the old text is found")
	}
	if &s.Root(f.absolute("Kconfig")).File(f.absolute("other/Kconfig")).Titles()[0] != titles {
		t.Error("the file that was not edited was looked at again")
	}
}

func TestFolding(t *testing.T) {
	kinds := map[FoldKind]string{FoldRegion: "region", FoldComment: "comment", FoldImports: "imports"}
	checkArchives(t, "folding", func(f *fixture) string {
		return f.perFile(func(path string) string {
			var b strings.Builder
			tree := f.snapshot.Text(path)
			for _, fold := range Folding(f.snapshot, path) {
				line := tree.Line(fold.Start)
				first := strings.TrimSpace(tree.Slice(tree.LineStart(line), fold.Start))
				fmt.Fprintf(&b, "\t%d-%d %s %q\n", line+1, tree.Line(fold.End)+1, kinds[fold.Kind], first)
			}
			return b.String()
		})
	})
}

func TestLinks(t *testing.T) {
	checkArchives(t, "links", func(f *fixture) string {
		return f.perFile(func(path string) string {
			var b strings.Builder
			for _, l := range Links(f.snapshot, path) {
				target := l.URL
				if l.File != "" {
					target = "file " + f.relative(l.File)
				}
				fmt.Fprintf(&b, "\t%s: %s (%s)\n", f.span(l.Location), target, l.Tooltip)
			}
			return b.String()
		})
	})
}

func TestTokens(t *testing.T) {
	checkArchives(t, "tokens", func(f *fixture) string {
		return f.perFile(func(path string) string {
			checkTokens(t, f.snapshot, path)
			tree := f.snapshot.Text(path)
			var b strings.Builder
			line := -1
			for _, token := range Tokens(f.snapshot, path, 0, tree.Size()) {
				if at := tree.Line(token.Start); at != line {
					line = at
					fmt.Fprintf(&b, "%d:\n", line+1)
				}
				fmt.Fprintf(&b, "\t%s %s%s\n", TokenTypes()[token.Type], tree.Slice(token.Start, token.End), modifierNames(token.Modifiers))
			}
			return b.String()
		})
	})
}

func modifierNames(modifiers TokenModifier) string {
	var b strings.Builder
	for i, name := range TokenModifiers() {
		if modifiers&(1<<i) != 0 {
			b.WriteString(" +" + name)
		}
	}
	return b.String()
}

// TestTokensOfRange checks that a range has the tokens that the file has there.
func TestTokensOfRange(t *testing.T) {
	f := newFixture(t, "-- Kconfig --\n"+`mainmenu "Test $(x)"
config A
	bool "A"
	help
	  One.
	  Two.
	  Three.
`)
	path := f.paths[0]
	size := f.snapshot.Text(path).Size()
	all := Tokens(f.snapshot, path, 0, size)
	for start := range size {
		for end := start; end <= size; end++ {
			var want []SemanticToken
			for _, token := range all {
				if token.End > start && token.Start < end && start < end {
					want = append(want, token)
				}
			}
			if got := Tokens(f.snapshot, path, start, end); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("[%d, %d): got %v, want %v", start, end, got, want)
			}
		}
	}
}

// TestHostileTexts has lines and nestings that no person writes.
func TestHostileTexts(t *testing.T) {
	const n = 20_000
	for name, text := range map[string]string{
		"parentheses":     "config A\n\tdepends on " + strings.Repeat("(", n) + "A" + strings.Repeat(")", n) + "\n",
		"negations":       "config A\n\tdepends on " + strings.Repeat("!", n) + "A\n",
		"operands":        "config A\n\tdepends on A" + strings.Repeat(" && A || (A)", n) + "\n",
		"references":      "config A\n\tdefault " + strings.Repeat("$(a", n) + strings.Repeat(")", n) + "\n",
		"open references": "config A\n\tdefault \"" + strings.Repeat("$(a,", n) + "\n",
		"arguments":       "x = $(a" + strings.Repeat(",$(b)", n) + ")\n",
		"open menus":      strings.Repeat("menu \"A\"\n", n) + strings.Repeat("\n", n),
		"ends":            strings.Repeat("if A\n", n) + strings.Repeat("endmenu\n", n),
		"addresses":       "config A\n\thelp\n\t  " + strings.Repeat("http://a(", n) + strings.Repeat(" <file:", n) + strings.Repeat("Documentation/", n) + "\n",
		"sources":         strings.Repeat("source \"Kconfig\"\n", n/10),
		"assignments":     strings.Repeat("a = $(a)\n", n),
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, "-- Kconfig --\nmainmenu \"Test\"\n"+text)
			path := f.paths[0]
			size := f.snapshot.Text(path).Size()
			for _, offset := range []int{0, 30, 37, size / 3, size / 2, size - 2, size} {
				everyFeature(f.snapshot, path, offset)
				checkSelections(t, f.snapshot, path, offset)
			}
			everyOverview(f.snapshot, path, 0, size)
			checkTokens(t, f.snapshot, path)
		})
	}
}
