package lsp

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// editLog remembers the latest edits of a document, in the order of their versions.
//
// Notifications are to arrive as they were sent, but not every client keeps to that:
// Helix up to 25.01 sends a burst of keys in any order. If each edit counted as it comes
// the texts would part for good. So an edit whose version was skipped before is put
// where it belongs: what followed it is undone, and done again behind it.
//
// Only the loop that reads messages may use it.
type editLog struct {
	// base is the version before the first of the edits.
	base  int32
	edits []*loggedEdit
}

// loggedEdit is what one notification changed. Each of the changes refers to the text
// that the one before it left.
type loggedEdit struct {
	version int32
	changes []protocol.TextDocumentContentChangeEvent
	// undo takes the changes back, the last of them first.
	undo []analysis.Edit
}

// What is remembered: a burst, not a history.
const (
	maxLoggedEdits = 64
	maxLoggedBytes = 256 << 10
	// changeBytes is about what a change takes beside its text.
	changeBytes = 128
)

// newEditLog begins with the version of a document as it was opened.
func newEditLog(version int32) *editLog { return &editLog{base: version} }

// last is the version of the text.
func (l *editLog) last() int32 {
	if len(l.edits) == 0 {
		return l.base
	}
	return l.edits[len(l.edits)-1].version
}

// place says where an edit of a version belongs. It reports false if the version is
// neither new nor one that was skipped.
func (l *editLog) place(version int32) (int, bool) {
	at := len(l.edits)
	for at > 0 && l.edits[at-1].version > version {
		at--
	}
	if at == 0 {
		return 0, l.base < version
	}
	return at, l.edits[at-1].version < version
}

// add takes in the changes of a notification. It returns what is to be done to the text,
// as analysis.Workspace.Change wants it, and the version that the text has then. It
// reports false if the version makes no sense. Such changes are done as they come: to drop
// them would part the texts, too.
func (l *editLog) add(version int32, changes []protocol.TextDocumentContentChangeEvent, encoding protocol.PositionEncoding) (edits func(analysis.Text) (analysis.Edit, bool), current int32, placed bool) {
	added := &loggedEdit{version: version, changes: changes}
	redo := []*loggedEdit{added}
	var undo []analysis.Edit
	at, placed := l.place(version)
	if placed {
		for _, later := range slices.Backward(l.edits[at:]) {
			slices.Reverse(later.undo)
			undo = append(undo, later.undo...)
			later.undo = nil
		}
		l.edits = slices.Insert(l.edits, at, added)
		redo = l.edits[at:]
	} else {
		*l = editLog{base: version}
	}
	done := 0 // changes of the first of redo
	return func(text analysis.Text) (analysis.Edit, bool) {
		if len(undo) > 0 {
			edit := undo[0]
			undo = undo[1:]
			return edit, true
		}
		for len(redo) > 0 && done == len(redo[0].changes) {
			redo, done = redo[1:], 0
		}
		if len(redo) == 0 {
			l.forget()
			return analysis.Edit{}, false
		}
		edit := contentEdit(text, redo[0].changes[done], encoding)
		redo[0].undo = append(redo[0].undo, analysis.Edit{
			Start: edit.Start, End: edit.Start + len(edit.Text), Text: text.Slice(edit.Start, edit.End),
		})
		done++
		return edit, true
	}, l.last(), placed
}

// contentEdit converts one change.
func contentEdit(text analysis.Text, change protocol.TextDocumentContentChangeEvent, encoding protocol.PositionEncoding) analysis.Edit {
	if change.Range == nil {
		return analysis.Edit{Start: 0, End: text.Size(), Text: change.Text}
	}
	m := newMapper(text, encoding)
	start := m.offset(change.Range.Start)
	return analysis.Edit{Start: start, End: max(start, m.offset(change.Range.End)), Text: change.Text}
}

// forget drops the oldest edits beyond what is remembered.
func (l *editLog) forget() {
	size := 0
	for i, e := range slices.Backward(l.edits) {
		for _, change := range e.changes {
			size += changeBytes + len(change.Text)
		}
		for _, edit := range e.undo {
			size += len(edit.Text)
		}
		if size > maxLoggedBytes || len(l.edits)-i > maxLoggedEdits {
			l.base = e.version
			l.edits = slices.Clone(l.edits[i+1:])
			return
		}
	}
}
