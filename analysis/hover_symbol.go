package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// How much of a symbol a hover shows.
const (
	maxHelpLines      = 40
	maxHelpColumns    = 200
	maxShownUses      = 10
	maxShownLines     = 12
	maxShownDetailed  = 4 // definitions that are shown in full
	maxShownPlaces    = 8 // further definitions
	maxShownCondition = 20
)

// plural returns a number with the word for one or for many things.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// otherBase returns a number in the other base, as " (0x10)" or " (16)".
func otherBase(word string) string {
	n, err := strconv.ParseInt(word, 0, 64)
	switch {
	case err != nil || n >= 0 && n < 10:
		return ""
	case strings.HasPrefix(strings.ToLower(word), "0x"):
		return fmt.Sprintf(" (%d)", n)
	}
	return fmt.Sprintf(" (%#x)", n)
}

// symbolDocument writes everything that is known of a symbol.
func (c scope) symbolDocument(d *document, name string) bool {
	return c.symbolFacts(d, name, func() {
		c.gateDocument(d, name)
		c.valueDocument(d, name)
	})
}

// symbolFacts is symbolDocument with what says on what the symbol is gated, and which
// value it has.
func (c scope) symbolFacts(d *document, name string, state func()) bool {
	sym, ok := c.symbol(name, maxShownDetailed)
	if !ok || len(sym.Definitions) == 0 {
		return c.undefinedDocument(d, name)
	}
	head := "config " + name
	if first := sym.Definitions[0]; first.Kind == parser.Menuconfig {
		head = "menuconfig " + name
	}
	if sym.Type != "unknown" {
		head += "\n\t" + sym.Type
		if first := sym.Definitions[0]; first.HasPrompt {
			head += " " + expr.Quote(shorten(strings.Join(strings.Fields(first.Prompt), " "), maxHelpColumns))
		}
	}
	d.code(head)
	if !sym.InView {
		d.paragraph(words(notInView(sym, c.arch)))
	}
	state()
	shown := 0
	for _, definition := range sym.Definitions {
		if definition.InView == sym.InView && shown < maxShownDetailed {
			c.definitionDocument(d, sym, definition)
			shown++
		}
	}
	c.otherDefinitions(d, sym, shown)
	d.list([]phrase{words("Selected by " + plural(len(sym.SelectedBy), "symbol:", "symbols:"))}, selectorItems(sym.SelectedBy), maxShownUses)
	d.list([]phrase{words("Implied by " + plural(len(sym.ImpliedBy), "symbol:", "symbols:"))}, selectorItems(sym.ImpliedBy), maxShownUses)
	facts := plural(sym.ReferenceCount, "reference", "references")
	if c.arch != "" {
		facts += ", view of " + c.arch
	}
	d.paragraph(words(facts))
	return true
}

// notInView says where a symbol is defined that the view does not define.
func notInView(sym Symbol, arch string) string {
	onlyArchs := !slices.Contains(sym.Archs, arch) // x86 has files that only um includes
	for _, definition := range sym.Definitions {
		onlyArchs = onlyArchs && definition.Arch != ""
	}
	if onlyArchs {
		return "Defined only for " + strings.Join(sym.Archs, ", ") + "."
	}
	if arch == "" {
		return "Defined in no file that the tree includes."
	}
	return "Defined in no file that the view of " + arch + " includes."
}

// undefinedDocument says that a symbol has no definition.
func (c scope) undefinedDocument(d *document, name string) bool {
	if _, mentioned := c.root.Sources.Lookup(name); !mentioned {
		return false
	}
	switch {
	case c.root.Single:
		d.paragraph(inCode(name), words(" is not defined in this file, which belongs to no tree."))
	case !c.root.Complete:
		d.paragraph(inCode(name), words(" is not defined in the files that were read so far."))
	default:
		d.paragraph(inCode(name), words(" is defined nowhere in the tree. In conditions it counts as n."))
		if near, ok := c.root.Sources.Nearest(name); ok {
			d.paragraph(words("Is "), inCode(near), words(" meant?"))
		}
	}
	return true
}

// definitionDocument writes one definition. Of several ones each begins with
// its place.
func (c scope) definitionDocument(d *document, sym Symbol, s SymbolDefinition) {
	d.paragraph(words("Defined at "), inCode(s.File+":"+strconv.Itoa(s.Line)))
	if s.HasPrompt && s.Prompt != sym.Definitions[0].Prompt {
		d.paragraph(words("Prompt: "), strong(s.Prompt))
	}
	if s.InChoice {
		d.paragraph(words("Member of the choice "), strong(s.Choice))
	}
	if help := helpText(s.Help); help != "" {
		d.text(help)
	}
	d.list([]phrase{words("Depends on:")}, conditionItems(s, false), maxShownCondition)
	d.list([]phrase{words("Prompt visible if:")}, visibilityItems(s), maxShownCondition)
	if !s.HasPrompt {
		d.paragraph(words("It has no prompt here: users cannot set it."))
	}
	d.list([]phrase{words("Defaults:")}, propertyItems(s.Defaults), maxShownLines)
	d.list([]phrase{words("Ranges:")}, propertyItems(s.Ranges), maxShownLines)
	d.list([]phrase{words("Selects:")}, propertyItems(s.Selects), maxShownLines)
	d.list([]phrase{words("Implies:")}, propertyItems(s.Implies), maxShownLines)
}

// otherDefinitions lists the places of the definitions that were not shown.
func (c scope) otherDefinitions(d *document, sym Symbol, shown int) {
	var same, other [][]phrase
	for _, s := range sym.Definitions {
		item := []phrase{inCode(s.File + ":" + strconv.Itoa(s.Line))}
		if s.InView != sym.InView {
			other = append(other, item)
		} else if shown > 0 {
			shown--
		} else {
			same = append(same, item)
		}
	}
	d.list([]phrase{words("Also defined at:")}, same, maxShownPlaces)
	d.list([]phrase{words("Outside of this view also defined at:")}, other, maxShownPlaces)
}

// helpText returns as much of a help text as is shown.
func helpText(help string) string {
	lines := strings.Split(strings.Trim(help, "\n"), "\n")
	cut := len(lines) > maxHelpLines
	if cut {
		lines = lines[:maxHelpLines]
	}
	for i := range lines {
		lines[i] = shorten(lines[i], maxHelpColumns)
	}
	text := strings.Join(lines, "\n")
	if cut {
		text += "\n…"
	}
	return text
}

// conditionItems returns the parts of a dependency, or of what hides a prompt,
// with where each comes from.
func conditionItems(s SymbolDefinition, visible bool) [][]phrase {
	var items [][]phrase
	for _, part := range s.Conditions {
		if (part.From == parser.VisibleIf) != visible {
			continue
		}
		item := []phrase{inCode(part.Expr.String())}
		place := part.File + ":" + strconv.Itoa(part.Line)
		switch part.From {
		case parser.DependsOn:
		case parser.If:
			item = append(item, words(", from "), inCode("if"), words(" at "), inCode(place))
		case parser.Choice:
			item = append(item, words(", from the choice "), strong(part.Title), words(" at "), inCode(place))
		default:
			item = append(item, words(", from the menu "), strong(part.Title), words(" at "), inCode(place))
		}
		items = append(items, item)
	}
	return items
}

// visibilityItems returns what a prompt is shown on besides the dependency.
func visibilityItems(s SymbolDefinition) [][]phrase {
	if !s.HasPrompt {
		return nil
	}
	items := conditionItems(s, true)
	for part := range s.PromptCondition.Conjuncts() {
		items = append(items, []phrase{inCode(part.String())})
	}
	return items
}

// propertyItems returns lines of an entry, each with its condition.
func propertyItems(properties []SymbolProperty) [][]phrase {
	var items [][]phrase
	for _, p := range properties {
		item := []phrase{inCode(p.Value)}
		if !p.Condition.IsZero() {
			item = append(item, words(" if "), inCode(p.Condition.String()))
		}
		items = append(items, item)
	}
	return items
}

func selectorItems(selectors []Selector) [][]phrase {
	var items [][]phrase
	for _, s := range selectors {
		item := []phrase{inCode(s.Name)}
		if !s.Condition.IsZero() {
			item = append(item, words(" if "), inCode(s.Condition.String()))
		}
		item = append(item, words(" at "), inCode(s.File+":"+strconv.Itoa(s.Line)))
		items = append(items, item)
	}
	return items
}
