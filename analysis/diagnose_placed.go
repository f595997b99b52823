package analysis

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/editorconfig"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// maxPlaces bounds how many inclusions of one file are looked at in a view.
const maxPlaces = 16

// surrounded is what is around a file as a whole, nil for nothing, and the views in
// which it is, by their index.
type surrounded struct {
	around *menu.Surrounding
	views  []int
}

// surroundingsIn returns what is around the files of several views. Where it is the same
// in many of them it comes once.
func surroundingsIn(sources *menu.Sources, views []*menu.View) map[menu.FileID][]surrounded {
	of := map[menu.FileID][]surrounded{}
	known := menu.NewSurroundings(sources)
	for i, view := range views {
		for id, around := range known.In(view) {
			all := of[id]
			at := slices.IndexFunc(all, func(s surrounded) bool { return s.around == around })
			if at < 0 {
				at = len(all)
				all = append(all, surrounded{around: around})
				of[id] = all
			}
			if views := all[at].views; len(views) == 0 || views[len(views)-1] != i {
				all[at].views = append(views, i)
			}
		}
	}
	return of
}

// placedDiagnostic is a diagnostic and the views in which it holds, by their index.
type placedDiagnostic struct {
	Diagnostic
	views []int
}

// in returns the diagnostic with the architectures of the views in which it holds.
func (d placedDiagnostic) in(archs []string) ArchDiagnostic {
	found := ArchDiagnostic{Diagnostic: d.Diagnostic}
	for _, view := range d.views {
		found.Archs = append(found.Archs, archs[view])
	}
	return found
}

// findPlaced runs the checks that look at the entries of a file with what is around them,
// once for each thing that is. A view that includes the file several times has what is
// found at all of the inclusions.
func (c scope) findPlaced(pass *check.FilePass, around []surrounded, wanted func(Text, []Diagnostic) []Diagnostic) []placedDiagnostic {
	if len(around) == 0 {
		around = []surrounded{{}}
	}
	var all []placedDiagnostic
	inclusions := map[int]int{} // by view
	index := map[identity]int{}
	for _, s := range around {
		for _, view := range s.views {
			inclusions[view]++
		}
		placed := check.PlacedPass{FilePass: pass, Outer: s.around}
		for _, d := range wanted(c.file.Tree, c.current(c.root.Sources, check.RunPlaced(&placed))) {
			key := identity{d.Location, d.Code, d.Message, d.Severity}
			i, ok := index[key]
			if !ok {
				i = len(all)
				index[key] = i
				all = append(all, placedDiagnostic{Diagnostic: d})
			}
			all[i].views = append(all[i].views, s.views...)
		}
	}
	if len(around) == 1 {
		return all
	}
	kept := all[:0]
	for _, d := range all {
		slices.Sort(d.views)
		var views []int
		for i, n := 0, 0; i < len(d.views); i += n {
			for n = 1; i+n < len(d.views) && d.views[i+n] == d.views[i]; {
				n++
			}
			if n == inclusions[d.views[i]] {
				views = append(views, d.views[i])
			}
		}
		if d.views = views; len(views) > 0 {
			kept = append(kept, d)
		}
	}
	return kept
}

// foundInBoth returns the findings that are among others as well.
func foundInBoth(found, others []check.LineFinding) []check.LineFinding {
	type identity struct {
		at            check.Line
		code, message string
	}
	identityOf := func(f check.LineFinding) identity { return identity{f.At, f.Code, f.Message} }
	among := map[identity]bool{}
	for _, f := range others {
		among[identityOf(f)] = true
	}
	return slices.DeleteFunc(found, func(f check.LineFinding) bool { return !among[identityOf(f)] })
}

// foundPlaced is what was found in a file with what is around its entries.
type foundPlaced struct {
	file   *menu.File
	around []*menu.Surrounding
	foundLines
}

// sameAs reports whether the version of a file and what is around it is what was looked
// at.
func (f foundPlaced) sameAs(file *menu.File, around []*menu.Surrounding) bool {
	return f.file == file && slices.EqualFunc(f.around, around, (*menu.Surrounding).Same)
}

// findPlacedInView looks at the entries of a file with what is around them in the default
// view, unless that is what it was. What holds at one inclusion of the file only is left
// out. It reports whether there is anything new to say.
func (c scope) findPlacedInView(styles *editorconfig.Reader) (news bool) {
	around := menu.NewSurroundings(c.root.Sources).Of(c.view, c.file.ID, maxPlaces)
	before := c.root.lines.placedIn(c.file.ID)
	if before.sameAs(c.file, around) {
		return false
	}
	pass := c.filePass(styles)
	places := around
	if len(places) == 0 {
		places = []*menu.Surrounding{nil}
	}
	var found []check.LineFinding
	for i, outer := range places {
		placed := check.RunPlaced(&check.PlacedPass{FilePass: pass, Outer: outer})
		if i == 0 {
			found = placed
			continue
		}
		found = foundInBoth(found, placed)
	}
	is := byFile(c.root.Sources, found)
	c.root.lines.keepPlaced(c.file.ID, foundPlaced{c.file, around, is})
	return len(before.byFile) > 0 || len(is.byFile) > 0
}
