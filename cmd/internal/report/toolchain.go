package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
)

// Toolchain is what is known of the tools of a tree's view.
type Toolchain struct {
	toolchain.Report
	View jsonView `json:"view"`
}

// NewToolchain makes a report about tools.
func NewToolchain(root, arch string, trust toolchain.Trust, tools []toolchain.Tool, questions []toolchain.Question) *Toolchain {
	return &Toolchain{toolchain.NewReport(trust, tools, questions), jsonView{Root: root, Arch: arch}}
}

// WriteToolchainJSON writes a report as one JSON object.
func WriteToolchainJSON(w io.Writer, t *Toolchain) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(t)
}

// WriteToolchainText writes a report for people.
func WriteToolchainText(w io.Writer, t *Toolchain, o TextOptions) error {
	b := bufio.NewWriter(w)
	out := treeWriter{b: b, bold: o.Colors}
	view := t.View.Root
	if t.View.Arch != "" {
		view += ", " + t.View.Arch
	}
	out.line("", fmt.Sprintf("Tools of %s (trust: %s)", view, t.Trust), true)
	for _, tool := range t.Tools {
		text := fmt.Sprintf("%-8s %-14s %s", tool.Variable, tool.Command, tool.State)
		if tool.Version != "" {
			text = fmt.Sprintf("%-8s %-14s %s  [%s]", tool.Variable, tool.Command, tool.Version, tool.Path)
		}
		out.line("  ", text, false)
		if tool.Reason != "" {
			out.line("           ", tool.Reason, false)
		}
	}
	known := 0
	for _, q := range t.Questions {
		if q.Known {
			known++
		}
	}
	out.line("", "", false)
	out.line("", fmt.Sprintf("Questions: %d, %d of them answered", len(t.Questions), known), true)
	for _, q := range t.Questions {
		command := strings.ReplaceAll(q.Command, t.View.Root+"/", "")
		if !q.Known {
			out.line("  ?          ", command, false)
			out.line("             ", q.Reason, false)
			continue
		}
		answer := strings.ReplaceAll(strings.TrimRight(*q.Output, "\n"), "\n", " ")
		out.line("  ", fmt.Sprintf("%-10s %s", q.Source, command), false)
		out.line("             ", "= "+answer, false)
	}
	return b.Flush()
}
