package analysis

import "github.com/kconfig-ls/kconfig-ls/parser"

// CompletionKind says what a completion stands for.
type CompletionKind uint8

// The kinds of completions.
const (
	CompletionKeyword  CompletionKind = iota + 1 // a keyword or an operator
	CompletionSnippet                            // a whole entry or block
	CompletionSymbol                             // a symbol
	CompletionConstant                           // y, m, n
	CompletionFile                               // a file in a source path
	CompletionFolder                             // a directory in a source path
	CompletionFunction                           // a macro function
	CompletionVariable                           // a macro or environment variable
)

// CompletionItem is one thing that could be written at a place.
type CompletionItem struct {
	// Label is what the list shows: the keyword, name or path element.
	Label string
	Kind  CompletionKind
	// Detail is short and stands beside the label: a symbol's type, a
	// function's signature.
	Detail string
	// Description is longer: a symbol's prompt.
	Description string
	// Mark is what a symbol is gated on, as in "Rust: off"; mostly it is "".
	// Unavailable tells that it cannot be on as things are.
	Mark        string
	Unavailable bool
	// InsertText takes the place of Replace. If Snippet is true it has tab
	// stops ($1, ${2:name}, $0) and escapes as editors' snippets have them.
	InsertText string
	Snippet    bool
	// Replace is what is replaced: the word around the offset, which may be
	// empty. It lies within one line.
	Replace Location
	// SortText orders the list. FilterText is what clients match typed text
	// with; it is "" where the label serves.
	SortText   string
	FilterText string
	// Data identifies what ResolveCompletion describes. It is the zero value if
	// there is nothing to describe.
	Data CompletionData
}

// CompletionData identifies a symbol, keyword or macro for ResolveCompletion.
type CompletionData struct {
	// Dir is the directory of the symbol's tree, as in Root.Dir; for a file
	// outside of any tree it is the file's path.
	Dir  string
	Kind CompletionKind
	Name string
}

// CompletionList is the completions at a place, best first.
type CompletionList struct {
	Items []CompletionItem
	// Incomplete says that there were more than the limit allows: what is typed
	// next may bring up others.
	Incomplete bool
}

// CompleteOptions say what a client can use.
type CompleteOptions struct {
	// Limit is the most items to return. 0 stands for 200.
	Limit int
	// Snippets says that InsertText may have tab stops.
	Snippets bool
}

// defaultLimit is how many items are returned if a client does not say.
const defaultLimit = 200

// Complete returns what could be written at an offset of a file. It is empty
// where text is free: in prompts, help texts and comments.
func Complete(s *Snapshot, path string, offset int, opts CompleteOptions) CompletionList {
	if c, ok := s.configScope(path); ok {
		return c.completeConfig(offset, opts)
	}
	if c, ok := s.codeScope(path); ok {
		return c.completeCode(offset, opts)
	}
	c, ok := s.scope(path)
	if !ok {
		return CompletionList{}
	}
	if opts.Limit <= 0 {
		opts.Limit = defaultLimit
	}
	p := completer{writing: c.writingAt(offset), opts: opts, marks: c.root.gateMarks(c.arch)}
	p.complete()
	return p.list
}

// completer collects the completions at one place.
type completer struct {
	writing
	opts  CompleteOptions
	list  CompletionList
	marks *gateMarks
}

// add appends an item, unless the list is full.
func (p *completer) add(item CompletionItem) {
	if len(p.list.Items) >= p.opts.Limit {
		p.list.Incomplete = true
		return
	}
	item.Replace = p.at(p.file, p.start, p.end)
	item.SortText = sortText(len(p.list.Items))
	p.list.Items = append(p.list.Items, item)
}

// sortText returns a text that sorts as the number does.
func sortText(n int) string {
	const digits = 6
	var b [digits]byte
	for i := digits - 1; i >= 0; i-- {
		b[i] = '0' + byte(n%10)
		n /= 10
	}
	return string(b[:])
}

// complete chooses what can stand at the place.
func (p *completer) complete() {
	switch p.kind {
	case writingKeyword:
		p.keywords()
	case writingMacro:
		p.macros()
	case writingPath:
		p.paths()
	case writingOperand:
		p.operands()
	}
}

// operands adds what a statement's operands can be, by its keyword.
func (p *completer) operands() {
	n := len(p.before)
	last := p.before[n-1]
	switch keyword := p.before[0]; p.st.Kind {
	case parser.Config, parser.Menuconfig:
		if n == 1 {
			p.newNames()
		}
	case parser.Configdefault, parser.Set:
		if n == 1 {
			p.symbols(wanted{})
		}
	case parser.Select, parser.Imply:
		if n == 1 {
			p.symbols(wanted{types: []parser.TokenKind{parser.KwBool, parser.KwTristate}, membersLast: true})
		} else {
			p.afterValue(last, n == 2)
		}
	case parser.DependsOn:
		if n == 1 {
			p.words(parser.KwOn)
		} else {
			p.expression(last, p.file.Tree.Dialect().Has(parser.ConditionalDepends))
		}
	case parser.VisibleIf:
		if n == 1 {
			p.words(parser.KwIf)
		} else {
			p.expression(last, false)
		}
	case parser.If:
		p.expression(last, false)
	case parser.Default, parser.TypedDefault:
		if n == 1 {
			p.defaults(keyword)
		} else {
			p.expression(last, true)
		}
	case parser.Range:
		if n <= 2 {
			p.symbols(wanted{types: []parser.TokenKind{parser.KwInt, parser.KwHex}})
		} else {
			p.afterValue(last, n == 3)
		}
	case parser.Type, parser.Prompt:
		if n > 1 {
			p.afterValue(last, n == 2)
		}
	}
}

// afterValue adds what follows a value that is no expression: the if, and then
// its condition.
func (p *completer) afterValue(last parser.TokenKind, first bool) {
	if p.suffix {
		p.expression(last, false)
	} else if first {
		p.words(parser.KwIf)
	}
}

// expression adds symbols where an operand must follow, else operators. With
// suffix an if can follow the expression.
func (p *completer) expression(last parser.TokenKind, suffix bool) {
	if !last.IsSymbol() && last != parser.CloseParen {
		p.symbols(wanted{constants: last.IsComparison()})
		return
	}
	p.words(parser.And, parser.Or)
	if suffix && !p.suffix {
		p.words(parser.KwIf)
	}
	if n := len(p.before); last != parser.CloseParen && (n < 2 || !p.before[n-2].IsComparison()) {
		p.words(parser.Equal, parser.Unequal, parser.Less, parser.LessEqual, parser.Greater, parser.GreaterEqual)
	}
}

// words adds keywords and operators as they are.
func (p *completer) words(kinds ...parser.TokenKind) {
	for _, kind := range kinds {
		text := wordOf(kind)
		if p.matches(text) {
			p.add(CompletionItem{
				Label: text, Kind: CompletionKeyword, InsertText: text,
				Data: CompletionData{Dir: p.dataDir(), Kind: CompletionKeyword, Name: text},
			})
		}
	}
}

// matches reports whether a word fits what is typed.
func (p *completer) matches(word string) bool { return matchOf(word, p.typed) != noMatch }

// dataDir identifies the tree for ResolveCompletion.
func (p *completer) dataDir() string {
	if p.root.Single {
		return p.root.Path(p.file)
	}
	return p.root.Dir
}

// ResolveCompletion describes a completion. It reports false if there is
// nothing to say about it, or no longer.
func ResolveCompletion(s *Snapshot, data CompletionData) (Documentation, bool) {
	d := &document{}
	ok := false
	switch data.Kind {
	case CompletionKeyword, CompletionSnippet:
		var k keywordText
		if k, ok = textNamed(data.Name); ok {
			k.document(d)
		}
	case CompletionSymbol, CompletionConstant, CompletionFunction, CompletionVariable:
		root := s.rootAt(data.Dir)
		if single := s.documents[data.Dir]; root == nil && single != nil {
			root = single.single
		}
		if root == nil {
			return Documentation{}, false
		}
		c := s.viewScope(root, "")
		if data.Kind == CompletionSymbol {
			ok = c.symbolDocument(d, data.Name)
		} else {
			ok = place{scope: c}.macro(d, data.Name, "")
		}
	}
	return d.documentation(), ok
}
