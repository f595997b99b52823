package solve

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
)

// CanWithTexts is Can with assumptions about the texts of symbols.
func (s *Solver) CanWithTexts(ctx context.Context, texts map[expr.Atom]string, assume ...Assumption) Verdict {
	for a := range texts {
		s.demand(a)
	}
	literals := s.assume(assume)
	for a, text := range texts {
		literals = append(literals, s.hasText(a, text))
	}
	return s.solve(ctx, literals)
}

// Encode encodes what atoms are.
func (s *Solver) Encode(atoms ...expr.Atom) { s.demand(atoms...) }
