package parser

// A verdict is what conf says about a file's syntax, or what a tree says about
// it in the same terms, so that both can be compared.
type verdict struct {
	accept bool
	line   int // of the first error, counted from 1; 0 if there is none
}

// differs reports whether a verdict is another than that of conf. Linux before
// 6.12 reports another line.
func (v verdict) differs(conf verdict, d Dialect) bool {
	return v.accept != conf.accept || v.line != conf.line && !d.Has(OldChoices)
}

// verdictOf returns what conf should say about a tree's text, as the root file
// of a configuration.
func verdictOf(t *Tree) verdict {
	v := verdict{accept: true}
	for _, e := range t.Errors() {
		if e.Severity == SeverityError {
			v = verdict{line: errorLine(t, e)}
			break
		}
	}
	if s, ok := t.EndsUnterminated(); ok && v.accept && !t.Dialect().Has(FinalNewlineOptional) {
		return verdict{line: statementLine(t, s)}
	}
	return v
}

// errorLine returns the line that conf reports an error on: that of the first
// token of the statement, but for errors that it finds otherwise.
func errorLine(t *Tree, e Error) int {
	if int(e.Start) >= t.Size() {
		return t.Lines()
	}
	s := t.At(t.IndexAt(int(e.Start)))
	switch e.Code {
	case CodeUnterminatedMacro:
		return t.Line(int(e.Start)) + 1
	case CodeBlankHelp, CodeRepeatedHelp:
		// conf has read the help text by then.
		if next := s.Index + 1; next < t.Len() && t.At(next).Kind == HelpText {
			s = t.At(next)
		}
		return t.Line(int(s.End)) + 1
	}
	return statementLine(t, s)
}

func statementLine(t *Tree, s Statement) int {
	return t.Line(int(s.Token(s.First(0)).Start)) + 1
}
