// Package gatejson is the report on gates in JSON, as "kconfig-ls rust" writes it
// and kconfig/rust answers with it. docs/protocol.md describes its members; they
// stay as they are while Version is 1.
package gatejson

import "github.com/kconfig-ls/kconfig-ls/analysis"

// version is the version of the format. It changes when a reader of the old one
// would go wrong.
const version = 1

// Report says what holds back the languages of a view, and what they hold back.
type Report struct {
	Version int  `json:"version"`
	View    View `json:"view"`
	// Complete is false if something was left out for want of time.
	Complete bool       `json:"complete"`
	Gates    []Gate     `json:"gates"`
	Gated    []Gated    `json:"gated"`
	Excluded []Excluded `json:"excluded"`
	// Tools is there only if it was asked for.
	Tools []ToolGated `json:"tools,omitempty"`
}

// View is what a report is about.
type View struct {
	// Root is the absolute path of the tree's directory, Arch the architecture, ""
	// if it has none.
	Root string `json:"root"`
	Arch string `json:"arch"`
	// Config is the absolute path of the configuration that the values come from;
	// it is absent if there is no such file.
	Config string `json:"config,omitempty"`
}

// Gate is a symbol that stands for a language. Files are relative to the root, with
// slashes; lines count from 1. Both are absent where no line says so, but for
// conditions and links.
type Gate struct {
	Symbol string `json:"symbol"`
	// Title is what the gate stands for: Rust.
	Title string `json:"title"`
	// Value is y, n or unknown.
	Value string `json:"value"`
	// Dropped tells that the configuration says y and that this does not count.
	Dropped    bool        `json:"dropped,omitempty"`
	File       string      `json:"file,omitempty"`
	Line       int         `json:"line,omitempty"`
	Conditions []Condition `json:"conditions"`
	// Hint says what is missing when all conditions hold and the gate is off, and
	// Write is the line of the configuration to write then.
	Hint  string `json:"hint,omitempty"`
	Write string `json:"write,omitempty"`
}

// Condition is one thing that a gate needs. Reason and fix are there for people, and
// "" if there is nothing to say. File is "" and line 0 where no line says so.
type Condition struct {
	Text string `json:"text"`
	File string `json:"file"`
	Line int    `json:"line"`
	// State is yes, no or unknown.
	State  string `json:"state"`
	Reason string `json:"reason"`
	Fix    string `json:"fix"`
	// Tool tells that it is about a tool, and part of the condition before it that
	// has no such mark.
	Tool bool `json:"tool,omitempty"`
	// Advice tells that the gate can be on without it.
	Advice bool `json:"advice,omitempty"`
}

// Gated is a symbol that cannot be on while a gate is off.
type Gated struct {
	Symbol string `json:"symbol"`
	Gate   string `json:"gate"`
	// Kind is direct if a line of the symbol, or a block around it, names the gate,
	// else transitive.
	Kind   string `json:"kind"`
	Prompt string `json:"prompt,omitempty"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	// Chain leads from the symbol to the gate. Each link has the line that makes its
	// symbol need that of the next one; the last one is the gate with its
	// definition. It is empty if no single line is to blame.
	Chain []Link `json:"chain"`
	// State is open, closed or unknown: that of the gate.
	State string `json:"state"`
}

// Link is a symbol of a chain.
type Link struct {
	Symbol string `json:"symbol"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
}

// Excluded is a symbol that cannot be on while a gate is on, though it could be with
// the gate off.
type Excluded struct {
	Symbol string `json:"symbol"`
	Gate   string `json:"gate"`
	// When is always, gcc or clang: with any compiler, or with that one only.
	When string `json:"when"`
	// Through is another excluded symbol that it needs, absent if it is not excluded
	// for that.
	Through string `json:"through,omitempty"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
}

// ToolGated is a symbol that cannot be on unless a test of the toolchain comes to what
// it has to.
type ToolGated struct {
	Symbol string `json:"symbol"`
	// Gate is the symbol that stands for the test, or else the test as it is written;
	// Title is what is needed, in few words.
	Gate  string `json:"gate"`
	Title string `json:"title"`
	// Fails tells that the test must not hold.
	Fails  bool   `json:"fails,omitempty"`
	Kind   string `json:"kind"`
	Prompt string `json:"prompt,omitempty"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	// Chain is as in Gated, but for its end: the last line is the one that tests.
	Chain  []Link `json:"chain"`
	State  string `json:"state"`
	Reason string `json:"reason"`
	Fix    string `json:"fix"`
}

// New makes a report. The order of everything is kept.
func New(r *analysis.GateReport) *Report {
	report := &Report{
		Version: version, View: View{Root: r.Dir, Arch: r.Arch}, Complete: r.Complete,
		Gates: []Gate{}, Gated: []Gated{}, Excluded: []Excluded{},
	}
	if r.Exists {
		report.View.Config = r.Config
	}
	gates := make(map[string]analysis.GateStatus, len(r.Gates))
	for _, g := range r.Gates {
		gates[g.Symbol] = g
		report.Gates = append(report.Gates, newGate(g))
	}
	for _, g := range r.Gated {
		report.Gated = append(report.Gated, newGated(g, gates[g.Gate]))
	}
	for _, x := range r.Excluded {
		report.Excluded = append(report.Excluded, Excluded{
			Symbol: x.Symbol, Gate: x.Gate, When: x.When.String(), Through: x.Through, File: x.Place.File, Line: x.Place.Line,
		})
	}
	for _, g := range r.Tools {
		report.Tools = append(report.Tools, newToolGated(g))
	}
	return report
}

func newToolGated(g analysis.GatedSymbol) ToolGated {
	return ToolGated{
		Symbol: g.Symbol, Gate: g.Gate, Title: g.Title, Fails: g.Fails, Kind: kindOf(g), Prompt: g.Prompt,
		File: g.Place.File, Line: g.Place.Line, Chain: links(g), State: g.State.String(), Reason: g.Reason, Fix: g.Fix,
	}
}

func kindOf(g analysis.GatedSymbol) string {
	if g.Direct {
		return "direct"
	}
	return "transitive"
}

func links(g analysis.GatedSymbol) []Link {
	all := []Link{}
	for _, s := range g.Chain {
		all = append(all, Link{Symbol: s.Symbol, File: s.Place.File, Line: s.Place.Line, Text: s.Text})
	}
	return all
}

func newGate(g analysis.GateStatus) Gate {
	gate := Gate{
		Symbol: g.Symbol, Title: g.Title, Value: g.Value, Dropped: g.Dropped, File: g.Place.File, Line: g.Place.Line,
		Conditions: []Condition{}, Hint: g.Hint, Write: g.Line,
	}
	for _, c := range g.Conditions {
		gate.Conditions = append(gate.Conditions, Condition{
			Text: c.Text, File: c.Place.File, Line: c.Place.Line, State: c.State.String(),
			Reason: c.Reason, Fix: c.Fix, Tool: c.Tool, Advice: c.Advice,
		})
	}
	return gate
}

func newGated(g analysis.GatedSymbol, gate analysis.GateStatus) Gated {
	gated := Gated{
		Symbol: g.Symbol, Gate: g.Gate, Kind: kindOf(g), Prompt: g.Prompt, File: g.Place.File, Line: g.Place.Line,
		Chain: links(g), State: g.State.String(),
	}
	if len(g.Chain) > 0 {
		gated.Chain = append(gated.Chain, Link{
			Symbol: g.Gate, File: gate.Place.File, Line: gate.Place.Line, Text: gate.Definition,
		})
	}
	return gated
}
