package lsp

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// TestMapper compares the mapper with the plain one of the tests, for each
// offset of random texts in random order, and back.
func TestMapper(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "config A", "\n", "\n", "\r\n", "\r", "é", "漢", "😀", "\xff", "\xe6\xbc", "\t", " ", "\x00", "\uFFFD"}
	for range 300 {
		var b strings.Builder
		for range random.IntN(60) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		tree := parser.Parse(text, parser.Linux(6, 12))
		for _, encoding := range []protocol.PositionEncoding{protocol.UTF8, protocol.UTF16, protocol.UTF32} {
			m := newMapper(tree, encoding)
			boundaries := []int{len(text)}
			for i := range text {
				if !strings.HasPrefix(text[i:], "\n") || !strings.HasSuffix(text[:i], "\r") {
					boundaries = append(boundaries, i)
				}
			}
			random.Shuffle(len(boundaries), func(i, j int) { boundaries[i], boundaries[j] = boundaries[j], boundaries[i] })
			for _, at := range boundaries {
				want := position(text, at, encoding)
				if got := m.position(at); got != want {
					t.Fatalf("%q in %s: offset %d is at %v, want %v", text, encoding, at, got, want)
				}
				if got := m.offset(want); got != at {
					t.Fatalf("%q in %s: position %v is at %d, want %d", text, encoding, want, got, at)
				}
			}
		}
	}
}

// TestMapperClamps asks for what is not in the text.
func TestMapperClamps(t *testing.T) {
	tree := parser.Parse("é😀\r\nab\n", parser.Linux(6, 12))
	for _, encoding := range []protocol.PositionEncoding{protocol.UTF8, protocol.UTF16, protocol.UTF32} {
		m := newMapper(tree, encoding)
		for _, test := range []struct {
			line, character uint32
			want            int
		}{{0, 100, 6}, {1, 100, 10}, {2, 5, 11}, {9, 0, 11}, {1<<32 - 1, 1<<32 - 1, 11}} {
			if got := m.offset(protocol.Position{Line: test.line, Character: test.character}); got != test.want {
				t.Errorf("%s: %d:%d is at %d, want %d", encoding, test.line, test.character, got, test.want)
			}
		}
		// Inside of a character counts as before it.
		inside := map[protocol.PositionEncoding]uint32{protocol.UTF8: 4, protocol.UTF16: 2}[encoding]
		if got := m.offset(protocol.Position{Character: inside}); inside > 0 && got != 2 {
			t.Errorf("%s: inside of the second character is at %d, want 2", encoding, got)
		}
		if m.position(-1) != (protocol.Position{}) || m.position(1000) != (protocol.Position{Line: 2}) {
			t.Errorf("%s: offsets outside are at %v and %v", encoding, m.position(-1), m.position(1000))
		}
	}
}
