package analysis

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// confWarning is a message of conf 6.12 that a check of single files covers.
type confWarning struct {
	text *regexp.Regexp // with the line
	code string
}

// confWarnings returns the messages, each with the line of the property that it is about.
func confWarnings() []confWarning {
	return []confWarning{
		{regexp.MustCompile(`^Kconfig:(\d+):warning: config symbol '.*' uses (select|imply), but is not bool or tristate`), "select-on-non-bool"},
		{regexp.MustCompile(`^Kconfig:(\d+):warning: default for config symbol '.*' must be a single symbol`), "default-not-single-symbol"},
		{regexp.MustCompile(`^Kconfig:(\d+):warning: '.*': number is invalid`), "bad-number"},
		{regexp.MustCompile(`^Kconfig:(\d+):warning: range is only allowed for int or hex symbols`), "range-not-numeric"},
		{regexp.MustCompile(`^Kconfig:(\d+):warning: range is invalid`), "bad-range-bound"},
		{regexp.MustCompile(`^Kconfig:(\d+):warning: leading whitespace ignored`), "prompt-whitespace"},
		{regexp.MustCompile(`^Kconfig:(\d+):warning: prompt redefined`), "prompt-redefined"},
		{regexp.MustCompile(`^Kconfig:(\d+): warning: menuconfig statement without prompt`), "menuconfig-no-prompt"},
	}
}

// TestConfCasesFileChecks holds what checks of single files find in small trees, each
// about one thing, against the warnings of Linux 6.12's own conf: the same ones at the
// same lines, and besides them only what is listed here that conf passes over.
func TestConfCasesFileChecks(t *testing.T) {
	silent := map[string][]string{
		"bool-default-m":          {"8 default-m-on-bool"},
		"choice-empty":            {"1 empty-choice"},
		"def_bool-str":            {"2 const-in-logic"},
		"default-bool-quoted":     {"3 bool-default-literal"},
		"default-string-unquoted": {"3 string-unquoted-default"},
		"prompt-empty":            {"2 prompt-empty"},
		"prompt-trailing-ws":      {"2 prompt-whitespace"},
		"range-backwards":         {"3 range-backwards"},
		"range-default-outside":   {"4 default-out-of-range"},
	}
	cases, err := filepath.Glob(filepath.Join(needDirectory(t, "KCONFIG_LS_ORACLES"), "conf-cases", "*", "Kconfig"))
	if err != nil || len(cases) < 100 {
		t.Fatalf("only %d cases there: %v", len(cases), err)
	}
	covered := map[string]bool{}
	for _, path := range cases {
		dir := filepath.Dir(path)
		name := filepath.Base(dir)
		want := append([]string{}, silent[name]...)
		stderr, err := os.ReadFile(filepath.Join(dir, "expected_stderr"))
		if err != nil {
			continue // notes on a case, without a run of conf
		}
		for line := range strings.Lines(string(stderr)) {
			for _, w := range confWarnings() {
				if m := w.text.FindStringSubmatch(line); m != nil {
					want = append(want, confPlace(m[1], w.code))
					covered[w.code] = true
				}
			}
		}
		if slices.ContainsFunc(want, func(w string) bool { return strings.HasSuffix(w, " range-not-numeric") }) {
			// conf looks at the bounds of a range as well that cannot be there at all.
			want = slices.DeleteFunc(want, func(w string) bool { return strings.HasSuffix(w, " bad-range-bound") })
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, fileFindings(t, dir)); diff != "" {
			t.Errorf("%s (-conf +ours):\n%s", name, diff)
		}
	}
	for _, w := range confWarnings() {
		if !covered[w.code] {
			t.Errorf("no case has the warning for %s", w.code)
		}
	}
	t.Logf("%d cases compared; warnings of conf seen: %s", len(cases), strings.Join(slices.Sorted(maps.Keys(covered)), " "))
}

// fileFindings returns the lines and codes of what checks of single files find in a
// tree of one or more Kconfig files, each place once. The tree gets a mainmenu, so that
// all of it is known, in a line of its own that does not count.
func fileFindings(t *testing.T, dir string) []string {
	t.Helper()
	archive := &txtar.Archive{Files: []txtar.File{{Name: "settings", Data: []byte("dialect=linux-6.12\n")}}}
	files, err := filepath.Glob(filepath.Join(dir, "Kconfig*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		if name == "Kconfig" {
			text = append([]byte("mainmenu \"Test\"\n"), text...)
		}
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: text})
	}
	f := fixtureOf(t, archive)
	found, styles := []string{}, f.root.newStyles()
	for file := range f.root.Sources.Files() {
		c := scope{f.snapshot, f.root, file, f.root.View(""), f.root.arch}
		for _, d := range c.current(f.root.Sources, check.RunFile(c.filePass(styles))) {
			if !slices.Contains(confCaseRules(), d.Code) {
				continue
			}
			found = append(found, confPlace(strconv.Itoa(file.Tree.Line(d.Start)), d.Code))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// confCaseRules returns the rules about single entries and blocks that are on by
// default.
func confCaseRules() []string {
	return strings.Fields(`
		select-on-non-bool default-not-single-symbol bad-number range-not-numeric bad-range-bound
		range-backwards default-out-of-range default-m-on-bool bool-default-literal
		string-unquoted-default const-in-logic menuconfig-no-prompt prompt-redefined prompt-empty
		prompt-whitespace transitional-has-props dup-select dead-select dup-imply dead-imply
		dup-default dead-default dup-range dead-range empty-choice empty-menu empty-if`)
}

// confPlace returns a line and a code as one text, without the line where conf gives that of
// what it has read on to.
func confPlace(line, code string) string {
	if code == "menuconfig-no-prompt" {
		return code
	}
	return line + " " + code
}
