package parser

import "strings"

// Change says which chunks an edit replaced: the chunks [First, OldEnd) of the
// tree before by the chunks [First, NewEnd) of the tree after. All others are
// shared, in order.
type Change struct {
	First, OldEnd, NewEnd int
}

// Edit returns the tree of the text in which the bytes [start, end) are
// replaced. It lexes only damaged chunks again, and copies only their text.
// Offsets outside the text are clamped to it.
func (t *Tree) Edit(start, end int, replacement string) (*Tree, Change) {
	start = min(max(start, 0), t.Size())
	end = min(max(end, start), t.Size())
	if t.Size()-(end-start)+len(replacement) > MaxSize {
		panic("parser: text longer than MaxSize")
	}
	first := t.firstDamaged(start)
	// Two chunks behind the damage are nearly always enough to meet an old
	// boundary. A help text or a quote can reach further.
	for reach := 2; ; reach *= 4 {
		until := min(t.chunkAt(end)+reach, len(t.chunks))
		if fresh, next, ok := t.relex(first, until, start, end, replacement); ok {
			return t.splice(first, fresh, next), Change{First: first, OldEnd: next, NewEnd: first + len(fresh)}
		}
	}
}

// firstDamaged returns the first chunk that an edit from start on can change.
// An edit of a chunk's first line can change where a help text at the end of
// the chunk before it ends.
func (t *Tree) firstDamaged(start int) int {
	k := max(t.chunkAt(start), 0)
	if k > 0 {
		c := t.chunks[k]
		if strings.IndexByte(c.text[:start-int(c.start)], '\n') < 0 {
			k--
		}
	}
	return k
}

// relex reads the chunks [first, until) again, with the edit in them. It
// returns the new chunks and the first old chunk that needs no reading, and
// reports whether it met one: only then do the new chunks not depend on what
// lies behind the window.
func (t *Tree) relex(first, until, start, end int, replacement string) (fresh []span, next int, ok bool) {
	var origin span
	var before state
	if first < len(t.chunks) {
		origin = t.chunks[first]
		before = origin.before
	}
	windowEnd := t.Size()
	if until < len(t.chunks) {
		windowEnd = int(t.chunks[until].start)
	}
	text := t.Slice(int(origin.start), start) + replacement + t.Slice(end, windowEnd)
	shift := len(replacement) - (end - start) - int(origin.start) // from old offsets to the window's

	k := newChunker(text, t.dialect, before)
	next = first
	for int(k.pos) < len(text) {
		// The first chunk is always read: even where nothing of it is left,
		// what is behind it may join what is before it.
		if len(fresh) > 0 {
			for next < until && (int(t.chunks[next].start) < end || int(t.chunks[next].start)+shift < int(k.pos)) {
				next++
			}
			if next < until && int(t.chunks[next].start)+shift == int(k.pos) && t.chunks[next].before == k.state {
				return fresh, next, true
			}
		}
		origin.chunk = new(chunk)
		k.next(origin.chunk)
		fresh = append(fresh, origin)
		origin = origin.after()
	}
	return fresh, until, until == len(t.chunks)
}

// splice returns the tree with the chunks [first, next) replaced.
func (t *Tree) splice(first int, fresh []span, next int) *Tree {
	edited := &Tree{dialect: t.dialect}
	edited.chunks = make([]span, 0, first+len(fresh)+len(t.chunks)-next)
	edited.chunks = append(edited.chunks, t.chunks[:first]...)
	edited.chunks = append(edited.chunks, fresh...)
	at := edited.end()
	for _, c := range t.chunks[next:] {
		at.chunk = c.chunk
		edited.chunks = append(edited.chunks, at)
		at = at.after()
	}
	if sameStructure(t.chunks[first:next], fresh) {
		edited.blocks = t.blocks
	} else {
		edited.blocks = newStructure(edited)
	}
	return edited
}

// sameStructure reports whether replacing the old chunks by the new ones
// leaves the nesting of blocks as it was, statement numbers included.
func sameStructure(old, fresh []span) bool {
	if len(old) != len(fresh) {
		return false
	}
	for i := range old {
		a, b := old[i].chunk, fresh[i].chunk
		if len(a.statements) != len(b.statements) || len(a.structure) != len(b.structure) || a.significant != b.significant {
			return false
		}
		for j := range a.structure {
			if a.structure[j] != b.structure[j] || a.statements[a.structure[j]].kind != b.statements[b.structure[j]].kind {
				return false
			}
		}
	}
	return true
}
