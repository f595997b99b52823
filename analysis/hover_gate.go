package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// How much of gates a hover shows.
const (
	maxShownTests      = 3
	maxShownSteps      = 6
	maxShownConditions = 16
	maxShownWhy        = 400 // bytes of a reason
)

// gateDocument says which gates a symbol stands and falls with, and what holds them
// back; of a gate, what it needs; and of what a gate needs, that it does. It says
// nothing before the values are computed.
func (c scope) gateDocument(d *document, name string) {
	if c.Snapshot != nil {
		c.gates(c.root, c.arch, func(v gateView) { v.symbolDocument(d, name) })
	}
}

func (v gateView) symbolDocument(d *document, name string) {
	a, ok := v.set.Model.Lookup(name)
	if !ok {
		return
	}
	for i, language := range v.set.Languages {
		if language == a {
			v.gateTable(d, i)
			return
		}
	}
	v.gatingDocument(d, a)
	v.conditionDocument(d, a)
}

// gatingDocument says what a symbol is gated on: what is not there first, and of the
// toolchain in full only that.
func (v gateView) gatingDocument(d *document, a expr.Atom) {
	all := v.of(a)
	slices.SortStableFunc(all, func(x, y Gating) int {
		if x.Tool != y.Tool {
			return compareBool(x.Tool, y.Tool)
		}
		return severity(y.State) - severity(x.State)
	})
	var there []phrase
	tests, holding := 0, 0
	for _, g := range all {
		if g.Tool && v.set.Tests[g.test].Named == a {
			continue // it is the test
		}
		if g.Tool && g.State == GateOpen {
			if holding++; holding <= maxShownTests {
				there = append(there, words(", "), inCode(g.Title))
			}
			continue
		}
		if g.Tool {
			if tests++; tests > maxShownTests {
				continue
			}
		}
		v.explain(&g)
		title := languageLine(g)
		if g.Tool {
			title = toolLine(g)
		}
		if g.Fix != "" {
			title = append(title, phrases(" "+g.Fix)...)
		}
		d.list(title, chainItems(g), maxShownSteps)
		if len(g.Chain) == 0 {
			d.paragraph(title...)
		}
	}
	if more := tests - maxShownTests; more > 0 {
		d.paragraph(words("And it needs " + plural(more, "more thing", "more things") + " of the toolchain."))
	}
	if holding > 0 {
		there[0] = words(" needs ")
		if more := holding - maxShownTests; more > 0 {
			there = append(there, words(" and "+plural(more, "more thing", "more things")))
		}
		d.paragraph(append(append([]phrase{strong("Toolchain:")}, there...), words(": yes."))...)
	}
}

// languageLine says through what a symbol needs a language, and whether that is on.
func languageLine(g Gating) []phrase {
	title := []phrase{strong(g.Title + ":"), words(" needs "), inCode(g.Gate)}
	if between := g.between(); len(between) > 0 {
		title = append(title, words(" through "))
		for i, name := range between {
			if i > 0 {
				title = append(title, words(", "))
			}
			title = append(title, inCode(name))
		}
	}
	switch {
	case g.State == GateOpen:
		return append(title, words(", which is on."))
	case g.Reason == "":
		return append(title, words("."))
	}
	return append(title, phrases("; "+shorten(g.Reason, maxShownWhy)+".")...)
}

// between returns the symbols between a symbol and its gate.
func (g Gating) between() []string {
	if len(g.Chain) < 2 || g.Tool {
		return nil
	}
	var names []string
	for _, s := range g.Chain[:len(g.Chain)-1] {
		names = append(names, s.Needs)
	}
	return names
}

// toolLine says what a symbol needs of the toolchain that is not there.
func toolLine(g Gating) []phrase {
	title := []phrase{strong("Toolchain:"), words(" needs "), inCode(g.Title)}
	verdict := ": no"
	if g.State == GateUnknown {
		verdict = ": not known"
	}
	if reason := strings.TrimPrefix(g.Reason, "not known, "); reason != "" {
		verdict += ", " + shorten(reason, maxShownWhy)
	}
	return append(title, phrases(verdict+".")...)
}

// chainItems returns the lines that lead to a gate.
func chainItems(g Gating) [][]phrase {
	var items [][]phrase
	for _, s := range g.Chain {
		item := []phrase{inCode(s.Symbol), words(": "), inCode(shorten(s.Text, maxReason))}
		if s.Place.File != "" {
			item = append(item, words(" at "), linkTo(s.Place))
		}
		items = append(items, item)
	}
	return items
}

// gateTable says of a gate what it needs, with what is there of it and what is not,
// and what needs it.
func (v gateView) gateTable(d *document, language int) {
	status := v.status(v.set.Languages[language])
	title := []phrase{strong(status.Title + ":"), words(" "), inCode(status.Symbol), words(map[string]string{
		"y": " is on.", "n": " is off.",
	}[status.Value])}
	if status.Value == "unknown" {
		title[3] = words(" is not known to be on or off.")
	}
	switch {
	case status.Hint != "":
		title = append(title, phrases(" "+status.Hint+".")...)
	case len(status.Conditions) > 0:
		title = append(title, words(" It needs:"))
	}
	if len(status.Conditions) == 0 {
		d.paragraph(title...)
	}
	d.list(title, conditionRows(status.Conditions), maxShownConditions)
	if status.Line != "" {
		d.code(status.Line)
	}
	gated := v.set.Gated(language)
	if len(gated) == 0 {
		return
	}
	var names []string
	for _, g := range gated {
		names = append(names, inQuotes(v.set.Model.Symbols[g.Symbol].Name))
	}
	needs := plural(len(gated), "symbol needs", "symbols need")
	d.paragraph(phrases(needs + " it: " + namesOf(names, ", ") + ".")...)
}

// conditionRows returns a row for each condition: yes, no or unknown first, and for
// what is not there the reason and what to do. Of what tools have to be like only
// that is shown, and what is not known for one reason is one row.
func conditionRows(conditions []GateCondition) [][]phrase {
	var rows [][]phrase
	for i := 0; i < len(conditions); i++ {
		c := conditions[i]
		if !c.Tool {
			if slices.ContainsFunc(toolConditions(conditions[i+1:]), func(c GateCondition) bool { return c.State != Yes }) {
				c.Reason, c.Fix = "", "" // those of the tools follow
			}
			rows = append(rows, conditionRow(c))
			continue
		}
		if c.State == Yes {
			continue
		}
		alike := i
		for alike+1 < len(conditions) && c.State == Unknown && conditions[alike+1].sameGap(c) {
			alike++
		}
		if alike > i {
			c.Text += ", and " + plural(alike-i, "thing", "things") + " more"
			i = alike
		}
		rows = append(rows, append([]phrase{words("↳ ")}, conditionRow(c)...))
	}
	return rows
}

// sameGap reports whether a condition about a tool is not known for the same reason
// as another one.
func (c GateCondition) sameGap(other GateCondition) bool {
	return c.Tool && c.State == Unknown && c.Reason == other.Reason && c.Fix == other.Fix && c.Advice == other.Advice
}

func conditionRow(c GateCondition) []phrase {
	row := []phrase{strong(c.State.String()), words(" "), inCode(c.Text)}
	if c.Tool {
		row = append([]phrase{strong(c.State.String()), words(" ")}, phrases(c.Text)...)
	}
	if c.Advice {
		row[0] = words("advice:")
	}
	if c.Place.File != "" {
		row = append(row, words(" at "), linkTo(c.Place))
	}
	if c.State == Yes || c.Reason == "" && c.Fix == "" {
		return row
	}
	if c.Reason != "" {
		row = append(row, phrases(": "+shorten(c.Reason, maxShownWhy))...)
	}
	if c.Fix != "" {
		row = append(row, phrases(". "+strings.TrimSuffix(c.Fix, "."))...)
	}
	return append(row, words("."))
}

// conditionDocument says of a symbol that gates need it, or need it off, and what
// tools have to be like for it.
func (v gateView) conditionDocument(d *document, a expr.Atom) {
	name := v.set.Model.Symbols[a].Name
	for i, language := range v.set.Languages {
		status := v.status(language)
		for k, c := range status.Conditions {
			if c.Tool || c.Text != name && c.Text != "!"+name {
				continue
			}
			needs := " needs it"
			if c.Text != name {
				needs = " needs it off"
			}
			title := []phrase{strong(status.Title + ":"), words(" "), inCode(status.Symbol), words(needs + ", which is so.")}
			rows := conditionRows(toolConditions(status.Conditions[k+1:]))
			if c.State != Yes {
				title[3] = words(needs + ": " + c.State.String())
				if c.Reason != "" && len(rows) == 0 {
					title = append(title, phrases(", "+shorten(c.Reason, maxShownWhy))...)
				}
				if title = append(title, words(".")); c.Fix != "" && len(rows) == 0 {
					title = append(title, phrases(" "+c.Fix)...)
				}
			}
			if n := len(v.set.Gated(i)); n > 0 {
				title = append(title, words(" "+plural(n, "symbol is", "symbols are")+" gated on "), inCode(status.Symbol), words("."))
			}
			if len(rows) == 0 {
				d.paragraph(title...)
			}
			d.list(title, rows, maxShownConditions)
			return
		}
	}
	v.requirementsDocument(d, a)
}

// toolConditions returns the conditions about tools that the list begins with.
func toolConditions(conditions []GateCondition) []GateCondition {
	for i, c := range conditions {
		if !c.Tool {
			return conditions[:i]
		}
	}
	return conditions
}

// requirementsDocument says what tools have to be like for a symbol that asks them.
func (v gateView) requirementsDocument(d *document, a expr.Atom) {
	var rows [][]phrase
	for _, r := range v.requirementsOf(a) {
		rows = append(rows, conditionRow(GateCondition{
			Text: r.Text, Place: v.requirementPlace(r), State: r.State, Reason: r.Reason, Fix: r.Fix, Tool: true, Advice: r.Advice,
		}))
	}
	d.list([]phrase{strong("Toolchain:"), words(" it asks whether")}, rows, maxShownConditions)
}
