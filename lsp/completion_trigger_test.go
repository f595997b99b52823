package lsp

import (
	"testing"
	"testing/synctest"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// TestQuotesThatTrigger checks that a quote that ends a prompt brings up nothing that
// Enter would choose, and one that begins a path does.
func TestQuotesThatTrigger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{
			"Kconfig":   "mainmenu \"Test\"\nsource \"«path»\nconfig A\n\tbool \"Of \\\"A\\\"\"«prompt»\n\tdepends on A\n",
			"a/Kconfig": "",
		}, clientOptions{})
		e.openFile("Kconfig")
		e.settle()
		for mark, want := range map[string]bool{"path": true, "prompt": false} {
			at := e.at(mark)
			for _, character := range []string{"\"", ""} {
				params := protocol.CompletionParams{TextDocumentPositionParams: at}
				if character != "" {
					params.Context = &protocol.CompletionContext{TriggerKind: protocol.CompletionByTriggerCharacter, TriggerCharacter: character}
				}
				var list *protocol.CompletionList
				e.call(protocol.MethodCompletion, params, &list)
				if got := list != nil && len(list.Items) > 0; got != (want || character == "") {
					t.Errorf("at %s, triggered by %q: items %t", mark, character, got)
				}
			}
		}
		e.finish()
	})
}
