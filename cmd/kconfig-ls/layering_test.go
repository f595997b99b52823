package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/kconfig-ls/kconfig-ls"

// toolchainPackage may start other programs. The analysis does not know it: it is given
// answers.
const toolchainPackage = "analysis/toolchain"

// gitPackage may start git. It is the only other package of the program that may start
// anything.
const gitPackage = "cmd/internal/git"

// tapPackage is a tool for tests that stands between an editor and the server, which it
// starts.
const tapPackage = "lsp/conformance/lsptap"

// goPackage is what the rules look at, as "go list -json" has it.
type goPackage struct {
	ImportPath string
	Doc        string   // the package comment
	Imports    []string // of files that are no tests
	Deps       []string // what these import in turn, as well
}

// within reports whether an import path is one of the module's directories or
// lies below it.
func within(path string, dirs ...string) bool {
	return slices.ContainsFunc(dirs, func(dir string) bool {
		rest, ok := strings.CutPrefix(path, module+"/"+dir)
		return ok && (rest == "" || rest[0] == '/')
	})
}

// violations returns what breaks the rules about who imports whom: parser,
// then analysis, then lsp, then cmd.
func violations(packages []goPackage) []string {
	var found []string
	for _, p := range packages {
		report := func(what string) { found = append(found, p.ImportPath+" "+what) }
		if strings.TrimSpace(p.Doc) == "" {
			report("has no package comment")
		}
		for _, dep := range p.Deps {
			switch {
			case within(p.ImportPath, "parser") && within(dep, "parser", "analysis", "lsp", "cmd"),
				within(p.ImportPath, "analysis") && within(dep, "lsp", "cmd"),
				within(p.ImportPath, "analysis") && !within(p.ImportPath, toolchainPackage) && dep == "encoding/json",
				within(p.ImportPath, "parser", "analysis") && !within(p.ImportPath, toolchainPackage) && dep == "os/exec",
				within(p.ImportPath, toolchainPackage) && within(dep, "parser", "analysis") && !within(dep, toolchainPackage, "analysis/macro", "analysis/mintool", "analysis/vfs"),
				within(p.ImportPath, "analysis") && !within(p.ImportPath, toolchainPackage) && within(dep, toolchainPackage),
				within(p.ImportPath, "lsp") && within(dep, "cmd"),
				within(p.ImportPath, "lsp") && !within(p.ImportPath, "lsp/conformance") && within(dep, "lsp/conformance"),
				within(p.ImportPath, "cmd") && within(dep, "lsp/conformance"):
				report("depends on " + dep)
			}
		}
		for _, imported := range p.Imports {
			if imported == "os/exec" && !within(p.ImportPath, toolchainPackage, gitPackage, "cmd/release", "cmd/benchtable", tapPackage) {
				report("imports " + imported)
			}
			if isGLSP(imported) && p.ImportPath != module+"/lsp/protocol" {
				report("imports " + imported)
			}
		}
	}
	return found
}

// isGLSP reports whether an import path belongs to the library whose types only
// lsp/protocol may see.
func isGLSP(path string) bool {
	const library = "github.com/tliron/glsp"
	return path == library || strings.HasPrefix(path, library+"/")
}

func TestLayering(t *testing.T) {
	packages, err := list()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"parser", "analysis", "lsp/protocol", "cmd/kconfig-ls"} {
		if !slices.ContainsFunc(packages, func(p goPackage) bool { return p.ImportPath == module+"/"+want }) {
			t.Errorf("there is no package %s: the rules look at nothing", want)
		}
	}
	for _, v := range violations(packages) {
		t.Error(v)
	}
}

// list returns the packages of the module.
func list() ([]goPackage, error) {
	command := exec.Command("go", "list", "-json=ImportPath,Doc,Imports,Deps", module+"/...")
	out, err := command.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return nil, fmt.Errorf("go list: %w\n%s", err, failed.Stderr)
		}
		return nil, err
	}
	var packages []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, err
		}
		packages = append(packages, p)
	}
}

// TestViolations makes sure that the rules can be broken.
func TestViolations(t *testing.T) {
	for _, test := range []struct {
		name string
		p    goPackage
		want string // "" for nothing
	}{
		{"no comment", goPackage{ImportPath: module + "/cmd/x"}, "/cmd/x has no package comment"},
		{"blank comment", goPackage{ImportPath: module + "/cmd/x", Doc: " \n"}, "/cmd/x has no package comment"},
		{"parser alone", goPackage{ImportPath: module + "/parser", Doc: "d", Deps: []string{"strings", "unicode"}}, ""},
		{"parser", goPackage{ImportPath: module + "/parser", Doc: "d", Deps: []string{module + "/analysis/menu"}}, "/parser depends on " + module + "/analysis/menu"},
		{"no parser", goPackage{ImportPath: module + "/parsers", Doc: "d", Deps: []string{module + "/analysis"}}, ""},
		{"analysis", goPackage{ImportPath: module + "/analysis", Doc: "d", Deps: []string{module + "/lsp/protocol"}}, "/analysis depends on " + module + "/lsp/protocol"},
		{"analysis and JSON", goPackage{ImportPath: module + "/analysis/menu", Doc: "d", Deps: []string{"encoding/json"}}, "/analysis/menu depends on encoding/json"},
		{"analysis and command", goPackage{ImportPath: module + "/analysis/check", Doc: "d", Deps: []string{module + "/cmd/internal/report"}}, "/analysis/check depends on " + module + "/cmd/internal/report"},
		{"toolchain", goPackage{ImportPath: module + "/" + toolchainPackage, Doc: "d", Imports: []string{"os/exec"}, Deps: []string{"encoding/json", "os/exec", module + "/analysis/macro"}}, ""},
		{"toolchain and analysis", goPackage{ImportPath: module + "/" + toolchainPackage, Doc: "d", Deps: []string{module + "/analysis/menu"}}, "/analysis/toolchain depends on " + module + "/analysis/menu"},
		{"analysis and toolchain", goPackage{ImportPath: module + "/analysis", Doc: "d", Deps: []string{module + "/" + toolchainPackage}}, "/analysis depends on " + module + "/" + toolchainPackage},
		{"processes behind the analysis", goPackage{ImportPath: module + "/analysis", Doc: "d", Deps: []string{"os/exec"}}, "/analysis depends on os/exec"},
		{"processes", goPackage{ImportPath: module + "/lsp", Doc: "d", Imports: []string{"os/exec"}}, "/lsp imports os/exec"},
		{"processes of a command", goPackage{ImportPath: module + "/cmd/kconfig-ls", Doc: "d", Imports: []string{"os/exec"}}, "/cmd/kconfig-ls imports os/exec"},
		{"processes of git", goPackage{ImportPath: module + "/" + gitPackage, Doc: "d", Imports: []string{"os/exec"}}, ""},
		{"processes behind the analysis by git", goPackage{ImportPath: module + "/analysis", Doc: "d", Deps: []string{module + "/" + gitPackage}}, "/analysis depends on " + module + "/" + gitPackage},
		{"processes of a tool of ours", goPackage{ImportPath: module + "/cmd/release", Doc: "d", Imports: []string{"os/exec"}}, ""},
		{"processes of the tap", goPackage{ImportPath: module + "/" + tapPackage, Doc: "d", Imports: []string{"os/exec"}}, ""},
		{"processes of what judges", goPackage{ImportPath: module + "/lsp/conformance", Doc: "d", Imports: []string{"os/exec"}}, "/lsp/conformance imports os/exec"},
		{"lsp and test code", goPackage{ImportPath: module + "/lsp", Doc: "d", Deps: []string{module + "/lsp/conformance"}}, "/lsp depends on " + module + "/lsp/conformance"},
		{"lsp", goPackage{ImportPath: module + "/lsp", Doc: "d", Deps: []string{module + "/cmd/internal/scan"}}, "/lsp depends on " + module + "/cmd/internal/scan"},
		{"lsp and analysis", goPackage{ImportPath: module + "/lsp", Doc: "d", Deps: []string{module + "/analysis", "encoding/json"}}, ""},
		{"glsp", goPackage{ImportPath: module + "/lsp", Doc: "d", Imports: []string{"github.com/tliron/glsp/protocol_3_16"}}, "/lsp imports github.com/tliron/glsp/protocol_3_16"},
		{"glsp in its place", goPackage{ImportPath: module + "/lsp/protocol", Doc: "d", Imports: []string{"github.com/tliron/glsp"}}, ""},
		{"glsp through its place", goPackage{ImportPath: module + "/lsp", Doc: "d", Imports: []string{module + "/lsp/protocol"}, Deps: []string{"github.com/tliron/glsp"}}, ""},
		{"test code", goPackage{ImportPath: module + "/cmd/kconfig-ls", Doc: "d", Deps: []string{module + "/lsp/conformance"}}, "/cmd/kconfig-ls depends on " + module + "/lsp/conformance"},
	} {
		var want []string
		if test.want != "" {
			want = []string{module + test.want}
		}
		if got := violations([]goPackage{test.p}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", test.name, got, want)
		}
	}
}
