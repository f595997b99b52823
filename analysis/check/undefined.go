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
// defines. A symbol that only other architectures define is no finding. Each place
// has one code: that of the mistake that explains it best.
func undefinedSymbols() Check {
	return Check{
		Rules: rulesOf(References, Warning,
			CodeUndefinedSymbol, codeUppercaseTristate, codeConfigPrefixInKconfig, codeUndefinedCompare),
		Run: func(p *Pass) {
			if !p.Complete || !Closed(p.Dialect) {
				return
			}
			for o := range p.Sources.Undefined(p.File) {
				u := undefinedName{Pass: p, Occurrence: o, name: p.Sources.Name(o.Symbol), st: p.File.Tree.At(o.Statement)}
				if p.Allowed[u.name] || u.isConstant() || len(p.View.ExpandedDefinitions(u.name)) > 0 {
					continue
				}
				f := u.finding()
				token := p.File.Token(o)
				f.Severity, f.Symbol, f.Start, f.End = Warning, u.name, token.Start, token.End
				p.report(f)
			}
		},
	}
}

// IsUndefined reports whether findings with a code are about names of symbols that
// nothing defines.
func IsUndefined(code string) bool {
	switch code {
	case CodeUndefinedSymbol, codeUppercaseTristate, codeConfigPrefixInKconfig, codeUndefinedCompare:
		return true
	}
	return false
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

// undefinedName is a place with the name of a symbol that nothing defines.
type undefinedName struct {
	*Pass
	menu.Occurrence
	name string
	st   parser.Statement
}

// at returns the name as a line.
func (u undefinedName) at() Line { return LineOf(u.File, u.st).tokens(u.Token, u.Token+1) }

// finding says what is wrong with the name.
func (u undefinedName) finding() Finding {
	if f, ok := u.uppercaseTristate(); ok {
		return f
	}
	if f, ok := u.configPrefix(); ok {
		return f
	}
	if f, ok := u.compared(); ok {
		return f
	}
	f := Finding{Code: CodeUndefinedSymbol, Message: u.nowhere() + ", so it is always n here"}
	switch u.Role {
	case menu.Selects, menu.Implies, menu.Sets:
		f.Message = u.nowhere() + ", so this does nothing"
	case menu.Redefaults:
		f.Message = u.nowhere() + ", so this sets nothing"
	}
	u.suggest(&f)
	return f
}

// nowhere begins a message.
func (u undefinedName) nowhere() string {
	return "`" + u.name + "` is defined in no Kconfig file of the tree"
}

// suggest adds what was probably meant to a finding. Who types does not wait for it.
func (u undefinedName) suggest(f *Finding) bool {
	near, _ := u.Sources.KnownNearest(u.name)
	if u.Suggest {
		near, _ = u.Sources.Nearest(u.name)
	}
	if near == "" {
		return false
	}
	f.Message += ": did you mean `" + near + "`?"
	f.Fix = fixOf("Replace it by `"+near+"`", u.at(), Replace, near)
	return true
}

// isConstant reports whether an undefined name is meant as a constant: the value of
// a number or text, or what a text is compared with.
func (u undefinedName) isConstant() bool {
	switch u.Role {
	case menu.Defaults, menu.Ranges:
		if e, ok := u.File.EntryAt(u.st.Index); ok {
			keyword, _, given := e.Type()
			if !given {
				keyword = u.typeInTree(e.Name())
			}
			switch keyword {
			case parser.KwString, parser.KwInt, parser.KwHex, parser.KwFloat:
				return true
			}
		}
	}
	other, isCompared := u.comparedWith()
	if !isCompared {
		return false
	}
	if u.name == strings.ToLower(u.name) {
		return true
	}
	if u.st.Token(other).Kind != parser.Word {
		return false
	}
	return u.typeInTree(u.st.TokenText(other)) == parser.KwString
}

// typeInTree returns the type that all definitions of a symbol in the tree give it,
// in whatever view, 0 if they give none or different ones.
func (p *Pass) typeInTree(name string) parser.TokenKind {
	id, ok := p.Sources.Lookup(name)
	if !ok {
		return 0
	}
	found, several := parser.TokenKind(0), false
	for _, file := range p.Sources.DefinedIn(id) {
		p.Sources.File(file).DefinitionsOf(id, func(d *menu.Definition) bool {
			several = several || d.Mixed || found != 0 && d.Type != 0 && d.Type != found
			if d.Type != 0 {
				found = d.Type
			}
			return !several
		})
	}
	if several {
		return 0
	}
	return found
}

func (p *Pass) defined(name string) bool {
	id, ok := p.Sources.Lookup(name)
	return ok && len(p.Sources.DefinedIn(id)) > 0
}
