package analysis

import (
	"strconv"
	"strings"
)

// maxShownReasons is how many lines of an explanation a hover shows.
const maxShownReasons = 12

// hoverConfig explains the symbol that the line at an offset sets, and what
// becomes of the line.
func (c configScope) hoverConfig(offset int) (HoverInfo, bool) {
	i, name, ok := c.lineAt(offset)
	if !ok || c.root == nil {
		return HoverInfo{}, false
	}
	d := &document{}
	fate := c.fateDocument(d, i)
	if fate {
		d.rule()
	}
	if !c.symbolDocument(d, c.conf.Name(c.conf.Lines[i])) && !fate {
		return HoverInfo{}, false
	}
	return HoverInfo{name, d.documentation()}, true
}

// fateDocument writes what becomes of a line.
func (c configScope) fateDocument(d *document, i int) bool {
	j := c.judgement()
	if j == nil {
		return false
	}
	b := &configLinter{configScope: c, judgement: j}
	var done func()
	b.values, done = c.values(j)
	defer done()
	line, l := j.lines[i], c.conf.Lines[i]
	if diagnostic, ok := b.diagnostic(i, line); ok {
		d.paragraph(quotedPhrases(diagnostic.Message)...)
		b.reasons(d, line)
		return true
	}
	switch line.verdict {
	case lineOpen:
		d.paragraph(words("Set to "), inCode(b.wanted(l, line)), words(" here. Whether that counts depends on your toolchain."))
		b.reasons(d, line)
	case lineStands:
		if _, ok := j.lookup(c.conf.Name(l)); !ok {
			return false
		}
		value := c.conf.Value(l)
		d.paragraph(words("Set to "), inCode(value), words(" here"+b.proviso()))
	default:
		return false
	}
	return true
}

// proviso says what it hangs on that a value counts.
func (b *configLinter) proviso() string {
	switch {
	case b.kind != configFragment:
		return ", and that is its value."
	case b.judgement.sure:
		return ", and that is its value on top of the tree's .config."
	}
	return "."
}

// reasons writes what keeps a symbol from the value that its line gives it.
func (b *configLinter) reasons(d *document, line judged) {
	switch line.verdict {
	case lineDropped, lineOpen, lineNotSettable:
	default:
		return
	}
	why := b.why(line)
	if why == nil || len(why.Causes) == 0 {
		return
	}
	var items [][]phrase
	for _, cause := range why.Causes {
		items = appendReasons(items, cause, 0)
	}
	d.list(quotedPhrases(why.Text+":"), items, maxShownReasons)
}

// appendReasons appends an explanation as lines, those of causes indented.
func appendReasons(items [][]phrase, w *Why, depth int) [][]phrase {
	if depth > maxSummaryDepth || len(items) > 2*maxShownReasons {
		return items
	}
	item := []phrase{words(strings.Repeat("… ", depth))}
	item = append(item, quotedPhrases(w.Text)...)
	if w.Place.File != "" {
		item = append(item, words(" at "), inCode(w.Place.File+":"+strconv.Itoa(w.Place.Line)))
	}
	items = append(items, item)
	for _, cause := range w.Causes {
		items = appendReasons(items, cause, depth+1)
	}
	return items
}

// quotedPhrases returns a sentence whose names stand in backquotes.
func quotedPhrases(text string) []phrase {
	var phrases []phrase
	code := false
	for part := range strings.SplitSeq(text, "`") {
		switch {
		case part == "":
		case code:
			phrases = append(phrases, inCode(part))
		default:
			phrases = append(phrases, words(part))
		}
		code = !code
	}
	return phrases
}
