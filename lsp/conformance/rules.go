package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rules that the specification gives in words and no type can say.

// paramRules checks what the parameters of a method promise beyond their type.
func (v *Validator) paramRules(method string, params any) []problem {
	switch method {
	case "$/progress":
		value := member(params, "value")
		if _, ok := member(value, "kind").(string); !ok {
			return nil // part of a result, which may be anything
		}
		problems := inside("value", check(v.schemas["workDoneProgress"], value))
		if percentage, ok := number(member(value, "percentage")); ok && percentage > 100 {
			problems = append(problems, problem{path: []string{"value", "percentage"}, text: "more than 100"})
		}
		return problems
	case "client/registerCapability":
		return v.registrationRules(params)
	}
	return nil
}

// registrationRules checks the options of each dynamic registration by the type
// that the registered method has for them.
func (v *Validator) registrationRules(params any) []problem {
	registrations, _ := member(params, "registrations").([]any)
	var problems []problem
	var ids []string
	for i, registration := range registrations {
		path := []string{"registrations", strconv.Itoa(i)}
		if id, ok := member(registration, "id").(string); ok {
			if slices.Contains(ids, id) {
				problems = append(problems, problem{path: append(slices.Clip(path), "id"), text: "used twice: " + id})
			}
			ids = append(ids, id)
		}
		method, _ := member(registration, "method").(string)
		switch method {
		case "textDocument/semanticTokens":
			method = "textDocument/semanticTokens/full"
		case "notebookDocument/sync":
			method = "notebookDocument/didOpen"
		}
		kind, known := v.messages[method]
		if !known || kind.Direction == "serverToClient" {
			problems = append(problems, problem{path: append(slices.Clip(path), "method"), text: fmt.Sprintf("nothing to register: %q", method)})
			continue
		}
		options := member(registration, "registerOptions")
		if schema := v.schemas[method+"#registration"]; schema != nil && options != nil {
			for _, p := range check(schema, options) {
				p.path = slices.Concat(path, []string{"registerOptions"}, p.path)
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// resultRules checks what the result of a method promises beyond its type.
func resultRules(method string, result any) []problem {
	var problems []problem
	switch {
	case strings.HasPrefix(method, "textDocument/semanticTokens/"):
		if data, ok := member(result, "data").([]any); ok && len(data)%5 != 0 {
			problems = append(problems, problem{path: []string{"data"}, text: fmt.Sprintf("%d numbers, which is no multiple of 5", len(data))})
		}
	case method == "textDocument/signatureHelp":
		signatures, _ := member(result, "signatures").([]any)
		if active, ok := number(member(result, "activeSignature")); ok && active >= float64(max(len(signatures), 1)) {
			problems = append(problems, problem{path: []string{"activeSignature"}, text: fmt.Sprintf("%v of %d signatures", active, len(signatures))})
		}
	case method == "textDocument/foldingRange":
		folds, _ := result.([]any)
		for i, fold := range folds {
			start, ok1 := number(member(fold, "startLine"))
			end, ok2 := number(member(fold, "endLine"))
			if ok1 && ok2 && end < start {
				problems = append(problems, problem{path: []string{strconv.Itoa(i)}, text: "ends before it starts"})
			}
		}
	}
	return problems
}

// generalRules checks, everywhere in a value, that ranges end after they start
// and that ranges lie in the ranges they must lie in.
func generalRules(value any) []problem {
	var problems []problem
	var walk func(path []string, value any)
	walk = func(path []string, value any) {
		switch value := value.(type) {
		case []any:
			for i, item := range value {
				walk(append(slices.Clip(path), strconv.Itoa(i)), item)
			}
		case map[string]any:
			if r, ok := rangeOf(value); ok && before(r.end, r.start) {
				problems = append(problems, problem{path: path, text: "the range ends before it starts"})
			}
			for _, pair := range [][2]string{
				{"selectionRange", "range"},             // DocumentSymbol and hierarchy items
				{"targetSelectionRange", "targetRange"}, // LocationLink
				{"insert", "replace"},                   // InsertReplaceEdit
			} {
				inner, ok1 := rangeOf(value[pair[0]])
				outer, ok2 := rangeOf(value[pair[1]])
				if ok1 && ok2 && !outer.contains(inner) {
					problems = append(problems, problem{path: append(slices.Clip(path), pair[0]), text: "not inside " + pair[1]})
				}
			}
			if parent, ok := value["parent"].(map[string]any); ok { // SelectionRange
				inner, ok1 := rangeOf(value["range"])
				outer, ok2 := rangeOf(parent["range"])
				if ok1 && ok2 && !outer.contains(inner) {
					problems = append(problems, problem{path: append(slices.Clip(path), "parent"), text: "does not contain the range"})
				}
			}
			if edit, ok := value["textEdit"]; ok { // CompletionItem
				if r, ok := rangeOf(member(edit, "range")); ok && r.start.line != r.end.line {
					problems = append(problems, problem{path: append(slices.Clip(path), "textEdit", "range"), text: "more than one line"})
				}
			}
			names := make([]string, 0, len(value))
			for name := range value {
				names = append(names, name)
			}
			slices.Sort(names)
			for _, name := range names {
				walk(append(slices.Clip(path), name), value[name])
			}
		}
	}
	walk(nil, value)
	return problems
}

type position struct{ line, character float64 }

type textRange struct{ start, end position }

func (r textRange) contains(inner textRange) bool {
	return !before(inner.start, r.start) && !before(r.end, inner.end)
}

func before(a, b position) bool {
	return a.line < b.line || a.line == b.line && a.character < b.character
}

// rangeOf returns a value as a range, if it is one.
func rangeOf(value any) (textRange, bool) {
	start, ok1 := positionOf(member(value, "start"))
	end, ok2 := positionOf(member(value, "end"))
	return textRange{start, end}, ok1 && ok2
}

func positionOf(value any) (position, bool) {
	line, ok1 := number(member(value, "line"))
	character, ok2 := number(member(value, "character"))
	return position{line, character}, ok1 && ok2
}

// member returns a member of an object, and nil of anything else.
func member(value any, name string) any {
	object, _ := value.(map[string]any)
	return object[name]
}

func number(value any) (float64, bool) {
	n, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// inside puts a step before the path of each problem.
func inside(step string, problems []problem) []problem {
	for i := range problems {
		problems[i].path = append([]string{step}, problems[i].path...)
	}
	return problems
}

// checkError checks the error of a response.
func checkError(method string, raw json.RawMessage) error {
	value, err := decode(raw)
	if err != nil {
		return fmt.Errorf("%s: error: %w", method, err)
	}
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: error: an object is wanted, got %s", method, excerpt(raw))
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return fmt.Errorf("%s: error: %w", method, err)
	}
	if err := onlyMembers(members, "code", "message", "data"); err != nil {
		return fmt.Errorf("%s: error: %w", method, err)
	}
	if text, ok := object["message"].(string); !ok || text == "" {
		return fmt.Errorf("%s: error: message: a text is wanted, got %s", method, excerpt(members["message"]))
	}
	var code int32
	if err := json.Unmarshal(members["code"], &code); err != nil {
		return fmt.Errorf("%s: error: code: an integer is wanted, got %s", method, excerpt(members["code"]))
	}
	// Codes in these two ranges belong to JSON-RPC and LSP.
	reserved := -32899 <= code && code <= -32800 || -32768 <= code && code <= -32000
	if known := []int32{
		-32700, -32600, -32601, -32602, -32603, // JSON-RPC
		-32002, -32001, -32800, -32801, -32802, -32803, // LSP
	}; reserved && !slices.Contains(known, code) {
		return fmt.Errorf("%s: error: code: %d is reserved and means nothing", method, code)
	}
	return nil
}
