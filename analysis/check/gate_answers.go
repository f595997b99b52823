package check

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const (
	codeAnswerFalse   = "toolchain-condition-false"
	codeAnswerUnknown = "toolchain-unknown"
)

// toolAnswers reports references that ask a tool, in lines of entries, to which the
// answer is n or is not known.
func toolAnswers() GateCheck {
	return GateCheck{Rules: []Rule{
		{ID: codeAnswerFalse, Family: Rust, Severity: Information, OfUser: true},
		{ID: codeAnswerUnknown, Family: Rust, Severity: Hint, OfUser: true},
	}, Run: func(p *GatePass) {
		for i := range p.Model.Symbols {
			s := &p.Model.Symbols[i]
			for _, ask := range s.Asks {
				p.answersIn(s, ask)
			}
		}
	}}
}

// answersIn looks at a line of a symbol that asks tools.
func (p *GatePass) answersIn(s *model.Symbol, ask model.Ask) {
	st := p.statement(ask.Node, ask.Statement)
	for i := range st.Len() {
		switch st.Token(i).Kind {
		case parser.MacroWord, parser.String:
		default:
			continue
		}
		at := p.line(ask.Node, ask.Statement).tokens(i, i+1)
		if reference, ok := p.reference(st.TokenText(i), ask.Commands); ok {
			p.answer(s, reference, at)
		}
	}
}

// reference returns the atom that a reference in a line with some commands is.
func (p *GatePass) reference(text string, commands []string) (expr.Atom, bool) {
	for _, test := range p.Gates.TestsOf(text) {
		a := p.Gates.Tests[test].Atom
		if !slices.ContainsFunc(p.Model.Symbols[a].Asked, func(asked string) bool { return !slices.Contains(commands, asked) }) {
			return a, true
		}
	}
	return 0, false
}

// answer reports what a reference came to, unless it is a text that is known or y.
func (p *GatePass) answer(s *model.Symbol, a expr.Atom, at Line) {
	reference := &p.Model.Symbols[a]
	f := LineFinding{Symbol: s.Name, At: at}
	switch {
	case reference.Kind == model.Answered && reference.Answer == model.AtomNo:
		f.Code, f.Severity = codeAnswerFalse, Information
		f.Message = "`" + shown(reference.Name) + "` is n"
	case reference.Kind == model.Unanswered:
		f.Code, f.Severity = codeAnswerUnknown, Hint
		f.Message = "`" + shown(reference.Name) + "` is not known"
	default:
		return
	}
	var reason, fix string
	if p.Explain != nil {
		reason, fix = p.Explain(a)
	}
	if reason != "" {
		f.Message += ": " + reason
	}
	if command := reference.Asked[len(reference.Asked)-1]; !strings.Contains(reason, command) {
		f.Message += ". It is decided by `" + shown(core(command)) + "`"
	}
	if fix != "" {
		f.Message += ". " + fix
	}
	p.report(f)
}

// core returns a command without what Kconfig.include of Linux has around those that it
// asks only whether they succeed.
func core(command string) string {
	inner, ok := strings.CutPrefix(command, "{ ")
	if !ok {
		return command
	}
	inner, _, ok = strings.Cut(inner, "; } >/dev/null")
	if !ok {
		return command
	}
	return strings.TrimPrefix(inner, `trap "rm -rf .tmp_$$" EXIT; mkdir .tmp_$$; `)
}

// shown returns a text for a message: on one line, and not too long.
func shown(text string) string {
	const most = 160
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > most {
		text = text[:strings.LastIndexByte(text[:most], ' ')+1] + "..."
	}
	return text
}
