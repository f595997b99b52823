package analysis

import (
	"context"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// deepFindings is what was found about all configurations of a view in the files that
// were looked at.
type deepFindings struct {
	model *deepModel
	files map[menu.FileID]foundDeepIn
}

// foundDeepIn is what was found in a file, with a model.
type foundDeepIn struct {
	model *deepModel
	foundLines
}

// of returns what was found in a file last.
func (d *deepFindings) of(file menu.FileID) foundLines {
	if d == nil {
		return foundLines{}
	}
	return d.files[file].foundLines
}

// FindDeep looks for what is wrong in open documents in all configurations at once, in
// the default views of the trees that they belong to. In the kernel that takes from
// some milliseconds to a second for a document; what was asked before about a tree that
// means the same is not asked again. It ends early when the context is done. It reports
// whether Diagnose may have something new to say.
func FindDeep(ctx context.Context, s *Snapshot) (news bool) {
	for _, r := range s.roots {
		if r.Single || !r.policy.AnyOn(check.Deep) {
			continue
		}
		for _, f := range r.openFiles(s) {
			if ctx.Err() != nil {
				return news
			}
			if r.View(r.arch).Reaches(f.ID) {
				news = r.findDeep(ctx, f) || news
			}
		}
	}
	return news
}

// openFiles returns the files of a tree that are open, sorted by path.
func (r *Root) openFiles(s *Snapshot) []*menu.File {
	var files []*menu.File
	for _, d := range s.documents {
		if c, ok := s.scope(d.Path); ok && c.root == r {
			files = append(files, c.file)
		}
	}
	slices.SortFunc(files, func(a, b *menu.File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// findDeep looks at one file, unless that was done with the same model.
func (r *Root) findDeep(ctx context.Context, f *menu.File) (news bool) {
	d := r.lines.deepModel(r)
	before, ok := r.lines.deepIn(r.arch, f.ID)
	if ok && before.model == d {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	found := foundDeepIn{model: d, foundLines: byFile(d.sources, nil)}
	if d.isDecidable() {
		d.pass.Within = func(other *menu.File) bool { return other.ID == f.ID }
		d.pass.OfUser = len(r.archs) > 1
		if !d.pass.OfUser && d.pass.Others == nil {
			d.pass.Others = &check.Views{} // there is no other view
		}
		result := check.RunDeep(ctx, d.pass)
		if !result.Complete {
			return false
		}
		findings := result.Findings
		if d.pass.Others != nil {
			findings = append(findings, check.DeadEverywhere(r.policy, []check.DeepResult{result}, d.pass.Others)...)
		}
		found.foundLines = byFile(d.sources, findings)
	}
	r.lines.keepDeep(r.arch, f.ID, found)
	return len(before.byFile) > 0 || len(found.byFile) > 0
}

// deepModel returns the model for questions about all configurations of the default
// view of a tree: the one before if the tree means the same.
func (c *lineCache) deepModel(r *Root) *deepModel {
	c.mu.Lock()
	found := c.deep[r.arch]
	c.mu.Unlock()
	if found != nil && found.model.view == r.View(r.arch) && found.model.sources.SameMeaning(r.Sources) && found.model.pass.Policy == r.policy {
		return found.model
	}
	d := r.makeDeepModel(r.arch)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.deep == nil {
		c.deep = map[string]*deepFindings{}
	}
	if found == nil {
		found = &deepFindings{files: map[menu.FileID]foundDeepIn{}}
		c.deep[r.arch] = found
	}
	found.model = d
	return d
}

func (c *lineCache) deepIn(arch string, file menu.FileID) (foundDeepIn, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.deep[arch].files[file]
	return found, ok
}

func (c *lineCache) keepDeep(arch string, file menu.FileID, found foundDeepIn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deep[arch].files[file] = found
}
