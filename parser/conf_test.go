package parser

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	confTime = flag.Duration("conf-time", 5*time.Second, "how long TestConf compares with the conf of KCONFIG_LS_CONF")
	confSeed = flag.Uint64("conf-seed", 1, "the seed of TestConf")
	confName = flag.String("conf-dialect", "linux-6.12", "the dialect of the conf of KCONFIG_LS_CONF")
)

// TestConf damages real files of a kernel tree at random and compares verdict
// and first error line with a real conf of Linux 6.12.
//
// KCONFIG_LS_CONF is the conf that "make olddefconfig" leaves in
// scripts/kconfig, or a list of them as in PATH: one that expands unknown
// macros to nothing, as all do, and one that was changed to expand them to "y".
// Files with macros only take part with both, and the parser, which cannot know
// what a macro stands for, must then agree with either.
func TestConf(t *testing.T) {
	conf, linux := os.Getenv("KCONFIG_LS_CONF"), os.Getenv("KCONFIG_LS_LINUX")
	if conf == "" || linux == "" {
		t.Skip("set KCONFIG_LS_CONF to a conf of Linux 6.12 and KCONFIG_LS_LINUX to a kernel tree to compare with it")
	}
	dialect, ok := DialectByName(*confName)
	if !ok {
		t.Fatalf("unknown dialect %q", *confName)
	}
	confs := filepath.SplitList(conf)
	bases := confBases(t, linux, len(confs) > 1)
	t.Logf("%d base files", len(bases))

	c := comparison{confs: confs, dialect: dialect}
	if dialect.Version == "6.12" {
		dir := t.TempDir()
		for _, text := range append(dumpTexts(t, "linux-6.12"), seeds...) {
			c.compare(t, dir, text)
		}
	}
	deadline := time.Now().Add(*confTime)
	var wg sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		dir := t.TempDir()
		wg.Go(func() {
			r := rand.New(rand.NewPCG(*confSeed, uint64(worker)))
			for time.Now().Before(deadline) {
				if r.IntN(3) == 0 {
					c.compare(t, dir, madeUp(r))
				} else {
					c.compare(t, dir, mutate(r, bases))
				}
			}
		})
	}
	wg.Wait()
	t.Logf("%d cases, %d of them rejected by conf, %d different", c.cases, c.rejected, c.different)
}

// comparison compares verdicts and counts.
type comparison struct {
	confs   []string
	dialect Dialect

	mu                         sync.Mutex
	cases, rejected, different int
}

// compare compares what the parser and conf say about a text.
func (c *comparison) compare(t *testing.T, dir, text string) {
	macros := strings.Contains(text, "$(")
	if macros && len(c.confs) < 2 {
		return
	}
	tree := Parse(text, c.dialect)
	got := verdictOf(tree)
	stderr, want := runConf(t, c.confs[0], dir, text)
	if got.differs(want, c.dialect) && macros {
		stderr, want = runConf(t, c.confs[1], dir, text)
		if got.differs(want, c.dialect) && strings.Count(text, "$(") > 1 {
			return // one may have to stand for something and another for nothing
		}
	}
	notes := ""
	if want.accept && c.dialect.Version == "6.12" && !strings.ContainsAny(text, "\r\x00") {
		if a, b := confWarnings(confMessages(stderr)), warnings(tree); !slices.Equal(a, b) {
			notes = fmt.Sprintf("conf warns of %v, parser of %v", a, b)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cases++
	if !want.accept {
		c.rejected++
	}
	if got.differs(want, c.dialect) || notes != "" {
		if c.different++; c.different <= 10 {
			t.Errorf("conf %+v, parser %+v %s\n%s\n--- text around the lines\n%s", want, got, notes, stderr, around(text, want.line, got.line))
		}
	}
}

// confBases returns the Kconfig files of a kernel tree without their source
// statements.
func confBases(t *testing.T, root string, macros bool) []string {
	var bases []string
	for _, path := range treeFiles(t, root) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(path, "/preprocess/") || bytes.Contains(text, []byte("error-if")) {
			continue // their messages look like errors
		}
		if base := withoutSources(string(text)); len(base) < 40_000 && len(base) > 0 && (macros || !strings.Contains(base, "$(")) {
			bases = append(bases, base)
		}
	}
	return bases
}

// withoutSources removes the lines with source statements.
func withoutSources(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); word != "source" {
			b.WriteString(line)
		}
	}
	return b.String()
}

// treeFiles returns the files of a tree whose names begin with Kconfig.
func treeFiles(t testing.TB, root string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.HasPrefix(d.Name(), "Kconfig") && filepath.Ext(path) != ".rst" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

var (
	// confError matches a message of conf that has a place, and no "warning:".
	confError = regexp.MustCompile(`(?m)^(?:Kconfig|<none>):(\d+): ?(.*)$`)
	// confSemantic are the errors that conf finds while it parses but that are
	// not about syntax.
	confSemantic = regexp.MustCompile(`^(error: |warning:|symbol |\t)`)
)

// runConf gives a text to conf and returns what it printed and what that says
// about the text's syntax.
func runConf(t *testing.T, conf, dir, text string) (string, verdict) {
	file := filepath.Join(dir, "Kconfig")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Error(err)
	}
	cmd := exec.Command(conf, "--listnewconfig", "Kconfig")
	cmd.Dir = dir
	cmd.Env = []string{"KCONFIG_CONFIG=none"}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	_ = cmd.Run() // it fails for what is no syntax error too
	for _, m := range confError.FindAllStringSubmatch(stderr.String(), -1) {
		if confSemantic.MatchString(m[2]) {
			continue
		}
		line, _ := strconv.Atoi(m[1])
		return stderr.String(), verdict{line: line}
	}
	return stderr.String(), verdict{accept: true}
}

// confMessages returns conf's messages, each as its line number and its text.
func confMessages(stderr string) []string {
	var messages []string
	for _, m := range confError.FindAllStringSubmatch(stderr, -1) {
		messages = append(messages, m[1]+" "+m[2])
	}
	return messages
}

// mutate returns a part of a base file with one to three damages.
func mutate(r *rand.Rand, bases []string) string {
	lines := strings.SplitAfter(bases[r.IntN(len(bases))], "\n")
	if len(lines) > 60 {
		at := r.IntN(len(lines) - 40)
		// A part begins at an entry, or nearly all would fail on line 1.
		for at > 0 && !strings.HasPrefix(lines[at], "config ") && !strings.HasPrefix(lines[at], "menuconfig ") {
			at--
		}
		lines = lines[at:min(at+20+r.IntN(60), len(lines))]
		if open := unclosed(lines); len(open) > 0 && r.IntN(10) > 0 {
			lines = append(lines[:len(lines):len(lines)], open...)
		}
	}
	lines = append([]string(nil), lines...)
	other := strings.SplitAfter(bases[r.IntN(len(bases))], "\n")
	for n := 1 + r.IntN(3); n > 0 && len(lines) > 0; n-- {
		lines = damage(r, lines, other)
	}
	return strings.Join(lines, "")
}

// unclosed returns the ends that the lines lack.
func unclosed(lines []string) []string {
	var ends []string
	for _, line := range lines {
		switch word, _, _ := strings.Cut(strings.TrimSpace(line), " "); word {
		case "if", "menu", "choice":
			if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
				ends = append([]string{"end" + word + "\n"}, ends...)
			}
		case "endif", "endmenu", "endchoice":
			if len(ends) > 0 {
				ends = ends[1:]
			}
		}
	}
	return ends
}

// snippets are pieces of text that matter to a Kconfig lexer.
var snippets = []string{
	"config", "menuconfig", "choice", "endchoice", "menu", "endmenu", "if", "endif", "comment", "mainmenu",
	"bool", "tristate", "int", "hex", "string", "def_bool", "def_tristate", "default", "depends", "on",
	"depends on", "select", "imply", "range", "visible", "visible if", "prompt", "help", "modules", "optional",
	"---help---", "option", "boolean", "A", "y", "n", "0x1", "64BIT", "a-b", "_", "-",
	"=", "!=", "<", "<=", ">", ">=", "!", "(", ")", "||", "&&", "|", "&", ":=", "+=", ":", "+",
	"\"", "'", "\"a\"", "'b'", "\"a", "a\"", "\\", "\\\n", "\\\"", "\n", "\n\n", "\t", " ", "        ", "\r", "\r\n",
	"#", "# text\n", ".", ",", "/", "@", "%", "~", "{", "}", "[", "é", "\xff", "\f", "\v", "\x00", "$", "$(", "$(X)", "$(f,a)", "$$(X)", "$X",
	"\"$(X)\"", "\"$(X\"", "A = ", "A := b\n", "A += $(X)\n", "NAME = \n", "\n\thelp\n", "\n\thelp\n\t  text\n",
	"\nendif\n", "\nif A\n", "\nmenu \"m\"\n", "\nendmenu\n", "\nchoice\n\tprompt \"c\"\n", "\nendchoice\n", "\nconfig B\n\tbool\n",
	"\nZ := y\n", "\ncomment \"c\"\n\tdepends on A\n",
}

// damage changes the lines in one place.
func damage(r *rand.Rand, lines, other []string) []string {
	i := r.IntN(len(lines))
	line := lines[i]
	at := 0
	if len(line) > 0 {
		at = r.IntN(len(line))
	}
	snippet := snippets[r.IntN(len(snippets))]
	switch r.IntN(14) {
	case 0: // delete a line
		return append(lines[:i], lines[i+1:]...)
	case 1: // repeat a line
		return append(lines[:i:i], append([]string{line}, lines[i:]...)...)
	case 2: // swap two lines
		j := r.IntN(len(lines))
		lines[i], lines[j] = lines[j], lines[i]
	case 3: // a line of another file
		return append(lines[:i:i], append([]string{other[r.IntN(len(other))]}, lines[i:]...)...)
	case 4, 5: // a snippet inside a line
		lines[i] = line[:at] + snippet + line[at:]
	case 6: // a snippet as a line
		return append(lines[:i:i], append([]string{snippet + "\n"}, lines[i:]...)...)
	case 7: // a snippet instead of a word
		if words := strings.Fields(line); len(words) > 0 {
			lines[i] = strings.Replace(line, words[r.IntN(len(words))], snippet, 1)
		}
	case 8: // delete a word
		if words := strings.Fields(line); len(words) > 0 {
			lines[i] = strings.Replace(line, words[r.IntN(len(words))], "", 1)
		}
	case 9: // repeat a word
		if words := strings.Fields(line); len(words) > 0 {
			w := words[r.IntN(len(words))]
			lines[i] = strings.Replace(line, w, w+" "+w, 1)
		}
	case 10: // delete a few bytes
		lines[i] = line[:at] + line[min(at+1+r.IntN(4), len(line)):]
	case 11: // another indentation
		lines[i] = []string{"", " ", "\t", "\t  ", "        ", "\t\t"}[r.IntN(6)] + strings.TrimLeft(line, " \t")
	case 12: // cut off the rest
		if r.IntN(4) == 0 {
			return append(lines[:i:i], line[:at])
		}
		lines[i] = strings.TrimRight(line, "\n") // joins two lines
	case 13: // two words changed
		words := strings.Fields(line)
		if len(words) > 1 {
			a, b := r.IntN(len(words)), r.IntN(len(words))
			words[a], words[b] = words[b], words[a]
			lines[i] = "\t" + strings.Join(words, " ") + "\n"
		}
	}
	return lines
}

// plainLines are the lines that made-up files consist of.
var plainLines = []string{
	"config A", "config B", "menuconfig C", "choice", "endchoice", "menu \"m\"", "endmenu", "if A", "endif", "comment \"c\"",
	"\tbool", "\tbool \"b\"", "\ttristate \"t\" if A", "\tint", "\tprompt \"p\" if B", "\tdefault y", "\tdefault A if B",
	"\tdefault \"x\" if A = \"y\"", "\tdef_bool A || B", "\tdepends on A && !B", "\tdepends on (A || B) && C != y", "\tselect A",
	"\tselect A if B", "\timply B", "\trange 1 10", "\tvisible if A", "\tmodules", "\thelp", "\t  help text", "help text",
	"", "", "# comment", "NAME = value", "NAME :=", "NAME += $(X)", "\toptional", "mainmenu \"m\"",
}

// madeUp returns a short text of lines that are often right, in an order that
// is often wrong.
func madeUp(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(12) {
		switch r.IntN(8) {
		case 0:
			for range 1 + r.IntN(5) {
				b.WriteString(snippets[r.IntN(len(snippets))])
				if r.IntN(2) == 0 {
					b.WriteByte(' ')
				}
			}
		case 1:
			line := plainLines[r.IntN(len(plainLines))]
			at := r.IntN(len(line) + 1)
			b.WriteString(line[:at] + snippets[r.IntN(len(snippets))] + line[at:])
		default:
			b.WriteString(plainLines[r.IntN(len(plainLines))])
		}
		if r.IntN(60) > 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// around returns the numbered lines around two lines.
func around(text string, a, b int) string {
	lines := strings.SplitAfter(text, "\n")
	var out strings.Builder
	for i, line := range lines {
		if n := i + 1; a > 0 && n > a-6 && n < a+3 || b > 0 && n > b-6 && n < b+3 {
			out.WriteString(strconv.Itoa(n) + " " + strconv.Quote(line) + "\n")
		}
	}
	return out.String()
}
