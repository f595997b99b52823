package analysis

import (
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// IsCodeName reports whether a file is named as files are that a build reads and
// that name configuration symbols: Makefiles and Kbuild files, and code in C,
// Rust, assembly and the like.
func IsCodeName(path string) bool {
	return !IsKconfigName(filepath.Base(path)) && !IsConfigName(path) && kbuild.LanguageOf(path) != 0
}

// IsCodeLanguage reports whether an editor's name for a language is one of those
// that code of a build is written in.
func IsCodeLanguage(id string) bool { return codeLanguage(id) != 0 }

func codeLanguage(id string) kbuild.Language {
	switch id {
	case "make", "makefile":
		return kbuild.Make
	case "c", "cpp", "asm", "arm", "dts", "devicetree":
		return kbuild.C
	case "rust":
		return kbuild.Rust
	}
	return 0
}

// isMakefileName reports whether Kbuild reads a file of a directory by itself.
func isMakefileName(base string) bool { return base == "Kbuild" || base == "Makefile" }
