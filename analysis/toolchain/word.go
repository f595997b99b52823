package toolchain

import "strings"

// word parses one word.
func (p *reader) word() (word, error) {
	var w word
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			w = append(w, piece{text: plain.String()})
			plain.Reset()
		}
	}
	start := p.pos
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		switch {
		case strings.IndexByte(" \t\n;&|()<>", c) >= 0:
			if p.pos == start {
				return nil, p.unexpected()
			}
			flush()
			return w, nil
		case c == '\'':
			flush()
			end := strings.IndexByte(p.text[p.pos+1:], '\'')
			if end < 0 {
				return nil, syntaxError("a quote is not closed")
			}
			w = append(w, piece{text: p.text[p.pos+1 : p.pos+1+end], quoted: true})
			p.pos += end + 2
		case c == '"':
			flush()
			p.pos++
			pieces, err := p.quoted()
			if err != nil {
				return nil, err
			}
			w = append(w, pieces...)
		case c == '\\':
			if p.pos+1 == len(p.text) {
				return nil, syntaxError("it ends in a backslash")
			}
			if p.text[p.pos+1] != '\n' {
				flush()
				w = append(w, piece{text: p.text[p.pos+1 : p.pos+2], quoted: true})
			}
			p.pos += 2
		case c == '$' && (p.peek("$'") || p.peek(`$"`)):
			return nil, p.unexpected() // shells differ
		case c == '$':
			parameter, err := p.parameter()
			if err != nil {
				return nil, err
			}
			if parameter == "" {
				plain.WriteByte('$')
				continue
			}
			flush()
			w = append(w, piece{text: parameter, parameter: true})
		case c == '`':
			return nil, syntaxError("a command within a command is not understood")
		default:
			plain.WriteByte(c)
			p.pos++
		}
	}
	if p.pos == start {
		return nil, syntaxError("it ends too early")
	}
	flush()
	return w, nil
}

// quoted parses what stands between double quotes, behind the first one.
func (p *reader) quoted() ([]piece, error) {
	pieces := []piece{{quoted: true}} // "" is a word as well
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			pieces = append(pieces, piece{text: b.String(), quoted: true})
			b.Reset()
		}
	}
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; c {
		case '"':
			p.pos++
			flush()
			return pieces, nil
		case '`':
			return nil, syntaxError("a command within a command is not understood")
		case '\\':
			if p.pos+1 < len(p.text) {
				switch next := p.text[p.pos+1]; next {
				case '$', '`', '"', '\\':
					b.WriteByte(next)
					p.pos += 2
					continue
				case '\n':
					p.pos += 2
					continue
				}
			}
			b.WriteByte(c)
			p.pos++
		case '$':
			parameter, err := p.parameter()
			if err != nil {
				return nil, err
			}
			if parameter == "" {
				b.WriteByte('$')
				continue
			}
			flush()
			pieces = append(pieces, piece{text: parameter, parameter: true, quoted: true})
		default:
			b.WriteByte(c)
			p.pos++
		}
	}
	return nil, syntaxError("a quote is not closed")
}

// parameter parses an expansion and returns the parameter's name, which is
// empty if the dollar sign stands for itself.
func (p *reader) parameter() (string, error) {
	p.pos++ // the dollar sign
	if p.pos == len(p.text) {
		return "", nil
	}
	braces := p.take("{")
	start := p.pos
	for p.pos < len(p.text) && isNameByte(p.text[p.pos], p.pos == start) {
		p.pos++
	}
	if p.pos == start && p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c >= '0' && c <= '9', c == '$', c == '@', c == '*', c == '#', c == '?':
			p.pos++
		case c == '(':
			return "", syntaxError("a command or calculation within a command is not understood")
		case c == '!', c == '-':
			return "", p.unexpected()
		}
	}
	name := p.text[start:p.pos]
	if braces && (name == "" || !p.take("}")) {
		return "", syntaxError("an expansion with conditions is not understood")
	}
	return name, nil
}

// isNameByte reports whether a byte may be part of a variable's name.
func isNameByte(c byte, first bool) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || !first && c >= '0' && c <= '9'
}
