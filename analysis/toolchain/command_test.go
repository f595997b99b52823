package toolchain

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// forms are the forms of commands that Kconfig files of Linux 6.1 and 6.12,
// U-Boot and barebox have.
var forms = []string{
	`{ command -v gcc; } >/dev/null 2>&1 && echo "n" || echo "y"`,
	`set -- GCC 120200 && echo $2`,
	`{ test -z "GNU 24000"; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ gcc -Werror -m32 -E -x c /dev/null -o /dev/null; } >/dev/null 2>&1 && echo "-m32" || echo ""`,
	`{ trap "rm -rf .tmp_$$" EXIT; mkdir .tmp_$$; gcc -Werror  -fsanitize=thread --param tsan-distinguish-volatile=1 -c -x c /dev/null -o .tmp_$$/tmp.o; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ mkdir .tmp_$$$$; trap "rm -rf .tmp_$$$$" EXIT; gcc -Werror  -m32 -c -x c /dev/null -o .tmp_$$$$/tmp.o; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ trap "rm -rf .tmp_$$" EXIT; mkdir .tmp_$$; rustc -Zsanitizer=kcfi --crate-type=rlib /dev/null --out-dir=.tmp_$$ -o .tmp_$$/tmp.rlib; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ ld -v --orphan-handling=warn -z noexecstack -m elf_i386; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ printf "%b\n" "vpclmulqdq \$0x10,%ymm0,%ymm1,%ymm2" | gcc   -Wa,--fatal-warnings -c -x assembler-with-cpp -o /dev/null -; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ printf "%b\n" ".fpu vfpv2\nvmrs r0,FPINST" | gcc -c -x assembler -o /dev/null -; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ echo 'int foo(int *x) { asm goto (".long (%l[bar]) - .": "+m"(*x) ::: bar); return *x; bar: return 0; }' | $CC -x c - -c -o /dev/null; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ objcopy --version | head -n1 | grep -qv llvm; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ nm --help | head -n 1 | grep -qi llvm; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`gcc -print-file-name=plugin`,
	`{ test -e /usr/lib/gcc/x86_64-linux-gnu/12/plugin/include/plugin-version.h; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ python3 -c "import lxml"; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`{ env "CC=gcc" "LD=ld" "NM=nm" "OBJCOPY=objcopy" scripts/tools-support-relr.sh; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`bindgen --version workaround-for-0.69.0 2>/dev/null`,
	`rustc --version 2>/dev/null`,
	`echo __XTENSA_CALL0_ABI__ | gcc -mabi=call0 -E -P - 2>/dev/null`,
	`{ gcc -dM -E -x c /dev/null | grep -q '^#define \<_LP64\>'; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`scripts/gcc-version.sh -p gcc | sed 's/^0*//'`,
	`{  test -n ""; } >/dev/null 2>&1 && echo "y" || echo "n"`,
	`expr 190107 / 10000`,
}

// What is worked out from the text alone, and why not.
func TestText(t *testing.T) {
	a := New(Options{Dir: "/tree", Files: oneFile(""), Tools: Compose(nil), Variables: map[string]string{"X": "a b"}})
	for _, test := range []struct{ command, want string }{
		{"echo hello world 3", "hello world 3\n"},
		{`printf 'hello\nworld\n\n4\n\n\n'`, "hello\nworld\n\n4\n\n\n"},
		{"set -- GCC 120200 && echo $1", "GCC\n"},
		{"set -- && echo $1", "\n"},
		{"set -- a b c; echo $# $3 $4 \"$@\" $*", "3 c a b c a b c\n"},
		{`{ test "GCC" = Clang; } >/dev/null 2>&1 && echo "y" || echo "n"`, "n\n"},
		{`test a = a && test ! a = b && [ 10 -ge 9 ] && [ -n x ] && [ x ] && ! [ -z x ] && echo y`, "y\n"},
		{`test "" || [ ! x ] || [ 1 -gt 2 ] || [ 1 -ne 1 ] || [ x -lt 1 ] 2>/dev/null || echo n`, "n\n"},
		{"true && false || echo a; false || true && echo b", "a\nb\n"},
		{"! false && ! true || echo a", "a\n"},
		{"expr 190107 / 10000; expr 7 % 4; expr 1 - 1 || echo zero; expr 2 '*' 3", "19\n3\n0\nzero\n6\n"},
		{"echo a  b\t\"c  d\" 'e\"f' g\\ h i#j # k", "a b c  d e\"f g h i#j\n"},
		{`echo "\$x $ $X" ${X}y "${X}y"`, "$x $ a b a by a by\n"},
		{"echo a >/dev/null; echo b 2>/dev/null; { echo c; echo d; } 2>&1 | head -n 1", "b\nc\n"},
		{"echo a 1>&2; echo b >&2", ""},
		{"echo a | { cat; echo b; } | tail -n1; exit 3; echo c", "b\n"},
		{"echo 012300 | sed 's/^0*//'; echo aXbX | sed 's/X/-/'", "12300\na-bX\n"},
		{"printf '%s-%b|%%|%02d\\n' a 'b\\tc' 7 d e 8", "a-b\tc|%|07\nd-e|%|08\n"},
		{"printf '%b\\n' '\\0101\\103\\\\'", "AC\\\n"},
		{"echo abc | grep b; echo abc | grep -v b || echo no; echo ABC | grep -qi 'b' && echo yes", "abc\nno\nyes\n"},
		{"echo 'a.c' | grep -F . && echo abc | grep 'a\\.c' || echo 'x+y' | grep 'x+y'", "a.c\nx+y\n"},
		{"echo 'x y' | grep -E '^(x|z) [a-y]$' && echo '#define _LP64 1' | grep -q '^#define \\<_LP64\\>' && echo y", "x y\ny\n"},
		{"cat <<'A' | head -2\na $b\nc\nd\nA\n", "a $b\nc\n"},
		{"cat <<-A\n\ta\n\tA\necho b", "a\nb\n"},
		{"cat </dev/null; echo $?", "0\n"},
		{"false; echo $?", "1\n"},
		{"echo a && \\\n  echo b ||\n echo c", "a\nb\n"},
		{"command -v echo", "echo\n"},
		{"echo $srctree", "/tree\n"},
		{"echo $CC", "gcc\n"},
		{":;", ""},
		{"", ""},
	} {
		answer := a.Ask(t.Context(), test.command)
		switch {
		case !answer.Known:
			t.Errorf("%s: %s", test.command, answer.Reason)
		case answer.Output != test.want:
			t.Errorf("%s: got %q, want %q", test.command, answer.Output, test.want)
		case answer.Source != Pure:
			t.Errorf("%s: from %s", test.command, answer.Source)
		}
	}
}

// What is left alone, and the words in which that is said.
func TestNotUnderstood(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT RUN: the programs have other names")
	}
	a := New(Options{
		Trust: Probe, Dir: "/tree", Files: oneFile("#!/usr/bin/python3\n"), Tools: Compose(nil),
		Prober: NewProber(ProberOptions{Environment: []string{"PATH=/bin:/usr/bin"}}),
	})
	var b strings.Builder
	for _, command := range []string{
		"echo $(date)",
		"echo `date`",
		"echo $((1 + 1))",
		"if true; then echo a; fi",
		"for x in a; do echo $x; done",
		"f() { echo a; }; f",
		"(echo a)",
		"echo a &",
		"echo a > file",
		"cat < file",
		"cat file",
		"echo *.c",
		"echo ~",
		"echo ${X:-a}",
		"echo $NOSUCH",
		"echo 'a",
		"{ echo a",
		"A=b echo a",
		"eval echo a",
		"sed 's/a/b/;e date'",
		"sed -i s/a/b/ file",
		"awk 'BEGIN { system(\"date\") }'",
		"echo -e a",
		`echo 'a\b'`,
		"printf %d a",
		"printf %c a",
		"test -w file",
		"test a -a b",
		"head -c 3",
		"grep -c a",
		"command -V gcc",
		"command -v cd",
		"set -x",
		"nonesuch 2>&1",
		"env sh -c date",
		"mkdir x",
		"trap date EXIT",
		"rm -rf .tmp_0",
		"sh -c date",
		"scripts/x.py",
		"gcc -fplugin=x.so -c -x c /dev/null -o /dev/null",
		"gcc -c x.c -o /dev/null",
		"gcc -c -x c /dev/null -o x.o",
		"echo '#include \"secret\"' | gcc -c -x c - -o /dev/null",
		"printf '.inc\\142in \"secret\"' | gcc -c -x assembler - -o /dev/null",
		"ld -v -plugin x",
		"rustc -Clinker=x --crate-type=rlib /dev/null",
		"python3 -c 'print(1)'",
		"nm x.o",
	} {
		answer := a.Ask(t.Context(), command)
		if answer.Known {
			t.Errorf("%s: known to be %q", command, answer.Output)
		}
		b.WriteString(command + "\n\t" + strings.TrimSuffix(answer.Reason.String(), " "+trustShell) + "\n")
	}
	golden(t, "testdata/not-understood.txt", b.String())
}

// The flags that Kconfig files test are passed on; those that do harm are not.
func TestFlags(t *testing.T) {
	for _, flag := range []string{
		"-m32", "-m64", "-mtune=z196", "-march=rv64ima_zbb", "-mabi=lp64", "-mbranch-protection=pac-ret+leaf+bti",
		"-mstack-protector-guard-offset=0", "-fpatchable-function-entry=16,16", "-falign-functions=64", "-fno-PIE",
		"-frandomize-layout-seed-file=/dev/null", "-fbasic-block-sections=list=/dev/null", "-fsanitize-ignorelist=/dev/null",
		"-fsanitize=kernel-address", "-fsanitize-coverage=trace-pc", "-fzero-call-used-regs=used-gpr", "-gz=zstd", "-gsplit-dwarf", "-gdwarf-5",
		"-Wa,-march=armv8.5-a", "-Wa,--noexecstack", "-Wimplicit-fallthrough=5", "-Werror=unknown-warning-option", "-Wno-psabi",
		"-D__SIZEOF_INT128__=0", "-D__KERNEL__", "-O2", "-p", "-static", "-std=gnu11", "-EL", "-mlittle-endian", "-mcmodel=kernel",
		"--target=x86_64-linux-gnu", "-fno-integrated-as", "-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang",
		"-mprofile-kernel", "-fcf-protection=branch", "-mharden-sls=all", "-mno-branch-likely", "-fstack-usage", "-mload-store-pairs",
		"-Wl,--fix-cortex-a8", "-Wl,-z", "-mapcs-frame", "-mapxf", "-Wl,--no-map-whole-files",
	} {
		if !allowed(compilerFlag, flag) {
			t.Errorf("%s is not allowed", flag)
		}
	}
	for _, flag := range []string{
		"-fplugin=x", "-fplugin", "-fplugin-arg-x-y", "-fpass-plugin=x", "-specs=x", "--specs=x", "-specs", "-wrapper", "-B.", "-Bx", "-B",
		"@x", "@/x", "-fuse-ld=x", "--sysroot=x", "-isysroot", "-Ix", "-I", "-include", "-imacros", "-isystem", "-Lx", "-lx", "-Tx",
		"-fmodule-mapper=x", "-fmodule-mapper=|x", "-fprofile-use=x", "-fdump-tree-all", "-save-temps", "-Xclang", "-Xassembler", "-Xlinker",
		"-Wp,-MD,x", "-Wl,-plugin,x", "-Wl,-plugin=x", "-Wl,--plu=x", "-Wl,-T,x", "-Wl,-T", "-Wl,-z,-Tx", "-Wl,-dT", "-Wl,x", "-Wa,@x", "-Wa,x", "-Wa,-I/x", "--config=x", "--config",
		"-ofoo", "-o", "-MF", "-MD", "-MMD", "x.c", "/dev/null", "-f/x", "-fx=/x", "-fx=./x", "-fx=../x", "-fx=~x", "-mx=y;z", "-mx=$y", "-mx=`y`",
		"-Dx=\"y\"", "-Dx=(y)", "-f", "-m", "-fx=", "-x", "-", "", "-fload=x", "-mllvm", "--param", "-print-file-name=/x", "-fprofile-list=x",
		"-resource-dir", "-ivfsoverlay", "-fembed-offload-object=x", "-foffload=x", "-fauto-profile=x", "-fcallgraph-info", "-dumpdir", "-dumpbase",
		"-fsanitize-ignorelist=/etc/x", "-frandomize-layout-seed-file=/dev/nullx", "-fx=/dev/null/../x", "-nostdinc++x", "-m32\n-B", "-m32 -B",
		"-fsanitize-ignorelist=x", "-fsanitize-ignorelist=x.txt", "-mx=x.cfg",
		"-map", "-Wl,-Map", "-Wl,-Map,-x", "-Wl,-z,-Map,-x", "-Wl,-Ma=x", "-Wl,--M,-x", "-Wl,-Map=x",
	} {
		if allowed(compilerFlag, flag) {
			t.Errorf("%q is allowed", flag)
		}
	}
	for flag, want := range map[string]bool{
		"-Zsanitizer=kcfi": true, "-Cforce-frame-pointers=y": true, "-Ctarget-cpu=native": true, "--edition=2021": true,
		"-Clinker=x": false, "-Clink-arg=x": false, "-Zcodegen-backend=x": false, "-Cincremental=x": false, "--extern=x": false,
		"-Zllvm-plugins=x": false, "-Cprofile-use=x": false, "-Zpre-link-args=x": false, "--sysroot=x": false, "-Lx": false,
	} {
		if allowed(rustFlag, flag) != want {
			t.Errorf("%s: allowed is %v", flag, !want)
		}
	}
	for flag, want := range map[string]bool{
		"--gc-sections": true, "--orphan-handling=warn": true, "--compress-debug-sections=zstd": true, "--fix-cortex-a53-843419": true,
		"-plugin": false, "--plugin=x": false, "--plu=x": false, "-T": false, "-Tx": false, "--script=x": false, "-L.": false,
		"--dependency-file=x": false, "-Map=x": false, "--map": false, "--ma=x": false, "x.o": false, "@x": false, "--out=/x": false, "-lx": false, "-dynamic-linker": false,
	} {
		if allowed(linkerFlag, flag) != want {
			t.Errorf("%s: allowed is %v", flag, !want)
		}
	}
}

// Texts that are compiled read no files but headers of the system.
func TestSources(t *testing.T) {
	for text, want := range map[string]bool{
		"int x;":                                              true,
		"#include <stdio.h>\nint main;":                       true,
		"#include <linux/compiler.h>\n":                       true,
		"#if defined(X)\n# else\n#endif\n":                    true,
		"mov r0, #1":                                          true,
		"1:\n.inst 0\n.rept . - 1b\nnop\n.endr\n":             true,
		`asm goto (".long (%l[bar]) - .": "+m"(*x) ::: bar);`: true,
		`asm("nop\n\tnop");`:                                  true,
		"#include \"x\"":                                      false,
		"#include </etc/passwd>":                              false,
		"#include <../../etc/passwd.h>":                       false,
		"# include\t\"x\"":                                    false,
		"#/**/include \"x\"":                                  false,
		"/**/ #include \"x\"":                                 false,
		"#inc\\\nlude \"x\"":                                  false,
		"%:include \"x\"":                                     false,
		"??=include \"x\"":                                    false,
		"#include_next <x.h>":                                 false,
		"#embed </dev/zero>":                                  false,
		"#import <x.h>":                                       false,
		"#pragma GCC pch_preprocess \"x\"":                    false,
		"_Pragma(\"x\")":                                      false,
		"#define X .inc\nX":                                   false,
		"int x = __has_include(\"/x\");":                      false,
		".incbin \"/dev/zero\"":                               false,
		".INCBIN \"/dev/zero\"":                               false,
		". include \"x\"":                                     false,
		"asm(\".inc\" \"bin \\\"x\\\"\");":                    false,
		"asm(\".inc\"\n\"bin x\");":                           false,
		"asm(\"\\x2eincbin\");":                               false,
		".macro m x\n.inc\\x\n.endm":                          false,
		".irp x,bin\n":                                        false,
		".altmacro":                                           false,
		"#x##y":                                               false,
	} {
		if what, ok := checkSource(text); ok != want {
			t.Errorf("%q: allowed is %v (%s)", text, ok, what)
		}
	}
}

func TestCompose(t *testing.T) {
	for _, test := range []struct {
		variables map[string]string
		want      string
	}{
		{nil, "gcc ld ar nm objcopy gcc rustc bindgen pahole python3"},
		{map[string]string{"CROSS_COMPILE": "aarch64-linux-gnu-"}, "aarch64-linux-gnu-gcc aarch64-linux-gnu-ld aarch64-linux-gnu-ar aarch64-linux-gnu-nm aarch64-linux-gnu-objcopy gcc rustc bindgen pahole python3"},
		{map[string]string{"LLVM": "1", "CROSS_COMPILE": "x-"}, "clang ld.lld llvm-ar llvm-nm llvm-objcopy clang rustc bindgen pahole python3"},
		{map[string]string{"LLVM": "-19"}, "clang-19 ld.lld-19 llvm-ar-19 llvm-nm-19 llvm-objcopy-19 clang-19 rustc bindgen pahole python3"},
		{map[string]string{"LLVM": "/opt/llvm/bin/", "LD": "ld.bfd"}, "/opt/llvm/bin/clang ld.bfd /opt/llvm/bin/llvm-ar /opt/llvm/bin/llvm-nm /opt/llvm/bin/llvm-objcopy /opt/llvm/bin/clang rustc bindgen pahole python3"},
		{map[string]string{"CC": "ccache gcc-12", "PAHOLE": ""}, "ccache gcc-12 ld ar nm objcopy gcc rustc bindgen python3"},
	} {
		var got []string
		for _, tool := range newTools(Compose(test.variables)) {
			got = append(got, tool.command())
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.variables, diff)
		}
	}
	if got := ClangFlags("um", "x86"); !strings.HasPrefix(got, "--target=x86_64-linux-gnu -fintegrated-as ") {
		t.Error(got)
	}
	if got := ClangFlags("parisc", ""); got != "" {
		t.Error(got)
	}
}

func TestTrust(t *testing.T) {
	for _, want := range []Trust{None, Probe, Shell} {
		if got, err := ParseTrust(want.String()); got != want || err != nil {
			t.Errorf("%s: %s, %v", want, got, err)
		}
	}
	if got, err := ParseTrust("all"); err == nil || got != None {
		t.Error(got, err)
	}
}

// Texts that are made to take long or to grow do not.
func TestHostileTexts(t *testing.T) {
	a := New(Options{Dir: "/tree", Files: oneFile("#!/bin/sh\n" + strings.Repeat("echo a\n", 9000)), Tools: Compose(nil)})
	for _, command := range []string{
		"printf '%s' " + strings.Repeat("a", 30000) + " " + strings.Repeat("b ", 15000) + "| cat | gcc -c -x c - -o /dev/null",
		"printf '" + strings.Repeat("x", 30000) + "%s' " + strings.Repeat("b ", 15000),
		strings.Repeat("scripts/x; ", 5000),
		strings.Repeat("{ ", 60) + "echo a" + strings.Repeat("; }", 60),
		strings.Repeat("echo a | ", 7000) + "cat",
		strings.Repeat("env CC=a ", 7000),
		"set -- " + strings.Repeat("a ", 30000) + "; echo " + strings.Repeat("$*", 10000),
		"set -- " + strings.Repeat("a", 30000) + strings.Repeat("; set -- $1$1", 2000),
		"set -- " + strings.Repeat("a ", 30000) + strings.Repeat(`; set -- "$@" "$@"`, 1000),
		"echo " + strings.Repeat("a", 60000) + strings.Repeat(" | sed 's/a*/&/' ", 2),
		"printf " + strings.Repeat(`\n`, 30000) + " | sed 's/x*/" + strings.Repeat("y", 20000) + "/'",
		strings.Repeat("$", 60000), strings.Repeat(`"`, 60001), strings.Repeat("#\n", 30000), strings.Repeat("\\\n", 30000),
		strings.Repeat("a<<E ", 10000) + "\n", strings.Repeat("! ", 30000), "echo " + strings.Repeat("$X", 30000),
		strings.Repeat("a", maxCommand+1), "echo \x00",
	} {
		start := time.Now()
		answer := a.Ask(t.Context(), command)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.30q took %s", command, took)
		}
		if len(answer.Output) > maxText || len(answer.Reason.String()) > 1000 {
			t.Errorf("%.30q: %d bytes, %s", command, len(answer.Output), answer.Reason)
		}
	}
}
