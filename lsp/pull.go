package lsp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

func (s *server) documentDiagnostic(ctx context.Context, snap *analysis.Snapshot, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return protocol.DocumentDiagnosticReport{}, nil
	}
	items := d.convertDiagnostics(analysis.Diagnose(d.Snapshot, d.path, true))
	return protocol.DocumentDiagnosticReport{DiagnosticReport: report(items, resultID(items), p.PreviousResultID)}, nil
}

func resultID(items []protocol.Diagnostic) string { return fmt.Sprintf("%x", identityOf(0, items)) }

// report makes a report of diagnostics, a short one if the client has them.
func report(items []protocol.Diagnostic, id, previous string) protocol.DiagnosticReport {
	return protocol.DiagnosticReport{Unchanged: id == previous, ResultID: id, Items: items}
}

// pulls answers workspace/diagnostic, which clients send again as soon as it is
// answered. An answer that would tell nothing new is held back until there is
// something to tell, as the protocol allows, and nothing is looked at while
// nothing changes.
type pulls struct {
	mu sync.Mutex
	// change is closed, and replaced, when documents or trees change.
	change chan struct{}
	// newer is closed, and replaced, when a request arrives. The one before it
	// is answered then: no client has use for two.
	newer chan struct{}
	// told tells that the client got an answer. The first is never held back,
	// for a client that asks only once.
	told bool
	// stale tells that more was found out about trees that are as they were.
	stale atomic.Bool

	// diagnosing is held while the workspace is looked at. It guards what
	// follows.
	diagnosing sync.Mutex
	roots      []*analysis.Root // that were looked at
	found      []fileDiagnostics
	took       time.Duration
}

// fileDiagnostics are the diagnostics of one file.
type fileDiagnostics struct {
	path  string
	id    string
	items []protocol.Diagnostic
}

func (p *pulls) init() {
	p.change, p.newer = make(chan struct{}), make(chan struct{})
}

// changed is called when documents or trees have changed.
func (p *pulls) changed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.change)
	p.change = make(chan struct{})
}

// next returns a channel that is closed at the next change.
func (p *pulls) next() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.change
}

// arrive notes that a request has arrived. The channel is closed when another
// does; first tells that no request was answered before.
func (p *pulls) arrive() (newer <-chan struct{}, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.newer)
	p.newer = make(chan struct{})
	first, p.told = !p.told, true
	return p.newer, first
}

func (s *server) workspaceDiagnostic(ctx context.Context, _ *analysis.Snapshot, p *protocol.WorkspaceDiagnosticParams) (protocol.WorkspaceDiagnosticReport, error) {
	newer, first := s.pulls.arrive()
	previous := map[protocol.DocumentURI]string{}
	for _, id := range p.PreviousResultIDs {
		previous[id.URI] = id.Value
	}
	s.opening.waitForTree(ctx)
	for {
		change := s.pulls.next() // before the snapshot, so that none is missed
		snap, err := s.workspace.Settled(ctx, s.workspace.Snapshot())
		if err != nil {
			return protocol.WorkspaceDiagnosticReport{}, err
		}
		found, pause := s.diagnoseWorkspace(ctx, snap)
		if ctx.Err() != nil {
			return protocol.WorkspaceDiagnosticReport{}, ctx.Err()
		}
		if result, news := s.workspaceReport(snap, found, previous); news || first {
			return result, nil
		}
		select {
		case <-change:
		case <-newer:
			return protocol.WorkspaceDiagnosticReport{}, nil
		case <-ctx.Done():
			return protocol.WorkspaceDiagnosticReport{}, ctx.Err()
		}
		// Changes come in bursts; looking at everything must not take more
		// than a part of the time.
		select {
		case <-time.After(pause):
		case <-newer:
			return protocol.WorkspaceDiagnosticReport{}, nil
		case <-ctx.Done():
			return protocol.WorkspaceDiagnosticReport{}, ctx.Err()
		}
	}
}

// workspaceReport makes the answer, and reports whether it tells anything that
// the client does not have.
func (s *server) workspaceReport(snap *analysis.Snapshot, found []fileDiagnostics, previous map[protocol.DocumentURI]string) (result protocol.WorkspaceDiagnosticReport, news bool) {
	seen := map[protocol.DocumentURI]bool{}
	add := func(path string, file protocol.DiagnosticReport) {
		item := protocol.WorkspaceDocumentDiagnosticReport{DiagnosticReport: file, URI: documentURI(path)}
		if document := snap.Document(path); document != nil {
			version := document.Version
			item.Version = &version
		}
		result.Items = append(result.Items, item)
		seen[item.URI] = true
		news = news || !file.Unchanged
	}
	for _, file := range found {
		add(file.path, report(file.items, file.id, previous[documentURI(file.path)]))
	}
	// What had findings before and has none now must be told of.
	none := resultID(nil)
	for uri, id := range previous {
		if !seen[uri] {
			add(documentPath(uri), report(nil, none, id))
		}
	}
	slices.SortStableFunc(result.Items, func(a, b protocol.WorkspaceDocumentDiagnosticReport) int {
		return cmp.Compare(a.URI, b.URI)
	})
	return result, news
}

// diagnoseWorkspace returns the diagnostics of all files that have any, and how
// long to wait before the next time.
func (s *server) diagnoseWorkspace(ctx context.Context, snap *analysis.Snapshot) ([]fileDiagnostics, time.Duration) {
	p := &s.pulls
	p.diagnosing.Lock()
	defer p.diagnosing.Unlock()
	const share = 5 // of the time, at most one part in so many
	if !p.stale.Swap(false) && p.roots != nil && slices.Equal(p.roots, snap.Roots()) {
		return p.found, max(settleDelay, share*p.took)
	}
	start := time.Now()
	// What is found here about open documents is not looked for again when nobody types,
	// so nothing else would have the client ask for their diagnostics once more.
	if analysis.FindLines(snap) {
		s.refreshDiagnostics()
	}
	var all []fileDiagnostics
	for _, root := range snap.Roots() {
		if ctx.Err() != nil {
			return nil, 0
		}
		found := analysis.DiagnoseRoot(snap, root, "")
		for len(found) > 0 {
			path, n := found[0].Path, 1
			for n < len(found) && found[n].Path == path {
				n++
			}
			if d, ok := s.documentIn(snap, path); ok {
				shown := found[:n]
				if snap.Document(path) == nil {
					shown = withoutHints(shown)
				}
				if len(shown) > 0 {
					items := d.convertDiagnostics(shown)
					all = append(all, fileDiagnostics{path, resultID(items), items})
				}
			}
			found = found[n:]
		}
	}
	p.roots, p.found, p.took = snap.Roots(), all, time.Since(start)
	return p.found, max(settleDelay, share*p.took)
}

// withoutHints returns the findings that a list of all files can show: editors show
// hints in the text only, and in a kernel they are most of what there is to send.
func withoutHints(found []analysis.Diagnostic) []analysis.Diagnostic {
	return slices.DeleteFunc(slices.Clone(found), func(d analysis.Diagnostic) bool { return d.Severity == check.Hint })
}
