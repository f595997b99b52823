package check

import (
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// syntax reports what the parser found, and what only the role of a file in
// its tree makes an error.
func syntax() Check {
	return Check{
		Rules: append(
			rulesOf(Syntax, Error,
				string(parser.CodeUnexpectedToken), string(parser.CodeUnknownStatement),
				string(parser.CodeDialectKeyword), string(parser.CodeObsoleteSyntax),
				string(parser.CodeIllegalInChoice), string(parser.CodeMisplacedStatement),
				string(parser.CodeMissingBlockEnd), string(parser.CodeUnexpectedBlockEnd),
				string(parser.CodeUnterminatedMacro), string(parser.CodeExpressionTooDeep),
				string(parser.CodeBlankHelp), string(parser.CodeRepeatedHelp)),
			rulesOf(Syntax, Warning,
				string(parser.CodeUnterminatedString), string(parser.CodeUnsupportedCharacter),
				string(parser.CodeCarriageReturn), string(parser.CodeMissingFinalNewline))...),
		Run: func(p *Pass) {
			for _, e := range p.File.Tree.Errors() {
				severity := Error
				if e.Severity == parser.SeverityWarning {
					severity = Warning
				}
				f := Finding{Code: string(e.Code), Severity: severity, Start: e.Start, End: e.End, Message: e.Message, Fix: p.obsoleteFix(e)}
				for _, r := range e.Related {
					f.Related = append(f.Related, Related{p.File, r.Start, r.End, r.Message})
				}
				p.report(f)
			}
			p.finalNewline()
			p.lateMainMenu()
		},
	}
}

// finalNewline reports a last line without a line end. Linux from 6.12 on
// rejects that in the root file and warns about it elsewhere.
func (p *Pass) finalNewline() {
	st, ok := p.File.Tree.EndsUnterminated()
	if !ok || p.Dialect.Has(parser.FinalNewlineOptional) {
		return
	}
	severity, message := Warning, "the last line has no line end: add one"
	if p.Root {
		severity, message = Error, "the last line has no line end, and the root file is rejected for it: add one"
	}
	last := st.Token(st.Len() - 1)
	p.reportToken(string(parser.CodeMissingFinalNewline), severity, last, "", message)
}

// lateMainMenu reports a mainmenu in a file that is included.
func (p *Pass) lateMainMenu() {
	if p.Root || !p.inView() || p.Dialect.Has(parser.LooseProperties) {
		return
	}
	for st := range p.File.Tree.All() {
		switch st.Kind {
		case parser.Blank:
			continue
		case parser.Mainmenu:
			p.reportToken(string(parser.CodeMisplacedStatement), Error, st.Token(st.First(0)), "",
				"`mainmenu` must be the first statement of the root file: this file is included by another")
		}
		return
	}
}
