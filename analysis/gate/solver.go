package gate

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// NewSolver returns what makes solvers for a model: for every configuration of it,
// by the rules of the tree's conf.
func NewSolver(m *model.Model, rules config.Rules) func(free []expr.Atom) Solver {
	return func(free []expr.Atom) Solver {
		return prover{m, solve.Options{Free: free, FreeAnswers: true, Rules: rules}}
	}
}

// prover asks a SAT solver of its own for each question: what the one before was about
// would only be in the way.
type prover struct {
	m       *model.Model
	options solve.Options
}

func (p prover) CanBeOn(ctx context.Context, among []expr.Atom, given ...Given) (can []bool, complete bool) {
	assumptions := make([]solve.Assumption, len(given))
	for i, g := range given {
		if assumptions[i] = solve.Off(g.Symbol); g.On {
			assumptions[i] = solve.On(g.Symbol)
		}
	}
	can, complete = solve.New(p.m, p.options).CanAny(ctx, among, assumptions...)
	if !complete {
		for i := range can {
			can[i] = true
		}
	}
	return can, complete
}
