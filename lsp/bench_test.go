package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// kernelTree returns the kernel tree that benchmarks run on.
func kernelTree(tb testing.TB) string {
	dir := os.Getenv("KCONFIG_LS_LINUX")
	if dir == "" {
		tb.Skip("SKIPPED: KCONFIG_LS_LINUX does not name a kernel tree")
	}
	return dir
}

// smallTree writes a tree of ten files and returns the path of one of 30 lines.
func smallTree(tb testing.TB) (dir, path string) {
	tb.Helper()
	dir = tb.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			tb.Fatal(err)
		}
	}
	root := "mainmenu \"Small\"\n"
	for i := range 9 {
		root += fmt.Sprintf("source \"Kconfig.%d\"\n", i)
		var b strings.Builder
		for j := range 7 {
			fmt.Fprintf(&b, "config F%d_%d\n\tbool \"Option %d of %d\"\n\tdepends on F%d_0\n\n", i, j, j, i, i)
		}
		fmt.Fprintf(&b, "config LAST_%d\n\tbool\n", i)
		write(fmt.Sprintf("Kconfig.%d", i), b.String())
	}
	write("Kconfig", root)
	return dir, filepath.Join(dir, "Kconfig.4")
}

// typist opens a document and types in the middle of it.
type typist struct {
	*testClient
	path    string
	line    int
	version int32
}

func startTypist(tb testing.TB, dir, path string) *typist {
	tb.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	c := startClient(tb, clientOptions{root: dir, noValidation: true})
	// Inside the first prompt after the middle: what is typed there is no
	// error, as most of what is typed is none.
	lines := strings.Split(string(raw), "\n")
	line := len(lines) / 2
	for !strings.HasPrefix(lines[line], "\tbool \"") {
		line = (line + 1) % len(lines)
	}
	t := &typist{testClient: c, path: path, line: line, version: 1}
	c.open(path, string(raw))
	c.waitComplete()
	c.diagnostics(path, 1, nil)
	return t
}

// waitComplete waits until all files of the tree are known.
func (c *testClient) waitComplete() {
	for {
		var views viewsResult
		c.call(methodViews, struct{}{}, &views)
		if len(views.Roots) > 0 && views.Roots[0].Complete {
			return
		}
		time.Sleep(time.Millisecond) // only where time is measured anyway
	}
}

// key types a character, or takes it back.
func (t *typist) key() {
	t.version++
	start := protocol.Position{Line: uint32(t.line), Character: 7}
	change := protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{Start: start, End: start}, Text: "x"}
	if t.version%2 == 1 {
		change.Range.End.Character++
		change.Text = ""
	}
	t.notify(protocol.MethodDidChange, protocol.DidChangeTextDocumentParams{
		TextDocument:   protocol.VersionedTextDocumentIdentifier{URI: protocol.URIFromPath(t.path), Version: t.version},
		ContentChanges: []protocol.TextDocumentContentChangeEvent{change},
	})
}

// BenchmarkKeystroke measures from a typed character until the diagnostics of
// that version have arrived.
func BenchmarkKeystroke(b *testing.B) {
	run := func(b *testing.B, dir, path string) {
		t := startTypist(b, dir, path)
		b.ReportAllocs()
		for b.Loop() {
			t.key()
			t.diagnostics(path, t.version, nil)
			t.seen = nil
		}
		t.shutdown()
	}
	b.Run("kernel-3226-lines", func(b *testing.B) {
		dir := kernelTree(b)
		run(b, dir, filepath.Join(dir, "arch", "x86", "Kconfig"))
	})
	b.Run("kernel-30-lines", func(b *testing.B) {
		dir := kernelTree(b)
		run(b, dir, filepath.Join(dir, "drivers", "md", "bcache", "Kconfig"))
	})
	b.Run("tree-of-10-files", func(b *testing.B) {
		dir, path := smallTree(b)
		run(b, dir, path)
	})
}

// BenchmarkWhileTyping measures how long requests take while a character is
// typed every few milliseconds.
func BenchmarkWhileTyping(b *testing.B) {
	dir := kernelTree(b)
	path := filepath.Join(dir, "arch", "x86", "Kconfig")
	for _, feature := range []struct {
		method string
		params func(*typist) any
	}{
		{protocol.MethodHover, (*typist).atSymbol},
		{protocol.MethodDefinition, (*typist).atSymbol},
		{protocol.MethodReferences, func(t *typist) any {
			return protocol.ReferenceParams{TextDocumentPositionParams: t.atSymbol().(protocol.TextDocumentPositionParams), Context: protocol.ReferenceContext{IncludeDeclaration: true}}
		}},
		{protocol.MethodCompletion, (*typist).atSymbol},
		{protocol.MethodWorkspaceSymbol, func(*typist) any { return protocol.WorkspaceSymbolParams{Query: "spi contr"} }},
	} {
		b.Run(filepath.Base(feature.method), func(b *testing.B) {
			t := startTypist(b, dir, path)
			params := feature.params(t)
			t.call(feature.method, params, nil)
			typed := time.Now()
			var took []time.Duration
			size := 0
			for b.Loop() {
				if time.Since(typed) > 5*time.Millisecond {
					typed = time.Now()
					t.key()
				}
				start := time.Now()
				_, answer := t.start(feature.method, params)
				result := <-answer
				took = append(took, time.Since(start))
				if len(result) < 100 {
					b.Fatalf("an empty answer: %s", result)
				}
				size = len(result)
				t.drain()
			}
			slices.Sort(took)
			b.ReportMetric(float64(size), "answer-B")
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			t.shutdown()
		})
	}
}

// BenchmarkMenu measures requests about the kernel's menu after the first one,
// which makes the model and the values: what is below an entry, and what follows
// from a change.
func BenchmarkMenu(b *testing.B) {
	dir := kernelTree(b)
	t := startTypist(b, dir, filepath.Join(dir, "drivers", "md", "bcache", "Kconfig"))
	tree := map[string]any{"root": protocol.URIFromPath(dir), "arch": "x86"}
	start := time.Now()
	var root menuResult
	t.call(methodMenu, tree, &root)
	first := time.Since(start)
	b.Run("children", func(b *testing.B) {
		params := map[string]any{"root": tree["root"], "arch": "x86", "node": nodeWith(root.Node, "Device Drivers")}
		for b.Loop() {
			t.call(methodMenu, params, nil)
		}
		b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
	})
	b.Run("set", func(b *testing.B) {
		params := map[string]any{"root": tree["root"], "arch": "x86", "changes": []any{map[string]any{"symbol": "MODULES", "value": "y"}}}
		for b.Loop() {
			t.call(methodSet, params, nil)
		}
	})
	b.Run("hints", func(b *testing.B) {
		params := protocol.InlayHintParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: protocol.URIFromPath(filepath.Join(dir, "arch", "x86", "Kconfig"))},
			Range:        protocol.Range{Start: protocol.Position{Line: 100}, End: protocol.Position{Line: 160}},
		}
		for b.Loop() {
			t.call(protocol.MethodInlayHint, params, nil)
		}
	})
	b.Run("lenses", func(b *testing.B) {
		params := protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: protocol.URIFromPath(filepath.Join(dir, "arch", "x86", "Kconfig"))}}
		for b.Loop() {
			t.call(protocol.MethodCodeLens, params, nil)
		}
	})
	t.shutdown()
}

// atSymbol is a position on the name of a symbol that hundreds refer to: PCI.
func (t *typist) atSymbol() any {
	raw, err := os.ReadFile(t.path)
	if err != nil {
		t.t.Fatal(err)
	}
	for i, line := range strings.Split(string(raw), "\n") {
		if before, ok := strings.CutSuffix(line, "on PCI"); ok {
			return at(t.path, i, len(before)+4)
		}
	}
	t.t.Fatal("nothing depends on PCI")
	return nil
}

// drain drops what the server told meanwhile.
func (c *testClient) drain() {
	c.seen = nil
	for {
		select {
		case <-c.told:
		default:
			return
		}
	}
}
