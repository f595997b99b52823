package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// slowTree is a tree on a disk that answers only when it is told to.
func slowTree(t *testing.T, o clientOptions) *editor {
	files := map[string]string{
		"Kconfig":   "mainmenu \"Test\"\nsource \"a\"\n",
		"a":         "config A\n\tbool \"A\" if «use»OTHER && «none»NOTHING\nendif«end»\n",
		"b/Kconfig": "config «other»OTHER\n\tbool\n\tdepends on A\n",
	}
	o.slow = true
	return startEditor(t, files, o)
}

// TestOpenBeforeTheTreeIsLoaded opens a document while nothing can be read:
// its syntax is checked at once, everything else waits.
func TestOpenBeforeTheTreeIsLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := slowTree(t, clientOptions{})
		e.openFile("a")
		e.wantCodes("a", "mismatched-end")
		_, hover := e.start(protocol.MethodHover, e.at("use"))
		_, rename := e.start(protocol.MethodRename, protocol.RenameParams{TextDocumentPositionParams: e.at("other"), NewName: "MORE"})
		_, cancelled := e.start(protocol.MethodHover, e.at("use"))
		e.settle()
		if len(hover)+len(rename)+len(cancelled) > 0 {
			t.Error("a request was answered before the tree was read")
		}
		e.notify(protocol.MethodCancelRequest, map[string]int{"id": e.nextID})
		e.settle()
		if len(cancelled) == 0 {
			t.Error("a request that waits for the tree cannot be cancelled")
		}
		// The text goes on changing; the requests see the text they were for.
		e.change(edit{"end", " # 😀"})
		e.wantCodes("a", "mismatched-end")
		close(e.disk.gate)
		e.settle()
		if raw := <-hover; !strings.Contains(string(raw), "OTHER") {
			t.Errorf("hover: %s", raw)
		}
		if raw := <-rename; strings.Count(string(raw), `"newText":"MORE"`) != 2 {
			t.Errorf("rename: %s", raw)
		}
		e.wantCodes("a", "undefined-symbol", "mismatched-end")
		e.finish()
	})
}

// TestOpenWhileTheTreeIsLoaded lets the disk answer one access after the other,
// and edits after each: whatever has been read by then, the diagnostics are of
// the text that is shown, and an undefined symbol is not told before all files
// are known.
func TestOpenWhileTheTreeIsLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := slowTree(t, clientOptions{})
		complete := false
		var views viewsResult
		for access := 0; !complete; access++ {
			if access > 500 {
				t.Fatal("the tree does not get complete")
			}
			select {
			case e.disk.gate <- struct{}{}:
			case <-time.After(time.Minute):
				e.call(methodViews, struct{}{}, &views)
				complete = views.Roots[0].Complete
			}
			switch access {
			case 3:
				e.openFile("a")
			case 7, 9, 11, 13, 15:
				e.change(edit{"end", fmt.Sprint(" #", access)})
			}
			if access < 3 {
				continue
			}
			if got := e.codes("a"); !complete && slices.Contains(got, "undefined-symbol") {
				e.call(methodViews, struct{}{}, &views)
				if !views.Roots[0].Complete {
					t.Fatalf("after %d accesses: %q", access, got)
				}
			}
		}
		e.wantCodes("a", "undefined-symbol", "mismatched-end")
		close(e.disk.gate)
		e.finish()
	})
}

// TestProgress checks that progress begins, does not run backwards, and ends.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := map[string]string{"Kconfig": "mainmenu \"Test\"\n"}
		for i := range 1_000 {
			name := fmt.Sprintf("dir%d/Kconfig", i)
			files["Kconfig"] += fmt.Sprintf("source %q\n", name)
			files[name] = fmt.Sprintf("config SYMBOL_%d\n\tbool\n", i)
		}
		e := startEditor(t, files, clientOptions{})
		e.settle()
		var kinds []string
		last := uint32(0)
		for _, n := range e.others {
			if n.method != protocol.MethodProgress {
				continue
			}
			var p struct {
				Value struct {
					Kind       string
					Percentage *uint32
				}
			}
			if err := json.Unmarshal(n.params, &p); err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, p.Value.Kind)
			if p.Value.Percentage != nil {
				if *p.Value.Percentage < last || *p.Value.Percentage > 100 {
					t.Errorf("%d %% after %d %%", *p.Value.Percentage, last)
				}
				last = *p.Value.Percentage
			}
		}
		if len(kinds) < 2 || kinds[0] != "begin" || kinds[len(kinds)-1] != "end" || slices.Index(kinds, "end") != len(kinds)-1 {
			t.Errorf("progress %q", kinds)
		}
		e.finish()
	})
}

// TestTwoTrees has two trees in a workspace, one of which is added, removed and
// added again.
func TestTwoTrees(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{
			"one/Kconfig": "mainmenu \"One\"\nconfig «a»A\n\tbool \"it\"\n\tdepends on «b»B\n",
			"two/Kconfig": "mainmenu \"Two\"\nconfig B\n\tbool \"it\"\n\tdepends on «in2»A\n",
			"loose":       "config «l»L\n\tbool \"it\"\n\tdepends on A\n",
		}, clientOptions{root: testDir() + "/one"})
		e.settle()
		folders := func(added, removed string) {
			var p protocol.DidChangeWorkspaceFoldersParams
			if added != "" {
				p.Event.Added = append(p.Event.Added, protocol.WorkspaceFolder{URI: e.uri(added), Name: added})
			}
			if removed != "" {
				p.Event.Removed = append(p.Event.Removed, protocol.WorkspaceFolder{URI: e.uri(removed), Name: removed})
			}
			e.notify(protocol.MethodDidChangeWorkspaceFolders, p)
			e.settle()
		}
		roots := func() (names []string) {
			var views viewsResult
			e.call(methodViews, struct{}{}, &views)
			for _, root := range views.Roots {
				names = append(names, e.name(root.URI))
			}
			return names
		}
		want := func(names ...string) {
			t.Helper()
			if got := roots(); !slices.Equal(got, names) {
				t.Errorf("trees %q, want %q", got, names)
			}
		}
		want("one")
		folders("two", "")
		want("one", "two")
		e.openFile("one/Kconfig")
		e.wantCodes("one/Kconfig", "undefined-symbol") // B is of the other tree
		folders("", "two")
		want("one")
		folders("two", "one") // which has an open document
		want("one", "two")
		e.openFile("two/Kconfig")
		e.openFile("loose")
		e.wantCodes("two/Kconfig", "undefined-symbol")
		e.wantCodes("loose")
		if err := e.try(methodSetView, setViewParams{Arch: "x86"}, nil); err == nil {
			t.Error("the view of one of two trees was switched, and nobody said of which")
		}
		e.finish()
	})
}

// TestNewTree creates a tree around an open document.
func TestNewTree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"sub/file": "config A\n\tbool \"it\"\n\tdepends on «b»B\n"}, clientOptions{})
		e.openFile("sub/file")
		e.wantCodes("sub/file")
		e.changeOnDisk("Kconfig", "mainmenu \"New\"\nsource \"sub/file\"\n")
		e.watched("Kconfig")
		e.wantCodes("sub/file", "undefined-symbol")
		e.finish()
	})
}

// TestPatience asks while the walk for files that no view reaches is stuck:
// references and searches answer with what there is, after a while; a rename,
// which must not miss anything, waits.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := slowTree(t, clientOptions{})
		e.openFile("a")
		var views viewsResult
		for len(views.Roots) == 0 {
			// Enough for the view, one access after the other; then the walk
			// finds nobody who lets it pass.
			e.disk.gate <- struct{}{}
			synctest.Wait()
			_, answer := e.start(methodViews, struct{}{})
			synctest.Wait()
			if len(answer) == 0 {
				continue
			}
			var m struct{ Result viewsResult }
			if err := json.Unmarshal(<-answer, &m); err != nil {
				t.Fatal(err)
			}
			views = m.Result
		}
		if views.Roots[0].Complete {
			t.Fatal("the tree is complete already")
		}
		start := time.Now()
		var found []protocol.Location
		e.call(protocol.MethodReferences, protocol.ReferenceParams{TextDocumentPositionParams: e.at("use")}, &found)
		e.call(protocol.MethodWorkspaceSymbol, protocol.WorkspaceSymbolParams{Query: "A"}, nil)
		if took := time.Since(start); len(found) != 1 || took != 2*completionPatience {
			t.Errorf("%d references after %s, want 1 after waiting in vain twice", len(found), took)
		}
		_, rename := e.start(protocol.MethodRename, protocol.RenameParams{TextDocumentPositionParams: e.at("use"), NewName: "MORE"})
		e.settle()
		if len(rename) > 0 {
			t.Errorf("renamed before all files are known: %s", <-rename)
		}
		close(e.disk.gate)
		if raw := <-rename; strings.Count(string(raw), `"newText":"MORE"`) != 2 {
			t.Errorf("rename: %s", raw)
		}
		e.finish()
	})
}

// TestUntitledInTree opens a document that is no file while the server runs in a tree, as
// editors start it. Looking for the tree of the document must not find that one: its files
// would be there twice, under names that are no URIs.
func TestUntitledInTree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := startEditor(t, map[string]string{"Kconfig": "mainmenu \"Test\"\nconfig A\n\tbool \"a\"\n", "untitled:Untitled-1": "config B\n\tbool \"b\"\n"}, clientOptions{})
		e.disk.write("Kconfig", "mainmenu \"Test\"\nconfig A\n\tbool \"a\"\n") // seen from the directory of the process
		e.openFile("Kconfig")
		e.openFile("untitled:Untitled-1")
		e.settle()
		var views viewsResult
		e.call(methodViews, struct{}{}, &views)
		if len(views.Roots) != 1 || views.Roots[0].URI != protocol.URIFromPath(e.dir) {
			t.Errorf("these trees are loaded: %+v", views.Roots)
		}
		var symbols []protocol.WorkspaceSymbol
		e.call(protocol.MethodWorkspaceSymbol, protocol.WorkspaceSymbolParams{Query: "A"}, &symbols)
		if len(symbols) != 1 {
			t.Errorf("a symbol is found %d times: %+v", len(symbols), symbols)
		}
		var actions json.RawMessage
		e.call(protocol.MethodCodeAction, protocol.CodeActionParams{TextDocument: protocol.TextDocumentIdentifier{URI: "untitled:Untitled-1"}}, &actions)
		if text := string(actions); !strings.Contains(text, `"untitled:Untitled-1"`) || strings.Contains(text, "file://") {
			t.Errorf("the code actions are about other documents: %s", text)
		}
		e.finish()
	})
}
