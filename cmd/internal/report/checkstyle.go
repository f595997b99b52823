package report

import (
	"encoding/xml"
	"io"
	"path/filepath"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// The parts of the XML that Checkstyle writes and many tools read.
type (
	checkstyleLog struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

// WriteCheckstyle writes the findings as Checkstyle does. It knows errors, warnings and
// what is information.
func WriteCheckstyle(w io.Writer, r *Report) error {
	log := checkstyleLog{Version: "4.3", Files: []checkstyleFile{}}
	index := map[string]int{}
	for f := range r.counting() {
		name := filepath.ToSlash(f.Path)
		i, ok := index[name]
		if !ok {
			i = len(log.Files)
			index[name] = i
			log.Files = append(log.Files, checkstyleFile{Name: name})
		}
		e := checkstyleError{f.Line, f.Column, "info", f.Message, "kconfig." + f.Code}
		if f.Severity == check.Error || f.Severity == check.Warning {
			e.Severity = f.Severity.String()
		}
		if len(f.Archs) > 0 {
			e.Message += " (only for " + strings.Join(f.Archs, ", ") + ")"
		}
		log.Files[i].Errors = append(log.Files[i].Errors, e)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(log); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
