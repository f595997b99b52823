package check

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about lines that another line of the same symbol makes useless.
const (
	codeDupSelect   = "dup-select"
	codeDeadSelect  = "dead-select"
	codeDupImply    = "dup-imply"
	codeDeadImply   = "dead-imply"
	codeDupDefault  = "dup-default"
	codeDeadDefault = "dead-default"
	codeDupRange    = "dup-range"
	codeDeadRange   = "dead-range"
)

// duplicateLines reports selects, implies, defaults and ranges that do nothing because
// of another line of the same symbol. What selects and implies say is joined by "or",
// whatever their order; of defaults and ranges the first one counts whose condition is
// met: see menu_finalize and sym_get_default_prop in scripts/kconfig.
//
// Conditions are compared as they are written: one covers another if all operands of its
// "&&" are written there as well. Lines of several entries in the file are
// held against each other if everything that the one entry depends on is written at the
// other as well.
func duplicateLines() FileCheck {
	return FileCheck{
		Rules: rulesOf(Dead, Warning, codeDupSelect, codeDeadSelect, codeDupImply, codeDeadImply, codeDupDefault, codeDeadDefault, codeDupRange, codeDeadRange),
		Run: func(p *FilePass) {
			comparable := []parser.KindSet{
				kindsOf(parser.Select), kindsOf(parser.Imply), kindsOf(parser.Default, parser.TypedDefault), kindsOf(parser.Range),
			}
			d := duplicates{FilePass: p}
			for i := range p.Entries {
				e := &p.Entries[i]
				same := p.sameSymbol(i)
				if len(same) > 0 && same[0] != i {
					continue // came up with the first one
				}
				for _, kinds := range comparable {
					if len(same) > 0 || e.Repeated&kinds != 0 || bits.OnesCount64(uint64(e.Kinds&kinds)) > 1 {
						d.collect(i, same, kinds)
						d.compare()
					}
				}
			}
		},
	}
}

// sameSymbol returns the entries of the file that define the symbol of entry i, in
// order, nil if it is the only one.
func (p *FilePass) sameSymbol(i int) []int {
	d := p.Entries[i].Definition
	if d == nil || p.Entries[i].macroNamed() {
		return nil
	}
	n := 0
	p.File.DefinitionsOf(d.Symbol, func(*menu.Definition) bool { n++; return n < 2 })
	if n < 2 {
		return nil
	}
	var same []int
	p.File.DefinitionsOf(d.Symbol, func(other *menu.Definition) bool {
		if j, ok := slices.BinarySearchFunc(p.Entries, other.Statement, func(e FileEntry, statement int) int {
			return cmp.Compare(e.Head.Index, statement)
		}); ok {
			same = append(same, j)
		}
		return true
	})
	return same
}

// duplicates holds the lines of one kind of one symbol against each other.
type duplicates struct {
	*FilePass
	lines []duplicateLine
}

// duplicateLine is a line with what is compared of it.
type duplicateLine struct {
	entry            *FileEntry
	st               parser.Statement
	value, condition span
	target           string // of a select or imply
}

// collect takes the lines of some kinds of an entry, and of the others that define the
// same symbol.
func (d *duplicates) collect(entry int, same []int, kinds parser.KindSet) {
	d.lines = d.lines[:0]
	if len(same) == 0 {
		d.add(&d.Entries[entry], kinds)
	}
	for _, i := range same {
		d.add(&d.Entries[i], kinds)
	}
}

func (d *duplicates) add(e *FileEntry, kinds parser.KindSet) {
	if e.Kinds&kinds == 0 {
		return
	}
	for _, st := range e.Lines {
		if !kinds.Has(st.Kind) {
			continue
		}
		line := duplicateLine{entry: e, st: st, value: valueOf(st), condition: conditionOf(st)}
		if st.Kind == parser.Select || st.Kind == parser.Imply {
			line.target = st.Name()
		}
		if !line.value.empty() {
			d.lines = append(d.lines, line)
		}
	}
}

// mostLines is up to how many lines of one kind an entry is looked at, as what that takes
// grows with their square. It is some times what the largest entries of real trees have.
const mostLines = 2000

// compare reports each line that one of the others makes useless.
func (d *duplicates) compare() {
	if len(d.lines) > mostLines {
		return
	}
	for j := range d.lines {
		line := &d.lines[j]
		if i := d.useless(j); i >= 0 {
			d.reportUseless(line, &d.lines[i])
		}
	}
}

// useless returns a line that makes line j useless, -1 if none does. Of two lines of
// which either would do it is the later one that is useless.
func (d *duplicates) useless(j int) int {
	line, by := &d.lines[j], -1
	for i := range j {
		if !d.covers(&d.lines[i], line) {
			continue
		}
		if d.lines[i].condition.equal(line.condition) {
			return i // it is clearer that they are alike
		}
		if by < 0 {
			by = i
		}
	}
	if by >= 0 {
		return by
	}
	if line.st.Kind != parser.Select && line.st.Kind != parser.Imply {
		return -1
	}
	for i := j + 1; i < len(d.lines); i++ {
		if d.covers(&d.lines[i], line) && !d.covers(line, &d.lines[i]) {
			return i
		}
	}
	return -1
}

// covers reports whether a line counts whenever another one would, and so makes that
// one useless.
func (d *duplicates) covers(line, other *duplicateLine) bool {
	switch {
	case line.st.Kind == parser.Select || line.st.Kind == parser.Imply:
		if line.target != other.target || !line.value.equal(other.value) {
			return false
		}
	case line.entry.Head.Kind == parser.Choice && !line.value.equal(other.value):
		return false // if the first member cannot be chosen the next default counts
	}
	if !line.condition.holdsWith(other.condition) {
		return false
	}
	return line.entry == other.entry ||
		!line.value.hasMacro() && !other.value.hasMacro() && !line.condition.hasMacro() && d.inside(line.entry, other.entry)
}

// inside reports whether an entry depends on everything that another one of the same
// symbol depends on.
func (d *duplicates) inside(outer, e *FileEntry) bool {
	blocks := d.File.Tree.Blocks()
	around := d.File.Enclosing(outer.Head.Index)
	for i := d.File.Enclosing(e.Head.Index); i != around; i = blocks[i].Parent {
		if i < 0 || !blocks[i].Closed {
			return false
		}
	}
	for _, st := range outer.Lines {
		if st.Kind == parser.DependsOn && !d.dependsOn(e, st) {
			return false
		}
	}
	return true
}

// dependsOn reports whether an entry has a line that is written like one of another
// entry.
func (d *duplicates) dependsOn(e *FileEntry, line parser.Statement) bool {
	from, _ := line.Operand()
	wanted := span{line, from, line.Len()}
	if wanted.hasMacro() {
		return false
	}
	for _, st := range e.Lines {
		if st.Kind == parser.DependsOn {
			if from, ok := st.Operand(); ok && wanted.equal(span{st, from, st.Len()}) {
				return true
			}
		}
	}
	return false
}

// when says when a line counts that counts whenever another one would.
func when(condition span) string {
	if condition.empty() {
		return "without a condition"
	}
	return "under a part of this condition"
}

func (d *duplicates) reportUseless(line, by *duplicateLine) {
	alike := line.condition.equal(by.condition) && line.value.equal(by.value)
	f := LineFinding{
		Code: codeOfUseless(line.st.Kind, alike), Severity: Warning, At: d.line(line.st), Symbol: line.entry.Name(), Unnecessary: true,
		Related: []RelatedLine{{d.line(by.st), "this line counts"}},
	}
	where := fmt.Sprintf("line %d", d.File.Tree.Line(int(by.st.Start))+1)
	switch line.st.Kind {
	case parser.Select:
		f.Message = uselessTarget(line, by, "selects", where)
	case parser.Imply:
		f.Message = uselessTarget(line, by, "implies", where)
	case parser.Range:
		f.Message = uselessValue(line, by, "range", where)
	default:
		f.Message = uselessValue(line, by, "default", where)
	}
	if line.st.Kind != parser.TypedDefault { // which gives a type as well
		f.Fix = fixOf("Remove the line", f.At, RemoveLine, "").keepingMeaning()
	}
	d.report(f)
}

// codeOfUseless returns the code for a line of a kind that another one makes useless,
// which may be written alike.
func codeOfUseless(kind parser.StatementKind, alike bool) string {
	dup, dead := codeDupDefault, codeDeadDefault
	switch kind {
	case parser.Select:
		dup, dead = codeDupSelect, codeDeadSelect
	case parser.Imply:
		dup, dead = codeDupImply, codeDeadImply
	case parser.Range:
		dup, dead = codeDupRange, codeDeadRange
	}
	if alike {
		return dup
	}
	return dead
}

// uselessTarget says why a select or imply does nothing.
func uselessTarget(line, by *duplicateLine, verb, where string) string {
	what := fmt.Sprintf("%s %s `%s`", subject(line.entry), verb, line.target)
	switch {
	case !line.condition.equal(by.condition):
		return fmt.Sprintf("%s %s in %s, so this does nothing: remove one of the lines", what, when(by.condition), where)
	case line.condition.empty():
		return fmt.Sprintf("%s in %s already: remove one of the lines", what, where)
	}
	return fmt.Sprintf("%s under the same condition in %s already: remove one of the lines", what, where)
}

// uselessValue says why a default or range is never used.
func uselessValue(line, by *duplicateLine, what, where string) string {
	same := line.condition.equal(by.condition)
	switch {
	case same && line.value.equal(by.value):
		return fmt.Sprintf("%s has the same %s in %s already: remove one of the lines", subject(line.entry), what, where)
	case same && !line.condition.empty():
		return fmt.Sprintf("%s has another %s under the same condition in %s, and the first one counts: remove this, or change its condition", subject(line.entry), what, where)
	}
	return fmt.Sprintf("%s has a %s %s in %s, and the first one counts, so this is never used: remove it, or move it before that", subject(line.entry), what, when(by.condition), where)
}
