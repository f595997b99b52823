package macro_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Definitions that would take for ever, or all memory, end with an error.
func TestLimits(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i+1)
		}
		return b.String()
	}
	for _, test := range []struct {
		name, definitions, text string
		want                    macro.ErrorCode
	}{
		{"doubling", many(100, "a%d = $(a%[2]d)$(a%[2]d)\n"), "$(a0)", macro.CodeTooLarge},
		{"doubling text", many(100, "a%d = $(a%[2]d)$(a%[2]d)\n") + "a100 = text\n", "$(a0)", macro.CodeTooLarge},
		{"doubling arguments", "f = $(f,$(1)$(1))\n", "$(f,ab)", macro.CodeTooLarge},
		{"calls in calls", "f = $(f,$(1))\n", "$(f,a)", macro.CodeTooDeep},
		{"calls of two", "f = $(g,$(1))\ng = $(f,$(1))\n", "$(f,a)", macro.CodeTooDeep},
		{"branching calls", "f = $(f,$(1))$(f,$(1))\n", "$(f,a)", macro.CodeTooDeep},
		{"growing name", "f = $(f,x)\n", "$(f$(f,a),b)", macro.CodeTooDeep},
		{"long chain", many(20_000, "a%d = $(a%[2]d)\n"), "$(a0)", macro.CodeTooDeep},
		{"nested", "", strings.Repeat("$(", 1_000_000) + strings.Repeat(")", 1_000_000), macro.CodeTooLarge},
		{"nested and open", "", strings.Repeat("$(", 1_000_000), macro.CodeUnterminated},
		{"huge", "", strings.Repeat("x", macro.MaxOutput) + "$(x)y", macro.CodeTooLarge},
		{"messages", "a = " + strings.Repeat("x", 100_000) + "\n", strings.Repeat("$(info,$(a))", 1000), macro.CodeTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			env := macro.New(macro.Options{UnknownFunctions: true, UnknownVariables: true})
			for st := range parser.Parse(test.definitions, parser.Linux(6, 12)).All() {
				if st.Kind == parser.Assignment {
					define(env, st, macro.Position{})
				}
			}
			r := env.ExpandText(test.text, macro.Position{})
			if r.Err == nil || r.Err.Code != test.want {
				t.Errorf("got error %v, want code %d", r.Err, test.want)
			}
			if text, known := r.Text(); known || text != "" || r.Display() != "" {
				t.Error("a failed expansion has a text")
			}
		})
	}
}

// What a tree defines stays bounded, however often it appends.
func TestDefinitionLimits(t *testing.T) {
	for _, flavor := range []macro.Flavor{macro.Recursive, macro.Simple} {
		env := macro.New(macro.Options{})
		env.Define("a", flavor, "x", macro.Position{})
		failed := false
		for range 40 {
			d, _ := env.Lookup("a")
			r := env.Define("a", macro.Append, d.Value, macro.Position{})
			failed = failed || r.Err != nil && r.Err.Code == macro.CodeTooLarge
		}
		if d, ok := env.Lookup("a"); !ok || len(d.Value) > macro.MaxOutput || !failed {
			t.Errorf("flavor %d: %d bytes, failed %v", flavor, len(d.Value), failed)
		}
	}
	env := macro.New(macro.Options{})
	failed := 0
	for i := range 40 {
		r := env.Define(fmt.Sprint("a", i), macro.Simple, strings.Repeat("x", macro.MaxOutput), macro.Position{})
		if r.Err != nil {
			failed++
		}
	}
	if kept := 40 - failed; kept > macro.MaxDefinitions/macro.MaxOutput || kept < macro.MaxDefinitions/macro.MaxOutput-1 {
		t.Errorf("%d definitions of a megabyte were kept", kept)
	}
	if r := env.Define("a0", macro.Simple, "small", macro.Position{}); r.Err != nil {
		t.Error(r.Err)
	}
}

func TestManyCauses(t *testing.T) {
	env := macro.New(macro.Options{})
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, "$(shell,%d)", i)
	}
	r := env.ExpandText(b.String(), macro.Position{})
	if r.Known() || r.Err != nil || len(r.Causes) != macro.MaxCauses {
		t.Errorf("%d causes, error %v", len(r.Causes), r.Err)
	}
}

func TestClone(t *testing.T) {
	env := macro.New(macro.Options{})
	env.Define("a", macro.Recursive, "1", macro.Position{})
	clone := env.Clone()
	clone.Define("a", macro.Append, "2", macro.Position{})
	clone.Define("b", macro.Recursive, "3", macro.Position{})
	if got, _ := env.ExpandText("$(a)$(b)", macro.Position{}).Text(); got != "1" {
		t.Errorf("the original has %q", got)
	}
	if got, _ := clone.ExpandText("$(a)$(b)", macro.Position{}).Text(); got != "1 23" {
		t.Errorf("the clone has %q", got)
	}
	if got := strings.Join(clone.Names(), " "); got != "a b" {
		t.Error(got)
	}
}

func TestShellOutput(t *testing.T) {
	for output, want := range map[string]string{
		"":                           "",
		"\n\n":                       "",
		"a\nb\n":                     "a b",
		"a\r\n":                      "a\r",
		"a \n":                       "a ",
		"a\x00b\n":                   "a",
		strings.Repeat("x", 5000):    strings.Repeat("x", 4095),
		"{srctree}/a\n{srctree}/b\n": "/t/a /t/b",
	} {
		answers := macro.NewRecorded("/t")
		answers.Add("run {srctree}/x", output)
		got, known := macro.New(macro.Options{Answers: answers}).ExpandText("$(shell,run /t/x)", macro.Position{}).Text()
		if !known || got != want {
			t.Errorf("%q: got %q, want %q", output, got, want)
		}
	}
}

// FuzzExpand: no lines make an expansion panic or go on for ever, and the same
// lines give the same results. A line defines if it has an operator.
func FuzzExpand(f *testing.F) {
	f.Add("a=$(b,$(1))\nb:=$(shell,x)$(a,y)\n$(info,$(a,$(b)))\nA$(a)\n\"$(a,1) \\$(b)\"\n", uint8(0))
	f.Add("f=$(f,$(1)$(1))\n$(f,$(E))\n$(warning-if,y,$(lineno))\n\"$E/${E}\"\n", uint8(255))
	f.Add("X+=1\nX+=$(X)\n$(X)$(X):=$(error-if,y,$(filename))\n$(X\n", uint8(3))
	f.Fuzz(func(t *testing.T, text string, flags uint8) {
		answers := macro.NewRecorded("t")
		answers.Add("x", "y\n")
		o := macro.Options{
			Variables:        map[string]string{"E": "env", "": "never"},
			Answers:          answers,
			UnknownFunctions: flags&1 != 0, UnknownVariables: flags&2 != 0,
			BareVariables: flags&4 != 0, FunctionNames: flags&8 != 0, JoinedLines: flags&16 != 0,
		}
		expand := func() string {
			var b strings.Builder
			env := macro.New(o)
			line := 0
			for text := range strings.Lines(text) {
				line++
				at := macro.Position{File: "f", Line: line}
				name, value, defines := strings.Cut(strings.TrimSuffix(text, "\n"), "=")
				switch {
				case !defines:
					report(&b, line, env.Expand(text, at))
				case strings.HasSuffix(name, ":"):
					report(&b, line, env.Define(name[:len(name)-1], macro.Simple, value, at))
				case strings.HasSuffix(name, "+"):
					report(&b, line, env.Define(name[:len(name)-1], macro.Append, value, at))
				default:
					report(&b, line, env.Define(name, macro.Recursive, value, at))
				}
			}
			return b.String()
		}
		if a, b := expand(), expand(); a != b {
			t.Errorf("two runs differ:\n%s\n%s", a, b)
		}
	})
}
