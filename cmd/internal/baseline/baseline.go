// Package baseline keeps the findings of a run in a file, so that later runs fail for new
// ones only.
//
// The file is a JSON object, with a finding on each line, sorted:
//
//	{"version":1,"arch":"all","findings":[
//	{"file":"drivers/net/Kconfig","code":"undefined-symbol","symbol":"HAS_DAM","text":"depends on HAS_DAM","count":1}
//	]}
//
// A finding is known by its file, relative to the top of its tree, its code, its symbol and
// the text of its line, with one blank for any number of them, so that it stays the same
// when lines are put in before it. The count is how many findings have all of that in
// common. The version changes when a reader of the old one would go wrong.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// version is that of the format.
const version = 1

// Baseline is what was found in a run.
type Baseline struct {
	// Arch is the architecture that was looked at, "all" for all, "" if there is none.
	Arch   string
	counts map[report.Identity]int
}

// Of returns what a report has found.
func Of(r *report.Report) *Baseline {
	b := &Baseline{counts: map[report.Identity]int{}}
	if len(r.Views) > 0 {
		b.Arch = r.Views[0].Arch
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Suppressed == 0 {
			b.counts[r.Identity(f)]++
		}
	}
	return b
}

// Len returns how many findings a baseline has.
func (b *Baseline) Len() int {
	n := 0
	for _, count := range b.counts {
		n += count
	}
	return n
}

type file struct {
	Version  int       `json:"version"`
	Arch     string    `json:"arch"`
	Findings []finding `json:"findings"`
}

type finding struct {
	File   string `json:"file"`
	Code   string `json:"code"`
	Symbol string `json:"symbol"`
	Text   string `json:"text"`
	Count  int    `json:"count"`
}

// Parse reads the text of a file.
func Parse(text []byte) (*Baseline, error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("it is no baseline: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("it is no baseline: something follows the object")
	}
	if f.Version != version {
		return nil, fmt.Errorf("it has version %d, and only version %d is known: write it anew with --write-baseline", f.Version, version)
	}
	b := &Baseline{Arch: f.Arch, counts: map[report.Identity]int{}}
	for _, e := range f.Findings {
		b.counts[report.Identity{File: e.File, Code: e.Code, Symbol: e.Symbol, Text: e.Text}] += max(e.Count, 1)
	}
	return b, nil
}

// Text returns the text of the file. The same findings give the same bytes.
func (b *Baseline) Text() ([]byte, error) {
	var out bytes.Buffer
	arch, err := encode(b.Arch)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&out, `{"version":%d,"arch":%s,"findings":[`, version, arch)
	for i, id := range b.sorted() {
		line, err := encode(finding{id.File, id.Code, id.Symbol, id.Text, b.counts[id]})
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(line)
	}
	out.WriteString("\n]}\n")
	return out.Bytes(), nil
}

// encode returns the JSON form of a value, with < and & as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func (b *Baseline) sorted() []report.Identity {
	ids := make([]report.Identity, 0, len(b.counts))
	for id := range b.counts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y report.Identity) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Symbol, y.Symbol), cmp.Compare(x.Text, y.Text))
	})
	return ids
}

// Mark calls known with each finding of a report that the baseline has, as often as it
// has it, and returns what is left of the baseline.
func (b *Baseline) Mark(r *report.Report, known func(*report.Finding)) (rest *Baseline) {
	rest = &Baseline{Arch: b.Arch, counts: map[report.Identity]int{}}
	for id, n := range b.counts {
		rest.counts[id] = n
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		id := r.Identity(f)
		if f.Suppressed != 0 || rest.counts[id] == 0 {
			continue
		}
		if rest.counts[id]--; rest.counts[id] == 0 {
			delete(rest.counts, id)
		}
		known(f)
	}
	return rest
}

// Hold marks the findings of a report that the baseline has as known. The function
// expected reports whether a finding of the baseline must have been found again if it
// were still there.
func (b *Baseline) Hold(r *report.Report, expected func(report.Identity) bool) {
	r.Baseline = &report.Baseline{}
	rest := b.Mark(r, func(f *report.Finding) {
		f.Known = true
		r.Baseline.Known++
	})
	if len(r.Views) == 0 || r.Views[0].Arch != b.Arch {
		return // another architecture has other findings
	}
	for _, id := range rest.sorted() {
		if expected(id) {
			r.Baseline.Stale = append(r.Baseline.Stale, report.Stale{
				File: id.File, Code: id.Code, Symbol: id.Symbol, Text: id.Text, Count: rest.counts[id],
			})
		}
	}
}
