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
// proved with it is the same on every machine, and what checks look at in it, with the
// solver that keeps what it has learned.
type deepModel struct {
	mu      sync.Mutex // held while the solver is asked
	sources *menu.Sources
	view    *menu.View
	pass    *check.DeepPass
}

// noAnswers are tools of which none was asked.
type noAnswers struct{}

func (noAnswers) Shell(string) (string, bool) { return "", false }

// makeDeepModel makes the model of a view of which questions about all configurations
// are asked.
func (r *Root) makeDeepModel(arch string) *deepModel {
	view := r.View(arch)
	answered := preprocessor{r.variablesWith(r.Environment(arch), noAnswers{}), r.Environment(arch)}
	m := model.Build(r.Sources, view, r.Dialect, answered, r.ConfigRules().Reading)
	return &deepModel{sources: r.Sources, view: view, pass: &check.DeepPass{
		ModelPass: check.ModelPass{Model: m, Policy: r.policy, Sources: r.Sources, Complete: r.Complete, View: view},
		Solver:    solve.New(m, solve.Options{FreeAnswers: true, Rules: r.ConfigRules()}),
		Rules:     r.ConfigRules(), Arch: arch,
	}}
}

// isDecidable reports whether all of the view is in the model, and what is in it is
// known well enough for a proof that something can never be.
func (d *deepModel) isDecidable() bool {
	m := d.pass.Model
	if m.Err != nil || m.MayBeCircular() || d.view.Unresolved(d.sources) {
		return false
	}
	for _, gap := range m.Gaps {
		switch gap.File.Tree.At(int(gap.Statement)).Kind {
		case parser.Config, parser.Menuconfig, parser.Source:
			return false
		}
	}
	return true
}

// surveyDeep looks at all configurations of a view.
func (r *Root) surveyDeep(arch string, within func(*menu.File) bool, others *check.Views) foundDeep {
	if r.Single {
		return foundDeep{}
	}
	d := r.makeDeepModel(arch)
	if !d.isDecidable() {
		return foundDeep{}
	}
	d.pass.Within, d.pass.Others = within, others
	result := check.RunDeep(context.Background(), d.pass)
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
