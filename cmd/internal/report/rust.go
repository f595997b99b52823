package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/lsp/gatejson"
)

// WriteGatesJSON writes a report on gates as one JSON object.
func WriteGatesJSON(w io.Writer, r *analysis.GateReport) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(gatejson.New(r))
}

// WriteGatesText writes a report on gates for people.
func WriteGatesText(w io.Writer, r *analysis.GateReport, o TextOptions) error {
	b := bufio.NewWriter(w)
	g := gatesWriter{treeWriter{b: b, bold: o.Colors}, r, o.Dir, o.Columns}
	if len(r.Gates) == 0 {
		g.line("", "Nothing in "+r.Dir+" depends on Rust: there is no symbol that stands for it"+g.on(), false)
	}
	for i, status := range r.Gates {
		if i > 0 {
			g.line("", "", false)
		}
		g.gate(status)
	}
	if r.Tools != nil {
		g.tools()
	}
	if !r.Complete {
		g.line("", "", false)
		g.line("", "The lists are not complete: there was no time to settle everything.", false)
	}
	return b.Flush()
}

type gatesWriter struct {
	treeWriter
	report  *analysis.GateReport
	dir     string // that paths are relative to
	columns int    // how wide texts may be
}

// on says which architecture the report is about.
func (w *gatesWriter) on() string {
	if w.report.Arch == "" {
		return ""
	}
	return " on " + w.report.Arch
}

// relative returns a path as people write it: from the working directory if it lies
// in that.
func (w *gatesWriter) relative(path string) string {
	if rel, err := filepath.Rel(w.dir, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

func (w *gatesWriter) gate(status analysis.GateStatus) {
	r := w.report
	value := status.Symbol + "=" + status.Value
	if status.Value == "unknown" {
		value = status.Symbol + " is not known"
	}
	view := "by default"
	if r.Exists {
		view = "under " + w.relative(r.Config)
	}
	if status.Dropped {
		view += ", though that says y"
	}
	w.line("", fmt.Sprintf("%s%s: %s %s", status.Title, w.on(), value, view), true)
	w.line("", "", false)
	if len(status.Conditions) > 0 {
		w.line("", status.Symbol+" needs", true)
	}
	var whole analysis.GateCondition
	for _, c := range status.Conditions {
		if !c.Tool {
			whole = c
		} else if c.State == analysis.Unknown && c.Reason == whole.Reason {
			c.Reason, c.Fix = "", "" // as said above
		}
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

// notLooked begins the reason of what hangs on something that fails, which is shown
// itself.
const notLooked = "not looked at, because"

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
	w.line("", text, c.State == analysis.No && !c.Advice)
	if c.State == analysis.Yes {
		return
	}
	if c.Reason != "" && !(c.Tool && strings.HasPrefix(c.Reason, notLooked)) {
		w.text(rest, plain(c.Reason))
	}
	if c.Fix != "" {
		w.text(rest, "-> "+plain(c.Fix))
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

// tools lists what hangs on the toolchain, by what is needed.
func (w *gatesWriter) tools() {
	type need struct{ title, reason, state string }
	var needs []need
	needing := map[need][]string{}
	symbolsOf := map[string]bool{}
	for _, g := range w.report.Tools {
		n := need{g.Title, g.Reason, g.State.String()}
		if needing[n] == nil {
			needs = append(needs, n)
		}
		needing[n] = append(needing[n], g.Symbol)
		symbolsOf[g.Symbol] = true
	}
	slices.SortFunc(needs, func(a, b need) int { return strings.Compare(a.title+a.reason, b.title+b.reason) })
	states := map[string]string{"open": "yes", "closed": "no ", "unknown": "?  "}
	w.line("", "", false)
	w.line("", symbols(len(symbolsOf))+" on only with something that tools have to be or to do", true)
	for _, n := range needs {
		w.line("  ", states[n.state]+"  "+plain(n.title), n.state == "closed")
		if n.state != "open" && n.reason != "" {
			w.text("       ", plain(n.reason))
		}
		w.text("         ", strings.Join(needing[n], ", "))
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

// excluded lists what cannot be on beside a gate. Of those that another one of them
// brings with it, it tells how many there are.
func (w *gatesWriter) excluded(status analysis.GateStatus) {
	titles := map[gate.When]string{
		gate.Always: "never on beside " + status.Symbol, gate.WithGCC: "not on beside " + status.Symbol + " with gcc",
		gate.WithClang: "not on beside " + status.Symbol + " with clang",
	}
	for _, when := range []gate.When{gate.Always, gate.WithGCC, gate.WithClang} {
		var roots []string
		through := map[string][]string{}
		count := 0
		for _, x := range w.report.Excluded {
			if x.Gate != status.Symbol || x.When != when {
				continue
			}
			count++
			if x.Through == "" {
				roots = append(roots, x.Symbol)
			} else {
				through[x.Through] = append(through[x.Through], x.Symbol)
			}
		}
		if count == 0 {
			continue
		}
		w.line("", "", false)
		w.line("", symbols(count)+" "+titles[when], true)
		w.roots(roots, through)
	}
}

// roots lists excluded symbols, those first that bring most others with them.
func (w *gatesWriter) roots(roots []string, through map[string][]string) {
	slices.SortStableFunc(roots, func(a, b string) int { return len(through[b]) - len(through[a]) })
	var alone []string
	for _, root := range roots {
		if others := through[root]; len(others) > 0 {
			w.line("  ", root+", and with it "+few(others), false)
			delete(through, root)
		} else {
			alone = append(alone, root)
		}
	}
	if len(alone) > 0 {
		w.text("  ", strings.Join(alone, ", "))
	}
	for _, other := range slices.Sorted(maps.Keys(through)) { // which is said above
		w.line("  ", "through "+other+": "+few(through[other]), false)
	}
}

// few names some symbols, and tells how many others there are.
func few(names []string) string {
	const most = 4
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d others", strings.Join(names[:most], ", "), len(names)-most)
}

// text writes a text in lines that fit.
func (w *gatesWriter) text(indent, text string) {
	const narrowest = 40
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && w.columns > 0 && len(indent)+len(line)+1+len(word) > max(w.columns, len(indent)+narrowest) {
			w.line(indent, line, false)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	w.line(indent, line, false)
}

// symbols words how many symbols there are.
func symbols(n int) string {
	if n == 1 {
		return "1 symbol is"
	}
	return fmt.Sprintf("%d symbols are", n)
}

// plain returns a sentence without the marks of code.
func plain(sentence string) string { return strings.ReplaceAll(sentence, "`", "") }
