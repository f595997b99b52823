package report

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

// Explanation is what Why found out.
type Explanation struct {
	// Root is the tree's directory, Arch the architecture, "" if there is none.
	Root, Arch string
	// Config is the configuration whose values count, "" for none.
	Config string
	Symbol string
	// Type, Value and Known are those of the symbol, Prompt is its prompt.
	Type, Value, Prompt string
	Known               bool
	// Places are where the symbol is defined.
	Places []analysis.Place
	Why    *analysis.Why
}

// Fill adds what the values know of the symbol.
func (e *Explanation) Fill(values *analysis.Values) {
	e.Type, e.Value, e.Known = "unknown", "n", true
	if s, ok := values.Symbol(e.Symbol); ok {
		e.Type, e.Value, e.Known, e.Prompt, e.Places = s.Type, s.Value, s.Known, s.Prompt, s.Places
	}
}

type (
	jsonExplanation struct {
		Version int       `json:"version"`
		View    jsonView  `json:"view"`
		Config  string    `json:"config,omitempty"`
		Symbol  string    `json:"symbol"`
		Type    string    `json:"type"`
		Value   string    `json:"value"`
		Known   bool      `json:"known"`
		Prompt  string    `json:"prompt,omitempty"`
		Places  []jsonAt  `json:"definitions"`
		Reason  jsonCause `json:"reason"`
	}
	jsonAt struct {
		File string `json:"file"`
		Line int    `json:"line"`
	}
	jsonCause struct {
		Kind       string      `json:"kind"`
		Text       string      `json:"text"`
		Symbol     string      `json:"symbol,omitempty"`
		Value      string      `json:"value,omitempty"`
		File       string      `json:"file,omitempty"`
		Line       int         `json:"line,omitempty"`
		ConfigLine int         `json:"configLine,omitempty"`
		Causes     []jsonCause `json:"causes,omitempty"`
	}
)

// WriteWhyJSON writes an explanation as one JSON object.
func WriteWhyJSON(w io.Writer, e *Explanation) error {
	out := jsonExplanation{
		Version: 1, View: jsonView{Root: e.Root, Arch: e.Arch}, Config: e.Config,
		Symbol: e.Symbol, Type: e.Type, Value: e.Value, Known: e.Known, Prompt: e.Prompt,
		Places: []jsonAt{}, Reason: causeJSON(e.Why),
	}
	for _, p := range e.Places {
		out.Places = append(out.Places, jsonAt{p.File, p.Line})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func causeJSON(w *analysis.Why) jsonCause {
	c := jsonCause{
		Kind: w.Kind, Text: w.Text, Symbol: w.Symbol, Value: w.Value,
		File: w.Place.File, Line: w.Place.Line, ConfigLine: w.ConfigLine,
	}
	for _, cause := range w.Causes {
		c.Causes = append(c.Causes, causeJSON(cause))
	}
	return c
}

// WriteWhyText writes an explanation as a tree for people.
func WriteWhyText(w io.Writer, e *Explanation, o TextOptions) error {
	b := bufio.NewWriter(w)
	view := e.Root
	if e.Arch != "" {
		view += ", " + e.Arch
	}
	if e.Config != "" {
		view += ", " + e.Config
	}
	head := e.Symbol + "=" + e.Value
	if e.Prompt != "" {
		head += "  " + strconv.Quote(e.Prompt)
	}
	t := treeWriter{b: b, bold: o.Colors}
	t.line("", head+"   ("+view+")", true)
	t.cause(e.Why, "", "")
	return b.Flush()
}

// treeWriter draws an explanation.
type treeWriter struct {
	b    *bufio.Writer
	bold bool
}

func (t *treeWriter) line(indent, text string, bold bool) {
	text = terminal.Printable(text)
	if bold && t.bold {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	// A bufio.Writer keeps its first error for Flush.
	_, _ = t.b.WriteString(indent + text + "\n")
}

// cause draws a reason behind first, and what is below it behind rest.
func (t *treeWriter) cause(w *analysis.Why, first, rest string) {
	text := strings.ReplaceAll(w.Text, "`", "")
	if w.Place.File != "" {
		text += "  [" + w.Place.File + ":" + strconv.Itoa(w.Place.Line) + "]"
	}
	t.line(first, text, false)
	for i, cause := range w.Causes {
		if i == len(w.Causes)-1 {
			t.cause(cause, rest+"└─ ", rest+"   ")
		} else {
			t.cause(cause, rest+"├─ ", rest+"│  ")
		}
	}
}
