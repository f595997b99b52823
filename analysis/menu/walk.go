package menu

import (
	"iter"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Enclosure is an open menu, choice or if, and what it makes everything inside
// of it depend on. Entries in the same block share one Enclosure, so that what
// is derived from it can be kept by its address.
type Enclosure struct {
	// Outer is the enclosure around the block, nil for the outermost. It may be
	// a block of another file: one around the source statement.
	Outer *Enclosure
	// File and Block are the block's opener.
	File  *File
	Block parser.Statement
	// Conditions are those of this block alone. View.Statements leaves them out.
	Conditions []Condition
}

// Visit is a statement that conf makes a menu entry of, at one inclusion of
// its file: a config, menuconfig, choice, menu, comment or if.
type Visit struct {
	Entry
	// Name is the name of the symbol that it defines, macros expanded. It is
	// empty for other entries, and where the name is not known.
	Name string
	// Around is the innermost block around the entry, nil if there is none.
	Around *Enclosure
	// Inside is the block that a choice, menu or if opens, nil for others.
	Inside *Enclosure
}

// Statements yields the entries of the view as Walk does, and between them the
// assignments, macro calls and mainmenu statements. The names of symbols are
// not expanded: that is for a caller that carries out the assignments.
func (v *View) Statements(s *Sources) iter.Seq[Visit] {
	return func(yield func(Visit) bool) {
		w := walker{view: v, sources: s, all: true, kinds: parser.KindSetOf(func(k parser.StatementKind) bool {
			return k.IsEntry() || k == parser.MacroCall
		})}
		w.walk(yield)
	}
}

// Walk yields the entries of the view in the order in which conf reads them. A
// file that is included several times comes up as often.
func (v *View) Walk(s *Sources) iter.Seq[Visit] {
	return func(yield func(Visit) bool) {
		w := walker{view: v, sources: s, kinds: parser.KindSetOf(parser.StatementKind.IsEntry), names: v.expandedNames()}
		w.walk(yield)
	}
}

type walker struct {
	view    *View
	sources *Sources
	names   map[expandedKey]string
	all     bool           // see View.Statements
	kinds   parser.KindSet // of the statements to look at
	next    int            // the inclusion to enter next
	stack   []walkFrame
	spare   [][]parser.Statement // that files have left, for others to use
}

// walkFrame is a file that is being read.
type walkFrame struct {
	file      *File
	inclusion int
	heads     []parser.Statement // what is left to read of it
	room      []parser.Statement // what heads is cut from
	sources   int                // source statements done
	names     int                // definitions with a macro in their name done
	blocks    int                // blocks opened so far
	open      []int              // the closing statements of those that are open
	around    *Enclosure
}

func (w *walker) walk(yield func(Visit) bool) {
	if !w.enter(nil) {
		return
	}
	for len(w.stack) > 0 {
		top := &w.stack[len(w.stack)-1]
		if top.sources > 0 && w.includes(top) {
			w.enter(top.around)
			continue
		}
		if len(top.heads) == 0 {
			w.spare = append(w.spare, top.room)
			w.stack = w.stack[:len(w.stack)-1]
			continue
		}
		st := top.heads[0]
		top.heads = top.heads[1:]
		for n := len(top.open); n > 0 && top.open[n-1] <= st.Index; n-- {
			top.open, top.around = top.open[:n-1], top.around.Outer
		}
		visit := Visit{Entry: Entry{top.file, st}, Around: top.around}
		switch {
		case st.Kind == parser.Source:
			top.sources++
			continue
		case st.Kind.IsSymbolDefinition():
			if !w.all {
				visit.Name = w.name(top, st)
			}
		case st.Kind.OpensBlock():
			w.open(top)
			visit.Inside = top.around
		case st.Kind == parser.MenuComment:
		case !w.all || st.Kind != parser.Assignment && st.Kind != parser.MacroCall && st.Kind != parser.Mainmenu:
			continue
		}
		if !yield(visit) {
			return
		}
	}
}

// includes reports whether the next inclusion belongs to the frame's last
// source statement. Inclusions are stored in the order of reading.
func (w *walker) includes(top *walkFrame) bool {
	if w.next >= len(w.view.inclusions) {
		return false
	}
	in := w.view.inclusions[w.next]
	return int(in.parent) == top.inclusion && int(in.source) == top.sources-1
}

// enter begins to read the file of the next inclusion. A file that is gone has
// no entries, nor have those that it included: their source statements went.
func (w *walker) enter(around *Enclosure) bool {
	in := w.view.inclusions[w.next]
	frame := walkFrame{file: w.sources.File(in.file), inclusion: w.next, around: around}
	w.next++
	if frame.file == nil {
		for w.next < len(w.view.inclusions) && int(w.view.inclusions[w.next].parent) >= frame.inclusion {
			w.next++
		}
		return false
	}
	if n := len(w.spare); n > 0 {
		frame.room, w.spare = w.spare[n-1][:0], w.spare[:n-1]
	}
	for st := range frame.file.Tree.OfKind(w.kinds, 0, frame.file.Tree.Len()) {
		frame.room = append(frame.room, st)
	}
	frame.heads = frame.room
	w.stack = append(w.stack, frame)
	return true
}

// open enters the block that the next opener of the file opens. Blocks are
// stored in the order of their openers.
func (w *walker) open(top *walkFrame) {
	block := top.file.Tree.Blocks()[top.blocks]
	top.blocks++
	opener := top.file.Tree.At(block.Open)
	top.open = append(top.open, block.Close)
	top.around = &Enclosure{Outer: top.around, File: top.file, Block: opener}
	if !w.all {
		top.around.Conditions = top.file.conditionsOf(block, nil)
	}
}

// name returns the name that a definition gives.
func (w *walker) name(top *walkFrame, st parser.Statement) string {
	if _, macro := macroName(st); !macro {
		return st.Name()
	}
	name := w.names[expandedKey{int32(top.inclusion), int32(top.names)}]
	top.names++
	return name
}

// macroName returns the token with the name of a definition, and reports
// whether it contains a macro reference.
func macroName(st parser.Statement) (token int, ok bool) {
	i, ok := st.Operand()
	return i, ok && st.Token(i).Kind == parser.MacroWord
}

// expandedKey is a definition with a macro in its name: the inclusion of its
// file, and which of the file's definitions of that sort it is.
type expandedKey struct{ inclusion, ordinal int32 }

func (v *View) expandedNames() map[expandedKey]string {
	names := map[expandedKey]string{}
	for name, definitions := range v.expanded {
		for _, d := range definitions {
			names[expandedKey{d.inclusion, int32(d.Ordinal)}] = name
		}
	}
	return names
}

// ExpandedEntry is a definition whose name contains a macro reference, at one
// inclusion of its file.
type ExpandedEntry struct {
	Entry
	// Around are the conditions around it at that inclusion, the outermost
	// first.
	Around []Condition
}

// Expanded returns the entries of the view whose name, with its macros
// expanded, is the given one, in the order of reading. An entry of a file that
// is included several times may come up as often.
func (v *View) Expanded(s *Sources, name string) []Entry {
	var entries []Entry
	for _, e := range v.ExpandedEntries(s, name) {
		entries = append(entries, e.Entry)
	}
	return entries
}

// ExpandedEntries is like Expanded, with what is around each entry.
func (v *View) ExpandedEntries(s *Sources, name string) []ExpandedEntry {
	var entries []ExpandedEntry
	for _, d := range v.expanded[name] {
		f := s.File(d.File)
		if f == nil {
			continue
		}
		n := 0
		for st := range f.MacroNames() {
			if n == d.Ordinal {
				around := append(v.aroundInclusion(s, d.inclusion), f.around(st.Index)...)
				entries = append(entries, ExpandedEntry{Entry{f, st}, around})
				break
			}
			n++
		}
	}
	return entries
}

// aroundInclusion returns the conditions around the source statements that
// lead to an inclusion.
func (v *View) aroundInclusion(s *Sources, inclusion int32) []Condition {
	var conditions []Condition
	for _, place := range v.chain(inclusion) {
		if parent := s.File(place.File); parent != nil {
			conditions = append(conditions, parent.around(parent.source(place.Source).Index)...)
		}
	}
	return conditions
}
