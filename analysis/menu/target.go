package menu

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Targets returns the paths that a source statement names: relative ones count
// from the tree's directory. The pattern is what it names in words: the
// expanded operand. It reports false if that is not known.
func Targets(f *File, st parser.Statement, variables Variables, loader Loader) (targets []string, pattern string, known bool) {
	i, ok := st.Operand()
	if !ok {
		return nil, "", false
	}
	switch st.Token(i).Kind {
	case parser.String, parser.Path, parser.MacroWord:
	default:
		return nil, "", false
	}
	pattern, known = variables.Expand(f, st, st.TokenText(i))
	if !known || pattern == "" {
		return nil, pattern, false
	}
	if (isRelativeSource(st.Keyword()) || f.Tree.Dialect().Has(parser.IncludingRelative)) && !path.IsAbs(pattern) {
		pattern = path.Join(path.Dir(f.Path), pattern)
	}
	if strings.ContainsAny(pattern, "*?[") {
		return loader.Glob(pattern), pattern, true
	}
	return []string{pattern}, pattern, true
}

// isRelativeSource reports whether paths count from the including file.
func isRelativeSource(keyword parser.TokenKind) bool {
	switch keyword {
	case parser.KwRsource, parser.KwOrsource, parser.KwGrsource:
		return true
	}
	return false
}

// IsOptionalSource reports whether it is no error if the file does not exist.
func IsOptionalSource(keyword parser.TokenKind) bool {
	switch keyword {
	case parser.KwOsource, parser.KwOrsource, parser.KwGsource, parser.KwGrsource:
		return true
	}
	return false
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
