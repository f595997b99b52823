package parser

import "strings"

// chunkSize is how many bytes of statements a chunk gathers before the next
// statement starts a new one. It bounds what an edit lexes again.
const chunkSize = 512

// chunk is an immutable run of whole statements. All its offsets are relative
// to its start, so that it can be shared by trees in which it lies elsewhere.
type chunk struct {
	text  string
	lines uint32 // number of "\n"

	before state // the state that the chunk was read in

	statements []statement
	tokens     []Token
	findings   []finding // in the order of the text
	// structure lists the statements that matter for the nesting of blocks.
	structure []uint32
	// significant is the first statement that conf's parser gets to see.
	significant int32

	unterminated bool // the text ends without a line end, after a statement
}

// state is all that crosses a chunk's boundary.
type state struct {
	// entry is the kind of the entry that attribute lines belong to, Blank if
	// there is none.
	entry StatementKind
	// helped tells that the entry has a help text already.
	helped bool
	// afterHelp tells that a help text is the last thing before, apart from
	// lines that conf's parser does not see.
	afterHelp bool
}

// statement is the stored form of a Statement. Its start is the end of the one
// before it.
type statement struct {
	end      uint32
	tokenEnd uint32
	kind     StatementKind
}

// chunker lexes and checks statements and gathers them in chunks.
type chunker struct {
	lexer
	state
	statements []statement
	findings   []finding
	structure  []uint32
	chunkStart uint32
	lines      uint32
	unended    bool

	tokenMark  int // where the current statement's tokens begin
	characters int // how many findings about characters the statement has

	// What chunks keep is made in these.
	tokenRoom     room[Token]
	statementRoom room[statement]
	findingRoom   room[finding]
	structureRoom room[uint32]
}

func newChunker(text string, d Dialect, before state) *chunker {
	k := &chunker{lexer: lexer{text: text, dialect: d}, state: before}
	k.report = k.note
	return k
}

// note keeps a finding of the statement that is being read, in the order of
// the text.
func (k *chunker) note(f finding) {
	f.statement = uint32(len(k.statements))
	if f.kind == findingCharacter || f.kind == findingCarriageReturn {
		if k.characters++; k.characters > maxErrors {
			k.findings[len(k.findings)-1].more++
			return
		}
	}
	k.findings = append(k.findings, f)
	// What is wrong with the grammar is found after what the lexer finds.
	for i := len(k.findings) - 1; i > 0; i-- {
		a, b := &k.findings[i-1], &k.findings[i]
		if a.statement != b.statement || a.start <= b.start {
			break
		}
		*a, *b = *b, *a
	}
}

// expect prepares for a text of a given length, by what real files hold.
func (k *chunker) expect(bytes int) {
	k.tokenRoom.batch = min(bytes/24+16, 4096)
	k.statementRoom.batch = min(bytes/48+8, 2048)
	k.structureRoom.batch = min(bytes/512+4, 256)
}

// next reads the statements of one chunk: at least one statement, and whole
// help texts. It must not be called at the end of the text.
func (k *chunker) next(into *chunk) {
	before := k.state
	k.base, k.chunkStart = k.pos, k.pos
	k.tokens, k.statements = k.tokens[:0], k.statements[:0]
	k.findings, k.structure = k.findings[:0], k.structure[:0]
	k.lines = 0
	for int(k.pos) < len(k.text) && (k.pos-k.chunkStart < chunkSize || len(k.statements) == 0) {
		k.one()
	}
	*into = chunk{
		text:         k.text[k.chunkStart:k.pos],
		lines:        k.lines,
		before:       before,
		statements:   k.statementRoom.keep(k.statements),
		tokens:       k.tokenRoom.keep(k.tokens),
		findings:     k.findingRoom.keep(k.findings),
		structure:    k.structureRoom.keep(k.structure),
		significant:  -1,
		unterminated: k.unended,
	}
	for i, s := range into.statements {
		if s.kind != Blank && s.kind != MacroCall {
			into.significant = int32(i)
			break
		}
	}
}

// one reads one statement, and the help text behind it if it is a help line.
func (k *chunker) one() {
	start := k.pos
	k.tokenMark, k.characters = len(k.tokens), 0
	first, terminated := k.line(k.afterHelp)
	k.countLines(start)
	kind := k.classify(first)
	switch kind {
	case Blank:
	case MacroCall:
		// It expands to nothing; to anything else would be an error.
		k.unended = false
	default:
		k.check(kind, first)
		k.unended = !terminated
		k.afterHelp = false
		if !terminated && kind.ClosesBlock() && !k.dialect.Has(JoinedLines) {
			t := k.tokens[first]
			k.note(finding{start: t.Start, end: t.End, kind: findingUnendedEnd})
		}
	}
	k.add(kind)
	if kind != Help && !k.obsoleteHelp(kind, first) {
		return
	}
	start = k.pos
	k.tokenMark = len(k.tokens)
	k.helpText()
	k.countLines(start)
	if k.pos > start {
		k.unended = false // a help text needs no line end
	}
	if k.dialect.Has(StrictHelp) && kind == Help {
		k.checkHelp()
	}
	k.helped, k.afterHelp = true, !k.dialect.Has(JoinedLines)
	if k.pos > start {
		k.add(HelpText)
	}
}

// obsoleteHelp reports whether a statement is the help keyword of old, which
// the dialect does not know. That is one error, and the text below it none.
func (k *chunker) obsoleteHelp(kind StatementKind, first int) bool {
	if kind != Unknown {
		return false
	}
	t := k.tokens[first]
	return k.text[t.Start+k.base:t.End+k.base] == "---help---"
}

// add appends the statement that ends at pos.
func (k *chunker) add(kind StatementKind) {
	i := uint32(len(k.statements))
	k.statements = append(k.statements, statement{k.pos - k.chunkStart, uint32(len(k.tokens)), kind})
	switch {
	case kind.opensEntry():
		k.state = state{entry: kind}
	case kind.endsEntry():
		k.state = state{}
	}
	if kind.OpensBlock() || kind.endsEntry() || kind == Menuconfig {
		k.structure = append(k.structure, i)
	}
}

// countLines adds the line ends between start and pos.
func (k *chunker) countLines(start uint32) {
	k.lines += uint32(strings.Count(k.text[start:k.pos], "\n"))
}

// classify returns the kind of the statement whose first token that counts is
// token first.
func (k *chunker) classify(first int) StatementKind {
	if first == len(k.tokens) {
		return Blank
	}
	t := k.tokens[first]
	if t.Kind.IsKeyword() {
		return statementOf(t.Kind)
	}
	if t.Kind == Word || t.Kind == MacroWord {
		if second := k.significant(first + 1); second < len(k.tokens) && k.tokens[second].Kind.isAssignment() {
			return Assignment
		}
	}
	if t.vanishes {
		return MacroCall // with others at most, or the lexer had skipped it
	}
	return Unknown
}

// significant returns the first token from i on that takes part in the grammar.
func (k *chunker) significant(i int) int {
	for i < len(k.tokens) && k.tokens[i].isSilent() {
		i++
	}
	return i
}

// check reports what is wrong with the statement from tokenMark on.
func (k *chunker) check(kind StatementKind, first int) {
	t := k.tokens[first]
	switch {
	case kind == Unknown:
		k.note(finding{start: t.Start, end: t.End, kind: findingUnknown})
		return
	case kind == Assignment:
		if k.afterHelp {
			k.checkValueAfterHelp(first)
		}
		return
	case kind.IsAttribute() && !k.attributeFits(kind):
		k.note(finding{start: t.Start, end: t.End, kind: findingMisplaced, entry: k.entry})
		return
	}
	c := checker{
		dialect: k.dialect, tokens: k.tokens[k.tokenMark:], report: k.report,
	}
	c.statement(kind, k.entry)
}

// checkValueAfterHelp reports an assignment that follows a help text. There
// conf's lexer does not see that it is one, and takes the value for tokens.
func (k *chunker) checkValueAfterHelp(first int) {
	for i := k.significant(k.significant(first+1) + 1); i < len(k.tokens); i = k.significant(i + 1) {
		if t := k.tokens[i]; !t.vanishes {
			k.note(finding{start: t.Start, end: t.End, kind: findingValueAfterHelp})
			return
		}
	}
}

// attributeFits reports whether the open entry can have the attribute.
func (k *chunker) attributeFits(kind StatementKind) bool {
	if kind == Insert {
		return true
	}
	if k.dialect.Has(LooseProperties) {
		return k.entry != Blank
	}
	switch k.entry {
	case Config, Menuconfig, Configdefault:
		switch kind {
		case VisibleIf, Optional:
			return false
		}
		return true
	case Choice:
		switch kind {
		case Prompt, Default, DependsOn, Help, Optional:
			return true
		case Type:
			return !k.dialect.Has(PromptChoices)
		case Option:
			return k.dialect.Has(OldKeywords)
		}
	case Menu:
		return kind == VisibleIf || kind == DependsOn
	case MenuComment:
		return kind == DependsOn
	}
	return false
}

// checkHelp reports an empty or a second help text. The help statement has
// been added, its text has not.
func (k *chunker) checkHelp() {
	t := k.tokens[k.tokenMark-1]
	f := finding{start: t.Start, end: t.End, statement: uint32(len(k.statements) - 1)}
	switch {
	case k.helped:
		f.kind = findingRepeatedHelp
	case len(k.tokens) == k.tokenMark:
		f.kind = findingBlankHelp
	default:
		return
	}
	k.findings = append(k.findings, f)
}
