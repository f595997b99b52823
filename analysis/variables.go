package analysis

import (
	"maps"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// variables are the macros of a view: a preprocessor whose answers are texts
// or "not known".
type variables struct {
	*macro.Environment
}

// Assign carries out an assignment statement.
func (v variables) Assign(f *menu.File, st parser.Statement) {
	name, flavor, value, ok := assignment(st)
	if ok {
		v.Define(name, flavor, value, position(f, st))
	}
}

// Expand expands a token as it is written.
func (v variables) Expand(f *menu.File, st parser.Statement, token string) (string, bool) {
	return v.Environment.Expand(token, position(f, st)).Text()
}

// position returns where a statement is, for $(filename) and $(lineno).
func position(f *menu.File, st parser.Statement) macro.Position {
	return macro.Position{File: f.Path, Line: f.Tree.Line(int(st.Start)) + 1, Offset: st.Start}
}

// assignment takes an assignment statement apart.
func assignment(st parser.Statement) (name string, flavor macro.Flavor, value string, ok bool) {
	i := st.First(0)
	op := st.First(i + 1)
	if op >= st.Len() {
		return "", 0, "", false
	}
	switch st.Token(op).Kind {
	case parser.Equal:
		flavor = macro.Recursive
	case parser.ColonEqual:
		flavor = macro.Simple
	case parser.PlusEqual:
		flavor = macro.Append
	default:
		return "", 0, "", false
	}
	if op+1 < st.Len() {
		value = st.TokenText(op + 1)
	}
	return st.TokenText(i), flavor, value, true
}

// variables returns the macros that a view of the tree starts with.
func (r *Root) variables(arch string) variables {
	return r.variablesWith(r.environment(arch), r.answers(arch))
}

// plainVariables returns variables for a look ahead, in which macros have no
// values yet. No tool is to be asked what comes out of that.
func (r *Root) plainVariables(arch string) variables {
	return r.variablesWith(r.Environment(arch), r.settings.Answers)
}

func (r *Root) variablesWith(environment map[string]string, answers macro.Answers) variables {
	return variables{macro.New(macro.Options{
		Variables:        environment,
		Answers:          answers,
		UnknownFunctions: r.Dialect.Has(parser.JoinedLines),
		UnknownVariables: !r.settings.WholeEnvironment,
		BareVariables:    r.Dialect.Has(parser.OldKeywords),
		JoinedLines:      r.Dialect.Has(parser.JoinedLines),
	})}
}

// answers returns what the commands of a view print.
func (r *Root) answers(arch string) macro.Answers {
	if t := r.Tools(arch); t != nil {
		return t.Answers
	}
	return r.settings.Answers
}

// environment returns the environment variables of a view: what the project's
// build would export, as far as it is known.
func (r *Root) environment(arch string) map[string]string {
	env := r.Environment(arch)
	tools := r.Tools(arch)
	if tools == nil || !isKbuild(r.Dialect) {
		return env
	}
	all := map[string]string{
		"objtree": ".", "CONFIG_SHELL": "sh", "LC_COLLATE": "C", "LC_NUMERIC": "C",
		"CROSS_COMPILE": "", "CROSS_COMPILE_COMPAT": "", "USERCFLAGS": "", "USERLDFLAGS": "",
	}
	if arch != "" {
		all["UTS_MACHINE"] = env["ARCH"]
	}
	maps.Copy(all, tools.Exports)
	maps.Copy(all, env)
	return all
}

// isKbuild reports whether trees of a dialect are built by a top Makefile as
// that of Linux is.
func isKbuild(d parser.Dialect) bool {
	switch d.Name {
	case "linux", "u-boot", "barebox", "xen":
		return true
	}
	return false
}

// Environment returns the environment variables of a view as far as they are
// known without looking for any tool.
func (r *Root) Environment(arch string) map[string]string {
	env := map[string]string{"srctree": r.Dir}
	if r.Version != "" {
		env["KERNELVERSION"] = r.Version
	}
	if arch != "" {
		env["SRCARCH"], env["ARCH"], env["SUBARCH"], env["HEADER_ARCH"] = arch, arch, arch, arch
		if arch == "um" { // user mode runs on the architecture of the host
			env["SUBARCH"], env["HEADER_ARCH"] = "x86", "x86"
		}
	}
	switch r.Dialect.Name {
	case "zephyr":
		// As Zephyr's own compliance check sets them, so that the files of all
		// boards and architectures belong to the tree.
		maps.Copy(env, map[string]string{
			"ZEPHYR_BASE": r.Dir, "ARCH": "*", "ARCH_DIR": "arch", "BOARD_DIR": "boards/*/*", "SOC_DIR": "soc",
		})
	case "esp-idf":
		env["IDF_PATH"] = r.Dir
	}
	for name, value := range r.settings.Environment {
		if arch != "" && (name == "ARCH" && sourceArch(value) != arch || name == "SRCARCH" && value != arch) {
			continue // the view was asked for by its architecture
		}
		env[name] = strings.ReplaceAll(value, "{srctree}", r.Dir)
	}
	return env
}

// Defines reports whether the tree defines a variable or function.
func (v variables) Defines(name string) bool {
	_, ok := v.Lookup(name)
	return ok
}

// Explain expands a token and tells why it has no result, if it has none.
func (v variables) Explain(f *menu.File, st parser.Statement, token string) menu.Expansion {
	var result macro.Result
	if st.Kind == parser.Assignment {
		result = v.ExpandText(token, position(f, st))
	} else {
		result = v.Environment.Expand(token, position(f, st))
	}
	e := menu.Expansion{}
	e.Text, e.Known = result.Text()
	if !e.Known && result.Err == nil {
		e.Unset = true
		for _, cause := range result.Causes {
			e.Unset = e.Unset && cause.Kind == macro.Variable
		}
	}
	if result.Err != nil && result.Err.Code != macro.CodeUnterminated { // the parser reports that
		e.Error = "`" + token + "` cannot be expanded: " + result.Err.Text
		if result.Err.Code == macro.CodeErrorIf {
			e.Error = "the tree stops here: " + result.Err.Text
		}
	}
	return e
}
