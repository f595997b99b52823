package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// editor is a test client with a disk and with documents of its own, so that
// tests can name places by marks in the texts. How places become positions is
// written here a second time, apart from the server's mapper: each checks the
// other.
//
// An editor lives in a synctest bubble: settle waits until the server has
// nothing more to do, however long that takes by its own timers.
type editor struct {
	*testClient
	disk      *disk
	dir       string
	encoding  protocol.PositionEncoding
	buffers   map[protocol.DocumentURI]*buffer
	published map[protocol.DocumentURI]protocol.PublishDiagnosticsParams
	history   map[protocol.DocumentURI][]protocol.PublishDiagnosticsParams
	backwards bool           // the test lets versions go backwards
	others    []notification // that are not about diagnostics
}

// buffer is a text with marked places, which move along with edits.
type buffer struct {
	text    string
	marks   map[string]int
	version int32
	open    bool
}

// testDir is the directory that the trees of tests have.
func testDir() string {
	dir, err := filepath.Abs(filepath.FromSlash("/work tree/日本é"))
	if err != nil {
		panic(err)
	}
	return dir
}

// startEditor starts a server on a tree whose texts have marks. Names are
// relative to the tree's directory.
func startEditor(t testing.TB, files map[string]string, o clientOptions) *editor {
	t.Helper()
	e := &editor{
		disk: newDisk(nil), dir: testDir(), encoding: o.encoding,
		buffers:   map[protocol.DocumentURI]*buffer{},
		published: map[protocol.DocumentURI]protocol.PublishDiagnosticsParams{},
		history:   map[protocol.DocumentURI][]protocol.PublishDiagnosticsParams{},
	}
	if e.encoding == "" {
		e.encoding = protocol.UTF16
	}
	for name, text := range files {
		b := newBuffer(text)
		e.buffers[e.uri(name)] = b
		if !strings.Contains(name, ":") {
			e.disk.write(e.path(name), b.text)
		}
	}
	if o.slow {
		e.disk.gate = make(chan struct{})
	}
	if o.fsys == nil {
		o.fsys = e.disk
	}
	switch o.root {
	case "":
		o.root = e.dir
	case "none":
		o.root = ""
	}
	e.testClient = startClient(t, o)
	return e
}

func (e *editor) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

// uri returns the URI of a file of the tree, or of an untitled document.
func (e *editor) uri(name string) protocol.DocumentURI {
	if strings.Contains(name, ":") {
		return protocol.DocumentURI(name)
	}
	return protocol.URIFromPath(e.path(name))
}

// name is the inverse of uri.
func (e *editor) name(uri protocol.DocumentURI) string {
	path, err := uri.Path()
	if err != nil {
		return string(uri)
	}
	if rel, err := filepath.Rel(e.dir, path); err == nil {
		return filepath.ToSlash(rel)
	}
	return path
}

var markPattern = regexp.MustCompile(`«([^»]*)»`)

// newBuffer takes the marks out of a text: «name» is a place, and «\xff» or
// «\r» stand for characters that cannot be written plainly.
func newBuffer(marked string) *buffer {
	b := &buffer{marks: map[string]int{}}
	var text strings.Builder
	last := 0
	for _, m := range markPattern.FindAllStringSubmatchIndex(marked, -1) {
		text.WriteString(marked[last:m[0]])
		name := marked[m[2]:m[3]]
		if strings.HasPrefix(name, `\`) {
			character, err := strconv.Unquote(`"` + name + `"`)
			if err != nil {
				panic(err)
			}
			text.WriteString(character)
		} else {
			b.marks[name] = text.Len()
		}
		last = m[1]
	}
	text.WriteString(marked[last:])
	b.text = text.String()
	return b
}

// edit replaces a part of the text. Marks inside of it move to its start.
func (b *buffer) edit(start, end int, text string) {
	b.text = b.text[:start] + text + b.text[end:]
	for name, offset := range b.marks {
		switch {
		case offset >= end:
			b.marks[name] = offset - (end - start) + len(text)
		case offset > start:
			b.marks[name] = start
		}
	}
}

// decode makes the text what an editor shows: invalid bytes become U+FFFD.
func (b *buffer) decode() {
	for i := 0; i < len(b.text); {
		r, size := utf8.DecodeRuneInString(b.text[i:])
		if r == utf8.RuneError && size == 1 {
			b.edit(i, i+1, "\uFFFD")
			size = len("\uFFFD")
		}
		i += size
	}
}

// position returns where an editor sees a byte of a text.
func position(text string, offset int, encoding protocol.PositionEncoding) protocol.Position {
	var p protocol.Position
	for i := 0; i < offset; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '\n' || r == '\r' && !strings.HasPrefix(text[i+1:], "\n") {
			p = protocol.Position{Line: p.Line + 1}
		} else if r != '\r' {
			p.Character += characters(r, size, encoding)
		}
		i += size
	}
	return p
}

func characters(r rune, size int, encoding protocol.PositionEncoding) uint32 {
	switch {
	case encoding == protocol.UTF8:
		return uint32(size)
	case encoding == protocol.UTF16 && r >= 0x10000:
		return 2
	}
	return 1
}

// offset is the inverse of position. It reports false for a position that is
// not in the text, which a server must not send.
func offset(text string, p protocol.Position, encoding protocol.PositionEncoding) (int, bool) {
	var at protocol.Position
	for i := 0; ; {
		if at == p {
			return i, true
		}
		if i >= len(text) {
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n' || r == '\r' && !strings.HasPrefix(text[i+1:], "\n"):
			at = protocol.Position{Line: at.Line + 1}
		case r == '\r':
			// The end of the line lies before it.
		default:
			at.Character += characters(r, size, encoding)
		}
		i += size
	}
}

// mark finds the document with a mark in it.
func (e *editor) mark(name string) (protocol.DocumentURI, *buffer, int) {
	e.t.Helper()
	for uri, b := range e.buffers {
		if offset, ok := b.marks[name]; ok {
			return uri, b, offset
		}
	}
	e.t.Fatalf("no text has the mark «%s»", name)
	return "", nil, 0
}

// at returns the parameters for a mark.
func (e *editor) at(mark string) protocol.TextDocumentPositionParams {
	e.t.Helper()
	uri, b, offset := e.mark(mark)
	return protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri},
		Position:     position(b.text, offset, e.encoding),
	}
}

// document returns the parameters for a whole file.
func (e *editor) document(name string) any {
	return map[string]any{"textDocument": protocol.TextDocumentIdentifier{URI: e.uri(name)}}
}

// between returns the range between two marks of one text, or at one.
func (e *editor) between(marks string) (uri protocol.DocumentURI, b *buffer, start, end int) {
	e.t.Helper()
	first, last, isRange := strings.Cut(marks, "..")
	uri, b, start = e.mark(first)
	end = start
	if isRange {
		_, _, end = e.mark(last)
	}
	return uri, b, start, end
}

// openFile opens a file with the text of its buffer.
func (e *editor) openFile(name string) { e.openFileAs(name, "kconfig") }

func (e *editor) openFileAs(name, language string) {
	uri := e.uri(name)
	b := e.buffers[uri]
	if b == nil {
		e.t.Fatalf("no file %s", name)
		return
	}
	b.decode()
	b.open = true
	b.version++
	e.notify(protocol.MethodDidOpen, protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: uri, LanguageID: language, Version: b.version, Text: b.text,
	}})
}

// edit is one replacement of the text between two marks.
type edit struct{ marks, text string }

// change sends edits of one document in one notification.
func (e *editor) change(edits ...edit) {
	e.t.Helper()
	var changes []protocol.TextDocumentContentChangeEvent
	var uri protocol.DocumentURI
	var b *buffer
	for _, ed := range edits {
		var start, end int
		uri, b, start, end = e.between(ed.marks)
		changes = append(changes, protocol.TextDocumentContentChangeEvent{
			Range: &protocol.Range{Start: position(b.text, start, e.encoding), End: position(b.text, end, e.encoding)},
			Text:  ed.text,
		})
		b.edit(start, end, ed.text)
	}
	b.version++
	e.didChange(uri, b.version, changes...)
}

func (e *editor) didChange(uri protocol.DocumentURI, version int32, changes ...protocol.TextDocumentContentChangeEvent) {
	e.notify(protocol.MethodDidChange, protocol.DidChangeTextDocumentParams{
		TextDocument:   protocol.VersionedTextDocumentIdentifier{URI: uri, Version: version},
		ContentChanges: changes,
	})
}

// closeFile closes a document. What counts is on disk then.
func (e *editor) closeFile(name string) {
	b := e.buffers[e.uri(name)]
	b.open = false
	e.notify(protocol.MethodDidClose, e.document(name))
	if text, ok := e.disk.text(e.path(name)); ok {
		b.text = text
	}
}

// saveFile writes a document to disk.
func (e *editor) saveFile(name string) {
	e.disk.write(e.path(name), e.buffers[e.uri(name)].text)
	e.notify(protocol.MethodDidSave, e.document(name))
}

// changeOnDisk gives a file on disk a new text, as another program does it; ""
// removes the file. The server is not told.
func (e *editor) changeOnDisk(name, text string) {
	if text == "" {
		e.disk.remove(e.path(name))
		delete(e.buffers, e.uri(name))
		return
	}
	b := newBuffer(text)
	e.disk.write(e.path(name), b.text)
	if old := e.buffers[e.uri(name)]; old == nil || !old.open {
		if old != nil {
			b.version = old.version // it goes on when the file is opened again
		}
		e.buffers[e.uri(name)] = b
	}
}

// watched tells the server of changed files.
func (e *editor) watched(names ...string) {
	var p protocol.DidChangeWatchedFilesParams
	for _, name := range names {
		kind := protocol.FileChanged
		if _, ok := e.disk.text(e.path(name)); !ok {
			kind = protocol.FileDeleted
		}
		p.Changes = append(p.Changes, protocol.FileEvent{URI: e.uri(name), Type: kind})
	}
	e.notify(protocol.MethodDidChangeWatchedFiles, p)
}

// settle waits until the server has nothing more to do.
func (e *editor) settle() {
	for range 3 {
		synctest.Wait()
		time.Sleep(treeQuiet) // of the bubble's clock, which waits for nobody
	}
	synctest.Wait()
	e.take()
}

// take sorts what the server told.
func (e *editor) take() {
	for _, n := range append(e.seen, e.arrived()...) {
		if n.method != protocol.MethodPublishDiagnostics {
			e.others = append(e.others, n)
			continue
		}
		var p protocol.PublishDiagnosticsParams
		if err := json.Unmarshal(n.params, &p); err != nil {
			e.t.Fatal(err)
		}
		if before, ok := e.published[p.URI]; ok && before.Version != nil && p.Version != nil && *p.Version < *before.Version && e.buffers[p.URI].open && !e.backwards {
			e.t.Errorf("%s: diagnostics of version %d after those of %d", p.URI, *p.Version, *before.Version)
		}
		e.published[p.URI] = p
		e.history[p.URI] = append(e.history[p.URI], p)
	}
	e.seen = nil
}

// arrived returns what has arrived by now.
func (c *testClient) arrived() []notification {
	var all []notification
	for {
		select {
		case n, ok := <-c.told:
			if !ok {
				return all
			}
			all = append(all, n)
		default:
			return all
		}
	}
}

// codes returns the codes of a document's diagnostics, of its current version.
func (e *editor) codes(name string) []string {
	e.t.Helper()
	e.settle()
	p, ok := e.published[e.uri(name)]
	if !ok {
		return []string{"none published"}
	}
	if b := e.buffers[e.uri(name)]; b.open && (p.Version == nil || *p.Version != b.version) {
		return []string{fmt.Sprintf("not of version %d", b.version)}
	}
	codes := []string{}
	for _, d := range p.Diagnostics {
		codes = append(codes, d.Code)
	}
	return codes
}

func (e *editor) wantCodes(name string, want ...string) {
	e.t.Helper()
	if got := e.codes(name); !slices.Equal(got, want) {
		e.t.Errorf("%s: diagnostics %q, want %q", name, got, want)
	}
}

// logged returns the messages of window/logMessage so far.
func (e *editor) logged() []string {
	e.take()
	var all []string
	for _, n := range e.others {
		if n.method == protocol.MethodLogMessage {
			var p protocol.LogMessageParams
			if err := json.Unmarshal(n.params, &p); err != nil {
				e.t.Fatal(err)
			}
			all = append(all, p.Message)
		}
	}
	return all
}

// finish ends the session.
func (e *editor) finish() {
	e.t.Helper()
	e.shutdown()
}
