package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaFile is where the schema lies, from the module's root.
const schemaFile = "lsp/testdata/protocol/lsp-3.18.schema.json"

// customPrefix begins the names of this server's own methods, for which there
// are no official types.
const customPrefix = "kconfig/"

// A Validator judges messages. It may be used by several goroutines at once.
type Validator struct {
	// messages has what is known of each method.
	messages map[string]messageKind
	// schemas has a compiled schema for each "METHOD#params", "METHOD#result"
	// and "METHOD#registration", and for "workDoneProgress".
	schemas map[string]*jsonschema.Schema
	// uses has what clients must have announced before it is used.
	uses map[string][]placedUse
}

// messageKind says how a method is used.
type messageKind struct {
	Request   bool   `json:"request"`
	Direction string `json:"direction"`
}

// New returns a validator. It finds the schema from the working directory, which
// must lie in the module, as that of a test does.
func New() (*Validator, error) {
	path, err := findSchema()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return newValidator(text)
}

// findSchema looks for the schema in the working directory and those above it.
func findSchema() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, filepath.FromSlash(schemaFile))
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("conformance: no %s in %s or above it", schemaFile, start)
		}
	}
}

func newValidator(text []byte) (*Validator, error) {
	var outline struct {
		Messages   map[string]messageKind     `json:"messages"`
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(text, &outline); err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", schemaFile, err)
	}
	if len(outline.Messages) == 0 {
		return nil, fmt.Errorf("conformance: %s describes no messages", schemaFile)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", schemaFile, err)
	}
	const url = "lsp.json"
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(url, document); err != nil {
		return nil, fmt.Errorf("conformance: %w", err)
	}
	v := &Validator{messages: outline.Messages, schemas: map[string]*jsonschema.Schema{}, uses: usesByPlace(uses)}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "#", "%23", "$", "%24")
	for name := range outline.Properties {
		schema, err := compiler.Compile(url + "#/properties/" + escape.Replace(name))
		if err != nil {
			return nil, fmt.Errorf("conformance: %s: %w", name, err)
		}
		v.schemas[name] = schema
	}
	return v, nil
}

// Methods returns the names of all methods that the protocol has, in order.
func (v *Validator) Methods() []string {
	var names []string
	for name := range v.messages {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Params checks the parameters of a request or notification, whoever sends it.
// Absent parameters are given as nil.
func (v *Validator) Params(method string, raw []byte) error {
	return v.params(method, raw, func() (any, error) { return decode(raw) })
}

func (v *Validator) params(method string, raw []byte, decoded func() (any, error)) error {
	if _, known := v.messages[method]; !known {
		if strings.HasPrefix(method, customPrefix) {
			return nil
		}
		return fmt.Errorf("%s: the protocol has no such method", method)
	}
	schema := v.schemas[method+"#params"]
	if schema == nil {
		if len(raw) > 0 {
			return fmt.Errorf("%s: params: the method has none, got %s", method, excerpt(raw))
		}
		return nil
	}
	if len(raw) == 0 {
		return fmt.Errorf("%s: params: missing", method)
	}
	value, err := decoded()
	if err != nil {
		return fmt.Errorf("%s: params: %w", method, err)
	}
	problems := check(schema, value)
	problems = append(problems, v.paramRules(method, value)...)
	problems = append(problems, generalRules(value)...)
	return report(method, "params", problems)
}

// Result checks the result of a request, whoever answers it. A null result is
// given as the text null: a response must have one.
func (v *Validator) Result(method string, raw []byte) error {
	return v.result(method, func() (any, error) { return decode(raw) })
}

func (v *Validator) result(method string, decoded func() (any, error)) error {
	kind, known := v.messages[method]
	if !known {
		if strings.HasPrefix(method, customPrefix) {
			return nil
		}
		return fmt.Errorf("%s: the protocol has no such method", method)
	}
	if !kind.Request {
		return fmt.Errorf("%s: a notification, which has no result", method)
	}
	value, err := decoded()
	if err != nil {
		return fmt.Errorf("%s: result: %w", method, err)
	}
	var problems []problem
	if schema := v.schemas[method+"#result"]; schema != nil {
		problems = check(schema, value)
	}
	problems = append(problems, resultRules(method, value)...)
	problems = append(problems, generalRules(value)...)
	return report(method, "result", problems)
}

// ServerMessage checks one message that a server sent to a client: a request, a
// notification or a response, without the header. methodOfRequestID names the
// method of a request that the client sent and that is answered by the given
// id, or is empty if there is none; the id is given as it stands in JSON, so 7
// or "seven" with its quotes.
func (v *Validator) ServerMessage(raw []byte, methodOfRequestID func(id string) string) error {
	_, err := v.message(raw, "clientToServer", methodOfRequestID)
	return err
}

// ClientMessage checks one message that a client sent, as ServerMessage does with
// those of a server.
func (v *Validator) ClientMessage(raw []byte, methodOfRequestID func(id string) string) error {
	_, err := v.message(raw, "serverToClient", methodOfRequestID)
	return err
}

// message checks a message, and returns it decoded as far as it can be. wrongWay is the
// direction in which it cannot have gone.
func (v *Validator) message(raw []byte, wrongWay string, methodOfRequestID func(id string) string) (map[string]any, error) {
	if !utf8.Valid(raw) {
		return nil, fmt.Errorf("message: not UTF-8: %s", excerpt(raw))
	}
	value, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("message: %w: %s", err, excerpt(raw))
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("message: an object is wanted, got %s", excerpt(raw))
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return nil, fmt.Errorf("message: %w", err)
	}
	if got := string(members["jsonrpc"]); got != `"2.0"` {
		return object, fmt.Errorf(`message: jsonrpc must be "2.0", got %s`, orNothing(got))
	}
	if _, ok := members["method"]; ok {
		return object, v.call(members, object, wrongWay)
	}
	return object, v.response(members, object, methodOfRequestID)
}

// call checks a request or notification.
func (v *Validator) call(members map[string]json.RawMessage, object map[string]any, wrongWay string) error {
	var method string
	if err := json.Unmarshal(members["method"], &method); err != nil {
		return fmt.Errorf("message: method: %w", err)
	}
	if err := onlyMembers(members, "jsonrpc", "id", "method", "params"); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	id, isRequest := members["id"]
	if isRequest && !isID(id) {
		return fmt.Errorf("%s: id: an integer or a string is wanted, got %s", method, id)
	}
	params := members["params"]
	if len(params) > 0 && params[0] != '{' && params[0] != '[' {
		return fmt.Errorf("%s: params: an object or an array is wanted, got %s", method, excerpt(params))
	}
	if kind, known := v.messages[method]; known {
		if kind.Direction == wrongWay {
			sender := map[string]string{"clientToServer": "clients", "serverToClient": "servers"}[wrongWay]
			return fmt.Errorf("%s: only %s send this", method, sender)
		}
		if kind.Request && !isRequest {
			return fmt.Errorf("%s: a request, sent without an id", method)
		}
		if !kind.Request && isRequest {
			return fmt.Errorf("%s: a notification, sent with the id %s", method, id)
		}
	}
	return v.params(method, params, func() (any, error) { return object["params"], nil })
}

// response checks the answer to a request of the other side.
func (v *Validator) response(members map[string]json.RawMessage, object map[string]any, methodOf func(id string) string) error {
	if err := onlyMembers(members, "jsonrpc", "id", "result", "error"); err != nil {
		return fmt.Errorf("response: %w", err)
	}
	id, hasID := members["id"]
	if !hasID {
		return errors.New("message: neither a method nor an id")
	}
	_, hasResult := members["result"]
	failure, hasError := members["error"]
	if hasResult == hasError {
		return fmt.Errorf("response %s: exactly one of result and error is wanted", id)
	}
	if string(id) == "null" {
		if !hasError {
			return errors.New("response: a result for the id null")
		}
		return checkError("response", failure)
	}
	if !isID(id) {
		return fmt.Errorf("response: id: an integer or a string is wanted, got %s", id)
	}
	method := methodOf(string(id))
	if method == "" {
		return fmt.Errorf("response %s: answers no request that was sent, or one that was answered", id)
	}
	if hasError {
		return checkError(method, failure)
	}
	return v.result(method, func() (any, error) { return object["result"], nil })
}

// isID reports whether the JSON text is an id: an integer or a string.
func isID(raw json.RawMessage) bool {
	var text string
	if json.Unmarshal(raw, &text) == nil && string(raw) != "null" {
		return true
	}
	var number int64
	return json.Unmarshal(raw, &number) == nil && string(raw) != "null"
}

// onlyMembers reports members that are not among the names.
func onlyMembers(members map[string]json.RawMessage, names ...string) error {
	var unknown []string
	for name := range members {
		if !slices.Contains(names, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	return fmt.Errorf("unknown members of the message: %s", strings.Join(unknown, ", "))
}

// decode reads one JSON value as the schema library wants it, and refuses
// objects that have a member twice, which the standard library lets pass.
func decode(raw []byte) (any, error) {
	if err := uniqueMembers(json.NewDecoder(bytes.NewReader(raw))); err != nil {
		return nil, err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	return value, nil
}

// uniqueMembers reads all tokens and reports the first repeated member.
func uniqueMembers(decoder *json.Decoder) error {
	type level struct {
		object, wantName bool
		seen             map[string]bool
	}
	var levels []level
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not JSON: %w", err)
		}
		top := len(levels) - 1
		if name, ok := token.(string); ok && top >= 0 && levels[top].object && levels[top].wantName {
			if levels[top].seen[name] {
				return fmt.Errorf("the member %q stands twice", name)
			}
			levels[top].seen[name] = true
			levels[top].wantName = false
			continue
		}
		switch token {
		case json.Delim('{'):
			levels = append(levels, level{object: true, wantName: true, seen: map[string]bool{}})
			continue
		case json.Delim('['):
			levels = append(levels, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:top]
			top--
		}
		if top >= 0 {
			levels[top].wantName = levels[top].object
		}
	}
}

// excerpt returns the beginning of a text, for messages.
func excerpt(raw []byte) string {
	const limit = 120
	if len(raw) <= limit {
		return orNothing(string(raw))
	}
	return strings.ToValidUTF8(string(raw[:limit]), "") + "..."
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}
