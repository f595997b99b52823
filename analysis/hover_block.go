package analysis

import (
	"strconv"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// explainBlock explains the menu, choice, comment or if that the statement
// opens.
func (p place) explainBlock(d *document) bool {
	head := p.st
	if !head.Kind.OpensBlock() && head.Kind != parser.MenuComment {
		e, ok := p.file.EntryAt(head.Index)
		if !ok || e.Head.Kind != parser.Choice {
			return false // a prompt line of a symbol
		}
		head = e.Head
	}
	e := menu.Entry{File: p.file, Head: head}
	name := keywordOf(head)
	if title := p.promptOf(e); title != "" {
		d.paragraph(inCode(name), words(" "), strong(title))
	} else if head.Kind != parser.If {
		d.paragraph(inCode(name), words(" without a title"))
	}
	around := p.contextOf(e)
	var inside surroundings
	if head.Kind == parser.If {
		from, to := head.Expression()
		inside = around.with(p.scope, []menu.Condition{{Kind: parser.If, File: p.file, Statement: head, From: from, To: to, Block: head}})
	} else {
		inside = around.with(p.scope, e.Own())
	}
	s := SymbolDefinition{Conditions: inside.conditions}
	title := "Depends on:"
	if head.Kind == parser.If {
		title = "Everything inside depends on:"
	}
	d.list([]phrase{words(title)}, conditionItems(s, false), maxShownCondition)
	var hiding [][]phrase
	for st := range e.Attributes() {
		if st.Kind == parser.VisibleIf {
			from, to := st.Expression()
			text := p.file.Tree.Slice(tokenRange(st, from, to))
			hiding = append(hiding, []phrase{inCode(text)})
		}
	}
	d.list([]phrase{words("Prompts inside are visible if:")}, hiding, maxShownCondition)
	if block, ok := p.blockAt(head.Index); ok {
		d.paragraph(words(p.contents(block)))
	}
	return true
}

// keywordOf returns the keyword of an entry as it is written.
func keywordOf(st parser.Statement) string { return st.TokenText(st.First(0)) }

// tokenRange returns the bytes of the tokens [from, to) of a statement.
func tokenRange(st parser.Statement, from, to int) (start, end int) {
	if from >= to {
		return 0, 0
	}
	return int(st.Token(from).Start), int(st.Token(to - 1).End)
}

// blockAt returns the block that a statement opens.
func (p place) blockAt(opener int) (parser.Block, bool) {
	for _, b := range p.file.Tree.Blocks() {
		if b.Open == opener {
			return b, true
		}
	}
	return parser.Block{}, false
}

// contents says how much is in a block, files that it includes left out.
func (p place) contents(b parser.Block) string {
	symbols, sources := 0, 0
	for st := range p.file.Tree.From(b.Open + 1) {
		if st.Index >= b.Close {
			break
		}
		switch st.Kind {
		case parser.Config, parser.Menuconfig:
			symbols++
		case parser.Source:
			sources++
		}
	}
	text := "Contains " + plural(symbols, "symbol", "symbols")
	if sources > 0 {
		text += " and includes " + plural(sources, "file", "files")
	}
	return text + "."
}

// explainEnd says what an end statement closes.
func (p place) explainEnd(d *document) bool {
	for _, b := range p.file.Tree.Blocks() {
		if b.Close != p.st.Index || !b.Closed {
			continue
		}
		opener := p.file.Tree.At(b.Open)
		line := p.file.Tree.Line(int(opener.Start)) + 1
		phrases := []phrase{words("Closes "), inCode(keywordOf(opener))}
		if b.Kind == parser.If {
			from, to := opener.Expression()
			phrases[1] = inCode("if " + p.file.Tree.Slice(tokenRange(opener, from, to)))
		} else if title := p.promptOf(menu.Entry{File: p.file, Head: opener}); title != "" {
			phrases = append(phrases, words(" "), strong(title))
		}
		d.paragraph(append(phrases, words(" on line "+strconv.Itoa(line)+"."))...)
		p.st, p.token = opener, opener.First(0)
		s := SymbolDefinition{}
		if b.Kind != parser.If {
			s.Conditions = surroundings{}.with(p.scope, menu.Entry{File: p.file, Head: opener}.Own()).conditions
		}
		d.list([]phrase{words("It depends on:")}, conditionItems(s, false), maxShownCondition)
		d.paragraph(words(p.contents(b)))
		return true
	}
	return false
}

// maxShownFiles is how many files of a source statement are listed.
const maxShownFiles = 10

// explainSource says which files a source statement includes.
func (p place) explainSource(d *document) bool {
	if i, ok := p.st.Operand(); !ok || i != p.token {
		return false
	}
	targets, pattern, known := menu.Targets(p.file, p.st, p.view.Variables(), p.root.viewLoader())
	if !known {
		if pattern == "" {
			pattern = parser.Unquote(p.st.TokenText(p.token))
		}
		d.paragraph(words("It is not known which files "), inCode(pattern), words(" stands for."))
		p.causes(d, p.st.TokenText(p.token))
		return true
	}
	if len(targets) == 0 {
		d.paragraph(words("No file matches "), inCode(pattern))
		return true
	}
	var items [][]phrase
	for i, target := range targets {
		item := []phrase{inCode(target)}
		if i < maxShownFiles+1 {
			item = append(item, words(p.included(target)))
		}
		items = append(items, item)
	}
	d.list([]phrase{words("Includes:")}, items, maxShownFiles)
	return true
}

// included says what is known of an included file.
func (p place) included(target string) string {
	if p.root.Single {
		return ""
	}
	f, err := p.root.viewLoader().Load(target)
	if err != nil {
		return ": " + reasonOf(err)
	}
	text := ": " + plural(len(f.Definitions()), "symbol", "symbols")
	if !p.view.Reaches(f.ID) {
		text += ", not part of this view"
	}
	return text
}
