package check

import (
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about help texts.
const (
	codeHelpMissing = "help-missing"
	codeHelpShort   = "help-short"
)

// leastHelp is how many lines a help text should have, as scripts/checkpatch.pl of the
// kernel asks unless it is told otherwise.
const leastHelp = 4

// helpTexts reports symbols with a prompt and no help text, or a short one. Members of
// choices are explained by their choice, and one definition with a help text is enough.
func helpTexts() FileCheck {
	return FileCheck{
		Rules: []Rule{
			{ID: codeHelpMissing, Family: Structure, Severity: Information, Off: true},
			{ID: codeHelpShort, Family: Structure, Severity: Information, Off: true},
		},
		Run: func(p *FilePass) {
			for i := range p.Entries {
				e := &p.Entries[i]
				if e.Definition == nil || e.Kinds&kindsOf(parser.Type, parser.Prompt) == 0 {
					continue
				}
				if st, token, ok := shownPrompt(e); ok {
					if _, member := p.File.InChoice(e.Head.Index); !member {
						p.helpOf(e, p.line(st).tokens(token, token+1))
					}
				}
			}
		},
	}
}

// shownPrompt returns the title of an entry, or that of its prompts which is shown.
func shownPrompt(e *FileEntry) (st parser.Statement, token int, ok bool) {
	if token, ok := e.Head.PromptToken(); ok {
		return e.Head, token, true
	}
	for i := len(e.Lines) - 1; i >= 0; i-- {
		if token, ok := e.Lines[i].PromptToken(); ok {
			return e.Lines[i], token, true
		}
	}
	return st, 0, false
}

func (p *FilePass) helpOf(e *FileEntry, prompt Line) {
	lines, body := -1, parser.Statement{}
	for _, st := range e.Lines {
		switch {
		case st.Kind == parser.Help:
			lines, body = max(lines, 0), st
		case st.Kind == parser.HelpText && st.Len() > 0:
			lines, body = helpLines(st.TokenText(0)), st
		}
	}
	switch {
	case lines < 0:
		if p.helpElsewhere(e) {
			return
		}
		p.report(LineFinding{
			Code: codeHelpMissing, Severity: Information, At: prompt, Symbol: e.Name(),
			Message: fmt.Sprintf("`%s` has a prompt and no help text: say what it is for, and who needs it", e.Name()),
			Fix:     fixOf("Add a help text", p.line(e.Lines[len(e.Lines)-1]), InsertBelow, helpStub(e)).keepingMeaning(),
		})
	case lines > 0 && lines < leastHelp:
		p.report(LineFinding{
			Code: codeHelpShort, Severity: Information, At: p.line(body), Symbol: e.Name(),
			Message: fmt.Sprintf("`%s` has a help text of %s, and checkpatch asks for %d: say what it is for, and who needs it", e.Name(), counted(lines, "line"), leastHelp),
		})
	}
}

// helpLines counts the lines of a help text that are not blank.
func helpLines(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// helpElsewhere reports whether another definition of an entry's symbol has a help text.
func (p *FilePass) helpElsewhere(e *FileEntry) bool {
	found := false
	p.definitions(e.Definition.Symbol, func(f *menu.File, d *menu.Definition) bool {
		if f != p.File || d.Statement != e.Head.Index {
			_, _, found = menu.Entry{File: f, Head: f.Tree.At(d.Statement)}.Help()
		}
		return !found
	})
	return found
}

// helpStub returns a help text to begin with, indented as the entry is.
func helpStub(e *FileEntry) string {
	tree := e.File.Tree
	at := int(e.Lines[0].Token(e.Lines[0].First(0)).Start)
	indentation := tree.Slice(tree.LineStart(tree.Line(at)), at)
	return "help\n" + indentation + "  Say what this is for, who needs it, and what happens without it."
}

// counted returns a number of things in words.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
