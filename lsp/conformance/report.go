package conformance

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// maxProblems is how many problems of one message are told.
const maxProblems = 8

var english = message.NewPrinter(language.English)

// A problem is one thing that is wrong, at a place in a value.
type problem struct {
	// path leads to the place, from the outside.
	path []string
	text string
	// constant says that the value should have been another constant, such as
	// the member "kind" that tells the alternatives of a union apart.
	constant bool
}

// at returns the path for people: diagnostics[0].range.
func (p problem) at() string {
	var b strings.Builder
	for _, step := range p.path {
		if strings.Trim(step, "0123456789") == "" && step != "" {
			b.WriteString("[" + step + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	return b.String()
}

// check returns what a schema finds wrong with a value.
func check(schema *jsonschema.Schema, value any) []problem {
	err := schema.Validate(value)
	if err == nil {
		return nil
	}
	var failure *jsonschema.ValidationError
	if !errors.As(err, &failure) {
		return []problem{{text: err.Error()}}
	}
	return leaves(failure)
}

// leaves flattens an error of the schema library into what is wrong in the end.
// Of alternatives it keeps the ones that got furthest into the value, since the
// others were not meant: a list with one bad item is not "an object is wanted".
func leaves(e *jsonschema.ValidationError) []problem {
	if len(e.Causes) == 0 {
		_, constant := e.ErrorKind.(*kind.Const)
		return []problem{{path: e.InstanceLocation, text: e.ErrorKind.LocalizedString(english), constant: constant}}
	}
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
	default:
		var all []problem
		for _, cause := range e.Causes {
			all = append(all, leaves(cause)...)
		}
		return all
	}
	var best [][]problem
	bestDepth := -1
	for _, cause := range e.Causes {
		alternative := leaves(cause)
		switch depth := reach(alternative, len(e.InstanceLocation)); {
		case depth > bestDepth:
			best, bestDepth = [][]problem{alternative}, depth
		case depth == bestDepth:
			best = append(best, alternative)
		}
	}
	if len(best) == 1 {
		return best[0]
	}
	// Several alternatives failed alike: say them in one line.
	var texts []string
	for _, alternative := range best {
		for _, p := range alternative {
			text := p.text
			if len(p.path) > len(e.InstanceLocation) {
				text = problem{path: p.path[len(e.InstanceLocation):]}.at() + ": " + text
			}
			if !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return []problem{{path: e.InstanceLocation, text: strings.Join(texts, ", or ")}}
}

// reach says how well an alternative fits: how deep in the value, seen from base,
// the least deep of its problems lies. What is of another type, or says itself
// that it is another alternative, fits worst; what is of the right type and has
// wrong members fits a little better.
func reach(problems []problem, base int) int {
	least := math.MaxInt
	for _, p := range problems {
		depth := 2 * (len(p.path) - base)
		switch {
		case p.constant:
			depth = 0
		case !strings.HasPrefix(p.text, "got ") && !strings.HasPrefix(p.text, "value must be"):
			depth++
		}
		least = min(least, depth)
	}
	return least
}

// report makes one error of the problems, or none.
func report(method, part string, problems []problem) error {
	if len(problems) == 0 {
		return nil
	}
	var lines []string
	for _, p := range problems {
		line := p.text
		if at := p.at(); at != "" {
			line = at + ": " + line
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if more := len(lines) - maxProblems; more > 0 {
		lines = append(lines[:maxProblems], fmt.Sprintf("and %d more", more))
	}
	return fmt.Errorf("%s: %s: %s", method, part, strings.Join(lines, "; "))
}
