package scan

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const (
	// StandardInput is the name of a file that stands for standard input.
	StandardInput = "-"
	// standardInputName is how it is called in results.
	standardInputName = "<standard input>"
	// maxInput is how much is read of it, in bytes.
	maxInput = 64 << 20
)

// Parse parses one file and looks for what is wrong with it alone. Within a
// tree it is read in the tree's dialect. The reader is standard input.
func Parse(name string, stdin io.Reader, o Options) (*parser.Tree, *report.Report, error) {
	if name == StandardInput {
		return o.parseInput(stdin)
	}
	p, err := o.Find(name)
	if err != nil {
		return nil, nil, err
	}
	if p.IsDir {
		return nil, nil, fmt.Errorf("%s is a directory: name a file in it, or use the command check", name)
	}
	s, err := o.single(p)
	if err != nil {
		return nil, nil, err
	}
	tree, r := parsed(s, p)
	return tree, r, nil
}

// readInput reads all of standard input.
func readInput(stdin io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(stdin, maxInput+1))
	if err != nil {
		return "", unreadable("standard input", err)
	}
	if len(text) > maxInput {
		return "", fmt.Errorf("standard input has more than %d MiB: this is hardly a Kconfig file", maxInput>>20)
	}
	return string(text), nil
}

// parseInput parses standard input as if it were a file of the working
// directory.
func (o Options) parseInput(stdin io.Reader) (*parser.Tree, *report.Report, error) {
	text, err := readInput(stdin)
	if err != nil {
		return nil, nil, err
	}
	p := Path{Name: standardInputName, Absolute: filepath.Join(o.Dir, standardInputName)}
	p.Project, p.InProject = analysis.Locate(o.FS, o.Dir)
	s := analysis.LoadText(o.FS, p.Absolute, text, o.singleSettings(p))
	tree, r := parsed(s, p)
	return tree, r, nil
}

// parsed returns the parse of a file that was loaded alone, and what is wrong
// with it.
func parsed(s *analysis.Snapshot, p Path) (*parser.Tree, *report.Report) {
	view := report.View{Root: filepath.Dir(p.Absolute)}
	if p.InProject {
		view.Root = p.Project.Dir
	}
	r := &report.Report{}
	r.AddFindings(view, diagnose(s, p.Absolute), 1)
	return s.Document(p.Absolute).Tree(), r
}
