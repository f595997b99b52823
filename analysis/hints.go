package analysis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Annotations are what can be shown between the lines of a file. The user
// chooses some of them.
type Annotations uint8

// The annotations.
const (
	// HintValues are the values of symbols behind their names.
	HintValues Annotations = 1 << iota
	// HintBlockEnds are what the blocks are that end somewhere.
	HintBlockEnds
	// HintMacros are what macro references come to.
	HintMacros
	// LensReferences, LensSelectedBy and LensValue are what is told above the
	// entry of a symbol: see [Lenses].
	LensReferences
	LensSelectedBy
	LensValue
	// HintGates are the languages that symbols are gated on, and what they need of
	// the toolchain that is not there.
	HintGates
	// LensGates are what is told above gates, and above blocks of symbols that are
	// gated on a language.
	LensGates
)

// Hint is a text that is shown behind a place without being in the file.
type Hint struct {
	// Offset is the byte before which it is shown.
	Offset int
	Kind   Annotations
	Label  string
	// Tooltip explains it.
	Tooltip Documentation
}

// maxHint is how long the label of a hint gets before it is cut.
const maxHint = 48

// Hints returns what is shown between the bytes [start, end) of a file and does
// not stand there, sorted by place: the values of symbols under the tree's
// .config, what they are gated on, what blocks are where they end, and what macro
// references come to. Only what the user wants is there.
func Hints(s *Snapshot, path string, start, end int) []Hint {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	h := hinter{scope: c, start: start, end: end}
	if c.wants(HintGates) && c.view.Reaches(c.file.ID) {
		h.marks = c.root.gateMarks(c.arch)
	}
	first := max(c.file.Tree.IndexAt(max(start, 0)), 0)
	for st := range c.file.Tree.From(first) {
		if int(st.Start) >= end {
			break
		}
		h.statement(st)
	}
	slices.SortStableFunc(h.hints, func(a, b Hint) int { return a.Offset - b.Offset })
	return h.hints
}

// hinter collects hints.
type hinter struct {
	scope
	start, end int
	hints      []Hint
	values     *configured // of the tree's .config; nil without a model when asked
	asked      bool
	marks      *gateMarks
	closed     map[int]parser.Block // by closing statement, once somebody asks
	// assigned are the assignments of the view to each macro, once somebody asks.
	assigned map[string]assigned
	order    *menu.Order
}

// assigned is how often a macro is assigned to, and where last.
type assigned struct {
	count     int
	file      *menu.File
	statement int
}

// wants reports whether the user wants annotations of a kind.
func (c scope) wants(kind Annotations) bool { return c.settings.Hidden&kind == 0 }

func (h *hinter) add(offset uint32, kind Annotations, label string, d *document) {
	if int(offset) >= h.start && int(offset) <= h.end {
		h.hints = append(h.hints, Hint{int(offset), kind, label, d.documentation()})
	}
}

func (h *hinter) statement(st parser.Statement) {
	switch {
	case st.Kind == parser.Config || st.Kind == parser.Menuconfig:
		h.symbol(st)
	case st.Kind.ClosesBlock():
		if h.wants(HintBlockEnds) {
			h.blockEnd(st)
		}
	}
	if h.wants(HintMacros) && st.Kind != parser.HelpText {
		h.macros(st)
	}
}

// currentValues returns the values under the tree's .config, nil if there are
// none: of a file outside of any tree nothing is known.
func (c scope) currentValues() *configured {
	if c.root.Single || !c.view.Reaches(c.file.ID) {
		return nil
	}
	v, err := c.settledValues(Configuration{Root: c.root, Arch: c.arch})
	if err != nil {
		return nil
	}
	return &v
}

// definedName returns the name of the symbol that an entry's first line
// defines, macros expanded, and its token.
func (c scope) definedName(st parser.Statement) (name string, token int, ok bool) {
	i, ok := st.Operand()
	if !ok {
		return "", 0, false
	}
	if st.Token(i).Kind != parser.MacroWord {
		return st.TokenText(i), i, true
	}
	names := c.view.ExpandedNames(c.file, st)
	if len(names) != 1 {
		return "", 0, false
	}
	return names[0], i, true
}

// symbol adds what is to be said of a symbol behind its name.
func (h *hinter) symbol(st parser.Statement) {
	name, token, ok := h.definedName(st)
	if !ok {
		return
	}
	if h.wants(HintValues) {
		h.value(name, st.Token(token).End)
	}
	if mark := h.marks.of(name); mark.stands() {
		d := &document{}
		mark.document(d, name)
		h.add(st.Token(token).End, HintGates, shorten(mark.label(), maxHint), d)
	}
}

// value adds the value of a symbol.
func (h *hinter) value(name string, offset uint32) {
	if !h.asked {
		h.asked, h.values = true, h.currentValues()
	}
	if h.values == nil {
		return
	}
	label, d, ok := h.values.describe(name)
	if ok {
		h.add(offset, HintValues, "= "+label, d)
	}
}

// describe returns the value of a symbol, short and in full. It reports false
// for what is no symbol with a type.
func (v *configured) describe(name string) (label string, d *document, ok bool) {
	a, ok := v.model.Lookup(name)
	if !ok || !v.model.Symbols[a].Defined || v.model.Symbols[a].Type == 0 {
		return "", nil, false
	}
	v.mu.Lock()
	value := valueOf(v.evaluation, a)
	v.mu.Unlock()
	s := &v.model.Symbols[a]
	full := value.shown(s.Type)
	d = &document{}
	under := "by default: there is no .config"
	if v.exists {
		under = "under " + relativeTo(v.root.Dir, v.path)
	}
	if v.arch != "" {
		under += ", in the view of " + v.arch
	}
	if value.Known {
		d.paragraph(inCode(name+" = "+shorten(full, maxShownValue)), words(" "+under))
	} else {
		d.paragraph(words("The value of "), inCode(name), words(" is not known "+under))
		d.list([]phrase{words("Because:")}, causeItems(value.Causes), maxShownCauses)
	}
	return shorten(full, maxHint), d, true
}

func causeItems(causes []string) [][]phrase {
	var items [][]phrase
	for _, cause := range causes {
		items = append(items, []phrase{inCode(cause)})
	}
	return items
}

// blockEnd adds what the block is that a statement ends, unless a comment says
// it.
func (h *hinter) blockEnd(st parser.Statement) {
	if st.Token(st.Len()-1).Kind == parser.Comment {
		return
	}
	if h.closed == nil {
		h.closed = map[int]parser.Block{}
		for _, block := range h.file.Tree.Blocks() {
			if block.Closed {
				h.closed[block.Close] = block
			}
		}
	}
	block, ok := h.closed[st.Index]
	if !ok {
		return
	}
	opener := h.file.Tree.At(block.Open)
	label, d := "", &document{}
	line := words(" on line " + strconv.Itoa(h.file.Tree.Line(int(opener.Start))+1))
	if block.Kind == parser.If {
		label = "if " + written(opener)
		d.paragraph(words("Closes "), inCode(label), line)
	} else {
		label = keywordOf(opener)
		e := menu.Entry{File: h.file, Head: opener}
		closes := []phrase{words("Closes "), inCode(label)}
		if title := h.promptOf(e); title != "" {
			label += ` "` + title + `"`
			closes = append(closes, words(" "), strong(title))
		}
		d.paragraph(append(closes, line)...)
		for attribute := range e.Attributes() {
			if attribute.Kind == parser.DependsOn || attribute.Kind == parser.VisibleIf {
				word := "depends on "
				if attribute.Kind == parser.VisibleIf {
					word = "visible if "
				}
				condition := written(attribute)
				label += " " + word + condition
				d.paragraph(words(word), inCode(condition))
			}
		}
	}
	_, end := wordRange(st)
	h.add(end, HintBlockEnds, shorten(label, maxHint), d)
}

// written returns the expression of a statement on one line.
func written(st parser.Statement) string {
	from, to := st.Expression()
	e, _ := expr.Parse(st, from, to, 0)
	return e.String()
}

// macros adds what the macro references of a statement come to, where that does
// not change in the course of reading.
func (h *hinter) macros(st parser.Statement) {
	for i := range st.Len() {
		t := st.Token(i)
		switch t.Kind {
		case parser.MacroWord, parser.String, parser.Path, parser.Value:
		default:
			continue
		}
		text := st.TokenText(i)
		if !strings.Contains(text, "$(") {
			continue
		}
		for _, r := range macro.References(text) {
			if r.Parent < 0 && !r.Open {
				h.reference(st, t.Start+r.End, text[r.Start:r.End])
			}
		}
	}
}

// reference adds what one macro reference comes to.
func (h *hinter) reference(st parser.Statement, end uint32, reference string) {
	v, ok := h.preprocessor()
	if !ok || !h.view.Reaches(h.file.ID) || macro.Parameters(reference) > 0 || !h.settled(v, st, reference) {
		return
	}
	result := v.ExpandText(reference, position(h.file, st))
	text, known := result.Text()
	if known && text == "" && st.Kind == parser.MacroCall {
		return // it was to say something, and is not there
	}
	d := &document{}
	place{scope: h.scope, st: st}.expansion(d, v, reference)
	label := "?"
	switch {
	case known && text == "":
		label = `""`
	case known:
		label = strings.Join(strings.Fields(text), " ")
	}
	h.add(end, HintMacros, "= "+shorten(label, maxHint), d)
}

// maxMacroSteps bounds how many definitions are looked at for one reference.
const maxMacroSteps = 64

// settled reports whether a reference comes to what it comes to at the end of
// the view: all that it hangs on is assigned no more than once, and before it.
func (h *hinter) settled(v variables, st parser.Statement, reference string) bool {
	if h.assigned == nil {
		h.findAssignments()
	}
	if h.assigned["$("].count > 0 {
		return false // one whose name is made by a macro
	}
	seen := map[string]bool{}
	todo := []string{reference}
	for len(todo) > 0 {
		text := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, r := range macro.References(text) {
			name := strings.TrimSpace(text[r.Name.Start:r.Name.End])
			if seen[name] {
				continue
			}
			seen[name] = true
			at := h.assigned[name]
			if at.count > 1 || len(seen) > maxMacroSteps || at.count == 1 && h.order.Compare(at.file, at.statement, h.file, st.Index) >= 0 {
				return false
			}
			if definition, ok := v.Lookup(name); ok && definition.Flavor == macro.Recursive {
				todo = append(todo, definition.Value)
			}
		}
	}
	return true
}

func (h *hinter) findAssignments() {
	h.assigned, h.order = map[string]assigned{}, h.view.Order(h.root.Sources)
	for id := range h.view.Files() {
		f := h.root.Sources.File(id)
		if f == nil {
			continue
		}
		for st := range f.Assignments() {
			name := st.TokenText(st.First(0))
			if strings.Contains(name, "$(") {
				name = "$("
			}
			h.assigned[name] = assigned{h.assigned[name].count + 1, f, st.Index}
		}
	}
}
