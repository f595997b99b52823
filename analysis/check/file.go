package check

import (
	"slices"

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
		prompts(),
		selectOnNonBool(),
		defaults(),
		numbers(),
		defaultOutOfRange(),
		constInLogic(),
		helpTexts(),
		ungroupedAttributes(),
		transitionalProperties(),
		duplicateLines(),
		defaultValues(),
		redundantDefault(),
		oldOptionalIdiom(),
		emptyBlocks(),
		orphanFile(),
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
	// Reached reports whether any view of the tree includes the file, or may. It may
	// follow the source statements of all architectures.
	Reached func() bool
	// Style returns how the file is to be set.
	Style func() format.Style
	// Entries are those of the file, in order, without those in which a line is no
	// statement.
	Entries []FileEntry

	findings []LineFinding
}

// FileEntry is a config, menuconfig, configdefault, choice, menu or comment with
// its attribute lines, each collected once for all checks.
type FileEntry struct {
	menu.Entry
	// Lines are the attribute lines in order.
	Lines []parser.Statement
	// Kinds are the kinds of these lines, Repeated those of which there are several.
	Kinds, Repeated parser.KindSet
	// Definition is what the file's table says of a config or menuconfig, nil for others.
	Definition *menu.Definition
}

// RunFile runs all checks of single files that the policy wants. The findings are
// sorted.
func RunFile(pass *FilePass) []LineFinding {
	pass.findings = nil
	if len(pass.Policy.files) > 0 {
		pass.Entries = entriesOf(pass.File)
	}
	for _, c := range pass.Policy.files {
		c.Run(pass)
	}
	sortLines(pass.findings)
	return pass.findings
}

// entriesOf collects the entries of a file, in one pass.
func entriesOf(f *menu.File) []FileEntry {
	definitions := f.Definitions()
	entries := make([]FileEntry, 0, len(definitions)+8)
	lines := make([]parser.Statement, 0, f.Tree.Len()) // of all entries
	open := false                                      // whether attributes belong to the last entry
	for st := range f.Tree.From(0) {
		switch {
		case st.Kind.IsAttribute():
			if open {
				last := &entries[len(entries)-1]
				lines = append(lines, st)
				last.Lines = lines[len(lines)-1-len(last.Lines):]
				kind := parser.KindSet(1) << st.Kind
				last.Repeated |= last.Kinds & kind
				last.Kinds |= kind
			}
		case menu.HasAttributes(st.Kind):
			e := FileEntry{Entry: menu.Entry{File: f, Head: st}}
			for len(definitions) > 0 && definitions[0].Statement < st.Index {
				definitions = definitions[1:]
			}
			if len(definitions) > 0 && definitions[0].Statement == st.Index {
				e.Definition = &definitions[0]
			}
			entries, open = append(entries, e), true
		case st.Kind == parser.Unknown && open:
			// What follows may have been meant to belong to another entry.
			entries, open = entries[:len(entries)-1], false
		case st.Kind.IsEntry():
			open = false
		}
	}
	return entries
}

// line returns a statement of the file as a line.
func (p *FilePass) line(st parser.Statement) Line { return LineOf(p.File, st) }

// report adds a finding, unless the policy does not want it or the line cannot be read
// anyway.
func (p *FilePass) report(f LineFinding) {
	if p.Policy.On(f.Code) && !p.malformed(f.At.statement()) {
		p.findings = append(p.findings, f)
	}
}

// malformed reports whether the kernel's tools cannot read a statement.
func (p *FilePass) malformed(st parser.Statement) bool {
	return slices.ContainsFunc(p.File.Tree.Errors(), func(e parser.Error) bool {
		return e.Severity == parser.SeverityError && e.Start >= st.Start && e.Start < st.End
	})
}
