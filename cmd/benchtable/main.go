// Benchtable runs the benchmarks that the project holds itself to and prints
// them as a table: each figure, what it is held against, and the limit. Figures
// are ratios of what was measured in the same run on the same machine, since
// times alone mean nothing on another one.
//
//	KCONFIG_LS_LINUX=DIR KCONFIG_LS_CONF=CONF go run ./cmd/benchtable [-benchtime 2s]
//
// The exit status is 1 if a limit is missed, 2 if something could not be
// measured.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	benchtime := flag.String("benchtime", "2s", "how long each benchmark runs, as for go test")
	flag.Parse()
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		fmt.Fprintln(os.Stderr, "benchtable: KCONFIG_LS_LINUX must name the directory of a Linux 6.12 tree")
		os.Exit(2)
	}
	conf := os.Getenv("KCONFIG_LS_CONF")
	if conf == "" {
		fmt.Fprintln(os.Stderr, "benchtable: KCONFIG_LS_CONF must name the conf that was built in the tree, scripts/kconfig/conf")
		os.Exit(2)
	}
	m := measurements{}
	for _, run := range []struct{ pkg, pattern string }{
		{"./parser", "^(BenchmarkParse|BenchmarkEdit)$/^(x86|30-lines)$"},
		{"./analysis", "^Benchmark(ColdStart|ReadFiles|Model|Evaluate|Change|Why|LintConfig)$"},
		{"./lsp", "^(BenchmarkKeystroke|BenchmarkWhileTyping)$"},
	} {
		cmd := exec.Command("go", "test", "-run", "^$", "-bench", run.pattern, "-benchtime", *benchtime, "-timeout", "30m", run.pkg)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			fmt.Fprintf(os.Stderr, "benchtable: %s: %v\n%s", run.pkg, err, out)
			os.Exit(2)
		}
		m.add(string(out))
	}
	if err := m.program(dir, conf); err != nil {
		fmt.Fprintln(os.Stderr, "benchtable:", err)
		os.Exit(2)
	}
	rows, err := m.rows()
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchtable:", err)
		os.Exit(2)
	}
	if missed := write(os.Stdout, rows); missed > 0 {
		os.Exit(1)
	}
}

// program builds kconfig-ls and measures it as a whole process.
func (m measurements) program(dir, conf string) error {
	temporary, err := os.MkdirTemp("", "benchtable")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	binary := filepath.Join(temporary, "kconfig-ls")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/kconfig-ls").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	if err := m.memory(binary, dir); err != nil {
		return fmt.Errorf("resident memory: %w", err)
	}
	if err := m.configure(binary, conf, dir); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	return nil
}

// row is a line of the table.
type row struct {
	what  string
	value string
	limit string
	holds bool
}

// rows puts the measurements beside their limits.
func (m measurements) rows() ([]row, error) {
	var rows []row
	var missing []string
	get := func(benchmark, unit string) float64 {
		v, ok := m[key{benchmark, unit}]
		if !ok {
			missing = append(missing, benchmark+" "+unit)
		}
		return v
	}
	atMost := func(what string, value, limit float64, unit string) {
		rows = append(rows, row{what, figure(value) + unit, "≤ " + figure(limit) + unit, value <= limit})
	}
	cold, read := get("ColdStart", "ns/op"), get("ReadFiles", "ns/op")
	atMost("cold start of Linux' x86 view / reading the same files", cold/read, 4, " ×")
	atMost("cold start, processor time", get("ColdStart", "cpu-ms/op"), 110, " ms")
	fresh, edit := get("Parse/x86", "ns/op"), get("Edit/x86/middle", "ns/op")
	rows = append(rows, row{"parse of arch/x86/Kconfig anew / after one character", figure(fresh/edit) + " ×", "≥ 20 ×", fresh/edit >= 20})
	atMost("parse of arch/x86/Kconfig after one character", edit/1000, 250, " µs")
	large, small, tree := get("Keystroke/kernel-3226-lines", "ns/op"), get("Keystroke/kernel-30-lines", "ns/op"), get("Keystroke/tree-of-10-files", "ns/op")
	atMost("didChange to diagnostics, arch/x86/Kconfig / cold start", large/cold, 0.02, " ×")
	atMost("didChange to diagnostics, 3,226 lines / 30 lines", large/small, 3, " ×")
	atMost("didChange to diagnostics, kernel / tree of 10 files", small/tree, 3, " ×")
	ours, theirs := get("OldDefConfig", "cpu-s"), get("OldDefConfig/conf", "cpu-s")
	atMost("config olddefconfig for x86 as a whole process, processor time", ours, 0.25, " s")
	atMost("the same / that of the kernel's conf without the commands that it runs", ours/theirs, 0.5, " ×")
	evaluate, change := get("Evaluate", "ns/op"), get("Change", "median-ns/change")
	rows = append(rows, row{"values of all symbols / after one of them is set, median of 200", figure(evaluate/change) + " ×", "≥ 50 ×", evaluate/change >= 50})
	atMost("why a symbol has its value, the slowest of all", get("Why", "worst-ms/op"), 10, " ms")
	atMost("what becomes of the lines of x86_64_defconfig, processor time", get("LintConfig", "cpu-ms/op"), 100, " ms")
	for _, feature := range []string{"hover", "definition", "completion", "references"} {
		atMost(feature+" while typing, p99", get("WhileTyping/"+feature, "p99-µs")/1000, 5, " ms")
	}
	atMost("workspace/symbol while typing, p99", get("WhileTyping/symbol", "p99-µs")/1000, 20, " ms")
	atMost("resident memory with the kernel indexed", get("memory", "MB"), 100, " MB")
	if len(missing) > 0 {
		return nil, fmt.Errorf("not measured: %s", strings.Join(missing, ", "))
	}
	return rows, nil
}

// figure prints a number with three significant digits.
func figure(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 0.1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.4f", v)
}

// write prints the table as Markdown and returns how many limits are missed.
func write(w io.Writer, rows []row) (missed int) {
	fmt.Fprintln(w, "| | measured | limit |")
	fmt.Fprintln(w, "|---|---|---|")
	for _, r := range rows {
		mark := ""
		if !r.holds {
			mark = " **missed**"
			missed++
		}
		fmt.Fprintf(w, "| %s | %s%s | %s |\n", r.what, r.value, mark, r.limit)
	}
	return missed
}
