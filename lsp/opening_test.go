package lsp

import (
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// TestOpening checks that what nobody waits for is put off while an editor starts, what
// the user waits for is not, and that an editor that never becomes quiet gets it, too.
func TestOpening(t *testing.T) {
	for name, test := range map[string]struct {
		asks   time.Duration // how long the editor goes on asking
		answer time.Duration // when the findings of the whole tree come
	}{
		"quiet at once":    {0, quietAfter},
		"asks for a while": {3 * time.Second, 3*time.Second + quietAfter},
		"never quiet":      {time.Minute, maxOpening},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig «a»A\n\tbool \"A\"\nendif\n"}, clientOptions{capabilities: capabilitiesOf["pull"]})
				start := time.Now()
				var took time.Duration
				_, answer := e.start(protocol.MethodWorkspaceDiagnostic, protocol.WorkspaceDiagnosticParams{PreviousResultIDs: []protocol.PreviousResultID{}})
				go func() {
					<-answer
					took = time.Since(start)
				}()
				const pace = 500 * time.Millisecond
				for time.Since(start) < test.asks {
					time.Sleep(pace)
					before := time.Now()
					var hover json.RawMessage
					e.call(protocol.MethodHover, e.at("a"), &hover)
					if waited := time.Since(before); waited != 0 || string(hover) == "null" {
						t.Fatalf("a hover took %v: %s", waited, hover)
					}
				}
				e.settle()
				if took != test.answer {
					t.Errorf("the findings of the whole tree came after %v, want %v", took, test.answer)
				}
				e.finish()
			})
		})
	}
}
