package analysis

import (
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// cycleCache holds the circular dependencies of a tree's views as they were
// found last. All versions of the tree share it. To find them takes a walk of
// the whole view, so nobody does it while somebody types: FindCycles fills the
// cache when there is time, and Diagnose uses what is still true of it.
type cycleCache struct {
	mu    sync.Mutex
	views map[string]foundCycles // by architecture
}

// foundCycles are the circles of one version of a tree.
type foundCycles struct {
	sources  *menu.Sources
	view     *menu.View
	findings []check.Finding
}

// known returns the circles in a view of the tree, if what was found last
// still holds.
func (c *cycleCache) known(r *Root, arch string, view *menu.View) ([]check.Finding, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	last, ok := c.views[arch]
	switch {
	case !ok || last.view != view || !last.sources.SameDependencies(r.Sources):
		return nil, false
	case len(last.findings) > 0 && last.sources != r.Sources:
		return nil, false // the places have moved
	}
	return last.findings, true
}

// FindCycles looks for circular dependencies in the default views of the trees
// that open documents belong to. It reports whether there was anything to find
// out that Diagnose did not know.
func FindCycles(s *Snapshot) bool {
	news := false
	for _, r := range s.roots {
		for _, d := range s.documents {
			if d.single == nil && d.dir == r.Dir {
				news = r.findCycles(r.arch) || news
				break
			}
		}
	}
	return news
}

func (r *Root) findCycles(arch string) (news bool) {
	if _, ok := r.cycles.known(r, arch, r.View(arch)); ok {
		return false
	}
	return r.findCyclesIn(r.cachedModel(arch), arch)
}

// findCyclesIn looks for circular dependencies in a view, whose model tells whether
// there can be any.
func (r *Root) findCyclesIn(c *cachedModel, arch string) (news bool) {
	var findings []check.Finding
	if c.model.MayBeCircular() || c.model.Err != nil || len(c.model.Gaps) > 0 {
		findings = check.Cycles(r.Sources, c.view, r.Dialect)
	}
	r.cycles.mu.Lock()
	defer r.cycles.mu.Unlock()
	before := r.cycles.views[arch]
	if r.cycles.views == nil {
		r.cycles.views = map[string]foundCycles{}
	}
	r.cycles.views[arch] = foundCycles{r.Sources, c.view, findings}
	return len(findings) > 0 || len(before.findings) > 0
}
