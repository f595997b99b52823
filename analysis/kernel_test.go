package analysis

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// kernel is the tree that KCONFIG_LS_LINUX names, loaded once for all tests.
var kernel = sync.OnceValues(func() (kernelTree, error) {
	s, root, err := Load(vfs.OS{}, os.Getenv("KCONFIG_LS_LINUX"), Settings{Arch: "x86"}, nil)
	return kernelTree{s, root}, err
})

type kernelTree struct {
	*Snapshot
	root *Root
}

// loadKernel returns the kernel tree, or skips the test if there is none.
func loadKernel(t testing.TB) kernelTree {
	t.Helper()
	if os.Getenv("KCONFIG_LS_LINUX") == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_LINUX to a Linux 6.12 source tree to run this test")
	}
	k, err := kernel()
	if err != nil || k.root == nil {
		t.Fatal("the tree that KCONFIG_LS_LINUX names cannot be loaded:", err)
	}
	return k
}

// at returns the absolute path of a file of the tree and the offset of a text
// in it.
func (k kernelTree) at(t testing.TB, file, text string) (path string, offset int) {
	t.Helper()
	path = filepath.Join(k.root.Dir, filepath.FromSlash(file))
	tree := k.Text(path)
	if tree == nil {
		t.Fatalf("%s is not loaded", file)
	}
	i := strings.Index(tree.Text(), text)
	if i < 0 {
		t.Fatalf("%s has no %q", file, text)
	}
	return path, i
}

// oracleReference is a reference that an independent tokenizer found.
type oracleReference struct {
	Role string
	File string
	Line int
	Col  int
}

// TestReferencesOracle compares all references of 20 symbols of Linux 6.12.
func TestReferencesOracle(t *testing.T) {
	k := loadKernel(t)
	dir := os.Getenv("KCONFIG_LS_ORACLES")
	if dir == "" {
		t.Skip("SKIPPED: set KCONFIG_LS_ORACLES to the directory with recorded references to run this test")
	}
	if !strings.HasPrefix(k.root.Version, "6.12.") {
		t.Skipf("SKIPPED: the references are those of Linux 6.12, not %s", k.root.Version)
	}
	file, err := os.Open(filepath.Join(dir, "refs", "6.12-sample20.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	symbols := 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var sample struct {
			Name    string
			Kconfig []oracleReference
		}
		if err := json.Unmarshal(lines.Bytes(), &sample); err != nil {
			t.Fatal(err)
		}
		symbols++
		var want, got []string
		for _, r := range sample.Kconfig {
			want = append(want, fmt.Sprintf("%s:%d:%d %s", r.File, r.Line, r.Col, r.Role))
		}
		for _, r := range ReferencesOf(k.Snapshot, k.root, sample.Name, true) {
			tree := k.Text(r.Path)
			line := tree.Line(r.Start)
			got = append(got, fmt.Sprintf("%s:%d:%d %s", relativeTo(k.root.Dir, r.Path), line+1, r.Start-tree.LineStart(line)+1, oracleRole(r.Role)))
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-oracle +ours):\n%s", sample.Name, diff)
		}
	}
	if err := lines.Err(); err != nil || symbols != 20 {
		t.Errorf("%d symbols: %v", symbols, err)
	}
}

// oracleRole returns a role's name in the oracle.
func oracleRole(role menu.Role) string {
	switch role {
	case menu.Defines:
		return "def"
	case menu.Conditions:
		return "cond"
	}
	return role.String()
}

// everyFeature calls every feature of a position.
func everyFeature(s *Snapshot, path string, offset int) {
	Definition(s, path, offset)
	Declaration(s, path, offset)
	Implementation(s, path, offset)
	References(s, path, offset, offset%2 == 0)
	Highlights(s, path, offset)
	Selections(s, path, offset)
	_, name, err := PrepareRename(s, path, offset)
	if err == nil {
		_, _ = Rename(s, path, offset, name+"_RENAMED")
	}
}

// everyOverview calls every feature of a file.
func everyOverview(s *Snapshot, path string, start, end int) {
	Outline(s, path)
	Folding(s, path)
	Links(s, path)
	Tokens(s, path, start, end)
	Search(s, "a_b", 10)
}

// TestEveryOffset calls every feature at every offset of some files of a kernel.
func TestEveryOffset(t *testing.T) {
	k := loadKernel(t)
	for _, file := range []string{"Kconfig", "scripts/Kconfig.include", "arch/arm64/kvm/Kconfig", "kernel/Kconfig.preempt", "net/sched/Kconfig"} {
		path := filepath.Join(k.root.Dir, filepath.FromSlash(file))
		tree := k.Text(path)
		if tree == nil {
			t.Fatalf("%s is not loaded", file)
		}
		everyOverview(k.Snapshot, path, 0, tree.Size())
		for offset := range tree.Size() + 1 {
			everyFeature(k.Snapshot, path, offset)
		}
	}
}

// TestKernelTokens checks what holds for the tokens and selections of any file.
func TestKernelTokens(t *testing.T) {
	k := loadKernel(t)
	for _, file := range []string{"arch/x86/Kconfig", "init/Kconfig", "scripts/Kconfig.include", "arch/arm/Kconfig"} {
		path := filepath.Join(k.root.Dir, filepath.FromSlash(file))
		checkTokens(t, k.Snapshot, path)
		for offset := 0; offset < k.Text(path).Size(); offset += 7 {
			checkSelections(t, k.Snapshot, path, offset)
		}
	}
}

// checkTokens checks that tokens are sorted, apart, and within lines.
func checkTokens(t testing.TB, s *Snapshot, path string) {
	t.Helper()
	tree := s.Text(path)
	last := 0
	for _, token := range Tokens(s, path, 0, tree.Size()) {
		if token.Start < last || token.End <= token.Start || token.End > tree.Size() {
			t.Errorf("%s: token %v behind %d", path, token, last)
		}
		if text := tree.Slice(token.Start, token.End); strings.Contains(text, "\n") {
			t.Errorf("%s: token %v holds a line end: %q", path, token, text)
		}
		if int(token.Type) >= len(TokenTypes()) || token.Modifiers>>len(TokenModifiers()) != 0 {
			t.Errorf("%s: token %v is not in the legend", path, token)
		}
		last = token.End
	}
}

// checkSelections checks that each selection encloses the one before it.
func checkSelections(t testing.TB, s *Snapshot, path string, offset int) {
	t.Helper()
	var last Location
	for i, l := range Selections(s, path, offset) {
		if l.Start > offset || l.End < offset || i > 0 && (l.Start > last.Start || l.End < last.End || l == last) {
			t.Errorf("%s: selection %v at %d behind %v", path, l, offset, last)
		}
		last = l
	}
}

func BenchmarkReferences(b *testing.B) {
	k := loadKernel(b)
	path, offset := k.at(b, "drivers/base/regmap/Kconfig", "config REGMAP_I2C")
	offset += len("config ")
	if n := len(References(k.Snapshot, path, offset, true)); n < 400 {
		b.Fatalf("%d references", n)
	}
	percentile(b, func() { References(k.Snapshot, path, offset, true) })
}

func BenchmarkMacroReferences(b *testing.B) {
	k := loadKernel(b)
	path, offset := k.at(b, "scripts/Kconfig.include", "cc-option =")
	percentile(b, func() { References(k.Snapshot, path, offset, true) })
}

func BenchmarkDefinition(b *testing.B) {
	k := loadKernel(b)
	path, offset := k.at(b, "lib/Kconfig", "depends on HAS_IOMEM")
	offset += len("depends on ")
	if _, targets := Definition(k.Snapshot, path, offset); len(targets) == 0 {
		b.Fatal("no definition")
	}
	percentile(b, func() { Definition(k.Snapshot, path, offset) })
}

func BenchmarkSearch(b *testing.B) {
	k := loadKernel(b)
	for _, query := range []string{"", "e", "sched", "ethernet driver", "net_sch", "zzzz"} {
		b.Run("query="+query, func(b *testing.B) {
			percentile(b, func() { Search(k.Snapshot, query, 200) })
		})
	}
}

// BenchmarkSearchFirst measures the search that finds nothing remembered.
func BenchmarkSearchFirst(b *testing.B) {
	k := loadKernel(b)
	for b.Loop() {
		b.StopTimer()
		var files []*menu.File
		for f := range k.root.Sources.Files() {
			files = append(files, menu.NewFile(f.ID, f.Path, f.Tree, k.root.Sources.Symbols))
		}
		fresh := *k.Snapshot
		fresh.setRoot(k.root.with(menu.NewSources(k.root.Sources.Symbols, k.root.Sources.Paths, files), true))
		b.StartTimer()
		Search(&fresh, "sched", 200)
	}
}

func BenchmarkTokens(b *testing.B) {
	k := loadKernel(b)
	path := filepath.Join(k.root.Dir, "arch", "x86", "Kconfig")
	size := k.Text(path).Size()
	percentile(b, func() { Tokens(k.Snapshot, path, 0, size) })
}

func BenchmarkOverviews(b *testing.B) {
	k := loadKernel(b)
	path := filepath.Join(k.root.Dir, "arch", "x86", "Kconfig")
	b.Run("Outline", func(b *testing.B) { percentile(b, func() { Outline(k.Snapshot, path) }) })
	b.Run("Folding", func(b *testing.B) { percentile(b, func() { Folding(k.Snapshot, path) }) })
	b.Run("Links", func(b *testing.B) { percentile(b, func() { Links(k.Snapshot, path) }) })
	b.Run("Diagnose", func(b *testing.B) { percentile(b, func() { Diagnose(k.Snapshot, path, false) }) })
}

// percentile runs a benchmark and reports its 99th percentile too.
func percentile(b *testing.B, f func()) {
	b.Helper()
	var times []time.Duration
	for b.Loop() {
		start := time.Now()
		f()
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}
