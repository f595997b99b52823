package check

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The codes of findings about source statements.
const (
	codeMissingSource    = "missing-source"
	codeRecursiveSource  = "recursive-source"
	codeRepeatedSource   = "repeated-source"
	codeUnreadableSource = "unreadable-source"
	codeExcessiveSource  = "excessive-source"
)

// sources reports source statements that lead nowhere, or around in circles.
func sources() Check {
	return Check{
		Rules: rulesOf(Syntax, Error, codeMissingSource, codeRecursiveSource, codeRepeatedSource, codeUnreadableSource, codeExcessiveSource),
		Run: func(p *Pass) {
			problems := p.View.Problems(p.File.ID)
			if len(problems) == 0 {
				return
			}
			for _, problem := range problems {
				_, st, ok := p.Sources.Source(menu.Place{File: p.File.ID, Source: problem.Source})
				if ok {
					p.sourceProblem(st, problem)
				}
			}
		},
	}
}

func (p *Pass) sourceProblem(st parser.Statement, problem menu.Problem) {
	f := Finding{Severity: Error, Start: st.Start, End: st.End}
	if i, ok := st.Operand(); ok {
		f.Start, f.End = st.Token(i).Start, st.Token(i).End
	}
	target := "`" + problem.Target + "`"
	switch problem.Kind {
	case menu.MissingSource, menu.UnmatchedSource:
		f.Code = codeMissingSource
		f.Message = target + " does not exist: correct the path or create the file"
		if problem.Kind == menu.UnmatchedSource {
			f.Message = "no file matches " + target + ": correct the pattern"
		}
		if generated(p.Dialect, problem.Target) {
			f.Severity = Information
			f.Message = target + " does not exist; it is made by the build, so nothing in it is known here"
		}
	case menu.RecursiveSource:
		f.Code = codeRecursiveSource
		f.Message = target + " is being included already, so this includes it for ever: remove one of the source lines: " + p.chain(problem)
	case menu.RepeatedSource:
		f.Code = codeRepeatedSource
		switch {
		case p.Dialect.Has(parser.StrictHelp): // both came with Linux 7.3
			f.Message = target + " is included a second time, which " + p.Dialect.String() + " rejects: remove this line"
		case p.Dialect.Name == "linux" && !p.followsFrom(problem) && p.includedTwice(problem.Target):
			f.Severity = Warning
			f.Message = target + " is included a second time, and under no other condition, so all that it defines is defined twice: remove this line"
		default:
			return
		}
		if file, other, ok := p.Sources.Source(problem.Other); ok {
			f.Related = append(f.Related, Related{file, other.Start, other.End, "it is included here before"})
		}
	case menu.UnreadableSource:
		f.Code = codeUnreadableSource
		f.Message = target + " cannot be read: " + reason(problem.Err)
	case menu.ExcessiveSource:
		f.Code = codeExcessiveSource
		f.Message = target + " is not followed: the files of this tree include each other too many times"
	}
	if len(problem.Chain) > 1 {
		for _, place := range problem.Chain[:len(problem.Chain)-1] {
			if file, link, ok := p.Sources.Source(place); ok {
				f.Related = append(f.Related, Related{file, link.Start, link.End, "the file is included from here"})
			}
		}
	}
	p.report(f)
}

// followsFrom reports whether a file is included a second time because the one with
// the source statement is.
func (p *Pass) followsFrom(problem menu.Problem) bool {
	return problem.Other == menu.Place{File: p.File.ID, Source: problem.Source}
}

// includedTwice reports whether at least two of the source statements that lead to a
// file with definitions have no condition around them, so that they are no
// alternatives.
func (p *Pass) includedTwice(target string) bool {
	f := p.Sources.FileByPath(path.Clean(target))
	if f == nil || len(f.Definitions()) == 0 {
		return false
	}
	const most = 16
	free := 0
	for _, conditions := range p.View.Context(p.Sources, f, 0, most) {
		if len(conditions) == 0 {
			free++
		}
	}
	return free > 1
}

// chain words the source statements that lead to a problem.
func (p *Pass) chain(problem menu.Problem) string {
	var steps []string
	for _, place := range problem.Chain {
		if file, st, ok := p.Sources.Source(place); ok {
			steps = append(steps, fmt.Sprintf("%s:%d", file.Path, file.Tree.Line(int(st.Start))+1))
		}
	}
	return strings.Join(append(steps, problem.Target), " -> ")
}

// generated reports whether a file that does not exist may be made later, by a
// project's build, or is left to its users to add.
func generated(d parser.Dialect, target string) bool {
	switch d.Name {
	case "linux", "barebox", "qemu":
		return false
	case "coreboot":
		return strings.HasPrefix(target, "site-local/")
	case "busybox", "u-boot", "buildroot":
		return strings.HasPrefix(target, "/") || strings.Contains(target, "generated")
	}
	return true
}

// reason puts an error of the file system in words without its path, which the
// message has already.
func reason(err error) string {
	var large *vfs.TooLargeError
	if errors.As(err, &large) {
		return fmt.Sprintf("it is %d MiB long, and files of more than %d MiB are not read", large.Size>>20, large.Limit>>20)
	}
	text := err.Error()
	if i := strings.LastIndex(text, ": "); i >= 0 {
		return text[i+2:]
	}
	return text
}
