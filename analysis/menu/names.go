package menu

import (
	"strings"
	"sync"
)

// SymbolID stands for a symbol's name within one Names.
type SymbolID uint32

// FileID stands for a file's path within one Names.
type FileID uint32

// Numbering gives small numbers to strings.
type Numbering interface {
	Number(s string) uint32
}

// LocalNames is Names as one goroutine uses it: it remembers the numbers it has
// seen, so that it seldom meets the others at the lock.
type LocalNames struct {
	names *Names
	seen  map[string]uint32
}

// Local returns the names for the use of one goroutine.
func (n *Names) Local() *LocalNames {
	return &LocalNames{n, make(map[string]uint32, 1<<10)}
}

// Number returns the number of a string, a new one if it has none.
func (l *LocalNames) Number(s string) uint32 {
	if id, ok := l.seen[s]; ok {
		return id
	}
	id := l.names.Number(s)
	l.seen[s] = id
	return id
}

// Names gives small numbers to strings. Numbers are never taken back, so they
// hold for every snapshot of a tree; a string that was typed once costs its
// few bytes until the tree is loaded anew. It is safe for concurrent use.
type Names struct {
	mu    sync.RWMutex
	ids   map[string]uint32
	names []string
}

// NewNames returns an empty Names with room for n strings.
func NewNames(n int) *Names {
	return &Names{ids: make(map[string]uint32, n), names: make([]string, 0, n)}
}

// Number returns the number of a string, a new one if it has none.
func (n *Names) Number(s string) uint32 {
	n.mu.RLock()
	id, ok := n.ids[s]
	n.mu.RUnlock()
	if ok {
		return id
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if id, ok := n.ids[s]; ok {
		return id
	}
	s = strings.Clone(s) // do not hold on to the text it was cut from
	id = uint32(len(n.names))
	n.names = append(n.names, s)
	n.ids[s] = id
	return id
}

// Lookup returns the number of a string if it has one.
func (n *Names) Lookup(s string) (uint32, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	id, ok := n.ids[s]
	return id, ok
}

// String returns the string with the number.
func (n *Names) String(id uint32) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.names[id]
}

// Len returns how many strings have numbers.
func (n *Names) Len() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return len(n.names)
}
