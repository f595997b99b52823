package analysis

import "strings"

// maxShownReasons is how many reasons a hover gives.
const maxShownReasons = 6

// valueDocument says what value a symbol has under the tree's own .config, and
// why. It says nothing before the values are computed, which is when nobody
// types (see PrepareValues).
func (c scope) valueDocument(d *document, name string) {
	if c.root.Single || c.Snapshot == nil || !c.root.hasModel(c.arch) {
		return
	}
	e, err := Explain(c.Snapshot, Configuration{Root: c.root, Arch: c.arch}, name, false)
	if err != nil {
		return // the diagnostics tell
	}
	view := "By default"
	if e.Exists {
		view = "Under .config"
	}
	if e.Arch != "" {
		view += " on " + e.Arch
	}
	title := append([]phrase{words(view + ", ")}, phrases(e.Why.Text)...)
	var items [][]phrase
	for _, cause := range e.Why.Causes {
		items = append(items, phrases(reasonLine(cause)))
	}
	if len(items) == 0 {
		d.paragraph(title...)
		return
	}
	d.list(append(title, words(":")), items, maxShownReasons)
}

// reasonLine returns a reason and what is behind it, as far as there is one
// thing only.
func reasonLine(w *Why) string {
	text := w.Text
	for len(w.Causes) == 1 {
		next := w.Causes[0]
		// "needs `A`, which is n; `A` is n: ..." says something twice.
		if subject, ok := strings.CutPrefix(w.Text, "needs "); ok {
			subject = strings.Replace(subject, ", which is ", " is ", 1)
			if rest, ok := strings.CutPrefix(next.Text, subject); ok {
				text += rest
				w = next
				continue
			}
		}
		text += "; " + next.Text
		w = next
	}
	return text
}

// phrases takes a sentence apart in which code stands in backquotes.
func phrases(sentence string) []phrase {
	var all []phrase
	for i, part := range strings.Split(sentence, "`") {
		switch {
		case part == "":
		case i%2 == 1:
			all = append(all, inCode(part))
		default:
			all = append(all, words(part))
		}
	}
	return all
}
