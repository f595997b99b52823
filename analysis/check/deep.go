package check

import (
	"context"
	"slices"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// DeepCheck looks for kinds of mistakes that are about all configurations of a view
// at once. What it says is proved by a solver, which may take seconds for a large
// tree.
type DeepCheck struct {
	// Rules are those of the check's findings.
	Rules []Rule
	// Run reports the findings in the view of the pass. It returns early if the
	// context is done; then what was reported so far is still right.
	Run func(ctx context.Context, pass *DeepPass)
}

// DeepChecks returns the checks of all configurations in the order in which they run.
func DeepChecks() []DeepCheck {
	return []DeepCheck{
		unmetDependencies(),
		deadSymbols(),
		contradictions(),
		deadPrompts(),
		decidedConditions(),
		overriddenDefaults(),
		backwardsRanges(),
		alwaysOn(),
	}
}

// DeepPass is a view to look at. No answer of a tool is in its model, so that what is
// found is the same on every machine: whatever a tool could answer is possible.
type DeepPass struct {
	ModelPass
	// Solver answers questions about the model, with every answer of a tool free.
	Solver *solve.Solver
	// Rules are those of the tree's conf.
	Rules config.Rules
	// Arch is the architecture of the view, "" if there is none.
	Arch string
	// Within tells of which files lines are looked at, nil for all.
	Within func(*menu.File) bool
	// Others are the views of all other architectures that are looked at, too, so that
	// what counts only if it holds everywhere is of use. It is nil if the view is one of
	// several and the others are not looked at.
	Others *Views
	// OfUser has findings be reported that are no mistakes in the tree; without it only
	// those are that the user asks for.
	OfUser bool

	samples      []*config.Evaluation
	brokenSolver *solve.Solver // see withBroken
	result       DeepResult
}

// DeepResult is what was found in a view.
type DeepResult struct {
	// Arch is the architecture of the view.
	Arch     string
	Findings []LineFinding
	// Dead are the bool and tristate symbols that can never be on in the view, in the
	// order of their definitions, but for those that are known to be on in another one.
	Dead []DeadSymbol
	// Complete tells that all questions were answered before the context was done.
	Complete bool
}

// RunDeep runs all checks of all configurations that the policy wants.
func RunDeep(ctx context.Context, pass *DeepPass) DeepResult {
	pass.findings, pass.result = nil, DeepResult{Arch: pass.Arch}
	for _, c := range DeepChecks() {
		if slices.ContainsFunc(c.Rules, pass.wants) && ctx.Err() == nil {
			c.Run(ctx, pass)
		}
	}
	sortLines(pass.findings)
	pass.result.Findings, pass.result.Complete = pass.findings, ctx.Err() == nil
	return pass.result
}

// Views are views of a tree that are looked at together. What does not hold in one of
// them need not be asked in the others if it counts only where it holds in all.
type Views struct{ refuted sync.Map }

// refutation is a rule that does not hold of a line in one of the views, or of a symbol.
type refutation struct {
	code, symbol string
	file         menu.FileID
	statement    int32
}

// wants reports whether findings of a rule are of use.
func (p *DeepPass) wants(r Rule) bool {
	return p.Policy.On(r.ID) && (!r.Everywhere || p.Others != nil) && (!r.OfUser || p.OfUser || p.Policy.Asked(r.ID))
}

// refute notes that a rule does not hold of a line.
func (p *DeepPass) refute(code string, at Line) {
	p.Others.refuted.Store(refutation{code: code, file: at.File.ID, statement: at.Statement}, true)
}

// isRefuted reports whether a rule is known not to hold of a line in another view.
func (p *DeepPass) isRefuted(code string, at Line) bool {
	_, ok := p.Others.refuted.Load(refutation{code: code, file: at.File.ID, statement: at.Statement})
	return ok
}

// within reports whether lines of an entry are looked at.
func (p *DeepPass) within(id model.NodeID) bool {
	file := p.Model.Nodes[id].File
	return file != nil && (p.Within == nil || p.Within(file))
}

// entries calls f with the entries whose lines are looked at, until the context is
// done.
func (p *DeepPass) entries(ctx context.Context, f func(id model.NodeID, n *model.Node)) {
	for i := range p.Model.Nodes {
		if ctx.Err() != nil {
			return
		}
		if id := model.NodeID(i); id > 0 && p.within(id) {
			f(id, &p.Model.Nodes[i])
		}
	}
}

// properties calls f with the properties whose lines are looked at, until the context
// is done.
func (p *DeepPass) properties(ctx context.Context, f func(ref model.PropertyRef, property *model.Property)) {
	for i := range p.Model.Symbols {
		if ctx.Err() != nil {
			return
		}
		s := &p.Model.Symbols[i]
		for k := range s.Properties {
			if property := &s.Properties[k]; p.within(property.Node) {
				f(model.PropertyRef{Symbol: expr.Atom(i), Index: int32(k)}, property)
			}
		}
	}
}

// sampled returns the values under some configurations that hold much: all yes, all
// module and all no, with tools that can do all and with tools that can do nothing.
// What is so under one of them needs no solver to be possible.
func (p *DeepPass) sampled(ctx context.Context) []*config.Evaluation {
	if p.samples != nil {
		return p.samples
	}
	able, unable := p.answers("y", "999999"), p.answers("n", "0")
	for _, mode := range []config.Mode{config.AllYesConfig, config.AllModConfig, config.AllNoConfig} {
		if ctx.Err() != nil {
			return nil
		}
		e := config.Apply(p.Model, mode, nil, nil, p.Rules).Evaluation
		other := e.Clone()
		e.Answer(able)
		other.Answer(unable)
		p.samples = append(p.samples, e, other)
	}
	return p.samples
}

// answers returns texts for all that is not known: one for references in logic, one
// for what is the value of a number or text.
func (p *DeepPass) answers(logical, text string) map[expr.Atom]string {
	texts := map[expr.Atom]string{}
	for i := range p.Model.Symbols {
		if s := &p.Model.Symbols[i]; s.Kind == model.Unanswered && s.AsksTool() {
			texts[expr.Atom(i)] = logical
		}
	}
	for i := range p.Model.Symbols {
		s := &p.Model.Symbols[i]
		if s.Type.IsLogical() {
			continue
		}
		for k := range s.Properties {
			if q := &s.Properties[k]; q.Kind == model.Default && q.Low != model.NoAtom {
				if _, ok := texts[q.Low]; ok {
					texts[q.Low] = text
				}
			}
		}
	}
	return texts
}

// canBeOn tells of each symbol whether there is a configuration in which it is on. It
// reports false if the context was done before that was known.
func (p *DeepPass) canBeOn(ctx context.Context, among []expr.Atom) (can []bool, complete bool) {
	can = make([]bool, len(among))
	samples := p.sampled(ctx)
	var open []expr.Atom
	var at []int
	for i, a := range among {
		for _, e := range samples {
			can[i] = can[i] || !e.State(a).Value.Can(expr.N)
		}
		if !can[i] {
			open, at = append(open, a), append(at, i)
		}
	}
	solved, complete := p.Solver.CanAny(ctx, open)
	for i, yes := range solved {
		can[at[i]] = yes
	}
	return can, complete
}

// canHold tells of each expression whether there is a configuration in which it is not
// n. It reports false if the context was done before that was known.
func (p *DeepPass) canHold(ctx context.Context, among []expr.ID) (can map[expr.ID]bool, complete bool) {
	can = make(map[expr.ID]bool, len(among))
	samples := p.sampled(ctx)
	var open []expr.ID
	for _, id := range among {
		if _, ok := can[id]; ok {
			continue
		}
		can[id] = false
		for _, e := range samples {
			if v, _ := e.Tristate(id); !v.Can(expr.N) {
				can[id] = true
				break
			}
		}
		if !can[id] {
			open = append(open, id)
		}
	}
	solved, complete := p.Solver.CanHoldAny(ctx, open)
	for i, yes := range solved {
		can[open[i]] = yes
	}
	return can, complete
}

// fallsShort reports whether an expression is less than another one under one of the
// sampled configurations, for sure.
func (p *DeepPass) fallsShort(ctx context.Context, id, of expr.ID) bool {
	for _, e := range p.sampled(ctx) {
		less, _ := e.Tristate(id)
		if more, _ := e.Tristate(of); less.Known() && more.Known() && less < more {
			return true
		}
	}
	return false
}

// expression returns an expression for a message.
func (p *DeepPass) expression(id expr.ID) string { return "`" + p.Model.Format(id) + "`" }
