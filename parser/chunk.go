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
	errors     []chunkError
	// structure lists the statements that matter for the nesting of blocks.
	structure []uint32
	// significant is the first statement that is not blank.
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
}

// statement is the stored form of a Statement. Its start is the end of the one
// before it.
type statement struct {
	end      uint32
	tokenEnd uint32
	kind     StatementKind
}

// chunkError is an error with the statement it belongs to.
type chunkError struct {
	Error
	statement uint32
}

// chunker lexes and checks statements and gathers them in chunks.
type chunker struct {
	lexer
	state
	statements []statement
	errors     []chunkError
	structure  []uint32
	chunkStart uint32
	lines      uint32
	unended    bool

	tokenMark int // where the current statement's tokens begin
}

func newChunker(text string, d Dialect, before state) *chunker {
	k := &chunker{lexer: lexer{text: text, dialect: d}, state: before}
	k.report = func(e Error) {
		k.errors = append(k.errors, chunkError{e, uint32(len(k.statements))})
	}
	return k
}

// next reads the statements of one chunk: at least one statement, and whole
// help texts. It must not be called at the end of the text.
func (k *chunker) next(into *chunk) {
	before := k.state
	k.base, k.chunkStart = k.pos, k.pos
	k.tokens, k.statements = k.tokens[:0], k.statements[:0]
	k.errors, k.structure = k.errors[:0], k.structure[:0]
	k.lines = 0
	for int(k.pos) < len(k.text) && (k.pos-k.chunkStart < chunkSize || len(k.statements) == 0) {
		k.one()
	}
	*into = chunk{
		text:         k.text[k.chunkStart:k.pos],
		lines:        k.lines,
		before:       before,
		statements:   clone(k.statements),
		tokens:       clone(k.tokens),
		errors:       clone(k.errors),
		structure:    clone(k.structure),
		significant:  -1,
		unterminated: k.unended,
	}
	for i, s := range into.statements {
		if s.kind != Blank {
			into.significant = int32(i)
			break
		}
	}
}

// clone copies a scratch slice to one of the exact size; an empty one to nil.
func clone[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return append(make([]T, 0, len(s)), s...)
}

// one reads one statement, and the help text behind it if it is a help line.
func (k *chunker) one() {
	start := k.pos
	k.tokenMark = len(k.tokens)
	first, terminated := k.line()
	k.countLines(start)
	kind := k.classify(first)
	if kind != Blank {
		k.check(kind, first)
		k.unended = !terminated && int(k.pos) == len(k.text)
	}
	k.add(kind)
	if kind != Help {
		return
	}
	start = k.pos
	k.tokenMark = len(k.tokens)
	k.helpText()
	k.countLines(start)
	if k.pos > start {
		k.unended = false // a help text needs no line end
	}
	if k.dialect.Has(StrictHelp) {
		k.checkHelp()
	}
	k.helped = true
	if k.pos > start {
		k.add(HelpText)
	}
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
	switch kind := k.tokens[first].Kind; {
	case kind == Word || kind == MacroWord:
		second := first + 1
		for second < len(k.tokens) && k.tokens[second].Kind.isSilent() {
			second++
		}
		if second < len(k.tokens) {
			switch k.tokens[second].Kind {
			case Equal, ColonEqual, PlusEqual:
				return Assignment
			}
		}
		if kind == MacroWord {
			return MacroCall
		}
		return Unknown
	case kind.IsKeyword():
		return statementOf(kind)
	}
	return Unknown
}

// check reports what is wrong with the statement from tokenMark on.
func (k *chunker) check(kind StatementKind, first int) {
	switch {
	case kind == Unknown:
		k.unknown(first)
		return
	case kind == Assignment || kind == MacroCall:
		return
	case kind.IsAttribute():
		if !k.attributeFits(kind) {
			k.misplaced(kind, first)
			return
		}
	}
	c := checker{
		text: k.text, base: k.base, dialect: k.dialect,
		tokens: k.tokens[k.tokenMark:], report: k.report,
	}
	c.statement(kind, k.entry)
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
		return kind != VisibleIf
	case Choice:
		switch kind {
		case Type, Prompt, Default, DependsOn, Help, Optional:
			return true
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

func (k *chunker) unknown(first int) {
	t := k.tokens[first]
	word := k.text[t.Start+k.base : t.End+k.base]
	message := quoteToken(word) + " begins no Kconfig statement"
	if _, feature := dialectWord(word); feature != 0 {
		message = quoteToken(word) + " is not known to " + k.dialect.String() + "; it belongs to " + dialectOf(feature)
	} else if near, ok := nearestStatement(word); ok {
		message += ": did you mean `" + near + "`?"
	}
	k.report(Error{
		Code: CodeUnknownStatement, Severity: SeverityError, Start: t.Start, End: t.End, Message: message,
	})
}

func (k *chunker) misplaced(kind StatementKind, first int) {
	t := k.tokens[first]
	word := quoteToken(k.text[t.Start+k.base : t.End+k.base])
	message := word + " belongs into an entry, but none is open here: put it below a config, choice, menu or comment line"
	if k.entry != Blank {
		message = word + " is no attribute of a " + entryName(k.entry) + ": it can have " + attributesOf(k.entry)
	}
	k.report(Error{
		Code: CodeMisplacedStatement, Severity: SeverityError, Start: t.Start, End: t.End, Message: message,
	})
}

// checkHelp reports an empty or a second help text. The help statement has
// been added, its text has not.
func (k *chunker) checkHelp() {
	t := k.tokens[k.tokenMark-1]
	code, what := CodeBlankHelp, "the help text is empty"
	switch {
	case k.helped:
		code, what = CodeRepeatedHelp, "the entry has a help text already"
	case len(k.tokens) > k.tokenMark:
		return
	}
	k.errors = append(k.errors, chunkError{Error{
		Code: code, Severity: SeverityError, Start: t.Start, End: t.End,
		Message: what + ", which " + k.dialect.String() + " does not accept: remove this line",
	}, uint32(len(k.statements) - 1)})
}

func entryName(kind StatementKind) string {
	switch kind {
	case Config:
		return "config"
	case Menuconfig:
		return "menuconfig"
	case Configdefault:
		return "configdefault"
	case Choice:
		return "choice"
	case Menu:
		return "menu"
	case MenuComment:
		return "comment"
	case If:
		return "if"
	}
	return "file"
}

func attributesOf(kind StatementKind) string {
	switch kind {
	case Choice:
		return "prompt, bool, default, depends on and help"
	case Menu:
		return "depends on and visible if"
	case MenuComment:
		return "depends on"
	}
	return "a type, prompt, default, depends on, select, imply, range and help"
}
