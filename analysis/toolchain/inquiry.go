package toolchain

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// inquiry is the world as one question may see it.
type inquiry struct {
	asker   *Asker
	ctx     context.Context
	trust   Trust
	dry     bool // nothing is run
	touched bool // something but the text was looked at
	cached  bool // an answer came from the cache
	ran     bool // a process was run
}

// maxScript is the longest script that is read, in bytes.
const maxScript = maxCommand

func (q *inquiry) variable(name string) (string, bool) {
	if name == "srctree" {
		return q.asker.options.Dir, true
	}
	if text, ok := q.asker.options.Variables[name]; ok {
		return text, true
	}
	text, ok := q.asker.options.Tools[name]
	return text, ok
}

func (q *inquiry) tool(argv []string) (*tool, []string, bool) { return match(q.asker.tools, argv) }

// untrusted is the reason of what may not be looked at.
func (q *inquiry) untrusted(tool, question string) error {
	if q.asker.options.RecordedOnly {
		return &unknown{Reason{Obstacle: NotRecorded, Tool: tool, Question: question, Why: "only recorded answers count", Remedy: recordAnew}}
	}
	return &unknown{Reason{Obstacle: NotTrusted, Tool: tool, Question: question, Why: whyNotTrusted, Remedy: trustProbe}}
}

// local returns the path of a file that is named from the top of the tree, or
// absolutely.
func (q *inquiry) local(name string) string {
	name = filepath.FromSlash(name)
	if !filepath.IsAbs(name) {
		name = filepath.Join(q.asker.options.Dir, name)
	}
	return filepath.Clean(name)
}

func (q *inquiry) find(name string) (string, error) {
	q.touched = true
	if q.trust < Probe {
		return "", q.untrusted(shortName(name), "whether it is installed")
	}
	if strings.Contains(name, "/") {
		kind, err := q.stat(name)
		if err != nil || !kind.executable || !kind.regular {
			return "", err
		}
		return name, nil
	}
	found, err := q.asker.searcher.find(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", outOfBounds(shortName(name), "whether it is installed", err)
	}
	return found.path, nil
}

// outOfBounds is the reason of a program that must not be run.
func outOfBounds(tool, question string, err error) error {
	r := Reason{Obstacle: NotRun, Tool: tool, Question: question, Why: err.Error()}
	if errors.Is(err, errOutOfBounds) {
		r.Obstacle, r.Remedy = OutOfBounds, "Name a tool outside of the workspace by its absolute path."
	}
	if errors.Is(err, errNoToolchain) {
		r.Remedy = "Run rustup default stable, or rustup override set stable in the tree."
	}
	return &unknown{r}
}

func (q *inquiry) stat(name string) (fileKind, error) {
	q.touched = true
	if q.trust < Probe {
		return fileKind{}, q.untrusted("", "whether there is "+shorten(name))
	}
	file := q.local(name)
	if runtime.GOOS == "windows" && strings.HasPrefix(file, `\\`) || !path.IsAbs(name) && !within(q.asker.options.Dir, file) {
		return fileKind{}, notUnderstood("it looks at a file outside of the tree, " + shorten(name))
	}
	info, err := q.asker.options.Files.Stat(file)
	if err != nil {
		return fileKind{}, nil
	}
	return fileKind{
		exists: true, regular: info.Mode().IsRegular(), directory: info.IsDir(),
		executable: runtime.GOOS == "windows" || info.Mode().Perm()&0o111 != 0, empty: info.Size() == 0,
	}, nil
}

func (q *inquiry) script(name string) (scriptFile, error) {
	if !strings.Contains(name, "/") {
		return scriptFile{}, nil
	}
	return q.file(name, maxScript)
}

// maxTreeFile is how much of a file of the tree that is no script is read, in bytes.
const maxTreeFile = 1 << 20

func (q *inquiry) text(name string) (scriptFile, error) { return q.file(name, maxTreeFile) }

// file reads a file of the tree up to a length.
func (q *inquiry) file(name string, limit int64) (scriptFile, error) {
	file := q.local(name)
	if !within(q.asker.options.Dir, file) {
		return scriptFile{}, nil
	}
	q.touched = true
	relative, err := filepath.Rel(q.asker.options.Dir, file)
	if err != nil {
		return scriptFile{}, nil
	}
	script := scriptFile{name: filepath.ToSlash(relative)}
	text, info, err := q.asker.options.Files.ReadFile(file, limit)
	if errors.Is(err, fs.ErrNotExist) {
		return script, nil
	}
	if err != nil {
		return script, &unknown{Reason{
			Obstacle: NotUnderstood, Tool: shortName(script.name), Why: "the script cannot be read: " + rootCause(err), Remedy: trustShell,
		}}
	}
	script.text, script.found = text, true
	script.executable = runtime.GOOS == "windows" || info.Mode().Perm()&0o111 != 0
	return script, nil
}

// ask runs a probe, or finds what it said before.
func (q *inquiry) ask(p *probe) (outcome, error) {
	q.touched = true
	name := p.tool.command()
	if q.trust < Probe {
		return outcome{}, q.untrusted(name, p.question)
	}
	a := q.asker
	found, err := a.locate(p.tool)
	if errors.Is(err, fs.ErrNotExist) {
		return outcome{Status: notFound}, nil
	}
	if err != nil {
		return outcome{}, outOfBounds(name, p.question, err)
	}
	if p.tool.role == bindings {
		for _, variable := range libclangNames {
			path := a.options.Libclang[variable]
			if path == "" {
				continue
			}
			if p.fresh && (!filepath.IsAbs(path) || a.searcher.inside(path)) {
				return outcome{}, &unknown{Reason{
					Obstacle: OutOfBounds, Tool: name, Question: p.question,
					Why: variable + " is in the workspace, or a relative path", Remedy: "Let it name a path outside of the workspace.",
				}}
			}
			if filepath.IsAbs(path) && !a.searcher.inside(path) {
				p.environment = append(p.environment, variable+"="+path)
			}
		}
	}
	prober := a.options.Prober
	key := cacheKey(p, a.companions(p.tool), found.path)
	if !p.fresh {
		if o, ok := prober.cache.get(found, key); ok {
			q.cached = true
			return o, nil
		}
	} else if o, ok := a.heard(key); ok {
		q.ran = true // for this asker, if not for this question
		return o, nil
	}
	r := Reason{Tool: name, Question: p.question}
	if q.dry {
		r.Obstacle, r.Why = NotAsked, "it was not asked yet"
		return outcome{}, &unknown{r}
	}
	if !a.spend() {
		return outcome{}, &unknown{tooMany(whyNoMore)}
	}
	q.ran = true
	o, err := prober.run(q.ctx, found, a.searcher, p)
	if err != nil {
		return outcome{}, &unknown{a.failed(err, r)}
	}
	if p.fresh {
		a.hear(key, o)
	} else {
		prober.cache.put(found, key, o)
	}
	return o, nil
}

// heard returns what a tool has said that is not kept on disk.
func (a *Asker) heard(key string) (outcome, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, ok := a.fresh[key]
	return o, ok
}

func (a *Asker) hear(key string, o outcome) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fresh[key] = o
}

// choice returns what rustup chooses for a tool, nil if the tool is not
// rustup's. Nothing is run.
func (q *inquiry) choice(t *tool) *rustupChoice {
	q.touched = true
	if q.trust < Probe || t.role != rustCompiler {
		return nil
	}
	found, err := q.asker.searcher.find(t.words[0])
	if err != nil {
		return nil
	}
	_, choice, _ := q.asker.behindRustup(found)
	return choice
}

// distribution is looked at only where tools are.
func (q *inquiry) distribution() Distribution {
	if q.trust < Probe {
		return Distribution{}
	}
	return q.asker.options.Prober.distribution()
}

// program returns where the program of a tool is, "" if that is not known.
func (q *inquiry) program(t *tool) string {
	q.touched = true
	if q.trust < Probe {
		return ""
	}
	found, err := q.asker.locate(t)
	if err != nil {
		return ""
	}
	return found.path
}

// locate returns the program of a tool.
func (a *Asker) locate(t *tool) (program, error) {
	for _, word := range t.words[1:] { // ccache and the like call what they are given
		if strings.ContainsAny(word, `/\`) && (!filepath.IsAbs(word) || a.searcher.inside(word)) {
			return program{}, errOutOfBounds
		}
	}
	found, err := a.searcher.find(t.words[0])
	if err == nil && t.role == rustCompiler {
		found, _, err = a.behindRustup(found)
	}
	return found, err
}

var compilerSuffix = regexp.MustCompile(`(gcc|clang|cc)(-[0-9.]+)?$`)

// companions returns the programs that a tool calls, as far as they are other
// packages: the assembler and the linker of a compiler.
func (a *Asker) companions(t *tool) []program {
	if t.role != compiler {
		return nil
	}
	var all []program
	for _, word := range t.words[1:] {
		if p, err := a.searcher.find(word); err == nil {
			all = append(all, p)
		}
	}
	prefix := compilerSuffix.ReplaceAllString(t.words[len(t.words)-1], "")
	names := []string{prefix + "as", prefix + "ld"}
	if prefix != "" && !filepath.IsAbs(prefix) {
		names = append(names, "as", "ld")
	}
	for _, name := range slices.Compact(names) {
		if p, err := a.searcher.find(name); err == nil {
			all = append(all, p)
		}
	}
	return all
}
