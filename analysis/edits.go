package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// NewFile is a file that an edit makes.
type NewFile struct {
	Path string // absolute; there is nothing yet
	Text string
}

// Apply returns a text after edits that are sorted and do not overlap. All offsets are
// those of the text before any of them.
func Apply(text string, edits []Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start])
		b.WriteString(e.Text)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// edited returns the tree as it would be after edits.
func (r *Root) edited(files []FileEdit, created []NewFile) *Root {
	next := r
	for _, file := range files {
		if f := next.File(file.Path); f != nil {
			next = next.replaced(r.loader.parse(f.Path, Apply(f.Tree.Text(), file.Edits)))
		}
	}
	for _, file := range created {
		next = next.replaced(r.loader.parse(relativeTo(r.Dir, file.Path), file.Text))
	}
	return next
}

// freshModel returns the model of a view of a tree that nobody else looks at, so that
// its pool may grow. It takes as long as making one does.
func (r *Root) freshModel(arch string) *model.Model {
	return model.Build(r.Sources, r.View(arch), r.Dialect, preprocessor{r.variables(arch), r.environment(arch)}, r.ConfigRules().Reading)
}
