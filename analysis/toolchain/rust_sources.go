package toolchain

import (
	"path/filepath"
	"strings"
)

// coreSource is the file that the script looks for in Rust's library.
const coreSource = "/core/src/lib.rs"

// lookAtSources looks for the sources of core. The compiler is asked for its
// directory even if RUST_LIB_SRC says where they are: it has to succeed.
func (v *rustSurvey) lookAtSources() {
	v.sources = v.row("RUSTC", "the sources of Rust's core library are installed", v.at("! -e \"$rustc_src_core\"", "core/src/lib.rs"))
	r := v.sources
	library, err := v.e.parameter("RUST_LIB_SRC")
	given := err == nil && library != ""
	if given {
		if there, err := v.e.world.stat(library + coreSource); err == nil && !there.exists {
			r.fails("Let RUST_LIB_SRC name the directory library of Rust's sources, or leave it out.", "there is no %s, where RUST_LIB_SRC says that it is", library+coreSource)
			return
		}
	}
	if v.rustc.tool == nil {
		r.behind(v.rustc.found)
		return
	}
	sysroot, ok := v.sysroot(r)
	if !ok {
		return
	}
	if !given {
		library = sysroot + "/lib/rustlib/src/rust/library"
	}
	kind, err := v.e.world.stat(library + coreSource)
	if err != nil {
		r.unanswered(err)
		return
	}
	if kind.exists {
		r.holds("they are in %s", library)
		return
	}
	r.fails(v.sourcesFix(), "there is no %s", library+coreSource)
}

// sysroot asks rustc where its files are.
func (v *rustSurvey) sysroot(r *row) (string, bool) {
	flags, err := v.e.parameter("KRUSTFLAGS")
	if err != nil {
		flags = ""
	}
	given, arguments, err := rustFlags(v.rustc.tool, strings.Fields(flags))
	if err != nil {
		r.unanswered(err)
		return "", false
	}
	o, err := v.e.world.ask(&probe{
		tool: v.rustc.tool, arguments: append(arguments, "--print", "sysroot"), question: "where its files are",
	})
	switch {
	case err != nil:
		r.unanswered(err)
	case o.Status != 0:
		r.fails("Run it to see why.", "%s --print sysroot ends with status %d", v.rustc.what(), o.Status)
	case given != "":
		return given, true
	default:
		return filepath.ToSlash(strings.TrimRight(o.Out, "\r\n")), true
	}
	return "", false
}

// rustFlags takes KRUSTFLAGS apart: the sysroot that they give, which is not
// passed on, and the others.
func rustFlags(rustc *tool, words []string) (sysroot string, others []string, err error) {
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch path, ok := strings.CutPrefix(w, "--sysroot="); {
		case ok:
			sysroot = path
		case w == "--sysroot" && i+1 < len(words):
			i++
			sysroot = words[i]
		case (w == "-Z" || w == "-C") && i+1 < len(words) && allowed(rustFlag, w+words[i+1]):
			i++
			others = append(others, w+words[i])
		case allowed(rustFlag, w):
			others = append(others, w)
		default:
			return "", nil, notAllowed(rustc.command(), w)
		}
	}
	return sysroot, others, nil
}

// sourcesFix says how to get the sources of core.
func (v *rustSurvey) sourcesFix() string {
	t := &v.rustc
	if t.choice != nil {
		return "Run rustup component add rust-src --toolchain " + t.choice.toolchain + "."
	}
	if t.version != "" { // where Debian and Ubuntu put those of further packages
		library := "/usr/src/rustc-" + t.version + "/library"
		if kind, err := v.e.world.stat(library + coreSource); err == nil && kind.exists {
			return "Set RUST_LIB_SRC=" + library + ", where they are."
		}
	}
	if v.fix.packages().note != "" {
		return v.fix.get(need{thing: rustSources})
	}
	return join(v.fix.get(need{thing: rustSources}), "Or set RUST_LIB_SRC to the directory library of the sources of this rustc.")
}
