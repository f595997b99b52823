package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/baseline"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/scan"
)

// known reads the baseline, nil if there is none.
func (s *selection) known() (*baseline.Baseline, error) {
	if s.baseline == "" || s.writeBaseline {
		return nil, nil
	}
	text, err := os.ReadFile(s.baseline)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("--baseline: %s does not exist: add --write-baseline to make it", s.baseline)
	case err != nil:
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	b, err := baseline.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %s: %w", s.baseline, err)
	}
	return b, nil
}

// writeBaseline writes what was found to the file of the baseline.
func (p *program) writeBaseline(r *report.Report, path string) error {
	b := baseline.Of(r)
	text, err := b.Text()
	if err != nil {
		return err
	}
	if err := scan.WriteConfig(path, string(text)); err != nil {
		return fmt.Errorf("--write-baseline: %w", err)
	}
	p.say(fmt.Sprintf("%s has %d findings now", path, b.Len()))
	return nil
}

// expects reports whether a finding of the baseline would have been found again if it
// were still there: it lies in what was checked, and was looked for.
func (s *selection) expects(id report.Identity, r *report.Report, paths []string, o scan.Options) bool {
	rule := slices.IndexFunc(check.Rules(), func(r check.Rule) bool { return r.ID == id.Code })
	if s.diff != "" || rule >= 0 && s.levels()[id.Code] == check.Off {
		return false
	}
	file := filepath.Join(r.Views[0].Root, filepath.FromSlash(id.File))
	return slices.ContainsFunc(paths, func(path string) bool {
		if !filepath.IsAbs(path) {
			path = filepath.Join(o.Dir, path)
		}
		rel, err := filepath.Rel(path, file)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	})
}

// sayStale tells what is in the baseline and is not there any more.
func (p *program) sayStale(r *report.Report, path string) {
	if r.Baseline == nil || len(r.Baseline.Stale) == 0 {
		return
	}
	const most = 5
	for i, s := range r.Baseline.Stale {
		if i == most {
			p.say(fmt.Sprintf("kconfig-ls: note: and %d more", len(r.Baseline.Stale)-most))
			break
		}
		p.say(fmt.Sprintf("kconfig-ls: note: %s has a finding that is gone: %s: `%s` [%s]", path, s.File, s.Text, s.Code))
	}
	p.say("kconfig-ls: note: --write-baseline writes it anew")
}

// sayFixed tells what was fixed, and at first also what was not.
func (p *program) sayFixed(fixed scan.Fixed, dir string, first bool) {
	for _, f := range fixed.Findings {
		p.say(fmt.Sprintf("%s:%d:%d: fixed: %s [%s]", report.DisplayPath(dir, f.Path), f.Line, f.Column, f.Fix.Title, f.Code))
	}
	if first {
		for _, refused := range fixed.Refused {
			p.say("kconfig-ls: note: " + refused)
		}
	}
}

// repositoryOf returns the directory that a path lies in.
func (s *selection) repositoryOf(name string, o scan.Options) (string, error) {
	path, err := o.Find(name)
	if err != nil || path.IsDir {
		return path.Absolute, err
	}
	return filepath.Dir(path.Absolute), nil
}
