package analysis

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// TestConfigDiagnose writes down all that is wrong with the open configurations
// of testdata/config_diagnose.
func TestConfigDiagnose(t *testing.T) {
	codes := map[string]bool{}
	checkArchives(t, "config_diagnose", func(f *fixture) string {
		var b strings.Builder
		for _, path := range f.paths {
			if d := f.snapshot.Document(path); d == nil || !d.IsConfig() {
				continue
			}
			for _, d := range Diagnose(f.snapshot, path, true) {
				codes[d.Code] = true
				unnecessary := ""
				if d.Unnecessary {
					unnecessary = ", unnecessary"
				}
				fmt.Fprintf(&b, "%s %s%s [%s]\n\t%s\n", f.location(d.Location), d.Severity, unnecessary, d.Code, d.Message)
				for _, r := range d.Related {
					fmt.Fprintf(&b, "\t%s: %s\n", f.location(r.Location), r.Message)
				}
				if d.Fix != nil {
					e := d.Fix.Edits[0].Edits[0]
					fmt.Fprintf(&b, "\tfix: %s: %q to %q\n", d.Fix.Title, f.snapshot.Text(path).Slice(e.Start, e.End), e.Text)
				}
			}
		}
		return b.String()
	})
	for _, r := range check.Rules() {
		if r.Family == check.Configs && !codes[r.ID] {
			t.Errorf("no archive has a finding %s", r.ID)
		}
	}
}

// TestConfigFeatures writes down what the features of a position say at the
// cursors of testdata/config_feature.
func TestConfigFeatures(t *testing.T) {
	checkCursors(t, "config_feature", func(f *fixture, path string, offset int) string {
		var b strings.Builder
		if h, ok := Hover(f.snapshot, path, offset); ok {
			fmt.Fprintf(&b, "hover %s\n%s\n", f.span(h.Location), indented(h.Plain))
		}
		if origin, targets := Definition(f.snapshot, path, offset); len(targets) > 0 {
			fmt.Fprintf(&b, "definitions of %s\n", f.span(origin))
			for _, target := range targets {
				fmt.Fprintf(&b, "\t%s\n", f.location(target.Selection))
			}
		}
		if found := References(f.snapshot, path, offset, true); len(found) > 0 {
			fmt.Fprintf(&b, "references\n")
			for _, r := range found {
				fmt.Fprintf(&b, "\t%s\n", f.location(r.Location))
			}
		}
		if found := Highlights(f.snapshot, path, offset); len(found) > 0 {
			fmt.Fprintf(&b, "highlights\n")
			for _, h := range found {
				fmt.Fprintf(&b, "\t%s\n", f.location(h.Location))
			}
		}
		if !IsConfigName(path) {
			return b.String()
		}
		if list := Complete(f.snapshot, path, offset, CompleteOptions{Limit: 12, Snippets: true}); len(list.Items) > 0 {
			fmt.Fprintf(&b, "completions of %s\n", f.span(list.Items[0].Replace))
			for _, item := range list.Items {
				fmt.Fprintf(&b, "\t%s", item.Label)
				for _, more := range []struct{ name, text string }{{"detail", item.Detail}, {"description", item.Description}, {"filter", item.FilterText}} {
					if more.text != "" {
						fmt.Fprintf(&b, " %s=%q", more.name, more.text)
					}
				}
				if item.InsertText != item.Label {
					fmt.Fprintf(&b, " inserts %q", item.InsertText)
				}
				b.WriteByte('\n')
			}
		}
		return b.String()
	})
}

func indented(text string) string { return "\t" + strings.ReplaceAll(text, "\n", "\n\t") }

// TestConfigOverview writes down what features of a whole file show of the open
// configurations in testdata/config_overview.
func TestConfigOverview(t *testing.T) {
	checkArchives(t, "config_overview", func(f *fixture) string {
		var b strings.Builder
		for _, path := range f.paths {
			d := f.snapshot.Document(path)
			if d == nil || !d.IsConfig() {
				continue
			}
			fmt.Fprintf(&b, "outline of %s\n", f.relative(path))
			showOutline(&b, f, Outline(f.snapshot, path), "\t")
			b.WriteString("folds\n")
			for _, fold := range Folding(f.snapshot, path) {
				fmt.Fprintf(&b, "\t%s\n", f.span(Location{path, fold.Start, fold.End}))
			}
			b.WriteString("tokens\n")
			names, modifiers := TokenTypes(), TokenModifiers()
			for _, token := range Tokens(f.snapshot, path, 0, d.Text().Size()) {
				fmt.Fprintf(&b, "\t%s %s", f.span(Location{path, token.Start, token.End}), names[token.Type])
				for i, name := range modifiers {
					if token.Modifiers&(1<<i) != 0 {
						b.WriteString(" " + name)
					}
				}
				b.WriteByte('\n')
			}
		}
		return b.String()
	})
}

func showOutline(b *strings.Builder, f *fixture, items []OutlineItem, indent string) {
	for _, item := range items {
		kind := "menu"
		if item.Kind == OutlineConfig {
			kind = "config"
		}
		fmt.Fprintf(b, "%s%s %s %s: %s\n", indent, kind, item.Name, item.Detail, f.span(item.Location))
		showOutline(b, f, item.Children, indent+"\t")
	}
}

// TestConfigNames tells configurations from other files.
func TestConfigNames(t *testing.T) {
	var yes, no []string
	for _, path := range []string{
		".config", "/a/.config.old", "x86_64_defconfig", "defconfig", "debug.config", "app/prj.conf", "prj_release.conf",
		"boards/nrf52.conf", "sdkconfig", "sdkconfig.defaults", "sdkconfig.defaults.esp32", ".kunitconfig",
		"Kconfig", "Kconfig.config", "nginx.conf", "config", "configs/defconfig.txt", "README", "x.config.in", "boards/nrf52.overlay",
	} {
		if IsConfigName(path) {
			yes = append(yes, path)
		} else {
			no = append(no, path)
		}
	}
	if got := strings.Join(no, " "); len(yes) != 12 || got != "Kconfig Kconfig.config nginx.conf config configs/defconfig.txt README x.config.in boards/nrf52.overlay" {
		t.Errorf("configurations: %v, others: %v", yes, no)
	}
}

// TestConfigArch finds the architecture that configurations are for.
func TestConfigArch(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Linux/$(ARCH)"
source "arch/$(SRCARCH)/Kconfig"
-- arch/x86/Kconfig --
config X86
	def_bool y
-- arch/arm64/Kconfig --
config ARM64
	def_bool y
-- settings --
arch=x86
-- .config (open) --
#
# Automatically generated file; DO NOT EDIT.
# Linux/arm64 6.12.0 Kernel Configuration
#
-- arch/arm64/configs/defconfig (open) --
-- kernel/configs/debug.config (open) --
-- arch/mips/configs/x_defconfig (open) --
`)
	var got []string
	for _, path := range f.paths {
		if c, ok := f.snapshot.configScope(path); ok {
			got = append(got, f.relative(path)+" "+c.arch)
		}
	}
	want := []string{".config arm64", "arch/arm64/configs/defconfig arm64", "kernel/configs/debug.config x86", "arch/mips/configs/x_defconfig x86"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
