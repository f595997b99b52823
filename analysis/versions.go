package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// versions finds the statements of a model in the current files. For files that
// changed since the model was made, in comments and the like only, it counts
// the statements once and not for each that is looked for.
type versions struct {
	root  *Root
	files map[*menu.File]*version
}

// version is the current version of a file of a model.
type version struct {
	file *menu.File // nil if there is none
	same bool
	// ordinals are by statement of the model's file which of those with a
	// meaning it is, statements the inverse for the current file.
	ordinals, statements []int32
}

func newVersions(root *Root) versions { return versions{root, map[*menu.File]*version{}} }

// statement returns a statement of a model's node in the current version of
// its file.
func (v versions) statement(n *model.Node, statement int32) (*menu.File, parser.Statement, bool) {
	if n.File == nil {
		return nil, parser.Statement{}, false
	}
	now := v.files[n.File]
	if now == nil {
		now = v.version(n.File)
		v.files[n.File] = now
	}
	switch {
	case now.file == nil:
		return nil, parser.Statement{}, false
	case now.same:
		return now.file, now.file.Tree.At(int(statement)), true
	}
	if at := now.ordinals[statement]; int(at) < len(now.statements) {
		return now.file, now.file.Tree.At(int(now.statements[at])), true
	}
	return nil, parser.Statement{}, false
}

func (v versions) version(f *menu.File) *version {
	now := &version{file: v.root.Sources.File(f.ID)}
	if now.same = now.file == f; now.same || now.file == nil {
		return now
	}
	meaningful := int32(0)
	for st := range f.Tree.All() {
		now.ordinals = append(now.ordinals, meaningful)
		if menu.HasMeaning(st) {
			meaningful++
		}
	}
	for st := range now.file.Tree.All() {
		if menu.HasMeaning(st) {
			now.statements = append(now.statements, int32(st.Index))
		}
	}
	return now
}
