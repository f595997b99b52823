package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// announced judges what a server sends by what the client has said that it can do.
type announced struct {
	capabilities any
	uses         map[string][]placedUse
	// used are the capabilities without which something that was sent would have been
	// wrong.
	used map[string]bool
}

// A placedUse is a use at one of its places.
type placedUse struct {
	use
	path []string
}

// usesByPlace sorts what must be announced by METHOD#params and METHOD#result.
func usesByPlace(all []use) map[string][]placedUse {
	byPlace := map[string][]placedUse{}
	for _, u := range all {
		for _, place := range u.places {
			in, path, _ := strings.Cut(place, " ")
			byPlace[in] = append(byPlace[in], placedUse{u, joined(path, u.member)})
		}
	}
	return byPlace
}

// A use is something in a message that a client must have announced.
type use struct {
	// places are where it may stand: what METHOD#params or METHOD#result, and a path in
	// it, in which * stands for each item of a list and ** for each member of an object.
	places []string
	// member is the path from there to what must have been announced.
	member string
	// of says which values of it are meant; nil for all that are there.
	of func(value any) bool
	// needs is where in the capabilities it is announced: a path to what is true, an
	// object, a list or a number; after a colon a text or number that must be in a list, or * for the
	// value itself. Of several, one is enough.
	needs []string
	// otherwise are the values that need no announcement.
	otherwise []string
}

// message returns what a message uses that was not announced. part is "params" or
// "result".
func (a announced) message(method, part string, value any) []problem {
	var problems []problem
	for _, u := range a.uses[method+"#"+part] {
		walk(value, u.path, nil, func(at []string, value any) {
			if value == nil || u.of != nil && !u.of(value) || u.otherwise != nil && slices.Contains(u.otherwise, textOf(value)) {
				return
			}
			if !slices.ContainsFunc(u.needs, func(need string) bool { return a.has(need, value) }) {
				problems = append(problems, problem{path: at, text: fmt.Sprintf("%.60s: the client has not announced %s", textOf(value), strings.Join(u.needs, " or "))})
			}
		})
	}
	return problems
}

// has reports whether something was announced that is about to be used.
func (a announced) has(need string, value any) bool {
	path, item, inList := strings.Cut(need, ":")
	if item == "*" {
		item = textOf(value)
	}
	if !a.announces(path, item, inList) {
		return false
	}
	if inList {
		path += ":" + item
	}
	a.used[path] = true
	return true
}

func (a announced) announces(path, item string, inList bool) bool {
	found := a.capabilities
	for name := range strings.SplitSeq(path, ".") {
		found = member(found, name)
	}
	if !inList {
		_, isObject := found.(map[string]any)
		_, isList := found.([]any)
		_, isNumber := number(found)
		return found == true || isObject || isList || isNumber
	}
	list, _ := found.([]any)
	return slices.ContainsFunc(list, func(have any) bool { return textOf(have) == item })
}

// textOf returns a text or number as a text.
func textOf(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return fmt.Sprint(value)
}

func joined(path, member string) []string {
	return strings.FieldsFunc(path+"."+member, func(c rune) bool { return c == '.' })
}

// walk calls visit with what a path leads to, as often as it does.
func walk(value any, path, at []string, visit func(at []string, value any)) {
	if len(path) == 0 {
		visit(at, value)
		return
	}
	next := func(name string, value any) { walk(value, path[1:], append(slices.Clip(at), name), visit) }
	switch value := value.(type) {
	case map[string]any:
		if path[0] != "**" {
			if inner, ok := value[path[0]]; ok {
				next(path[0], inner)
			}
			return
		}
		for name, inner := range value {
			next(name, inner)
		}
	case []any:
		if path[0] == "*" {
			for i, inner := range value {
				next(strconv.Itoa(i), inner)
			}
		}
	}
}

// initialized judges what a server offers.
func (a announced) initialized(result any) []problem {
	var problems []problem
	offered := member(result, "capabilities")
	if _, ok := member(offered, "codeActionProvider").(map[string]any); ok && !a.has("textDocument.codeAction.codeActionLiteralSupport", nil) {
		problems = append(problems, problem{path: []string{"capabilities", "codeActionProvider"}, text: "options, which need codeActionLiteralSupport"})
	}
	if _, ok := member(offered, "renameProvider").(map[string]any); ok && !a.has("textDocument.rename.prepareSupport", nil) {
		problems = append(problems, problem{path: []string{"capabilities", "renameProvider"}, text: "options, which need prepareSupport"})
	}
	return problems
}

// registered judges dynamic registrations.
func (a announced) registered(params any) []problem {
	var problems []problem
	registrations, _ := member(params, "registrations").([]any)
	for i, registration := range registrations {
		method, _ := member(registration, "method").(string)
		path := strings.Split(method, "/")
		if len(path) < 2 {
			continue // told by the rules of registrations
		}
		// The capability has the name of the method, except for these.
		name := path[1]
		if special, ok := map[string]string{
			"didOpen": "synchronization", "didChange": "synchronization", "didClose": "synchronization", "didSave": "synchronization",
			"willSave": "synchronization", "willSaveWaitUntil": "synchronization", "documentColor": "colorProvider",
			"prepareCallHierarchy": "callHierarchy", "prepareTypeHierarchy": "typeHierarchy",
		}[name]; ok && path[0] == "textDocument" {
			name = special
		}
		if path[0] == "workspace" && (strings.HasSuffix(name, "Files") && name != "didChangeWatchedFiles") {
			name = "fileOperations"
		}
		if need := path[0] + "." + name + ".dynamicRegistration"; !a.has(need, nil) {
			problems = append(problems, problem{path: []string{"registrations", strconv.Itoa(i)}, text: method + ": the client has not announced " + need})
		}
	}
	return problems
}

// resolved judges what a resolve request has changed of an item. By default only
// some members may come later.
func (a announced) resolved(item, result any, support string, byDefault ...string) []problem {
	before, ok1 := item.(map[string]any)
	after, ok2 := result.(map[string]any)
	if !ok1 || !ok2 {
		return nil
	}
	var problems []problem
	for name, value := range after {
		if _, had := before[name]; had || value == nil || slices.Contains(byDefault, name) {
			continue
		}
		if !a.has(support+".resolveSupport.properties:"+name, nil) {
			problems = append(problems, problem{path: []string{name}, text: "came with resolve, but the client has not announced that it may"})
		}
	}
	return problems
}

// overlapping judges semantic tokens, which must lie apart and in order unless the
// client can draw them on top of each other.
func (a announced) overlapping(result any) []problem {
	data, _ := member(result, "data").([]any)
	for i := 5; i+4 < len(data); i += 5 {
		line, _ := number(data[i])
		start, _ := number(data[i+1])
		length, _ := number(data[i-5+2])
		if line == 0 && start < length && !a.has("textDocument.semanticTokens.overlappingTokenSupport", nil) {
			return []problem{{path: []string{"data", strconv.Itoa(i)}, text: "a token inside of the one before: the client has not announced overlappingTokenSupport"}}
		}
	}
	return nil
}
