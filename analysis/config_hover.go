package analysis

import "strings"

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
	symbol := c.conf.Name(c.conf.Lines[i])
	if !c.symbolFacts(d, symbol, func() { c.gateDocument(d, symbol) }) && !fate {
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
		d.paragraph(phrases(diagnostic.Message)...)
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

// gateDocument says on what a symbol is gated, with the values of this configuration.
func (c configScope) gateDocument(d *document, name string) {
	j := c.judgement()
	if j == nil {
		return
	}
	set := c.root.gateSet(j.model)
	values, done := c.values(j)
	defer done()
	gateView{values, set}.symbolDocument(d, name)
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
	more := line.verdict == lineOpen || len(why.Causes) > maxSummaryParts // than the message says
	for _, cause := range why.Causes {
		text := reasonLine(cause)
		more = more || strings.Contains(text, "; ")
		items = append(items, phrases(text))
	}
	if !more {
		return
	}
	d.list(append(phrases(why.Text), words(":")), items, maxShownReasons)
}
