package conformance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// gates asks for what shows that symbols are gated on Rust, once that was found out,
// in a tree that has samples in Rust; others have no gates to tell of.
func (s *session) gates(capabilities object) {
	var report struct {
		Version int
		View    struct{ Root, Arch string }
		Gates   []struct {
			Symbol, Value string
			Conditions    []struct{ Text, File, State string }
		}
		Gated []struct {
			Symbol, Gate, Kind, State string
			Chain                     []struct {
				Symbol, File, Text string
				Line               int
			}
		}
		Excluded []struct{ Symbol, Gate, When string }
	}
	unmarshal(s.t, s.ask("kconfig/rust", object{"root": fileURI(s.root)}), &report)
	if report.Version != 1 || report.View.Root != s.root || report.Gates == nil || report.Gated == nil || report.Excluded == nil {
		s.t.Errorf("kconfig/rust: %+v", report)
	}
	path := filepath.Join(s.root, "samples", "rust", "Kconfig")
	text, err := os.ReadFile(path)
	if err != nil {
		if len(report.Gates) > 0 {
			s.t.Errorf("kconfig/rust tells of gates: %+v", report.Gates)
		}
		return
	}
	if len(report.Gates) != 1 || report.Gates[0].Symbol != "RUST" || report.Gates[0].Value != "n" || len(report.Gates[0].Conditions) < 2 {
		s.t.Errorf("kconfig/rust: the gates are %+v", report.Gates)
	}
	direct, transitive := 0, 0
	for _, g := range report.Gated {
		if first, last := g.Chain[0], g.Chain[len(g.Chain)-1]; first.Symbol != g.Symbol || last.Symbol != "RUST" || last.Text != "config RUST" || g.State != "closed" {
			s.t.Errorf("kconfig/rust: %+v", g)
		}
		if g.Kind == "direct" {
			direct++
		} else {
			transitive++
		}
	}
	if direct != 1 || transitive != 2 {
		s.t.Errorf("kconfig/rust: %d symbols are gated directly, and %d through others", direct, transitive)
	}

	document := object{"uri": fileURI(path)}
	s.notify("textDocument/didOpen", object{"textDocument": object{
		"uri": fileURI(path), "languageId": "kconfig", "version": 1, "text": string(text),
	}})
	line := slices.IndexFunc(strings.Split(string(text), "\n"), func(line string) bool { return line == "config SAMPLE_RUST_MINIMAL" })
	at := object{"textDocument": document, "position": object{"line": line, "character": 9}}
	shown := ""
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && !strings.Contains(shown, "SAMPLES_RUST"); time.Sleep(50 * time.Millisecond) {
		var hover struct{ Contents struct{ Value string } }
		unmarshal(s.t, s.ask("textDocument/hover", at), &hover)
		_, shown, _ = strings.Cut(hover.Contents.Value, "needs ")
		shown, _, _ = strings.Cut(shown, "\n")
	}
	if !strings.Contains(shown, "RUST") || !strings.Contains(shown, "through") {
		s.t.Errorf("the hover of a gated symbol says that it needs %q", shown)
	}
	s.gatedTokens(document, uint32(line), capabilities)
	s.notify("textDocument/didClose", object{"textDocument": document})
}

// gatedTokens looks for the modifier of the name on a line. It comes when nobody
// types, and then the client is asked to refresh.
func (s *session) gatedTokens(document object, line uint32, capabilities object) {
	names, _ := member(member(member(capabilities, "semanticTokensProvider"), "legend"), "tokenModifiers").([]any)
	want := uint32(0)
	for i, name := range names {
		if name == "rustGated" {
			want = 1 << i
		}
	}
	var tokens struct{ Data []uint32 }
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		unmarshal(s.t, s.ask("textDocument/semanticTokens/full", object{"textDocument": document}), &tokens)
		at := uint32(0)
		for token := range slices.Chunk(tokens.Data, 5) {
			if at += token[0]; at == line && token[4]&want != 0 {
				return
			}
		}
	}
	raw, _ := json.Marshal(tokens.Data)
	s.t.Errorf("no token of line %d has the modifier rustGated of %v: %s", line, names, raw)
}
