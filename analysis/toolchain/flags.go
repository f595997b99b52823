package toolchain

import (
	"regexp"
	"strings"
)

// Arguments that a tree may give to a tool. A compiler can be told to load
// code, to run other programs and to read and write files by its arguments, so
// only those of known forms are passed on, and of these not what contains one
// of the suspect words.

// value is what may stand behind an equals sign: no path, no text of a shell.
const value = `[A-Za-z0-9_+,-][A-Za-z0-9_.+,-]*`

var (
	compilerFlag = regexp.MustCompile(`^(` + strings.Join([]string{
		`-[fm][A-Za-z0-9][A-Za-z0-9_-]*(=` + value + `)?`,
		`-W[A-Za-z][A-Za-z0-9+-]*(=[A-Za-z0-9][A-Za-z0-9+-]*)?`,
		`-Wa(,-[A-Za-z0-9_-]+(=[A-Za-z0-9_.+-]+)?)+`,
		`-Wl(,-[A-Za-z0-9_-]+(=[A-Za-z0-9_+-]+)?)+`,
		`-D[A-Za-z_][A-Za-z0-9_]*(=[A-Za-z0-9_]*)?`,
		`-O[0-3sgz]?`,
		`-g([0-9]|dwarf(-[0-9])?|split-dwarf|z(=[a-z0-9]+)?|no-[a-z-]+|gdb[0-9]?|strict-dwarf)?`,
		`-std=[a-z0-9+]+`,
		`-pg?`,
		`-E[LB]`,
		`-(static|static-pie|static-libgcc|shared|pie|no-pie|nostdlib|nodefaultlibs|nostartfiles|nostdinc|pipe|ansi|pedantic|w|Q|Qunused-arguments)`,
		`--target=[A-Za-z0-9_.-]+`,
		`-enable-[a-z-]+`,
		`--param=[a-z0-9-]+=[0-9]+`,
		// The only file that a flag may name.
		`-f[a-z-]+=(list=)?/dev/null`,
	}, "|") + `)$`)
	backendFlag   = regexp.MustCompile(`^-[a-z0-9][a-z0-9-]*(=` + value + `)?$`)
	parameterFlag = regexp.MustCompile(`^[a-z0-9-]+=[0-9]+$`)
	linkerFlag    = regexp.MustCompile(`^(--[a-z][A-Za-z0-9_-]*(=[A-Za-z0-9_+-]+)?|-[vVrsSxXnNqd]|-E[LB]|-O[0-9]|-Bsymbolic|-Bstatic|-static|-shared|-pie)$`)
	linkerWord    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*(=[A-Za-z0-9_-]+)?$`)
	rustFlag      = regexp.MustCompile(`^(` + strings.Join([]string{
		`-[ZC][a-z][a-z0-9_-]*(=` + value + `)?`,
		`-[WADF][a-z][a-z0-9_-]*`,
		`--cfg=[a-z_][a-z0-9_]*`,
		`--edition=20[0-9][0-9]`,
		`--target=[a-z0-9_.-]+`,
		`-O`,
	}, "|") + `)$`)

	// suspect are words of arguments that load code, run programs, or name
	// files to be read or written. Linkers take what -Map begins with for it, and
	// read scripts with -T and -dT.
	suspect = regexp.MustCompile(`(?i)plugin|(^|,)--?pl|specs|wrapper|sysroot|module|load|program|include|script|output|` +
		`dump|save-temps|profile-(use|dir|list|generate)|auto-profile|embed|link-|linker|link_|backend|incremental|` +
		`use-ld|offload|self-test|config|dylib|dlltool|time-trace|report-file|instr-use|xclang|map=|(^|,)--?ma?p?(,|=|$)|rpath|` +
		`listing|list=|response|library|dependency|remarks|^-mllvm|^-Wp|^-MD|callgraph|stack-usage|print-map|emit|filename|-file($|-path)|,-d?t`)
	// harmless are flags that contain a suspect word and do none of that.
	harmless = regexp.MustCompile(`^(-fno-[a-z-]+|-mno-[a-z0-9-]+|-W(no-)?[a-z-]+|` +
		`-frandomize-layout-seed-file=/dev/null|-fbasic-block-sections=list=/dev/null|-fsanitize-(ignore|black)list=/dev/null|-m(load|store)-[a-z-]+|-mcall-prologues|-fstack-usage)$`)
)

// fileName is the end of a value that may be the name of a file: it would not
// be in the directory that a probe runs in, and the answer be wrong.
var fileName = regexp.MustCompile(`=.*\.[A-Za-z]+$`)

// allowed reports whether an argument is of an allowed form and not suspect.
func allowed(form *regexp.Regexp, argument string) bool {
	return !fileName.MatchString(argument) && form.MatchString(argument) && (!suspect.MatchString(argument) || harmless.MatchString(argument))
}

// Texts that a compiler is given. They may not read other files than the
// system's headers, nor give orders to the compiler, nor be put together by
// macros, so that what is looked for here is all there is.

var (
	joined       = regexp.MustCompile(`"[ \t\n]*"`)
	hash         = regexp.MustCompile(`#[ \t]*([A-Za-z_]+|[^A-Za-z_])?([^\n]*)`)
	systemHeader = regexp.MustCompile(`^[ \t]*<[a-z0-9_]+(/[a-z0-9_]+)*\.h>[ \t]*$`)
	orders       = regexp.MustCompile(`(?i)_pragma|%:|\?\?|__has_include|__has_embed|\bimport\b|` +
		`\.[ \t]*(include|incbin|macro|altmacro|irpc?|file|print|dump|lto|gnu_attribute_file)\b`)
	escape = regexp.MustCompile(`\\[^nt]|\\$`)
)

// checkSource returns what a text to be compiled has in it that is not
// allowed.
func checkSource(text string) (what string, ok bool) {
	if len(text) > maxCommand {
		return text, false
	}
	text = joined.ReplaceAllString(text, "")
	for _, pattern := range []*regexp.Regexp{orders, escape} {
		if m := pattern.FindString(text); m != "" {
			return m, false
		}
	}
	for _, m := range hash.FindAllStringSubmatch(text, -1) {
		switch word := m[1]; word {
		case "", "\n", "if", "ifdef", "ifndef", "elif", "else", "endif":
		case "include":
			if !systemHeader.MatchString(m[2]) {
				return m[0], false
			}
		default:
			if word[0] < '0' || word[0] > '9' { // a number in assembly
				return m[0], false
			}
		}
		if strings.ContainsRune(m[2], '#') {
			return m[0], false
		}
	}
	return "", true
}
