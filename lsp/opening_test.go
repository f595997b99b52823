package lsp

import (
	"context"
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
		"quiet at once":    {0, treeQuiet},
		"asks for a while": {3 * time.Second, 3*time.Second + treeQuiet},
		"never quiet":      {time.Minute, maxTreeWait},
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

// TestOpeningHappensOnce checks that what was quiet once is not waited for again, and that
// tools are asked sooner than the whole tree is looked at.
func TestOpeningHappensOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o opening
		o.heardOf() // initialize itself
		o.init()
		start := time.Now()
		speak := func(until time.Duration) {
			for time.Since(start) < until {
				time.Sleep(toolsQuiet / 2)
				o.heardOf()
			}
		}
		want := func(wait func(context.Context), after time.Duration) {
			t.Helper()
			if wait(t.Context()); time.Since(start) != after {
				t.Errorf("waited until %v, want %v", time.Since(start), after)
			}
		}
		speak(time.Second)
		want(o.waitForTools, time.Second+toolsQuiet)
		speak(2 * time.Second)
		want(o.waitForTools, 2*time.Second)
		want(o.waitForTree, 2*time.Second+treeQuiet)
		speak(5 * time.Second)
		want(o.waitForTree, 5*time.Second)

		o.init()
		start = time.Now()
		go speak(2 * maxTreeWait)
		want(o.waitForTools, maxToolsWait)
		want(o.waitForTree, maxTreeWait)
		time.Sleep(2 * maxTreeWait)
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		o.init()
		o.wait(ended, time.Hour, time.Hour)
	})
}
