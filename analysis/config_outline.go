package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// outlineConfig returns the lines that set symbols, in their order, below the
// menus that the symbols belong to. A menu comes up again where lines of others
// stand between its own. Where the menus are not known the sections of the file
// take their place.
func (c configScope) outlineConfig() []OutlineItem {
	b := configOutliner{configScope: c, levels: make([][]OutlineItem, 1)}
	path := c.sectionPaths()
	if j := c.judgement(); j != nil {
		m := j.model.model
		path = func(i int) []outlineMenu { return menuPath(m, j.lines[i].atom) }
	}
	for i, l := range c.conf.Lines {
		if l.Kind != config.Assign && l.Kind != config.Unset {
			continue
		}
		b.enter(l, path(i))
		b.add(c.lineItem(l))
	}
	b.leave(0)
	return b.levels[0]
}

// outlineMenu is a menu, or a section of the file, in an outline.
type outlineMenu struct {
	id    int
	title string
}

// configOutliner nests lines.
type configOutliner struct {
	configScope
	open   []outlineMenu
	levels [][]OutlineItem // one more than there are open menus
}

func (b *configOutliner) add(item OutlineItem) {
	last := &b.levels[len(b.levels)-1]
	*last = append(*last, item)
}

// enter opens and closes menus until those of a line are open.
func (b *configOutliner) enter(l config.Line, path []outlineMenu) {
	same := 0
	for same < len(path) && same < len(b.open) && path[same].id == b.open[same].id {
		same++
	}
	b.leave(same)
	for _, menu := range path[same:] {
		title := oneLine(menu.title)
		if title == "" {
			title = parser.Menu.String()
		}
		b.add(OutlineItem{
			Location: Location{b.path, int(l.Start), int(l.End)}, Selection: b.nameAt(l),
			Kind: OutlineMenu, Name: title,
		})
		b.open, b.levels = append(b.open, menu), append(b.levels, nil)
	}
}

// leave closes menus until so many are open.
func (b *configOutliner) leave(open int) {
	for n := len(b.open); n > open; n-- {
		outer := b.levels[n-1]
		menu := &outer[len(outer)-1]
		menu.Children = b.levels[n]
		menu.End = menu.Children[len(menu.Children)-1].End
		b.open, b.levels = b.open[:n-1], b.levels[:n]
	}
}

func (c configScope) lineItem(l config.Line) OutlineItem {
	item := OutlineItem{
		Location: Location{c.path, int(l.Start), int(l.End)}, Selection: c.nameAt(l), Kind: OutlineConfig,
		Name: oneLine(c.conf.Name(l)), Detail: oneLine(c.conf.Value(l)),
	}
	if c.root != nil {
		item.Detail = c.root.gateMarks(c.arch).of(item.Name).beside(item.Detail)
	}
	if item.Name == "" {
		item.Name = parser.Config.String()
	}
	return item
}

// menuPath returns the menus around a symbol, the outermost first.
func menuPath(m *model.Model, a expr.Atom) []outlineMenu {
	if a == model.NoAtom || len(m.Symbols[a].Nodes) == 0 {
		return nil
	}
	node := promptEntry(m, a)
	if node == model.NoNode {
		node = m.Symbols[a].Nodes[0]
	}
	var path []outlineMenu
	for id := m.Nodes[node].Parent; id > 0; id = m.Nodes[id].Parent {
		if m.Nodes[id].Kind == parser.Menu {
			path = append(path, outlineMenu{int(id), m.Nodes[id].Text})
		}
	}
	if len(path) > maxOutlineDepth {
		path = path[len(path)-maxOutlineDepth:]
	}
	for i, k := 0, len(path)-1; i < k; i, k = i+1, k-1 {
		path[i], path[k] = path[k], path[i]
	}
	return path
}

// sectionPaths returns what finds the sections around a line. Lines must be
// asked for in order.
func (c configScope) sectionPaths() func(i int) []outlineMenu {
	sections := c.sections()
	var path []outlineMenu
	next := 0
	return func(i int) []outlineMenu {
		for n := len(path); n > 0 && sections[path[n-1].id].last < i; n-- {
			path = path[:n-1]
		}
		for ; next < len(sections) && sections[next].first <= i; next++ {
			if sections[next].last >= i && len(path) < maxOutlineDepth {
				path = append(path, outlineMenu{next, sections[next].title})
			}
		}
		return path
	}
}
