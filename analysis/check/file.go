package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// FileCheck looks for kinds of mistakes that can be seen in one file and in what
// the index says of the symbols that it mentions. What it finds is the same for all
// architectures.
type FileCheck struct {
	// Rules are those of the check's findings.
	Rules []Rule
	// Run reports the findings in the file of the pass.
	Run func(pass *FilePass)
}

// FileChecks returns the checks of single files in the order in which they run.
func FileChecks() []FileCheck {
	return []FileCheck{
		promptWhitespace(),
		styleLayout(),
		styleLineLength(),
		styleName(),
		stylePromptEnable(),
		unknownChecks(),
		alwaysN(),
		unknownFunctions(),
	}
}

// FilePass is one file to look at.
type FilePass struct {
	File    *menu.File
	Dialect parser.Dialect
	Policy  *Policy
	// Sources are the files of the tree, Complete tells that all of them are there.
	Sources  *menu.Sources
	Complete bool
	// Style returns how the file is to be set.
	Style func() format.Style
	// Entries are those of the file, in order.
	Entries []FileEntry

	findings []LineFinding
}

// FileEntry is a config, menuconfig, configdefault, choice, menu or comment with
// its attribute lines, each collected once for all checks.
type FileEntry struct {
	menu.Entry
	// Lines are the attribute lines in order.
	Lines []parser.Statement
}

// RunFile runs all checks of single files that the policy wants. The findings are
// sorted.
func RunFile(pass *FilePass) []LineFinding {
	pass.findings, pass.Entries = nil, nil
	for _, c := range FileChecks() {
		if !pass.Policy.anyOn(c.Rules) {
			continue
		}
		if pass.Entries == nil {
			pass.Entries = entriesOf(pass.File)
		}
		c.Run(pass)
	}
	sortLines(pass.findings)
	return pass.findings
}

// entriesOf collects the entries of a file, in one pass.
func entriesOf(f *menu.File) []FileEntry {
	entries := []FileEntry{}
	open := false // whether attributes belong to the last entry
	for st := range f.Tree.From(0) {
		switch {
		case st.Kind.IsAttribute():
			if open {
				last := &entries[len(entries)-1]
				last.Lines = append(last.Lines, st)
			}
		case menu.HasAttributes(st.Kind):
			entries, open = append(entries, FileEntry{Entry: menu.Entry{File: f, Head: st}}), true
		case st.Kind.IsEntry():
			open = false
		}
	}
	return entries
}

// line returns a statement of the file as a line.
func (p *FilePass) line(st parser.Statement) Line { return LineOf(p.File, st) }

// report adds a finding, unless the policy does not want it.
func (p *FilePass) report(f LineFinding) {
	if p.Policy.On(f.Code) {
		p.findings = append(p.findings, f)
	}
}
