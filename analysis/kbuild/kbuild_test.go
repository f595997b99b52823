package kbuild

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the want parts of testdata")

// TestArchives writes down all that is found in the files of testdata.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			want := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			for _, f := range archive.Files {
				if f.Name == "want" {
					continue
				}
				text := string(f.Data)
				if strings.HasPrefix(filepath.Base(name), "reference") {
					describeReferences(&got, f.Name, text)
				} else {
					describeMakefile(&got, text)
				}
			}
			if want < 0 {
				archive.Files = append(archive.Files, txtar.File{Name: "want"})
				want = len(archive.Files) - 1
			}
			if diff := cmp.Diff(string(archive.Files[want].Data), got.String()); diff != "" {
				if !*update {
					t.Fatalf("run with -update to accept (-want +got):\n%s", diff)
				}
				archive.Files[want].Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func describeReferences(b *strings.Builder, name, text string) {
	uses := map[Use]string{Plain: "code", Cfg: "cfg", Comment: "comment", Text: "string"}
	asks := map[Ask]string{
		IfDefined: " in ifdef", IfNotDefined: " in ifndef", InCondition: " in if", IsEnabled: " in IS_ENABLED",
		Definition: " of its own", MakeValue: " in make",
	}
	for _, r := range References(text, LanguageOf(name)) {
		fmt.Fprintf(b, "%s:%d %s%s %s\n", name, 1+strings.Count(text[:r.Start], "\n"), uses[r.Use], asks[AskOf(text, LanguageOf(name), r)], text[r.Start:r.End])
	}
}

func describeMakefile(b *strings.Builder, text string) {
	line := func(offset int) int { return 1 + strings.Count(text[:offset], "\n") }
	m := Parse(text)
	for _, o := range m.Objects() {
		fmt.Fprintf(b, "%d %s in %s%s\n", line(o.Start), o.Name, o.List, describeConditions(text, append(slices.Clone(o.Own), o.Around...)))
	}
	var names []string
	for _, o := range m.Objects() {
		if !slices.Contains(names, o.Name) {
			names = append(names, o.Name)
			for _, p := range m.Paths(o.Name) {
				fmt.Fprintf(b, "path of")
				for _, step := range p.Objects {
					fmt.Fprintf(b, " %s(%d)", step.Name, line(step.Start))
				}
				fmt.Fprintf(b, "%s\n", describeConditions(text, p.Conditions()))
			}
		}
	}
	for _, f := range m.Flags() {
		fmt.Fprintf(b, "%d flag %s of %s", line(f.Start), text[f.Start:f.End], f.Variable)
		if f.Object != "" {
			fmt.Fprintf(b, " for %s", f.Object)
		}
		if f.Tested {
			fmt.Fprintf(b, ", tested")
		}
		fmt.Fprintf(b, "%s\n", describeConditions(text, f.Conditions))
	}
}

func describeConditions(text string, conditions []Condition) string {
	var b strings.Builder
	for _, c := range conditions {
		b.WriteString(" [")
		if c.Off {
			b.WriteByte('!')
		}
		b.WriteString(strings.Join(c.Symbols, "|"))
		if c.Opaque() {
			b.WriteString("? " + text[c.Start:c.End])
		}
		b.WriteByte(']')
	}
	return b.String()
}

// TestKernel lists the objects of a kernel whose sources are in Rust, with all
// symbols that they are built under.
func TestKernel(t *testing.T) {
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		t.Skip("SKIPPED: KCONFIG_LS_LINUX does not name a kernel tree")
	}
	var got []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && (d.Name() == "Documentation" || d.Name() == "tools" || d.Name() == "include") {
			return filepath.SkipDir // no Kbuild there
		}
		if base := filepath.Base(path); err != nil || !d.Type().IsRegular() || base != "Makefile" && base != "Kbuild" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		m, text := Parse(string(data)), string(data)
		for i, o := range m.Objects() {
			if text[o.Start:o.End]+"/" != o.Name && text[o.Start:o.End] != o.Name {
				t.Errorf("%s: %q is where %s is", path, text[o.Start:o.End], o.Name)
			}
			source := filepath.Join(filepath.Dir(path), o.Stem()+".rs")
			if _, err := os.Stat(source); err != nil || o.Kind != File {
				continue
			}
			first := slices.IndexFunc(m.Objects(), func(other Object) bool { return other.Name == o.Name })
			if paths := m.Paths(o.Name); i == first && len(paths) > 0 {
				rel, _ := filepath.Rel(dir, source)
				for _, p := range paths {
					got = append(got, filepath.ToSlash(rel)+describeConditions(text, p.Conditions()))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	version, err := os.ReadFile(filepath.Join(dir, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	switch {
	case strings.Contains(string(version), "VERSION = 6\nPATCHLEVEL = 1\n"):
		want = []string{
			"rust/compiler_builtins.rs [RUST]",
			"samples/rust/rust_minimal.rs [SAMPLE_RUST_MINIMAL]",
		}
	case strings.Contains(string(version), "VERSION = 6\nPATCHLEVEL = 12\n"):
		want = []string{
			"drivers/block/rnull.rs [BLK_DEV_RUST_NULL]",
			"drivers/gpu/drm/drm_panic_qr.rs [DRM_PANIC_SCREEN_QR_CODE] [DRM]",
			"drivers/net/phy/ax88796b_rust.rs [AX88796B_PHY] [AX88796B_RUST_PHY]",
			"drivers/net/phy/qt2025.rs [AMCC_QT2025_PHY]",
			"mm/kasan/kasan_test_rust.rs [RUST] [KASAN_KUNIT_TEST]",
			"rust/build_error.rs [RUST] [!RUST_BUILD_ASSERT_ALLOW]",
			"rust/build_error.rs [RUST] [RUST_BUILD_ASSERT_ALLOW]",
			"rust/compiler_builtins.rs [RUST]",
			"rust/ffi.rs [RUST]",
			"samples/rust/rust_minimal.rs [SAMPLE_RUST_MINIMAL]",
			"samples/rust/rust_print.rs [SAMPLE_RUST_PRINT]",
		}
	default:
		t.Skip("SKIPPED: it is not known which objects of this version are in Rust")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
