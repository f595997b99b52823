package analysis

import (
	"sort"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// subjectKind says what sort of thing stands at a place in a file.
type subjectKind uint8

const (
	// subjectSymbol is the name of a symbol, where it is defined or used.
	subjectSymbol subjectKind = iota + 1
	// subjectMacro is the name in a macro reference or of an assignment.
	subjectMacro
	// subjectPath is the operand of a source statement.
	subjectPath
	// subjectBlock is the word that opens or ends a menu, choice or if.
	subjectBlock
)

// subject is what stands at a place in a file: what most features of a position
// start from.
type subject struct {
	kind subjectKind
	// names are the symbol or macro. There are several only where a file is
	// included several times and defines a symbol with a macro in its name.
	names []string
	// role is what a symbol does there, 0 where no symbol should stand.
	role menu.Role
	// start and end are the bytes of the name or word in the file.
	start, end uint32
	statement  parser.Statement
	token      int
}

// subjectAt returns what stands at a byte offset of the file. A word counts to
// its end, so that a cursor right behind it is on it.
func (c scope) subjectAt(offset int) (subject, bool) {
	i := c.file.Tree.IndexAt(offset)
	if i < 0 || offset < 0 || offset > c.file.Tree.Size() {
		return subject{}, false
	}
	st := c.file.Tree.At(i)
	at := uint32(offset)
	for _, token := range tokensTouching(st, at) {
		if sub, ok := c.subjectOf(st, token, at); ok {
			return sub, true
		}
	}
	return subject{}, false
}

// tokensTouching returns the tokens that hold the offset or end at it, the one
// that holds it first.
func tokensTouching(st parser.Statement, at uint32) []int {
	first := sort.Search(st.Len(), func(i int) bool { return st.Token(i).End >= at })
	var touching []int
	for i := first; i < st.Len() && i < first+2 && st.Token(i).Start <= at; i++ {
		touching = append(touching, i)
	}
	if len(touching) == 2 {
		touching[0], touching[1] = touching[1], touching[0]
	}
	return touching
}

// subjectOf returns what a token is about, for an offset within it.
func (c scope) subjectOf(st parser.Statement, token int, at uint32) (subject, bool) {
	t := st.Token(token)
	sub := subject{start: t.Start, end: t.End, statement: st, token: token}
	switch t.Kind {
	case parser.MacroWord, parser.String, parser.Path, parser.Value:
		refs := macro.References(st.TokenText(token))
		if i, part := macro.Innermost(refs, at-t.Start); i >= 0 {
			return sub.macro(refs[i].Name, part)
		}
	}
	first := token == st.First(0)
	switch {
	case st.Kind == parser.Assignment && first:
		return sub.macro(macro.Span{End: t.End - t.Start}, 0)
	case first && (st.Kind.OpensBlock() || st.Kind.ClosesBlock()):
		sub.kind = subjectBlock
		return sub, true
	case st.Kind == parser.Source:
		if operand, ok := st.Operand(); ok && operand == token {
			sub.kind = subjectPath
			return sub, true
		}
	case t.Kind == parser.Word:
		return c.symbolSubject(sub)
	case t.Kind == parser.MacroWord:
		return c.expandedSubject(sub)
	}
	return subject{}, false
}

// macro returns the subject as the macro whose name is the span of its token.
// References within the name, and arguments, are about nothing.
func (sub subject) macro(name macro.Span, part int) (subject, bool) {
	text := sub.statement.TokenText(sub.token)[name.Start:name.End]
	trimmed := strings.TrimSpace(text)
	if part != 0 || trimmed == "" || strings.Contains(trimmed, "$(") {
		return subject{}, false
	}
	indent := uint32(strings.Index(text, trimmed))
	sub.kind, sub.names = subjectMacro, []string{trimmed}
	sub.start += name.Start + indent
	sub.end = sub.start + uint32(len(trimmed))
	return sub, true
}

// symbolSubject returns the subject as the symbol that its word names.
func (c scope) symbolSubject(sub subject) (subject, bool) {
	name := sub.statement.TokenText(sub.token)
	sub.kind, sub.names = subjectSymbol, []string{name}
	if o, ok := c.file.OccurrenceAt(sub.statement.Index, sub.token); ok {
		sub.role = o.Role
		return sub, true
	}
	// In a line that begins with no known word, the name of a symbol still is
	// what it is about.
	if sub.statement.Kind != parser.Unknown || sub.token == sub.statement.First(0) {
		return subject{}, false
	}
	id, ok := c.root.Sources.Lookup(name)
	return sub, ok && len(c.root.Sources.DefinedIn(id)) > 0
}

// expandedSubject returns the subject as the symbol that its word stands for
// with the macros in it expanded, where that is sure.
func (c scope) expandedSubject(sub subject) (subject, bool) {
	st := sub.statement
	sub.kind = subjectSymbol
	if operand, ok := st.Operand(); st.Kind.IsSymbolDefinition() && ok && operand == sub.token {
		sub.role = menu.Defines
		sub.names = c.view.ExpandedNames(c.file, st)
		return sub, len(sub.names) > 0
	}
	if st.Kind == parser.MacroCall || !c.view.Reaches(c.file.ID) || !c.assignedOnce(st.TokenText(sub.token)) {
		return subject{}, false
	}
	name, known := c.view.Variables().Expand(c.file, st, st.TokenText(sub.token))
	if !known || menu.IsConstant(name) {
		return subject{}, false
	}
	if _, ok := c.root.Sources.Lookup(name); !ok && len(c.view.ExpandedDefinitions(name)) == 0 {
		return subject{}, false
	}
	sub.names = []string{name}
	return sub, true
}

// assignedOnce reports whether each macro in a token has at most one assignment
// in the whole tree. Then it has the same value wherever it has one.
func (c scope) assignedOnce(token string) bool {
	for _, r := range macro.References(token) {
		name := strings.TrimSpace(token[r.Name.Start:r.Name.End])
		if len(r.Args) > 0 || len(c.assignments(name)) > 1 {
			return false
		}
	}
	return true
}

// wordRange returns the bytes of the word that a statement begins with.
func wordRange(st parser.Statement) (start, end uint32) {
	if i := st.First(0); i < st.Len() {
		t := st.Token(i)
		return t.Start, t.End
	}
	return st.Start, st.Start
}

// statementRange returns the bytes of a statement from its first to its last
// token, without a comment behind it.
func statementRange(st parser.Statement) (start, end uint32) {
	start, _ = wordRange(st)
	for i := st.Len() - 1; i >= 0; i-- {
		if t := st.Token(i); t.Kind != parser.Comment {
			return start, max(start, t.End)
		}
	}
	return start, start
}

// entryRange returns the bytes of an entry: its first line with all attributes.
func entryRange(e menu.Entry) (start, end uint32) {
	start, end = statementRange(e.Head)
	for st := range e.Attributes() {
		if st.Len() > 0 {
			_, end = statementRange(st)
		}
	}
	return start, end
}

// blockOf returns the block that a statement opens or ends, and reports false
// if it does neither, or ends a block of another kind.
func blockOf(tree *parser.Tree, st parser.Statement) (parser.Block, bool) {
	blocks := tree.Blocks()
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].Open >= st.Index })
	if i < len(blocks) && blocks[i].Open == st.Index {
		return blocks[i], true
	}
	if !st.Kind.ClosesBlock() {
		return parser.Block{}, false
	}
	for i--; i >= 0; i = blocks[i].Parent {
		if b := blocks[i]; b.Close == st.Index && b.Closed {
			return b, true
		}
		if blocks[i].Close > st.Index {
			break // the end closes nothing
		}
	}
	return parser.Block{}, false
}
