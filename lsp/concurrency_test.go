package lsp

import (
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

var typedKeys = flag.Int("keys", 5_000, "how many characters TestEveryRequestSeesItsText types")

// TestEveryRequestSeesItsText types thousands of characters and asks for a hover
// after each without waiting: each must be about the text of its moment.
func TestEveryRequestSeesItsText(t *testing.T) {
	t.Parallel()
	keys := *typedKeys
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig «name»A«prompt»\n\tbool \"x\"\n"}, clientOptions{noValidation: true, notifications: 2 * keys})
		e.openFile("Kconfig")
		e.settle()
		uri, b, offset := e.mark("prompt")
		end := position(b.text, offset, e.encoding)
		params := e.at("name")
		const together = 500
		var answers []chan json.RawMessage
		for i := range keys {
			// The name grows and shrinks: A1 A12 A123 ... A12 A1
			change := protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{Start: end, End: end}, Text: "_"}
			if i%20 >= 10 {
				change.Range.Start.Character--
				change.Text = ""
			}
			e.didChange(uri, int32(i+2), change)
			if change.Text == "" {
				end.Character--
			} else {
				end.Character++
			}
			_, answer := e.start(protocol.MethodHover, params)
			answers = append(answers, answer)
			if len(answers) < together && i < keys-1 {
				continue
			}
			for k, answer := range answers {
				n := (i - len(answers) + 1 + k) % 20
				n = min(n+1, 19-n)
				want := "config A" + strings.Repeat("_", n) + "\\n"
				if raw := <-answer; !strings.Contains(string(raw), want) {
					t.Fatalf("the hover after key %d does not have %s: %.300s", i-len(answers)+1+k, want, raw)
				}
			}
			answers = answers[:0]
		}
		e.finish()
	})
}

// TestTwoEditors runs two sessions in one process at the same time, with the
// same paths and different texts.
func TestTwoEditors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var editors []*editor
		for i := range 2 {
			editors = append(editors, startEditor(t, map[string]string{
				"Kconfig": fmt.Sprintf("mainmenu \"Test\"\nsource \"a\"\nconfig «x»X%d\n\tbool \"it\"\n", i),
				"a":       fmt.Sprintf("config A\n\tbool \"it\"\n\tdepends on «use»X%d\n", i),
			}, clientOptions{}))
		}
		done := make(chan struct{})
		for _, e := range editors {
			go func() {
				defer func() { done <- struct{}{} }()
				e.openFile("a")
				for range 100 {
					e.change(edit{"use", "!"})
					var links []protocol.LocationLink
					e.call(protocol.MethodDefinition, e.at("use"), &links)
					e.change(edit{"use", ""})
				}
			}()
		}
		<-done
		<-done
		for i, e := range editors {
			var hover protocol.Hover
			e.call(protocol.MethodHover, e.at("x"), &hover)
			if !strings.Contains(hover.Contents.Value, fmt.Sprint("X", i)) {
				t.Errorf("editor %d: %s", i, hover.Contents.Value)
			}
			e.settle()
		}
		editors[0].finish()
		editors[1].wantCodes("a", []string{}...)
		editors[1].finish()
	})
}

// TestCheckout changes a thousand files at once, as a change of branches does,
// while the user types.
func TestCheckout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 1_000
		files := map[string]string{"Kconfig": "mainmenu \"Test\"\n", "open": "config OPEN\n\tbool \"«p»Open\"\n\tdepends on «new»NEW_7 && OLD_8\n"}
		for i := range n {
			name := fmt.Sprintf("dir%d/Kconfig", i)
			files["Kconfig"] += fmt.Sprintf("source %q\n", name)
			files[name] = fmt.Sprintf("config OLD_%d\n\tbool\n", i)
		}
		files["Kconfig"] += "source \"open\"\n"
		e := startEditor(t, files, clientOptions{noValidation: true})
		e.openFile("open")
		e.wantCodes("open", "undefined-symbol")
		var changed []string
		for i := range n {
			name := fmt.Sprintf("dir%d/Kconfig", i)
			switch {
			case i%10 == 0:
				e.changeOnDisk(name, "")
			default:
				e.changeOnDisk(name, fmt.Sprintf("config NEW_%d\n\tbool\n", i))
			}
			changed = append(changed, name)
			created := fmt.Sprintf("more%d/Kconfig", i)
			e.changeOnDisk(created, fmt.Sprintf("config MORE_%d\n\tbool\n", i))
			changed = append(changed, created)
		}
		reads := e.disk.reads
		e.watched(changed...)
		for range 20 {
			e.change(edit{"p", "x"})
		}
		e.wantCodes("open", "undefined-symbol") // OLD_8 now
		if reads = e.disk.reads - reads; reads > 2*len(changed) {
			t.Errorf("%d files were read for %d changes", reads, len(changed))
		}
		var links []protocol.LocationLink
		e.call(protocol.MethodDefinition, e.at("new"), &links)
		if len(links) != 1 || links[0].TargetURI != e.uri("dir7/Kconfig") {
			t.Errorf("definition: %+v", links)
		}
		var symbols []protocol.WorkspaceSymbol
		e.call(protocol.MethodWorkspaceSymbol, protocol.WorkspaceSymbolParams{Query: "MORE_77"}, &symbols)
		if len(symbols) == 0 {
			t.Error("a created file is not indexed")
		}
		e.openFile("Kconfig")
		if got := len(e.codes("Kconfig")); got != n/10 {
			t.Errorf("%d findings in Kconfig, want %d missing files", got, n/10)
		}
		e.finish()
	})
}
