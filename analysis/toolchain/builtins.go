package toolchain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// builtins are the commands that are carried out here. They see nothing but
// their arguments and what is piped into them, unless they ask the world. It
// is filled in by init, as some of them call others.
var builtins map[string]func(e *evaluation, arguments []string, s streams) (int, error)

func init() {
	builtins = map[string]func(e *evaluation, arguments []string, s streams) (int, error){
		"true": succeed, ":": succeed,
		"false":  func(*evaluation, []string, streams) (int, error) { return 1, nil },
		"echo":   echo,
		"printf": printf,
		"test":   test,
		"[": func(e *evaluation, arguments []string, s streams) (int, error) {
			if len(arguments) == 0 || arguments[len(arguments)-1] != "]" {
				return 2, s.complain()
			}
			return test(e, arguments[:len(arguments)-1], s)
		},
		"set":     set,
		"exit":    exit,
		"expr":    expr,
		"command": commandV,
		"env":     env,
		"trap":    trap,
		"mkdir":   mkdir,
		"cat":     cat,
		"head":    head,
		"tail":    tail,
		"grep":    grep,
		"sed":     sed,
		"awk":     awk,
	}
}

func succeed(*evaluation, []string, streams) (int, error) { return 0, nil }

// usage is the reason of a call of a builtin that is not understood.
func usage(name string, arguments []string) (int, error) {
	return 0, notUnderstood("a call of " + name + " is not understood: " + shorten(strings.Join(arguments, " ")))
}

func echo(e *evaluation, arguments []string, s streams) (int, error) {
	end, escapes := "\n", false
	for len(arguments) > 0 {
		switch first := arguments[0]; {
		case first == "-n":
			end = ""
		case first == "-e" && e.bash:
			escapes = true
		case strings.HasPrefix(first, "-") && strings.Trim(first[1:], "neE") == "" && len(first) > 1:
			return usage("echo", arguments) // shells differ
		default:
			goto rest
		}
		arguments = arguments[1:]
	}
rest:
	text := strings.Join(arguments, " ")
	if strings.Contains(text, `\`) {
		if !e.bash {
			return usage("echo", arguments) // shells differ
		}
		if escapes {
			var stop bool
			if text, stop = unescape(text); stop {
				end = ""
			}
		}
	}
	return 0, s.out.write(text + end)
}

// unescape replaces the escapes of printf's %b. It reports whether the text
// ends all output.
func unescape(text string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		if at := strings.IndexByte("abfnrtv\\", text[i]); at >= 0 {
			b.WriteByte("\a\b\f\n\r\t\v\\"[at])
			continue
		}
		switch {
		case text[i] == 'c':
			return b.String(), true
		case text[i] >= '0' && text[i] <= '7':
			digits := 3
			if text[i] == '0' {
				digits = 4
			}
			n := 0
			j := i
			for ; j < len(text) && j < i+digits && text[j] >= '0' && text[j] <= '7'; j++ {
				n = n<<3 | int(text[j]-'0')
			}
			b.WriteByte(byte(n))
			i = j - 1
		default:
			b.WriteByte('\\')
			b.WriteByte(text[i])
		}
	}
	return b.String(), false
}

// printf knows %s, %b, %d with zeros, %% and the escapes of formats.
func printf(_ *evaluation, arguments []string, s streams) (int, error) {
	if len(arguments) == 0 || strings.HasPrefix(arguments[0], "-") {
		return usage("printf", arguments)
	}
	format, rest := arguments[0], arguments[1:]
	var b strings.Builder
	for {
		before := len(rest)
		for i := 0; i < len(format); i++ {
			if b.Len() > maxText {
				return 0, errTooLong
			}
			c := format[i]
			if c == '\\' {
				end := min(i+4, len(format))
				if i+1 < len(format) && (format[i+1] < '0' || format[i+1] > '7') {
					end = min(i+2, len(format))
				}
				text, stop := unescape(format[i:end])
				if stop || strings.HasPrefix(text, `\`) && format[i:end] != `\\` {
					return usage("printf", arguments)
				}
				b.WriteString(text)
				i = end - 1
				continue
			}
			if c != '%' {
				b.WriteByte(c)
				continue
			}
			verb := printfVerb.FindString(format[i:])
			if verb == "" {
				return usage("printf", arguments)
			}
			i += len(verb) - 1
			if verb == "%%" {
				b.WriteByte('%')
				continue
			}
			argument := ""
			if len(rest) > 0 {
				argument, rest = rest[0], rest[1:]
			}
			switch verb[len(verb)-1] {
			case 's':
				b.WriteString(argument)
			case 'b':
				text, stop := unescape(argument)
				b.WriteString(text)
				if stop {
					return 0, s.out.write(b.String())
				}
			case 'd':
				n, err := strconv.Atoi(argument)
				if err != nil || argument != strconv.Itoa(n) {
					return usage("printf", arguments)
				}
				fmt.Fprintf(&b, verb, n)
			}
		}
		if len(rest) == 0 || len(rest) == before {
			break
		}
	}
	return 0, s.out.write(b.String())
}

var printfVerb = regexp.MustCompile(`^%(%|s|b|(0[1-9])?d)`)

// set sets the arguments, or options that only concern how failures are taken.
func set(e *evaluation, arguments []string, _ streams) (int, error) {
	for i := 0; i < len(arguments); i++ {
		switch a := arguments[i]; {
		case a == "--":
			e.arguments = arguments[i+1:]
			return 0, nil
		case a == "-e":
			e.errexit = true
		case a == "-o" && i+1 < len(arguments) && arguments[i+1] == "pipefail" && e.bash:
			e.pipefail = true
			i++
		case i == 0 && !strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "+"):
			e.arguments = arguments
			return 0, nil
		default:
			return usage("set", arguments)
		}
	}
	if len(arguments) == 0 {
		return usage("set", arguments)
	}
	return 0, nil
}

func exit(e *evaluation, arguments []string, _ streams) (int, error) {
	status := e.status
	if len(arguments) > 0 {
		n, err := strconv.Atoi(arguments[0])
		if err != nil || n < 0 || n > 255 || len(arguments) > 1 {
			return usage("exit", arguments)
		}
		status = n
	}
	e.exited = true
	return status, nil
}

// expr calculates with two numbers.
func expr(_ *evaluation, arguments []string, s streams) (int, error) {
	if len(arguments) != 3 {
		return usage("expr", arguments)
	}
	a, err1 := strconv.ParseInt(arguments[0], 10, 32)
	b, err2 := strconv.ParseInt(arguments[2], 10, 32)
	if err1 != nil || err2 != nil {
		return usage("expr", arguments)
	}
	is := func(ok bool) int64 { return int64(1 - statusOf(ok)) }
	var n int64
	switch operator := arguments[1]; operator {
	case "+":
		n = a + b
	case "-":
		n = a - b
	case "*":
		n = a * b
	case "/", "%":
		if b == 0 {
			return 2, s.complain()
		}
		if n = a / b; operator == "%" {
			n = a % b
		}
	case "=":
		n = is(a == b)
	case "!=":
		n = is(a != b)
	case "<":
		n = is(a < b)
	case "<=":
		n = is(a <= b)
	case ">":
		n = is(a > b)
	case ">=":
		n = is(a >= b)
	default:
		return usage("expr", arguments)
	}
	return statusOf(n != 0), s.out.write(strconv.FormatInt(n, 10) + "\n")
}

// shellWords are the commands that are part of some shell, beside those above
// that are carried out here. They are on no PATH and yet there.
var shellWords = map[string]bool{
	".": true, "alias": true, "bg": true, "break": true, "builtin": true, "cd": true, "continue": true,
	"declare": true, "dirs": true, "eval": true, "exec": true, "export": true, "fc": true, "fg": true,
	"getopts": true, "hash": true, "jobs": true, "kill": true, "let": true, "local": true, "popd": true,
	"pushd": true, "pwd": true, "read": true, "readonly": true, "return": true, "shift": true, "shopt": true,
	"source": true, "suspend": true, "times": true, "type": true, "typeset": true, "ulimit": true,
	"umask": true, "unalias": true, "unset": true, "wait": true,
}

// ownWords are the commands carried out here that every shell has built in, so
// that command -v finds them without a path.
var ownWords = map[string]bool{
	"true": true, ":": true, "false": true, "echo": true, "printf": true, "test": true, "[": true,
	"set": true, "exit": true, "command": true, "trap": true,
}

// commandV is the command "command", of which only -v is known.
func commandV(e *evaluation, arguments []string, s streams) (int, error) {
	if len(arguments) == 0 || arguments[0] != "-v" {
		return usage("command", arguments)
	}
	if arguments = arguments[1:]; len(arguments) == 0 || arguments[0] == "" {
		return 127, nil
	}
	// Of several names some shells look up the first, others all of them. What
	// comes behind a compiler's name, as in CC="ccache gcc", is not looked at.
	name := arguments[0]
	if shellWords[name] {
		return usage("command", arguments) // shells differ
	}
	if ownWords[name] {
		return 0, s.out.write(name + "\n")
	}
	path, err := e.world.find(name)
	switch {
	case err != nil:
		return 0, err
	case path == "":
		return 127, nil
	}
	return 0, s.out.write(path + "\n")
}

// env sets the variables that name tools, for a script.
func env(e *evaluation, arguments []string, s streams) (int, error) {
	sub := *e
	sub.variables = map[string]string{}
	for name, text := range e.variables {
		sub.variables[name] = text
	}
	for len(arguments) > 0 && assignment.MatchString(arguments[0]) {
		name, text, _ := strings.Cut(arguments[0], "=")
		if _, ok := roles[name]; !ok && name != "LC_ALL" {
			return usage("env", arguments)
		}
		sub.variables[name] = text
		arguments = arguments[1:]
	}
	if len(arguments) == 0 || strings.HasPrefix(arguments[0], "-") {
		return usage("env", arguments)
	}
	return sub.simple(arguments, s)
}

// temporary is the directory that the macros of Kconfig.include make. $$ is
// the number of a process, and in barebox stands there twice.
var temporary = regexp.MustCompile(`^\.tmp_` + processNumber + `+$`)

// mkdir makes the temporary directory: a probe's private directory is in its
// place.
func mkdir(e *evaluation, arguments []string, _ streams) (int, error) {
	if len(arguments) != 1 || !temporary.MatchString(arguments[0]) {
		return usage("mkdir", arguments)
	}
	if e.directory != "" {
		return 1, nil
	}
	e.directory = arguments[0]
	return 0, nil
}

// trap removes the temporary directory, which needs no doing here.
func trap(_ *evaluation, arguments []string, _ streams) (int, error) {
	if len(arguments) == 2 && (arguments[1] == "EXIT" || arguments[1] == "0") {
		if directory, ok := strings.CutPrefix(arguments[0], "rm -rf "); ok && temporary.MatchString(directory) {
			return 0, nil
		}
	}
	return usage("trap", arguments)
}
