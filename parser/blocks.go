package parser

import "fmt"

// Block is a menu, choice or if with what it encloses.
type Block struct {
	Kind StatementKind // Menu, Choice or If
	// Open is the index of the statement that opens the block.
	Open int
	// Close is the index of the statement that ends it: its own end, or that
	// of a block around it. It is the number of statements for a block that
	// is not closed at all.
	Close int
	// Parent is the index of the enclosing block, -1 if there is none.
	Parent int
	// Closed tells whether the block has an end of its own kind.
	Closed bool
}

// structure is the nesting of a tree's blocks, in the order of their openers.
type structure struct {
	blocks   []Block
	problems []problem
}

// problem is something wrong with the nesting. What it says is put together
// only when it is asked for.
type problem struct {
	statement int // -1 for the end of the text
	block     int // -1 if there is none
	what      problemKind
}

type problemKind uint8

const (
	problemNotOpen    problemKind = iota // an end without a block
	problemOtherBlock                    // an end of another kind than the block's
	problemNotClosed                     // a block that nothing closes
	problemInChoice                      // a statement that a choice cannot hold
	problemLateMain                      // a mainmenu that is not first
)

// maxUnclosed bounds how many blocks without an end are reported.
const maxUnclosed = 20

// newStructure nests the blocks of a tree. Its cost is that of the statements
// that open, close or may not stand in blocks.
func newStructure(t *Tree) *structure {
	s := &structure{}
	open := -1
	started := false
	for _, c := range t.chunks {
		for _, local := range c.structure {
			i := int(c.statement + local)
			kind := c.statements[local].kind
			switch {
			case kind.OpensBlock():
				if kind != If {
					s.checkChoice(t, open, i, kind)
				}
				s.blocks = append(s.blocks, Block{Kind: kind, Open: i, Parent: open})
				open = len(s.blocks) - 1
			case kind.ClosesBlock():
				open = s.close(open, i, kind)
			case kind == Mainmenu:
				if started || int(local) != int(c.significant) {
					s.problems = append(s.problems, problem{i, -1, problemLateMain})
				}
			default:
				s.checkChoice(t, open, i, kind)
			}
		}
		started = started || c.significant >= 0
	}
	for n := 0; open >= 0; open = s.blocks[open].Parent {
		s.blocks[open].Close = t.Len()
		if n++; n <= maxUnclosed {
			s.problems = append(s.problems, problem{-1, open, problemNotClosed})
		}
	}
	return s
}

// close ends the innermost block and returns the one around it. An end of
// another kind ends the nearest block of its own kind if there is one, since a
// missing end is more likely than a wrong one; else the innermost block.
func (s *structure) close(open, i int, kind StatementKind) int {
	if open < 0 {
		s.problems = append(s.problems, problem{i, -1, problemNotOpen})
		return -1
	}
	if endOf(s.blocks[open].Kind) == kind {
		s.blocks[open].Close, s.blocks[open].Closed = i, true
		return s.blocks[open].Parent
	}
	s.problems = append(s.problems, problem{i, open, problemOtherBlock})
	target := open
	for target >= 0 && endOf(s.blocks[target].Kind) != kind {
		target = s.blocks[target].Parent
	}
	if target < 0 {
		s.blocks[open].Close = i
		return s.blocks[open].Parent
	}
	s.blocks[target].Closed = true
	for ; open != s.blocks[target].Parent; open = s.blocks[open].Parent {
		s.blocks[open].Close = i
	}
	return open
}

// checkChoice notes a statement that cannot stand inside a choice.
func (s *structure) checkChoice(t *Tree, open, i int, kind StatementKind) {
	if open < 0 || t.dialect.Has(ChoiceSources) {
		return
	}
	for b := open; b >= 0; b = s.blocks[b].Parent {
		switch s.blocks[b].Kind {
		case If:
			continue
		case Choice:
			s.problems = append(s.problems, problem{i, b, problemInChoice})
		}
		return
	}
}

// endOf returns the statement that closes a block of the kind.
func endOf(kind StatementKind) StatementKind {
	switch kind {
	case Choice:
		return EndChoice
	case Menu:
		return EndMenu
	}
	return EndIf
}

// Blocks returns the tree's menus, choices and ifs in the order of their
// openers. The caller must not change the slice.
func (t *Tree) Blocks() []Block { return t.blocks.blocks }

// errors puts the problems in words.
func (s *structure) errors(t *Tree) []Error {
	var errors []Error
	for _, p := range s.problems {
		e := Error{Severity: SeverityError, Start: uint32(t.Size()), End: uint32(t.Size())}
		word := "the end of the file"
		if p.statement >= 0 {
			at := t.At(p.statement)
			token := at.Token(at.First(0))
			e.Start, e.End = token.Start, token.End
			word = quoteToken(t.Slice(int(e.Start), int(e.End)))
		} else if st, ok := t.EndsUnterminated(); ok {
			token := st.Token(st.First(0))
			e.Start, e.End = token.Start, token.End
		}
		opener := ""
		if p.block >= 0 {
			at := t.At(s.blocks[p.block].Open)
			token := at.Token(at.First(0))
			opener = fmt.Sprintf("`%s` on line %d", entryName(at.Kind), t.Line(int(token.Start))+1)
			e.Related = []Related{{token.Start, token.End, "`" + entryName(at.Kind) + "` begins here"}}
		}
		switch p.what {
		case problemNotOpen:
			kind := t.At(p.statement).Kind
			e.Code = CodeUnexpectedBlockEnd
			e.Message = word + " closes nothing: no `" + openerOf(kind) + "` is open here; remove it or add the opener"
		case problemOtherBlock:
			e.Code = CodeUnexpectedBlockEnd
			e.Message = opener + " is not closed: expected `end" + entryName(s.blocks[p.block].Kind) + "` before " + word
		case problemNotClosed:
			e.Code = CodeMissingBlockEnd
			e.Message = opener + " is not closed: expected `end" + entryName(s.blocks[p.block].Kind) + "` before " + word
		case problemInChoice:
			e.Code = CodeMisplacedStatement
			e.Message = word + " cannot stand inside a choice: it can hold config, comment and if; close the " + opener + " before it"
		case problemLateMain:
			e.Code = CodeMisplacedStatement
			e.Message = "`mainmenu` must be the first statement of the root file"
		}
		errors = append(errors, e)
	}
	return errors
}

func openerOf(end StatementKind) string {
	switch end {
	case EndChoice:
		return "choice"
	case EndMenu:
		return "menu"
	}
	return "if"
}
