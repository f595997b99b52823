package lsp

import (
	"context"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// settleDelay is how long nothing must be edited before the diagnostics of all
// open documents are computed again, with what takes a look at the whole tree.
const settleDelay = 150 * time.Millisecond

// maxDiagnostics bounds what is sent for one document.
const maxDiagnostics = 500

// diagnostics sends the diagnostics of open documents to clients that do not
// ask for them; others it asks to ask again when it found out more. One goroutine does all of it, so that an older finding can
// never overtake a newer one. An edited document is looked at at once; when
// the user pauses, all open documents are, since an edit of one file can change
// what is wrong in another.
type diagnostics struct {
	server *server
	wake   chan struct{}
	push   bool

	mu    sync.Mutex
	dirty map[string]bool // documents to look at now
	all   bool            // look at all documents, for the trees have changed
	gone  []string        // documents that were closed
	// values is closed when values were computed, nil if nobody waits for that.
	values chan struct{}

	// Only the goroutine knows these.
	sent map[string]uint64 // what was sent last, by document
	// thorough are the documents in which a look at the whole tree finds more
	// than a quick one. They always get it, or else what it adds would come and
	// go with every key.
	thorough map[string]bool
	// policies is what was sent last of files in which trees say what they want.
	policies map[string]uint64
}

// start begins the work for a client.
func (d *diagnostics) start(s *server) {
	d.server, d.push = s, !s.caps.Pulls()
	d.wake = make(chan struct{}, 1)
	d.dirty, d.sent, d.thorough = map[string]bool{}, map[string]uint64{}, map[string]bool{}
	d.policies = map[string]uint64{}
	s.client.Go(func(ctx context.Context, client session.Client) { d.run(ctx, client) })
}

// changed asks for the diagnostics of a document that was opened or edited.
func (d *diagnostics) changed(path string) { d.ask(func() { d.dirty[path] = true }) }

// closed clears the diagnostics of a document.
func (d *diagnostics) closed(path string) {
	d.ask(func() {
		delete(d.dirty, path)
		d.gone = append(d.gone, path)
	})
}

// everything asks for the diagnostics of all open documents.
func (d *diagnostics) everything() { d.ask(func() { d.all = true }) }

func (d *diagnostics) ask(note func()) {
	d.mu.Lock()
	note()
	d.mu.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// settled wakes up who waits for values.
func (d *diagnostics) settled() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.values != nil {
		close(d.values)
		d.values = nil
	}
}

// maxValuesDelay is how long a request waits for values that are computed when
// nobody types.
const maxValuesDelay = 5 * settleDelay

// awaitValues waits until the values of the trees of open documents were
// computed for the next time, which is when nobody has typed for a moment. The
// editor gives up requests that nobody needs any more, and so ends the context.
func (d *diagnostics) awaitValues(ctx context.Context) {
	d.mu.Lock()
	if d.values == nil {
		d.values = make(chan struct{})
	}
	values := d.values
	d.mu.Unlock()
	timeout := time.NewTimer(maxValuesDelay)
	defer timeout.Stop()
	select {
	case <-values:
	case <-timeout.C:
	case <-ctx.Done():
	}
}

func (d *diagnostics) run(ctx context.Context, client session.Client) {
	settle := time.NewTimer(settleDelay)
	settle.Stop()
	defer settle.Stop()
	// Looking for cycles takes long in a large tree, and so do the values of a
	// configuration after a Kconfig file was edited. Both is done aside, so that
	// who goes on typing does not wait for it.
	searched := make(chan bool, 1)
	searching := false
	// What is about all configurations comes last, as long as nothing happens.
	deep := deepSearch{server: d.server, done: make(chan bool, 1)}
	defer deep.stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-settle.C:
			d.publishAll(client, true, false)
			if searching {
				settle.Reset(settleDelay)
				continue
			}
			searching = true
			client.Go(func(context.Context, session.Client) {
				news := false
				defer func() { searched <- news }()
				snap := d.server.workspace.Snapshot()
				news = analysis.FindCycles(snap)
				analysis.EvaluateConfigs(snap)
				analysis.PrepareValues(snap)
				marked := analysis.PrepareGates(snap)
				// Only now: who waits for values would else show them without the marks
				// of gates, and be asked to do it again a moment later.
				d.settled()
				if marked {
					d.server.refreshTokens()
					d.server.refreshAnnotations()
				}
				news = analysis.FindLines(snap) || news
			})
		case news := <-searched:
			searching = false
			d.found(client, news)
			deep.start(client)
		case news := <-deep.done:
			if deep.ended(client); news {
				d.found(client, news)
			}
		case <-d.wake:
			deep.stop()
			d.mu.Lock()
			dirty, gone, all := d.dirty, d.gone, d.all
			d.dirty, d.gone, d.all = map[string]bool{}, nil, false
			d.mu.Unlock()
			settle.Reset(settleDelay)
			snap := d.server.workspace.Snapshot()
			if all {
				d.publishPolicies(client, snap)
			}
			if !d.push {
				continue
			}
			for _, path := range gone {
				if _, ok := d.sent[path]; ok && snap.Document(path) == nil {
					delete(d.sent, path)
					delete(d.thorough, path)
					d.send(client, path, nil, nil)
				}
			}
			for path := range dirty {
				d.publish(client, snap, path, false, true)
			}
			if all {
				d.publishAll(client, true, false)
			}
		}
	}
}

// found has the client know what a search has found.
func (d *diagnostics) found(client session.Client, news bool) {
	switch {
	case d.push:
		d.publishAll(client, true, true)
	case news:
		d.server.pulls.stale.Store(true)
		d.server.refreshDiagnostics()
	}
}

// publishAll sends the diagnostics of all open documents that have changed. With
// evaluated the values of configurations are at hand; without, configurations
// have to wait for them.
func (d *diagnostics) publishAll(client session.Client, suggest, evaluated bool) {
	if !d.push {
		return
	}
	snap := d.server.workspace.Snapshot()
	for _, document := range snap.Documents() {
		if document.IsConfig() && !evaluated {
			continue
		}
		d.publish(client, snap, document.Path, suggest, false)
	}
}

// publish sends the diagnostics of a document. Unless always is set it does so
// only if they differ from those sent before for this version.
func (d *diagnostics) publish(client session.Client, snap *analysis.Snapshot, path string, suggest, always bool) {
	document := snap.Document(path)
	if document == nil {
		return
	}
	items, ok := d.server.diagnose(snap, path, suggest || d.thorough[path])
	if !ok {
		return
	}
	identity := identityOf(document.Version, items)
	if suggest {
		quick, ok := d.server.diagnose(snap, path, false)
		d.thorough[path] = ok && identityOf(document.Version, quick) != identity
	}
	if before, ok := d.sent[path]; ok && before == identity && !always {
		return
	}
	d.sent[path] = identity
	version := document.Version
	d.send(client, path, &version, items)
}

func (d *diagnostics) send(client session.Client, path string, version *int32, items []protocol.Diagnostic) {
	uri := documentURI(path)
	if !d.server.caps.DiagnosticVersion {
		version = nil
	}
	client.NotifyKeyed("diagnostics "+string(uri), protocol.MethodPublishDiagnostics, protocol.PublishDiagnosticsParams{
		URI: uri, Version: version, Diagnostics: items,
	})
}

// diagnose returns what is wrong with a file in the form of the protocol. A
// panic must cost the diagnostics of one text, not of the rest of the session:
// it is logged, and the answer is false.
func (s *server) diagnose(snap *analysis.Snapshot, path string, suggest bool) (_ []protocol.Diagnostic, ok bool) {
	defer func() {
		if value := recover(); value != nil {
			s.logError("panic while looking for errors; please report this", "panic", value, "stack", string(debug.Stack()))
		}
	}()
	d, known := s.documentIn(snap, path)
	if !known {
		return nil, false
	}
	return d.convertDiagnostics(analysis.Diagnose(snap, path, suggest)), true
}

func (d document) convertDiagnostics(found []analysis.Diagnostic) []protocol.Diagnostic {
	more := len(found) - maxDiagnostics
	if more > 0 {
		// What is worst is kept.
		found = slices.Clone(found)
		slices.SortStableFunc(found, func(a, b analysis.Diagnostic) int { return int(a.Severity) - int(b.Severity) })
		found = found[:maxDiagnostics]
		slices.SortStableFunc(found, func(a, b analysis.Diagnostic) int { return a.Start - b.Start })
	}
	items := make([]protocol.Diagnostic, 0, len(found))
	for _, f := range found {
		item := protocol.Diagnostic{
			Range:    d.rangeOf(f.Location),
			Severity: severityOf(f.Severity),
			Code:     f.Code,
			Source:   "kconfig",
			Message:  f.Message,
		}
		if f.Unnecessary && d.server.caps.DiagnosticUnnecessaryTag {
			item.Tags = append(item.Tags, protocol.TagUnnecessary)
		}
		if d.server.caps.DiagnosticCodeDescription {
			item.CodeDescription = &protocol.CodeDescription{HRef: check.DocumentationURL(f.Code)}
		}
		if d.server.caps.DiagnosticRelatedInformation {
			for _, r := range f.Related {
				item.RelatedInformation = append(item.RelatedInformation, protocol.DiagnosticRelatedInformation{
					Location: d.location(r.Location), Message: r.Message,
				})
			}
		}
		items = append(items, item)
	}
	if more > 0 && len(items) > 0 {
		last := &items[len(items)-1]
		last.Message += fmt.Sprintf(" (and %d more findings in this file)", more)
	}
	return items
}

func severityOf(s check.Severity) protocol.DiagnosticSeverity {
	switch s {
	case check.Error:
		return protocol.SeverityError
	case check.Warning:
		return protocol.SeverityWarning
	case check.Information:
		return protocol.SeverityInformation
	}
	return protocol.SeverityHint
}

// identityOf returns a number that differs between different diagnostics.
func identityOf(version int32, items []protocol.Diagnostic) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, version)
	for i := range items {
		fmt.Fprint(h, items[i].Range, items[i].Severity, items[i].Code, items[i].Message, items[i].RelatedInformation)
	}
	return h.Sum64()
}

// treesChanged is called when a tree was loaded or changed on disk.
func (s *server) treesChanged() {
	if s.client == nil {
		return
	}
	s.diags.everything()
	s.toolchains.check()
	s.refreshDiagnostics()
	s.refreshTokens()
	s.refreshAnnotations()
}
