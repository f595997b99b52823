package toolchain

import "strings"

// redirect parses a redirection if one is next.
func (p *reader) redirect() (r redirect, ok bool, err error) {
	start := p.pos
	digit := -1
	if p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		digit = int(p.text[p.pos] - '0')
		p.pos++
	}
	switch {
	case p.peek("<<<"), p.peek("<&"), p.peek("<>"), p.peek(">|"), p.peek("<("), p.peek(">("):
		return r, false, p.unexpected()
	case p.take("<<"):
		return p.hereDocument(digit)
	case p.take(">>"):
		r.operator, r.fd = ">>", 1
	case p.take(">&"):
		r.operator, r.fd = ">&", 1
	case p.take(">"):
		r.operator, r.fd = ">", 1
	case p.take("<"):
		r.operator, r.fd = "<", 0
	default:
		p.pos = start
		return r, false, nil
	}
	if digit >= 0 {
		r.fd = digit
	}
	p.blanks()
	w, err := p.word()
	if err != nil {
		return r, false, err
	}
	r.target = &w
	return r, true, nil
}

// hereDocument parses what is behind << and notes that its text will follow.
func (p *reader) hereDocument(fd int) (redirect, bool, error) {
	if fd > 0 {
		return redirect{}, false, p.unexpected()
	}
	tabs := p.take("-")
	p.blanks()
	w, err := p.word()
	if err != nil {
		return redirect{}, false, err
	}
	delimiter, ok := w.literal()
	if !ok {
		return redirect{}, false, p.unexpected()
	}
	quoted := false
	for _, piece := range w {
		quoted = quoted || piece.quoted
	}
	text := new(word)
	p.pending = append(p.pending, pendingText{text, delimiter, quoted, tabs})
	return redirect{operator: "<<", target: text}, true, nil
}

// hereDocuments reads the texts that begin on this line.
func (p *reader) hereDocuments() error {
	for _, pending := range p.pending {
		var b strings.Builder
		for {
			if p.pos == len(p.text) {
				return syntaxError("a here-document is not closed")
			}
			line, _, found := strings.Cut(p.text[p.pos:], "\n")
			p.pos += len(line)
			if found {
				p.pos++
			}
			if pending.tabs {
				line = strings.TrimLeft(line, "\t")
			}
			if line == pending.delimiter {
				break
			}
			b.WriteString(line)
			b.WriteByte('\n')
		}
		if !pending.quoted && strings.ContainsAny(b.String(), "$`\\") {
			return syntaxError("a here-document has expansions")
		}
		*pending.text = word{{text: b.String(), quoted: true}}
	}
	p.pending = nil
	return nil
}
