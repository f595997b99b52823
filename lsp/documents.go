package lsp

import (
	"context"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

func isAbsolute(path string) bool { return filepath.IsAbs(path) }

func (s *server) didOpen(_ context.Context, _ session.Notifier, p *protocol.DidOpenTextDocumentParams) error {
	if p.TextDocument.URI.Scheme() == "" {
		s.logError("a document without a proper URI was opened", "uri", p.TextDocument.URI)
		return nil
	}
	path := documentPath(p.TextDocument.URI)
	if err := s.open(path, &p.TextDocument); err != nil {
		s.logError(err.Error())
		return err
	}
	s.edits[path] = newEditLog(p.TextDocument.Version)
	s.changed(path)
	s.sweepIfUnwatched()
	return nil
}

// open makes a file what the editor takes it for, or else what its name says. A
// file that is named as Kconfig files are is one whatever the editor says: some
// clients, such as Eglot up to 1.9, call all documents of a server by the language
// of the first.
func (s *server) open(path string, item *protocol.TextDocumentItem) error {
	switch language := string(item.LanguageID); {
	case analysis.IsConfigLanguage(language) && !analysis.IsKconfigName(path):
		return s.workspace.OpenConfig(path, item.Version, item.Text)
	case analysis.IsCodeLanguage(language):
		return s.workspace.OpenCode(path, item.Version, item.Text, language)
	}
	return s.workspace.Open(path, item.Version, item.Text)
}

// didChange applies the edits of one notification.
func (s *server) didChange(_ context.Context, _ session.Notifier, p *protocol.DidChangeTextDocumentParams) error {
	path := documentPath(p.TextDocument.URI)
	log := s.edits[path]
	if log == nil {
		s.logError("an edit arrived for a document that is not open", "uri", p.TextDocument.URI)
		return nil
	}
	edits, version, placed := log.add(p.TextDocument.Version, p.ContentChanges, s.caps.PositionEncoding)
	if !placed {
		s.logError("the version of a document did not grow with an edit; the edit counts nonetheless", "uri", p.TextDocument.URI)
	}
	s.workspace.Change(path, version, edits)
	s.changed(path)
	return nil
}

// changed is called after a document was opened or edited.
func (s *server) changed(path string) {
	s.diags.changed(path)
	s.pulls.changed()
}

func (s *server) didSave(_ context.Context, _ session.Notifier, p *protocol.DidSaveTextDocumentParams) error {
	s.sweepIfUnwatched()
	s.toolchains.check()
	s.refreshAnnotations() // other documents show what follows from this one
	return nil
}

func (s *server) didClose(_ context.Context, _ session.Notifier, p *protocol.DidCloseTextDocumentParams) error {
	path := documentPath(p.TextDocument.URI)
	s.workspace.CloseDocument(path)
	delete(s.edits, path)
	s.tokens.forget(path)
	s.diags.closed(path)
	s.pulls.changed()
	return nil
}
