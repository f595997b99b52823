package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestMasonPackage compares the package for mason.nvim with the archives that a
// release has: each of them must be in it, under its name.
func TestMasonPackage(t *testing.T) {
	text, err := os.ReadFile("../../editors/neovim/contrib/mason-registry/packages/kconfig-ls/package.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var pkg struct {
		Name, Description, Homepage     string
		Licenses, Languages, Categories []string
		Source                          struct {
			ID    string
			Asset []struct{ Target, File, Bin string }
		}
		Bin    map[string]string
		Neovim map[string]string
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	if err := decoder.Decode(&pkg); err != nil {
		t.Fatal(err)
	}
	if pkg.Name != program || pkg.Homepage != "https://github.com/kconfig-ls/kconfig-ls" || !slices.Equal(pkg.Licenses, []string{"Apache-2.0"}) {
		t.Errorf("%q, %q, %q", pkg.Name, pkg.Homepage, pkg.Licenses)
	}
	for _, category := range pkg.Categories {
		if !slices.Contains([]string{"Compiler", "DAP", "Formatter", "LSP", "Linter", "Runtime"}, category) {
			t.Errorf("the registry has no category %q", category)
		}
	}
	version, ok := strings.CutPrefix(pkg.Source.ID, "pkg:github/kconfig-ls/kconfig-ls@")
	if !ok || !regexp.MustCompile(`^v\d+\.\d+\.\d+$`).MatchString(version) {
		t.Errorf("the source is %q", pkg.Source.ID)
	}
	if pkg.Bin[program] != "{{source.asset.bin}}" || pkg.Neovim["lspconfig"] != "kconfig_ls" {
		t.Errorf("%v, %v", pkg.Bin, pkg.Neovim)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if len(line) > 120 {
			t.Errorf("a line has more than 120 characters: %s", line)
		}
	}

	var got, want []string
	for _, asset := range pkg.Source.Asset {
		file := strings.ReplaceAll(asset.File, `{{ version | strip_prefix "v" }}`, strings.TrimPrefix(version, "v"))
		got = append(got, asset.Target+" "+file+" "+asset.Bin)
	}
	systems := map[string]string{"linux": "linux", "darwin": "darwin", "windows": "win"}
	machines := map[string]string{"amd64": "x64", "arm64": "arm64"}
	for target := range strings.SplitSeq(targets, ",") {
		goos, goarch, _ := strings.Cut(target, "/")
		want = append(want, systems[goos]+"_"+machines[goarch]+" "+archiveName(version, goos, goarch)+" "+program+"/"+programName(goos))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
