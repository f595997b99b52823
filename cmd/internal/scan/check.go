package scan

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// Check looks for what is wrong with files and directories. A path in a tree is
// looked at as a part of that tree; files outside of any tree are looked at
// alone.
func Check(names []string, o Options) (*report.Report, error) {
	paths := make([]Path, 0, len(names))
	for _, name := range names {
		p, err := o.Find(name)
		if err != nil {
			return nil, err
		}
		paths = append(paths, p)
	}
	r := &report.Report{}
	for paths = disjoint(paths); len(paths) > 0; {
		first := paths[0]
		var same, others []Path
		for _, p := range paths {
			if first.InProject && p.InProject && p.Project.Dir == first.Project.Dir {
				same = append(same, p)
			} else {
				others = append(others, p)
			}
		}
		var err error
		if first.InProject {
			paths, err = others, o.checkTree(r, same)
		} else {
			paths, err = paths[1:], o.checkAlone(r, first)
		}
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// checkTree checks the given parts of one tree.
func (o Options) checkTree(r *report.Report, parts []Path) error {
	if o.Arch == "" {
		o.Arch = archOf(o, parts)
	}
	s, root, err := o.load(parts[0])
	if err != nil {
		return err
	}
	if err := policyError(s, root); err != nil {
		return err
	}
	archs, name, err := o.archs(root)
	if err != nil {
		return err
	}
	view := report.View{Root: root.Dir, Arch: name}
	everything := name == AllArchs || name == ""
	for _, part := range parts {
		if isConfig(part) {
			if err := o.checkConfig(r, s, root.Dir, part); err != nil {
				return err
			}
			continue
		}
		survey := analysis.Survey{Archs: archs, Unreached: everything, Suppressed: o.Suppressed, Deep: o.Deep, WithoutHints: o.WithoutHints}
		if part.Absolute != root.Dir {
			survey.Within = func(path string) bool { return below(part.Absolute, path) }
		}
		found, files := analysis.DiagnoseAll(s, root, survey)
		if files == 0 && !everything {
			// The view does not reach it, but it was asked for.
			survey.Unreached = true
			found, files = analysis.DiagnoseAll(s, root, survey)
		}
		switch {
		case files > 0:
			r.Add(view, s, found, files)
		case part.IsDir:
			return noKconfig(part)
		default: // a file that is not named as Kconfig files are
			findings, err := o.diagnoseAlone(part)
			if err != nil {
				return err
			}
			r.AddFindings(view, findings, 1)
		}
	}
	return nil
}

// policyError returns what is wrong with the file in which a tree says what it wants of
// checks. It stops a run: else a misspelt name would switch something off unseen.
func policyError(s *analysis.Snapshot, root *analysis.Root) error {
	file, ok := root.PolicyFile()
	if !ok || len(file.Found) == 0 {
		return nil
	}
	var lines []string
	var found []analysis.ArchDiagnostic
	for _, d := range file.Found {
		found = append(found, analysis.ArchDiagnostic{Diagnostic: d})
	}
	for _, f := range report.Locate(s.Text, found) {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Line, f.Column, f.Message))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// isConfig reports whether a path is that of a configuration.
func isConfig(p Path) bool { return !p.IsDir && analysis.IsConfigName(p.Absolute) }

// checkConfig checks a configuration in the tree whose directory is top, as the
// architecture sees it that the configuration is for.
func (o Options) checkConfig(r *report.Report, s *analysis.Snapshot, top string, p Path) error {
	with, err := s.WithConfig(o.FS, p.Absolute)
	if err != nil {
		return unreadable(p.Name, err)
	}
	r.AddFindings(report.View{Root: top, Arch: with.ConfigArch(p.Absolute)}, diagnose(with, p.Absolute), 1)
	return nil
}

// archOf returns the architecture whose directory holds all parts of a tree, ""
// if there is no such architecture.
func archOf(o Options, parts []Path) string {
	archs := analysis.ArchsOf(o.FS, parts[0].Project)
	i := slices.IndexFunc(archs, func(arch string) bool {
		dir := filepath.Join(parts[0].Project.Dir, "arch", arch)
		return !slices.ContainsFunc(parts, func(p Path) bool { return !below(dir, p.Absolute) })
	})
	if i < 0 {
		return ""
	}
	return archs[i]
}

// checkAlone checks a file that belongs to no tree, or all Kconfig files below
// a directory that belongs to none, each for itself.
func (o Options) checkAlone(r *report.Report, p Path) error {
	files := []Path{p}
	view := report.View{Root: filepath.Dir(p.Absolute)}
	if p.IsDir {
		view.Root = p.Absolute
		var err error
		if files, err = o.filesBelow(p); err != nil {
			return err
		}
	}
	for _, file := range files {
		findings, err := o.diagnoseAlone(file)
		if err != nil {
			return err
		}
		r.AddFindings(view, findings, 1)
	}
	return nil
}

// diagnoseAlone returns what is wrong with a file that is looked at alone.
func (o Options) diagnoseAlone(p Path) ([]report.Finding, error) {
	s, err := o.single(p)
	if err == nil && isConfig(p) {
		s, err = s.WithConfig(o.FS, p.Absolute)
	}
	if err != nil {
		return nil, err
	}
	return diagnose(s, p.Absolute), nil
}

// diagnose returns what is wrong with a file that belongs to no tree.
func diagnose(s *analysis.Snapshot, path string) []report.Finding {
	var found []analysis.ArchDiagnostic
	for _, d := range analysis.Diagnose(s, path, true) {
		found = append(found, analysis.ArchDiagnostic{Diagnostic: d})
	}
	slices.SortStableFunc(found, func(a, b analysis.ArchDiagnostic) int { return cmp.Compare(a.Start, b.Start) })
	return report.Locate(s.Text, found)
}

// filesBelow returns the Kconfig files in a directory that belongs to no tree,
// sorted. It follows no links.
func (o Options) filesBelow(dir Path) ([]Path, error) {
	var found []Path
	pending := []Path{dir}
	for len(pending) > 0 {
		top := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		entries, err := o.FS.ReadDir(top.Absolute)
		if err != nil {
			return nil, unreadable(top.Name, err)
		}
		for _, e := range entries {
			child := Path{Name: filepath.Join(top.Name, e.Name()), Absolute: filepath.Join(top.Absolute, e.Name())}
			switch {
			case e.IsDir() && !strings.HasPrefix(e.Name(), "."):
				pending = append(pending, child)
			case e.Type() == 0 && analysis.IsKconfigName(e.Name()):
				found = append(found, child)
			}
		}
	}
	if len(found) == 0 {
		return nil, noKconfig(dir)
	}
	slices.SortFunc(found, func(a, b Path) int { return strings.Compare(a.Absolute, b.Absolute) })
	return found, nil
}

// noKconfig is the error about a directory without Kconfig files.
func noKconfig(dir Path) error {
	return fmt.Errorf("%s has no Kconfig file: name a Kconfig file, or a directory of a tree that has Kconfig files", dir.Name)
}
