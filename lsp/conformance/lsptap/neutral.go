package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

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

// neutral makes a session of a recording. It refuses to write one that still
// tells of the machine.
func neutral(file, target, comment string, roots roots, trim bool) error {
	entries, err := load(file)
	if err != nil {
		return err
	}
	session, err := recording.Neutral(entries, recording.NewNames(roots))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if trim {
		session.Trim()
	}
	if comment != "" {
		session.Comment = comment + "\n\n"
	}
	text := session.Format()
	if places := machinePlaces(string(text), roots); len(places) > 0 {
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
			named := slices.ContainsFunc(newNames(roots), func(name string) bool { return strings.HasPrefix(place, name) })
			if !named && !slices.Contains(places, place) {
				places = append(places, place)
			}
		}
	}
	return places
}

func newNames(roots roots) []string {
	var names []string
	for _, name := range roots {
		names = append(names, name)
	}
	return names
}
