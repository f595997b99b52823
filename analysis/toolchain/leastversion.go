package toolchain

import (
	"regexp"
	"strings"
)

// leastVersion is what min-tool-version.sh says of a tool.
type leastVersion struct {
	text   string // such as 1.78.0
	number int    // as Kconfig files compare it
	file   string // from the top of the tree, with slashes
	line   int    // from 1
}

// leastVersion returns the version that min-tool-version.sh, beside the
// script, says a tool must have.
func (e *evaluation) leastVersion(file scriptFile, tool string, major int) (leastVersion, error) {
	name := strings.TrimSuffix(file.name, base(file.name)) + "min-tool-version.sh"
	table, err := e.world.script(name)
	if err != nil {
		return leastVersion{}, err
	}
	if table.found {
		if text, line, ok := e.lookUp(table.text, tool); ok {
			if n, ok := number(text, major); ok {
				return leastVersion{text, n, table.name, line}, nil
			}
		}
	}
	return leastVersion{}, notUnderstood("the least version of " + tool + " cannot be found in " + name)
}

var (
	tableArm       = regexp.MustCompile(`^([a-z]+)\)$`)
	tableEcho      = regexp.MustCompile(`^echo ([0-9]+(\.[0-9]+)*)$`)
	tableCondition = regexp.MustCompile(`^(el)?if \[ "?\$([A-Z]+)"? = "?([a-z0-9_]+)"? \]; then$`)
)

// lookUp reads the table of a min-tool-version.sh without running it: an arm
// for each tool, in it a version, perhaps with conditions on the architecture.
// The line is the version's, counted from 1.
func (e *evaluation) lookUp(table, tool string) (version string, line int, ok bool) {
	in := false
	taken, holds := false, true // of the condition at hand
	for text := range strings.Lines(table) {
		line++
		text = strings.TrimSpace(text)
		if m := tableArm.FindStringSubmatch(text); m != nil {
			in = m[1] == tool
			continue
		}
		if !in || text == "" || text[0] == '#' {
			continue
		}
		switch condition := tableCondition.FindStringSubmatch(text); {
		case condition != nil:
			if condition[1] == "" {
				taken = false
			}
			value, err := e.parameter(condition[2])
			if err != nil {
				value = "" // the script is called without it, too
			}
			holds = !taken && value == condition[3]
			taken = taken || holds
		case text == "else":
			holds = !taken
		case text == "fi":
			holds = true
		case text == ";;":
			return "", 0, false
		default:
			m := tableEcho.FindStringSubmatch(text)
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

func minToolVersion(e *evaluation, file scriptFile, s streams) (int, error) {
	if len(e.arguments) != 1 {
		return 1, s.complain()
	}
	version, _, ok := e.lookUp(file.text, e.arguments[0])
	if !ok {
		return 0, notUnderstood("the table of versions is not understood")
	}
	return 0, s.out.write(version + "\n")
}
