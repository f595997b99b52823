//go:build unix

package toolchain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A rustc of rustup is not asked to choose: neither by files nor by default
// directories of the tree.
func TestRustup(t *testing.T) {
	b := newBench(t)
	b.tool("rustup", "touch "+b.markers+"/rustup; echo rustc 0.0.1")
	if err := os.Symlink("rustup", filepath.Join(b.bin, "rustc")); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(b.bin, "..", ".rustup")
	a := b.asker(Probe)
	reason := b.expectUnknown(a, "rustc --version", NotRun)
	if !strings.Contains(reason.String(), "rustup's, which has no default toolchain") {
		t.Error(reason)
	}
	b.write(filepath.Join(home, "settings.toml"), "version = \"12\"\ndefault_toolchain = \"stable\"\n\n[overrides]\n", 0o644)
	b.write(filepath.Join(home, "toolchains/stable-x86_64-unknown-linux-gnu/bin/rustc"), "#!/bin/sh\necho rustc 1.85.1\n", 0o755)
	b.expect(b.asker(Probe), "rustc --version", "rustc 1.85.1\n", Probed)

	b.options.Environment = append(b.options.Environment, "RUSTUP_TOOLCHAIN=nightly")
	b.expectUnknown(b.asker(Probe), "rustc --version", NotRun)
	b.write(filepath.Join(home, "toolchains/nightly/bin/rustc"), "#!/bin/sh\necho rustc 1.99.0\n", 0o755)
	b.expect(b.asker(Probe), "rustc --version", "rustc 1.99.0\n", Probed)
	if marks := b.marks(); len(marks) > 0 {
		t.Errorf("these ran: %q", marks)
	}
}

// What the user has said of directories counts, the nearest one first, and a
// file that names a compiler is told of, but not heeded.
func TestRustupChooses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tool("rustup", "touch "+b.markers+"/rustup; echo rustc 0.0.1")
	if err := os.Symlink("rustup", filepath.Join(b.bin, "rustc")); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(b.bin, "..", "rustup-home")
	for name, version := range map[string]string{"stable-x86_64-unknown-linux-gnu": "1.85.1", "nightly": "1.99.0", "1.62.0": "1.62.0"} {
		b.write(filepath.Join(home, "toolchains", name, "bin/rustc"), "#!/bin/sh\necho rustc "+version+"\n", 0o755)
	}
	b.write(filepath.Join(b.work, "evil/bin/rustc"), b.trap("linked toolchain"), 0o755)
	if err := os.Symlink(filepath.Join(b.work, "evil"), filepath.Join(home, "toolchains/linked")); err != nil {
		t.Fatal(err)
	}
	b.options.Environment = append(b.options.Environment, "RUSTUP_HOME="+home)
	real, err := filepath.EvalSymlinks(b.work)
	if err != nil {
		t.Fatal(err)
	}
	above, tree := filepath.Dir(real), filepath.Join(b.work, "a/linux")
	under := filepath.Join(real, "a/linux")
	for _, test := range []struct {
		overrides string
		files     map[string]string // in the tree
		want      string            // what rustc says, "" for nothing
		says      string            // in what is said of the compiler
	}{
		{``, nil, "1.85.1", "toolchain stable (by rustup's default)"},
		{`"` + under + `" = "nightly"`, nil, "1.99.0", "toolchain nightly (by rustup's override for " + under + ")"},
		{`"` + above + `" = "1.62.0"`, nil, "1.62.0", "toolchain 1.62.0 (by rustup's override for " + above + ")"},
		{`'` + above + `' = "1.62.0"`, nil, "1.62.0", ""},
		{"\"" + above + "\" = \"1.62.0\"\n\"" + under + `" = "nightly"`, nil, "1.99.0", ""},
		{`"` + under + `x" = "nightly"`, nil, "1.85.1", ""},
		{`"` + under + `" = "linked"`, nil, "", "in the workspace"},
		{`"` + under + `" = "missing"`, nil, "", "no default toolchain"},
		{`"` + under + `" = "../../../evil"`, nil, "", "no default toolchain"},
		{``, map[string]string{"rust-toolchain.toml": "[toolchain]\nchannel = \"nightly\"\n"}, "1.85.1", "rust-toolchain.toml names the channel nightly, which a build would use"},
		{``, map[string]string{"rust-toolchain": "nightly\n"}, "1.85.1", "rust-toolchain names the channel nightly"},
		{``, map[string]string{"rust-toolchain.toml": "[toolchain]\nchannel = \"stable\"\n"}, "1.85.1", "names the channel stable, and so does rustup's default"},
		{``, map[string]string{"rust-toolchain.toml": "[toolchain]\npath = \"" + b.work + "/evil\"\n"}, "1.85.1", "names a compiler by its path"},
		{``, map[string]string{"rust-toolchain.toml": "[toolchain]\npath = \"/proc/self/cwd/evil\"\n"}, "1.85.1", "names a compiler by its path"},
		{`"` + under + `" = "nightly"`, map[string]string{"rust-toolchain": "1.62.0"}, "1.99.0", "toolchain nightly (by"},
		{`"` + above + `" = "nightly"`, map[string]string{"rust-toolchain": "1.62.0"}, "1.85.1", "names the channel 1.62.0"},
	} {
		if err := os.RemoveAll(tree); err != nil {
			t.Fatal(err)
		}
		layOut(t, tree, "new")
		for name, text := range test.files {
			b.write(filepath.Join(tree, name), text, 0o644)
		}
		b.write(filepath.Join(home, "settings.toml"), "version = \"12\"\ndefault_toolchain = \"stable\"\n\n[overrides]\n"+test.overrides+"\n", 0o644)
		a := New(Options{Trust: Probe, Dir: tree, Workspace: []string{b.work}, Tools: Compose(nil), Prober: NewProber(b.options)})
		want := test.want
		if want != "" {
			want = "rustc " + want + "\n"
		}
		if answer := a.Ask(t.Context(), "rustc --version"); answer.Output != want || answer.Known != (want != "") {
			t.Errorf("%s %q: %+v, want %q", test.overrides, test.files, answer, want)
		}
		r := rustBench{bench: b}
		if all := r.show(a.Requirements(t.Context(), success(tree+"/scripts/rust_is_available.sh"))); !strings.Contains(all, strings.NewReplacer(b.bin, "BIN", filepath.Dir(b.bin), "ROOT").Replace(test.says)) {
			t.Errorf("%s %q: no %q in\n%s", test.overrides, test.files, test.says, all)
		}
	}
	if marks := b.marks(); len(marks) > 0 {
		t.Errorf("these ran: %q", marks)
	}
}
