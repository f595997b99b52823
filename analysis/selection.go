package analysis

import (
	"slices"
	"sort"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxSelections bounds how many nested blocks, and how many nested operands, a
// list of selections goes through.
const maxSelections = 100

// Selections returns what an editor may select around an offset, the innermost
// first: word or token, operand, condition, statement, entry, enclosing blocks,
// file. Each encloses the one before it.
func Selections(s *Snapshot, path string, offset int) []Location {
	if c, ok := s.configScope(path); ok {
		return c.configSelections(offset)
	}
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	tree := c.file.Tree
	offset = min(max(offset, 0), tree.Size())
	b := selector{path: c.root.Path(c.file), at: offset}
	if i := tree.IndexAt(offset); i >= 0 {
		st := tree.At(i)
		b.statement(st)
		if e, ok := c.file.EntryAt(i); ok {
			start, end := entryRange(e)
			b.add(int(start), int(end))
		}
		b.blocks(tree, i)
	}
	b.add(0, tree.Size())
	return b.nested
}

// selector collects the selections around an offset.
type selector struct {
	path   string
	at     int
	nested []Location
}

// add adds a range if it is around the offset and the last range, and differs
// from that.
func (b *selector) add(start, end int) {
	if start > b.at || end < b.at || start >= end {
		return
	}
	if n := len(b.nested); n > 0 {
		last := b.nested[n-1]
		if start > last.Start || end < last.End || start == last.Start && end == last.End {
			return
		}
	}
	b.nested = append(b.nested, Location{b.path, start, end})
}

// statement adds the parts of a statement, and the statement.
func (b *selector) statement(st parser.Statement) {
	touching := tokensTouching(st, uint32(b.at))
	if len(touching) > 0 {
		token := touching[0]
		if len(touching) > 1 && !st.Token(token).Kind.IsSymbol() {
			token = touching[1]
		}
		b.token(st, token)
		b.expressions(st, token)
	}
	start, end := statementRange(st)
	b.add(int(start), int(end))
	if n := st.Len(); n > 0 {
		b.add(int(start), int(st.Token(n-1).End))
	}
}

// token adds the parts of a token, and the token.
func (b *selector) token(st parser.Statement, i int) {
	t, text := st.Token(i), st.TokenText(i)
	base := int(t.Start)
	switch t.Kind {
	case parser.String, parser.MacroWord, parser.Path, parser.Value, parser.Comment, parser.HelpBody:
		b.word(text, base)
	}
	switch t.Kind {
	case parser.MacroWord, parser.String, parser.Path, parser.Value:
		b.references(text, base)
	case parser.Comment, parser.HelpBody:
		b.lineAndParagraph(text, base)
	}
	if t.Kind == parser.String && len(text) > 1 {
		b.add(base+1, int(t.End)-1)
	}
	b.add(base, int(t.End))
}

// word adds the word of a text that the offset is in.
func (b *selector) word(text string, base int) {
	i := min(max(b.at-base, 0), len(text))
	start, end := i, i
	for start > 0 && isNameByte(text[start-1]) {
		start--
	}
	for end < len(text) && isNameByte(text[end]) {
		end++
	}
	b.add(base+start, base+end)
}

// isNameByte reports whether a byte is part of a word in a text.
func isNameByte(c byte) bool { return isLetterOrDigit(c) || c == '_' }

// references adds the parts of the macro references around the offset, and the
// references, from the innermost on.
func (b *selector) references(text string, base int) {
	refs := macro.References(text)
	i, _ := macro.Innermost(refs, uint32(b.at-base))
	for n := 0; i >= 0 && n < maxSelections; i, n = refs[i].Parent, n+1 {
		r := refs[i]
		b.add(base+int(r.Name.Start), base+int(r.Name.End))
		for _, arg := range r.Args {
			b.add(base+int(arg.Start), base+int(arg.End))
		}
		b.add(base+int(r.Start), base+int(r.End))
	}
}

// lineAndParagraph adds the line of a text and the lines up to the next empty
// ones.
func (b *selector) lineAndParagraph(text string, base int) {
	i := min(max(b.at-base, 0), len(text))
	start := strings.LastIndexByte(text[:i], '\n') + 1
	end := len(text)
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		end = i + n
	}
	line := text[start:end]
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	if strings.TrimSpace(line) == "" {
		return
	}
	b.add(base+start+indent, base+start+len(strings.TrimRight(line, " \t\r")))
	for start > 0 {
		before := strings.LastIndexByte(text[:start-1], '\n') + 1
		if strings.TrimSpace(text[before:start]) == "" {
			break
		}
		start = before
	}
	for end < len(text) {
		next := len(text)
		if n := strings.IndexByte(text[end+1:], '\n'); n >= 0 {
			next = end + 1 + n
		}
		if strings.TrimSpace(text[end:next]) == "" {
			break
		}
		end = next
	}
	paragraph := text[start:end]
	indent = len(paragraph) - len(strings.TrimLeft(paragraph, " \t"))
	b.add(base+start+indent, base+end)
}

// expressions adds the operands around a token, the expression that it is in,
// and the condition with its "if".
func (b *selector) expressions(st parser.Statement, token int) {
	from, to := st.Expression()
	condition := false
	if start, end, ok := st.Condition(); ok && token >= start && token < end {
		from, to, condition = start, end, true
	}
	if token < from || token >= to {
		return
	}
	outermost := tokenSpan{from, to}
	var spans []tokenSpan
	for span := outermost; len(spans) < maxSelections; {
		spans = append(spans, span)
		inner, ok := narrow(st, span, token)
		if !ok {
			break
		}
		span = inner
	}
	for _, span := range slices.Backward(spans) {
		if first, last, ok := span.trim(st); ok {
			b.add(int(st.Token(first).Start), int(st.Token(last).End))
		}
	}
	if last, ok := lastToken(st, outermost); ok && condition {
		b.add(int(st.Token(from-1).Start), int(st.Token(last).End))
	}
}

// tokenSpan is the tokens [from, to) of a statement.
type tokenSpan struct{ from, to int }

// trim returns the first and last token of a span that are no comments.
func (s tokenSpan) trim(st parser.Statement) (first, last int, ok bool) {
	first = st.First(s.from)
	last, ok = lastToken(st, s)
	return first, last, ok && first <= last
}

func lastToken(st parser.Statement, s tokenSpan) (int, bool) {
	for i := s.to - 1; i >= s.from; i-- {
		if st.Token(i).Kind != parser.Comment {
			return i, true
		}
	}
	return 0, false
}

// narrow returns the part of an expression that a token is in: the operand of
// its weakest operator, or what is negated or in parentheses. It reports false
// if the token is no part of a smaller one.
func narrow(st parser.Statement, span tokenSpan, token int) (tokenSpan, bool) {
	first, last, ok := span.trim(st)
	if !ok || first == last {
		return tokenSpan{}, false
	}
	for _, operator := range []parser.TokenKind{parser.Or, parser.And} {
		inner, found, ok := operandAround(st, span, token, func(k parser.TokenKind) bool { return k == operator })
		if found {
			return inner, ok
		}
	}
	switch st.Token(first).Kind {
	case parser.Not:
		return tokenSpan{first + 1, span.to}, token > first
	case parser.OpenParen:
		if st.Token(last).Kind == parser.CloseParen {
			return tokenSpan{first + 1, last}, token > first && token < last
		}
		return tokenSpan{first + 1, span.to}, token > first
	}
	if inner, found, ok := operandAround(st, span, token, parser.TokenKind.IsComparison); found {
		return inner, ok
	}
	return tokenSpan{token, token + 1}, true
}

// operandAround returns the operand around a token of an operator that is not in
// parentheses. It reports whether there is such an operator, and whether the
// token is in an operand of it.
func operandAround(st parser.Statement, span tokenSpan, token int, operator func(parser.TokenKind) bool) (inner tokenSpan, found, ok bool) {
	depth := 0
	inner = span
	for i := span.from; i < span.to; i++ {
		switch k := st.Token(i).Kind; {
		case k == parser.OpenParen:
			depth++
		case k == parser.CloseParen:
			depth--
		case depth == 0 && operator(k):
			found = true
			switch {
			case i == token:
				return tokenSpan{}, true, false
			case i < token:
				inner.from = i + 1
			case inner.to == span.to:
				inner.to = i
			}
		}
	}
	return inner, found, found
}

// blocks adds the menus, choices and ifs around a statement.
func (b *selector) blocks(tree *parser.Tree, statement int) {
	blocks := tree.Blocks()
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].Open > statement }) - 1
	for n := 0; i >= 0 && n < maxSelections; i = blocks[i].Parent {
		block := blocks[i]
		if block.Close < statement || block.Close == statement && !block.Closed {
			continue
		}
		start, _ := wordRange(tree.At(block.Open))
		end := tree.Size()
		switch {
		case block.Closed:
			_, last := statementRange(tree.At(block.Close))
			end = int(last)
		case block.Close < tree.Len():
			end = int(tree.At(block.Close).Start)
		}
		b.add(int(start), end)
		n++
	}
}
