package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Names gives new names to what differs from run to run and from machine to
// machine: directories, processes, the version of the server, its progress tokens,
// and the result ids that it hands out. It remembers them, and so goes through a
// session in order.
type Names struct {
	roots []root
	// tokens are the server's progress tokens by what they are; ids are result ids by
	// what they are, and actual the other way round.
	tokens, ids, actual map[string]string
}

// A root is a directory, in each form that it can have in a message.
type root struct {
	dir     string
	pattern *regexp.Regexp
	name    string
}

// NewNames returns the names of a session. roots has new names of directories.
func NewNames(roots map[string]string) *Names {
	n := &Names{tokens: map[string]string{}, ids: map[string]string{}, actual: map[string]string{}}
	for _, dir := range slices.Sorted(maps.Keys(roots)) {
		n.roots = append(n.roots, root{dir, anyForm(dir), roots[dir]})
	}
	// Of directories inside of one another the innermost counts.
	slices.SortStableFunc(n.roots, func(a, b root) int { return len(b.dir) - len(a.dir) })
	return n
}

// anyForm returns a pattern for a path as it stands in texts and in URIs, in which
// each client escapes other characters.
func anyForm(path string) *regexp.Regexp {
	var pattern strings.Builder
	for _, character := range path {
		plain := string(character)
		var escaped strings.Builder
		for i := range len(plain) {
			fmt.Fprintf(&escaped, "%%%02x", plain[i])
		}
		fmt.Fprintf(&pattern, "(?:%s|(?i:%s))", regexp.QuoteMeta(plain), escaped.String())
	}
	return regexp.MustCompile(pattern.String())
}

// Text gives the directories in a text their new names. One that goes on otherwise
// than with a slash is another directory.
func (n *Names) Text(text string) string {
	for _, r := range n.roots {
		var out strings.Builder
		last := 0
		for _, found := range r.pattern.FindAllStringIndex(text, -1) {
			if goesOn(text[found[1]:]) {
				continue
			}
			out.WriteString(text[last:found[0]])
			if text[found[0]:found[1]] == r.dir && !strings.HasSuffix(text[:found[0]], "://") {
				out.WriteString(r.name)
			} else {
				out.WriteString((&url.URL{Path: r.name}).EscapedPath())
			}
			last = found[1]
		}
		text = out.String() + text[last:]
	}
	return text
}

// goesOn reports whether the name of a directory goes on in what follows.
func goesOn(rest string) bool {
	if rest == "" {
		return false
	}
	c := rest[0]
	return c == '-' || c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' ||
		c == '%' && !strings.HasPrefix(rest, "%2F") && !strings.HasPrefix(rest, "%2f") ||
		c == '.' && len(rest) > 1 && rest[1] != ' '
}

// Client gives what a client sends its new names.
func (n *Names) Client(m Message) Message {
	m.Params = edit(m.Params, func(value any) any {
		params, _ := value.(map[string]any)
		if m.Method == "initialize" {
			if _, ok := params["processId"]; ok {
				params["processId"] = nil
			}
		}
		eachResultID(params, previousIDs, func(id, _ string) string { return orSame(n.ids, id) })
		return n.value(value)
	})
	m.Result = edit(m.Result, n.value)
	m.Error = edit(m.Error, n.value)
	return m
}

// Actual is the inverse of Client for result ids: it puts those into a message that
// the server has handed out now.
func (n *Names) Actual(m Message) Message {
	m.Params = edit(m.Params, func(value any) any {
		params, _ := value.(map[string]any)
		eachResultID(params, previousIDs, func(name, _ string) string { return orSame(n.actual, name) })
		return value
	})
	return m
}

// Server gives what the server sends its new names. An answer has the method of its
// request.
func (n *Names) Server(m Message) Message {
	m.Params = edit(m.Params, func(value any) any {
		params, _ := value.(map[string]any)
		if token, ok := params["token"].(string); ok {
			// All alike: whether a tree is read once or, since settings came late, twice
			// is chance.
			if m.Method == "window/workDoneProgress/create" {
				n.tokens[token] = "progress"
			}
			params["token"] = orSame(n.tokens, token)
		}
		return n.value(value)
	})
	m.Result = edit(m.Result, func(value any) any {
		result, _ := value.(map[string]any)
		if info, ok := result["serverInfo"].(map[string]any); ok && m.Method == "initialize" {
			info["version"] = "VERSION"
		}
		eachResultID(result, handedOutIDs, func(id, uri string) string {
			name := strings.TrimSpace("id of #" + string(m.ID) + " " + n.Text(uri))
			n.ids[id], n.actual[name] = name, id
			return name
		})
		return n.value(value)
	})
	m.Error = edit(m.Error, n.value)
	return m
}

// value gives the directories in all texts of a value their new names.
func (n *Names) value(value any) any {
	switch value := value.(type) {
	case string:
		return n.Text(value)
	case []any:
		for i := range value {
			value[i] = n.value(value[i])
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			member := n.value(value[name])
			delete(value, name)
			value[n.Text(name)] = member
		}
	}
	return value
}

// Where result ids stand in parameters and results, and the lists in which they do.
var (
	previousIDs  = resultIDs{member: "previousResultId", list: "previousResultIds", inList: "value"}
	handedOutIDs = resultIDs{member: "resultId", list: "items", inList: "resultId"}
)

type resultIDs struct{ member, list, inList string }

// eachResultID replaces the result ids in parameters or a result. Those in lists
// belong to documents.
func eachResultID(object map[string]any, where resultIDs, replace func(id, uri string) string) {
	change := func(object map[string]any, member string) {
		if id, ok := object[member].(string); ok && id != "" {
			uri, _ := object["uri"].(string)
			object[member] = replace(id, uri)
		}
	}
	change(object, where.member)
	items, _ := object[where.list].([]any)
	for _, item := range items {
		if item, ok := item.(map[string]any); ok {
			change(item, where.inList)
		}
	}
}

func orSame(names map[string]string, text string) string {
	if name, ok := names[text]; ok {
		return name
	}
	return text
}

// edit decodes a value, has it changed, and encodes it again: members in order,
// without blanks.
func edit(raw json.RawMessage, change func(any) any) json.RawMessage {
	if raw == nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return raw
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(change(value)) != nil {
		return raw
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
