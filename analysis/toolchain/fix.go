package toolchain

import (
	"fmt"
	"slices"
	"strings"
)

// rustupPage is where rustup comes from.
const rustupPage = "https://rustup.rs"

// fixer says how things get here.
type fixer struct{ distribution Distribution }

func (f fixer) packages() packages { return distributions[f.distribution.ID] }

// command returns the command that installs things, "" if it is not known.
func (f fixer) command(things ...thing) string {
	p := f.packages()
	var names []string
	for _, t := range things {
		if p.names[t] == "" {
			return ""
		}
		for _, name := range strings.Fields(p.names[t]) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return p.install + " " + strings.Join(names, " ")
}

// tooOld reports whether the package of the distribution is known to be older
// than what is needed, and returns its version.
func (f fixer) tooOld(t thing, least int) (version string, tooOld bool) {
	version, ok := f.packages().has[f.distribution.Version][t]
	if !ok {
		return "", false
	}
	n, ok := number(version, rustMajor)
	return version, ok && n < least
}

// system returns the distribution's name and version for people.
func (f fixer) system() string {
	return strings.TrimSpace(f.packages().name + " " + f.distribution.Version)
}

// need is a thing of which a version is needed.
type need struct {
	thing
	least leastVersion // its number is encoded with rustMajor; the zero value stands for any
	also  []thing      // what is installed with it
}

// get says how to get what is not there.
func (f fixer) get(n need) string {
	if old, text := f.around(n); old {
		return text
	}
	command := f.command(append([]thing{n.thing}, n.also...)...)
	if command == "" {
		return sentence(f.upstream(n))
	}
	text := "Install it: " + command + "."
	if n.thing == rustSources {
		text = "Install them: " + command + "."
	}
	if n.thing == rustSources || slices.Contains(n.also, rustSources) {
		text = join(text, f.packages().note)
	}
	return text
}

// update says how to get a newer one than there is.
func (f fixer) update(n need) string {
	if old, text := f.around(n); old {
		return text
	}
	command := f.command(append([]thing{n.thing}, n.also...)...)
	if command == "" {
		return sentence(f.upstream(n))
	}
	text := "Update it: " + command
	if other := f.upstream(n); other != "" {
		text += "; if that is still too old, " + other
	}
	return text + "."
}

// around says what to do where the distribution's own package is too old.
func (f fixer) around(n need) (old bool, text string) {
	version, old := f.tooOld(n.thing, n.least.number)
	if !old {
		return false, ""
	}
	text = fmt.Sprintf("%s has only %s, which is too old", f.system(), version)
	if newer, ok := f.packages().newer[f.distribution.Version][n.thing]; ok {
		if has, ok := number(newer.version, rustMajor); ok && has >= n.least.number {
			text += ": " + f.packages().install + " " + newer.names
			if newer.note != "" {
				text += ", " + newer.note
			}
			if other := f.upstream(n); other != "" {
				text += "; or " + other
			}
			return true, text + "."
		}
	}
	if other := f.upstream(n); other != "" {
		text += ": " + other
	}
	return true, text + "."
}

// upstream says how to get a thing from those who make it, without a capital
// letter and a full stop.
func (f fixer) upstream(n need) string {
	switch n.thing {
	case rustThing, rustSources:
		return "install Rust by rustup (" + rustupPage + "), and then rustup component add rust-src"
	case bindgenThing:
		return "cargo install --locked bindgen-cli, with ~/.cargo/bin in PATH before other directories"
	case libclangThing:
		text := "install a newer LLVM, and set LIBCLANG_PATH to its directory lib"
		if f.distribution.ID == "debian" || f.distribution.ID == "ubuntu" {
			text = "install a package libclang-N-dev with a greater N, and set LIBCLANG_PATH=/usr/lib/llvm-N/lib"
		}
		return text
	case clangThing:
		text := "install LLVM, and name it by LLVM=/path/to/bin/ if it is not in PATH"
		if f.distribution.ID == "debian" || f.distribution.ID == "ubuntu" {
			text = "install packages clang-N lld-N llvm-N with a greater N, and build with LLVM=-N"
		}
		return text
	case paholeThing:
		return "build pahole from https://git.kernel.org/pub/scm/devel/pahole/pahole.git"
	}
	return ""
}

// sentence makes a sentence of a text.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	if strings.HasPrefix(text, "cargo ") || strings.HasPrefix(text, "rustup ") {
		return "Run " + text + "."
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// join puts sentences together.
func join(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}
