package config

import "strings"

// Rules are the points on which versions of conf differ that the dialect does
// not tell: they can be told from the sources of conf that a tree brings along.
// The zero value is the rules of Linux 6.12.
type Rules struct {
	// EmptyNumbers has int and hex symbols without a value empty; since Linux
	// 6.8 they are 0 and 0x0.
	EmptyNumbers bool
	// DropsOutOfRange has user values that are out of range dropped after they
	// were read, so that the default counts; later they are limited to the
	// range.
	DropsOutOfRange bool
	// LooseUnset has "# CONFIG_X is not set" with anything behind it count.
	LooseUnset bool
	// NoEndMarks has no "# end of" lines behind menus, as before Linux 5.3.
	NoEndMarks bool
	// WritesOnce has no symbol written to a defconfig twice, as since Linux 7.3.
	WritesOnce bool
}

// OldRules are the rules of Linux 6.1 and of the projects that took its conf
// around that time.
func OldRules() Rules {
	return Rules{EmptyNumbers: true, DropsOutOfRange: true, LooseUnset: true}
}

// RulesOf tells the rules from the text of symbol.c and confdata.c of conf, or
// returns the given ones if there are no such texts.
func RulesOf(symbolSource, confdataSource string, otherwise Rules) Rules {
	r := otherwise
	if symbolSource != "" {
		r.EmptyNumbers = !strings.Contains(symbolSource, `newval.val = "0x0"`)
	}
	if confdataSource != "" {
		r.DropsOutOfRange = strings.Contains(confdataSource, "sym_string_within_range(")
		r.LooseUnset = strings.Contains(confdataSource, `strncmp(p, "is not set"`)
		r.WritesOnce = strings.Contains(confdataSource, "conf_clear_written_flags(")
		r.NoEndMarks = !strings.Contains(confdataSource, "# end of ")
	}
	return r
}
