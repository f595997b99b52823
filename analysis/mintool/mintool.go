// Package mintool reads scripts/min-tool-version.sh of Linux, which says how old the
// tools may be that a kernel is built with, without running it.
package mintool

import (
	"regexp"
	"strings"
)

var (
	arm       = regexp.MustCompile(`^([a-z]+)\)$`)
	echo      = regexp.MustCompile(`^echo ([0-9]+(\.[0-9]+)*)$`)
	condition = regexp.MustCompile(`^(el)?if \[ "?\$([A-Z]+)"? = "?([a-z0-9_]+)"? \]; then$`)
)

// LookUp returns the version that the script's text gives for a tool: it has an arm
// for each tool, and in it a version, perhaps with conditions on what variables are,
// such as SRCARCH. The line is that of the version, counted from 1. It reports false for a tool that it does not have, and for a
// script that is written otherwise.
func LookUp(text, tool string, variable func(name string) string) (version string, line int, ok bool) {
	in := false
	taken, holds := false, true // of the condition at hand
	for statement := range strings.Lines(text) {
		line++
		statement = strings.TrimSpace(statement)
		if m := arm.FindStringSubmatch(statement); m != nil {
			in = m[1] == tool
			continue
		}
		if !in || statement == "" || statement[0] == '#' {
			continue
		}
		switch c := condition.FindStringSubmatch(statement); {
		case c != nil:
			if c[1] == "" {
				taken = false
			}
			holds = !taken && variable(c[2]) == c[3]
			taken = taken || holds
		case statement == "else":
			holds = !taken
		case statement == "fi":
			holds = true
		case statement == ";;":
			return "", 0, false
		default:
			m := echo.FindStringSubmatch(statement)
			if m == nil {
				return "", 0, false
			}
			if holds {
				return m[1], line, true
			}
		}
	}
	return "", 0, false
}
