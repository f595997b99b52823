package analysis

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// TestRefactorKernel makes all refactorings of a kind at once that a kernel has places
// for, if they claim to keep the meaning without a look at the whole tree. The models of
// two architectures must be what they were, and with them all configurations. Of those
// that take such a look some are made one by one.
func TestRefactorKernel(t *testing.T) {
	dir := needDirectory(t, "KCONFIG_LS_LINUX")
	s, root := reloaded(t, dir, Settings{Arch: "x86", Environment: map[string]string{}})
	byID := map[string]map[string][]Edit{}
	var verified []Refactoring
	for f := range root.Sources.Files() {
		if !root.View("x86").Reaches(f.ID) {
			continue
		}
		for st := range f.Tree.All() {
			i := st.First(0)
			if i >= st.Len() {
				continue
			}
			at := int(st.Token(st.Len() - 1).End)
			c, _ := s.scope(root.Path(f))
			place := newRefactorScope(c, at, at)
			for _, find := range append(refactorers(), wrapInIf) {
				find(place)
			}
			for _, r := range place.found {
				switch {
				case r.Unverified:
					verified = append(verified, r)
				case r.KeepsMeaning && r.Refused == "":
					if byID[r.ID] == nil {
						byID[r.ID] = map[string][]Edit{}
					}
					for _, file := range r.Files {
						byID[r.ID][file.Path] = append(byID[r.ID][file.Path], file.Edits...)
					}
				}
			}
		}
	}
	for _, id := range []string{"join-defaults", "split-default", "split-type", "join-type", "sort-lines", "menuconfig", "config"} {
		if len(byID[id]) == 0 {
			t.Errorf("%s: not offered anywhere", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		files, n := nonOverlapping(byID[id])
		after := root.edited(files, nil)
		for _, arch := range []string{"x86", "arm64"} {
			if d := model.Differ(root.Model(arch), after.freshModel(arch)); d.What != "" {
				t.Errorf("%s: %s differs for %s", id, d.What, arch)
			}
		}
		t.Logf("%s: %d edits in %d files", id, n, len(files))
	}
	checkVerified(t, root, verified)
}

// checkVerified makes one in some of the refactorings that the model is asked about.
func checkVerified(t *testing.T, root *Root, verified []Refactoring) {
	t.Helper()
	const tried = 6
	was := configurations(root, "x86")
	outcome := map[string]int{}
	for i := 0; i < len(verified); i += max(1, len(verified)/tried) {
		r, err := Verify(verified[i])
		switch {
		case err != nil:
			t.Errorf("%s: %v", r.Title, err)
			continue
		case r.Effect != "":
			outcome[r.ID+" with an effect"]++
			continue
		}
		outcome[r.ID]++
		is := configurations(root.edited(r.Files, r.New), "x86")
		for name := range was {
			if is[name] != was[name] {
				t.Errorf("%s: %s differs", r.Title, name)
			}
		}
	}
	t.Logf("%d verified, of these tried: %v", len(verified), outcome)
}

// nonOverlapping returns edits without those that change what an earlier one does.
func nonOverlapping(byPath map[string][]Edit) (files []FileEdit, n int) {
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		edits := byPath[path]
		slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
		kept := edits[:0]
		for _, e := range edits {
			if len(kept) == 0 || e.Start >= kept[len(kept)-1].End && e != kept[len(kept)-1] {
				kept = append(kept, e)
			}
		}
		files, n = append(files, FileEdit{path, kept}), n+len(kept)
	}
	return files, n
}
