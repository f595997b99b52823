package analysis

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFixAll puts fixes together that are in each other's way.
func TestFixAll(t *testing.T) {
	fix := func(keeps bool, path string, edits ...Edit) *Fix {
		return &Fix{KeepsMeaning: keeps, Edits: []FileEdit{{path, edits}}}
	}
	because := func(path string, start, end int) []RelatedLocation {
		return []RelatedLocation{{Location: Location{path, start, end}}}
	}
	found := []Diagnostic{
		{Code: "a", Fix: fix(true, "B", Edit{40, 50, ""}), Related: because("B", 10, 15)},
		{Code: "a", Fix: fix(true, "B", Edit{10, 20, ""}), Related: because("B", 42, 45)}, // the reason of the first
		{Code: "a", Fix: fix(true, "B", Edit{45, 46, "x"})},                               // the same text
		{Code: "a", Fix: fix(true, "B", Edit{50, 60, ""})},                                // side by side
		{Code: "a", Fix: fix(true, "B", Edit{60, 60, "in"})},                              // at the end of another one
		{Code: "b", Fix: fix(false, "B", Edit{100, 110, ""})},
		{Code: "b", Fix: fix(true, "A", Edit{7, 7, "one"})},
		{Code: "b", Fix: fix(true, "A", Edit{7, 7, "two"})}, // which one goes first is not said
		{Code: "b", Fix: fix(true, "A", Edit{1, 2, ""}), Related: because("C", 1, 2)},
		{Code: "b"},
	}
	want := Fixed{
		Files: []FileEdit{
			{"A", []Edit{{1, 2, ""}, {7, 7, "one"}}},
			{"B", []Edit{{40, 50, ""}, {50, 60, ""}}},
		},
		Codes:   [][]string{{"b", "b"}, {"a", "a"}},
		Mended:  []Diagnostic{found[0], found[3], found[6], found[8]},
		Made:    []int{0, 3, 6, 8},
		Waiting: 4,
	}
	if diff := cmp.Diff(want, FixAll(found)); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	want = Fixed{Files: []FileEdit{{"B", []Edit{{100, 110, ""}}}}, Codes: [][]string{{"b"}}, Mended: found[5:6], Made: []int{5}}
	if diff := cmp.Diff(want, FixAllIn(found, "B", "b")); diff != "" {
		t.Errorf("of a rule in a file (-want +got):\n%s", diff)
	}
	if got := FixAllIn(found, "A", ""); len(got.Mended) != 2 || got.Waiting != 1 {
		t.Errorf("all in a file: %+v", got)
	}
}

// TestFixTree fixes a tree of several files and leaves what is not wanted.
func TestFixTree(t *testing.T) {
	f := newFixture(t, `
-- settings --
dialect=linux-6.12
-- Kconfig --
mainmenu "Test"

config A
	bool " a"
	depends on N

source "other/Kconfig"
-- other/Kconfig --
config B
	bool "b "
	depends on N
`)
	fixed, err := FixTree(f.snapshot, f.root, Survey{Unreached: true}, func(d Diagnostic) bool {
		return d.Code == "uppercase-tristate" || f.relative(d.Path) == "Kconfig"
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []NewFile{
		{f.paths[0], "mainmenu \"Test\"\n\nconfig A\n\tbool \"a\"\n\tdepends on n\n\nsource \"other/Kconfig\"\n"},
		{f.paths[1], "config B\n\tbool \"b \"\n\tdepends on n\n"},
	}
	if diff := cmp.Diff(want, fixed.Files); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"prompt-whitespace": 1, "uppercase-tristate": 2}, fixed.Fixed); diff != "" {
		t.Errorf("fixed (-want +got):\n%s", diff)
	}
	left := map[string]int{}
	for _, d := range fixed.Left {
		left[d.Code]++
	}
	if left["prompt-whitespace"] != 1 || left["uppercase-tristate"] != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestIgnore adds a comment at findings of all sorts, after which they are gone and
// nothing else is.
func TestIgnore(t *testing.T) {
	checkArchives(t, "ignore", func(f *fixture) string {
		out := ""
		for _, path := range f.paths {
			for _, d := range Diagnose(f.snapshot, path, true) {
				out += f.location(d.Location) + " [" + d.Code + "]\n"
				fix, ok := IgnoreFix(f.snapshot, d)
				if !ok {
					out += "\tcannot be ignored by a comment\n"
					continue
				}
				old := f.snapshot.Text(path).Text()
				text := Apply(old, fix.Edits[0].Edits)
				removed, added := changedLines(old, text)
				for _, line := range removed {
					out += "\t- " + line + "\n"
				}
				for _, line := range added {
					out += "\t+ " + line + "\n"
				}
				f.sameButFor(t, path, text, d)
			}
		}
		return out
	})
}

// sameButFor looks at another text of a file, in which one finding must be gone.
func (f *fixture) sameButFor(t *testing.T, path, text string, gone Diagnostic) {
	t.Helper()
	next := *f.snapshot
	next.documents = map[string]*Document{}
	for p, d := range f.snapshot.documents {
		next.documents[p] = d
	}
	next.place(f.disk, path, 2, text, kindOf(path))
	count := func(s *Snapshot) map[string]int {
		n := map[string]int{}
		for _, d := range Diagnose(s, path, true) {
			n[d.Code]++
		}
		return n
	}
	want, got := count(f.snapshot), count(&next)
	if got[gone.Code] >= want[gone.Code] {
		t.Errorf("%s: it is still there", f.location(gone.Location))
	}
	delete(want, gone.Code) // others in the line have gone too
	delete(got, gone.Code)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: findings after the comment (-want +got):\n%s", f.location(gone.Location), diff)
	}
}
