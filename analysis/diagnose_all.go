package analysis

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/editorconfig"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// Survey says what DiagnoseAll looks at.
type Survey struct {
	// Archs are the architectures whose views are looked at. The empty name
	// stands for the default view; so does an empty list.
	Archs []string
	// Within reports whether the file with the absolute path is looked at, nil
	// for all files. It is called from any goroutine.
	Within func(path string) bool
	// Unreached adds the files of the tree that none of the views reaches.
	Unreached bool
	// Deep adds what takes a look at all configurations: some seconds for each view of
	// the kernel.
	Deep bool
	// Suppressed adds what somebody does not want.
	Suppressed bool
	// WithoutHints leaves out the rules whose findings are hints, so that they cost
	// nothing.
	WithoutHints bool
}

// ArchDiagnostic is a diagnostic with the views in which it holds.
type ArchDiagnostic struct {
	Diagnostic
	// Archs are the architectures in whose views it holds, sorted as they were
	// asked for. It is nil if it holds in each of the views that reach the file.
	Archs []string
}

// DiagnoseAll returns what is wrong with the files of a tree in any of several
// views, each finding once, sorted by path and place, and how many files were
// looked at. It leaves out what is about the user's tools and .config and not about
// the tree.
func DiagnoseAll(s *Snapshot, r *Root, survey Survey) (found []ArchDiagnostic, files int) {
	if survey.WithoutHints {
		limited := *r
		limited.policy = r.policy.WithoutHints()
		r = &limited
	}
	archs := slices.Clone(survey.Archs)
	if len(archs) == 0 {
		archs = []string{""}
	}
	for i, arch := range archs {
		if arch == "" {
			archs[i] = r.arch
		}
	}
	within := func(f *menu.File) bool { return survey.Within == nil || survey.Within(r.Path(f)) }

	views := make([]*menu.View, len(archs))
	parallel(r.settings.workers(), len(archs), func(i int) { views[i] = r.View(archs[i]) })
	inViews := make([]foundLines, len(archs))
	deep := deepSurvey{found: make([]foundDeep, len(archs))}
	if survey.Deep && len(archs) >= len(r.archs) {
		deep.together = &check.Views{}
	}

	var jobs []job
	reached := map[menu.FileID]int{} // in how many views the file is
	surroundings := surroundingsIn(r.Sources, views)
	for i, view := range views {
		for id := range view.Files() {
			f := r.Sources.File(id)
			if f == nil {
				continue
			}
			reached[id]++
			if within(f) {
				jobs = append(jobs, job{scope: scope{s, r, f, view, archs[i]}, inView: &inViews[i], deep: &deep.found[i].foundLines})
				if reached[id] == 1 {
					files++
				}
			}
		}
	}
	if survey.Unreached {
		for f := range r.Sources.Files() {
			if reached[f.ID] == 0 && within(f) {
				reached[f.ID] = 1
				files++
				jobs = append(jobs, job{scope: scope{s, r, f, views[0], archs[0]}, inView: &inViews[0]})
			}
		}
	}
	first := map[menu.FileID]bool{}
	for i := range jobs {
		jobs[i].suppressed, jobs[i].everywhere = survey.Suppressed, &deep.everywhere
		if jobs[i].first = !first[jobs[i].file.ID]; jobs[i].first {
			first[jobs[i].file.ID] = true
			jobs[i].around = surroundings[jobs[i].file.ID]
		}
	}
	// What takes longest comes first, so that all workers end at about the same time: the
	// Makefiles that all views share, then the models.
	styles, builds := r.newStyles(), newBuildSurvey(r)
	tasks := []func(){func() { builds.of(views[0]) }}
	for i, arch := range archs {
		tasks = append(tasks, func() {
			model := r.modelToPass(arch)
			r.findCyclesIn(model, arch)
			inViews[i] = r.findInTree(model, builds)
			if survey.Deep {
				deep.found[i] = r.surveyDeep(arch, within, deep.together)
			}
		})
	}
	for i := range jobs {
		tasks = append(tasks, func() { jobs[i].look(styles) })
	}
	parallel(r.settings.workers(), len(tasks), func(i int) { tasks[i]() })
	deep.everywhere = r.deadEverywhere(deep.found, deep.together)
	parallel(r.settings.workers(), len(jobs), func(i int) { jobs[i].finish() })
	found = merge(jobs, archs, reached, len(views) >= len(r.archs))
	if r.policy.Asked(check.CodeUndefinedConfigRef) || r.policy.On(check.CodeMissingConfigPrefix) {
		for _, d := range r.surveyCode(s, views[0], archs[0], survey.Within) {
			found = append(found, ArchDiagnostic{Diagnostic: d})
		}
		sortDiagnostics(found)
	}
	if r.policy.On(check.CodeUnusedSymbol) {
		for _, d := range r.unusedSymbols(s, views[0], archs[0], survey.Within) {
			found = append(found, ArchDiagnostic{Diagnostic: d})
		}
		sortDiagnostics(found)
	}
	return found, files
}

// job is a file to look at in a view, and what was found in it.
type job struct {
	scope
	// inView is what was found in the view.
	inView *foundLines
	// first tells that the file is in no job before.
	first bool
	// deep is what was found about all configurations of the view, everywhere about
	// those of all views.
	deep, everywhere *foundLines
	// suppressed tells that what somebody does not want counts.
	suppressed bool
	// found is what was found in the file as the view has it.
	found []Diagnostic
	// shared is what is the same for all views.
	shared []Diagnostic
	// around is what is around the file in the views, placed what was found with that.
	around []surrounded
	placed []placedDiagnostic
}

// foundIn returns what was found in the file of a job, nil for nothing.
func (j *job) foundIn(found *foundLines) []Diagnostic {
	if found == nil {
		return nil
	}
	return j.current(found.sources, found.byFile[j.file.ID])
}

// look looks for all that does not take the model of the view.
func (j *job) look(styles *editorconfig.Reader) {
	j.found = j.atEveryKey(true)
	if j.first {
		pass := j.filePass(styles)
		j.shared = j.current(j.root.Sources, check.RunFile(pass))
		j.placed = j.findPlaced(pass, j.around, j.filter())
	}
}

// finish adds what was found in the view, and takes out what is not wanted.
func (j *job) finish() {
	found := append(append(j.found, j.circles()...), j.foundIn(j.inView)...)
	j.found = j.filter()(j.file.Tree, append(found, j.foundIn(j.deep)...))
	if j.first {
		j.shared = j.filter()(j.file.Tree, append(j.shared, j.foundIn(j.everywhere)...))
	}
}

// filter returns what takes out what is not wanted.
func (j *job) filter() func(Text, []Diagnostic) []Diagnostic {
	if j.suppressed {
		return j.judged
	}
	return j.wanted
}

// identity is what makes two diagnostics the same one.
type identity struct {
	Location
	code, message string
	severity      check.Severity
}

// needsAllViews reports whether a diagnostic counts only if it holds in the views of
// all architectures.
func (c scope) needsAllViews(d Diagnostic) bool {
	rule, _ := c.root.policy.Rule(d.Code)
	return rule.Everywhere
}

// merge returns the diagnostics of all jobs, each once. Of those that count only if
// they hold in all views it returns those that do, if allViews were looked at.
func merge(jobs []job, archs []string, reached map[menu.FileID]int, allViews bool) []ArchDiagnostic {
	var merged []ArchDiagnostic
	index := map[identity]int{}
	of := []menu.FileID{} // the files of merged
	for _, j := range jobs {
		for _, d := range j.shared {
			merged, of = append(merged, ArchDiagnostic{Diagnostic: d}), append(of, j.file.ID)
		}
		for _, d := range j.placed {
			merged, of = append(merged, d.in(archs)), append(of, j.file.ID)
		}
		for _, d := range j.found {
			key := identity{d.Location, d.Code, d.Message, d.Severity}
			i, ok := index[key]
			if !ok {
				i = len(merged)
				index[key] = i
				merged = append(merged, ArchDiagnostic{Diagnostic: d})
				of = append(of, j.file.ID)
			}
			if archs := merged[i].Archs; len(archs) == 0 || archs[len(archs)-1] != j.arch {
				merged[i].Archs = append(archs, j.arch)
			}
		}
	}
	for i := range merged {
		if len(merged[i].Archs) == reached[of[i]] {
			merged[i].Archs = nil
		}
	}
	if len(jobs) > 0 {
		c := jobs[0].scope
		merged = slices.DeleteFunc(merged, func(d ArchDiagnostic) bool {
			return c.needsAllViews(d.Diagnostic) && (d.Archs != nil || !allViews)
		})
	}
	sortDiagnostics(merged)
	return merged
}

// sortDiagnostics sorts diagnostics by path and place.
func sortDiagnostics(all []ArchDiagnostic) {
	slices.SortStableFunc(all, func(a, b ArchDiagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.End, b.End), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Severity, b.Severity))
	})
}

// parallel calls do with each number below n, on as many goroutines as there
// are workers.
func parallel(workers, n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
}
