package model

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Preprocessor carries out macro definitions and expands tokens, in the order
// in which a model is built.
type Preprocessor interface {
	// Assign carries out an assignment statement of a file.
	Assign(file *menu.File, st parser.Statement) macro.Result
	// ExpandToken expands a token as it is written, quotes included.
	ExpandToken(file *menu.File, st parser.Statement, token string) macro.Result
	// Variable returns an environment variable.
	Variable(name string) (string, bool)
}

// Build makes the model of a view. The preprocessor must be in the state in
// which reading begins.
func Build(s *menu.Sources, v *menu.View, d parser.Dialect, p Preprocessor, r Rules) *Model {
	b := newBuilder(entriesOf(s, v), d, p)
	b.rules = r
	b.ownSymbols()
	for visit := range v.Statements(s) {
		// Where a tree stops itself, most often for a tool that is not there,
		// the rest of it still says what it would be.
		if b.m.Err != nil && b.m.Err.Code != macro.CodeErrorIf {
			break
		}
		b.visit(visit)
	}
	if b.rules.NoMacros {
		b.expandTitle()
	}
	b.finalize()
	b.m.order = orderOf(b.m)
	return b.m
}

type builder struct {
	m            *Model
	preprocessor Preprocessor
	constants    map[string]expr.Atom
	choices      map[string]expr.Atom
	unanswered   map[string]expr.Atom
	answers      map[answered]expr.Atom
	blocks       map[*menu.Enclosure]NodeID
	defined      []expr.Atom // those with entries, in the order of reading
	// old is the rules of choices up to 6.11.
	old   bool
	rules Rules
	// asked are the commands that the operands of the line at hand ask.
	asked []string
	// properties and conditions are those of the entry at hand, in the order of
	// its lines.
	properties []Property
	conditions []Condition

	// What the model keeps of them is cut from these: an entry has few of each,
	// and there are many entries.
	propertyRoom  room[Property]
	conditionRoom room[Condition]
	nodeRoom      room[NodeID]
}

// ownSymbols makes the symbols that conf has without a line that says so.
func (b *builder) ownSymbols() {
	if b.rules.ModulesByName {
		b.m.Modules = b.symbol("MODULES")
	}
	if !b.rules.OwnSymbols {
		return
	}
	for _, name := range [...]string{"ARCH", "KERNELVERSION"} {
		a := b.symbol(name)
		s := &b.m.Symbols[a]
		s.Type, s.Defined, s.Unwritten = String, true, true
		if text, ok := b.preprocessor.Variable(name); ok {
			constant := b.constant(text)
			b.m.Symbols[a].Properties = []Property{{Kind: Env, Value: b.m.Pool.Leaf(constant), Low: constant, High: constant, Node: NoNode}}
		}
	}
}

// entriesOf returns about how many menu entries a view has.
func entriesOf(s *menu.Sources, v *menu.View) int {
	n := 0
	for id := range v.Files() {
		if f := s.File(id); f != nil {
			n += f.Tree.Len()
		}
	}
	return n / statementsPerEntry
}

// statementsPerEntry is how many statements there are for each entry of a real
// tree, blank lines and help texts included.
const statementsPerEntry = 6

// newBuilder returns a builder with room for about n entries.
func newBuilder(n int, d parser.Dialect, p Preprocessor) *builder {
	m := &Model{Dialect: d, Modules: NoAtom, Title: "Main menu", byName: make(map[string]expr.Atom, n)}
	m.Symbols = make([]Symbol, firstAtom, int(firstAtom)+n+n/4)
	for i, name := range [...]string{"n", "m", "y"} {
		m.Symbols[i] = Symbol{Name: name, Kind: Constant, Type: Tristate, Choice: NoNode}
	}
	m.Symbols[AtomTooDeep] = Symbol{
		Name: "(...)", Kind: Unanswered, Choice: NoNode,
		Causes: []macro.Cause{{Kind: macro.Command, Text: "an expression that is nested too deeply"}},
	}
	m.Symbols[AtomAbsent] = Symbol{Name: "", Kind: Constant, Choice: NoNode}
	m.Pool = expr.NewPool(AtomNo, AtomYes, AtomTooDeep, 2*n)
	m.Nodes = make([]Node, 1, 1+n+n/4)
	m.Nodes[0] = Node{
		Kind: parser.Mainmenu, Symbol: NoAtom, HasPrompt: true, Text: m.Title,
		Parent: NoNode, First: NoNode, Next: NoNode, Block: NoNode,
	}
	return &builder{
		m: m, preprocessor: p, constants: map[string]expr.Atom{}, choices: map[string]expr.Atom{},
		unanswered: map[string]expr.Atom{}, answers: map[answered]expr.Atom{},
		blocks: map[*menu.Enclosure]NodeID{}, old: d.Has(parser.OldChoices),
	}
}

// visit takes in a statement between entries, or an entry with its attributes.
func (b *builder) visit(v menu.Visit) {
	switch st := v.Head; st.Kind {
	case parser.Assignment:
		b.note(b.preprocessor.Assign(v.File, st))
	case parser.MacroCall:
		for i := range st.Len() {
			if st.Token(i).Kind == parser.MacroWord {
				b.note(b.preprocessor.ExpandToken(v.File, st, st.TokenText(i)))
			}
		}
	case parser.Mainmenu:
		if i, ok := st.PromptToken(); ok {
			title, _ := b.text(v.File, st, i)
			b.m.Title = b.trimPrompt(title)
			b.m.Nodes[0].Text = b.m.Title
			b.m.Nodes[0].File, b.m.Nodes[0].Statement = v.File, int32(st.Index)
		}
	case parser.Config, parser.Menuconfig:
		if i, ok := st.Operand(); ok {
			if name, known := b.text(v.File, st, i); known && name != "" {
				b.entry(v, b.symbol(name))
			}
		}
	case parser.Configdefault:
		if i, ok := st.Operand(); ok {
			if name, known := b.text(v.File, st, i); known && name != "" {
				b.moreDefaults(v, b.symbol(name))
			}
		}
	case parser.Choice:
		b.blocks[v.Inside] = b.entry(v, b.choice(v))
	case parser.Menu, parser.If:
		b.blocks[v.Inside] = b.entry(v, NoAtom)
	case parser.MenuComment:
		b.entry(v, NoAtom)
	}
}

// expandTitle puts the texts of symbols in the title, those that they have from
// the environment. As sym_expand_string_value in scripts/kconfig/symbol.c before
// Linux 4.18.
func (b *builder) expandTitle() {
	var title strings.Builder
	rest := b.m.Title
	for {
		before, behind, found := strings.Cut(rest, "$")
		title.WriteString(before)
		if !found {
			break
		}
		isNoName := func(c rune) bool {
			return c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
		}
		end := strings.IndexFunc(behind, isNoName)
		if end < 0 {
			end = len(behind)
		}
		if a, ok := b.m.Lookup(behind[:end]); ok {
			for _, p := range b.m.Symbols[a].Properties {
				if p.Kind == Env {
					title.WriteString(b.m.Symbols[p.Low].Name)
				}
			}
		}
		rest = behind[end:]
	}
	b.m.Title = title.String()
	b.m.Nodes[0].Text = b.m.Title
}

// note keeps what an expansion says besides its text.
func (b *builder) note(r macro.Result) {
	b.m.Messages = append(b.m.Messages, r.Messages...)
	if r.Err != nil && b.m.Err == nil {
		b.m.Err = r.Err
	}
}

// text returns what a token stands for, and whether that is known.
func (b *builder) text(f *menu.File, st parser.Statement, token int) (string, bool) {
	raw := st.TokenText(token)
	if b.rules.NoMacros || !strings.Contains(raw, "$") {
		return parser.Unquote(raw), true
	}
	r := b.preprocessor.ExpandToken(f, st, raw)
	b.note(r)
	text, known := r.Text()
	if !known {
		switch st.Kind {
		case parser.Type, parser.Prompt: // which nobody computes with
		default:
			if r.Err == nil {
				b.m.Gaps = append(b.m.Gaps, Gap{f, int32(st.Index), r.Causes})
			}
		}
		return r.Display(), false
	}
	return text, true
}

// symbol returns the symbol with a name.
func (b *builder) symbol(name string) expr.Atom {
	if a, ok := b.m.Lookup(name); ok {
		return a
	}
	a := b.newSymbol(Symbol{Name: name, Kind: Plain})
	b.m.byName[name] = a
	return a
}

// constant returns the constant with a text.
func (b *builder) constant(text string) expr.Atom {
	switch text {
	case "n":
		return AtomNo
	case "m":
		return AtomMod
	case "y":
		return AtomYes
	}
	a, ok := b.constants[text]
	if !ok {
		a = b.newSymbol(Symbol{Name: text, Kind: Constant})
		b.constants[text] = a
	}
	return a
}

func (b *builder) newSymbol(s Symbol) expr.Atom {
	s.Choice = NoNode
	b.m.Symbols = append(b.m.Symbols, s)
	return expr.Atom(len(b.m.Symbols) - 1)
}

// choice returns what stands for a choice: that of its name, if it has one that
// was used before. Names of choices are apart from those of symbols.
func (b *builder) choice(v menu.Visit) expr.Atom {
	i, ok := v.Head.Operand()
	if !ok {
		return b.newSymbol(Symbol{Kind: Choice})
	}
	name, known := b.text(v.File, v.Head, i)
	if !known || name == "" {
		return b.newSymbol(Symbol{Kind: Choice})
	}
	a, ok := b.choices[name]
	if !ok {
		a = b.newSymbol(Symbol{Name: name, Kind: Choice})
		b.choices[name] = a
	}
	return a
}

// leaf returns the atom that a token is.
func (b *builder) leaf(f *menu.File, st parser.Statement, token int) expr.Atom {
	t := st.Token(token)
	raw := st.TokenText(token)
	quoted := t.Kind == parser.String
	if b.rules.NoMacros || !strings.Contains(raw, "$") {
		if quoted {
			return b.constant(parser.Unquote(raw))
		}
		return b.symbol(raw)
	}
	r := b.preprocessor.ExpandToken(f, st, raw)
	b.note(r)
	b.asked = append(b.asked, r.Asked...)
	text, known := r.Text()
	switch {
	case !known:
		return b.unknown(raw, r)
	case quoted:
		a := b.constant(text)
		if a <= AtomYes {
			return b.answer(raw, a, r.Asked)
		}
		return a
	case text == "":
		return AtomAbsent
	}
	a := b.symbol(text)
	if a <= AtomYes {
		return b.answer(raw, a, r.Asked)
	}
	return a
}

// answer returns the atom for a macro reference that came to n, m or y. It is
// another one than that of the constant, so that the reference is not lost.
func (b *builder) answer(raw string, answer expr.Atom, asked []string) expr.Atom {
	key := answered{raw, answer}
	a, ok := b.answers[key]
	if !ok {
		a = b.newSymbol(Symbol{Name: raw, Kind: Answered, Type: Tristate, Answer: answer, Asked: asked})
		b.answers[key] = a
	}
	return a
}

// answered identifies a macro reference with what it came to: the same one may
// come to something else further on.
type answered struct {
	raw    string
	answer expr.Atom
}

// unknown returns the atom for a reference whose text is not known.
func (b *builder) unknown(raw string, r macro.Result) expr.Atom {
	key := raw + "\x00" + r.Display()
	a, ok := b.unanswered[key]
	if !ok {
		a = b.newSymbol(Symbol{Name: raw, Kind: Unanswered, Causes: r.Causes, Asked: r.Asked})
		b.unanswered[key] = a
	}
	return a
}

// entry adds a menu entry with its attributes.
func (b *builder) entry(v menu.Visit, symbol expr.Atom) NodeID {
	m := b.m
	id := NodeID(len(m.Nodes))
	m.Nodes = append(m.Nodes, Node{
		Kind: v.Head.Kind, Symbol: symbol, Parent: NoNode, First: NoNode, Next: NoNode,
		Block: b.blocks[v.Around], File: v.File, Statement: int32(v.Head.Index),
	})
	e := entryBuilder{builder: b, id: id, node: Node{Kind: v.Head.Kind, Symbol: symbol}, file: v.File}
	if symbol != NoAtom {
		s := &m.Symbols[symbol]
		if len(s.Nodes) == 0 {
			b.defined = append(b.defined, symbol)
		}
		s.Nodes = b.nodeRoom.append(s.Nodes, id)
		s.Defined = true
		if s.Kind == Choice && s.Type == UnknownType && !b.old {
			s.Type = Bool
		}
	}
	b.properties, b.conditions = b.properties[:0], b.conditions[:0]
	e.head(v.Head)
	for st := range v.Attributes() {
		b.asked = b.asked[:0]
		e.attribute(st)
		if len(b.asked) > 0 && symbol != NoAtom {
			asks := &m.Symbols[symbol].Asks
			*asks = append(*asks, Ask{id, int32(st.Index), slices.Clone(b.asked)})
		}
	}
	n := &m.Nodes[id]
	n.HasPrompt, n.Text, n.Visible, n.Own = e.node.HasPrompt, e.node.Text, e.node.Visible, e.node.Visible
	n.Dep, n.VisibleIf, n.Conditions = e.node.Dep, e.node.VisibleIf, b.conditionRoom.append(nil, b.conditions...)
	if symbol != NoAtom {
		s := &m.Symbols[symbol]
		s.Properties = b.propertyRoom.append(s.Properties, b.properties...)
	}
	b.joinChoice(id)
	return id
}

// moreDefaults adds the defaults of a configdefault entry, which are conditional
// on what is around it.
func (b *builder) moreDefaults(v menu.Visit, symbol expr.Atom) {
	before := len(b.m.Symbols[symbol].Nodes)
	wasDefined := b.m.Symbols[symbol].Defined
	id := b.entry(v, symbol)
	s := &b.m.Symbols[symbol]
	s.Nodes, s.Defined = s.Nodes[:before], wasDefined
	if !wasDefined && before == 0 {
		b.defined = b.defined[:len(b.defined)-1]
	}
	b.m.Nodes[id].Symbol = NoAtom
}

// joinChoice adds a symbol to the members of the choice that it stands in, with
// nothing but ifs between.
func (b *builder) joinChoice(id NodeID) {
	n := &b.m.Nodes[id]
	if b.old || n.Kind != parser.Config && n.Kind != parser.Menuconfig {
		return
	}
	for block := n.Block; block > 0; block = b.m.Nodes[block].Block {
		switch choice := &b.m.Nodes[block]; choice.Kind {
		case parser.If:
			continue
		case parser.Choice:
			if s := &b.m.Symbols[n.Symbol]; !s.ChoiceValue {
				s.ChoiceValue = true
				choice.Members = append(choice.Members, n.Symbol)
			}
		}
		return
	}
}
