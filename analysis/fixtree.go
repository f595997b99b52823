package analysis

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxFixRounds is how often a tree is looked at again. What one fix is in the way of is
// mended by the next one; a chain of so many would be one that turns in a circle.
const maxFixRounds = 20

// FixedTree is what all fixes that keep the meaning make of a tree.
type FixedTree struct {
	// Files are the texts of those that change, sorted by path. Nothing is written.
	Files []NewFile
	// Fixed is how many findings of each rule are mended.
	Fixed map[string]int
	// Left are the findings that there are afterwards, with the places that they have in
	// the texts of Files.
	Left []ArchDiagnostic
	// Root is the tree as it is then.
	Root *Root
}

// FixTree makes all fixes that keep the meaning of what is found in a tree and wanted, nil
// for all, again and again until there are none: a fix may wait for another one, or
// uncover something. Nothing is written. It fails if a file would be one that conf
// rejects, which would be a fault of a check.
func FixTree(s *Snapshot, r *Root, survey Survey, wanted func(Diagnostic) bool) (FixedTree, error) {
	fixed := FixedTree{Fixed: map[string]int{}, Root: r}
	changed := map[string]bool{}
	for range maxFixRounds {
		fixed.Left, _ = DiagnoseAll(s, fixed.Root, survey)
		var found []Diagnostic
		for _, d := range fixed.Left {
			if wanted == nil || wanted(d.Diagnostic) {
				found = append(found, d.Diagnostic)
			}
		}
		todo := FixAll(found)
		if len(todo.Mended) == 0 {
			for _, path := range slices.Sorted(maps.Keys(changed)) {
				fixed.Files = append(fixed.Files, NewFile{path, fixed.Root.File(path).Tree.Text()})
			}
			return fixed, nil
		}
		for _, d := range todo.Mended {
			fixed.Fixed[d.Code]++
		}
		fixed.Root = fixed.Root.edited(todo.Files, nil)
		next := *s
		next.setRoot(fixed.Root)
		s = &next
		for _, file := range todo.Files {
			changed[file.Path] = true
			if f := fixed.Root.File(file.Path); f == nil || len(rejectedFor(f.Tree)) > len(rejectedFor(r.File(file.Path).Tree)) {
				return fixed, fmt.Errorf("%s: a fix would break this file; please report this", file.Path)
			}
		}
	}
	return fixed, errors.New("the fixes undo each other; please report this")
}

// rejectedFor returns what conf would reject a file for.
func rejectedFor(tree *parser.Tree) []parser.Error {
	return slices.DeleteFunc(tree.Errors(), func(e parser.Error) bool { return e.Severity != parser.SeverityError })
}
