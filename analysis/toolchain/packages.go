package toolchain

// What distributions have of the tools that a kernel is built with. The names
// are those of Documentation/rust/quick-start.rst and of the distributions.

// thing is what a build may lack.
type thing uint8

const (
	rustThing      thing = iota // rustc
	rustSources                 // of Rust's core library
	bindgenThing                // bindgen
	libclangThing               // the library that bindgen uses
	clangThing                  // clang, with ld.lld and llvm-nm and the like
	gccThing                    // gcc
	binutilsThing               // as, ld, nm, objcopy
	paholeThing                 // pahole
	gccPluginThing              // the headers for plugins of gcc
	lxmlThing                   // Python's lxml
	libcThing                   // what it takes to link programs
	libc32Thing                 // and those of 32 bits
)

// packages are how a distribution gives things.
type packages struct {
	name    string           // for people
	install string           // the command, to be followed by names
	names   map[thing]string // of packages
	// has are the versions that releases have, by the release and the thing.
	// What is not there is taken to be recent enough.
	has map[string]map[thing]string
	// newer are the packages that a release has besides, with newer versions.
	newer map[string]map[thing]newerPackage
	// note says what the sources of Rust's library need besides.
	note string
}

// newerPackage is a second package of a thing.
type newerPackage struct{ names, version, note string }

// distributions are those whose packages are known, by their IDs.
var distributions = map[string]packages{
	"debian": {
		name: "Debian", install: "sudo apt install",
		names: map[thing]string{
			rustThing: "rustc", rustSources: "rust-src", bindgenThing: "bindgen", libclangThing: "libclang-dev",
			clangThing: "clang lld llvm", gccThing: "gcc", binutilsThing: "binutils", paholeThing: "pahole",
			gccPluginThing: "gcc-N-plugin-dev", lxmlThing: "python3-lxml", libcThing: "libc6-dev", libc32Thing: "gcc-multilib",
		},
		has: map[string]map[thing]string{
			"11": {rustThing: "1.48.0", bindgenThing: "0.55.1", libclangThing: "11.0.1", clangThing: "11.0.1", gccThing: "10.2.1", paholeThing: "1.20"},
			"12": {rustThing: "1.63.0", bindgenThing: "0.60.1", libclangThing: "14.0.6", clangThing: "14.0.6", gccThing: "12.2.0", paholeThing: "1.24"},
			"13": {rustThing: "1.85.0", bindgenThing: "0.71.1", libclangThing: "19.1.7", clangThing: "19.1.7", gccThing: "14.2.0", paholeThing: "1.30"},
		},
		newer: map[string]map[thing]newerPackage{
			"12": {
				rustThing: {"rustc-web rust-web-src", "1.96.0", "and set RUST_LIB_SRC=/usr/src/rustc-VERSION/library, where VERSION is that of rustc"},
			},
		},
	},
	"ubuntu": {
		name: "Ubuntu", install: "sudo apt install",
		names: map[thing]string{
			rustThing: "rustc", rustSources: "rust-src", bindgenThing: "bindgen", libclangThing: "libclang-dev",
			clangThing: "clang lld llvm", gccThing: "gcc", binutilsThing: "binutils", paholeThing: "pahole",
			gccPluginThing: "gcc-N-plugin-dev", lxmlThing: "python3-lxml", libcThing: "libc6-dev", libc32Thing: "gcc-multilib",
		},
		has: map[string]map[thing]string{
			"22.04": {rustThing: "1.75.0", bindgenThing: "0.59.1", libclangThing: "14.0.0", clangThing: "14.0.0", gccThing: "11.2.0", paholeThing: "1.22"},
			"24.04": {rustThing: "1.75.0", bindgenThing: "0.66.1", libclangThing: "18.1.3", clangThing: "18.1.3", gccThing: "13.2.0", paholeThing: "1.25"},
		},
		newer: map[string]map[thing]newerPackage{
			"24.04": {
				rustThing:    {"rustc-1.85 rust-1.85-src", "1.85.0", "and build with RUSTC=rustc-1.85 RUSTDOC=rustdoc-1.85 RUST_LIB_SRC=/usr/src/rustc-VERSION/library, where VERSION is that of rustc-1.85"},
				bindgenThing: {"bindgen-0.71", "0.71.1", "and build with BINDGEN=bindgen-0.71"},
			},
		},
		note: "Then set RUST_LIB_SRC=/usr/src/rustc-VERSION/library, where VERSION is that of rustc.",
	},
	"fedora": {
		name: "Fedora", install: "sudo dnf install",
		names: map[thing]string{
			rustThing: "rust", rustSources: "rust-src", bindgenThing: "bindgen-cli", libclangThing: "clang-devel",
			clangThing: "clang lld llvm", gccThing: "gcc", binutilsThing: "binutils", paholeThing: "dwarves",
			gccPluginThing: "gcc-plugin-devel", lxmlThing: "python3-lxml", libcThing: "glibc-devel", libc32Thing: "glibc-devel.i686 libgcc.i686",
		},
	},
	"arch": {
		name: "Arch", install: "sudo pacman -S",
		names: map[thing]string{
			rustThing: "rust", rustSources: "rust-src", bindgenThing: "rust-bindgen", libclangThing: "clang",
			clangThing: "clang lld llvm", gccThing: "gcc", binutilsThing: "binutils", paholeThing: "pahole",
			gccPluginThing: "gcc", lxmlThing: "python-lxml", libcThing: "glibc", libc32Thing: "lib32-glibc lib32-gcc-libs",
		},
	},
	"opensuse": {
		name: "openSUSE", install: "sudo zypper install",
		names: map[thing]string{
			rustThing: "rust", rustSources: "rust-src", bindgenThing: "rust-bindgen", libclangThing: "clang-devel",
			clangThing: "clang lld llvm", gccThing: "gcc", binutilsThing: "binutils", paholeThing: "dwarves",
			gccPluginThing: "gcc-devel", lxmlThing: "python3-lxml", libcThing: "glibc-devel", libc32Thing: "gcc-32bit glibc-devel-32bit",
		},
	},
	"nixos": {
		name: "NixOS", install: "nix-shell -p",
		names: map[thing]string{
			rustThing: "rustc", rustSources: "rustPlatform.rustLibSrc", bindgenThing: "rust-bindgen", libclangThing: "libclang",
			clangThing: "clang lld llvm", gccThing: "gcc", binutilsThing: "binutils", paholeThing: "pahole",
			gccPluginThing: "gcc gmp libmpc mpfr", lxmlThing: "python3Packages.lxml", libcThing: "glibc.static",
		},
		note: `Set RUST_LIB_SRC in the shell's expression: RUST_LIB_SRC = "${pkgs.rust.packages.stable.rustPlatform.rustLibSrc}".`,
	},
	"gentoo": {
		name: "Gentoo", install: "sudo emerge",
		names: map[thing]string{
			rustThing: "dev-lang/rust", rustSources: "dev-lang/rust", bindgenThing: "dev-util/bindgen", libclangThing: "llvm-core/clang",
			clangThing: "llvm-core/clang llvm-core/lld llvm-core/llvm", gccThing: "sys-devel/gcc", binutilsThing: "sys-devel/binutils",
			paholeThing: "dev-util/pahole", gccPluginThing: "sys-devel/gcc", lxmlThing: "dev-python/lxml", libcThing: "sys-libs/glibc",
		},
		note: "It has to be built with USE=rust-src.",
	},
	"homebrew": {
		name: "Homebrew", install: "brew install",
		names: map[thing]string{
			rustThing: "rustup", bindgenThing: "bindgen", libclangThing: "llvm", clangThing: "llvm lld",
			gccThing: "gcc", binutilsThing: "binutils",
		},
	},
}
