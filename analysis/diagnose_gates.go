package analysis

import (
	"slices"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// gateCache holds what checks about gates found last in a tree's views, with the
// values of the tree's own .config. All versions of the tree share it. To find it takes
// a look at the whole view, so nobody does it while somebody types: FindGates does when
// there is time, and Diagnose shows what is still there of it.
type gateCache struct {
	mu    sync.Mutex
	views map[string]foundGates // by architecture
}

// foundGates is what was found with a model, values and Makefiles.
type foundGates struct {
	model  *cachedModel
	values *valuesOf
	build  buildVersion
	// byFile are the findings by the file that they stand in, so that what a key costs
	// does not grow with the tree.
	byFile map[menu.FileID][]check.GateFinding
}

func (c *gateCache) last(arch string) foundGates {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.views[arch]
}

func (c *gateCache) keep(arch string, found foundGates) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.views == nil {
		c.views = map[string]foundGates{}
	}
	c.views[arch] = found
}

// FindGates looks for what is wrong about gates in the default views of the trees
// that open documents belong to. It reports whether Diagnose has something new to
// say.
func FindGates(s *Snapshot) bool {
	news := false
	for _, r := range s.roots {
		for _, d := range s.documents {
			if d.single == nil && d.dir == r.Dir {
				news = r.findGates(s, r.arch) || news
				break
			}
		}
	}
	return news
}

// findGates looks for what is wrong about gates in a view.
func (r *Root) findGates(s *Snapshot, arch string) (news bool) {
	if r.Single {
		return false
	}
	before, build := r.gates.last(arch), r.buildVersion()
	values, err := s.configured(Configuration{Root: r, Arch: arch})
	if err != nil {
		r.gates.keep(arch, foundGates{})
		return len(before.byFile) > 0
	}
	c := r.cachedModel(arch)
	if c.model != values.model {
		return false // a newer tree has come in between
	}
	if before.model == c && before.values == values.valuesOf && before.build.same(build) {
		return false
	}
	set := r.gateSet(c)
	directories := r.buildDirectories(c.view)
	pass := &check.GatePass{
		Model: c.model, Gates: set, Sources: c.sources, Complete: r.Complete,
		View: c.view, Archs: r.archs, ViewOf: r.View,
		Objects: r.rustObjects(directories), Flags: r.givenFlags(directories),
	}
	values.mu.Lock()
	v := gateView{values.explained(), set}
	pass.Shut, pass.Explain = v.shut(values.exists), v.explainReference
	findings := check.RunGates(pass)
	values.mu.Unlock()
	byFile := map[menu.FileID][]check.GateFinding{}
	for _, f := range findings {
		if file := c.model.Nodes[f.At.Node].File; file != nil {
			byFile[file.ID] = append(byFile[file.ID], f)
		}
	}
	r.gates.keep(arch, foundGates{c, values.valuesOf, build, byFile})
	return len(before.byFile) > 0 || len(byFile) > 0
}

// shut returns the gates that are closed for sure: off under a configuration that
// there is, or off under any, with what tools have answered.
func (v gateView) shut(configured bool) []check.ShutGate {
	var all []check.ShutGate
	for i, a := range v.set.Languages {
		if v.languageState(a) != GateClosed || !configured && v.set.Reachable(i) {
			continue
		}
		g := Gating{Gate: v.set.Model.Symbols[a].Name}
		g.State = GateClosed
		v.explain(&g)
		all = append(all, check.ShutGate{Language: i, Reason: g.Reason, Fix: g.Fix})
	}
	return all
}

// explainReference says why a reference that asks a tool is n, or is not known.
func (v gateView) explainReference(a expr.Atom) (reason, fix string) {
	requirements := v.requirementsOf(a)
	if v.set.Model.Symbols[a].Kind == model.Answered {
		return failingOf(requirements)
	}
	if reason, fix = summaryOf(requirements, Unknown); reason == "" {
		for _, cause := range v.set.Model.Symbols[a].Causes {
			if reason = causeText(cause); reason != "" {
				return reason, v.root.explain(v.arch, cause)
			}
		}
	}
	return reason, fix
}

// failingOf says what is needed that tools do not have, and what was found, as part of
// a sentence, and what to do about it.
func failingOf(requirements []Requirement) (reason, fix string) {
	more := 0
	for _, r := range requirements {
		switch {
		case r.Advice || r.State != No:
		case reason == "":
			reason, fix = "it needs that "+r.Text, r.Fix
			if r.Reason != "" {
				reason += ", and " + r.Reason
			}
		default:
			more++
		}
	}
	if more > 0 {
		reason += "; and it needs " + plural(more, "more thing", "more things")
	}
	return reason, fix
}

// gateDiagnostics returns what was found about gates in a file, at the places where
// that is now. While somebody types it is what was found before, without what
// stood in lines that are others now.
func (c scope) gateDiagnostics() []Diagnostic {
	if c.root.Single {
		return nil
	}
	found := c.root.gates.last(c.arch)
	l := gateLines{scope: c, model: found.model, kept: map[*menu.File]*keptStatements{}}
	var all []Diagnostic
	for _, f := range found.byFile[c.file.ID] {
		if d, ok := l.diagnostic(f); ok {
			all = append(all, d)
		}
	}
	return all
}

// gateLines finds lines of a model in the tree as it is.
type gateLines struct {
	scope
	model *cachedModel
	kept  map[*menu.File]*keptStatements
}

func (l gateLines) diagnostic(f check.GateFinding) (Diagnostic, bool) {
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
	if f.Fix != nil {
		if file, st, ok := l.statement(f.Fix.At); ok {
			d.Fix = l.root.fix(file, st, f.Fix)
		}
	}
	return d, true
}

// statement returns the statement of a line in the current version of its file.
func (l gateLines) statement(line check.Line) (*menu.File, parser.Statement, bool) {
	from := l.model.model.Nodes[line.Node].File
	if from == nil {
		return nil, parser.Statement{}, false
	}
	kept := l.kept[from]
	if kept == nil {
		kept = newKeptStatements(from, l.root.Sources.File(from.ID), l.model.sources.SameMeaning(l.root.Sources))
		l.kept[from] = kept
	}
	st, ok := kept.at(int(line.Statement))
	return kept.to, st, ok && line.To <= st.Len()
}

// locationOf returns the bytes of a line's tokens.
func (l gateLines) locationOf(file *menu.File, st parser.Statement, line check.Line) Location {
	first, last := st.First(0), st.Len()-1
	if line.To > line.From {
		first, last = line.From, line.To-1
	} else {
		for last > first && (st.Token(last).Kind == parser.Comment || st.Token(last).Kind == parser.BadCharacter) {
			last--
		}
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
