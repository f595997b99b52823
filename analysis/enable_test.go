package analysis

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// Each archive has an "ask" part with wishes such as "A=y B" on each line. The
// configuration is the .config part, if there is one.
func TestEnable(t *testing.T) {
	checkArchives(t, "enable", func(f *fixture) string {
		var b strings.Builder
		for line := range strings.Lines(f.disk[absoluteIn(f.dir, "ask")]) {
			line = strings.TrimSuffix(line, "\n")
			fmt.Fprintf(&b, "=== %s\n", line)
			var wanted []Wanted
			for word := range strings.FieldsSeq(line) {
				name, value, _ := strings.Cut(word, "=")
				wanted = append(wanted, Wanted{name, value})
			}
			e, err := Enable(context.Background(), f.snapshot, Configuration{Root: f.root}, wanted, 3)
			if err != nil {
				fmt.Fprintf(&b, "error: %v\n", err)
				continue
			}
			writeEnabled(&b, e)
		}
		return b.String()
	})
}

func writeEnabled(b *strings.Builder, e Enabled) {
	fmt.Fprintf(b, "%s\n", e.Verdict)
	for i, a := range e.Alternatives {
		fmt.Fprintf(b, "%d. %s\n", i+1, a.Title)
		for _, c := range a.Changes {
			fmt.Fprintf(b, "   change %s: %s -> %s  %q [%s:%d]\n", c.Symbol, c.From, c.To, c.Prompt, c.Place.File, c.Place.Line)
		}
		for _, effect := range a.Effects {
			fmt.Fprintf(b, "   effect %s (%s): %s -> %s\n", effect.Symbol, effect.Reason, effect.Old.Value.Text, effect.New.Value.Text)
		}
		for _, c := range a.Conditions {
			fmt.Fprintf(b, "   %s\n", c.Text)
		}
		for _, line := range strings.SplitAfter(UnifiedDiff(".config", a.Before, a.After), "\n") {
			if strings.HasPrefix(line, "+CONFIG") || strings.HasPrefix(line, "-CONFIG") || strings.Contains(line, "is not set") {
				b.WriteString("   " + line)
			}
		}
		if len(a.Unknown) > 0 {
			fmt.Fprintf(b, "   unknown %q\n", a.Unknown)
		}
	}
	for _, w := range e.Reasons {
		writeWhy(b, w, "   ")
	}
	for _, w := range e.Answers {
		writeWhy(b, w, "   answer ")
	}
}
