package analysis

import (
	"fmt"
	"strings"
	"testing"
)

// Each archive is a tree whose gates show in the editor. Rendered is, once that was
// found out when nobody types: what names have which modifiers, the hints, the lenses
// and the outline of each open file, as far as they tell of gates, what the search
// finds, and at each cursor the completions in their order, each described once.
func TestGatesShown(t *testing.T) {
	checkArchives(t, "gateshown", func(f *fixture) string {
		if shown := f.gatesShown(); strings.Contains(shown, "Rust") || strings.Contains(shown, "needs") {
			t.Errorf("shown before anybody has found it out:\n%s", shown)
		}
		PrepareValues(f.snapshot)
		if !PrepareGates(f.snapshot) {
			t.Error("there is nothing to show")
		}
		if PrepareGates(f.snapshot) {
			t.Error("what is shown has changed by looking at it")
		}
		return f.gatesShown()
	})
}

func (f *fixture) gatesShown() string {
	var b strings.Builder
	for _, d := range f.snapshot.Documents() {
		b.WriteString(f.relative(d.Path) + ":\n")
		f.gateTokens(&b, d)
		for _, h := range Hints(f.snapshot, d.Path, 0, d.Text().Size()) {
			if h.Kind == HintGates {
				fmt.Fprintf(&b, "\thint %s %q: %s\n", f.span(Location{d.Path, h.Offset, h.Offset}), h.Label, h.Tooltip.Plain)
			}
		}
		for _, lens := range Lenses(f.snapshot, d.Path) {
			if lens.Kind == LensGates {
				fmt.Fprintf(&b, "\tlens %s: %s (%s)\n", f.span(lens.Location), lens.Title, lens.Symbol)
			}
		}
		var outline func(items []OutlineItem)
		outline = func(items []OutlineItem) {
			for _, item := range items {
				if strings.Contains(item.Detail, "(") {
					fmt.Fprintf(&b, "\toutline %s: %s\n", item.Name, item.Detail)
				}
				outline(item.Children)
			}
		}
		outline(Outline(f.snapshot, d.Path))
	}
	for _, r := range Search(f.snapshot, "", 100) {
		if r.Mark != "" {
			fmt.Fprintf(&b, "found %s: %s\n", r.Name, r.Mark)
		}
	}
	described := map[CompletionData]bool{}
	for _, c := range f.cursors {
		fmt.Fprintf(&b, "complete at %s\n", f.cursorLine(c))
		for _, item := range Complete(f.snapshot, c.path, c.offset, CompleteOptions{}).Items {
			unavailable := ""
			if item.Unavailable {
				unavailable = " (unavailable)"
			}
			fmt.Fprintf(&b, "\t%s %s [%s]%s\n", item.Label, item.Detail, item.Mark, unavailable)
			if item.Mark == "" || described[item.Data] {
				continue
			}
			described[item.Data] = true
			text, _ := ResolveCompletion(f.snapshot, item.Data)
			for line := range strings.Lines(text.Plain) {
				if isGateTitle(line) {
					b.WriteString("\t\t" + line)
				}
			}
		}
	}
	return b.String()
}

// gateTokens renders the names of a document that are gated.
func (f *fixture) gateTokens(b *strings.Builder, d *Document) {
	names := TokenModifiers()
	for _, token := range Tokens(f.snapshot, d.Path, 0, d.Text().Size()) {
		var modifiers []string
		for i, name := range names {
			if token.Modifiers&(1<<i)&(ModifierRustGated|ModifierToolchain|ModifierUnavailable) != 0 {
				modifiers = append(modifiers, name)
			}
		}
		if len(modifiers) > 0 {
			fmt.Fprintf(b, "\ttoken %s: %s\n", f.span(Location{d.Path, token.Start, token.End}), strings.Join(modifiers, " "))
		}
	}
}
