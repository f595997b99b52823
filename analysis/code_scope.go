package analysis

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// documentKind says what an open file is taken for: a configuration, code in a
// language, or, if it is the zero value, a Kconfig file.
type documentKind struct {
	config bool
	code   kbuild.Language
}

// kindOf returns what a file is taken for by its name.
func kindOf(path string) documentKind {
	switch {
	case IsConfigName(path):
		return documentKind{config: true}
	case IsCodeName(path):
		return documentKind{code: kbuild.LanguageOf(path)}
	}
	return documentKind{}
}

// kind returns what the document is taken for.
func (d *Document) kind() documentKind {
	if d.code != nil {
		return documentKind{code: d.code.language}
	}
	return documentKind{config: d.config != nil}
}

// IsCode reports whether the document is a Makefile or code that a build reads.
func (d *Document) IsCode() bool { return d.code != nil }

// codeDocument returns a file of code that is open, in the tree around it, which
// may be nil.
func codeDocument(root *Root, path string, version int32, text *codeText) *Document {
	d := &Document{Path: path, Version: version, code: text}
	if root != nil {
		d.dir = root.Dir
	}
	return d
}

// setMakefile tells the tree of a document its text, if it is one that Kbuild
// reads.
func (s *Snapshot) setMakefile(d *Document) {
	if root := s.rootAt(d.dir); root != nil && root.build != nil && d.code.language == kbuild.Make && isMakefileName(filepath.Base(d.Path)) {
		s.setRoot(root.withMakefile(d.Path, d.code))
	}
}

// codeScope is an open file of code in its tree and view.
type codeScope struct {
	scope // without a file
	path  string
	text  *codeText
}

// codeScope returns the open file of code with the path. It reports false for one
// that is in no tree: nothing is known about its symbols.
func (s *Snapshot) codeScope(path string) (codeScope, bool) {
	d := s.documents[path]
	if d == nil || d.code == nil {
		return codeScope{}, false
	}
	root := s.Root(path)
	if root == nil {
		return codeScope{}, false
	}
	arch := archOf(relativeTo(root.Dir, path))
	if !slices.Contains(root.archs, arch) {
		arch = root.arch
	}
	return codeScope{s.viewScope(root, arch), path, d.code}, true
}

// symbolAt returns the symbol that is named at an offset, and where.
func (c codeScope) symbolAt(offset int) (name string, where Location, ok bool) {
	r, ok := c.text.referenceAt(offset)
	if !ok {
		return "", Location{}, false
	}
	return c.symbolOf(r), Location{c.path, r.Start, r.End}, true
}

// symbolOf returns the symbol that a reference is about: CONFIG_X_MODULE, which C
// has for a symbol that is m, is about X.
func (c codeScope) symbolOf(r kbuild.Reference) string {
	if bare, ok := strings.CutSuffix(r.Name, "_MODULE"); ok && c.text.language == kbuild.C && !c.defines(r.Name) && c.defines(bare) {
		return bare
	}
	return r.Name
}

// defines reports whether any file of the tree defines a symbol.
func (c scope) defines(name string) bool {
	id, ok := c.root.Sources.Lookup(name)
	return ok && len(c.root.Sources.DefinedIn(id)) > 0 || len(c.view.ExpandedDefinitions(name)) > 0
}
