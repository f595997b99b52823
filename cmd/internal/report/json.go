package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
)

// version is the version of the JSON format. It changes when a reader of the
// old one would go wrong.
const version = 1

// WriteJSON writes the report as one JSON object, a finding on each line.
func WriteJSON(w io.Writer, r *Report) error {
	j := NewJSON(w, r.Views)
	j.Findings(r)
	return j.Close()
}

// JSON writes a JSON object step by step, so that large ones need no memory.
// The first error is kept and returned by Close.
type JSON struct {
	w   *bufio.Writer
	b   bytes.Buffer
	e   *json.Encoder
	err error
}

type jsonView struct {
	Root string `json:"root"`
	Arch string `json:"arch"`
}

// NewJSON writes the beginning of the object, which all formats share.
func NewJSON(w io.Writer, views []View) *JSON {
	j := &JSON{w: bufio.NewWriterSize(w, 64<<10)}
	j.e = json.NewEncoder(&j.b)
	j.e.SetEscapeHTML(false) // && is written as it is read
	j.raw(`{"version":`)
	j.value(version)
	all := make([]jsonView, 0, len(views))
	for _, v := range views {
		all = append(all, jsonView{filepath.ToSlash(v.Root), v.Arch})
	}
	if len(all) > 0 {
		j.raw(`,"view":`)
		j.value(all[0])
	}
	if len(all) > 1 {
		j.raw(`,"views":`)
		j.value(all)
	}
	return j
}

// Array adds a field with an array. Elements are what write passes on, one on
// each line; write ends early if that fails.
func (j *JSON) Array(name string, write func(element func(any) bool)) {
	j.raw(`,"` + name + `":[`)
	first := true
	write(func(v any) bool {
		if first {
			j.raw("\n")
		} else {
			j.raw(",\n")
		}
		first = false
		j.value(v)
		return j.err == nil
	})
	if !first {
		j.raw("\n")
	}
	j.raw("]")
}

// Close writes the end of the object.
func (j *JSON) Close() error {
	j.raw("}\n")
	if err := j.w.Flush(); j.err == nil {
		j.err = err
	}
	return j.err
}

// raw writes text, whose errors the writer keeps.
func (j *JSON) raw(text string) { _, _ = j.w.WriteString(text) }

// value writes a value. Bytes that are no UTF-8 become U+FFFD.
func (j *JSON) value(v any) {
	if j.err != nil {
		return
	}
	j.b.Reset()
	if j.err = j.e.Encode(v); j.err == nil {
		_, j.err = j.w.Write(bytes.TrimSuffix(j.b.Bytes(), []byte("\n")))
	}
}

type jsonFinding struct {
	jsonPlace
	Severity      string        `json:"severity"`
	Code          string        `json:"code"`
	Message       string        `json:"message"`
	Symbol        string        `json:"symbol"`
	Architectures []string      `json:"architectures,omitempty"`
	Related       []jsonRelated `json:"related"`
}

type jsonRelated struct {
	jsonPlace
	Message string `json:"message"`
}

type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

func placeJSON(p Place) jsonPlace {
	return jsonPlace{p.File, p.Line, p.Column, p.EndLine, p.EndColumn}
}

// Findings adds the fields "diagnostics" and "summary".
func (j *JSON) Findings(r *Report) {
	j.Array("diagnostics", func(element func(any) bool) {
		for i := range r.Findings {
			f := &r.Findings[i]
			out := jsonFinding{
				jsonPlace: placeJSON(f.Place), Severity: f.Severity.String(), Code: f.Code,
				Message: f.Message, Symbol: f.Symbol, Architectures: f.Archs, Related: []jsonRelated{},
			}
			for _, n := range f.Related {
				out.Related = append(out.Related, jsonRelated{placeJSON(n.Place), n.Message})
			}
			if !element(out) {
				return
			}
		}
	})
	j.raw(`,"summary":`)
	j.value(r.Summary())
}
