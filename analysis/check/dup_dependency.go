package check

import (
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const (
	codeDupDependency          = "dup-dependency"
	codeDupDependencyConjunct  = "dup-dependency-conjunct"
	codeDupDependencyCrossFile = "dup-dependency-cross-file"
)

// duplicateDependencies reports dependencies that the entry has already, by another of
// its lines or by a block around it. What two blocks around each other both ask for is
// reported at the inner one, and not at all that is in it.
func duplicateDependencies() PlacedCheck {
	return PlacedCheck{
		Rules: append(rulesOf(Dead, Warning, codeDupDependency),
			rulesOf(Dead, Information, codeDupDependencyConjunct, codeDupDependencyCrossFile)...),
		Run: func(p *PlacedPass, e *placedEntry) {
			for i := e.own; i < len(p.held); {
				end := i + 1
				for end < len(p.held) && !p.held[end].whole {
					end++
				}
				p.duplicatesIn(e, i, end)
				i = end
			}
		},
	}
}

// duplicatesIn looks at one line of an entry: the condition held[i], and its operands up
// to held[end].
func (p *PlacedPass) duplicatesIn(e *placedEntry, i, end int) {
	if before := p.heldBefore(i, &p.held[i]); before != nil {
		p.reportDuplicate(e, &p.held[i], before)
		return
	}
	first := (*condition)(nil) // by which the first operand holds
	for j := i + 1; j < end; j++ {
		before := p.heldBefore(i, &p.held[j])
		if before == nil {
			first = nil
			break
		}
		if first == nil || before.File != p.File {
			first = before
		}
	}
	if first != nil {
		p.reportDuplicate(e, &p.held[i], first)
		return
	}
	for j := i + 1; j < end; j++ {
		if before := p.heldBefore(j, &p.held[j]); before != nil {
			p.reportDuplicate(e, &p.held[j], before)
		}
	}
}

// heldBefore returns a condition before held[i] that is written as c is, nil if there is
// none: rather one of the same file, and rather one that is all of its line. No more
// than maxEnclosures are looked at, or else nested blocks would cost the square of
// their number.
func (p *PlacedPass) heldBefore(i int, c *condition) *condition {
	var best *condition
	for j := i - 1; j >= max(0, i-maxEnclosures); j-- {
		other := &p.held[j]
		if other.hash != c.hash || !sameCondition(other, c) {
			continue
		}
		if best == nil || best.File != p.File && other.File == p.File ||
			!best.whole && other.whole && (best.File == p.File) == (other.File == p.File) {
			best = other
		}
		if best.whole && best.File == p.File {
			break // none is better
		}
	}
	return best
}

// reportDuplicate reports a condition that holds by another one.
func (p *PlacedPass) reportDuplicate(e *placedEntry, c, before *condition) {
	f := LineFinding{
		Code: codeDupDependencyConjunct, Severity: Information, At: c.Line, Symbol: e.Name(), Unnecessary: true,
		Related: []RelatedLine{{before.Line, "this asks for it already"}},
	}
	switch {
	case before.File != p.File:
		f.Code = codeDupDependencyCrossFile
	case c.whole && before.whole:
		f.Code, f.Severity = codeDupDependency, Warning
	}
	if !p.Policy.On(f.Code) {
		return
	}
	st, verb := c.statement(), " depends on `"
	if st.Kind == parser.If {
		verb = " asks for `"
	}
	f.Message = subjectOf(e.FileEntry) + verb + c.written() + "` already, by " + p.placeOf(e, c, before)
	switch {
	case before.File != p.File:
		f.Message += ": remove it here, unless this file is to be included without that"
	case c.whole && st.Kind == parser.If:
		f.Message = "the `if` asks for nothing new: " + p.placeOf(e, c, before) + " asks for `" + c.written() + "` already; remove this one and its `endif`"
		if e.end > 0 {
			f.Fix = fixOf("Remove the `if` and its `endif`", p.line(st), RemoveLine, "")
			f.Fix.Changes = append(f.Fix.Changes, Change{p.line(p.File.Tree.At(e.end)), RemoveLine, ""})
		}
	case c.whole:
		f.Message += ": remove the line"
		f.Fix = fixOf("Remove the line", p.line(st), RemoveLine, "")
	default:
		f.Message += ": remove it here"
		f.Fix = fixOf("Remove `"+c.written()+"`", c.Line, removalOf(st, c.From), "")
	}
	if f.Fix != nil && !c.hasMacros() {
		f.Fix.keepingMeaning()
	}
	p.report(f)
}

// removalOf returns the change that takes an operand of "&&" out, which begins at a token.
func removalOf(st parser.Statement, from int) ChangeKind {
	for i := from - 1; i > 0; i-- {
		switch kind := st.Token(i).Kind; {
		case isSilent(kind):
		case kind == parser.And:
			return RemoveBehind
		default:
			return RemoveBefore
		}
	}
	return RemoveBefore
}

// subjectOf returns what an entry is called in a message.
func subjectOf(e FileEntry) string {
	if name := e.Name(); name != "" {
		return "`" + name + "`"
	}
	return "the " + kindName(e.Head.Kind)
}

// kindName returns the keyword of an entry for a message.
func kindName(kind parser.StatementKind) string {
	switch kind {
	case parser.If:
		return "`if`"
	case parser.Menu:
		return "menu"
	case parser.Choice:
		return "choice"
	case parser.MenuComment:
		return "comment"
	}
	return "entry"
}

// placeOf says where a condition c stands by which another one of the entry holds.
func (p *PlacedPass) placeOf(e *placedEntry, other, c *condition) string {
	st := c.statement()
	switch {
	case c.File == p.File && c.Statement == other.Statement:
		return "another part of the line"
	case c.File == p.File && st.Index > e.Head.Index:
		return "another line"
	}
	block := parser.If
	if st.Kind != parser.If {
		if owner, ok := c.File.EntryAt(int(c.Statement)); ok {
			block = owner.Head.Kind
		}
	}
	if c.File != p.File {
		return "the " + kindName(block) + " in " + c.File.Path + " around the line that includes this file"
	}
	return "the " + kindName(block) + " around it"
}
