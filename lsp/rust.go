package lsp

import (
	"context"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/gatejson"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// methodRust says what holds back the languages of a view, and what they hold back.
// docs/protocol.md describes it.
const methodRust = "kconfig/rust"

// rustResult answers kconfig/rust with what "kconfig-ls rust --format json" writes.
type rustResult struct {
	*gatejson.Report
	Root   protocol.DocumentURI `json:"root"` // of the directory
	Config configFile           `json:"config"`
}

// rustParams asks kconfig/rust.
type rustParams struct {
	configurationParams
	// Tools asks for what hangs on the toolchain, too.
	Tools bool `json:"tools"`
	// Brief asks for the gates alone.
	Brief bool `json:"brief"`
}

func (s *server) rust(ctx context.Context, snap *analysis.Snapshot, p *rustParams) (*rustResult, error) {
	settled, c, err := s.configuration(ctx, snap, p.configurationParams)
	if err != nil {
		return nil, err
	}
	var r *analysis.GateReport
	if p.Brief {
		r, err = analysis.GatesInBrief(settled, c)
	} else {
		r, err = analysis.GatesReport(ctx, settled, c, p.Tools)
	}
	if err != nil {
		return nil, configurationError(err)
	}
	return &rustResult{
		Report: gatejson.New(r), Root: protocol.URIFromPath(c.Root.Dir), Config: configFile{documentURI(r.Config), r.Exists},
	}, nil
}
