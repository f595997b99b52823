package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// configSection is a part of a configuration that conf has put below the title
// of a menu or comment:
//
//	#
//	# Title
//	#
//	CONFIG_A=y
//	# end of Title
type configSection struct {
	title string
	// first and last are its lines: from the one before the title to its end
	// mark, or to the last line that is not blank.
	first, last int
	closed      bool // there is an end mark
}

// sections returns the sections of a configuration in their order, outer ones
// before those in them.
func (c configScope) sections() []configSection {
	b := sectioner{configScope: c, open: map[string]int{}}
	for i := 0; i < len(c.conf.Lines); i++ {
		if title, ok := b.title(i); ok {
			b.sections = append(b.sections, configSection{title: title, first: i, last: -1})
			b.pending = append(b.pending, len(b.sections)-1)
			b.open[title]++
			i += 2
		} else if title, ok := strings.CutPrefix(b.comment(i), "# end of "); ok {
			b.end(title, i)
		}
	}
	b.endOpen()
	return b.sections
}

// sectioner finds sections.
type sectioner struct {
	configScope
	sections []configSection
	// pending are the sections that an end mark can come for, open is how many of
	// them have a title.
	pending []int
	open    map[string]int
}

// comment returns the text of a line if it is a comment.
func (b *sectioner) comment(i int) string {
	if i >= len(b.conf.Lines) || b.conf.Lines[i].Kind != config.Comment {
		return ""
	}
	l := b.conf.Lines[i]
	return strings.TrimRight(b.conf.Text[l.Start:l.End], " \t\r")
}

// title returns the title of the section that begins in a line.
func (b *sectioner) title(i int) (string, bool) {
	if b.comment(i) != "#" || b.comment(i+2) != "#" {
		return "", false
	}
	title, ok := strings.CutPrefix(b.comment(i+1), "# ")
	return title, ok && title != ""
}

// end ends the last section with a title that can still have an end. Those in
// it have none.
func (b *sectioner) end(title string, line int) {
	for b.open[title] > 0 {
		k := b.pending[len(b.pending)-1]
		b.pending = b.pending[:len(b.pending)-1]
		b.open[b.sections[k].title]--
		if b.sections[k].title == title {
			b.sections[k].last, b.sections[k].closed = line, true
			return
		}
	}
}

// endOpen ends the sections without an end mark: each goes on to the next title,
// or to where the section around it ends.
func (b *sectioner) endOpen() {
	limits := []int{len(b.conf.Lines)} // the end marks of the sections around
	for k := range b.sections {
		s := &b.sections[k]
		for len(limits) > 1 && limits[len(limits)-1] < s.first {
			limits = limits[:len(limits)-1]
		}
		if s.closed {
			limits = append(limits, s.last)
			continue
		}
		s.last = limits[len(limits)-1] - 1
		if k+1 < len(b.sections) {
			s.last = min(s.last, b.sections[k+1].first-1)
		}
		for s.last > s.first+2 && b.conf.Lines[s.last].Kind == config.Blank {
			s.last--
		}
	}
}

// foldConfig returns the folds of a configuration: its sections.
func (c configScope) foldConfig() []Fold {
	var folds []Fold
	for _, s := range c.sections() {
		start, end := c.conf.Lines[s.first+1].End, c.conf.Lines[s.last].End
		if s.last > s.first+2 {
			folds = append(folds, Fold{int(start), int(end), FoldRegion})
		}
	}
	return folds
}
