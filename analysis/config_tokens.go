package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// paintConfig returns the semantic tokens of a configuration that overlap the
// bytes [start, end).
func (c configScope) paintConfig(start, end int) []SemanticToken {
	start, end = max(start, 0), min(end, len(c.conf.Text))
	if start >= end {
		return nil
	}
	b := configPainter{configScope: c, painter: painter{start: start, end: end}}
	if c.root != nil {
		b.painter.marks = c.root.gateMarks(c.arch)
	}
	if j := c.judgement(); j != nil {
		b.lines = j.lines
	}
	for i := c.conf.LineAt(start); i < len(c.conf.Lines) && int(c.conf.Lines[i].Start) < end; i++ {
		b.line(i)
	}
	return b.painter.tokens
}

// configPainter collects the semantic tokens of a configuration.
type configPainter struct {
	configScope
	painter painter
	lines   []judged // nil if the values are not known
}

func (b *configPainter) add(start, end uint32, kind TokenType, modifiers TokenModifier) {
	if start < end {
		b.painter.add(int(start), int(end), kind, modifiers)
	}
}

// line adds the tokens of a line.
func (b *configPainter) line(i int) {
	l := b.conf.Lines[i]
	nameStart := l.NameStart - uint32(len(b.conf.Prefix))
	switch l.Kind {
	case config.Comment:
		b.comment(i)
	case config.Unset:
		b.add(l.Start, l.Start+1, TokenComment, 0)
		b.add(nameStart, l.NameEnd, TokenVariable, ModifierOff|b.modifiers(i))
		b.add(l.NameEnd+1, l.End, TokenComment, 0)
	case config.Assign:
		modifiers := b.modifiers(i)
		value := b.conf.Value(l)
		if value == "n" {
			modifiers |= ModifierOff
		}
		b.add(nameStart, l.NameEnd, TokenVariable, modifiers)
		b.add(l.NameEnd, l.ValueStart, TokenOperator, 0)
		switch {
		case value == "y" || value == "m" || value == "n":
			b.add(l.ValueStart, l.End, TokenConstant, ModifierReadonly)
		case menu.IsConstant(value):
			b.add(l.ValueStart, l.End, TokenNumber, ModifierReadonly)
		default:
			b.add(l.ValueStart, l.End, TokenString, 0)
		}
	}
}

// comment adds a comment, or the title of a section.
func (b *configPainter) comment(i int) {
	l := b.conf.Lines[i]
	s := sectioner{configScope: b.configScope}
	if i > 0 {
		if title, ok := s.title(i - 1); ok {
			b.add(l.Start, l.Start+1, TokenComment, 0)
			b.add(l.Start+2, l.Start+2+uint32(len(title)), TokenTitle, 0)
			return
		}
	}
	b.add(l.Start, l.End, TokenComment, 0)
}

// modifiers returns what the name in a line shows of how its symbol is gated, and of
// what becomes of it.
func (b *configPainter) modifiers(i int) TokenModifier {
	return b.fate(i) | b.painter.marks.of(b.conf.Name(b.conf.Lines[i])).modifiers()
}

func (b *configPainter) fate(i int) TokenModifier {
	if b.lines == nil {
		return 0
	}
	switch line := b.lines[i]; line.verdict {
	case lineUnknown:
		if b.root.Complete {
			return ModifierUndefined
		}
	case lineInvalid, lineInvalidText, lineOverridden, lineConflict, lineForced, lineOutOfRange, lineDropped:
		return ModifierDropped | ModifierDeprecated
	case lineNotSettable:
		if line.differs || b.kind == configFragment {
			return ModifierDropped | ModifierDeprecated
		}
	}
	return 0
}
