package scan

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// Formatted is a Kconfig file and what it is in the style of its project.
type Formatted struct {
	Path
	Before, After string
}

// Changes reports whether the file is not in that style.
func (f Formatted) Changes() bool { return f.Before != f.After }

// Format calls do with each of the named files, and with the Kconfig files below named
// directories, in order, until it returns an error.
func Format(names []string, o Options, do func(Formatted) error) error {
	var paths []Path
	for _, name := range names {
		p, err := o.Find(name)
		if err != nil {
			return err
		}
		if isConfig(p) {
			return fmt.Errorf("%s is a configuration: only Kconfig files are formatted", name)
		}
		paths = append(paths, p)
	}
	for _, p := range disjoint(paths) {
		files := []Path{p}
		if p.IsDir {
			var err error
			if files, err = o.filesBelow(p); err != nil {
				return err
			}
		}
		for _, file := range files {
			switch {
			case p.InProject:
				file.Project, file.InProject = p.Project, true
			case p.IsDir: // it may belong to a tree of its own
				file.Project, file.InProject = analysis.Locate(o.FS, file.Absolute)
			}
			s, err := o.single(file)
			if err != nil {
				return err
			}
			if err := do(formatted(s, file)); err != nil {
				return err
			}
		}
	}
	return nil
}

// FormatInput formats what a reader has, as if it were a file Kconfig of the working
// directory.
func FormatInput(stdin io.Reader, o Options) (Formatted, error) {
	text, err := readInput(stdin)
	if err != nil {
		return Formatted{}, err
	}
	p := Path{Name: standardInputName, Absolute: filepath.Join(o.Dir, "Kconfig")}
	p.Project, p.InProject = analysis.Locate(o.FS, o.Dir)
	return formatted(analysis.LoadText(o.FS, p.Absolute, text, o.singleSettings(p)), p), nil
}

func formatted(s *analysis.Snapshot, p Path) Formatted {
	before := s.Text(p.Absolute).Text()
	return Formatted{p, before, analysis.Apply(before, analysis.Format(s, p.Absolute))}
}

// WriteFormatted replaces a file by what it is in the style of its project. A link
// stays one.
func WriteFormatted(f Formatted) error {
	target, err := filepath.EvalSymlinks(f.Absolute)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", f.Name, err)
	}
	info, err := os.Stat(target)
	if err == nil {
		err = writeWhole(target, f.After, info.Mode().Perm())
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", f.Name, err)
	}
	return nil
}
