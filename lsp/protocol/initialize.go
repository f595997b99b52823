package protocol

import (
	"encoding/json"
	"math"
)

// InitializeParams are what is known of the parameters of [MethodInitialize].
type InitializeParams struct {
	ProcessID             int32 // of the client's process; 0 if not known
	Client                ProgramInfo
	Locale                string
	Roots                 []WorkspaceFolder // workspaceFolders, else rootUri, else rootPath
	InitializationOptions json.RawMessage   // nil if absent
	Trace                 TraceValue        // one of the three constants
	Capabilities          Capabilities
}

// ResolveInitialize reads the parameters of [MethodInitialize]. Like
// [ResolveCapabilities], it survives everything: what is absent or of the wrong
// type has its zero value.
func ResolveInitialize(raw json.RawMessage) InitializeParams {
	v := parseValue(raw)
	p := InitializeParams{
		ProcessID:    v.at("processId").int32(),
		Client:       ProgramInfo{Name: v.at("clientInfo", "name").string(), Version: v.at("clientInfo", "version").string()},
		Locale:       v.at("locale").string(),
		Trace:        traceOf(v.at("trace").string()),
		Capabilities: resolveCapabilities(v),
	}
	for _, folder := range v.at("workspaceFolders").list() {
		if uri := folder.at("uri").string(); uri != "" {
			p.Roots = append(p.Roots, WorkspaceFolder{ParseURI(uri), folder.at("name").string()})
		}
	}
	if p.Roots == nil {
		if uri := v.at("rootUri").string(); uri != "" {
			p.Roots = []WorkspaceFolder{{URI: ParseURI(uri)}}
		} else if path := v.at("rootPath").string(); path != "" {
			p.Roots = []WorkspaceFolder{{URI: URIFromPath(path)}}
		}
	}
	var rest struct {
		Options json.RawMessage `json:"initializationOptions"`
	}
	if json.Unmarshal(raw, &rest) == nil && string(rest.Options) != "null" {
		p.InitializationOptions = rest.Options
	}
	return p
}

// traceOf returns the trace value that a client means by s.
func traceOf(s string) TraceValue {
	switch s {
	case "verbose":
		return TraceVerbose
	case "messages", "message", "compact":
		return TraceMessages
	}
	return TraceOff
}

// Normalize returns the one of the three constants that t means; off for
// anything unknown.
func (t TraceValue) Normalize() TraceValue { return traceOf(string(t)) }

// value is a decoded JSON value whose readers never fail: asked for what is not
// there, or is something else, they return zero.
type value struct{ v any }

func parseValue(raw json.RawMessage) value {
	var v any
	_ = json.Unmarshal(raw, &v) // what does not parse, is not there
	return value{v}
}

// at returns the member at a path of names.
func (v value) at(path ...string) value {
	for _, name := range path {
		m, _ := v.v.(map[string]any)
		v = value{m[name]}
	}
	return v
}

func (v value) bool() bool     { b, _ := v.v.(bool); return b }
func (v value) string() string { s, _ := v.v.(string); return s }

// isObject reports whether v is an object. An object where a bool could stand,
// or whose presence is the message, means yes.
func (v value) isObject() bool { _, ok := v.v.(map[string]any); return ok }

// isList reports whether v is a list.
func (v value) isList() bool { _, ok := v.v.([]any); return ok }

// int32 returns v if it is an integer of that size.
func (v value) int32() int32 {
	f, _ := v.v.(float64)
	if f != math.Trunc(f) || f < math.MinInt32 || f > math.MaxInt32 {
		return 0
	}
	return int32(f)
}

func (v value) list() []value {
	elements, _ := v.v.([]any)
	list := make([]value, len(elements))
	for i, e := range elements {
		list[i] = value{e}
	}
	return list
}

// strings returns the strings of the list v.
func (v value) strings() []string {
	var all []string
	for _, e := range v.list() {
		if s, ok := e.v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// has reports whether the list v contains the string s.
func (v value) has(s string) bool {
	for _, e := range v.list() {
		if e.v == any(s) {
			return true
		}
	}
	return false
}

// hasNumber reports whether the list v contains the number n.
func (v value) hasNumber(n int) bool {
	for _, e := range v.list() {
		if e.v == any(float64(n)) {
			return true
		}
	}
	return false
}
