package analysis

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// loader reads the files of one project. Each file is read and parsed once.
// It is safe for concurrent use.
type loader struct {
	fsys    vfs.FS
	dir     string
	dialect parser.Dialect
	symbols *menu.Names
	paths   *menu.Names
	// summarize has files summarized as they are read, in parallel, and not when
	// somebody asks.
	summarize bool

	mu    sync.Mutex
	files map[string]*loaded // by path as in menu.File
}

// loaded is a file that was, or is being, read.
type loaded struct {
	once sync.Once
	// What follows is set with the loader's mutex held: others look at all files
	// while one is being read.
	file  *menu.File
	err   error
	stamp stamp // as of just before the file was read
}

// stamp tells versions of a file on disk apart.
type stamp struct {
	size     int64
	modified time.Time
}

func stampOf(fsys vfs.FS, path string) (stamp, bool) {
	info, err := fsys.Stat(path)
	if err != nil {
		return stamp{}, false
	}
	return stamp{info.Size(), info.ModTime()}, true
}

// newLoader returns a loader with room for about so many files.
func newLoader(fsys vfs.FS, dir string, dialect parser.Dialect, files int) *loader {
	return &loader{
		fsys: fsys, dir: dir, dialect: dialect,
		symbols: menu.NewNames(12 * files), paths: menu.NewNames(files),
		files: map[string]*loaded{}, summarize: true,
	}
}

// key turns a path in a source statement into the form that menu.File has.
func (l *loader) key(target string) string {
	target = path.Clean(filepath.ToSlash(target))
	if filepath.IsAbs(filepath.FromSlash(target)) || strings.HasPrefix(target, "../") {
		return relativeTo(l.dir, l.absolute(target))
	}
	return target
}

// absolute turns a path as in menu.File into one of the operating system.
func (l *loader) absolute(key string) string { return absoluteIn(l.dir, key) }

// absoluteIn returns the absolute path of a file of the tree in dir. A document that is no
// file is in no directory, and goes by its URI.
func absoluteIn(dir, key string) string {
	if dir == "" {
		return key
	}
	p := filepath.FromSlash(key)
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(dir, p)
}

// relativeTo returns the path of a file as menu.File has it: relative to the
// tree's directory if it lies below, else absolute; with slashes.
func relativeTo(dir, absolute string) string {
	if dir == "" {
		return absolute
	}
	if rel, err := filepath.Rel(dir, absolute); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(absolute)
}

// Load returns the file that a path names.
func (l *loader) Load(target string) (*menu.File, error) {
	key := l.key(target)
	l.mu.Lock()
	entry := l.files[key]
	if entry == nil {
		entry = &loaded{}
		l.files[key] = entry
	}
	l.mu.Unlock()
	entry.once.Do(func() {
		text, info, err := l.fsys.ReadFile(l.absolute(key), maxFileSize)
		var read loaded
		if err != nil {
			read.err = err
		} else {
			read.stamp = stamp{info.Size(), info.ModTime()}
			read.file = l.parse(key, text)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		entry.file, entry.err, entry.stamp = read.file, read.err, read.stamp
	})
	return entry.file, entry.err
}

// stamps returns the versions of the files that were read.
func (l *loader) stamps() map[string]stamp {
	l.mu.Lock()
	defer l.mu.Unlock()
	stamps := make(map[string]stamp, len(l.files))
	for key, e := range l.files {
		if e.file != nil {
			stamps[key] = e.stamp
		}
	}
	return stamps
}

// parse makes a file of a text.
func (l *loader) parse(key, text string) *menu.File {
	f := menu.NewFile(menu.FileID(l.paths.Number(key)), key, parser.Parse(text, l.dialect), l.symbols)
	if l.summarize {
		f.Summarize()
	}
	return f
}

// forget makes the loader read a file again when it is asked for.
func (l *loader) forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.files, key)
}

// Glob returns the files that match a pattern.
func (l *loader) Glob(pattern string) []string {
	matches, err := vfs.Glob(l.fsys, l.dir, filepath.FromSlash(pattern))
	if err != nil {
		return nil
	}
	for i, m := range matches {
		matches[i] = relativeTo(l.dir, m)
	}
	return matches
}

// all returns the files that were read, in no useful order.
func (l *loader) all() []*menu.File {
	l.mu.Lock()
	defer l.mu.Unlock()
	files := make([]*menu.File, 0, len(l.files))
	for _, e := range l.files {
		if e.file != nil {
			files = append(files, e.file)
		}
	}
	return files
}

// prefetch reads the files that source statements reach from a path, in
// parallel, as far as plain variables can tell. It is only about time: Link
// loads what it misses. It calls progress, if not nil, with the numbers of files
// read and known so far.
func (l *loader) prefetch(root string, variables menu.Variables, workers int, progress func(read, known int)) {
	p := prefetcher{loader: l, variables: variables, seen: map[string]bool{}}
	p.more = sync.NewCond(&p.mu)
	p.add(root)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { p.work(progress) })
	}
	wg.Wait()
}

type prefetcher struct {
	loader    *loader
	variables menu.Variables // to which nothing is assigned

	mu      sync.Mutex
	more    *sync.Cond
	queue   []string
	seen    map[string]bool
	running int
	done    int
}

func (p *prefetcher) add(target string) {
	if key := p.loader.key(target); !p.seen[key] {
		p.seen[key] = true
		p.queue = append(p.queue, key)
	}
}

func (p *prefetcher) work(progress func(read, known int)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		for len(p.queue) == 0 {
			if p.running == 0 {
				p.more.Broadcast()
				return
			}
			p.more.Wait()
		}
		key := p.queue[len(p.queue)-1]
		p.queue = p.queue[:len(p.queue)-1]
		p.running++
		p.mu.Unlock()
		f, err := p.loader.Load(key)
		var targets []string
		if err == nil {
			targets = p.targets(f)
		}
		p.mu.Lock()
		p.running--
		p.done++
		if progress != nil && p.done%64 == 0 {
			progress(p.done, len(p.seen))
		}
		for _, t := range targets {
			p.add(t)
		}
		p.more.Broadcast()
	}
}

// targets returns what a file includes.
func (p *prefetcher) targets(f *menu.File) []string {
	var targets []string
	for st := range f.Sources() {
		found, _, known := menu.Targets(f, st, p.variables, p.loader)
		if known {
			targets = append(targets, found...)
		}
	}
	return targets
}

// passOver reports whether the walk for Kconfig files leaves a directory below
// the top out, by its entries: what a build has made, and other projects, such
// as the kernel that Buildroot has unpacked.
func (l *loader) passOver(rel string, entries []fs.DirEntry) bool {
	has := map[string]bool{}
	for _, e := range entries {
		switch name := e.Name(); name {
		case "CMakeCache.txt":
			return true
		case "include", "scripts", "Kconfig", "Config.in", "Kconfig.zephyr", "Kconfig.host", "package":
			has[name] = true
		}
	}
	if has["include"] && vfs.Exists(l.fsys, filepath.Join(l.absolute(rel), "include", "config", "auto.conf")) {
		return true // what Kbuild's O= names
	}
	if has["Kconfig"] && (has["scripts"] || has["Kconfig.zephyr"] || has["Kconfig.host"]) || has["Config.in"] && has["package"] {
		p, ok := identify(l.fsys, l.absolute(rel))
		return ok && p.known
	}
	return false
}

// walk returns the paths of all files of the tree that are named as Kconfig
// files are.
func (l *loader) walk(stop func() bool) []string { return l.walkFor(stop, IsKconfigName) }

// walkFor returns the paths of all files of the tree with a wanted name. It passes over version control, build output, examples, tests of
// other tools, other projects, and directories that cannot be read. It follows
// no links: one may lead out of the tree, or around.
func (l *loader) walkFor(stop func() bool, wanted func(name string) bool) []string {
	var found []string
	pending := []string{"."}
	for len(pending) > 0 && !stop() {
		rel := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		entries, err := l.fsys.ReadDir(l.absolute(rel))
		if err != nil || rel != "." && l.passOver(rel, entries) {
			continue
		}
		for _, e := range entries {
			child := path.Join(rel, e.Name())
			switch {
			case !e.IsDir():
				if e.Type() == 0 && wanted(e.Name()) {
					found = append(found, child)
				}
			case strings.HasPrefix(e.Name(), "."), e.Name() == "node_modules",
				child == "scripts/kconfig/tests", child == "Documentation":
			default:
				pending = append(pending, child)
			}
		}
	}
	return found
}

// prefetchAll reads the given files in parallel. Files that cannot be read are
// passed over: nothing asked for them by name.
func (l *loader) prefetchAll(keys []string, workers int) {
	next := make(chan string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for key := range next {
				_, _ = l.Load(key)
			}
		})
	}
	for _, key := range keys {
		next <- key
	}
	close(next)
	wg.Wait()
}
