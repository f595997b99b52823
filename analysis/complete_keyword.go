package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// keywords adds the words that a statement can begin with at the place. What
// fits the indentation comes first: attributes on an indented line of an entry,
// else entries.
func (p *completer) keywords() {
	entry, inEntry := p.entryBefore()
	block, inBlock := p.blockAround()
	var attributes []parser.TokenKind
	if inEntry {
		attributes = p.attributes(entry)
	}
	if p.indent != "" {
		p.statements(attributes)
	}
	// The end of a block that is still open is what is missing most.
	ends := []parser.TokenKind{}
	if inBlock {
		ends = append(ends, endOf(block.Kind))
	}
	if inBlock && !block.Closed {
		p.statements(ends)
	}
	p.statements(p.entries(inBlock))
	if inBlock && block.Closed {
		p.statements(ends)
	}
	if p.indent == "" {
		p.statements(attributes)
	}
}

// entryBefore returns the entry that an attribute line at the place would
// belong to.
func (p *completer) entryBefore() (menu.Entry, bool) {
	return p.file.EntryAt(p.index - 1)
}

// blockAround returns the innermost block that is open at the place.
func (p *completer) blockAround() (parser.Block, bool) {
	i := p.file.Enclosing(p.index)
	if i < 0 {
		return parser.Block{}, false
	}
	return p.file.Tree.Blocks()[i], true
}

func endOf(kind parser.StatementKind) parser.TokenKind {
	switch kind {
	case parser.Choice:
		return parser.KwEndchoice
	case parser.Menu:
		return parser.KwEndmenu
	}
	return parser.KwEndif
}

// attributes returns the lines that an entry can have.
func (p *completer) attributes(e menu.Entry) []parser.TokenKind {
	dialect := p.file.Tree.Dialect()
	switch e.Head.Kind {
	case parser.Menu:
		return []parser.TokenKind{parser.KwDepends, parser.KwVisible}
	case parser.MenuComment:
		return []parser.TokenKind{parser.KwDepends}
	case parser.Configdefault:
		return []parser.TokenKind{parser.KwDefault}
	case parser.Choice:
		words := []parser.TokenKind{parser.KwPrompt, parser.KwDefault, parser.KwDepends, parser.KwHelp}
		if dialect.Has(parser.OldChoices) {
			words = append(words, parser.KwBool, parser.KwTristate, parser.KwOptional)
		}
		return words
	}
	keyword, _, typed := e.Type()
	var words []parser.TokenKind
	if !typed {
		words = append(words, parser.KwBool, parser.KwTristate, parser.KwInt, parser.KwHex, parser.KwString,
			parser.KwDefBool, parser.KwDefTristate)
		if dialect.Has(parser.TypedDefaults) {
			words = append(words, parser.KwDefInt, parser.KwDefHex, parser.KwDefString)
		}
		if dialect.Has(parser.SetStatements) {
			words = append(words, parser.KwFloat)
		}
	}
	words = append(words, parser.KwDepends, parser.KwDefault, parser.KwSelect)
	if !typed || keyword == parser.KwInt || keyword == parser.KwHex {
		words = append(words, parser.KwRange)
	}
	words = append(words, parser.KwHelp, parser.KwImply, parser.KwPrompt, parser.KwModules)
	for _, word := range []struct {
		kind parser.TokenKind
		in   parser.Feature
	}{
		{parser.KwTransitional, parser.TransitionalSymbols},
		{parser.KwOption, parser.OldKeywords},
		{parser.KwSet, parser.SetStatements},
		{parser.KwWarning, parser.SetStatements},
		{parser.KwOutput, parser.OutputAttribute},
	} {
		if dialect.Has(word.in) {
			words = append(words, word.kind)
		}
	}
	return words
}

// entries returns the words that can begin an entry at the place.
func (p *completer) entries(inBlock bool) []parser.TokenKind {
	dialect := p.file.Tree.Dialect()
	if _, ok := p.file.InChoice(p.index); ok && !dialect.Has(parser.ChoiceSources) {
		return []parser.TokenKind{parser.KwConfig, parser.KwComment, parser.KwIf}
	}
	words := []parser.TokenKind{
		parser.KwConfig, parser.KwMenuconfig, parser.KwMenu, parser.KwChoice, parser.KwIf, parser.KwSource, parser.KwComment,
	}
	if dialect.Has(parser.RelativeSource) {
		words = append(words, parser.KwRsource, parser.KwOsource, parser.KwOrsource)
	}
	if dialect.Has(parser.ConfigDefault) {
		words = append(words, parser.KwConfigdefault)
	}
	if !inBlock && (p.root.Single || p.file.Path == p.root.Kconfig) && !p.hasEntryBefore() {
		words = append(words, parser.KwMainmenu)
	}
	return words
}

// hasEntryBefore reports whether anything but assignments and blank lines
// stands in front of the place.
func (p *completer) hasEntryBefore() bool {
	for st := range p.file.Tree.All() {
		if st.Index >= p.index {
			return false
		}
		switch st.Kind {
		case parser.Blank, parser.Assignment, parser.MacroCall:
		default:
			return true
		}
	}
	return false
}

// statements adds words that begin statements: each with a snippet of the
// whole statement, if there is one and the client can take it.
func (p *completer) statements(kinds []parser.TokenKind) {
	for _, kind := range kinds {
		word := wordOf(kind)
		if matchOf(word, p.typed) > partMatch {
			continue // keywords are few and short: letters in order say nothing
		}
		data := CompletionData{Dir: p.dataDir(), Kind: CompletionKeyword, Name: word}
		body, detail := "", ""
		if p.opts.Snippets {
			body, detail = p.snippet(kind)
		}
		if body != "" {
			p.add(CompletionItem{
				Label: word, Kind: CompletionSnippet, Detail: detail, InsertText: p.shape(body), Snippet: true, Data: data,
			})
			if kind == parser.KwHelp {
				continue // alone it is an error
			}
		}
		insert := word
		if takesOperand(kind) {
			insert += " "
		}
		p.add(CompletionItem{Label: word, Kind: CompletionKeyword, InsertText: insert, Data: data})
	}
}

// takesOperand reports whether something must follow the word.
func takesOperand(kind parser.TokenKind) bool {
	switch kind {
	case parser.KwEndchoice, parser.KwEndif, parser.KwEndmenu, parser.KwHelp, parser.KwChoice,
		parser.KwModules, parser.KwTransitional, parser.KwOptional:
		return false
	}
	return true
}

// snippet returns a whole statement with tab stops, and what it is. A tab
// stands for one step of indentation, a form feed for the extra one of help.
func (p *completer) snippet(kind parser.TokenKind) (body, detail string) {
	switch kind {
	case parser.KwConfig:
		if _, ok := p.file.InChoice(p.index); ok {
			return "config ${1:NAME}\n\tbool \"${2:prompt}\"\n\thelp\n\t\f${0:text}", "member of the choice"
		}
		return "config ${1:NAME}\n\t${2|bool,tristate,int,hex,string|} \"${3:prompt}\"\n\thelp\n\t\f${0:text}", "new symbol"
	case parser.KwMenuconfig:
		return "menuconfig ${1:NAME}\n\t${2|bool,tristate|} \"${3:prompt}\"\n\thelp\n\t\f${4:text}\n\nif ${1:NAME}\n\n$0\n\nendif # ${1:NAME}", "symbol with a menu"
	case parser.KwConfigdefault:
		return "configdefault ${1:NAME}\n\tdefault ${0:value}", "default of a symbol"
	case parser.KwMenu:
		return "menu \"${1:title}\"\n\n$0\n\nendmenu", "menu"
	case parser.KwChoice:
		return "choice\n\tprompt \"${1:prompt}\"\n\tdefault ${2:NAME}\n\nconfig ${2:NAME}\n\tbool \"${3:prompt}\"\n\n$0\n\nendchoice", "choice"
	case parser.KwIf:
		return "if ${1:CONDITION}\n\n$0\n\nendif # ${1:CONDITION}", "if ... endif"
	case parser.KwComment:
		return "comment \"${1:text}\"\n\tdepends on ${0:CONDITION}", "comment"
	case parser.KwSource, parser.KwRsource, parser.KwOsource, parser.KwOrsource:
		return wordOf(kind) + " \"${0:Kconfig}\"", "include a file"
	case parser.KwHelp:
		return "help\n\f${0:text}", "help text"
	case parser.KwPrompt:
		return "prompt \"${0:prompt}\"", "prompt"
	}
	return "", ""
}

// shape gives a snippet the file's indentation. Editors indent the lines of a
// snippet as the line it is put into.
func (p *completer) shape(body string) string {
	step, extra := p.style()
	return strings.NewReplacer("\t", step, "\f", extra).Replace(body)
}

// maxStyle is how many statements are looked at for the style of a file.
const maxStyle = 400

// style returns the white space that attribute lines of the file begin with,
// and how much more that of help texts is.
func (p *completer) style() (step, extra string) {
	step, extra = "\t", "  "
	tree := p.file.Tree
	n, found := 0, false
	for st := range tree.All() {
		if n++; n > maxStyle {
			break
		}
		if st.Kind == parser.Blank || st.Kind.IsEntry() || st.Len() == 0 || st.Index == p.st.Index {
			continue
		}
		begin := tree.LineStart(tree.Line(int(st.Token(0).Start)))
		line := tree.Slice(begin, min(begin+64, tree.Size()))
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if indent == "" {
			continue
		}
		if st.Kind == parser.HelpText {
			if rest, ok := strings.CutPrefix(indent, step); found && ok && rest != "" {
				return step, rest
			}
		} else if !found {
			step, found = indent, true
		}
	}
	return step, extra
}
