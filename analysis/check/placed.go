package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// PlacedCheck looks for kinds of mistakes that show in what an entry says together
// with the conditions of the blocks around it, those around the source statements that
// lead to its file among them. It goes by the text: macros stay as they are written.
type PlacedCheck struct {
	// Rules are those of the check's findings.
	Rules []Rule
	// Run reports the findings in one entry of the file of the pass.
	Run func(pass *PlacedPass, e *placedEntry)
}

// PlacedChecks returns the checks of entries in their places, in the order in which
// they run.
func PlacedChecks() []PlacedCheck {
	return []PlacedCheck{
		duplicateDependencies(),
		constantConditions(),
	}
}

// PlacedPass is one file to look at, at one or several of its inclusions that have the
// same around them.
type PlacedPass struct {
	*FilePass
	// Outer is what is around the file as a whole, nil for nothing.
	Outer *menu.Surrounding

	// held are the conditions that hold at the entry at hand: those around the file,
	// those of the blocks around the entry, and its own.
	held []condition
	// blocks are those that are open.
	blocks   []openBlock
	findings []LineFinding
}

// openBlock is a block of the file around the entry at hand.
type openBlock struct {
	close int // the statement that closes it
	held  int // how many conditions hold outside of it
}

// placedEntry is an entry with attributes or an if. Its own conditions are those held
// from own on.
type placedEntry struct {
	FileEntry
	own int
	// end is the statement that closes the block that the entry opens, 0 if there is none.
	end int
}

// RunPlaced runs all checks of entries in their places that the policy wants. The
// findings are sorted.
func RunPlaced(pass *PlacedPass) []LineFinding {
	pass.findings, pass.held, pass.blocks = nil, pass.held[:0], pass.blocks[:0]
	var wanted []PlacedCheck
	for _, c := range PlacedChecks() {
		if pass.Policy.anyOn(c.Rules) {
			wanted = append(wanted, c)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	if pass.Entries == nil {
		pass.Entries = entriesOf(pass.File)
	}
	pass.holdOuter(pass.Outer)
	pass.walk(func(e *placedEntry) {
		for _, c := range wanted {
			c.Run(pass, e)
		}
	})
	sortLines(pass.findings)
	return pass.findings
}

// walk calls visit for all entries and ifs of the file in order, with the conditions
// that hold there.
func (p *PlacedPass) walk(visit func(*placedEntry)) {
	tree, blocks, next := p.File.Tree, p.File.Tree.Blocks(), 0
	e := placedEntry{}
	ifsBefore := func(statement int) {
		for ; next < len(blocks) && blocks[next].Open < statement; next++ {
			p.leave(blocks[next].Open)
			head := tree.At(blocks[next].Open)
			e = placedEntry{FileEntry: FileEntry{Entry: menu.Entry{File: p.File, Head: head}}, own: len(p.held)}
			p.hold(p.line(head), head)
			p.enter(&e, blocks[next], visit)
		}
	}
	for i := range p.Entries {
		head := p.Entries[i].Head
		ifsBefore(head.Index)
		p.leave(head.Index)
		e = placedEntry{FileEntry: p.Entries[i], own: len(p.held)}
		for _, st := range e.Lines {
			if st.Kind == parser.DependsOn {
				p.hold(p.line(st), st)
			}
		}
		if next < len(blocks) && blocks[next].Open == head.Index {
			p.enter(&e, blocks[next], visit)
			next++
			continue
		}
		visit(&e)
		p.held = p.held[:e.own]
	}
	ifsBefore(tree.Len())
}

// enter visits an entry that opens a block, and lets its conditions hold in it.
func (p *PlacedPass) enter(e *placedEntry, block parser.Block, visit func(*placedEntry)) {
	if block.Closed {
		e.end = block.Close
	}
	visit(e)
	p.blocks = append(p.blocks, openBlock{block.Close, e.own})
}

// leave closes the blocks that end before a statement.
func (p *PlacedPass) leave(statement int) {
	for n := len(p.blocks); n > 0 && p.blocks[n-1].close <= statement; n-- {
		p.held = p.held[:p.blocks[n-1].held]
		p.blocks = p.blocks[:n-1]
	}
}

// holdOuter lets the conditions around the file hold.
func (p *PlacedPass) holdOuter(s *menu.Surrounding) {
	var around []*menu.Surrounding
	for ; s != nil; s = s.Outer {
		around = append(around, s)
	}
	for _, s := range slices.Backward(around) {
		if s.Block.Kind == parser.If {
			p.hold(LineOf(s.File, s.Block), s.Block)
			continue
		}
		e := menu.Entry{File: s.File, Head: s.Block}
		for st := range e.Attributes() {
			if st.Kind == parser.DependsOn {
				p.hold(LineOf(s.File, st), st)
			}
		}
	}
}

// hold lets the condition of a statement hold, and each of its operands of "&&". One
// that holds only if another one does is left out.
func (p *PlacedPass) hold(line Line, st parser.Statement) {
	if from, to := st.Expression(); to == st.Len() {
		p.held = conditionsOf(line, st, from, to, p.held)
	}
}

// report adds a finding, unless the policy does not want it.
func (p *PlacedPass) report(f LineFinding) {
	if p.Policy.On(f.Code) {
		p.findings = append(p.findings, f)
	}
}
