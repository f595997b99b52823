package session

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// setTrace handles $/setTrace.
func (s *session[S]) setTrace(raw json.RawMessage) {
	params, err := decodeParams[protocol.SetTraceParams](raw)
	if err != nil {
		s.cfg.Logger.Warn("trace value ignored", "error", err)
		return
	}
	s.traceTo(params.Value.Normalize())
}

func (s *session[S]) traceTo(value protocol.TraceValue) {
	s.traceMu.Lock()
	defer s.traceMu.Unlock()
	s.trace = value
}

// completed tells who wants to know that a request was answered.
func (s *session[S]) completed(c Completion) {
	if s.cfg.Observe != nil {
		s.guard("Config.Observe", func() { s.cfg.Observe(c) })
	}
	s.traceMu.Lock()
	trace := s.trace
	s.traceMu.Unlock()
	if trace == protocol.TraceOff {
		return
	}
	params := protocol.LogTraceParams{
		Message: fmt.Sprintf("%s (%s) took %s", c.Method, c.ID, c.Took.Round(time.Microsecond)),
	}
	if trace == protocol.TraceVerbose {
		params.Verbose = fmt.Sprintf("waited %s; outcome: %s", c.Waited.Round(time.Microsecond), outcome(c.Err))
	}
	notifier[S]{s}.NotifyDroppable(protocol.MethodLogTrace, params)
}

func outcome(err error) string {
	if err == nil {
		return "result"
	}
	return err.Error()
}
