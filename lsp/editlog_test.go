package lsp

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// TestEditsOutOfOrder delivers edits of random sessions in an order that is not that of
// their versions: once all are there, the text is that of the editor.
func TestEditsOutOfOrder(t *testing.T) {
	const path = "/nowhere/Kconfig"
	moved := 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 11))
		encoding := []protocol.PositionEncoding{protocol.UTF8, protocol.UTF16, protocol.UTF32}[seed%3]
		b := &buffer{text: "mainmenu \"é\"\nconfig A\n\tbool \"😀\"\n\thelp\n\t  Text.\n"}
		w := analysis.NewWorkspace(newDisk(nil), analysis.Settings{}, analysis.Events{})
		if err := w.Open(path, 3, b.text); err != nil {
			t.Fatal(err)
		}
		log := newEditLog(3)

		var sent []protocol.DidChangeTextDocumentParams
		version := int32(3)
		for range 30 {
			version++
			if random.IntN(5) == 0 {
				version++ // a version may be left out
			}
			p := protocol.DidChangeTextDocumentParams{TextDocument: protocol.VersionedTextDocumentIdentifier{Version: version}}
			for range random.IntN(3) {
				text := fuzzPieces[random.IntN(len(fuzzPieces))]
				if random.IntN(20) == 0 {
					b.text = text
					p.ContentChanges = append(p.ContentChanges, protocol.TextDocumentContentChangeEvent{Text: text})
					continue
				}
				start := random.IntN(len(b.text) + 1)
				end := min(start+random.IntN(4), len(b.text))
				for !isPlace(b.text, start) {
					start--
				}
				for !isPlace(b.text, end) {
					end++
				}
				p.ContentChanges = append(p.ContentChanges, protocol.TextDocumentContentChangeEvent{
					Range: &protocol.Range{Start: position(b.text, start, encoding), End: position(b.text, end, encoding)}, Text: text,
				})
				b.text = b.text[:start] + text + b.text[end:]
			}
			sent = append(sent, p)
		}
		for i := range sent {
			j := min(i+random.IntN(4), len(sent)-1)
			if i != j {
				sent[i], sent[j] = sent[j], sent[i]
				moved++
			}
		}
		for _, p := range sent {
			edits, current, placed := log.add(p.TextDocument.Version, p.ContentChanges, encoding)
			if !placed {
				t.Errorf("session %d: there is no place for version %d", seed, p.TextDocument.Version)
			}
			w.Change(path, current, edits)
		}
		s := w.Snapshot()
		if got := s.Text(path).Text(); got != b.text {
			t.Errorf("session %d: the text is\n%q, want\n%q", seed, got, b.text)
		}
		if got := s.Document(path).Version; got != version {
			t.Errorf("session %d: the version is %d, want %d", seed, got, version)
		}
		w.Close()
	}
	if moved < 1000 {
		t.Errorf("only %d edits were moved", moved)
	}
}

// TestEditLogIsShort checks that a long session leaves little, and that what is told
// later than that counts nonetheless.
func TestEditLogIsShort(t *testing.T) {
	const path = "/nowhere/Kconfig"
	w := analysis.NewWorkspace(newDisk(nil), analysis.Settings{}, analysis.Events{})
	defer w.Close()
	if err := w.Open(path, 1, ""); err != nil {
		t.Fatal(err)
	}
	log := newEditLog(1)
	change := func(version int32, text string) bool {
		edits, current, placed := log.add(version, []protocol.TextDocumentContentChangeEvent{{Range: &protocol.Range{}, Text: text}}, protocol.UTF8)
		w.Change(path, current, edits)
		return placed
	}
	for version := int32(3); version < 1000; version++ {
		if !change(version, "#\n") {
			t.Fatalf("there is no place for version %d", version)
		}
	}
	if len(log.edits) != maxLoggedEdits {
		t.Errorf("%d edits are remembered, want %d", len(log.edits), maxLoggedEdits)
	}
	change(1000, strings.Repeat("#", maxLoggedBytes))
	if len(log.edits) != 0 || log.last() != 1000 {
		t.Errorf("%d edits are remembered behind one that is too long, the last version is %d", len(log.edits), log.last())
	}
	if change(2, "late\n") {
		t.Error("there was a place for version 2")
	}
	if text := w.Snapshot().Text(path).Text(); !strings.HasPrefix(text, "late\n#") {
		t.Errorf("the text begins with %.20q", text)
	}
}

// TestLateKeys types "&& A" with the notifications of two keys exchanged.
func TestLateKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig A\n\tbool \"A\"\n\nconfig B\n\tbool \"B\"\n\tdepends on A «end»\n"}, clientOptions{})
		e.openFile("Kconfig")
		e.settle()
		at := e.at("end").Position
		key := func(version int32, behind uint32, text string) {
			p := protocol.Position{Line: at.Line, Character: at.Character + behind}
			e.didChange(e.uri("Kconfig"), version, protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{Start: p, End: p}, Text: text})
		}
		key(2, 0, "&")
		key(4, 2, " ")
		key(3, 1, "&")
		key(5, 3, "A")
		b := e.buffers[e.uri("Kconfig")]
		b.edit(b.marks["end"], b.marks["end"], "&& A")
		b.version = 5
		e.settle()
		e.wantCodes("Kconfig", "dup-dependency-conjunct")
		if logged := e.logged(); !slices.Equal(logged, nil) {
			t.Errorf("logged %q", logged)
		}
		e.finish()
	})
}
