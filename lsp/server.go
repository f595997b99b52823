package lsp

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

// Options say how a server runs.
type Options struct {
	// Stream is the connection to the client.
	Stream io.ReadWriteCloser
	// FS is where files are read from; nil for that of the operating system.
	FS vfs.FS
	// Settings are what the command line says. The client's settings go before
	// them.
	Settings analysis.Settings
	// Trust is how far tools may be asked that trees ask: the client cannot go
	// further. If it is nil the client decides, and nothing is asked unless it
	// says so.
	Trust *toolchain.Trust
	// Variables are the user's environment variables, some of which name tools.
	Variables map[string]string
	// Prober asks tools; nil for one that keeps nothing on disk.
	Prober *toolchain.Prober
	// Version is the server's version, for the client to show.
	Version string
	// Logger gets what no client can be told; nil to discard it.
	Logger *slog.Logger
}

// Serve runs one session with a client until it ends, and returns the exit code
// that the protocol prescribes for the process.
func Serve(ctx context.Context, o Options) int {
	if o.FS == nil {
		o.FS = vfs.OS{}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	s := &server{logger: o.Logger, edits: map[string]*editLog{}}
	o.Settings.Tools = s.toolchains.of
	s.options = o
	s.toolchains.start(s, o)
	s.workspace = analysis.NewWorkspace(o.FS, o.Settings, analysis.Events{
		Changed:  s.treesChanged,
		Progress: s.loadProgress,
		Panicked: func(value any, stack []byte) {
			s.logError("reading Kconfig files failed; please report this", "panic", value, "stack", string(stack))
		},
	})
	defer s.workspace.Close()
	return session.Serve(ctx, o.Stream, s.registry(), session.Config[*analysis.Snapshot]{
		Snapshot:    s.workspace.Snapshot,
		Initialize:  s.initialize,
		Initialized: s.initialized,
		Heard:       s.heard,
		Logger:      o.Logger,
	})
}

// server is one session. What it holds besides the workspace is fixed at
// initialize.
type server struct {
	options   Options
	logger    *slog.Logger
	workspace *analysis.Workspace

	client  session.Client
	caps    protocol.Capabilities
	folders []string // absolute paths, as of initialize
	// edits has the open documents. It belongs to the loop that reads messages.
	edits     map[string]*editLog
	tokens    tokenCache
	opening   opening
	diags     diagnostics
	pulls     pulls
	sweeps    errand
	refreshes refreshes

	settings   settings
	toolchains toolchains

	mu       sync.Mutex
	progress map[string]*progress
	// progresses is how many there have been: a token is used only once.
	progresses int
}

// registry lists every method that the server handles.
func (s *server) registry() *session.Registry[*analysis.Snapshot] {
	r := &session.Registry[*analysis.Snapshot]{}
	session.OnNotification(r, protocol.MethodDidOpen, s.didOpen)
	session.OnNotification(r, protocol.MethodDidChange, s.didChange)
	session.OnNotification(r, protocol.MethodDidSave, s.didSave)
	session.OnNotification(r, protocol.MethodDidClose, s.didClose)
	session.OnNotification(r, protocol.MethodDidChangeWatchedFiles, s.didChangeWatchedFiles)
	session.OnNotification(r, protocol.MethodDidChangeConfiguration, s.didChangeConfiguration)
	session.OnNotification(r, protocol.MethodDidChangeWorkspaceFolders, s.didChangeWorkspaceFolders)
	session.OnRequest(r, protocol.MethodDocumentDiagnostic, s.documentDiagnostic, session.Automatic())
	session.OnRequest(r, protocol.MethodWorkspaceDiagnostic, s.workspaceDiagnostic, session.Waits())
	session.OnRequest(r, methodViews, s.views)
	session.OnRequest(r, methodSetView, s.setView)
	session.OnRequest(r, methodToolchain, s.toolchain)
	s.registerFeatures(r)
	return r
}

// heard is told the method of each message before it is handled.
func (s *server) heard(method string) {
	s.opening.heardOf()
	s.refreshes.heard(method)
}

// initialize answers the first request: what the server can do for this client.
func (s *server) initialize(_ context.Context, client session.Client, raw json.RawMessage) (any, error) {
	params := protocol.ResolveInitialize(raw)
	s.client = client
	s.caps = params.Capabilities
	s.opening.init()
	s.diags.start(s)
	s.pulls.init()
	for _, folder := range params.Roots {
		if path, err := folder.URI.Path(); err == nil {
			s.folders = append(s.folders, path)
		}
	}
	s.settings.base = s.options.Settings
	if len(params.InitializationOptions) > 0 {
		s.settings.base = s.decodeSettings(s.options.Settings, params.InitializationOptions)
		s.workspace.SetSettings(s.settings.base)
	}
	sent, trusted := s.decodeTrust(params.InitializationOptions)
	s.toolchains.initialize(sent, trusted, s.folders, !s.caps.Configuration)
	return protocol.InitializeResult{
		Capabilities: serverCapabilities(s.caps),
		ServerInfo:   &protocol.ProgramInfo{Name: "kconfig-ls", Version: s.options.Version},
	}, nil
}

// initialized begins the work that needs the client.
func (s *server) initialized(_ context.Context, n session.Notifier) {
	for _, folder := range s.folders {
		s.workspace.DiscoverFolder(folder)
	}
	n.Go(func(ctx context.Context, client session.Client) {
		s.register(ctx, client)
		s.pullSettings(ctx, client)
		s.toolchains.setReady()
	})
}

// completionPatience is how long references and searches wait for the files
// that no view reaches. Then they answer with what there is.
const completionPatience = 2 * time.Second

// document is a document of a request: where it is and how to translate
// positions in it.
type document struct {
	*analysis.Snapshot
	mapper
	path   string
	server *server
}

// document returns a request's document, after waiting for its tree to load.
// It reports false for a file that the server knows nothing about.
func (s *server) document(ctx context.Context, snap *analysis.Snapshot, id protocol.TextDocumentIdentifier) (document, bool) {
	settled, err := s.workspace.Settled(ctx, snap)
	if err != nil {
		return document{}, false // cancelled: nobody reads the answer
	}
	return s.documentIn(settled, documentPath(id.URI))
}

// completeDocument is like document, after waiting until all files of the tree
// are known, or for no longer than patience if it is not 0.
func (s *server) completeDocument(ctx context.Context, snap *analysis.Snapshot, id protocol.TextDocumentIdentifier, patience time.Duration) (document, bool) {
	path := documentPath(id.URI)
	complete, err := s.completed(ctx, snap, path, patience)
	if err != nil {
		return document{}, false
	}
	return s.documentIn(complete, path)
}

// completed waits until all files are known of the tree that a path belongs to,
// or for no longer than patience if it is not 0.
func (s *server) completed(ctx context.Context, snap *analysis.Snapshot, path string, patience time.Duration) (*analysis.Snapshot, error) {
	if patience == 0 {
		return s.workspace.Completed(ctx, snap, path)
	}
	patient, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if complete, err := s.workspace.Completed(patient, snap, path); err == nil {
		return complete, nil
	}
	return s.workspace.Settled(ctx, snap)
}

// documentIn returns a file of a snapshot.
func (s *server) documentIn(snap *analysis.Snapshot, path string) (document, bool) {
	text := snap.Text(path)
	if text == nil {
		return document{}, false
	}
	return document{snap, newMapper(text, s.caps.PositionEncoding), path, s}, true
}

// documentPath returns the path under which the analysis knows a document.
// Documents that are no files, such as unsaved ones, go by their URI.
func documentPath(uri protocol.DocumentURI) string {
	if path, err := uri.Path(); err == nil {
		return path
	}
	return string(uri)
}

// documentURI is the inverse of documentPath.
func documentURI(path string) protocol.DocumentURI {
	if isAbsolute(path) {
		return protocol.URIFromPath(path)
	}
	return protocol.DocumentURI(path)
}

// location converts a range in any file that the snapshot knows.
func (d document) location(l analysis.Location) protocol.Location {
	return protocol.Location{URI: documentURI(l.Path), Range: d.rangeOf(l)}
}

func (d document) rangeOf(l analysis.Location) protocol.Range {
	if l.Path == d.path {
		return d.span(l.Start, l.End)
	}
	text := d.Text(l.Path)
	if text == nil {
		return protocol.Range{}
	}
	return newMapper(text, d.encoding).span(l.Start, l.End)
}

// logError tells the client and the log of something that should not be.
func (s *server) logError(message string, args ...any) {
	s.logger.Error(message, args...)
	if s.client != nil {
		s.client.NotifyDroppable(protocol.MethodLogMessage, protocol.LogMessageParams{
			Type: protocol.MessageError, Message: "kconfig-ls: " + message,
		})
	}
}

// processID is this process, for progress tokens.
func processID() int { return os.Getpid() }
