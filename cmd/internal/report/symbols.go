package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

// Conditions are written as in Kconfig files, "" for one that always holds.
type (
	jsonSymbol struct {
		Name        string           `json:"name"`
		Type        string           `json:"type"`
		Definitions []jsonDefinition `json:"definitions"`
		DependsOn   string           `json:"dependsOn"`
		Defaults    []jsonProperty   `json:"defaults"`
		Ranges      []jsonProperty   `json:"ranges"`
		Selects     []jsonTarget     `json:"selects"`
		Implies     []jsonTarget     `json:"implies"`
		SelectedBy  []jsonTarget     `json:"selectedBy"`
		ImpliedBy   []jsonTarget     `json:"impliedBy"`
		References  int              `json:"references"`
	}
	jsonDefinition struct {
		File      string `json:"file"`
		Line      int    `json:"line"`
		Prompt    string `json:"prompt"`
		DependsOn string `json:"dependsOn"`
	}
	jsonProperty struct {
		Value     string `json:"value"`
		Condition string `json:"condition"`
		File      string `json:"file"`
		Line      int    `json:"line"`
	}
	jsonTarget struct {
		Name      string `json:"name"`
		Condition string `json:"condition"`
		File      string `json:"file"`
		Line      int    `json:"line"`
	}
)

// WriteSymbolsJSON writes a JSON object for each symbol on a line of its own.
func WriteSymbolsJSON(w io.Writer, symbols iter.Seq[analysis.Symbol]) error {
	b := bufio.NewWriterSize(w, 64<<10)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	for s := range symbols {
		if err := e.Encode(symbolJSON(s)); err != nil {
			return err
		}
	}
	return b.Flush()
}

func symbolJSON(s analysis.Symbol) jsonSymbol {
	out := jsonSymbol{
		Name: s.Name, Type: s.Type, DependsOn: s.DependsOn.String(), References: s.ReferenceCount,
		Definitions: []jsonDefinition{}, Defaults: []jsonProperty{}, Ranges: []jsonProperty{},
		Selects: []jsonTarget{}, Implies: []jsonTarget{},
		SelectedBy: selectors(s.SelectedBy), ImpliedBy: selectors(s.ImpliedBy),
	}
	for _, d := range s.Definitions {
		if !d.InView {
			continue
		}
		out.Definitions = append(out.Definitions, jsonDefinition{d.File, d.Line, d.Prompt, d.DependsOn.String()})
		for _, p := range d.Defaults {
			out.Defaults = append(out.Defaults, jsonProperty{p.Value, p.Condition.String(), d.File, p.Line})
		}
		for _, p := range d.Ranges {
			out.Ranges = append(out.Ranges, jsonProperty{p.Value, p.Condition.String(), d.File, p.Line})
		}
		for _, p := range d.Selects {
			out.Selects = append(out.Selects, jsonTarget{p.Value, p.Condition.String(), d.File, p.Line})
		}
		for _, p := range d.Implies {
			out.Implies = append(out.Implies, jsonTarget{p.Value, p.Condition.String(), d.File, p.Line})
		}
	}
	return out
}

func selectors(from []analysis.Selector) []jsonTarget {
	targets := make([]jsonTarget, 0, len(from))
	for _, s := range from {
		targets = append(targets, jsonTarget{s.Name, s.Condition.String(), s.File, s.Line})
	}
	return targets
}

// WriteSymbolsText writes the symbols for people, each with the lines that it
// would have if it were defined in one place.
func WriteSymbolsText(w io.Writer, symbols iter.Seq[analysis.Symbol]) error {
	p := newPrinter(w)
	for s := range symbols {
		writeSymbol(p, s)
	}
	return p.flush()
}

func writeSymbol(p printer, s analysis.Symbol) {
	line := func(format string, args ...any) {
		p.printf("%s\n", terminal.Printable(fmt.Sprintf(format, args...)))
	}
	line("%s: %s", s.Name, s.Type)
	var defaults, ranges, selects, implies []analysis.SymbolProperty
	for _, d := range s.Definitions {
		if !d.InView {
			continue
		}
		prompt := ""
		if d.HasPrompt {
			prompt = " " + expr.Quote(d.Prompt)
		}
		line("    defined at %s:%d%s", d.File, d.Line, prompt)
		defaults, ranges = append(defaults, d.Defaults...), append(ranges, d.Ranges...)
		selects, implies = append(selects, d.Selects...), append(implies, d.Implies...)
	}
	if !s.DependsOn.IsZero() {
		line("    depends on %s", s.DependsOn)
	}
	properties := func(keyword string, list []analysis.SymbolProperty) {
		for _, property := range list {
			line("    %s %s%s", keyword, property.Value, suffix(property.Condition))
		}
	}
	properties("default", defaults)
	properties("range", ranges)
	properties("select", selects)
	properties("imply", implies)
	by := func(what string, list []analysis.Selector) {
		var names []string
		for _, from := range list {
			names = append(names, from.Name+suffix(from.Condition))
		}
		if len(names) > 0 {
			line("    %s by %s", what, strings.Join(names, ", "))
		}
	}
	by("selected", s.SelectedBy)
	by("implied", s.ImpliedBy)
	line("    referred to in %s", plural(s.ReferenceCount, "place"))
}

// suffix writes a condition the way it stands at the end of a line.
func suffix(condition expr.Expr) string {
	if condition.IsZero() {
		return ""
	}
	return " if " + condition.String()
}
