package analysis

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

func TestConfigMenu(t *testing.T) {
	checkArchives(t, "configmenu", func(f *fixture) string {
		menu, err := MenuOf(f.snapshot, Configuration{Root: f.root}, "", 100)
		if err != nil {
			return err.Error()
		}
		var b strings.Builder
		f.writeItem(&b, menu.Node, "")
		return b.String()
	})
}

func (f *fixture) writeItem(b *strings.Builder, item MenuItem, indent string) {
	fmt.Fprintf(b, "%s%d %s", indent, item.Kind, item.Symbol)
	if item.HasPrompt {
		fmt.Fprintf(b, " %q", item.Prompt)
	}
	if item.Type != "" {
		fmt.Fprintf(b, " %s", item.Type)
		writeValue(b, item.Value)
	}
	fmt.Fprintf(b, ", visible %s", item.Visible)
	if item.VisibleCauses != nil {
		fmt.Fprintf(b, " %q", item.VisibleCauses)
	}
	if !item.Shown {
		b.WriteString(", not shown")
	}
	if item.Assignable != nil {
		fmt.Fprintf(b, ", of %s", item.Assignable)
	}
	if item.HasRange {
		fmt.Fprintf(b, ", from %s to %s", item.Low, item.High)
	}
	for _, m := range item.Members {
		fmt.Fprintf(b, ", member %s %q visible %s", m.Symbol, m.Prompt, m.Visible)
		writeValue(b, m.Value)
	}
	if item.Help != "" {
		fmt.Fprintf(b, ", help %q", item.Help)
	}
	if item.WhyNot != "" {
		fmt.Fprintf(b, ", %s", item.WhyNot)
	}
	if item.HasChildren != (len(item.Children) > 0) {
		b.WriteString(", WRONG HasChildren")
	}
	fmt.Fprintf(b, " at %s\n", f.location(item.Place))
	for _, child := range item.Children {
		f.writeItem(b, child, indent+"  ")
	}
}

func writeValue(b *strings.Builder, v Value) {
	if v.Known {
		fmt.Fprintf(b, " = %q", v.Text)
	} else {
		fmt.Fprintf(b, " = ? %q", v.Causes)
	}
}

// TestMenuIDs checks that IDs hold as long as the menu does.
func TestMenuIDs(t *testing.T) {
	const tree = "-- Kconfig --\nmainmenu \"T\"\nmenu \"M\"\nconfig A\n\tbool \"a\"\nendmenu\n-- Kconfig (open) --\n"
	before := newFixture(t, tree+"mainmenu \"T\"\nmenu \"M\"\nconfig A\n\tbool \"a\"\nendmenu\n")
	same := newFixture(t, tree+"# A comment.\nmainmenu \"T\"\nmenu \"M\"\nconfig A\n\tbool \"a\"\n\tdefault y\n\thelp\n\t  Help.\nendmenu\n")
	other := newFixture(t, tree+"mainmenu \"T\"\nconfig B\n\tbool \"b\"\nmenu \"M\"\nconfig A\n\tbool \"a\"\nendmenu\n")
	menu, err := MenuOf(before.snapshot, Configuration{Root: before.root}, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	id := menu.Node.Children[0].ID
	for f, want := range map[*fixture]error{before: nil, same: nil, other: ErrStaleNode} {
		got, err := MenuOf(f.snapshot, Configuration{Root: f.root}, id, 1)
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
		if err == nil && (got.Node.Prompt != "M" || len(got.Node.Children) != 1) {
			t.Errorf("got %+v", got.Node)
		}
	}
	for _, id := range []string{"x", ".", "1.2", id + "0000", strings.Replace(id, ".", ".-", 1)} {
		if _, err := MenuOf(before.snapshot, Configuration{Root: before.root}, id, 1); !errors.Is(err, ErrNoNode) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// changesOf reads changes as tests have them: NAME=VALUE, or -NAME.
func changesOf(text string) []ConfigChange {
	var changes []ConfigChange
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "-"); ok {
			changes = append(changes, ConfigChange{Symbol: name, Unset: true})
		} else {
			name, value, _ := strings.Cut(line, "=")
			changes = append(changes, ConfigChange{Symbol: name, Value: value})
		}
	}
	return changes
}

func TestPreview(t *testing.T) {
	checkArchives(t, "configset", func(f *fixture) string {
		changes := changesOf(f.disk[absoluteIn(f.dir, "changes")])
		c, err := Preview(f.snapshot, Configuration{Root: f.root}, changes)
		if err != nil {
			return err.Error()
		}
		checkPreview(t, f, changes, c)
		var b strings.Builder
		for _, e := range c.Effects {
			fmt.Fprintf(&b, "%s (%s):", e.Symbol, e.Reason)
			for i, s := range []SymbolState{e.Old, e.New} {
				if i > 0 {
					b.WriteString(" ->")
				}
				writeValue(&b, s.Value)
				fmt.Fprintf(&b, " visible %s", s.Visible)
				switch {
				case s.Written:
					b.WriteString(" written")
				case s.MaybeWritten:
					b.WriteString(" written?")
				}
			}
			b.WriteString("\n")
		}
		for _, r := range c.Ineffective {
			fmt.Fprintf(&b, "%d %s=%s: %s: %s\n", r.Index, r.Change.Symbol, r.Change.Value, r.Reason, r.Text)
		}
		fmt.Fprintf(&b, "unknown %q\n", c.Unknown)
		b.WriteString(UnifiedDiff(".config", c.Before, c.After))
		return b.String()
	})
}

// checkPreview holds a preview against an evaluation of the same user values
// from the beginning.
func checkPreview(t *testing.T, f *fixture, changes []ConfigChange, c Consequences) {
	t.Helper()
	m := f.root.Model("")
	var file *config.File
	if c.Exists {
		file = config.Parse(c.Before, config.Prefix(f.root.Dialect))
	}
	e, _ := config.Load(m, file, f.root.ConfigRules())
	old := e.Clone()
	for _, change := range changes {
		if a, ok := m.Lookup(change.Symbol); ok && m.Symbols[a].Defined && m.Symbols[a].Kind == model.Plain {
			if change.Unset {
				e.Unset(a)
			} else {
				_, _ = e.Set(a, change.Value)
			}
		}
	}
	fresh := config.Evaluate(m, e.User().Clone(), f.root.ConfigRules())
	effects := map[string]Effect{}
	for _, effect := range c.Effects {
		effects[effect.Symbol] = effect
	}
	for i := range m.Symbols {
		a := expr.Atom(i)
		if s := &m.Symbols[i]; s.Kind != model.Plain || !s.Defined {
			continue
		}
		before, after := stateOf(old, a), stateOf(fresh, a)
		effect, ok := effects[m.Symbols[i].Name]
		switch {
		case before.same(after) && ok:
			t.Errorf("%s does not change: %+v", m.Symbols[i].Name, effect)
		case !before.same(after) && (!effect.Old.same(before) || !effect.New.same(after)):
			t.Errorf("%s: from %+v to %+v, reported %+v", m.Symbols[i].Name, before, after, effect)
		}
	}
	if got := applied(c.Before, LineEdits(c.Before, c.After)); got != c.After {
		t.Errorf("the edits lead to\n%s\nand not to\n%s", got, c.After)
	}
	if want := fresh.Write(config.Prefix(f.root.Dialect)); len(c.Unknown) == 0 && c.After != want {
		t.Errorf("the text is\n%s\nand not\n%s", c.After, want)
	}
}

// previewTree has one of everything that changes can run into.
const previewTree = `
-- Kconfig --
mainmenu "Test"
config MODULES
	bool "Modules"
	modules
config A
	tristate "A"
	select B if C
	imply D
config B
	tristate "B"
	depends on C || m
config C
	bool "C"
	default y if D
config D
	tristate "D"
menuconfig M
	bool "M"
	depends on A
if M
choice
	prompt "ch"
	default Y if D
config X
	bool "X"
config Y
	bool "Y"
	depends on C
config Z
	bool "Z"
endchoice
config N
	int "N"
	range 3 9 if X
	range 1 100
	default 50
config H
	hex "H"
	default 0x10
config S
	string "S"
	default "s" if Y
endif
config T
	def_bool $(shell,tool)
config U
	bool "U"
	depends on T || C
	select V
config V
	tristate "V"
	visible if A
-- .config --
CONFIG_A=m
CONFIG_MODULES=y
CONFIG_M=y
CONFIG_N=200
CONFIG_U=y
# CONFIG_C is not set
CONFIG_Z=y
`

var (
	previewNames  = []string{"MODULES", "A", "B", "C", "D", "M", "X", "Y", "Z", "N", "H", "S", "T", "U", "V", "NOWHERE", "", "y", "m"}
	previewValues = []string{"y", "m", "n", "", "5", "0x20", "-1", "99999999999999999999", "text \"with\" \\", "Y", "\x00", "200"}
)

// randomChanges makes changes of bytes.
func randomChanges(input []byte) []ConfigChange {
	var changes []ConfigChange
	for ; len(input) >= 2; input = input[2:] {
		change := ConfigChange{Symbol: previewNames[int(input[0])%len(previewNames)]}
		if n := int(input[1]) % (len(previewValues) + 1); n < len(previewValues) {
			change.Value = previewValues[n]
		} else {
			change.Unset = true
		}
		changes = append(changes, change)
	}
	return changes
}

func TestRandomPreviews(t *testing.T) {
	for _, dialect := range []parser.Dialect{parser.Linux(6, 12), parser.Linux(6, 1)} {
		f := newFixture(t, "-- settings --\ndialect="+dialect.Name+previewTree)
		if f.root.Dialect.Name != dialect.Name {
			t.Fatalf("the tree is %s", f.root.Dialect.Name)
		}
		random := rand.New(rand.NewPCG(1, 2))
		for range 300 {
			input := make([]byte, 2*random.IntN(12))
			for i := range input {
				input[i] = byte(random.Uint32())
			}
			changes := randomChanges(input)
			c, err := Preview(f.snapshot, Configuration{Root: f.root}, changes)
			if err != nil {
				t.Fatal(err)
			}
			checkPreview(t, f, changes, c)
			if t.Failed() {
				t.Fatalf("%s: %+v", dialect.Name, changes)
			}
		}
	}
}

// FuzzPreview makes changes of bytes, and lists the menu under the text that
// they lead to.
func FuzzPreview(f *testing.F) {
	f.Add([]byte{1, 0, 3, 2, 9, 4}, "CONFIG_A=y\n", "0.0")
	f.Add([]byte{6, 0, 7, 0, 8, 0}, "CONFIG_N=\"\nX\r\n", "")
	f.Fuzz(func(t *testing.T, input []byte, text, node string) {
		fixture := newFixture(t, previewTree)
		path := absoluteIn(fixture.dir, "other.config")
		fixture.disk[path] = text
		of := Configuration{Root: fixture.root, Path: path}
		changes := randomChanges(input[:min(len(input), 60)])
		c, err := Preview(fixture.snapshot, of, changes)
		if err != nil {
			t.Fatal(err)
		}
		checkPreview(t, fixture, changes, c)
		fixture.disk[path] = c.After
		menu, err := MenuOf(fixture.snapshot, of, "", 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, child := range menu.Node.Children {
			if _, err := MenuOf(fixture.snapshot, of, child.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = MenuOf(fixture.snapshot, of, node, 1)
	})
}

// TestMenuUnderChanges checks that a menu under changes is that of a configuration
// with them, and that the configuration stays as it is.
func TestMenuUnderChanges(t *testing.T) {
	const tree = `-- Kconfig --
mainmenu "T"
config EXPERT
	bool "Expert"
config SMALL
	bool "Small"
	depends on EXPERT
	select HELPER
config HELPER
	bool "Helper"
-- .config --
# CONFIG_EXPERT is not set
`
	f := newFixture(t, tree)
	of := Configuration{Root: f.root}
	show := func(changes ...ConfigChange) string {
		menu, err := ListMenu(f.snapshot, of, MenuQuery{Depth: 9, Changes: changes})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		var walk func(MenuItem)
		walk = func(item MenuItem) {
			fmt.Fprintf(&b, "%s=%s shown %t %v %q\n", item.Symbol, item.Value.Text, item.Shown, item.Assignable, item.WhyNot)
			for _, child := range item.Children {
				walk(child)
			}
		}
		for _, child := range menu.Node.Children {
			walk(child)
		}
		return b.String()
	}
	const before = "EXPERT=n shown true [n y] \"\"\n" +
		"SMALL=n shown false [] \"not visible: needs EXPERT\"\n" +
		"HELPER=n shown true [n y] \"\"\n"
	const after = "EXPERT=y shown true [n y] \"\"\n" +
		"SMALL=y shown true [n y] \"\"\n" +
		"HELPER=y shown true [] \"selected by SMALL\"\n"
	if got := show(); got != before {
		t.Errorf("without changes:\n%swant\n%s", got, before)
	}
	if got := show(ConfigChange{Symbol: "EXPERT", Value: "y"}, ConfigChange{Symbol: "SMALL", Value: "y"}); got != after {
		t.Errorf("under changes:\n%swant\n%s", got, after)
	}
	if got := show(); got != before {
		t.Errorf("the configuration is another one:\n%s", got)
	}
}

// TestMenuBrief checks that a brief menu is the menu without what it leaves out.
func TestMenuBrief(t *testing.T) {
	f := newFixture(t, "-- Kconfig --\nmainmenu \"T\"\nconfig A\n\tbool \"a\"\n\thelp\n\t  Help.\n\nconfig B\n\tbool \"b\"\n\tdepends on A\n")
	of := Configuration{Root: f.root}
	whole, err := ListMenu(f.snapshot, of, MenuQuery{Depth: 9})
	if err != nil {
		t.Fatal(err)
	}
	brief, err := ListMenu(f.snapshot, of, MenuQuery{Depth: 9, Brief: true})
	if err != nil {
		t.Fatal(err)
	}
	a := whole.Node.Children[0]
	if a.Help == "" || a.Place.Path == "" || a.Children[0].WhyNot == "" {
		t.Fatalf("the whole menu lacks something: %+v", a)
	}
	var strip func(*MenuItem)
	strip = func(item *MenuItem) {
		item.Help, item.WhyNot, item.Place = "", "", Location{}
		for i := range item.Children {
			strip(&item.Children[i])
		}
	}
	strip(&whole.Node)
	if !reflect.DeepEqual(brief, whole) {
		t.Errorf("got %+v, want %+v", brief, whole)
	}
}
