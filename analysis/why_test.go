package analysis

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// Each archive has an "ask" part with a symbol a line, an origin=SYMBOL for
// where its value comes from. The values are those of the .config part, if there
// is one.
func TestWhy(t *testing.T) {
	checkArchives(t, "why", func(f *fixture) string {
		var file *config.File
		name := ""
		if text, ok := f.disk[filepath.Join(f.dir, ".config")]; ok {
			file, name = config.Parse(text, config.Prefix(f.root.Dialect)), ".config"
		}
		values := ValuesOf(f.root, "", file, name)
		var b strings.Builder
		for line := range strings.Lines(f.disk[filepath.Join(f.dir, "ask")]) {
			name, origin := strings.CutPrefix(strings.TrimSpace(line), "origin=")
			explain := values.Explain
			if origin {
				explain = values.ExplainOrigin
			}
			w, ok := explain(name)
			if !ok {
				fmt.Fprintf(&b, "%s: not mentioned\n", name)
				continue
			}
			writeWhy(&b, w, "")
		}
		return b.String()
	})
}

func writeWhy(b *strings.Builder, w *Why, indent string) {
	place := ""
	if w.Place.File != "" {
		place = fmt.Sprintf(" [%s:%d]", w.Place.File, w.Place.Line)
	}
	fmt.Fprintf(b, "%s%s: %s%s\n", indent, w.Kind, w.Text, place)
	for _, cause := range w.Causes {
		writeWhy(b, cause, indent+"    ")
	}
}

// Every symbol of the kernel has an explanation, which ends.
func TestWhyKernel(t *testing.T) {
	root := loadKernel(t).root
	values := ValuesOf(root, "x86", nil, "")
	m := values.Evaluation().Model
	for a := range m.Symbols {
		s := &m.Symbols[a]
		if !s.Defined || s.Name == "" {
			continue
		}
		w, ok := values.Explain(s.Name)
		if !ok || w.Text == "" {
			t.Fatalf("%s: no explanation", s.Name)
		}
		if s.Type.IsLogical() && values.Evaluation().State(expr.Atom(a)).Value == expr.N && len(w.Causes) == 0 {
			switch w.Kind {
			case "not-set", "nothing-sets", "choice", "user", "default":
			default:
				t.Errorf("%s is n, and nothing but this is said: %s: %s", s.Name, w.Kind, w.Text)
			}
		}
	}
}
