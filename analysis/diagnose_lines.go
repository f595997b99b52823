package analysis

import (
	"slices"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/editorconfig"
	"github.com/kconfig-ls/kconfig-ls/analysis/format"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// lineCache holds what was found last at lines of a tree by checks that take too long
// while somebody types. All versions of the tree share it. FindLines fills it when
// there is time, and Diagnose shows what is still there of it.
type lineCache struct {
	mu sync.Mutex
	// files and placed are by file, views and gates by architecture.
	files  map[menu.FileID]foundLines
	placed map[menu.FileID]foundPlaced
	views  map[string]foundInView
	gates  map[string]foundGates
	deep   map[string]*deepFindings
}

// foundLines is what was found in one version of a tree.
type foundLines struct {
	sources *menu.Sources
	// byFile are the findings by the file that they stand in, so that what a key costs
	// does not grow with the tree.
	byFile map[menu.FileID][]check.LineFinding
}

// foundInView is what was found with a model.
type foundInView struct {
	model *cachedModel
	foundLines
}

// byFile sorts findings in a version of a tree by file.
func byFile(sources *menu.Sources, findings []check.LineFinding) foundLines {
	found := foundLines{sources, map[menu.FileID][]check.LineFinding{}}
	for _, f := range findings {
		found.byFile[f.At.File.ID] = append(found.byFile[f.At.File.ID], f)
	}
	return found
}

// of returns all that was found in a file.
func (c *lineCache) of(file menu.FileID, arch string) [5]foundLines {
	c.mu.Lock()
	defer c.mu.Unlock()
	return [5]foundLines{c.files[file], c.placed[file].foundLines, c.views[arch].foundLines, c.gates[arch].foundLines, c.deep[arch].of(file)}
}

func (c *lineCache) gatesOf(arch string) foundGates {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gates[arch]
}

func (c *lineCache) keepGates(arch string, found foundGates) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gates == nil {
		c.gates = map[string]foundGates{}
	}
	c.gates[arch] = found
}

func (c *lineCache) inView(arch string) foundInView {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.views[arch]
}

func (c *lineCache) keepView(arch string, found foundInView) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.views == nil {
		c.views = map[string]foundInView{}
	}
	c.views[arch] = found
}

// sourcesOf returns the version of the tree with which a file was looked at last.
func (c *lineCache) sourcesOf(file menu.FileID) *menu.Sources {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.files[file].sources
}

// keepFile keeps what was found in a file, and reports whether that or what was found
// before is anything.
func (c *lineCache) keepFile(file menu.FileID, found foundLines) (news bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files == nil {
		c.files = map[menu.FileID]foundLines{}
	}
	before := c.files[file]
	c.files[file] = found
	return len(before.byFile) > 0 || len(found.byFile) > 0
}

func (c *lineCache) placedIn(file menu.FileID) foundPlaced {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.placed[file]
}

func (c *lineCache) keepPlaced(file menu.FileID, found foundPlaced) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.placed == nil {
		c.placed = map[menu.FileID]foundPlaced{}
	}
	c.placed[file] = found
}

// FindLines looks for what is wrong in open documents, and in the default views of the
// trees that they belong to, by checks that take too long while somebody types. It
// reports whether Diagnose may have something new to say.
func FindLines(s *Snapshot) bool {
	news := false
	open := map[*Root]bool{}
	for _, d := range s.documents {
		if r := s.Root(d.Path); r != nil {
			open[r] = true
		}
		if c, ok := s.scope(d.Path); ok {
			news = c.findLines(c.root.newStyles()) || news
		}
	}
	for _, r := range s.roots {
		if open[r] {
			news = r.findInView(r.arch) || news
			news = r.findGates(s, r.arch) || news
		}
	}
	return news
}

// findLines looks for what is wrong in one file, and with what is around it, unless that
// was done for this version of the tree.
func (c scope) findLines(styles *editorconfig.Reader) (news bool) {
	if c.root.lines.sourcesOf(c.file.ID) == c.root.Sources {
		return false
	}
	news = c.root.lines.keepFile(c.file.ID, byFile(c.root.Sources, check.RunFile(c.filePass(styles))))
	return c.findPlacedInView(styles) || news
}

// filePass returns what checks look at in one file.
func (c scope) filePass(styles *editorconfig.Reader) *check.FilePass {
	return &check.FilePass{
		File: c.file, Dialect: c.root.Dialect, Policy: c.root.policy,
		Sources: c.root.Sources, Complete: c.root.Complete, Reached: c.isReached,
		Style: func() format.Style { return c.style(styles) },
	}
}

// isReached reports whether the view of any architecture includes the file, or may
// include it by a line that could not be followed.
func (c scope) isReached() bool {
	if c.view.Reaches(c.file.ID) || c.root.alone || c.root.Single {
		return true
	}
	archs := c.root.archs
	if len(archs) == 0 {
		archs = []string{c.arch}
	}
	for _, arch := range archs {
		if view := c.root.View(arch); view.Reaches(c.file.ID) || view.Unresolved(c.root.Sources) {
			return true
		}
	}
	return false
}

// findInView runs the checks that look at the model of a view, unless that is what it
// was.
func (r *Root) findInView(arch string) (news bool) {
	if r.Single {
		return false
	}
	before, c := r.lines.inView(arch), r.cachedModel(arch)
	if before.model == c {
		return false
	}
	pass := r.modelPass(c)
	found := foundInView{c, byFile(c.sources, check.RunModel(&pass))}
	r.lines.keepView(arch, found)
	return len(before.byFile) > 0 || len(found.byFile) > 0
}

// modelPass returns what checks look at in a model.
func (r *Root) modelPass(c *cachedModel) check.ModelPass {
	return check.ModelPass{
		Model: c.model, Policy: r.policy, Sources: c.sources, Complete: r.Complete, View: c.view,
	}
}

// lineDiagnostics returns what was found in a file by checks that take their time, at
// the places where that is now. While somebody types it is what was found before,
// without what stood in lines that are others now.
func (c scope) lineDiagnostics() []Diagnostic {
	var all []Diagnostic
	for _, found := range c.root.lines.of(c.file.ID, c.arch) {
		all = append(all, c.current(found.sources, found.byFile[c.file.ID])...)
	}
	return all
}

// current returns findings of a version of the tree in the tree as it is.
func (c scope) current(sources *menu.Sources, findings []check.LineFinding) []Diagnostic {
	l := currentLines{scope: c, sources: sources, kept: map[*menu.File]*keptStatements{}}
	var all []Diagnostic
	for _, f := range findings {
		if d, ok := l.diagnostic(f); ok {
			all = append(all, d)
		}
	}
	return all
}

// currentLines finds lines of a version of a tree in the tree as it is.
type currentLines struct {
	scope
	// sources are what was looked at.
	sources *menu.Sources
	kept    map[*menu.File]*keptStatements
}

func (l currentLines) diagnostic(f check.LineFinding) (Diagnostic, bool) {
	file, st, ok := l.statement(f.At)
	if !ok {
		return Diagnostic{}, false
	}
	d := Diagnostic{
		Location: l.locationOf(file, st, f.At), Code: f.Code, Severity: f.Severity, Message: f.Message,
		Symbol: f.Symbol, Unnecessary: f.Unnecessary,
	}
	for _, related := range f.Related {
		if file, st, ok := l.statement(related.Line); ok {
			d.Related = append(d.Related, RelatedLocation{l.locationOf(file, st, related.Line), related.Message})
		}
	}
	for _, related := range f.Files {
		d.Related = append(d.Related, RelatedLocation{Location{related.Path, related.Start, related.End}, related.Message})
	}
	d.Fix = l.fix(f.Fix)
	return d, true
}

// statement returns the statement of a line in the current version of its file.
func (l currentLines) statement(line check.Line) (*menu.File, parser.Statement, bool) {
	from := line.File
	kept := l.kept[from]
	if kept == nil {
		kept = newKeptStatements(from, l.root.Sources.File(from.ID), l.sources.SameMeaning(l.root.Sources))
		l.kept[from] = kept
	}
	st, ok := kept.at(int(line.Statement))
	return kept.to, st, ok && line.To <= st.Len()
}

// locationOf returns the bytes that a line means.
func (l currentLines) locationOf(file *menu.File, st parser.Statement, line check.Line) Location {
	if line.End > 0 {
		size := st.End - st.Start
		return Location{l.root.Path(file), int(st.Start + min(line.Start, size)), int(st.Start + min(line.End, size))}
	}
	first, last := st.First(0), st.Len()-1
	if line.To > line.From {
		first, last = line.From, line.To-1
	} else {
		for last > first && (st.Token(last).Kind == parser.Comment || st.Token(last).Kind == parser.BadCharacter) {
			last--
		}
	}
	if first >= st.Len() {
		return Location{l.root.Path(file), int(st.Start), int(st.Start)}
	}
	return Location{l.root.Path(file), int(st.Token(first).Start), int(st.Token(last).End)}
}

// keptStatements are the statements of an older version of a file that are still
// there: those before and behind what was edited.
type keptStatements struct {
	from, to *menu.File
	// head and tail are how many statements at the beginning and at the end both
	// versions share.
	head, tail int
	// olds and news are the statements with a meaning between these; the first few of
	// them, and the last few, are the same.
	olds, news     []int
	before, behind int
}

// newKeptStatements compares two versions of a file, the newer of which may be nil.
// All statements are the same if they have the same meaning. What both share by an
// edit is not looked at.
func newKeptStatements(from, to *menu.File, sameMeaning bool) *keptStatements {
	k := &keptStatements{from: from, to: to}
	if to == nil || from == to {
		return k
	}
	k.head, k.tail = from.Tree.Shared(to.Tree)
	k.olds, k.news = meaningful(from, k.head, k.tail), meaningful(to, k.head, k.tail)
	most := min(len(k.olds), len(k.news))
	if sameMeaning {
		k.before = most
		return k
	}
	same := func(i, j int) bool { return from.Tree.At(k.olds[i]).Text() == to.Tree.At(k.news[j]).Text() }
	for k.before < most && same(k.before, k.before) {
		k.before++
	}
	for k.behind < most-k.before && same(len(k.olds)-1-k.behind, len(k.news)-1-k.behind) {
		k.behind++
	}
	return k
}

// meaningful returns the statements of a file that are no blank lines, comments or
// help texts, but for some at the beginning and at the end.
func meaningful(f *menu.File, head, tail int) []int {
	var all []int
	for st := range f.Tree.From(head) {
		if st.Index >= f.Tree.Len()-tail {
			break
		}
		if menu.HasMeaning(st) {
			all = append(all, st.Index)
		}
	}
	return all
}

// at returns what a statement is in the newer version.
func (k *keptStatements) at(statement int) (parser.Statement, bool) {
	switch {
	case k.to == nil:
		return parser.Statement{}, false
	case k.from == k.to || statement < k.head:
		return k.to.Tree.At(statement), true
	case statement >= k.from.Tree.Len()-k.tail:
		return k.to.Tree.At(statement + k.to.Tree.Len() - k.from.Tree.Len()), true
	}
	i, ok := slices.BinarySearch(k.olds, statement)
	switch {
	case !ok:
		return parser.Statement{}, false
	case i < k.before:
		return k.to.Tree.At(k.news[i]), true
	case i >= len(k.olds)-k.behind:
		return k.to.Tree.At(k.news[len(k.news)-len(k.olds)+i]), true
	}
	return parser.Statement{}, false
}
