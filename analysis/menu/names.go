package menu

import (
	"hash/maphash"
	"strings"
	"sync"
)

// SymbolID stands for a symbol's name within one Names.
type SymbolID uint32

// FileID stands for a file's path within one Names.
type FileID uint32

// Names gives small numbers to strings. Numbers are never taken back, so they
// hold for every snapshot of a tree; a string that was typed once costs its
// few bytes until the tree is loaded anew. It is safe for concurrent use.
//
// The strings are spread over shards with a lock each, so that the goroutines
// that read a tree seldom meet. A number tells its shard and its place there.
type Names struct {
	seed   maphash.Seed
	shards [nameShards]nameShard
}

const nameShards = 32

type nameShard struct {
	mu    sync.RWMutex
	ids   map[string]uint32
	names []string
}

// NewNames returns an empty Names with room for about n strings.
func NewNames(n int) *Names {
	names := &Names{seed: maphash.MakeSeed()}
	for i := range names.shards {
		names.shards[i].ids = make(map[string]uint32, n/nameShards)
	}
	return names
}

// Number returns the number of a string, a new one if it has none.
func (n *Names) Number(s string) uint32 {
	i := uint32(maphash.String(n.seed, s) % nameShards)
	shard := &n.shards[i]
	shard.mu.Lock()
	defer shard.mu.Unlock()
	if id, ok := shard.ids[s]; ok {
		return id
	}
	s = strings.Clone(s) // do not hold on to the text it was cut from
	id := uint32(len(shard.names))*nameShards + i
	shard.names = append(shard.names, s)
	shard.ids[s] = id
	return id
}

// Lookup returns the number of a string if it has one.
func (n *Names) Lookup(s string) (uint32, bool) {
	shard := &n.shards[maphash.String(n.seed, s)%nameShards]
	shard.mu.RLock()
	defer shard.mu.RUnlock()
	id, ok := shard.ids[s]
	return id, ok
}

// String returns the string with the number.
func (n *Names) String(id uint32) string {
	shard := &n.shards[id%nameShards]
	shard.mu.RLock()
	defer shard.mu.RUnlock()
	return shard.names[id/nameShards]
}

// Len returns a number above all numbers that were given out. Not every number
// below it has a string.
func (n *Names) Len() int {
	most := 0
	for i := range n.shards {
		shard := &n.shards[i]
		shard.mu.RLock()
		most = max(most, len(shard.names))
		shard.mu.RUnlock()
	}
	return most * nameShards
}

// Count returns how many strings have numbers.
func (n *Names) Count() int {
	count := 0
	for i := range n.shards {
		shard := &n.shards[i]
		shard.mu.RLock()
		count += len(shard.names)
		shard.mu.RUnlock()
	}
	return count
}
