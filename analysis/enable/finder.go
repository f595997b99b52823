package enable

import (
	"cmp"
	"context"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// Verdict says whether the wishes can come true.
type Verdict uint8

// The verdicts.
const (
	// Open is no answer: the context was done before there was one, or what was found
	// did not evaluate to what is wanted.
	Open Verdict = iota
	// Possible means that there are alternatives.
	Possible
	// Never means that no configuration gives the values, whatever tools answer.
	Never
	// NotWithTools means that no configuration gives the values with what tools have
	// answered.
	NotWithTools
)

// Result is what a Finder has found.
type Result struct {
	Verdict Verdict
	// Alternatives are the ways to what is wanted, the one with the fewest changes
	// first. The only one has no changes if all is as wanted.
	Alternatives []Alternative
	// Core is what makes it impossible, in the order in which values are computed.
	Core []solve.Part
	// Answers are the fewest answers of tools that would have to be others, for
	// NotWithTools: references of macros, and symbols whose text is an answer.
	Answers []expr.Atom
}

// Alternative is a way to what is wanted.
type Alternative struct {
	// Changes are what the user has to set, in an order in which that is possible.
	Changes []Change
	// After is what the configuration evaluates to then, Touched the symbols whose
	// state changes by it, in no order.
	After   *config.Evaluation
	Touched []expr.Atom
	// Conditions are answers of tools that were not asked, all of which have to be so
	// for the values to be as wanted.
	Conditions []Condition
}

// Change is a symbol that a user has to set.
type Change struct {
	Symbol expr.Atom
	// From is the value before, To the new one, as in a configuration without quotes.
	From, To string
}

// Condition is a macro reference that has to come to a value.
type Condition struct {
	Reference expr.Atom
	Value     expr.Tristate
}

// Finder finds changes for configurations of one model. It is not safe for concurrent
// use. What it finds out for one question it keeps for the next.
type Finder struct {
	m     *model.Model
	rules config.Rules
	// solver knows what tools have answered; explainer, made when somebody asks,
	// what makes something impossible.
	solver, explainer *solve.Solver
}

// New returns a finder for a model, by the rules of the tree's conf. It computes nothing
// yet.
func New(m *model.Model, rules config.Rules) *Finder {
	return &Finder{m: m, rules: rules, solver: solve.New(m, solve.Options{Rules: rules})}
}

// maxExcess is how many changes more than the first alternative another one may have,
// maxRefused how many that do not evaluate to what is wanted are passed over.
const (
	maxExcess  = 2
	maxRefused = 4
)

// maxCompared is how many alternatives are looked for to find the one that changes the
// least.
const maxCompared = 3

// maxSize is from how many variables on a solver is made anew, which forgets what only
// former questions were about. Those of a whole kernel are some 100,000.
const maxSize = 1_000_000

// Find returns ways to what is wanted from what a configuration evaluates to, at most
// some number of them.
func (f *Finder) Find(ctx context.Context, before *config.Evaluation, wishes []solve.Wish, most int) Result {
	if f.solver.Size() > maxSize {
		f.solver = solve.New(f.m, solve.Options{Rules: f.rules})
	}
	var r Result
	var tried [][]expr.Atom
	refused := 0
	for len(r.Alternatives) < max(most, maxCompared) && refused < maxRefused {
		changed, verdict := f.solver.Change(ctx, before.User(), wishes, tried)
		if verdict != solve.Yes {
			if verdict == solve.No && len(tried) == 0 {
				return f.impossible(ctx, wishes)
			}
			break
		}
		if n := len(r.Alternatives); n > 0 {
			// More changes are of interest only to who wants to see other ways.
			excess := len(changed) - len(r.Alternatives[0].Changes)
			if excess > maxExcess || excess > 0 && n >= most {
				break
			}
		}
		tried = append(tried, changed)
		if a, ok := f.carryOut(before, changed, wishes); ok {
			r.Alternatives = append(r.Alternatives, a)
		} else {
			refused++
		}
		if len(changed) == 0 {
			break
		}
	}
	if len(r.Alternatives) > 0 {
		r.Verdict = Possible
		// Of those with as many changes the one comes first that changes the least.
		slices.SortStableFunc(r.Alternatives, func(a, b Alternative) int {
			return cmp.Or(cmp.Compare(len(a.Changes), len(b.Changes)), cmp.Compare(len(a.Touched), len(b.Touched)))
		})
		r.Alternatives = r.Alternatives[:min(len(r.Alternatives), most)]
		f.withoutConditions(ctx, before, wishes, most, &r)
	}
	return r
}

// withoutConditions puts an alternative first that hangs on no tool that was not asked,
// if all of them do and there is one, though it takes more changes.
func (f *Finder) withoutConditions(ctx context.Context, before *config.Evaluation, wishes []solve.Wish, most int, r *Result) {
	if slices.ContainsFunc(r.Alternatives, func(a Alternative) bool { return len(a.Conditions) == 0 }) {
		return
	}
	// What does not hang on an answer is there with the other one, too.
	wanted := slices.Clone(wishes)
	for _, a := range r.Alternatives {
		c := a.Conditions[0]
		wanted = append(wanted, solve.Wish{Atom: c.Reference, Values: expr.AnyTristate &^ c.Value})
	}
	changed, verdict := f.solver.Change(ctx, before.User(), wanted, nil)
	if verdict != solve.Yes {
		return
	}
	if a, ok := f.carryOut(before, changed, wishes); ok && len(a.Conditions) == 0 {
		r.Alternatives = append([]Alternative{a}, r.Alternatives...)
		r.Alternatives = r.Alternatives[:min(len(r.Alternatives), most)]
	}
}

// impossible says what stands against wishes.
func (f *Finder) impossible(ctx context.Context, wishes []solve.Wish) Result {
	if f.explainer == nil {
		f.explainer = solve.New(f.m, solve.Options{Rules: f.rules, Guarded: true, FreeAnswers: true})
	}
	core, verdict := f.explainer.Core(ctx, wishes, false)
	if verdict == solve.No {
		if len(core) == 0 { // nothing else is needed for it
			core = ownParts(wishes)
		}
		return Result{Verdict: Never, Core: core}
	}
	if verdict == solve.Open {
		return Result{}
	}
	r := Result{Verdict: NotWithTools}
	if r.Core, verdict = f.explainer.Core(ctx, wishes, true); verdict != solve.No {
		return Result{} // what is compared is too loose to tell
	}
	r.Answers, _ = f.explainer.Blame(ctx, wishes)
	return r
}

// ownParts returns what decides about the symbols of wishes themselves.
func ownParts(wishes []solve.Wish) []solve.Part {
	var parts []solve.Part
	for _, w := range wishes {
		kind := solve.AtMost
		if w.Values != 0 && w.Values&^expr.N == 0 {
			kind = solve.AtLeast
		}
		parts = append(parts, solve.Part{Kind: kind, Atom: w.Atom})
	}
	return parts
}
