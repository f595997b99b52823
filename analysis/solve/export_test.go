package solve

import (
	"context"

	"github.com/go-air/gini/z"

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

func (s *Solver) hasText(a expr.Atom, text string) z.Lit {
	var parts []z.Lit
	for _, c := range s.texts[a].cases {
		switch {
		case c.free != nil:
			parts = append(parts, s.and(c.when, s.against(c.free, operandOf(&s.m.Symbols[a], text)).equal))
		case c.text == text:
			parts = append(parts, c.when)
		}
	}
	return s.some(parts)
}

// Size returns how many variables there are.
func (s *Solver) Size() int { return int(s.sat.MaxVar()) }

// Encode encodes what atoms are.
func (s *Solver) Encode(atoms ...expr.Atom) { s.demand(atoms...) }
