package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// macros reports macro references that cannot be expanded, and those that
// expand to nothing where something must stand. It expands every reference of
// the file, so it waits until nobody types.
func macros() Check {
	return Check{Rules: rulesOf(Syntax, Error, string(parser.CodeUnterminatedMacro)), Run: func(p *Pass) {
		if !p.Suggest || p.Dialect.Has(parser.JoinedLines) || !p.inView() {
			return
		}
		last, nothing := -1, []int(nil)
		for _, place := range p.File.MacroTokens() {
			if place.Statement != last {
				p.withoutNothing(last, nothing)
				last, nothing = place.Statement, nil
			}
			st := p.File.Tree.At(place.Statement)
			if st.Kind == parser.Assignment && !assignsAtOnce(st) {
				continue // expanded where it is used
			}
			e := p.View.Variables().Explain(p.File, st, st.TokenText(place.Token))
			switch {
			case e.Error != "":
				p.reportToken(string(parser.CodeUnterminatedMacro), Error, st.Token(place.Token), "", e.Error)
			case st.Token(place.Token).Kind != parser.MacroWord:
			case p.Single && strings.Contains(st.TokenText(place.Token), ","):
				// A function: it will be defined by a file that is not here.
			case e.Known && e.Text == "" || e.Unset && p.certainlyUnset(st.TokenText(place.Token)):
				nothing = append(nothing, place.Token)
			}
		}
		p.withoutNothing(last, nothing)
	}}
}

// assignsAtOnce reports whether an assignment expands its value: NAME := value.
func assignsAtOnce(st parser.Statement) bool {
	i := st.First(st.First(0) + 1)
	return i < st.Len() && st.Token(i).Kind == parser.ColonEqual
}

// certainlyUnset reports whether a token is a reference to one variable, which
// no file of the view defines and no kernel's build sets for Kconfig: one that
// the build sets has a value there although it has none here.
func (p *Pass) certainlyUnset(token string) bool {
	name, ok := strings.CutPrefix(token, "$(")
	name, closed := strings.CutSuffix(name, ")")
	return ok && closed && !strings.ContainsAny(name, "$(), ") && !setByBuild(name) && !p.View.Defines(name)
}

// setByBuild reports whether a kernel's build sets a variable for Kconfig.
func setByBuild(name string) bool {
	for _, prefix := range [...]string{
		"KBUILD", "KCONFIG", "CONFIG_", "RUST", "LLVM", "CLANG", "HOST", "CROSS_COMPILE", "CC_", "PAHOLE", "USER", "abs_",
	} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "srctree", "objtree", "ARCH", "SRCARCH", "SUBARCH", "HEADER_ARCH", "UTS_MACHINE", "KERNELVERSION", "KERNELRELEASE",
		"CC", "LD", "AR", "NM", "OBJCOPY", "OBJDUMP", "STRIP", "READELF", "BINDGEN", "CARGO", "CPP", "AS", "M", "MAKE",
		"SHELL", "PERL", "PYTHON3", "AWK", "BASH", "PATH", "HOME", "UBOOTVERSION", "KCFLAGS", "VERSION", "PATCHLEVEL":
		return true
	}
	return false
}

// withoutNothing reads a statement again without the references that expand to
// nothing, and reports what is missing then, as the kernel's lexer drops such
// tokens before its parser sees them.
func (p *Pass) withoutNothing(statement int, nothing []int) {
	if len(nothing) == 0 {
		return
	}
	st := p.File.Tree.At(statement)
	if st.Kind == parser.MacroCall {
		return // a line of its own may be empty
	}
	var text strings.Builder
	if st.Kind.IsAttribute() {
		opener := "config X\n"
		if e, ok := p.File.EntryAt(statement); ok {
			opener = e.Head.Text()
		}
		text.WriteString(opener)
	}
	at := st.Start
	for _, i := range nothing {
		token := st.Token(i)
		text.WriteString(p.File.Tree.Slice(int(at), int(token.Start)))
		at = token.End
	}
	text.WriteString(p.File.Tree.Slice(int(at), int(st.End)))
	for _, e := range parser.Parse(text.String(), p.File.Tree.Dialect()).Errors() {
		if e.Severity != parser.SeverityError || e.Code == parser.CodeMissingBlockEnd {
			continue
		}
		token := st.Token(nothing[0])
		p.reportToken(string(e.Code), Error, token, "",
			"`"+st.TokenText(nothing[0])+"` expands to nothing, and then the line is not complete: "+e.Message)
		return
	}
}
