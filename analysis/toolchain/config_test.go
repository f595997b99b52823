package toolchain

import (
	"maps"
	"testing"
)

func TestFromConfig(t *testing.T) {
	gcc := map[string]string{
		"CC_VERSION_TEXT": "gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "CC_IS_GCC": "y", "GCC_VERSION": "120200", "CLANG_VERSION": "0",
		"AS_IS_GNU": "y", "AS_VERSION": "24000", "LD_IS_BFD": "y", "LD_VERSION": "24000", "LLD_VERSION": "0",
		"RUSTC_VERSION": "108501", "RUSTC_LLVM_VERSION": "190107", "PAHOLE_VERSION": "124",
		"RUSTC_VERSION_TEXT": "rustc 1.85.1", "BINDGEN_VERSION_TEXT": "bindgen 0.71.1",
	}
	clang := map[string]string{
		"CC_VERSION_TEXT": "Debian clang version 19.1.7 (3)", "CC_IS_CLANG": "y", "GCC_VERSION": "0", "CLANG_VERSION": "190107",
		"AS_IS_LLVM": "y", "AS_VERSION": "190107", "LD_IS_LLD": "y", "LD_VERSION": "0", "LLD_VERSION": "190107",
	}
	for _, test := range []struct {
		name                     string
		values, tools, variables map[string]string
		want                     map[string]string // "" for not known
	}{
		{"gcc", gcc, nil, nil, map[string]string{
			"/t/scripts/cc-version.sh gcc":                        "GCC 120200",
			"/t/scripts/as-version.sh gcc ":                       "GNU 24000",
			"/t/scripts/ld-version.sh ld":                         "BFD 24000",
			"/t/scripts/rustc-version.sh rustc":                   "108501",
			"/t/scripts/rustc-llvm-version.sh rustc":              "190107",
			"/t/scripts/pahole-version.sh pahole":                 "124",
			"bindgen --version workaround-for-0.69.0 2>/dev/null": "bindgen 0.71.1",
			"rustc --version 2>/dev/null":                         "rustc 1.85.1",
			"/t/scripts/cc-version.sh clang":                      "",
			"/t/scripts/ld-version.sh ld -m elf_i386":             "",
			"/t/scripts/cc-version.sh gcc >/dev/null":             "",
			"/t/scripts/cc-version.sh gcc; date":                  "",
			"/t/scripts/cc-version.sh gcc | date":                 "",
			"/t/scripts/cc-version.sh $CC":                        "",
			"/t/scripts/other.sh gcc":                             "",
			"cc-version.sh gcc":                                   "",
			"gcc --version":                                       "",
			"/t/scripts/cc-version.sh":                            "",
			"":                                                    "",
		}},
		{"another compiler", gcc, map[string]string{"CC": "gcc-13"}, nil, map[string]string{
			"/t/scripts/cc-version.sh gcc-13": "",
			"/t/scripts/as-version.sh gcc-13": "",
			"/t/scripts/ld-version.sh ld":     "",
		}},
		{"another version", gcc, nil, map[string]string{"CC_VERSION_TEXT": "gcc (Debian) 14", "RUSTC_VERSION_TEXT": "rustc 1.90.0"}, map[string]string{
			"/t/scripts/cc-version.sh gcc":      "",
			"/t/scripts/rustc-version.sh rustc": "",
		}},
		{"the same text", gcc, map[string]string{"CC": "ccache my-gcc"}, map[string]string{"CC_VERSION_TEXT": gcc["CC_VERSION_TEXT"]}, map[string]string{
			"/t/scripts/cc-version.sh ccache my-gcc": "GCC 120200",
		}},
		{"clang", clang, map[string]string{"LLVM": "-19"}, nil, map[string]string{
			"/t/scripts/cc-version.sh clang-19":                 "Clang 190107",
			"/t/scripts/as-version.sh clang-19 -fintegrated-as": "LLVM 0",
			"/t/scripts/ld-version.sh ld.lld-19":                "LLD 190107",
			"/t/scripts/pahole-version.sh pahole":               "",
		}},
		{"clang, asked for gcc", clang, nil, nil, map[string]string{
			"/t/scripts/cc-version.sh gcc": "",
			"/t/scripts/ld-version.sh ld":  "",
		}},
		{"nothing", nil, nil, nil, map[string]string{"/t/scripts/cc-version.sh gcc": "", "rustc --version": ""}},
	} {
		answers := FromConfig(test.values, Compose(test.tools), test.variables)
		for command, want := range test.want {
			if got, known := answers.Shell(command); got != want || known != (want != "") {
				t.Errorf("%s: %s: got %q, %v, want %q", test.name, command, got, known, want)
			}
		}
	}
	// Where tools may be asked, only what is certainly of the same tools counts.
	strict := configAnswers{values: gcc, tools: newTools(Compose(nil)), strict: true}
	for _, command := range []string{"/t/scripts/cc-version.sh gcc", "/t/scripts/rustc-version.sh rustc", "/t/scripts/pahole-version.sh pahole", "rustc --version"} {
		if got, known := strict.Shell(command); known {
			t.Errorf("%s: %q", command, got)
		}
	}
	strict.variables = maps.Clone(gcc)
	if got, _ := strict.Shell("/t/scripts/cc-version.sh gcc"); got != "GCC 120200" {
		t.Errorf("got %q", got)
	}
}
