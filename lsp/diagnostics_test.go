package lsp

import (
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// publications returns the versions and numbers of findings published for a
// document, in order, and forgets them.
func (e *editor) publications(name string) (versions []int32, findings []int) {
	e.settle()
	for _, p := range e.history[e.uri(name)] {
		version := int32(-1)
		if p.Version != nil {
			version = *p.Version
		}
		versions = append(versions, version)
		findings = append(findings, len(p.Diagnostics))
	}
	delete(e.history, e.uri(name))
	return versions, findings
}

// TestDiagnosticsFollowEdits checks that each edit is answered, in order, also
// if it changes nothing about what is wrong.
func TestDiagnosticsFollowEdits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{
			"Kconfig": "mainmenu \"Test\"\nconfig A\n\tbool \"«p»\"\n",
		}, clientOptions{})
		e.settle()
		e.openFile("Kconfig")
		e.publications("Kconfig")
		e.change(edit{"p", "a"})
		if versions, _ := e.publications("Kconfig"); !slices.Equal(versions, []int32{2}) {
			t.Errorf("after an edit that changes nothing: versions %v, want 2 once", versions)
		}
		// A burst may be answered once, but the last version must be.
		for range 50 {
			e.change(edit{"p", "a"})
		}
		versions, _ := e.publications("Kconfig")
		if len(versions) == 0 || !slices.IsSorted(versions) || versions[len(versions)-1] != 52 {
			t.Errorf("after a burst: versions %v", versions)
		}
		e.closeFile("Kconfig")
		if versions, findings := e.publications("Kconfig"); !slices.Equal(versions, []int32{-1}) || findings[0] != 0 {
			t.Errorf("after the close: versions %v with %v findings, want an empty one without version", versions, findings)
		}
		// Nothing follows that.
		if versions, _ := e.publications("Kconfig"); len(versions) > 0 {
			t.Errorf("diagnostics of a closed document: %v", versions)
		}
		e.finish()
	})
}

// TestReopen closes and opens again in a row: the diagnostics of the open
// document must come last.
func TestReopen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nendif\n"}, clientOptions{})
		for range 20 {
			e.openFile("Kconfig")
			e.closeFile("Kconfig")
		}
		e.openFile("Kconfig")
		e.wantCodes("Kconfig", "mismatched-end")
		e.finish()
	})
}

// TestManyFindings checks that what is sent for one document is bounded.
func TestManyFindings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text := "mainmenu \"Test\"\n"
		for range 5_000 {
			text += "endif\n"
		}
		e := startEditor(t, map[string]string{"Kconfig": text}, clientOptions{})
		e.openFile("Kconfig")
		if n := len(e.codes("Kconfig")); n == 0 || n > maxDiagnostics {
			t.Errorf("%d findings were sent, want at most %d", n, maxDiagnostics)
		}
		e.finish()
	})
}

// TestWorkspaceDiagnosticIsHeld checks that a client that asks again and again
// gets answers only when there is news.
func TestWorkspaceDiagnosticIsHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{
			"Kconfig": "mainmenu \"Test\"\nsource \"a\"\n",
			"a":       "config A\n\tbool \"A«p»\"\n\n«bad»config B\n\tbool \"B\"\nendif\n",
		}, clientOptions{capabilities: capabilitiesOf["pull"]})
		e.settle()
		previous := map[protocol.DocumentURI]string{}
		ask := func() (id string, answer chan json.RawMessage) {
			params := protocol.WorkspaceDiagnosticParams{PreviousResultIDs: []protocol.PreviousResultID{}}
			for uri, id := range previous {
				params.PreviousResultIDs = append(params.PreviousResultIDs, protocol.PreviousResultID{URI: uri, Value: id})
			}
			return e.start(protocol.MethodWorkspaceDiagnostic, params)
		}
		take := func(answer chan json.RawMessage) (items int, ok bool) {
			select {
			case raw := <-answer:
				var m struct {
					Result protocol.WorkspaceDiagnosticReport
					Error  *callError
				}
				if err := json.Unmarshal(raw, &m); err != nil {
					t.Fatal(err)
				}
				for _, item := range m.Result.Items {
					if !item.Unchanged {
						previous[item.URI] = item.ResultID
						items++
					}
				}
				return items, true
			default:
				return 0, false
			}
		}
		_, answer := ask()
		e.settle()
		if items, ok := take(answer); !ok || items != 1 {
			t.Fatalf("the first request: answered %v, %d items", ok, items)
		}
		_, answer = ask()
		e.settle()
		if _, ok := take(answer); ok {
			t.Fatal("a request that there is no news for was answered")
		}
		// Others are served meanwhile.
		e.call(protocol.MethodDocumentDiagnostic, e.document("a"), nil)
		e.openFile("a")
		e.change(edit{"p", "x"})
		e.settle()
		if _, ok := take(answer); ok {
			t.Error("an edit that changes nothing was told")
		}
		e.change(edit{"bad", "if A\n\n"})
		e.settle()
		time.Sleep(time.Second)
		e.settle()
		if items, ok := take(answer); !ok || items != 1 {
			t.Errorf("after the finding is gone: answered %v, %d items", ok, items)
		}
		// One of two requests is held, and ends when it is cancelled.
		id1, answer1 := ask()
		id2, answer2 := ask()
		e.settle()
		if n := len(answer1) + len(answer2); n != 1 {
			t.Errorf("of two requests that there is no news for, %d were answered", n)
		}
		for _, id := range []string{id1, id2} {
			e.notify(protocol.MethodCancelRequest, map[string]json.RawMessage{"id": json.RawMessage(id)})
		}
		e.settle()
		if n := len(answer1) + len(answer2); n != 2 {
			t.Error("a cancelled request is not answered")
		}
		e.finish()
	})
}

// TestUnresponsiveClient checks that a client that reads nothing costs bounded
// memory, and its session in the end.
func TestUnresponsiveClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig A\n\tbool \"«p»\"\nendif\n"}, clientOptions{noValidation: true})
		e.settle()
		e.openFile("Kconfig")
		e.settle()
		e.deaf <- struct{}{}
		for range 2_000 {
			e.change(edit{"p", "x"})
		}
		select {
		case code := <-e.exit:
			if code != 1 {
				t.Errorf("exit code %d, want 1", code)
			}
		case <-time.After(5 * time.Minute):
			t.Error("the session goes on without a client")
		}
		<-e.deaf
	})
}

// TestDocumentPullFollowsWorkspacePull checks that a client is told to ask about a document
// again if looking at the workspace has found more in it. Clients do not go by the
// workspace's report then.
func TestDocumentPullFollowsWorkspacePull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{
			"Kconfig": "mainmenu \"Test\"\n\nconfig A\n\tbool \"A«p»\"\n",
		}, clientOptions{capabilities: capabilitiesOf["pull"]})
		pull := func() int {
			var report protocol.DocumentDiagnosticReport
			e.call(protocol.MethodDocumentDiagnostic, e.document("Kconfig"), &report)
			return len(report.Items)
		}
		refreshes := func() int {
			e.mu.Lock()
			defer e.mu.Unlock()
			n := len(e.refreshed)
			e.refreshed = nil
			return n
		}
		e.settle()
		e.openFile("Kconfig")
		before := pull()
		e.settle()
		refreshes()
		e.change(edit{"p", " "})
		if n := pull(); n != before {
			t.Fatalf("%d findings at once, which leaves nothing to find later", n)
		}
		// The workspace is looked at before anything else has had the time to.
		e.call(protocol.MethodWorkspaceDiagnostic, protocol.WorkspaceDiagnosticParams{PreviousResultIDs: []protocol.PreviousResultID{}}, nil)
		e.settle()
		if n := refreshes(); n == 0 {
			t.Error("the client is not told that there is more")
		}
		if n := pull(); n != before+1 {
			t.Errorf("%d findings in the end, want %d", n, before+1)
		}
		e.settle()
		refreshes()
		e.call(protocol.MethodWorkspaceDiagnostic, protocol.WorkspaceDiagnosticParams{PreviousResultIDs: []protocol.PreviousResultID{}}, nil)
		e.settle()
		if n := refreshes(); n != 0 {
			t.Errorf("told %d times of what it knows", n)
		}
		e.finish()
	})
}
