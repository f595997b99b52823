package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeAlwaysN = "always-n"

// alwaysN reports symbols that nothing in the tree can set: none of their definitions
// has a prompt or a default, and nothing selects or implies them, for whatever
// architecture.
func alwaysN() FileCheck {
	return FileCheck{Rules: rulesOf(References, Warning, codeAlwaysN), Run: func(p *FilePass) {
		if !p.Complete || !selfContained(p.Dialect) {
			return
		}
		for _, e := range p.Entries {
			if !e.Head.Kind.IsSymbolDefinition() || canBeSet(e.Lines) {
				continue
			}
			keyword, _, typed := e.Type()
			if !typed {
				continue // what is missing is a type
			}
			name := e.Name()
			id, ok := p.Sources.Lookup(name)
			if !ok || isBroken(name) || p.Sources.Selected(id) || p.setElsewhere(id) || p.hasOddLines(e) {
				continue
			}
			consequence := "it is always n"
			switch keyword {
			case parser.KwInt, parser.KwHex, parser.KwString, parser.KwFloat:
				consequence = "it never has a value"
			}
			token, _ := e.Head.Operand()
			p.report(LineFinding{
				Code: codeAlwaysN, Severity: Warning, At: p.line(e.Head).tokens(token, token+1), Symbol: name,
				Message: "`" + name + "` has no prompt and no default, and nothing selects or implies it for any architecture, so " + consequence +
					": remove it, or give it what sets it",
			})
		}
	}}
}

// selfContained reports whether no other Kconfig files than a tree's own can set its
// symbols, nor the command line of a tool: QEMU's build has one for each target, others
// take in trees of their users.
func selfContained(d parser.Dialect) bool {
	switch d.Name {
	case "linux", "u-boot", "barebox", "busybox":
		return true
	}
	return false
}

// hasOddLines reports whether lines of an entry are not known for what they are: one
// may be a default that is misspelt.
func (p *FilePass) hasOddLines(e FileEntry) bool {
	for st := range p.File.Tree.From(e.Head.Index + 1) {
		switch {
		case st.Kind == parser.Unknown, st.Kind == parser.MacroCall:
			return true
		case st.Kind.IsEntry():
			return false
		}
	}
	return false
}

// isBroken reports whether a symbol is n on purpose, so that what depends on it cannot
// be chosen unless somebody edits its definition.
func isBroken(name string) bool {
	return name == "BROKEN" || name == "DEPRECATED" || strings.HasPrefix(name, "BROKEN_")
}

// canBeSet reports whether an entry gives its symbol a value, or says that it comes
// from elsewhere.
func canBeSet(lines []parser.Statement) bool {
	for _, st := range lines {
		switch st.Kind {
		case parser.Default, parser.TypedDefault, parser.Option, parser.Modules, parser.Transitional:
			return true
		case parser.Type, parser.Prompt:
			if _, ok := st.PromptToken(); ok {
				return true
			}
		}
	}
	return false
}

// setElsewhere reports whether another definition of a symbol can set it, or a line of
// another entry that is no select.
func (p *FilePass) setElsewhere(symbol menu.SymbolID) bool {
	set := false
	for _, id := range p.Sources.DefinedIn(symbol) {
		f := p.Sources.File(id)
		f.DefinitionsOf(symbol, func(d *menu.Definition) bool {
			var lines []parser.Statement
			for st := range (menu.Entry{File: f, Head: f.Tree.At(d.Statement)}).Attributes() {
				lines = append(lines, st)
			}
			set = set || canBeSet(lines)
			return !set
		})
	}
	for _, id := range p.Sources.ReferencedIn(symbol) {
		for o := range p.Sources.File(id).OccurrencesOf(symbol) {
			switch o.Role {
			case menu.Implies, menu.Sets, menu.Redefaults:
				return true
			}
		}
	}
	return set
}
