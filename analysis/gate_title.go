package analysis

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// testTitle returns what is needed of the toolchain for a test to hold, or with
// holds false for it not to hold, in few words: "-fsanitize=kcfi", "clang 17.0.0 or
// newer". Where that cannot be told it is the test as it is written.
func (v gateView) testTitle(test int, holds bool) string {
	m := v.set.Model
	t := &v.set.Tests[test]
	if t.Atom == model.NoAtom {
		op := m.Pool.Op(t.Comparison)
		if !holds {
			op = opposite(op)
		}
		if title, ok := v.versionTitle(t.Comparison, op, t.Version); ok {
			return title
		}
		if !holds {
			return "not " + m.Format(t.Comparison)
		}
		return m.Format(t.Comparison)
	}
	text := m.Symbols[t.Atom].Name
	for _, prefix := range []string{"$(cc-option,", "$(ld-option,", "$(rustc-option,", "$(as-option,"} {
		if rest, ok := strings.CutPrefix(text, prefix); ok && strings.HasSuffix(rest, ")") {
			return strings.TrimSpace(strings.TrimSuffix(rest, ")"))
		}
	}
	if t.Named != model.NoAtom {
		return m.Symbols[t.Named].Name
	}
	return shorten(text, 60)
}

// opposite returns the comparison that holds where another one does not.
func opposite(op expr.Op) expr.Op {
	switch op {
	case expr.OpGreaterEqual:
		return expr.OpLess
	case expr.OpGreater:
		return expr.OpLessEqual
	case expr.OpLess:
		return expr.OpGreaterEqual
	case expr.OpLessEqual:
		return expr.OpGreater
	case expr.OpEqual:
		return expr.OpUnequal
	}
	return expr.OpEqual
}

// versionTitle words the comparison of a version with a number, with op in place of
// its operator.
func (v gateView) versionTitle(id expr.ID, op expr.Op, version expr.Atom) (string, bool) {
	m := v.set.Model
	args := m.Pool.Args(id)
	if m.Pool.Atom(args[0]) != version {
		return "", false
	}
	number, ok := readVersion(&m.Symbols[version], m.Symbols[m.Pool.Atom(args[1])].Name)
	if !ok {
		return "", false
	}
	tool := versionedTool(m.Symbols[version].Name)
	switch op {
	case expr.OpGreaterEqual:
		return tool + " " + number + " or newer", true
	case expr.OpGreater:
		return tool + " newer than " + number, true
	case expr.OpLess:
		return tool + " older than " + number, true
	case expr.OpLessEqual:
		return tool + " " + number + " or older", true
	case expr.OpEqual:
		return tool + " " + number, true
	case expr.OpUnequal:
		return tool + " other than " + number, true
	}
	return "", false
}

// versionedTool returns the tool whose version a symbol is: clang for
// CLANG_VERSION.
func versionedTool(symbol string) string {
	name := strings.ToLower(strings.TrimSuffix(symbol, "_VERSION"))
	if rest, ok := strings.CutSuffix(name, "_llvm"); ok {
		return "LLVM of " + rest
	}
	return name
}

// readVersion returns a number that a version is compared with as people write
// it: 170001 as 17.0.1. How it is made up follows from the script that gives the
// version: 100000 for each major version of rustc, digits one after the other for
// pahole, else 10000.
func readVersion(s *model.Symbol, text string) (string, bool) {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		return "", false
	}
	major := 10000
	for _, ask := range s.Asks {
		for _, command := range ask.Commands {
			switch {
			case strings.Contains(command, "pahole"):
				if len(text) < 3 {
					return "", false
				}
				return text[:1] + "." + text[1:], true
			case strings.Contains(command, "rustc-version.sh"):
				major = 100000
			}
		}
	}
	return strconv.Itoa(n/major) + "." + strconv.Itoa(n%major/100) + "." + strconv.Itoa(n%100), true
}
