package analysis

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// extractFile puts the entries that are selected, with the blocks among them, into a
// file of their own, and includes it in their place.
func extractFile(r *refactorScope) {
	if !r.selected || r.root.Single || r.root.Dialect.Has(parser.IncludingRelative) {
		return
	}
	first, end, ok := r.selectedEntries()
	if !ok {
		return
	}
	f := Refactoring{ID: "extract-file", Kind: Extract, KeepsMeaning: true}
	from, to := r.withComments(r.tree.At(first)), textEnd(r.tree.At(end-1))
	text := r.tree.Slice(from, to)
	if text[len(text)-1] != '\n' {
		return // what conf makes of the last line depends on the file
	}
	f.Refused = r.whyNotMoved(first, end)
	name := ""
	for i := first; i < end && name == ""; i++ {
		if st := r.tree.At(i); st.Kind.IsSymbolDefinition() {
			name = strings.ToLower(st.Name())
		}
	}
	if name == "" || strings.ContainsAny(name, "$()/. ") {
		return
	}
	key := path.Join(path.Dir(r.file.Path), "Kconfig."+name)
	created := r.root.loader.absolute(key)
	if r.root.File(created) != nil || vfs.Exists(r.root.loader.fsys, created) {
		return
	}
	if f.Refused == "" && r.includedByPattern(path.Base(key)) {
		f.Refused = "a pattern in a source line would include the new file a second time"
	}
	f.Title = "Move the selected entries to " + path.Base(key)
	if f.Refused != "" {
		r.offer(f)
		return
	}
	f.New = []NewFile{{created, r.licence() + text}}
	r.offer(f, Edit{from, to, "source \"" + filepath.ToSlash(key) + "\"\n"})
}

// selectedEntries returns the range of the whole entries and blocks that the selection
// touches, and reports whether they stand in one block.
func (r *refactorScope) selectedEntries() (first, end int, ok bool) {
	first = r.at.Index
	if r.inEntry {
		first = r.entry.Head.Index
	}
	for first <= r.last.Index && r.tree.At(first).Kind == parser.Blank {
		first++
	}
	if first > r.last.Index || !movable(r.tree.At(first).Kind) {
		return 0, 0, false
	}
	blocks := r.tree.Blocks()
	around := r.file.Enclosing(first)
	for i := first; i <= r.last.Index; {
		st := r.tree.At(i)
		if st.Kind != parser.Blank && !movable(st.Kind) {
			return 0, 0, false
		}
		next := i + 1
		if b := slices.IndexFunc(blocks, func(b parser.Block) bool { return b.Open == i }); b >= 0 {
			if !blocks[b].Closed {
				return 0, 0, false
			}
			next = blocks[b].Close + 1
		} else if menu.HasAttributes(st.Kind) {
			next = menu.Entry{File: r.file, Head: st}.Last().Index + 1
		}
		if st.Kind != parser.Blank {
			end = next
		}
		i = next
	}
	if around >= 0 && end > blocks[around].Close {
		return 0, 0, false
	}
	return first, end, true
}

// movable reports whether a statement is an entry or a block, or includes some.
func movable(kind parser.StatementKind) bool {
	switch kind {
	case parser.Config, parser.Menuconfig, parser.Configdefault, parser.MenuComment, parser.Choice, parser.Menu, parser.If, parser.Source:
		return true
	}
	return false
}

// whyNotMoved says why the statements [first, end) have to stay where they are.
func (r *refactorScope) whyNotMoved(first, end int) string {
	if _, ok := r.file.InChoice(first); ok && !r.root.Dialect.Has(parser.ChoiceSources) {
		return "a choice cannot include files"
	}
	for i := first; i < end; i++ {
		st := r.tree.At(i)
		if text := st.Text(); strings.Contains(text, "$(filename") || strings.Contains(text, "$(lineno") {
			return "the selected lines ask which file they stand in"
		}
		if st.Kind == parser.Assignment || st.Kind == parser.MacroCall {
			return "macros are defined between the selected entries"
		}
	}
	return ""
}

// includedByPattern reports whether some source line of the tree has a pattern that a new
// file with the name may match.
func (r *refactorScope) includedByPattern(name string) bool {
	if !r.root.Dialect.Has(parser.RelativeSource) {
		return false
	}
	for f := range r.root.Sources.Files() {
		for st := range f.Sources() {
			i, ok := st.Operand()
			if !ok {
				continue
			}
			pattern := path.Base(parser.Unquote(st.TokenText(i)))
			if matches, err := path.Match(pattern, name); matches || err != nil {
				return true
			}
		}
	}
	return false
}

// licence returns the file's line about its licence, with what separates it from the
// rest, "" if it has none.
func (r *refactorScope) licence() string {
	line := r.tree.Slice(0, r.tree.LineStart(1))
	if strings.HasPrefix(line, "#") && strings.Contains(line, "SPDX-License-Identifier") {
		return line + "\n"
	}
	return ""
}
