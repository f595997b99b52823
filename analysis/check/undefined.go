package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// CodeUndefinedSymbol is the code of findings about symbols that no Kconfig file
// of the tree defines.
const CodeUndefinedSymbol = "undefined-symbol"

// undefinedSymbols reports symbols that no Kconfig file of the whole tree
// defines. A symbol that only other architectures define is no finding.
func undefinedSymbols() Check {
	return Check{
		Rules: rulesOf(References, Warning, CodeUndefinedSymbol),
		Run: func(p *Pass) {
			if !p.Complete || !Closed(p.Dialect) {
				return
			}
			for o := range p.Sources.Undefined(p.File) {
				name := p.Sources.Name(o.Symbol)
				if p.constantLike(o, name) || len(p.View.ExpandedDefinitions(name)) > 0 {
					continue
				}
				p.reportToken(CodeUndefinedSymbol, Warning, p.File.Token(o), name, p.undefinedMessage(o.Role, name))
			}
		},
	}
}

// Closed reports whether the Kconfig files of a project's tree are all there
// are: others generate files or take them from elsewhere.
func Closed(d parser.Dialect) bool {
	switch d.Name {
	case "linux", "u-boot", "barebox", "coreboot", "buildroot", "busybox", "qemu":
		return true
	}
	return false
}

// constantLike reports whether an undefined name is meant as a constant: the
// value of a number or text, or what a text is compared with.
func (p *Pass) constantLike(o menu.Occurrence, name string) bool {
	st := p.File.Tree.At(o.Statement)
	switch o.Role {
	case menu.Defaults, menu.Ranges:
		if e, ok := p.File.EntryAt(o.Statement); ok {
			keyword, _, given := e.Type()
			if !given {
				keyword, _ = p.typeOf(e.Name())
			}
			switch keyword {
			case parser.KwString, parser.KwInt, parser.KwHex, parser.KwFloat:
				return true
			}
		}
	}
	if name != strings.ToLower(name) {
		return false
	}
	compared := func(i int) bool { return i >= 0 && i < st.Len() && st.Token(i).Kind.IsComparison() }
	return compared(o.Token-1) || compared(o.Token+1)
}

func (p *Pass) undefinedMessage(role menu.Role, name string) string {
	message := "`" + name + "` is defined in no Kconfig file of the tree, so "
	switch role {
	case menu.Selects, menu.Implies, menu.Sets:
		message += "this does nothing"
	case menu.Redefaults:
		message += "this sets nothing"
	default:
		message += "it is always n here"
	}
	switch name {
	case "Y", "N", "M":
		return message + ": the constant is written `" + strings.ToLower(name) + "`"
	}
	if bare, ok := strings.CutPrefix(name, "CONFIG_"); ok && p.defined(bare) {
		return message + ": in Kconfig files the symbol is written `" + bare + "`"
	}
	if p.Suggest {
		if near, ok := p.Sources.Nearest(name); ok {
			return message + ": did you mean `" + near + "`?"
		}
	}
	return message
}

func (p *Pass) defined(name string) bool {
	id, ok := p.Sources.Lookup(name)
	return ok && len(p.Sources.DefinedIn(id)) > 0
}
