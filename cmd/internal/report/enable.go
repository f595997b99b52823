package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// Enabling is whether and how symbols can have values that are wanted.
type Enabling struct {
	// Root is the tree's directory.
	Root string
	// Config is the configuration that is to be changed, "" for none.
	Config string
	analysis.Enabled
}

type (
	jsonEnabling struct {
		Version      int               `json:"version"`
		View         jsonView          `json:"view"`
		Config       string            `json:"config,omitempty"`
		Wanted       []jsonWanted      `json:"wanted"`
		Verdict      string            `json:"verdict"`
		Alternatives []jsonAlternative `json:"alternatives"`
		Reasons      []jsonCause       `json:"reasons"`
		Answers      []jsonCause       `json:"answers"`
	}
	jsonWanted struct {
		Symbol string `json:"symbol"`
		Value  string `json:"value,omitempty"`
	}
	jsonAlternative struct {
		Title      string       `json:"title"`
		Changes    []jsonChange `json:"changes"`
		Effects    []jsonEffect `json:"effects"`
		Conditions []jsonCause  `json:"conditions"`
		Unknown    []string     `json:"unknown"`
		Diff       string       `json:"diff"`
	}
	jsonChange struct {
		Symbol string `json:"symbol"`
		From   string `json:"from"`
		To     string `json:"to"`
		Prompt string `json:"prompt,omitempty"`
		File   string `json:"file,omitempty"`
		Line   int    `json:"line,omitempty"`
	}
	jsonEffect struct {
		Symbol string  `json:"symbol"`
		From   *string `json:"from"` // null if it is not known
		To     *string `json:"to"`
		Reason string  `json:"reason"`
	}
)

// WriteEnableJSON writes whether and how symbols can be enabled as one JSON object.
func WriteEnableJSON(w io.Writer, e *Enabling) error {
	out := jsonEnabling{
		Version: 1, View: jsonView{Root: e.Root, Arch: e.Arch}, Config: e.Config, Verdict: string(e.Verdict),
		Wanted: []jsonWanted{}, Alternatives: []jsonAlternative{}, Reasons: causesJSON(e.Reasons), Answers: causesJSON(e.Answers),
	}
	for _, w := range e.Wanted {
		out.Wanted = append(out.Wanted, jsonWanted{w.Symbol, w.Value})
	}
	for _, a := range e.Alternatives {
		alternative := jsonAlternative{
			Title: a.Title, Changes: []jsonChange{}, Effects: []jsonEffect{}, Conditions: causesJSON(a.Conditions),
			Unknown: append([]string{}, a.Unknown...), Diff: analysis.UnifiedDiff(filepath.Base(e.Path), a.Before, a.After),
		}
		for _, c := range a.Changes {
			alternative.Changes = append(alternative.Changes, jsonChange{c.Symbol, c.From, c.To, c.Prompt, c.Place.File, c.Place.Line})
		}
		for _, effect := range a.Effects {
			alternative.Effects = append(alternative.Effects, jsonEffect{effect.Symbol, valueJSON(effect.Old.Value), valueJSON(effect.New.Value), string(effect.Reason)})
		}
		out.Alternatives = append(out.Alternatives, alternative)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func causesJSON(all []*analysis.Why) []jsonCause {
	causes := []jsonCause{}
	for _, w := range all {
		causes = append(causes, causeJSON(w))
	}
	return causes
}

func valueJSON(v analysis.Value) *string {
	if !v.Known {
		return nil
	}
	return &v.Text
}

// maxShownEffects is how many consequences of an alternative are written out for people.
const maxShownEffects = 10

// WriteEnableText writes whether and how symbols can be enabled for people; with diff
// also what becomes of the configuration's lines.
func WriteEnableText(w io.Writer, e *Enabling, diff bool, o TextOptions) error {
	t := treeWriter{b: bufio.NewWriter(w), bold: o.Colors}
	view := e.Root
	for _, part := range []string{e.Arch, e.Config} {
		if part != "" {
			view += ", " + part
		}
	}
	t.line("", verdictText(e)+"   ("+view+")", true)
	for i, a := range e.Alternatives {
		t.alternative(i, a, len(e.Alternatives) > 1)
		if diff && a.Before != a.After {
			for line := range strings.Lines(analysis.UnifiedDiff(filepath.Base(e.Path), a.Before, a.After)) {
				t.line("   ", strings.TrimSuffix(line, "\n"), false)
			}
		}
	}
	for _, reason := range e.Reasons {
		t.cause(reason, "- ", "  ")
	}
	return t.b.Flush()
}

// verdictText says in a line whether it is possible.
func verdictText(e *Enabling) string {
	var names []string
	for _, w := range e.Wanted {
		name := w.Symbol
		if w.Value != "" {
			name += "=" + w.Value
		}
		names = append(names, name)
	}
	wanted := strings.Join(names, " ")
	switch e.Verdict {
	case analysis.EnablePossible:
		if len(e.Alternatives[0].Changes) == 0 && len(e.Alternatives[0].Conditions) == 0 {
			return wanted + ": it is so already"
		}
		if e.Alternatives[0].Conditions != nil {
			return wanted + ": possible, but that hangs on what tools say that were not asked"
		}
		return wanted + ": possible"
	case analysis.EnableNever:
		if e.Arch == "" {
			return wanted + ": never, whatever tools answer, for all of these together"
		}
		return wanted + ": never for " + e.Arch + ", whatever tools answer, for all of these together"
	case analysis.EnableNotWithTools:
		return wanted + ": not with what your tools have answered, for all of these together"
	}
	return wanted + ": there was no time to tell"
}

func (t *treeWriter) alternative(i int, a analysis.Enabling, numbered bool) {
	head := a.Title + ": " + plural(len(a.Changes), "change")
	if len(a.Effects) > 0 {
		head += ", and " + plural(len(a.Effects), "value") + " with that"
	}
	if numbered {
		head = strconv.Itoa(i+1) + ". " + head
	}
	if len(a.Changes) > 0 {
		t.line("", head, true)
	}
	width := 0
	for _, c := range a.Changes {
		width = max(width, len(c.Symbol))
	}
	for _, c := range a.Changes {
		text := fmt.Sprintf("%-*s  %s -> %s", width, c.Symbol, c.From, c.To)
		if c.Prompt != "" {
			text += "  " + strconv.Quote(c.Prompt)
		}
		if c.Place.File != "" {
			text += "  [" + c.Place.File + ":" + strconv.Itoa(c.Place.Line) + "]"
		}
		t.line("   ", text, false)
	}
	for j, effect := range a.Effects {
		if j == maxShownEffects {
			t.line("     ", "and "+plural(len(a.Effects)-j, "other"), false)
			break
		}
		t.line("     ", effect.Symbol+"  "+shownValue(effect.Old.Value)+" -> "+shownValue(effect.New.Value)+"  ("+string(effect.Reason)+")", false)
	}
	for _, c := range a.Conditions {
		t.line("   ", strings.ReplaceAll(c.Text, "`", ""), false)
	}
}

func shownValue(v analysis.Value) string {
	if !v.Known {
		return "?"
	}
	return v.Text
}
