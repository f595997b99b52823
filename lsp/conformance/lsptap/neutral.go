package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
)

// roots are directories with their new names, as flags say them: DIR=NAME.
type roots map[string]string

func (r roots) String() string { return "" }

func (r roots) Set(value string) error {
	dir, name, ok := strings.Cut(value, "=")
	if !ok || !strings.HasPrefix(dir, "/") || !strings.HasPrefix(name, "/") {
		return errors.New("want DIR=NAME, both absolute")
	}
	r[strings.TrimSuffix(dir, "/")] = name
	return nil
}

// files are files with their names in the tree, as flags say them: NAME=FILE.
type files map[string]string

func (f files) String() string { return "" }

func (f files) Set(value string) error {
	name, file, ok := strings.Cut(value, "=")
	if !ok {
		return errors.New("want NAME=FILE")
	}
	f[name] = file
	return nil
}

type neutralOptions struct {
	tree    string
	roots   roots
	files   files
	trim    bool
	most    int
	comment string
}

// neutral makes a session of a recording. It refuses to write one that still
// tells of the machine.
func neutral(file, target string, o neutralOptions) error {
	entries, err := load(file)
	if err != nil {
		return err
	}
	if o.tree != "" {
		dir, err := recording.Opened(entries)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		o.roots[dir] = o.tree
		// Commands in which a name is not quoted, and messages about them, end at a blank.
		if first, _, cut := strings.Cut(dir, " "); cut {
			o.roots[first] = o.tree
		}
	}
	session, err := recording.Neutral(entries, recording.NewNames(o.roots))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if o.trim || o.most > 0 {
		session.Trim(o.most)
	}
	if o.comment != "" {
		session.Comment = o.comment + "\n\n"
	}
	for _, name := range slices.Sorted(maps.Keys(o.files)) {
		text, err := os.ReadFile(o.files[name])
		if err != nil {
			return err
		}
		session.Files = append(session.Files, txtar.File{Name: name, Data: text})
	}
	text := session.Format()
	if places := machinePlaces(string(text), o.roots); len(places) > 0 {
		return fmt.Errorf("%s: these places of this machine would stay: name them with -root: %s", file, strings.Join(places, ", "))
	}
	return os.WriteFile(target, text, 0o666)
}

// machinePlaces returns what a text says of the directories of a machine.
func machinePlaces(text string, roots roots) []string {
	dirs := []string{os.TempDir()}
	if home, err := os.UserHomeDir(); err == nil && home != "/" {
		dirs = append(dirs, home)
	}
	if dir, err := os.Getwd(); err == nil && dir != "/" {
		dirs = append(dirs, dir)
	}
	var places []string
	for _, dir := range dirs {
		for _, place := range regexp.MustCompile(regexp.QuoteMeta(dir)+`[^"\\\s]*`).FindAllString(text, -1) {
			named := slices.ContainsFunc(slices.Collect(maps.Values(roots)), func(name string) bool { return strings.HasPrefix(place, name) })
			if !named && !slices.Contains(places, place) {
				places = append(places, place)
			}
		}
	}
	return places
}
