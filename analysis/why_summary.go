package analysis

import (
	"slices"
	"strings"
)

// How much of an explanation a sentence tells.
const (
	maxSummaryParts = 3
	maxSummaryDepth = 6
)

// summary returns an explanation in one sentence: what does not hold, each with
// what it comes from in the end. It is "" if there is nothing to say but what
// the value is.
func summary(w *Why) string {
	if len(w.Causes) == 0 || w.Kind != "not-shown" && w.Kind != "no-prompt-shown" {
		_, text, _ := strings.Cut(w.Text, ": ")
		return text
	}
	if w.Kind == "no-prompt-shown" {
		return "none of its prompts is shown"
	}
	var parts []string
	causes := slices.CompactFunc(slices.Clone(w.Causes), func(a, b *Why) bool { return a.Text == b.Text })
	for i, cause := range causes {
		if i == maxSummaryParts {
			parts = append(parts, "and "+plural(len(causes)-i, "other condition", "other conditions"))
			break
		}
		part := cause.Text
		if root := rootOf(cause); root != cause {
			text, same := strings.CutPrefix(root.Text, inQuotes(root.Symbol)+" is "+root.Value)
			if !same || !strings.Contains(cause.Text, inQuotes(root.Symbol)+", which is") {
				text = root.Text
			}
			part += " (" + strings.TrimLeft(text, ": ") + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// rootOf returns what an explanation comes to, as long as it does not branch and
// goes on in whole sentences.
func rootOf(w *Why) *Why {
	for range maxSummaryDepth {
		if len(w.Causes) != 1 {
			break
		}
		switch w.Causes[0].Kind {
		case "repeated", "more", "constant", "default", "alternatives", "selector":
			return w
		}
		w = w.Causes[0]
	}
	return w
}
