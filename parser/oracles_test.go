package parser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// oracles returns a folder of the directory that KCONFIG_LS_ORACLES names.
func oracles(t *testing.T, folder string) string {
	root := os.Getenv("KCONFIG_LS_ORACLES")
	if root == "" {
		t.Skip("set KCONFIG_LS_ORACLES to the directory of the oracles to compare with conf's recorded verdicts")
	}
	return filepath.Join(root, folder)
}

// mutant is a line of mutants.jsonl: a damaged file, and what three versions of
// conf say about it.
type mutant struct {
	ID   string
	Kind string
	V61  confVerdict `json:"conf-6.1"`
	V612 confVerdict `json:"conf-6.12"`
	V73  confVerdict `json:"conf-7.3"`
}

type confVerdict struct {
	Accept bool
	Line   *int `json:"first_error_line"`
	Msgs   []struct {
		Line     int
		Severity string `json:"sev"`
		Msg      string
	}
}

// TestMutants compares with what conf 6.1, 6.12 and 7.3 said about real files
// that were damaged in one place.
func TestMutants(t *testing.T) {
	dir := oracles(t, "mutants")
	file, err := os.Open(filepath.Join(dir, "mutants.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	count := 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m mutant
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "files", m.ID+".Kconfig"))
		if err != nil {
			t.Fatal(err)
		}
		count++
		compareMutant(t, m, "6.1", m.V61, Parse(string(text), Linux(6, 1)))
		compareMutant(t, m, "6.12", m.V612, Parse(string(text), Linux(6, 12)))
		compareMutant(t, m, "7.3", m.V73, Parse(string(text), Linux(7, 3)))
	}
	if err := lines.Err(); err != nil || count == 0 {
		t.Errorf("%d mutants, %v", count, err)
	}
	t.Logf("%d mutants, 3 versions", count)
}

const (
	byRecursion = "recursive dependencies show in the whole tree only"
	byMacro     = "what a macro expands to shows in the whole tree only"
	bySemantics = "what a symbol or choice must have is no matter of syntax"
	byProperty  = "conf checks it when it has read the whole entry"
)

// beyondSyntax are the mutants that conf rejects for what this package does not
// know, or does not look at; with a version if only that one does.
var beyondSyntax = map[string]string{
	"m0014 7.3":  bySemantics, // an earlier menuconfig without prompt
	"m0054":      byMacro,     // config $(t)
	"m0070":      byMacro,     // config $(t)
	"m0084":      byRecursion,
	"m0086":      byRecursion,
	"m0088":      byRecursion,
	"m0090":      byRecursion,
	"m0092":      byRecursion,
	"m0094":      byRecursion,
	"m0096":      byRecursion,
	"m0098":      byRecursion,
	"m0362 7.3":  byProperty, // a transitional symbol with a default
	"m0428 7.3":  byProperty, // a transitional symbol with a prompt
	"m0600 6.1":  byRecursion,
	"m0600 6.12": byRecursion,
}

func compareMutant(t *testing.T, m mutant, version string, c confVerdict, tree *Tree) {
	want := verdict{accept: c.Accept}
	if c.Line != nil {
		want.line = *c.Line
	}
	got := verdictOf(tree)
	_, beyond := beyondSyntax[m.ID]
	_, beyondHere := beyondSyntax[m.ID+" "+version]
	if differs := got.differs(want, tree.Dialect()); differs != (beyond || beyondHere) {
		t.Errorf("%s (%s) %s: conf %+v, parser %+v %v", m.ID, m.Kind, version, want, got, tree.Errors())
	}
	errors := tree.Errors()
	if c.Accept && len(c.Msgs) == 0 && len(errors) > 0 {
		t.Errorf("%s (%s) %s: conf has no finding, the parser has %v", m.ID, m.Kind, version, errors)
	}
	if c.Accept && version != "6.1" {
		var messages []string
		for _, message := range c.Msgs {
			if strings.HasSuffix(message.Msg, "character '") {
				return // "\r" or "\f", which the record cut off
			}
			messages = append(messages, fmt.Sprintf("%d %s", message.Line, message.Msg))
		}
		if want, got := confWarnings(messages), warnings(tree); !slices.Equal(want, got) {
			t.Errorf("%s (%s) %s: conf warns of %v, the parser of %v", m.ID, m.Kind, version, want, got)
		}
	}
}

// confWarnings returns the lexer's warnings among messages that begin with a
// line number, in the words of warnings.
func confWarnings(messages []string) []string {
	var all []string
	for _, m := range messages {
		line, text, _ := strings.Cut(m, " ")
		switch {
		case strings.Contains(text, "ignoring unsupported character"):
			all = append(all, "character on line "+line)
		case strings.Contains(text, "multi-line strings"):
			all = append(all, "string on line "+line)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// warnings returns what a tree has to say about characters and strings, sorted
// and once for each line.
func warnings(tree *Tree) []string {
	var all []string
	for _, e := range tree.Errors() {
		switch e.Code {
		case CodeUnsupportedCharacter:
			all = append(all, fmt.Sprintf("character on line %d", tree.Line(int(e.Start))+1))
		case CodeUnterminatedString:
			all = append(all, fmt.Sprintf("string on line %d", errorLine(tree, e)))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// excludedCases are the cases that are not about the syntax of one file, with
// the reason. Names that end in "-" stand for all with that prefix.
var excludedCases = map[string]string{
	"cfg-":                    "about .config files",
	"choice-default-expr":     byRecursion,
	"choice-member-default":   bySemantics,
	"choice-member-no-prompt": bySemantics,
	"choice-member-not-bool":  bySemantics,
	"choice-no-prompt":        bySemantics,
	"choice-prompt-outside":   bySemantics,
	"dep-loop-choice":         byRecursion,
	"dep-loop-default":        byRecursion,
	"dep-loop-prompt-if":      byRecursion,
	"dep-self":                byRecursion,
	"modules-twice":           bySemantics,
	"no-kconfig":              "there is no file",
	"parse-end-other-file":    "a block that ends in another file",
	"parse-tristate-choice":   bySemantics + ": the syntax error comes second",
	"pp-error-if":             byMacro,
	"pp-recursive":            byMacro,
	"pp-too-few":              byMacro,
	"pp-too-many":             byMacro,
	"pp-too-many-args":        byMacro,
	"pp-undefined-var":        byMacro,
	"pp-unknown-func":         byMacro,
	"src-":                    "about files that other files include",
	"undef-compare":           "it has no expectation",
}

// TestConfCases compares with what conf 6.12 said about one-purpose files.
func TestConfCases(t *testing.T) {
	dir := oracles(t, "conf-cases")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	compared, excluded := 0, 0
	for _, entry := range entries {
		if excludedCase(entry.Name()) {
			excluded++
			continue
		}
		compared++
		read := func(name string) string {
			text, err := os.ReadFile(filepath.Join(dir, entry.Name(), name))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		tree := Parse(read("Kconfig"), Linux(6, 12))
		stderr := read("expected_stderr")
		want := verdict{accept: true}
		for _, m := range confError.FindAllStringSubmatch(stderr, -1) {
			if want.accept && !confSemantic.MatchString(m[2]) && strings.TrimSpace(read("rc")) != "0" {
				want.accept = false
				want.line, _ = strconv.Atoi(m[1])
			}
		}
		if got := verdictOf(tree); got != want {
			t.Errorf("%s: conf %+v, parser %+v %v\n%s", entry.Name(), want, got, tree.Errors(), stderr)
		}
		if strings.Contains(tree.Text(), "\r") {
			continue // one finding stands for all of them
		}
		if want, got := confWarnings(confMessages(stderr)), warnings(tree); !slices.Equal(want, got) {
			t.Errorf("%s: conf warns of %v, the parser of %v", entry.Name(), want, got)
		}
	}
	t.Logf("%d cases compared, %d left out", compared, excluded)
	if compared < 80 {
		t.Errorf("only %d cases compared", compared)
	}
}

func excludedCase(name string) bool {
	for prefix := range excludedCases {
		if name == prefix || strings.HasSuffix(prefix, "-") && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
