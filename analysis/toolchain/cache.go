package toolchain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// CacheDir returns the directory in which answers of tools are kept for the
// user, or "" if there is none.
func CacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "kconfig-ls", "tools")
}

// The cache is a file for each program, by its path. What is in it counts as
// long as the program has the same size and time of change, and is replaced as
// a whole after that. A file that cannot be read, or is of another version, is
// as good as none.

const (
	cacheVersion = 1
	maxCacheFile = 8 << 20
	maxAnswers   = 4096     // for each program
	maxKept      = 64 << 10 // bytes of an answer
)

// cacheFile is the form of a file.
type cacheFile struct {
	Version  int
	Program  string // what it is, behind links
	Size     int64
	Modified int64 // nanoseconds since 1970
	Answers  map[string]cachedOutcome
}

// cachedOutcome is an outcome. Its texts may be any bytes.
type cachedOutcome struct {
	Status int
	Out    []byte            `json:",omitempty"`
	ErrOut []byte            `json:",omitempty"`
	Files  map[string][]byte `json:",omitempty"`
}

// cache keeps outcomes of probes, without a directory as long as it lives.
type cache struct {
	dir   string
	mu    sync.Mutex
	files map[string]*cacheFile // by path of the file, as last read or written
}

func newCache(dir string) *cache { return &cache{dir: dir, files: map[string]*cacheFile{}} }

// read returns what is in a file.
func (c *cache) read(path string) *cacheFile {
	if c.dir == "" {
		return c.files[path]
	}
	return readCache(path)
}

// cacheKey stands for a probe: for all that its outcome depends on, besides the
// program itself.
func cacheKey(p *probe, companions []program, path string) string {
	h := sha256.New()
	put := func(texts ...string) {
		for _, text := range texts {
			fmt.Fprintf(h, "%d:%s,", len(text), text)
		}
	}
	put(path, p.in)
	put(p.tool.words...)
	put("-")
	put(p.arguments...)
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		put("file", name, p.files[name])
	}
	put(p.keep...)
	for _, c := range companions {
		put("with", c.resolved, fmt.Sprint(c.size), fmt.Sprint(c.modified.UnixNano()))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// file returns where the answers of a program are kept.
func (c *cache) file(of program) string {
	sum := sha256.Sum256([]byte(of.resolved))
	name := strings.Map(func(r rune) rune {
		if r < 0x80 && (isNameByte(byte(r), false) || r == '-' || r == '.') {
			return r
		}
		return '_'
	}, filepath.Base(of.resolved))
	return filepath.Join(c.dir, fmt.Sprintf("%.40s-%x.json", name, sum[:8]))
}

// get returns the outcome of a probe of a program.
func (c *cache) get(of program, key string) (outcome, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	path := c.file(of)
	f := c.files[path]
	if !f.holds(of) {
		if f = c.read(path); !f.holds(of) {
			return outcome{}, false
		}
		c.files[path] = f
	}
	kept, ok := f.Answers[key]
	if !ok {
		return outcome{}, false
	}
	o := outcome{Status: kept.Status, Out: string(kept.Out), ErrOut: string(kept.ErrOut)}
	for name, data := range kept.Files {
		if o.Files == nil {
			o.Files = map[string]string{}
		}
		o.Files[name] = string(data)
	}
	return o, true
}

// holds reports whether a file is about a program as it is now.
func (f *cacheFile) holds(of program) bool {
	return f != nil && f.Version == cacheVersion && f.Program == of.resolved &&
		f.Size == of.size && f.Modified == of.modified.UnixNano()
}

// put keeps the outcome of a probe, if it can.
func (c *cache) put(of program, key string, o outcome) {
	kept := cachedOutcome{Status: o.Status, Out: []byte(o.Out), ErrOut: []byte(o.ErrOut)}
	size := len(o.Out) + len(o.ErrOut)
	for name, text := range o.Files {
		if kept.Files == nil {
			kept.Files = map[string][]byte{}
		}
		kept.Files[name] = []byte(text)
		size += len(text)
	}
	if size > maxKept {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	path := c.file(of)
	f := c.read(path) // another process may have written it
	if !f.holds(of) {
		f = &cacheFile{Version: cacheVersion, Program: of.resolved, Size: of.size, Modified: of.modified.UnixNano()}
	}
	if f.Answers == nil || len(f.Answers) >= maxAnswers {
		f.Answers = map[string]cachedOutcome{}
	}
	f.Answers[key] = kept
	c.files[path] = f
	if c.dir != "" { // what is not written is asked again the next time
		_ = writeCache(path, f)
	}
}

// readCache returns what is in a file, nil if that is nothing sensible.
func readCache(path string) *cacheFile {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxCacheFile {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	f := new(cacheFile)
	if json.Unmarshal(data, f) != nil {
		return nil
	}
	return f
}

// writeCache writes a file so that others see the old one or the new one.
func writeCache(path string, f *cacheFile) error {
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // if it was not renamed
	_, err = temporary.Write(data)
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}
