package check

import (
	"path"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeOrphanFile = "orphan-file"

// orphanFile reports Kconfig files that no view of any architecture includes. Files of
// tests and documentation, templates, and those of other trees inside of this one are not
// meant to be.
func orphanFile() FileCheck {
	return FileCheck{Rules: rulesOf(Structure, Information, codeOrphanFile), Run: func(p *FilePass) {
		if !p.Complete || !Closed(p.Dialect) || p.Reached == nil || p.isAside() {
			return
		}
		at, ok := p.firstEntry()
		if !ok || p.Reached() {
			return
		}
		p.report(LineFinding{
			Code: codeOrphanFile, Severity: Information, At: p.line(at),
			Message: "no Kconfig file includes this one for any architecture, so nothing in it has an effect: add a `source` line for it, or remove it",
		})
	}}
}

// firstEntry returns the first statement of a file that makes it a Kconfig file: other
// files have such names, too, fragments of configurations for example.
func (p *FilePass) firstEntry() (parser.Statement, bool) {
	for st := range p.File.Tree.From(0) {
		if st.Kind == parser.Unknown {
			return st, false
		}
		if st.Kind.IsEntry() && st.Kind != parser.Assignment {
			return st, true
		}
	}
	return parser.Statement{}, false
}

// isAside reports whether a file is no part of a tree's menus by its name or that of a
// directory, or because another tree begins at one of its directories.
func (p *FilePass) isAside() bool {
	name := strings.ToLower(path.Base(p.File.Path))
	for _, mark := range [...]string{"template", "sample", "example", "test"} {
		if strings.Contains(name, mark) {
			return true
		}
	}
	for dir := path.Dir(p.File.Path); dir != "." && dir != "/"; dir = path.Dir(dir) {
		switch base := strings.ToLower(path.Base(dir)); base {
		case "test", "tests", "testing", "testdata", "test_data", "doc", "docs", "documentation",
			"example", "examples", "sample", "samples", "template", "templates":
			return true
		}
		for _, root := range [...]string{"Kconfig", "Config.in"} {
			if f := p.Sources.FileByPath(path.Join(dir, root)); f != nil && hasMainmenu(f.Tree) {
				return true
			}
		}
	}
	return false
}

// hasMainmenu reports whether a file is the root of a tree.
func hasMainmenu(t *parser.Tree) bool {
	for st := range t.From(0) {
		switch st.Kind {
		case parser.Mainmenu:
			return true
		case parser.Config, parser.Menuconfig, parser.Choice, parser.Menu:
			return false // conf accepts it only before these
		}
	}
	return false
}
