package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/terminal"
)

// WriteGitHub writes the findings as workflow commands, which GitHub shows
// beside the lines of a pull request. Files are named relative to dir, which is
// the top of the repository.
func WriteGitHub(w io.Writer, r *Report, dir string) error {
	p := newPrinter(w)
	for f := range r.counting() {
		level := "notice"
		switch f.Severity {
		case check.Error:
			level = "error"
		case check.Warning:
			level = "warning"
		}
		message := terminal.Printable(f.Message)
		if len(f.Archs) > 0 {
			message += terminal.Printable(" (only for " + strings.Join(f.Archs, ", ") + ")")
		}
		for _, n := range f.Related {
			message += fmt.Sprintf("\n%s:%d: %s", relative(dir, n.Path), n.Line, terminal.Printable(n.Message))
		}
		p.printf("::%s file=%s,line=%d,col=%d,title=%s::%s\n", level,
			property(relative(dir, f.Path)), f.Line, f.Column, property(f.Code), data(message))
	}
	return p.flush()
}

// data escapes the message of a workflow command.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

// property escapes a property of a workflow command.
func property(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(filepath.ToSlash(text))
}
