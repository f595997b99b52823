package analysis

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// TestRefactor writes down what can be done at the cursors of testdata/refactor, and
// what the lines are afterwards. What claims to keep the meaning is made, and the tree
// is read again: for all architectures the model and the values of configurations must
// be what they were, and nothing may be wrong that was right.
func TestRefactor(t *testing.T) {
	checkArchives(t, "refactor", func(f *fixture) string {
		var b strings.Builder
		step := 1
		if f.ranges {
			step = 2
		}
		for i := 0; i+step <= len(f.cursors); i += step {
			from, to := f.cursors[i], f.cursors[i+step-1]
			fmt.Fprintf(&b, "at %s\n", f.cursorLine(from))
			if f.ranges {
				fmt.Fprintf(&b, "to %s\n", f.cursorLine(to))
			}
			for _, r := range Refactorings(f.snapshot, from.path, from.offset, to.offset) {
				f.showRefactoring(t, &b, r)
			}
		}
		return b.String()
	})
}

func (f *fixture) showRefactoring(t *testing.T, b *strings.Builder, r Refactoring) {
	t.Helper()
	fmt.Fprintf(b, "\t%s [%s, %s]\n", r.Title, r.ID, kindName(r.Kind))
	if r.Refused != "" {
		fmt.Fprintf(b, "\t  refused: %s\n", r.Refused)
		return
	}
	r, err := Verify(r)
	if err != nil {
		fmt.Fprintf(b, "\t  refused by the model: %v\n", err)
		return
	}
	if !r.KeepsMeaning {
		b.WriteString("\t  (another meaning)\n")
	}
	if r.Effect != "" {
		fmt.Fprintf(b, "\t  %s\n", r.Effect)
	}
	after := &fixture{disk: maps.Clone(f.disk), dir: f.dir, paths: f.paths}
	for _, file := range r.Files {
		old := f.snapshot.Text(file.Path).Text()
		after.disk[file.Path] = Apply(old, file.Edits)
		removed, added := changedLines(old, after.disk[file.Path])
		for _, line := range removed {
			fmt.Fprintf(b, "\t- %s\n", line)
		}
		for _, line := range added {
			fmt.Fprintf(b, "\t+ %s\n", line)
		}
	}
	for _, file := range r.New {
		fmt.Fprintf(b, "\t%s:\n", f.relative(file.Path))
		for line := range strings.Lines(file.Text) {
			fmt.Fprintf(b, "\t+ %s", line)
		}
		after.disk[file.Path] = file.Text
	}
	if f.root == nil {
		return
	}
	if after.snapshot, after.root, err = Load(after.disk, f.dir, *f.snapshot.settings, nil); err != nil {
		t.Fatal(err)
	}
	if was, is := f.errors(), after.errors(); is > was {
		t.Errorf("%s: %d errors, there were %d", r.Title, is, was)
	}
	if r.KeepsMeaning {
		sameMeaning(t, r.Title, f.root, after.root, r.Effect != "")
	}
}

func kindName(k RefactoringKind) string {
	return [...]string{"", "rewrite", "extract", "mend", "sort"}[k]
}

// errors returns how many errors there are in the fixture.
func (f *fixture) errors() (n int) {
	for _, d := range f.findings() {
		if d.Severity == 1 {
			n++
		}
	}
	return n
}

// sameMeaning compares two trees in all their views: their models, and the
// configurations that come of them.
func sameMeaning(t *testing.T, title string, before, after *Root, menuDiffers bool) {
	t.Helper()
	archs := before.Archs()
	if len(archs) == 0 {
		archs = []string{""}
	}
	for _, arch := range archs {
		d := model.Differ(before.Model(arch), after.freshModel(arch))
		if d.What != "" && (!d.Shown || !menuDiffers) {
			t.Errorf("%s: %s differs for %q", title, d.What, arch)
		}
		if menuDiffers {
			continue // the order of the lines is that of the menu
		}
		was, is := configurations(before, arch), configurations(after, arch)
		for name, text := range was {
			if is[name] != text {
				removed, added := changedLines(text, is[name])
				t.Errorf("%s: %s differs for %q: %q became %q", title, name, arch, removed, added)
			}
		}
	}
}

// configurations returns what conf would write in several modes, and for some random
// input.
func configurations(r *Root, arch string) map[string]string {
	m, rules := r.Model(arch), r.ConfigRules()
	all := map[string]string{}
	for _, mode := range []config.Mode{config.AllYesConfig, config.AllModConfig, config.AllNoConfig, config.AllDefConfig} {
		all[string(mode)] = config.Run(m, mode, nil, "CONFIG_", rules).Text
	}
	for seed := range uint64(5) {
		input := config.Parse(randomConfig(m, seed), "CONFIG_")
		all[fmt.Sprint("random ", seed)] = config.Run(m, config.OldDefConfig, input, "CONFIG_", rules).Text
	}
	return all
}

// randomConfig returns a configuration that says something of every other symbol. It
// depends on the symbols' names, not on their order.
func randomConfig(m *model.Model, seed uint64) string {
	var b strings.Builder
	for i := range m.Symbols {
		s := &m.Symbols[i]
		if !s.Defined || !s.Type.IsLogical() || s.Name == "" {
			continue
		}
		hash := uint64(0)
		for _, c := range []byte(s.Name) {
			hash = hash*31 + uint64(c)
		}
		r := rand.New(rand.NewPCG(seed, hash))
		if value := r.IntN(6); value < 3 {
			fmt.Fprintf(&b, "CONFIG_%s=%c\n", s.Name, "ymn"[value])
		}
	}
	return b.String()
}
