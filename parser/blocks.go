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
	// Choice is the index of the choice whose member an entry in the block is:
	// the block itself or one that it lies in with only ifs between, -1 if there
	// is none.
	Choice int
	// Closed tells whether the block has an end of its own kind.
	Closed bool
}

// structure is the nesting of a tree's blocks, in the order of their openers,
// and what is wrong with it, in the order of the text.
type structure struct {
	blocks   []Block
	problems []problem
}

// problem is something wrong with the nesting. What it says is put together
// only when it is asked for.
type problem struct {
	statement int32 // -1 for the end of the text
	block     int32 // -1 if there is none
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

// nester nests the blocks of a tree. Each statement costs it the same, however
// deep the blocks are.
type nester struct {
	structure
	open  int                      // the innermost open block, -1 if there is none
	count [numStatementKinds]int32 // open blocks by kind
	// choices has for each block the choice whose rules hold inside it: the
	// innermost one with nothing but ifs in between, -1 if there is none.
	choices []int32
}

// newStructure nests the blocks of a tree. Its cost is that of the statements
// that open, close or may not stand in blocks.
func newStructure(t *Tree) *structure {
	n := nester{open: -1}
	anywhere := t.dialect.Has(LooseProperties)
	started := false
	for _, c := range t.chunks {
		for _, local := range c.structure {
			i := int(c.statement + local)
			switch kind := c.statements[local].kind; {
			case kind.OpensBlock():
				n.openBlock(t, i, kind)
			case kind.ClosesBlock():
				n.closeBlock(i, kind)
			case kind == Mainmenu:
				if !anywhere && (started || int32(local) != c.significant) {
					n.note(i, -1, problemLateMain)
				}
			default:
				n.checkChoice(t, i)
			}
		}
		started = started || c.significant >= 0
	}
	for b, k := n.open, 0; b >= 0; b = n.blocks[b].Parent {
		n.blocks[b].Close = t.Len()
		if k++; k <= maxUnclosed {
			n.note(-1, b, problemNotClosed)
		}
	}
	return &n.structure
}

func (n *nester) note(statement, block int, what problemKind) {
	n.problems = append(n.problems, problem{int32(statement), int32(block), what})
}

// openBlock opens a block inside the innermost one.
func (n *nester) openBlock(t *Tree, i int, kind StatementKind) {
	choice := int32(-1)
	switch {
	case kind == If && n.open >= 0:
		choice = n.choices[n.open]
	case kind != If:
		n.checkChoice(t, i)
		if kind == Choice {
			choice = int32(len(n.blocks))
		}
	}
	n.blocks = append(n.blocks, Block{Kind: kind, Open: i, Parent: n.open, Choice: int(choice)})
	n.choices = append(n.choices, choice)
	n.count[kind]++
	n.open = len(n.blocks) - 1
}

// closeBlock ends the innermost block. An end of another kind ends the nearest
// block of its own kind if there is one, since a missing end is more likely
// than a wrong one; else the innermost block.
func (n *nester) closeBlock(i int, kind StatementKind) {
	if n.open < 0 {
		n.note(i, -1, problemNotOpen)
		return
	}
	wanted := openerOf(kind)
	matches := n.blocks[n.open].Kind == wanted
	if !matches {
		n.note(i, n.open, problemOtherBlock)
		if n.count[wanted] == 0 {
			n.leave(i)
			return
		}
	}
	for n.blocks[n.open].Kind != wanted {
		n.leave(i)
	}
	n.blocks[n.open].Closed = true
	n.leave(i)
}

// leave ends the innermost block at statement i.
func (n *nester) leave(i int) {
	b := &n.blocks[n.open]
	b.Close = i
	n.count[b.Kind]--
	n.open = b.Parent
}

// checkChoice notes a statement that cannot stand inside a choice.
func (n *nester) checkChoice(t *Tree, i int) {
	if n.open >= 0 && n.choices[n.open] >= 0 && !t.dialect.Has(ChoiceSources) {
		n.note(i, int(n.choices[n.open]), problemInChoice)
	}
}

// openerOf returns the kind of block that an end statement closes.
func openerOf(end StatementKind) StatementKind {
	switch end {
	case EndChoice:
		return Choice
	case EndMenu:
		return Menu
	}
	return If
}

// Blocks returns the tree's menus, choices and ifs in the order of their
// openers. The caller must not change the slice.
func (t *Tree) Blocks() []Block { return t.blocks.blocks }

// place returns the bytes that a problem is shown at.
func (p problem) place(t *Tree) (start, end uint32) {
	var s Statement
	if p.statement >= 0 {
		s = t.At(int(p.statement))
	} else {
		var ok bool
		if s, ok = t.EndsUnterminated(); !ok {
			return uint32(t.Size()), uint32(t.Size())
		}
	}
	token := s.Token(s.First(0))
	return token.Start, token.End
}

// error puts a problem in words.
func (p problem) error(t *Tree) Error {
	e := Error{Severity: SeverityError}
	e.Start, e.End = p.place(t)
	word := "the end of the file"
	if p.statement >= 0 {
		word = quoteToken(t.Slice(int(e.Start), int(e.End)))
	}
	opener, kind := "", ""
	if p.block >= 0 {
		at := t.At(t.blocks.blocks[p.block].Open)
		token := at.Token(at.First(0))
		kind = entryName(at.Kind)
		opener = fmt.Sprintf("`%s` on line %d", kind, t.Line(int(token.Start))+1)
		e.Related = []Related{{token.Start, token.End, "`" + kind + "` begins here"}}
	}
	switch p.what {
	case problemNotOpen:
		e.Code = CodeUnexpectedBlockEnd
		e.Message = word + " closes nothing: no `" + entryName(openerOf(t.At(int(p.statement)).Kind)) +
			"` is open here; remove it or add the opener"
	case problemOtherBlock:
		e.Code = CodeUnexpectedBlockEnd
		e.Message = opener + " is not closed: expected `end" + kind + "` before " + word
	case problemNotClosed:
		e.Code = CodeMissingBlockEnd
		e.Message = opener + " is not closed: expected `end" + kind + "` before " + word
	case problemInChoice:
		e.Code = CodeIllegalInChoice
		e.Message = word + " cannot stand inside a choice: it can hold config, comment and if; close the " + opener + " before it"
	case problemLateMain:
		e.Code = CodeMisplacedStatement
		e.Message = "`mainmenu` must be the first statement of the root file"
	}
	return e
}
