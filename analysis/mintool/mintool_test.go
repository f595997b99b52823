package mintool_test

import (
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/mintool"
)

const script = `#!/bin/sh
case "$1" in
binutils)
	echo 2.30.0
	;;
llvm)
	# newer on some
	if [ "$SRCARCH" = s390 ]; then
		echo 15.0.0
	elif [ "$SRCARCH" = loongarch ]; then
		echo 18.0.0
	else
		echo 13.0.1
	fi
	;;
rustc)
	if [ "$SRCARCH" = "s390" ]; then
		echo 1.96.0
	else
		echo 1.85.0
	fi
	;;
other)
	cat versions
	;;
none)
	;;
*)
	exit 1
esac
`

func TestLookUp(t *testing.T) {
	for _, c := range []struct {
		tool, arch, want string
		line             int
	}{
		{"binutils", "x86", "2.30.0", 4},
		{"llvm", "s390", "15.0.0", 9},
		{"llvm", "loongarch", "18.0.0", 11},
		{"llvm", "x86", "13.0.1", 13},
		{"rustc", "s390", "1.96.0", 18},
		{"rustc", "", "1.85.0", 20},
		{"other", "x86", "", 0},
		{"none", "x86", "", 0},
		{"gcc", "x86", "", 0},
	} {
		got, line, ok := mintool.LookUp(script, c.tool, func(name string) string {
			if name != "SRCARCH" {
				t.Errorf("the script asks for %s", name)
			}
			return c.arch
		})
		if got != c.want || line != c.line || ok != (c.want != "") {
			t.Errorf("%s on %s: %q in line %d, %v, want %q in line %d", c.tool, c.arch, got, line, ok, c.want, c.line)
		}
	}
}
