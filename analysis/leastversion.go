package analysis

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/mintool"
)

// leastRustc returns the oldest version of rustc that a tree can be built with on any
// of the architectures, as RUSTC_VERSION has it, 0 if the tree does not say.
func leastRustc(l *loader, archs []string) int {
	text, _, err := l.fsys.ReadFile(l.absolute("scripts/min-tool-version.sh"), maxFileSize)
	if err != nil {
		return 0
	}
	if len(archs) == 0 {
		archs = []string{""}
	}
	least := 0
	for _, arch := range archs {
		version, _, ok := mintool.LookUp(text, "rustc", func(string) string { return arch })
		n, valid := rustcNumber(version)
		if !ok || !valid {
			return 0 // it is written in a way that is not understood
		}
		if least == 0 || n < least {
			least = n
		}
	}
	return least
}

// rustcNumber returns a version as scripts/rustc-version.sh prints it: 1.85.0 is
// 108500.
func rustcNumber(version string) (int, bool) {
	parts := strings.Split(version, ".")
	if len(parts) != 3 {
		return 0, false
	}
	n := 0
	for i, scale := range []int{100000, 100, 1} {
		part, err := strconv.Atoi(parts[i])
		if err != nil || part < 0 {
			return 0, false
		}
		n += part * scale
	}
	return n, true
}
