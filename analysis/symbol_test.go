package analysis

import (
	"fmt"
	"strings"
	"testing"
)

func TestSymbols(t *testing.T) {
	checkArchives(t, "symbol", func(f *fixture) string {
		var b strings.Builder
		for sym := range Symbols(f.snapshot, f.root, "") {
			renderSymbol(&b, f, sym)
		}
		return b.String()
	})
}

func renderSymbol(b *strings.Builder, f *fixture, s Symbol) {
	fmt.Fprintf(b, "%s %s, %d references, depends on [%s]\n", s.Name, s.Type, s.ReferenceCount, s.DependsOn)
	for _, d := range s.Definitions {
		fmt.Fprintf(b, "\t%s:%d %s in view %t, prompt %t %q if [%s], visible [%s], depends on [%s], choice %q\n", d.File, d.Line,
			d.Type, d.InView, d.HasPrompt, d.Prompt, d.PromptCondition, d.Visibility, d.DependsOn, d.Choice)
		for _, c := range d.Conditions {
			fmt.Fprintf(b, "\t\t%v %q line %d: [%s] %s\n", c.From, c.Title, c.Line, c.Expr, f.location(c.Location))
		}
		renderProperties(b, f, "default", d.Defaults)
		renderProperties(b, f, "range", d.Ranges)
		renderProperties(b, f, "select", d.Selects)
		renderProperties(b, f, "imply", d.Implies)
	}
	for _, s := range s.SelectedBy {
		fmt.Fprintf(b, "\tselected by %s if [%s] %s\n", s.Name, s.Condition, f.location(s.Location))
	}
	for _, s := range s.ImpliedBy {
		fmt.Fprintf(b, "\timplied by %s if [%s] %s\n", s.Name, s.Condition, f.location(s.Location))
	}
}

func renderProperties(b *strings.Builder, f *fixture, name string, properties []SymbolProperty) {
	for _, p := range properties {
		fmt.Fprintf(b, "\t\t%s %s if [%s] %s\n", name, p.Value, p.Condition, f.location(p.Location))
	}
}

// TestSymbolOfEqualsSymbols compares the two ways to a symbol, in a tree that
// includes a file twice and makes names by macros.
func TestSymbolOfEqualsSymbols(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
if ONE
name := FIRST
source "template"
endif
if TWO
name := SECOND
source "template"
endif
config ONE
	bool
	select FIRST_ENABLED
-- template --
config $(name)_ENABLED
	bool "Prompt"
	depends on BOTH
	select ONE
config BOTH
	bool
`)
	n := 0
	for sym := range Symbols(f.snapshot, f.root, "") {
		n++
		single, ok := SymbolOf(f.snapshot, f.root, "", sym.Name)
		if !ok {
			t.Fatalf("SymbolOf(%s) is not there", sym.Name)
		}
		var a, b strings.Builder
		renderSymbol(&a, f, sym)
		renderSymbol(&b, f, single)
		if sym.Name == "ONE" {
			continue // who selects it has a name that only a walk knows
		}
		if a.String() != b.String() {
			t.Errorf("Symbols:\n%sSymbolOf:\n%s", a.String(), b.String())
		}
		if sym.Name == "BOTH" && sym.DependsOn.String() != "ONE || TWO" {
			t.Errorf("BOTH depends on %s", sym.DependsOn)
		}
	}
	if n != 4 {
		t.Errorf("%d symbols", n)
	}
}
