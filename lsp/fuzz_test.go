package lsp

import (
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

var randomSessions = flag.Int("sessions", 50, "how many sessions TestRandomSessions runs")

// FuzzSession reads its input as a session: each byte picks a step and where in
// the texts it happens. Whatever comes, no handler panics, every request is
// answered, the server and the editor agree about the texts, and the session
// ends as it should. TestRandomSessions runs longer ones.
func FuzzSession(f *testing.F) {
	f.Add([]byte("open and edit a file"), uint8(0))
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 200, 201, 202, 203, 204, 205, 206, 207}, uint8(1))
	f.Add([]byte("\x00\x10\x01\x80\x40\x02\x80\x20\x03\x00\x05\x04\xff\xff\xff"), uint8(2))
	f.Fuzz(func(t *testing.T, input []byte, encoding uint8) {
		synctest.Test(t, func(t *testing.T) {
			fuzzSession(t, input[:min(len(input), 150)], []protocol.PositionEncoding{protocol.UTF8, protocol.UTF16, protocol.UTF32}[encoding%3])
		})
	})
}

// fuzzPieces are what is typed: beginnings and ends of everything.
var fuzzPieces = []string{
	"", "x", "\n", "\t", "\"", "'", "config A\n", "\tbool \"é\"\n", "depends on ", "B && ", "(", ")", "if A\n", "endif\n", "menu \"😀\"\n", "endmenu\n",
	"choice\n", "endchoice\n", "help\n\t  text\n", "source \"b\"\n", "source \"*\"\n", "$(shell,", "X := $(Y)\n", "\r", "\r\n", "\\\n", "#", "\x00", "select ", "default y if ", "rsource \"", "select A\n", "mainmenu \"", "$", "=", "!", "😀",
	"CONFIG_B=y\n", "# CONFIG_A is not set\n",
}

// isPlace reports whether an editor's cursor can be at the offset.
func isPlace(text string, offset int) bool {
	if offset == 0 || offset == len(text) {
		return true
	}
	return utf8.RuneStart(text[offset]) && text[offset-1:offset+1] != "\r\n"
}

func fuzzSession(t *testing.T, input []byte, encoding protocol.PositionEncoding) {
	e := startEditor(t, map[string]string{
		"Kconfig": "mainmenu \"Fuzz\"\nsource \"a\"\nsource \"b\"\nif A\nconfig C\n\tbool \"漢\"\n\tselect B if A\nendif\n",
		"a":       "config A\n\ttristate \"é\"\n\tdepends on B || m\n\thelp\n\t  See A.\n\n",
		"b":       "X := $(shell,ask 😀)\nchoice\n\tprompt \"x\"\nconfig B\r\n\tbool \"$(X)\"\nendchoice\n",
		".config": "#\n# é\n#\nCONFIG_A=m\r\n# CONFIG_B is not set\nCONFIG_C=y\n",
	}, clientOptions{encoding: encoding})
	names := []string{"Kconfig", "a", "b", "untitled:x", ".config"}
	e.buffers["untitled:x"] = newBuffer("config U\n\tbool\n")
	next := func() int {
		if len(input) == 0 {
			return 0
		}
		b := input[0]
		input = input[1:]
		return int(b)
	}
	var answers []chan json.RawMessage
	for len(input) > 0 {
		step, name := next(), names[next()%len(names)]
		uri := e.uri(name)
		b := e.buffers[uri]
		place := func() int {
			at := (next()*256 + next()) % (len(b.text) + 1)
			for !isPlace(b.text, at) {
				at--
			}
			return at
		}
		switch step % 8 {
		case 0:
			if !b.open {
				e.openFile(name)
			}
		case 1, 2, 3:
			if !b.open {
				e.openFile(name)
			}
			start, end := place(), place()
			if step%8 != 3 {
				end = min(start+end%4, len(b.text))
				for !isPlace(b.text, end) {
					end++
				}
			}
			start, end = min(start, end), max(start, end)
			text := fuzzPieces[next()%len(fuzzPieces)]
			change := protocol.TextDocumentContentChangeEvent{
				Range: &protocol.Range{Start: position(b.text, start, encoding), End: position(b.text, end, encoding)}, Text: text,
			}
			b.edit(start, end, text)
			b.version++
			e.didChange(uri, b.version, change)
		case 4:
			if b.open && !strings.Contains(name, ":") {
				if next()%2 == 0 {
					e.saveFile(name)
				} else {
					e.closeFile(name)
				}
			}
		case 5:
			if !strings.Contains(name, ":") && !b.open {
				e.changeOnDisk(name, fuzzPieces[next()%len(fuzzPieces)]+"config D\n\tbool\n")
				e.watched(name)
			}
		default:
			at := protocol.TextDocumentPositionParams{
				TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Position: position(b.text, place(), encoding),
			}
			requests := documentRequests(at, position(b.text, place(), encoding))
			methods := slices.Sorted(maps.Keys(requests))
			method := methods[next()%len(methods)]
			_, answer := e.start(method, requests[method])
			answers = append(answers, answer)
		}
	}
	e.settle()
	for _, answer := range answers {
		select {
		case raw, ok := <-answer:
			if !ok || strings.Contains(string(raw), `"code":-32603`) || strings.Contains(string(raw), `"code":-32602`) {
				t.Errorf("answered %s", raw)
			}
		default:
			t.Error("a request was not answered")
		}
	}
	// The texts agree: a selection at the end of each goes up to its end.
	for uri, b := range e.buffers {
		if !b.open {
			continue
		}
		end := position(b.text, len(b.text), encoding)
		var ranges []*protocol.SelectionRange
		e.call(protocol.MethodSelectionRange, protocol.SelectionRangeParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Positions: []protocol.Position{end},
		}, &ranges)
		last := ranges[0]
		for last.Parent != nil {
			last = last.Parent
		}
		if last.Range.End != end {
			t.Errorf("%s ends at %v, for the server at %v", uri, end, last.Range.End)
		}
	}
	e.finish()
}

// TestRandomSessions runs long sessions, which the fuzzer seldom gets to.
func TestRandomSessions(t *testing.T) {
	t.Parallel()
	for seed := range *randomSessions {
		random := rand.New(rand.NewPCG(uint64(seed), 5))
		input := make([]byte, 400)
		for i := range input {
			input[i] = byte(random.Uint32())
		}
		synctest.Test(t, func(t *testing.T) {
			fuzzSession(t, input, []protocol.PositionEncoding{protocol.UTF8, protocol.UTF16, protocol.UTF32}[seed%3])
		})
		if t.Failed() {
			t.Fatalf("session %d", seed)
		}
	}
}
