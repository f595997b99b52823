// Package report holds what was found wrong in Kconfig files and writes it
// down: as text for people, as JSON, as SARIF 2.1.0, and as annotations of
// GitHub. Lines and columns count from 1, columns in bytes; ends are exclusive.
package report

import (
	"iter"
	"path/filepath"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// Report is the outcome of a run.
type Report struct {
	// Views are the trees that were looked at, in the order of the findings.
	Views    []View
	Findings []Finding
	// Files is how many files were looked at.
	Files int
	// Baseline tells how the findings were held against a baseline, nil if they were not.
	Baseline *Baseline
}

// Baseline is what came of holding findings against those that are known.
type Baseline struct {
	// Known is how many findings it has.
	Known int
	// Stale are those of it that are no longer there.
	Stale []Stale
}

// Stale is what is in a baseline and was not found any more.
type Stale struct {
	// View tells which of the report's views it would belong to.
	View                     int
	File, Code, Symbol, Text string
	// Count is how often it was found then, and is not now.
	Count int
}

// View is a tree as it was looked at.
type View struct {
	// Root is the absolute path of the tree's directory.
	Root string
	// Arch is the architecture, "all" for all of them, "" if there are none.
	Arch string
}

// Finding is something wrong at a place.
type Finding struct {
	Place
	// View tells which of the report's views it belongs to.
	View     int
	Severity check.Severity
	Code     string
	Message  string
	// Symbol is the name of the symbol it is about, "" if there is none.
	Symbol string
	// Archs are the architectures that it is limited to, nil for no limit.
	Archs   []string
	Related []Note
	// Fix is a change that mends it, nil if there is none.
	Fix *Fix
	// Suppressed tells that somebody does not want it, Known that a baseline has it.
	// Neither counts.
	Suppressed analysis.Suppression
	Known      bool

	diagnostic analysis.Diagnostic
}

// Counts reports whether a finding is one to mend.
func (f *Finding) Counts() bool { return f.Suppressed == analysis.NotSuppressed && !f.Known }

// Diagnostic returns what the finding was made of, with byte offsets.
func (f *Finding) Diagnostic() analysis.Diagnostic { return f.diagnostic }

// Fix is a change that mends a finding.
type Fix struct {
	Title string
	// KeepsMeaning tells that every configuration comes to the same values after it.
	KeepsMeaning bool
	Changes      []Change
}

// Change puts a text in place of a range.
type Change struct {
	Place
	NewText string
}

// Note is a place that explains a finding.
type Note struct {
	Place
	Message string
}

// Place is a range in a file.
type Place struct {
	// Path is absolute. File is relative to the directory of the report's first
	// view, with slashes, and absolute for files outside of it.
	Path, File string

	Line, Column       int
	EndLine, EndColumn int
	// Text is the line, EndText the last line of the range. They have no line
	// end and may be very long.
	Text, EndText string
}

// Add adds what was found in a view. The snapshot has the texts of the files.
func (r *Report) Add(view View, s *analysis.Snapshot, found []analysis.ArchDiagnostic, files int) {
	r.AddFindings(view, Locate(s.Text, found), files)
}

// AddFindings adds findings of a view whose places are known.
func (r *Report) AddFindings(view View, findings []Finding, files int) {
	n := len(r.Views)
	if n == 0 || r.Views[n-1] != view {
		r.Views = append(r.Views, view)
		n++
	}
	r.Files += files
	for _, f := range findings {
		f.View = n - 1
		f.File = relative(r.Views[0].Root, f.Path)
		for i := range f.Related {
			f.Related[i].File = relative(r.Views[0].Root, f.Related[i].Path)
		}
		if f.Fix != nil {
			for i := range f.Fix.Changes {
				f.Fix.Changes[i].File = relative(r.Views[0].Root, f.Fix.Changes[i].Path)
			}
		}
		r.Findings = append(r.Findings, f)
	}
}

// Locate turns the byte offsets of diagnostics into places. The function text
// returns that of a file.
func Locate(text func(path string) analysis.Text, found []analysis.ArchDiagnostic) []Finding {
	l := locator{text: text, lines: map[string]*Lines{}}
	findings := make([]Finding, 0, len(found))
	for _, d := range found {
		f := Finding{
			Place: l.place(d.Location), Severity: d.Severity, Code: d.Code,
			Message: d.Message, Symbol: d.Symbol, Archs: d.Archs,
			Suppressed: d.Suppressed, diagnostic: d.Diagnostic,
		}
		if d.Fix != nil {
			f.Fix = l.fix(d.Fix)
		}
		for _, r := range d.Related {
			f.Related = append(f.Related, Note{l.place(r.Location), r.Message})
		}
		findings = append(findings, f)
	}
	return findings
}

// locator turns byte offsets into places. Each file's lines are counted once.
type locator struct {
	text  func(path string) analysis.Text
	lines map[string]*Lines
}

func (l locator) fix(from *analysis.Fix) *Fix {
	fix := &Fix{Title: from.Title, KeepsMeaning: from.KeepsMeaning}
	for _, file := range from.Edits {
		for _, e := range file.Edits {
			at := l.place(analysis.Location{Path: file.Path, Start: e.Start, End: e.End})
			fix.Changes = append(fix.Changes, Change{at, e.Text})
		}
	}
	return fix
}

func (l locator) place(at analysis.Location) Place {
	lines, known := l.lines[at.Path]
	if !known {
		var text string
		if tree := l.text(at.Path); tree != nil {
			text = tree.Text()
		}
		lines = NewLines(text)
		l.lines[at.Path] = lines
	}
	p := Place{Path: at.Path}
	p.Line, p.Column = lines.Position(at.Start)
	p.EndLine, p.EndColumn = lines.Position(at.End)
	p.Text, p.EndText = lines.Text(p.Line), lines.Text(p.EndLine)
	return p
}

// Summary counts the findings of a report.
type Summary struct {
	Errors      int `json:"errors"`
	Warnings    int `json:"warnings"`
	Information int `json:"information"`
	Hints       int `json:"hints"`
	Files       int `json:"files"`
}

// counting returns the findings to mend.
func (r *Report) counting() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Counts() && !yield(f) {
				return
			}
		}
	}
}

// Fixable returns how many findings have a fix that keeps the meaning.
func (r *Report) Fixable() int {
	n := 0
	for f := range r.counting() {
		if f.Fix != nil && f.Fix.KeepsMeaning {
			n++
		}
	}
	return n
}

// Summary counts the findings.
func (r *Report) Summary() Summary {
	s := Summary{Files: r.Files}
	for f := range r.counting() {
		switch f.Severity {
		case check.Error:
			s.Errors++
		case check.Warning:
			s.Warnings++
		case check.Information:
			s.Information++
		default:
			s.Hints++
		}
	}
	return s
}

// Clean reports whether there is nothing that wants to be mended: no error and
// no warning.
func (s Summary) Clean() bool { return s.Errors == 0 && s.Warnings == 0 }

// relative returns a path relative to a directory with slashes, if it lies
// below, else as it is with slashes.
func relative(dir, path string) string {
	rel, err := filepath.Rel(dir, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		rel = path
	}
	return filepath.ToSlash(rel)
}
