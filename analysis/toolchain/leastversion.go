package toolchain

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/mintool"
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

// lookUp returns what a min-tool-version.sh prints for a tool, and the line of it
// that has the version.
func (e *evaluation) lookUp(table, tool string) (version string, line int, ok bool) {
	return mintool.LookUp(table, tool, func(name string) string {
		value, err := e.parameter(name)
		if err != nil {
			return "" // the script is called without it, too
		}
		return value
	})
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
