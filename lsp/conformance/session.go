package conformance

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Session judges all that a client and a server say to one another, message by
// message in the order in which it was sent: each by its type, their order by the
// rules of the specification, and what the server sends by what the client has said
// that it can do.
type Session struct {
	validator *Validator
	announced announced
	// asked has the requests of each side that the other has not answered, and items
	// what is to be resolved by requests of the client.
	asked map[side]map[string]string
	items map[string]any
	// initialize is where the session stands: nothing, asked, answered.
	initialize, shutdown stage
	exited               bool
	// late are the requests of the client that came after exit: the server may answer
	// them or not.
	late map[string]bool
	// progress has the tokens of work done that the server may report on.
	progress map[string]stage
	// versions has what version of each open document the client sent last, and pulled
	// the documents of which it has asked for the diagnostics.
	versions map[string]float64
	pulled   map[string]bool
	// highest has the highest version of each document that the client ever sent: what
	// the server says of it may be under way while it is opened anew.
	highest map[string]float64
}

type side string

const (
	client side = "client"
	server side = "server"
)

// A stage is how far something has come.
type stage int

const (
	never stage = iota
	begun
	ended
)

// NewSession returns a judge of one session, from its first message on.
func NewSession(v *Validator) *Session {
	return &Session{
		validator: v, asked: map[side]map[string]string{client: {}, server: {}}, items: map[string]any{}, late: map[string]bool{},
		progress: map[string]stage{}, versions: map[string]float64{}, pulled: map[string]bool{}, highest: map[string]float64{},
	}
}

// envelope is a message of which the outermost level is decoded.
type envelope struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
}

// Client judges a message of the client.
func (s *Session) Client(raw []byte) []error {
	object, found := s.typed(client, raw)
	var m envelope
	if json.Unmarshal(raw, &m) != nil {
		return found
	}
	if m.Method == "" {
		delete(s.asked[server], string(m.ID))
		return found
	}
	tell := func(format string, args ...any) {
		found = append(found, fmt.Errorf(m.Method+": "+format, args...))
	}
	switch {
	case m.Method == "initialize":
		if s.initialize != never {
			tell("sent twice")
		}
		s.initialize = begun
	case m.Method == "exit":
		if s.shutdown == never {
			tell("sent without shutdown")
		}
		s.exited = true
	case s.initialize != ended:
		tell("sent before initialize was answered")
	case s.shutdown != never:
		tell("sent after shutdown")
	}
	params := object["params"]
	switch m.Method {
	case "initialize":
		s.announced = announced{member(params, "capabilities"), s.validator.uses, map[string]bool{}}
	case "shutdown":
		s.shutdown = begun
	case "completionItem/resolve", "codeAction/resolve", "inlayHint/resolve":
		s.items[string(m.ID)] = params
	}
	if len(m.ID) > 0 {
		s.ask(client, m, tell)
		s.late[string(m.ID)] = s.exited
	}
	s.follow(m, tell)
	return found
}

// Server judges a message of the server.
func (s *Session) Server(raw []byte) []error {
	object, found := s.typed(server, raw)
	var m envelope
	if json.Unmarshal(raw, &m) != nil {
		return found
	}
	if m.Method == "" {
		id := string(m.ID)
		method := s.asked[client][id]
		switch method {
		case "initialize":
			s.initialize = ended
		case "shutdown":
			s.shutdown = ended
		}
		if err := report(method, "result", s.usedInResult(method, id, object["result"])); err != nil {
			found = append(found, err)
		}
		delete(s.asked[client], id)
		delete(s.items, id)
		return found
	}
	if err := report(m.Method, "params", s.usedInParams(m.Method, object["params"])); err != nil {
		found = append(found, err)
	}
	tell := func(format string, args ...any) {
		found = append(found, fmt.Errorf(m.Method+": "+format, args...))
	}
	if s.initialize != ended && !s.beforeInitialized(m) {
		tell("sent before initialize was answered")
	}
	if s.shutdown == ended && len(m.ID) > 0 {
		tell("asked after shutdown was answered")
	}
	if len(m.ID) > 0 {
		s.ask(server, m, tell)
	}
	switch m.Method {
	case "window/workDoneProgress/create":
		if token := tokenOf(m.Params, "token"); s.progress[token] != never {
			tell("the token %s is in use", token)
		} else {
			s.progress[token] = begun
		}
	case "$/progress":
		s.work(m, tell)
	case "textDocument/publishDiagnostics":
		var about struct {
			URI     string
			Version *float64
		}
		if json.Unmarshal(m.Params, &about) != nil {
			break // told by its type
		}
		if _, open := s.versions[about.URI]; open && about.Version != nil && *about.Version > s.highest[about.URI] {
			tell("of version %v of %s, of which the client has sent %v", *about.Version, about.URI, s.highest[about.URI])
		}
		if s.pulled[about.URI] {
			tell("of %s, of which the client asks for the diagnostics: it would show them twice", about.URI)
		}
	}
	return found
}

// usedInParams judges what a request or notification of the server uses.
func (s *Session) usedInParams(method string, params any) []problem {
	if needs := refreshes[method]; len(needs) > 0 && !slices.ContainsFunc(needs, func(need string) bool { return s.announced.has(need, nil) }) {
		return []problem{{text: "the client has not announced " + strings.Join(needs, " or ")}}
	}
	problems := s.announced.message(method, "params", params)
	if method == "client/registerCapability" {
		problems = append(problems, s.announced.registered(params)...)
	}
	return problems
}

// usedInResult judges what an answer of the server uses.
func (s *Session) usedInResult(method, id string, result any) []problem {
	problems := s.announced.message(method, "result", result)
	switch method {
	case "initialize":
		problems = append(problems, s.announced.initialized(result)...)
	case "completionItem/resolve":
		problems = append(problems, s.announced.resolved(s.items[id], result, "textDocument.completion.completionItem", "documentation", "detail")...)
	case "codeAction/resolve":
		problems = append(problems, s.announced.resolved(s.items[id], result, "textDocument.codeAction")...)
	case "inlayHint/resolve":
		problems = append(problems, s.announced.resolved(s.items[id], result, "textDocument.inlayHint")...)
	case "textDocument/semanticTokens/full", "textDocument/semanticTokens/range":
		problems = append(problems, s.announced.overlapping(result)...)
	}
	return problems
}

// Used returns the capabilities of the client without which something that the server
// has sent would have been wrong, in order: paths, with a colon before what is in a list.
func (s *Session) Used() []string { return slices.Sorted(maps.Keys(s.announced.used)) }

// End says what is missing when no more messages come. Requests that the client
// made before exit and that were never answered are told only if it said exit: a
// client that ends otherwise does not wait for anything.
func (s *Session) End() []error {
	if !s.exited {
		return nil
	}
	var found []error
	for id, method := range s.asked[client] {
		if !s.late[id] {
			found = append(found, fmt.Errorf("%s: the request %s was never answered", method, id))
		}
	}
	slices.SortFunc(found, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return found
}

// typed holds a message against the official types, and returns it decoded.
func (s *Session) typed(from side, raw []byte) (map[string]any, []error) {
	other, wrongWay := server, "serverToClient"
	if from == server {
		other, wrongWay = client, "clientToServer"
	}
	object, err := s.validator.message(raw, wrongWay, func(id string) string { return s.asked[other][id] })
	if err == nil {
		return object, nil
	}
	return object, []error{err}
}

// ask remembers a request of a side.
func (s *Session) ask(from side, m envelope, tell func(string, ...any)) {
	id := string(m.ID)
	if before, waiting := s.asked[from][id]; waiting {
		tell("has the id %s, which a request %s still has", id, before)
	}
	s.asked[from][id] = m.Method
}

// follow keeps track of what the client says about documents and progress.
func (s *Session) follow(m envelope, tell func(string, ...any)) {
	for _, name := range []string{"workDoneToken", "partialResultToken"} {
		if token := tokenOf(m.Params, name); token != "" {
			s.progress[token] = begun
		}
	}
	var about struct {
		TextDocument struct {
			URI     string
			Version float64
		}
	}
	if json.Unmarshal(m.Params, &about) != nil {
		return
	}
	document := about.TextDocument
	latest, open := s.versions[document.URI]
	switch m.Method {
	case "textDocument/diagnostic":
		s.pulled[document.URI] = true
	case "textDocument/didOpen":
		if open {
			tell("%s is open", document.URI)
		}
		s.sent(document.URI, document.Version)
	case "textDocument/didChange":
		switch {
		case !open:
			tell("%s is not open", document.URI)
		case document.Version <= latest:
			tell("version %v of %s after %v", document.Version, document.URI, latest)
		}
		s.sent(document.URI, document.Version)
	case "textDocument/didClose":
		if !open {
			tell("%s is not open", document.URI)
		}
		delete(s.versions, document.URI)
	}
}

// beforeInitialized reports whether a server may say this before it has answered
// initialize.
func (s *Session) beforeInitialized(m envelope) bool {
	switch m.Method {
	case "window/showMessage", "window/logMessage", "telemetry/event", "window/showMessageRequest":
		return true
	case "$/progress":
		return s.progress[tokenOf(m.Params, "token")] != never // of the initialize request
	}
	return false
}

// work keeps track of the server's reports of progress.
func (s *Session) work(m envelope, tell func(string, ...any)) {
	token := tokenOf(m.Params, "token")
	if s.progress[token] == never {
		tell("the token %s is unknown", token)
	}
	var about struct{ Value struct{ Kind string } }
	if json.Unmarshal(m.Params, &about) != nil {
		return
	}
	key := "work of " + token
	switch kind := about.Value.Kind; {
	case kind == "begin" && s.progress[key] != never:
		tell("the work of %s begins twice", token)
	case kind == "begin":
		s.progress[key] = begun
	case (kind == "report" || kind == "end") && s.progress[key] != begun:
		tell("%s of the work of %s, which is not under way", kind, token)
	case kind == "end":
		s.progress[key] = ended
	}
}

// tokenOf returns a member of parameters as it stands in JSON.
func tokenOf(params json.RawMessage, name string) string {
	var members map[string]json.RawMessage
	if json.Unmarshal(params, &members) != nil {
		return ""
	}
	return string(members[name])
}

// sent keeps which version of a document the client has sent.
func (s *Session) sent(uri string, version float64) {
	s.versions[uri] = version
	s.highest[uri] = max(s.highest[uri], version)
}
