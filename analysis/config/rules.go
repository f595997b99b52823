package config

import (
	"regexp"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Rules are the points on which versions of conf differ that the dialect does
// not tell: they can be told from the sources of conf that a tree brings along.
// The zero value is the rules of Linux 6.12.
type Rules struct {
	// Reading is how a model is made.
	Reading model.Rules

	// EmptyNumbers has int and hex symbols without a value empty; since Linux
	// 6.8 they are 0 and 0x0.
	EmptyNumbers bool
	// DropsOutOfRange has user values that are out of range dropped after they
	// were read, so that the default counts; later they are limited to the
	// range.
	DropsOutOfRange bool
	// LooseUnset has "# CONFIG_X is not set" with anything behind it count,
	// LooseMark with anything in place of its first blank.
	LooseUnset, LooseMark bool
	// NoEndMarks has no "# end of" lines behind menus, as before Linux 5.3.
	NoEndMarks bool
	// BareMenus has no such lines behind menus with nothing in them, as before
	// Linux 5.18 or so.
	BareMenus bool
	// WritesOnce has no symbol written to a defconfig twice, as since Linux 7.3.
	WritesOnce bool
	// BareTitle has an empty title written without the blank in front of it.
	BareTitle bool
	// RawTexts has no backslashes for quotes and backslashes in the texts of a
	// configuration: they end with the last character of the line.
	RawTexts bool
	// StrongImply has what is implied count for symbols whose dependencies would
	// not allow as much, and what is implied by y never be m, as before Linux
	// 5.7.
	StrongImply bool
	// PrintsBounds has a number that is out of range become the number that the
	// bound is, and not its text. Int32 has such numbers cut off at 32 bits.
	PrintsBounds, Int32 bool
	// UntypedConstants has y, m and n compared as texts.
	UntypedConstants bool
	// TextComparisons has everything compared as texts, also numbers.
	TextComparisons bool

	// The following are from before Linux 2.6.30 or so. BusyBox has them still.

	// Heading is what a .config begins with, with %s for the version, "" for what
	// it has begun with since.
	Heading string
	// Asks has the modes answer the questions of oldconfig one by one.
	Asks bool
	// KeepsReturns has a "\r" at the end of a line be part of the value.
	KeepsReturns bool
	// FirstCounts has the first one of several lines for a symbol count.
	FirstCounts bool
	// DropsHidden has user values of symbols that are not shown dropped after
	// they were read.
	DropsHidden bool
	// PlainDefaults has defaults bounded by whether the symbol is shown, and not
	// by their own conditions.
	PlainDefaults bool
	// WritesAll has all symbols written, for each of their entries.
	WritesAll bool
	// ZeroInts has int symbols without a value written as 0.
	ZeroInts bool
}

// Rules of versions of conf, each with what had changed since.
func linux61Rules() Rules {
	return Rules{EmptyNumbers: true, DropsOutOfRange: true, LooseUnset: true}
}

func linux56Rules() Rules {
	r := linux61Rules()
	r.BareMenus = true
	r.LooseMark, r.BareTitle, r.StrongImply, r.PrintsBounds, r.UntypedConstants = true, true, true, true, true
	r.Reading.TristateAsBool = true
	return r
}

func linux52Rules() Rules {
	r := linux56Rules()
	r.NoEndMarks = true
	return r
}

func busyboxRules() Rules {
	r := linux52Rules()
	r.StrongImply, r.BareTitle = false, false // it knows no imply, and writes no title
	r.Int32, r.TextComparisons = true, true
	r.KeepsReturns = true
	r.Asks, r.FirstCounts, r.DropsHidden, r.PlainDefaults, r.WritesAll, r.ZeroInts = true, true, true, true, true, true
	r.Heading = "#\n# Automatically generated make config: don't edit\n# Busybox version: %s\n#\n"
	r.Reading = model.Rules{TristateAsBool: true, ModulesByName: true, OwnSymbols: true, KeepsBlanks: true, NoMacros: true, LooseMembers: true}
	return r
}

// RulesFor returns the rules of a dialect whose conf is not at hand: those of the
// conf that the project took from Linux, as far as that is known.
func RulesFor(d parser.Dialect) Rules {
	switch d.Name {
	case "u-boot": // of 4.20, with texts as of 2.6.36
		r := linux52Rules()
		r.RawTexts = true
		return r
	case "xen": // of 5.4
		return linux56Rules()
	case "coreboot": // of 6.8
		r := Rules{UntypedConstants: true}
		r.Reading.TristateAsBool = true
		return r
	case "busybox": // of 2.6.16
		return busyboxRules()
	case "buildroot": // of 4.17
		r := linux52Rules()
		r.Reading.NoMacros = true
		return r
	case "openwrt": // of 5.6
		return linux56Rules()
	case "linux":
		switch d.Version {
		case "4":
			return linux52Rules()
		case "5.4":
			return linux56Rules()
		}
	}
	if d.Has(parser.OldChoices) {
		return linux61Rules()
	}
	return Rules{WritesOnce: d.Has(parser.StrictHelp)}
}

// Sources are the texts of the files of conf that tell rules, each empty if it
// is not there.
type Sources struct {
	Symbol, Confdata, Menu, Expr, Conf string
	Parser                             string // parser.y or zconf.y
	Lexer                              string // lexer.l or zconf.l
}

// RulesOf tells the rules from the sources of conf. What they do not tell is as
// otherwise.
func RulesOf(s Sources, otherwise Rules) Rules {
	r := otherwise
	if text := withoutComments(s.Symbol); text != "" {
		r.ofSymbol(text)
	}
	if text := withoutComments(s.Confdata); text != "" {
		r.ofConfdata(text)
	}
	if text := withoutComments(s.Menu); text != "" {
		r.Reading.TristateAsBool = strings.Contains(text, "expr_trans_bool(")
		r.Reading.KeepsBlanks = !strings.Contains(text, "isspace(*prompt)")
		r.Reading.LooseMembers = strings.Contains(text, "SYMBOL_CHOICEVAL") && !strings.Contains(text, "expr_alloc_comp(E_EQUAL")
	}
	if s.Expr != "" {
		r.TextComparisons = !strings.Contains(s.Expr, "strtoll(")
	}
	if s.Conf != "" {
		r.Asks = strings.Contains(s.Conf, "case set_no:")
	}
	if s.Parser != "" {
		r.Reading.ModulesByName = strings.Contains(s.Parser, `sym_lookup("MODULES"`)
	}
	if s.Lexer != "" {
		r.Reading.NoMacros = !strings.Contains(s.Lexer, "expand_token(")
	}
	return r
}

var constantType = regexp.MustCompile(`symbol_yes = \{[^}]*\.type = S_TRISTATE`)

func (r *Rules) ofSymbol(text string) {
	has := func(words string) bool { return strings.Contains(text, words) }
	r.EmptyNumbers = !has(`newval.val = "0x0"`)
	r.StrongImply = has("sym->implied.tri == yes")
	r.PrintsBounds = has(`sprintf(str, "0x%`)
	r.Int32 = has("int base, val, val2;")
	r.UntypedConstants = !constantType.MatchString(text)
	r.PlainDefaults = has("newval.tri = expr_calc_value(prop->expr);")
	r.Reading.OwnSymbols = has(`sym_lookup("KERNELVERSION"`)
}

var (
	dropsValue  = regexp.MustCompile(`sym_string_within_range\([^;]*\)\)[^}]*(SYMBOL_DEF_USER\)|SYMBOL_NEW);`)
	dropsHidden = regexp.MustCompile(`if \(sym->visible == no\)\s*sym->flags \|= SYMBOL_NEW`)
	oldHeading  = regexp.MustCompile(`"(# Automatically generated make config[^"%]*)\\n"\s*"(# [^"%]*%s)\\n"`)
	unsetMark   = regexp.MustCompile(`memcmp\(line \+ 2, `)
)

func (r *Rules) ofConfdata(text string) {
	has := func(words string) bool { return strings.Contains(text, words) }
	write := function(text, "int conf_write(")
	r.DropsOutOfRange = dropsValue.MatchString(function(text, "int conf_read("))
	r.LooseUnset = has(`strncmp(p, "is not set"`)
	r.WritesOnce = has("conf_clear_written_flags(")
	r.LooseMark = unsetMark.MatchString(text)
	r.NoEndMarks = !has("# end of ")
	r.BareMenus = !has("goto end_check;")
	r.BareTitle = has("kconfig_print_comment(")
	r.RawTexts = has(`p[strlen(p) - 1] != '"'`)
	r.KeepsReturns = !has(`'\r'`)
	r.FirstCounts = has("trying to reassign symbol")
	r.DropsHidden = dropsHidden.MatchString(text)
	r.WritesAll = write != "" && !strings.Contains(write, "->flags & SYMBOL_WRITE")
	r.ZeroInts = strings.Contains(write, `str = "0";`)
	r.Heading = ""
	if m := oldHeading.FindStringSubmatch(text); m != nil {
		r.Heading = "#\n" + m[1] + "\n" + m[2] + "\n#\n"
	}
}

// withoutComments returns the text of a C file without the comments in /* */.
func withoutComments(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for text != "" {
		i := strings.IndexAny(text, `/"'`)
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		text = text[i:]
		end := 1
		switch {
		case strings.HasPrefix(text, "/*"):
			_, text, _ = strings.Cut(text[2:], "*/")
			b.WriteByte(' ')
			continue
		case text[0] != '/':
			end = literalEnd(text)
		}
		b.WriteString(text[:end])
		text = text[end:]
	}
	b.WriteString(text)
	return b.String()
}

// literalEnd returns where the text or character ends that a C text begins with.
func literalEnd(text string) int {
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0]:
			return i + 1
		}
	}
	return 1 // no literal: an apostrophe in a // comment
}

// function returns the text of a C function that begins with the given words,
// "" if there is none.
func function(text, begin string) string {
	_, rest, ok := strings.Cut(text, "\n"+begin)
	if !ok {
		return ""
	}
	body, _, _ := strings.Cut(rest, "\n}")
	return body
}
