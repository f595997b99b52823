package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Documentation is a text for people in two forms. Clients that show Markdown
// get the one, all others the other; neither is made from the other.
type Documentation struct {
	Markdown string
	Plain    string
}

// HoverInfo explains what stands at a place.
type HoverInfo struct {
	// Location is the token that is explained.
	Location
	Documentation
}

// Hover explains the token at an offset of a file. It reports false where
// there is nothing to say: in blanks, comments and help texts, and in files
// that the snapshot does not know.
func Hover(s *Snapshot, path string, offset int) (HoverInfo, bool) {
	if c, ok := s.configScope(path); ok {
		return c.hoverConfig(offset)
	}
	if c, ok := s.codeScope(path); ok {
		return c.hoverCode(offset)
	}
	c, ok := s.scope(path)
	if !ok {
		return HoverInfo{}, false
	}
	p, ok := c.placeAt(offset)
	if !ok {
		return HoverInfo{}, false
	}
	d := &document{}
	start, end, ok := p.explain(d)
	if !ok {
		return HoverInfo{}, false
	}
	return HoverInfo{c.at(c.file, start, end), d.documentation()}, true
}

// place is a token of a file, and an offset in or at the end of it.
type place struct {
	scope
	st     parser.Statement
	token  int
	offset uint32
}

// placeAt returns the token at an offset. An offset between two tokens that
// touch belongs to the second one, unless only the first one is a word.
func (c scope) placeAt(offset int) (place, bool) {
	if offset < 0 || offset > c.file.Tree.Size() {
		return place{}, false
	}
	// At the end of a line the statement before counts.
	for _, at := range []int{offset, offset - 1} {
		i := c.file.Tree.IndexAt(at)
		if at < 0 || i < 0 {
			continue
		}
		st := c.file.Tree.At(i)
		found := -1
		for k := range st.Len() {
			t := st.Token(k)
			if int(t.Start) > offset || int(t.End) < offset {
				continue
			}
			if found < 0 || !isWordy(st.Token(found).Kind) || int(t.End) > offset && isWordy(t.Kind) {
				found = k
			}
		}
		if found >= 0 {
			return place{c, st, found, uint32(offset)}, true
		}
	}
	return place{}, false
}

// isWordy reports whether a token is text rather than an operator.
func isWordy(kind parser.TokenKind) bool {
	return kind.IsKeyword() || kind.IsSymbol() || kind == parser.Path || kind == parser.Value
}

// explain writes what is known of the token, and returns the bytes that it is
// about.
func (p place) explain(d *document) (start, end uint32, ok bool) {
	t := p.st.Token(p.token)
	start, end = t.Start, t.End
	switch t.Kind {
	case parser.Comment, parser.BadCharacter, parser.HelpBody:
		return 0, 0, false
	case parser.MacroWord, parser.String, parser.Path, parser.Value:
		if ref, ok := p.explainMacro(d); ok {
			return ref.Start, ref.End, true
		}
	}
	switch {
	case t.Kind.IsKeyword():
		return start, end, p.explainKeyword(d, t.Kind)
	case p.st.Kind == parser.Source:
		return start, end, p.explainSource(d)
	case p.st.Kind == parser.Assignment:
		switch t.Kind {
		case parser.Word:
			return start, end, p.macro(d, p.st.TokenText(p.token), "")
		case parser.Equal:
			assignText().document(d)
			return start, end, true
		}
	}
	switch t.Kind {
	case parser.Word:
		return start, end, p.explainWord(d, p.st.TokenText(p.token))
	case parser.MacroWord:
		name, known := p.view.Variables().Expand(p.file, p.st, p.st.TokenText(p.token))
		return start, end, known && p.explainWord(d, name)
	case parser.String:
		return start, end, p.isTitle() && p.explainBlock(d)
	}
	k, ok := textOf(t.Kind)
	if ok {
		k.document(d)
	}
	return start, end, ok
}

// explainKeyword explains a keyword, and before that the block that it opens
// or closes.
func (p place) explainKeyword(d *document, kind parser.TokenKind) bool {
	k, ok := textOf(kind)
	if !ok {
		return false
	}
	if p.token == p.st.First(0) {
		switch {
		case p.st.Kind == parser.Menu || p.st.Kind == parser.Choice || p.st.Kind == parser.MenuComment || p.st.Kind == parser.If:
			if p.explainBlock(d) {
				d.rule()
			}
		case p.st.Kind.ClosesBlock():
			if p.explainEnd(d) {
				return true
			}
		}
	}
	k.document(d)
	return true
}

// explainWord explains a symbol or a constant.
func (p place) explainWord(d *document, word string) bool {
	if !p.isSymbolPlace() {
		return false
	}
	if p.explainConstant(d, word) {
		return true
	}
	return p.symbolDocument(d, word)
}

// isSymbolPlace reports whether a word at this place names a symbol or is a
// constant, and not a piece of free text.
func (p place) isSymbolPlace() bool {
	switch p.st.Kind {
	case parser.Config, parser.Menuconfig, parser.Configdefault, parser.If, parser.DependsOn, parser.VisibleIf,
		parser.Select, parser.Imply, parser.Default, parser.TypedDefault, parser.Range, parser.Set:
		return true
	case parser.Choice:
		return false // the name of a choice is no symbol
	}
	from, _, ok := p.st.Condition()
	return ok && p.token >= from
}

// explainConstant explains y, m, n and numbers that are no symbols.
func (p place) explainConstant(d *document, word string) bool {
	switch word {
	case "y":
		d.paragraph(inCode("y"), words(": yes, built in. The greatest of the three values n, m and y."))
	case "m":
		d.paragraph(inCode("m"), words(": as a module. Of the three values it lies between n and y; where modules are off it counts as n in conditions."))
	case "n":
		d.paragraph(inCode("n"), words(": no, off. The least of the three values n, m and y."))
	default:
		if !menu.IsConstant(word) {
			return false
		}
		if id, ok := p.root.Sources.Lookup(word); ok && len(p.root.Sources.DefinedIn(id)) > 0 {
			return false
		}
		d.paragraph(words("The number "), inCode(word), words(otherBase(word)))
	}
	return true
}

// isTitle reports whether the token is the title of a menu, choice or comment.
func (p place) isTitle() bool {
	i, ok := p.st.PromptToken()
	return ok && i == p.token && p.st.Kind != parser.Type && p.st.Kind != parser.Mainmenu
}

// explainMacro explains the macro reference around the offset.
func (p place) explainMacro(d *document) (parser.Token, bool) {
	t := p.st.Token(p.token)
	text := p.st.TokenText(p.token)
	refs := macro.References(text)
	i, _ := macro.Innermost(refs, p.offset-t.Start)
	if i < 0 {
		return parser.Token{}, false
	}
	ref := refs[i]
	name := text[ref.Name.Start:ref.Name.End]
	ok := p.macro(d, name, text[ref.Start:ref.End])
	return parser.Token{Start: t.Start + ref.Start, End: t.Start + ref.End}, ok
}
