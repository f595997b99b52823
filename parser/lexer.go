package parser

import "strings"

// class sorts bytes by what they start. Bytes of 0x80 and above are others.
type class uint8

const (
	classOther class = iota
	classWord
	classDollar
	classSpace
	classNewline
	classQuote
	classHash
	classBackslash
	classOperator
)

// classes is a table and not a function because the lexer spends most of its
// time here. It is never written to.
var classes = func() (t [256]class) {
	for c := '0'; c <= '9'; c++ {
		t[c] = classWord
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = classWord, classWord
	}
	t['_'], t['-'] = classWord, classWord
	t['$'] = classDollar
	t[' '], t['\t'] = classSpace, classSpace
	t['\n'] = classNewline
	t['"'], t['\''] = classQuote, classQuote
	t['#'] = classHash
	t['\\'] = classBackslash
	for _, c := range "|&=!<>():+" {
		t[c] = classOperator
	}
	return t
}()

// lexer cuts a file's text into tokens, one logical line at a time. Offsets of
// its tokens are relative to base. The errors it finds go to report.
type lexer struct {
	text    string
	pos     uint32
	base    uint32
	dialect Dialect
	tokens  []Token
	report  func(finding)
	broken  bool // the last macro reference was not closed
}

// line lexes one logical line from pos and leaves pos behind its line end. It
// returns the index of the line's first token that takes part in the grammar,
// len(tokens) if there is none, and whether the line has a line end. Behind a
// help text the right side of an assignment is not read as one: see
// checkValueAfterHelp.
func (x *lexer) line(afterHelp bool) (first int, terminated bool) {
	first = -1
	significant := 0
	leading := true // nothing but references that may stand for nothing so far
	add := func(kind TokenKind, start uint32, vanishes bool) {
		i := len(x.tokens)
		x.tokens = append(x.tokens, Token{Start: start - x.base, End: x.pos - x.base, Kind: kind, vanishes: vanishes})
		switch {
		case kind.isSilent():
		case !leading:
			significant++
		case first < 0:
			first, significant, leading = i, 1, vanishes
		case !vanishes:
			leading = false
			first, significant = x.skipLeading(first, i)
		}
	}
	for int(x.pos) < len(x.text) {
		start := x.pos
		c := x.text[start]
		switch classes[c] {
		case classSpace:
			x.pos++
		case classNewline:
			x.pos++
			if first < 0 {
				first = len(x.tokens)
			}
			return first, true
		case classWord, classDollar:
			kind, vanishes := x.word()
			if kind == Word {
				kind = x.keyword(start, leading)
			}
			add(kind, start, vanishes)
			if first == len(x.tokens)-1 && x.takesPath(kind) {
				x.path()
			}
		case classHash:
			x.toLineEnd()
			x.joined(start)
			add(Comment, start, false)
		case classQuote:
			x.quoted(c)
			add(String, start, false)
		case classBackslash:
			if x.continued() {
				continue
			}
			x.pos++
			add(BadCharacter, start, false)
			x.unsupported(start)
		case classOperator:
			kind := x.operator(c)
			if kind == BadCharacter && x.dialect.Has(AnyCharacters) {
				x.extendWord()
				kind = Word
			}
			add(kind, start, false)
			switch {
			case kind == BadCharacter:
				x.unsupported(start)
			case significant == 2 && kind.isAssignment() && !afterHelp:
				if k := x.tokens[first].Kind; k == Word || k == MacroWord {
					x.value()
				}
			}
		default:
			if c == '\r' && x.dialect.Has(JoinedLines) {
				x.pos++
				continue
			}
			if x.dialect.Has(ExtendedWords) && (c == '.' || c == '/') ||
				x.dialect.Has(AnyCharacters) && c > ' ' {
				x.extendWord()
				add(Word, start, false)
				continue
			}
			x.pos++
			for x.pos-start < 4 && int(x.pos) < len(x.text) && x.text[x.pos]&0xc0 == 0x80 {
				x.pos++
			}
			add(BadCharacter, start, false)
			x.unsupported(start)
		}
	}
	if first < 0 {
		first = len(x.tokens)
	}
	return first, false
}

// skipLeading takes the references from token first on out of the grammar, for
// something else begins at token i: the statement, which they must then stand
// for nothing before, or the operator of an assignment to the last of them. It
// returns the first token that counts and how many there are.
func (x *lexer) skipLeading(first, i int) (start, significant int) {
	start, significant = i, 1
	if x.tokens[i].Kind.isAssignment() {
		for start--; x.tokens[start].Kind.isSilent(); start-- {
		}
		significant = 2
	}
	for j := first; j < start; j++ {
		x.tokens[j].skipped = x.tokens[j].vanishes
	}
	return start, significant
}

// word reads a bare word and returns Word or MacroWord, and whether it is
// references alone.
func (x *lexer) word() (kind TokenKind, vanishes bool) {
	kind, vanishes = Word, true
	for int(x.pos) < len(x.text) {
		switch c := x.text[x.pos]; classes[c] {
		case classWord:
			vanishes = false
			for x.pos++; int(x.pos) < len(x.text) && classes[x.text[x.pos]] == classWord; x.pos++ {
			}
		case classDollar:
			if x.reference() {
				kind = MacroWord
			} else {
				vanishes = false
			}
		default:
			if !x.dialect.Has(ExtendedWords) || c != '.' && c != '/' {
				return kind, vanishes
			}
			x.pos++
			vanishes = false
		}
	}
	return kind, vanishes
}

// extendWord reads on in a word with characters that only lenient dialects
// take.
func (x *lexer) extendWord() {
	for int(x.pos) < len(x.text) {
		switch c := x.text[x.pos]; classes[c] {
		case classWord:
		case classOther:
			if c <= ' ' {
				return
			}
		default:
			return
		}
		x.pos++
	}
}

// reference reads the "$" at pos and, if "(" follows, the macro reference up
// to its closing parenthesis. It reports whether it was a reference.
func (x *lexer) reference() bool {
	start := x.pos
	x.pos++
	if int(x.pos) >= len(x.text) || x.text[x.pos] != '(' {
		return false
	}
	x.pos++
	for depth := 1; int(x.pos) < len(x.text); x.pos++ {
		switch x.text[x.pos] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				x.pos++
				return true
			}
		case '\\':
			if x.dialect.Has(JoinedLines) && x.continued() {
				x.pos-- // the loop goes on behind it
			}
		case '\n', 0: // conf reads the line as a string of C
			x.unterminatedMacro(start)
			return true
		}
	}
	x.unterminatedMacro(start)
	return true
}

// quoted reads a string from its opening quote to its closing one, or to the
// end of the line. Quotes inside a macro reference do not end the string.
func (x *lexer) quoted(quote byte) {
	start := x.pos
	x.pos++
	x.broken = false
	for int(x.pos) < len(x.text) {
		switch c := x.text[x.pos]; {
		case c == quote:
			x.pos++
			return
		case c == '$':
			x.reference()
		case c == '\\':
			if x.dialect.Has(JoinedLines) && x.continued() {
				continue
			}
			x.pos++
			if int(x.pos) < len(x.text) && x.text[x.pos] != '\n' {
				x.pos++
			}
		case c == '\n':
			if !x.broken { // or the quote may stand in the reference
				x.report(finding{start: start - x.base, end: x.pos - x.base, kind: findingUnterminatedString})
			}
			return
		default:
			x.pos++
		}
	}
}

// continued reads a backslash and the line end behind it, and reports whether
// it was one.
func (x *lexer) continued() bool {
	rest := x.text[x.pos:]
	switch {
	case strings.HasPrefix(rest, "\\\n"):
		x.pos += 2
		return true
	case x.dialect.Has(JoinedLines) && strings.HasPrefix(rest, "\\\r\n"):
		x.pos += 3
		return true
	}
	return false
}

// operator reads an operator. A lone "|", "&", ":" or "+" is none.
func (x *lexer) operator(c byte) TokenKind {
	var next byte
	if int(x.pos)+1 < len(x.text) {
		next = x.text[x.pos+1]
	}
	x.pos++
	if next == '=' {
		switch c {
		case '!':
			x.pos++
			return Unequal
		case '<':
			x.pos++
			return LessEqual
		case '>':
			x.pos++
			return GreaterEqual
		case ':':
			x.pos++
			return ColonEqual
		case '+':
			x.pos++
			return PlusEqual
		}
	}
	switch c {
	case '|', '&':
		if next == c {
			x.pos++
			if c == '|' {
				return Or
			}
			return And
		}
	case '=':
		return Equal
	case '!':
		return Not
	case '<':
		return Less
	case '>':
		return Greater
	case '(':
		return OpenParen
	case ')':
		return CloseParen
	}
	return BadCharacter
}

// keyword returns the kind of the word from start to pos. Words that only some
// dialects know are keywords at the start of a line alone.
func (x *lexer) keyword(start uint32, first bool) TokenKind {
	word := x.text[start:x.pos]
	if c := word[0]; (c < 'a' || c > 'z') && !(first && (c == '-' || c == 'I')) || len(word) > 14 {
		return Word
	}
	if kind, ok := reservedWord(word); ok {
		return kind
	}
	if kind, feature := dialectWord(word); x.dialect.Has(feature) && feature != 0 && (first || x.reserves(feature)) {
		return kind
	}
	return Word
}

// reserves reports whether the words of a feature are keywords at any place of
// a line. That is so in the Linux versions whose lexer is that of 5.0 to 7.3.
func (x *lexer) reserves(f Feature) bool {
	return (f == OldChoices || f == TransitionalSymbols) && !x.dialect.Has(OldKeywords)
}

// takesPath reports whether an unquoted path may follow the keyword.
func (x *lexer) takesPath(keyword TokenKind) bool {
	return x.dialect.Has(UnquotedSource) && statementOf(keyword) == Source
}

// path reads the unquoted path of a source statement, if there is one.
func (x *lexer) path() {
	for int(x.pos) < len(x.text) && classes[x.text[x.pos]] == classSpace {
		x.pos++
	}
	start := x.pos
	for int(x.pos) < len(x.text) {
		c := x.text[x.pos]
		if k := classes[c]; k == classSpace || k == classNewline || c == '\r' ||
			(k == classQuote || k == classHash) && x.pos == start {
			break
		}
		if c == '$' {
			x.reference()
			continue
		}
		x.pos++
	}
	if x.pos > start {
		x.tokens = append(x.tokens, Token{Start: start - x.base, End: x.pos - x.base, Kind: Path})
	}
}

// value reads the right side of an assignment: the rest of the line.
func (x *lexer) value() {
	for int(x.pos) < len(x.text) && classes[x.text[x.pos]] == classSpace {
		x.pos++
	}
	start := x.pos
	x.toLineEnd()
	x.joined(start)
	end := x.pos
	if x.dialect.Has(JoinedLines) && end > start && x.text[end-1] == '\r' {
		end--
	}
	if end > start {
		x.tokens = append(x.tokens, Token{Start: start - x.base, End: end - x.base, Kind: Value})
	}
}

// joined goes on to the end of the logical line where a backslash ends the
// line from start to pos and the dialect joins such lines everywhere.
func (x *lexer) joined(start uint32) {
	for x.dialect.Has(JoinedLines) && int(x.pos) < len(x.text) {
		end := x.pos
		if end > start && x.text[end-1] == '\r' {
			end--
		}
		if end == start || x.text[end-1] != '\\' {
			return
		}
		x.pos++
		x.toLineEnd()
	}
}

// toLineEnd moves pos to the next "\n" or the end of the text.
func (x *lexer) toLineEnd() {
	if i := strings.IndexByte(x.text[x.pos:], '\n'); i >= 0 {
		x.pos += uint32(i)
	} else {
		x.pos = uint32(len(x.text))
	}
}

func (x *lexer) unterminatedMacro(start uint32) {
	x.broken = true
	x.report(finding{start: start - x.base, end: x.pos - x.base, kind: findingUnterminatedMacro})
}

// unsupported reports the character from start to pos.
func (x *lexer) unsupported(start uint32) {
	kind := findingCharacter
	if x.text[start] == '\r' && x.byteAt(x.pos) == '\n' {
		kind = findingCarriageReturn
	}
	x.report(finding{start: start - x.base, end: x.pos - x.base, kind: kind})
}
