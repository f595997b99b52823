package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
)

// WriteGatesText writes a report on gates for people.
func WriteGatesText(w io.Writer, r *analysis.GateReport, o TextOptions) error {
	b := bufio.NewWriter(w)
	g := gatesWriter{treeWriter{b: b, bold: o.Colors}, r}
	if len(r.Gates) == 0 {
		g.line("", "Nothing in "+r.Dir+" depends on Rust: there is no symbol that stands for it"+g.on(), false)
		return b.Flush()
	}
	for i, status := range r.Gates {
		if i > 0 {
			g.line("", "", false)
		}
		g.gate(status)
	}
	if !r.Complete {
		g.line("", "", false)
		g.line("", "The lists are not complete: there was no time to settle everything.", false)
	}
	return b.Flush()
}

type gatesWriter struct {
	treeWriter
	report *analysis.GateReport
}

// on says which architecture the report is about.
func (w *gatesWriter) on() string {
	if w.report.Arch == "" {
		return ""
	}
	return " on " + w.report.Arch
}

func (w *gatesWriter) gate(status analysis.GateStatus) {
	r := w.report
	value := status.Symbol + "=" + status.Value
	if status.Value == "unknown" {
		value = status.Symbol + " is not known"
	}
	view := "by default"
	if r.Exists {
		view = "under " + r.Config
	}
	w.line("", fmt.Sprintf("%s%s: %s %s", status.Title, w.on(), value, view), true)
	w.line("", "", false)
	if len(status.Conditions) > 0 {
		w.line("", status.Symbol+" needs", true)
	}
	for _, c := range status.Conditions {
		w.condition(c)
	}
	if status.Hint != "" {
		w.line("  ", plain(status.Hint)+".", false)
	}
	w.gated(status)
	w.excluded(status)
}

// marks are what conditions are marked with.
var marks = [...]string{analysis.Unknown: "?  ", analysis.No: "no ", analysis.Yes: "yes"}

func (w *gatesWriter) condition(c analysis.GateCondition) {
	const column = 64
	indent, rest := "  ", "       "
	if c.Tool {
		indent, rest = "         ", "              "
	}
	mark := marks[c.State]
	if c.Advice && c.State == analysis.No {
		mark = "!  "
	}
	text := indent + mark + "  " + plain(c.Text)
	if c.Place.File != "" {
		text = fmt.Sprintf("%-*s  [%s:%d]", column, text, c.Place.File, c.Place.Line)
	}
	if c.Tool && c.State == analysis.Yes && c.Reason != "" {
		text += ": " + plain(c.Reason)
	}
	w.line("", text, c.State == analysis.No && !c.Advice)
	if c.State == analysis.Yes {
		return
	}
	if c.Reason != "" {
		w.line(rest, plain(c.Reason), false)
	}
	if c.Fix != "" {
		w.line(rest, "-> "+plain(c.Fix), false)
	}
}

// gated lists what cannot be on without a gate.
func (w *gatesWriter) gated(status analysis.GateStatus) {
	var rows [][3]string
	width := [2]int{}
	for _, g := range w.report.Gated {
		if g.Gate != status.Symbol {
			continue
		}
		row := [3]string{g.Symbol, through(g.Gating), fmt.Sprintf("[%s:%d]", g.Place.File, g.Place.Line)}
		if g.Place.File == "" {
			row[2] = ""
		}
		for i := range width {
			width[i] = max(width[i], len(row[i]))
		}
		rows = append(rows, row)
	}
	w.line("", "", false)
	w.line("", fmt.Sprintf("%s on only with %s", symbols(len(rows)), status.Symbol), true)
	for _, row := range rows {
		w.line("  ", strings.TrimRight(fmt.Sprintf("%-*s  %-*s  %s", width[0], row[0], width[1], row[1], row[2]), " "), false)
	}
}

// through names what is between a symbol and its gate.
func through(g analysis.Gating) string {
	if len(g.Chain) < 2 {
		return ""
	}
	var between []string
	for _, step := range g.Chain[:len(g.Chain)-1] {
		between = append(between, step.Needs)
	}
	return "through " + strings.Join(between, ", ")
}

// excluded lists what cannot be on beside a gate.
func (w *gatesWriter) excluded(status analysis.GateStatus) {
	titles := map[gate.When]string{
		gate.Always: "never on beside " + status.Symbol, gate.WithGCC: "not on beside " + status.Symbol + " with gcc",
		gate.WithClang: "not on beside " + status.Symbol + " with clang",
	}
	for _, when := range []gate.When{gate.Always, gate.WithGCC, gate.WithClang} {
		var names []string
		for _, x := range w.report.Excluded {
			if x.Gate == status.Symbol && x.When == when {
				names = append(names, x.Symbol)
			}
		}
		if len(names) == 0 {
			continue
		}
		w.line("", "", false)
		w.line("", symbols(len(names))+" "+titles[when], true)
		for _, line := range filled(names, 96) {
			w.line("  ", line, false)
		}
	}
}

// symbols words how many symbols there are.
func symbols(n int) string {
	if n == 1 {
		return "1 symbol is"
	}
	return fmt.Sprintf("%d symbols are", n)
}

// filled puts words into lines of a width.
func filled(words []string, width int) []string {
	var lines []string
	line := ""
	for _, word := range words {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// plain returns a sentence without the marks of code.
func plain(sentence string) string { return strings.ReplaceAll(sentence, "`", "") }
