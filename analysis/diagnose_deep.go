package analysis

import (
	"context"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// foundDeep is what was found about all configurations of a view.
type foundDeep struct {
	foundLines
	result check.DeepResult
}

// deepSurvey is what was found about all configurations of several views.
type deepSurvey struct {
	found []foundDeep // by view
	// together are the views if they are all that there are, else nil.
	together   *check.Views
	everywhere foundLines
}

// deepModel is the model of a view without any answer of a tool, so that what is
// proved with it is the same on every machine, and the solver with what it has
// learned.
type deepModel struct {
	once    sync.Once
	mu      sync.Mutex // held while the solver is asked
	sources *menu.Sources
	model   *model.Model
	solver  *solve.Solver
}

// noAnswers are tools of which none was asked.
type noAnswers struct{}

func (noAnswers) Shell(string) (string, bool) { return "", false }

// makeDeepModel makes the model of a view of which questions about all configurations
// are asked.
func (r *Root) makeDeepModel(view *menu.View, arch string) *deepModel {
	answered := preprocessor{r.variablesWith(r.Environment(arch), noAnswers{}), r.Environment(arch)}
	m := model.Build(r.Sources, view, r.Dialect, answered, r.ConfigRules().Reading)
	return &deepModel{sources: r.Sources, model: m, solver: solve.New(m, solve.Options{FreeAnswers: true, Rules: r.ConfigRules()})}
}

// isDecidable reports whether all of the view is in the model, and what is in it is
// known well enough for a proof that something can never be.
func (d *deepModel) isDecidable(view *menu.View) bool {
	if d.model.Err != nil || d.model.MayBeCircular() || view.Unresolved(d.sources) {
		return false
	}
	for _, gap := range d.model.Gaps {
		switch gap.File.Tree.At(int(gap.Statement)).Kind {
		case parser.Config, parser.Menuconfig, parser.Source:
			return false
		}
	}
	return true
}

// pass returns what checks look at in a view.
func (d *deepModel) pass(r *Root, view *menu.View, arch string) *check.DeepPass {
	return &check.DeepPass{
		ModelPass: check.ModelPass{Model: d.model, Policy: r.policy, Sources: d.sources, Complete: r.Complete, View: view},
		Solver:    d.solver, Rules: r.ConfigRules(), Arch: arch,
	}
}

// surveyDeep looks at all configurations of a view.
func (r *Root) surveyDeep(arch string, within func(*menu.File) bool, others *check.Views) foundDeep {
	if r.Single {
		return foundDeep{}
	}
	view := r.View(arch)
	d := r.makeDeepModel(view, arch)
	if !d.isDecidable(view) {
		return foundDeep{}
	}
	pass := d.pass(r, view, arch)
	pass.Within, pass.Others = within, others
	result := check.RunDeep(context.Background(), pass)
	return foundDeep{byFile(d.sources, result.Findings), result}
}

// deadEverywhere returns the symbols that are dead in all views, if those are all that
// there are.
func (r *Root) deadEverywhere(found []foundDeep, together *check.Views) foundLines {
	if together == nil {
		return foundLines{}
	}
	var results []check.DeepResult
	for _, f := range found {
		results = append(results, f.result)
	}
	return byFile(r.Sources, check.DeadEverywhere(r.policy, results, together))
}
