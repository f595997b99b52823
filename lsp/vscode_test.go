package lsp

import (
	"encoding/json"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// vscodePackage is the part of the package of the extension for Visual Studio Code
// that says the same as the server.
type vscodePackage struct {
	Contributes struct {
		Languages []struct {
			ID               string
			Filenames        []string
			FilenamePatterns []string
			Extensions       []string
		}
		Configuration struct {
			Properties map[string]struct {
				Type                 string
				Default              any
				Enum                 []string
				Description          string
				MarkdownDescription  string
				AdditionalProperties struct{ Enum []string }
			}
		}
		SemanticTokenModifiers []struct{ ID string }
		SemanticTokenScopes    []struct {
			Language string
			Scopes   map[string][]string
		}
	}
}

func readVSCodePackage(t *testing.T) vscodePackage {
	t.Helper()
	raw, err := os.ReadFile("../editors/vscode/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var p vscodePackage
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestVSCodeSettings checks that the extension has every setting of the server, with a
// default that changes nothing, and no other ones but those for itself.
func TestVSCodeSettings(t *testing.T) {
	wanted := map[string]any{}
	zero := map[reflect.Kind]any{reflect.String: "", reflect.Slice: []any{}, reflect.Map: map[string]any{}}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[clientSettings]()) {
		if name := field.Tag.Get("json"); name != "" {
			wanted[name] = zero[field.Type.Kind()]
		}
	}
	// The editor knows whether the user trusts the folder, so it need not be none.
	wanted["trust"] = "probe"
	for section, names := range annotationSettings {
		for name := range names {
			wanted[section+"."+name] = true
		}
	}
	own := []string{"server.path", "server.arguments", "trace.server", "codeNames.enabled"}
	properties := readVSCodePackage(t).Contributes.Configuration.Properties
	for name, value := range wanted {
		property, ok := properties["kconfig."+name]
		if !ok {
			t.Errorf("the extension lacks the setting kconfig.%s", name)
		} else if !reflect.DeepEqual(property.Default, value) {
			t.Errorf("kconfig.%s is %v by default, want %v", name, property.Default, value)
		}
	}
	for key, property := range properties {
		name := strings.TrimPrefix(key, "kconfig.")
		if _, ok := wanted[name]; !ok && !slices.Contains(own, name) {
			t.Errorf("the server knows no setting %s", key)
		}
		if property.Description == "" && property.MarkdownDescription == "" {
			t.Errorf("%s has no description", key)
		}
	}
	for _, name := range own {
		if _, ok := properties["kconfig."+name]; !ok {
			t.Errorf("the extension lacks the setting kconfig.%s", name)
		}
	}
	for _, level := range properties["kconfig.checks"].AdditionalProperties.Enum {
		if _, ok := check.LevelByName(level); !ok {
			t.Errorf("kconfig.checks can be %s, which the server does not know", level)
		}
	}
}

// TestVSCodeTokens checks that the extension knows the modifiers of tokens that are not
// part of the protocol, and has a colour for each where it occurs.
func TestVSCodeTokens(t *testing.T) {
	standard := []string{"definition", "readonly", "documentation", "deprecated"}
	own := slices.DeleteFunc(analysis.TokenModifiers(), func(name string) bool { return slices.Contains(standard, name) })
	contributes := readVSCodePackage(t).Contributes
	var declared []string
	for _, modifier := range contributes.SemanticTokenModifiers {
		declared = append(declared, modifier.ID)
	}
	slices.Sort(declared)
	slices.Sort(own)
	if !slices.Equal(declared, own) {
		t.Errorf("the extension declares %v, the server has %v", declared, own)
	}
	coloured := map[string]bool{}
	for _, scopes := range contributes.SemanticTokenScopes {
		for selector := range scopes.Scopes {
			_, modifier, _ := strings.Cut(selector, ".")
			coloured[modifier] = true
		}
	}
	for _, modifier := range own {
		if !coloured[modifier] {
			t.Errorf("%s has no colour", modifier)
		}
	}
}

// languageOf returns the language that the editor takes a file for by the package: by its
// name, else by the longest pattern, else by its extension, all without regard to case.
func (p vscodePackage) languageOf(file string) string {
	file = strings.ToLower(file)
	base := path.Base(file)
	byName, byPattern, byExtension, longest := "", "", "", 0
	for _, language := range p.Contributes.Languages {
		for _, name := range language.Filenames {
			if strings.ToLower(name) == base {
				byName = language.ID
			}
		}
		for _, pattern := range language.FilenamePatterns {
			of := base
			if strings.Contains(pattern, "/") {
				of = file
			}
			if len(pattern) > longest && globMatches(strings.ToLower(pattern), of) {
				byPattern, longest = language.ID, len(pattern)
			}
		}
		for _, extension := range language.Extensions {
			if strings.HasSuffix(base, extension) {
				byExtension = language.ID
			}
		}
	}
	for _, id := range []string{byName, byPattern, byExtension} {
		if id != "" {
			return id
		}
	}
	return ""
}

func globMatches(pattern, name string) bool {
	expression := regexp.QuoteMeta(pattern)
	expression = strings.ReplaceAll(expression, `\*\*/`, `(?:.*/)?`)
	expression = strings.ReplaceAll(expression, `\*`, `[^/]*`)
	return regexp.MustCompile("^" + expression + "$").MatchString(name)
}

// TestVSCodeLanguages checks that the editor takes for Kconfig files and configurations
// what the server does.
func TestVSCodeLanguages(t *testing.T) {
	p := readVSCodePackage(t)
	names := []string{
		"Kconfig", "sub/Kconfig", "Kconfig.debug", "Kconfig.cpu", "Kconfig-nommu", "Kconfig_hw", "Kconfig.projbuild", "Kconfig.recursion-issue-01",
		"Config.in", "Config.in.host", "Config-kernel.in", "Config.src", "board.kconfig", "Kconfig.zephyr", "Kconfig.h", "kconfig.c", "Kconfig.py",
		"Kconfig.rst", "Kconfig-language.rst", "Kconfig.md", "Kconfig.txt", "Kconfig.cmake", "Kconfig.json", "Kconfig.yaml", "Kconfig.sh", "Kconfig.patch",
		".config", ".config.old", "defconfig", "x86_64_defconfig", "arch/arm/configs/omap.config", "kernel/configs/tiny.config", "prj.conf", "prj_release.conf",
		"overlay-usb.conf", "boards/qemu.conf", "sdkconfig", "sdkconfig.old", "sdkconfig.defaults", "sdkconfig.defaults.esp32", "sdkconfig.ci.release",
		".kunitconfig", "sysbuild.conf", "configs/config.lenovo_x201", "linux/config-6.6", "boot/config-6.12.0-1-amd64", "Config.host.in", "main.c", "Makefile", "app.conf", "config.py",
	}
	for _, name := range names {
		want := ""
		switch {
		case analysis.IsKconfigName(name):
			want = "kconfig"
		case analysis.IsConfigName("/" + name):
			want = "kconfig-config"
		}
		got := p.languageOf("/" + name)
		if want == "" && !strings.HasPrefix(got, "kconfig") {
			continue // it is left to others
		}
		if got != want {
			t.Errorf("%s: the editor takes it for %q, the server for %q", name, got, want)
		}
	}
	// A .config of any name is one for the server, which knows its tree; for the editor it
	// can be anything.
	if got := p.languageOf("/site/web.config"); strings.HasPrefix(got, "kconfig") {
		t.Errorf("web.config: %s", got)
	}
}
