package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRows(t *testing.T) {
	m := measurements{}
	m.add(`goos: linux
BenchmarkColdStart-2   	 20	 60000000 ns/op	 90.5 cpu-ms/op
BenchmarkReadFiles-2   	 50	 20000000 ns/op
BenchmarkEvaluate-2    	 100	 9000000 ns/op
BenchmarkChange-2      	 20	 5000000 ns/op	 5000 median-ns/change
BenchmarkWhy-2         	 9999	 40000 ns/op	 0.90 worst-ms/op
BenchmarkLintConfig-2 	 50	 25000000 ns/op	 20.0 cpu-ms/op	 5.0 findings
BenchmarkParse/x86-2   	 100	 200000 ns/op	 500 MB/s
BenchmarkEdit/x86/middle-2 	 1000	 20000 ns/op
BenchmarkKeystroke/kernel-3226-lines-2 	 100	 100000 ns/op
BenchmarkKeystroke/kernel-30-lines-2 	 100	 50000 ns/op
BenchmarkKeystroke/tree-of-10-files-2 	 100	 50000 ns/op
BenchmarkWhileTyping/hover-2 	 100	 1 ns/op	 51.0 p50-µs	 900 p99-µs
BenchmarkWhileTyping/definition-2 	 100	 1 ns/op	 51.0 p50-µs	 900 p99-µs
BenchmarkWhileTyping/references-2 	 100	 1 ns/op	 51.0 p50-µs	 900 p99-µs
BenchmarkWhileTyping/completion-2 	 100	 1 ns/op	 51.0 p50-µs	 5100 p99-µs
BenchmarkWhileTyping/symbol-2 	 100	 1 ns/op	 51.0 p50-µs	 900 p99-µs
`)
	if _, err := m.rows(); err == nil || !strings.Contains(err.Error(), "memory MB") {
		t.Errorf("a missing figure is not reported: %v", err)
	}
	m[key{"memory", "MB"}] = 70
	m[key{"OldDefConfig", "cpu-s"}], m[key{"OldDefConfig/conf", "cpu-s"}] = 0.2, 0.5
	rows, err := m.rows()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	// Ten times is less than twenty, and 5.1 ms is more than 5.
	if missed := write(&b, rows); missed != 2 {
		t.Errorf("%d limits missed, want 2:\n%s", missed, &b)
	}
	if !strings.Contains(b.String(), "| cold start of Linux' x86 view / reading the same files | 3.00 × | ≤ 4.00 × |") {
		t.Errorf("unexpected table:\n%s", &b)
	}
}
