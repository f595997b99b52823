package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Snapshot is the state of a workspace at one moment. It never changes.
type Snapshot struct {
	settings  *Settings
	documents map[string]*Document
	roots     []*Root // sorted by directory; single files are in documents
	pending   *loading
}

// Document is a file that is open in an editor. Its text goes before what is
// on disk.
type Document struct {
	// Path is the absolute path.
	Path string
	// Version is the editor's number for the text.
	Version int32
	// single is the document as a tree of its own, for as long as no tree is
	// known to hold it.
	single *Root
	// file is the document as a part of whatever tree holds it.
	file *menu.File
	// config is the document as a configuration file, code is it as code that a
	// build reads. Of these two and file one is not nil.
	config *configLines
	code   *codeText
	dir    string // of the tree, "" if there is none
}

// Tree returns the parse of the document, nil if it is no Kconfig file.
func (d *Document) Tree() *parser.Tree {
	if d.file == nil {
		return nil
	}
	return d.file.Tree
}

// Text returns the text of the document.
func (d *Document) Text() Text {
	switch {
	case d.config != nil:
		return d.config
	case d.code != nil:
		return d.code
	}
	return d.file.Tree
}

// Document returns the open document with the path, nil if there is none.
func (s *Snapshot) Document(path string) *Document { return s.documents[path] }

// Documents returns the open documents, sorted by path.
func (s *Snapshot) Documents() []*Document {
	docs := make([]*Document, 0, len(s.documents))
	for _, d := range s.documents {
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b *Document) int { return strings.Compare(a.Path, b.Path) })
	return docs
}

// Roots returns the trees that are loaded, sorted by directory.
func (s *Snapshot) Roots() []*Root { return s.roots }

// Root returns the innermost loaded tree whose directory holds the path, nil
// if there is none.
func (s *Snapshot) Root(path string) *Root {
	var best *Root
	for _, r := range s.roots {
		if r.contains(path) && (best == nil || len(r.Dir) > len(best.Dir)) {
			best = r
		}
	}
	return best
}

// scope is a file in its tree and view: what every feature starts from.
type scope struct {
	*Snapshot
	root *Root
	file *menu.File
	view *menu.View
	arch string
}

// scope returns the file with the path in the tree that holds it. It reports
// false if the file is neither open nor part of a loaded tree.
func (s *Snapshot) scope(path string) (scope, bool) {
	root := s.Root(path)
	if d := s.documents[path]; d != nil && d.single != nil {
		root = d.single
	}
	if root == nil {
		return scope{}, false
	}
	f := root.File(path)
	if f == nil {
		return scope{}, false
	}
	return scope{s, root, f, root.View(root.arch), root.arch}, true
}

// in returns the scope of another file of the same tree.
func (c scope) in(f *menu.File) scope {
	c.file = f
	return c
}

// Location is a range in a file. Start and End are byte offsets.
type Location struct {
	Path       string // absolute
	Start, End int
}

// location returns the range of a token of a file of the tree.
func (r *Root) location(f *menu.File, t parser.Token) Location {
	return Location{r.Path(f), int(t.Start), int(t.End)}
}

// Text returns the text of any file that the snapshot knows, open or not, nil
// for others. Callers use it to turn offsets into lines.
func (s *Snapshot) Text(path string) Text {
	if d := s.documents[path]; d != nil {
		return d.Text()
	}
	if r := s.Root(path); r != nil {
		if f := r.File(path); f != nil {
			return f.Tree
		}
		if r.stated != nil && path == r.policyPath() {
			return newCodeText(r.stated.Text, 0)
		}
		if r.build != nil {
			if text := r.build.text(relativeTo(r.Dir, path)); text != nil {
				return text
			}
		}
		if text := r.code.text(path); text != nil {
			return text
		}
	}
	for _, r := range s.roots { // a file that a tree includes from elsewhere
		if f := r.File(path); f != nil {
			return f.Tree
		}
	}
	return nil
}
