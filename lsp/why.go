package lsp

import (
	"context"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// methodWhy explains the value of a symbol. docs/protocol.md describes it.
const methodWhy = "kconfig/why"

// whyParams ask why a symbol has its value.
type whyParams struct {
	configurationParams
	// Symbol is the symbol's name, with or without CONFIG_.
	Symbol string `json:"symbol"`
	// Origin asks where the value comes from, and not what it lacks to be y.
	Origin bool `json:"origin"`
}

// whyResult answers kconfig/why.
type whyResult struct {
	configurationHead
	Symbol symbolAnswer `json:"symbol"`
	Reason reason       `json:"reason"`
}

// symbolAnswer is a symbol with its value. The value is absent if it is not
// known.
type symbolAnswer struct {
	Name        string                           `json:"name"`
	Type        string                           `json:"type"`
	Value       *string                          `json:"value,omitempty"`
	Known       bool                             `json:"known"`
	Prompt      string                           `json:"prompt,omitempty"`
	Definitions protocol.List[protocol.Location] `json:"definitions"`
}

// reason is a part of an explanation. ConfigLine counts from 0, as positions do;
// it is absent if no line of the configuration says so.
type reason struct {
	Kind       string                `json:"kind"`
	Text       string                `json:"text"`
	Symbol     string                `json:"symbol,omitempty"`
	Value      string                `json:"value,omitempty"`
	Place      *protocol.Location    `json:"place,omitempty"`
	ConfigLine *int                  `json:"configLine,omitempty"`
	Causes     protocol.List[reason] `json:"causes"`
}

func (s *server) why(ctx context.Context, snap *analysis.Snapshot, p *whyParams) (*whyResult, error) {
	settled, c, err := s.configuration(ctx, snap, p.configurationParams)
	if err != nil {
		return nil, err
	}
	name := p.Symbol
	e, err := analysis.Explain(settled, c, name, p.Origin)
	if bare, ok := strings.CutPrefix(name, "CONFIG_"); ok && err != nil {
		e, err = analysis.Explain(settled, c, bare, p.Origin)
	}
	if err != nil {
		return nil, configurationError(err)
	}
	m := document{Snapshot: settled, mapper: mapper{encoding: s.caps.PositionEncoding}, server: s}.mappers()
	answer := symbolAnswer{Name: e.Symbol.Name, Type: e.Symbol.Type, Known: e.Symbol.Known, Prompt: e.Symbol.Prompt}
	if e.Symbol.Known {
		answer.Value = &e.Symbol.Value
	}
	for _, place := range e.Symbol.Places {
		if l := m.place(place); l != nil {
			answer.Definitions = append(answer.Definitions, *l)
		}
	}
	return &whyResult{s.head(c, e.Arch, e.Path, e.Exists), answer, m.reason(e.Why)}, nil
}

// place converts a place, nil if there is none.
func (m mappers) place(p analysis.Place) *protocol.Location {
	if p.Path == "" {
		return nil
	}
	l := m.location(p.Location)
	if p.Start == 0 && p.End == 0 && p.Line > 1 {
		// Of a script of the tree only the number of the line is known.
		at := protocol.Position{Line: uint32(p.Line - 1)}
		l.Range = protocol.Range{Start: at, End: at}
	}
	return &l
}

func (m mappers) reason(w *analysis.Why) reason {
	r := reason{Kind: w.Kind, Text: w.Text, Symbol: w.Symbol, Value: w.Value, Place: m.place(w.Place)}
	if w.ConfigLine > 0 {
		line := w.ConfigLine - 1
		r.ConfigLine = &line
	}
	for _, cause := range w.Causes {
		r.Causes = append(r.Causes, m.reason(cause))
	}
	return r
}
