package analysis

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// cursorMark stands for a cursor in the files of a fixture.
const cursorMark = "$0"

// fixture is a tree in memory, made of the files of a txtar archive.
//
// A part is a file on disk, named relative to the tree's directory. A part
// whose name ends in " (open)" is the unsaved text of an open document, with or
// without a part for what is on disk. Each $0 is a cursor and is taken out of
// the text. Some parts are no files:
//
//	settings  lines such as "arch=arm64", "dialect=zephyr", "env NAME=value",
//	          "check RULE=on", "allow=NAME", "forbid=NAME"
//	answers   what commands print: lines such as "rustc --version => rustc 1.85.0"
//	requirements  what these are made of, see fixtureRequirements
//	reasons   what is behind answers: lines "COMMAND => REASON | FIX"
//	ranges    it says nothing: two cursors each are the ends of a selection
//	want      what the test expects; checkArchives compares it
//
// If no file is the root of a tree, each file is a document that belongs to no
// tree.
type fixture struct {
	disk     vfstest.Memory
	snapshot *Snapshot
	root     *Root // nil if there is no tree
	dir      string
	cursors  []cursor // in the order of the archive
	paths    []string // absolute, in the order of the archive, each once
	ranges   bool     // whether two cursors each are a selection
}

// cursor is a place that was marked with $0.
type cursor struct {
	path   string // absolute
	offset int
}

// newFixture loads the tree of an archive's text.
func newFixture(t testing.TB, archive string) *fixture {
	t.Helper()
	return fixtureOf(t, txtar.Parse([]byte(archive)))
}

func fixtureOf(t testing.TB, archive *txtar.Archive) *fixture {
	t.Helper()
	f := &fixture{disk: vfstest.Memory{}, dir: fixtureDir()}
	settings := Settings{Environment: map[string]string{}, Workers: 1}
	type document struct{ path, text string }
	var open []document
	var requirements func(command string) []Requirement
	var reasons map[string]Requirement
	for _, part := range archive.Files {
		switch part.Name {
		case "want":
			continue
		case "ranges":
			f.ranges = true
			continue
		case "settings":
			fixtureSettings(t, &settings, string(part.Data))
			continue
		case "answers":
			settings.Answers = fixtureAnswers(t, f.dir, string(part.Data))
			continue
		case "requirements":
			requirements = fixtureRequirements(t, string(part.Data))
			continue
		case "reasons":
			reasons = fixtureReasons(t, string(part.Data))
			continue
		}
		name, isOpen := strings.CutSuffix(part.Name, " (open)")
		path := filepath.Join(f.dir, filepath.FromSlash(name))
		text := f.takeCursors(path, string(part.Data))
		if !slices.Contains(f.paths, path) {
			f.paths = append(f.paths, path)
		}
		if isOpen {
			open = append(open, document{path, text})
		} else {
			f.disk[path] = text
		}
	}
	if requirements != nil {
		settings.Tools = func(*Root, string) *Tools { return &Tools{Answers: settings.Answers, Requirements: requirements} }
	}
	if reasons != nil {
		settings.Tools, settings.Answers = explainedTools(settings.Answers, reasons), nil
	}
	var err error
	f.snapshot, f.root, err = Load(f.disk, f.dir, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.root == nil {
		for _, path := range f.paths {
			if text, ok := f.disk[path]; ok {
				f.snapshot.place(f.disk, path, 1, text, kindOf(path))
			}
		}
	}
	for _, d := range open {
		f.snapshot.place(f.disk, d.path, 1, d.text, kindOf(d.path))
	}
	if f.root != nil {
		f.root = f.snapshot.rootAt(f.root.Dir)
	}
	return f
}

// fixtureDir returns the absolute path that the trees of fixtures have.
func fixtureDir() string {
	dir, err := filepath.Abs(filepath.FromSlash("/tree"))
	if err != nil {
		panic(err)
	}
	return dir
}

// takeCursors removes the cursors from a text and notes where they were.
func (f *fixture) takeCursors(path, text string) string {
	for {
		i := strings.Index(text, cursorMark)
		if i < 0 {
			return text
		}
		f.cursors = append(f.cursors, cursor{path, i})
		text = text[:i] + text[i+len(cursorMark):]
	}
}

func fixtureSettings(t testing.TB, settings *Settings, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		variable, isVariable := strings.CutPrefix(name, "env ")
		rule, isRule := strings.CutPrefix(name, "check ")
		switch {
		case !ok:
			t.Fatalf("not a setting: %q", line)
		case isVariable:
			settings.Environment[variable] = value
		case isRule:
			level, ok := check.LevelByName(value)
			if !ok {
				t.Fatalf("no such level: %q", value)
			}
			if settings.Checks == nil {
				settings.Checks = check.Levels{}
			}
			settings.Checks[rule] = level
		case name == "arch":
			settings.Arch = value
		case name == "dialect":
			settings.Dialect = value
		case name == "allow":
			settings.UndefinedAllowed = append(settings.UndefinedAllowed, value)
		case name == "forbid":
			settings.Forbidden = append(settings.Forbidden, value)
		case name == "gate":
			settings.Gates = append(settings.Gates, value)
		default:
			t.Fatalf("no such setting: %q", name)
		}
	}
}

func fixtureAnswers(t testing.TB, dir, text string) macro.Answers {
	t.Helper()
	answers := macro.NewRecorded(dir)
	for line := range strings.Lines(text) {
		command, output, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		if !ok {
			t.Fatalf("not an answer: %q", line)
		}
		answers.Add(command, output)
	}
	return answers
}

// fixtureReasons returns what is behind the answers to commands.
func fixtureReasons(t testing.TB, text string) map[string]Requirement {
	t.Helper()
	reasons := map[string]Requirement{}
	for line := range strings.Lines(text) {
		command, reason, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		if !ok {
			t.Fatalf("not a reason: %q", line)
		}
		reason, fix, _ := strings.Cut(reason, " | ")
		reasons[command] = Requirement{Text: "`" + command + "` succeeds", Reason: reason, Fix: fix}
	}
	return reasons
}

// explainedTools returns tools with some answers, and the reasons for those that are
// n or not known.
func explainedTools(answers macro.Answers, reasons map[string]Requirement) func(*Root, string) *Tools {
	tools := &Tools{Answers: answers, Requirements: func(command string) []Requirement {
		r, ok := reasons[command]
		if !ok {
			return nil
		}
		if answers == nil {
			return []Requirement{r}
		}
		switch output, known := answers.Shell(command); {
		case known && output == "n":
			r.State = No
		case known:
			r.State = Yes
		}
		return []Requirement{r}
	}}
	return func(*Root, string) *Tools { return tools }
}

// checkArchives runs a feature over every archive testdata/DIRECTORY/*.txtar
// and compares what it renders with the archive's want part.
func checkArchives(t *testing.T, directory string, render func(*fixture) string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", directory, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives in testdata/%s: %v", directory, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := render(fixtureOf(t, archive))
			if got != "" && !strings.HasSuffix(got, "\n") {
				got += "\n"
			}
			want := ""
			for _, part := range archive.Files {
				if part.Name == "want" {
					want = string(part.Data)
				}
			}
			if got == want {
				return
			}
			if !*update {
				t.Errorf("run with -update to accept (-want +got):\n%s", cmp.Diff(want, got))
				return
			}
			archive.Files = slices.DeleteFunc(archive.Files, func(part txtar.File) bool { return part.Name == "want" })
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// checkCursors is checkArchives for features of a position: what is rendered
// for each cursor stands below the cursor's place and line.
func checkCursors(t *testing.T, directory string, render func(f *fixture, path string, offset int) string) {
	t.Helper()
	checkArchives(t, directory, func(f *fixture) string {
		var b strings.Builder
		for _, c := range f.cursors {
			fmt.Fprintf(&b, "at %s\n", f.cursorLine(c))
			for line := range strings.Lines(render(f, c.path, c.offset)) {
				b.WriteString("\t" + strings.TrimSuffix(line, "\n") + "\n")
			}
		}
		return b.String()
	})
}

// cursorLine renders a cursor as "path:line: text with $0".
func (f *fixture) cursorLine(c cursor) string {
	tree := f.snapshot.Text(c.path)
	if tree == nil {
		return f.relative(c.path) + ": not loaded"
	}
	line := tree.Line(c.offset)
	start, end := tree.LineStart(line), tree.LineStart(line+1)
	text := tree.Slice(start, c.offset) + cursorMark + tree.Slice(c.offset, end)
	return fmt.Sprintf("%s:%d: %s", f.relative(c.path), line+1, strings.TrimSpace(text))
}

// relative returns a path relative to the tree's directory, with slashes.
func (f *fixture) relative(path string) string { return relativeTo(f.dir, path) }

// location renders a location as `path:line:column-line:column "text"`. Lines
// and columns count from 1, columns in bytes.
func (f *fixture) location(l Location) string {
	return f.relative(l.Path) + ":" + f.span(l)
}

// span renders a location without its path.
func (f *fixture) span(l Location) string {
	tree := f.snapshot.Text(l.Path)
	if tree == nil {
		return fmt.Sprintf("%d-%d", l.Start, l.End)
	}
	place := func(offset int) string {
		line := tree.Line(offset)
		return fmt.Sprintf("%d:%d", line+1, offset-tree.LineStart(line)+1)
	}
	text := tree.Slice(l.Start, l.End)
	const most = 60
	if first, rest, cut := strings.Cut(text, "\n"); cut {
		last := rest[strings.LastIndexByte(rest, '\n')+1:]
		text = first + " ... " + strings.TrimSpace(last)
	} else if len(text) > most {
		text = text[:most] + "..."
	}
	return place(l.Start) + "-" + place(l.End) + " " + strconv.Quote(text)
}

func TestFixture(t *testing.T) {
	f := newFixture(t, `
-- Kconfig --
mainmenu "Test"
source "a/Kconfig"
-- a/Kconfig --
config A
-- a/Kconfig (open) --
config A$0B
	bool
`)
	if f.root == nil || len(f.cursors) != 1 {
		t.Fatalf("root %v, cursors %v", f.root, f.cursors)
	}
	if got, want := f.cursorLine(f.cursors[0]), "a/Kconfig:1: config A$0B"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := f.location(Location{f.paths[1], 7, 9}), `a/Kconfig:1:8-1:10 "AB"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, ok := f.root.Sources.Lookup("AB"); !ok {
		t.Error("the unsaved text is not indexed")
	}
}
