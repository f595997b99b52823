package analysis

import (
	"strconv"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/mintool"
)

// leastVersions is how old tools may be that a tree is built with, which is read when
// somebody asks.
type leastVersions struct {
	once sync.Once
	// rustc is the version of rustc as RUSTC_VERSION has it, 0 if the tree does not
	// say.
	rustc int
}

// leastRustc returns the oldest version of rustc that the tree can be built with on
// any architecture, as RUSTC_VERSION has it, 0 if it does not say.
func (r *Root) leastRustc() int {
	l := r.least
	if l == nil {
		return 0
	}
	l.once.Do(func() {
		text, _, err := r.loader.fsys.ReadFile(r.loader.absolute("scripts/min-tool-version.sh"), maxFileSize)
		if err != nil {
			return
		}
		archs := r.archs
		if len(archs) == 0 {
			archs = []string{""}
		}
		for _, arch := range archs {
			version, _, ok := mintool.LookUp(text, "rustc", func(string) string { return arch })
			n, valid := rustcNumber(version)
			if !ok || !valid {
				l.rustc = 0 // it is written in a way that is not understood
				return
			}
			if l.rustc == 0 || n < l.rustc {
				l.rustc = n
			}
		}
	})
	return l.rustc
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
