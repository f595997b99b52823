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
	j := newJSON(w, r.Views)
	j.findings(r)
	return j.close()
}

// jsonWriter writes a JSON object step by step, so that large ones need no
// memory. The first error is kept and returned by close.
type jsonWriter struct {
	w   *bufio.Writer
	b   bytes.Buffer
	e   *json.Encoder
	err error
}

type jsonView struct {
	Root string `json:"root"`
	Arch string `json:"arch"`
}

// newJSON writes the beginning of the object, which all formats share.
func newJSON(w io.Writer, views []View) *jsonWriter {
	j := &jsonWriter{w: bufio.NewWriterSize(w, 64<<10)}
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

// array adds a field with an array. Write calls next before it writes each of
// the elements, which get a line of their own.
func (j *jsonWriter) array(name string, write func(next func())) {
	j.raw(`,"` + name + `":[`)
	first := true
	write(func() {
		if first {
			j.raw("\n")
		} else {
			j.raw(",\n")
		}
		first = false
	})
	if !first {
		j.raw("\n")
	}
	j.raw("]")
}

// close writes the end of the object.
func (j *jsonWriter) close() error {
	j.raw("}\n")
	if err := j.w.Flush(); j.err == nil {
		j.err = err
	}
	return j.err
}

// raw writes text, whose errors the writer keeps.
func (j *jsonWriter) raw(text string) { _, _ = j.w.WriteString(text) }

// value writes a value. Bytes that are no UTF-8 become U+FFFD.
func (j *jsonWriter) value(v any) { _, _ = j.w.Write(j.encode(v)) }

// open writes an object without its end, so that more fields can follow.
func (j *jsonWriter) open(object any) {
	_, _ = j.w.Write(bytes.TrimSuffix(j.encode(object), []byte("}")))
}

// encode returns the JSON form of a value, valid until the next call.
func (j *jsonWriter) encode(v any) []byte {
	j.b.Reset()
	if err := j.e.Encode(v); err != nil && j.err == nil {
		j.err = err
	}
	return bytes.TrimSuffix(j.b.Bytes(), []byte("\n"))
}

type jsonFinding struct {
	jsonPlace
	Severity      string        `json:"severity"`
	Code          string        `json:"code"`
	Message       string        `json:"message"`
	Symbol        string        `json:"symbol"`
	Architectures []string      `json:"architectures,omitempty"`
	Related       []jsonRelated `json:"related"`
	Fix           *jsonFix      `json:"fix,omitempty"`
}

type jsonFix struct {
	Title        string     `json:"title"`
	KeepsMeaning bool       `json:"keepsMeaning"`
	Edits        []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	jsonPlace
	NewText string `json:"newText"`
}

type jsonBaseline struct {
	Known int         `json:"known"`
	Stale []jsonStale `json:"stale"`
}

type jsonStale struct {
	File   string `json:"file"`
	Code   string `json:"code"`
	Symbol string `json:"symbol"`
	Text   string `json:"text"`
	Count  int    `json:"count"`
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

// findings adds the fields "diagnostics" and "summary".
func (j *jsonWriter) findings(r *Report) {
	j.array("diagnostics", func(next func()) {
		for f := range r.counting() {
			out := jsonFinding{
				jsonPlace: placeJSON(f.Place), Severity: f.Severity.String(), Code: f.Code,
				Message: f.Message, Symbol: f.Symbol, Architectures: f.Archs, Related: []jsonRelated{},
			}
			for _, n := range f.Related {
				out.Related = append(out.Related, jsonRelated{placeJSON(n.Place), n.Message})
			}
			if f.Fix != nil {
				out.Fix = &jsonFix{f.Fix.Title, f.Fix.KeepsMeaning, []jsonEdit{}}
				for _, c := range f.Fix.Changes {
					out.Fix.Edits = append(out.Fix.Edits, jsonEdit{placeJSON(c.Place), c.NewText})
				}
			}
			next()
			j.value(out)
		}
	})
	if r.Baseline != nil {
		b := jsonBaseline{r.Baseline.Known, []jsonStale{}}
		for _, s := range r.Baseline.Stale {
			b.Stale = append(b.Stale, jsonStale{s.File, s.Code, s.Symbol, s.Text, s.Count})
		}
		j.raw(`,"baseline":`)
		j.value(b)
	}
	j.raw(`,"summary":`)
	j.value(r.Summary())
}
