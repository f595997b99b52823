package analysis

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Menu is a part of the menu of a tree under a configuration.
type Menu struct {
	// Arch is the architecture of the view, Path that of the configuration
	// file, Exists whether there is one.
	Arch   string
	Path   string
	Exists bool
	// Node is the entry that was asked for, with what is below it.
	Node MenuItem
}

// MenuItem is an entry of the menu as it is under a configuration.
type MenuItem struct {
	// ID names the entry as long as the tree's menu stays as it is.
	ID string
	// Kind is parser.Config, Menuconfig, Choice, Menu, MenuComment, or Mainmenu
	// for the root.
	Kind parser.StatementKind
	// Symbol is the name of what the entry defines, "" for what has none.
	Symbol string
	// Prompt is the prompt or title. HasPrompt tells an empty one from none.
	Prompt    string
	HasPrompt bool
	// Type is bool, tristate, int, hex, string or unknown, "" for menus and
	// comments.
	Type string
	// Value is that of the symbol. For a choice it is the name of the chosen
	// member.
	Value Value
	// Visible is what the entry's own prompt comes to, VisibleCauses why that is
	// not known. Shown tells that a configurator shows the entry, be it for
	// what is below it.
	Visible       expr.Tristate
	VisibleCauses []string
	Shown         bool
	// Assignable are the values that a user can give a bool or tristate symbol.
	Assignable []string
	// Low and High are the bounds of a number. HasRange tells whether there are
	// any.
	Low, High string
	HasRange  bool
	// Members are the members of a choice.
	Members []MenuMember
	// Help is the help text without its indentation.
	Help string
	// HasChildren tells that there are entries below this one.
	HasChildren bool
	// Changeable tells that a user can change the value here. If not, WhyNot
	// says why, for people.
	Changeable bool
	WhyNot     string
	// Place is the entry's first line. The path is empty if there is none.
	Place Location
	// Children are the entries below this one as far as they were asked for.
	Children []MenuItem
}

// MenuMember is a member of a choice.
type MenuMember struct {
	Symbol, Prompt string
	Value          Value
	Visible        expr.Tristate
}

// Errors about the entries of menus.
var (
	// ErrStaleNode is returned for an ID of a menu that is no more.
	ErrStaleNode = errors.New("the menu has changed since: list it anew from its root")
	// ErrNoNode is returned for what is no ID of an entry.
	ErrNoNode = errors.New("there is no such menu entry")
)

// maxMenuDepth bounds how many levels of a menu are listed at once.
const maxMenuDepth = 64

// MenuOf lists what is below an entry of the menu under a configuration, so many
// levels deep; 0 is the entry alone. The empty ID stands for the root.
func MenuOf(s *Snapshot, of Configuration, node string, depth int) (Menu, error) {
	return ListMenu(s, of, MenuQuery{Node: node, Depth: depth})
}

// MenuQuery says which part of a menu is listed, and how.
type MenuQuery struct {
	// Node is the ID of an entry, empty for the root; Depth how many levels below
	// it are listed.
	Node  string
	Depth int
	// Changes are made to the configuration first, as with Preview: values are
	// those that follow. Nothing is written.
	Changes []ConfigChange
	// Brief leaves out what only somebody wants who looks at one entry: Help,
	// WhyNot and Place.
	Brief bool
}

// ListMenu lists a part of the menu under a configuration.
func ListMenu(s *Snapshot, of Configuration, q MenuQuery) (Menu, error) {
	c, err := s.configured(of)
	if err != nil {
		return Menu{}, err
	}
	id, err := c.node(q.Node)
	if err != nil {
		return Menu{}, err
	}
	l := menuLister{configured: c, versions: newVersions(c.root), prefix: c.stamp() + ".", brief: q.Brief}
	if len(q.Changes) > 0 {
		l.evaluation = newPreview(c, q.Changes).after
	} else {
		c.mu.Lock()
		defer c.mu.Unlock()
		l.evaluation = c.evaluation
	}
	return Menu{c.arch, c.path, c.exists, l.item(id, min(q.Depth, maxMenuDepth))}, nil
}

// node returns the entry with an ID.
func (c configured) node(id string) (model.NodeID, error) {
	if id == "" {
		return 0, nil
	}
	stamp, number, ok := strings.Cut(id, ".")
	n, err := strconv.ParseUint(number, 10, 31)
	switch {
	case !ok || err != nil || len(stamp) != len(c.stamp()):
		return 0, fmt.Errorf("%w: %q", ErrNoNode, id)
	case stamp != c.stamp():
		return 0, ErrStaleNode
	case n >= uint64(len(c.model.Nodes)):
		return 0, fmt.Errorf("%w: %q", ErrNoNode, id)
	}
	return model.NodeID(n), nil
}

// menuLister describes entries.
type menuLister struct {
	configured
	// evaluation has the values that are shown: the configuration's, locked
	// meanwhile, or those under changes.
	evaluation *config.Evaluation
	versions   versions
	prefix     string
	brief      bool
}

// listed reports whether an entry is part of the menu: ifs are not, nor what
// adds defaults to an entry elsewhere.
func listed(n *model.Node) bool {
	return n.Kind != parser.If && n.Kind != parser.Configdefault
}

func (l *menuLister) item(id model.NodeID, depth int) MenuItem {
	n := &l.model.Nodes[id]
	item := MenuItem{
		ID: l.prefix + strconv.Itoa(int(id)), Kind: n.Kind, Prompt: n.Text, HasPrompt: n.HasPrompt,
		Shown: id == 0 || l.evaluation.Shown(id),
	}
	var atoms []expr.Atom
	item.Visible, atoms = l.evaluation.NodeVisible(id)
	item.VisibleCauses = causesOf(l.model, atoms)
	if f, st, ok := l.versions.statement(n, n.Statement); ok && !l.brief {
		start, end := statementRange(st)
		item.Place = Location{l.root.Path(f), int(start), int(end)}
		if id != 0 {
			item.Help, _, _ = menu.Entry{File: f, Head: st}.Help()
		}
	}
	if n.Symbol != model.NoAtom {
		l.symbol(&item, n)
	}
	for c := n.First; c != model.NoNode; c = l.model.Nodes[c].Next {
		if !listed(&l.model.Nodes[c]) {
			continue
		}
		item.HasChildren = true
		if depth <= 0 {
			break
		}
		item.Children = append(item.Children, l.item(c, depth-1))
	}
	return item
}

// symbol adds what an entry says of its symbol or choice.
func (l *menuLister) symbol(item *MenuItem, n *model.Node) {
	s := &l.model.Symbols[n.Symbol]
	item.Symbol, item.Type = s.Name, s.Type.String()
	item.Value = valueOf(l.evaluation, n.Symbol)
	if s.Kind == model.Choice {
		l.members(item, n)
	} else if s.Type.IsLogical() {
		item.Assignable = assignable(l.evaluation, n.Symbol, item.Visible)
	}
	item.Low, item.High, item.HasRange = l.evaluation.Range(n.Symbol)
	item.WhyNot = l.whyNot(item, n)
	item.Changeable = item.WhyNot == ""
	if l.brief {
		item.WhyNot = ""
	}
}

// members adds the members of a choice, and which is chosen.
func (l *menuLister) members(item *MenuItem, n *model.Node) {
	item.Value = Value{Known: true}
	for _, a := range n.Members {
		m := MenuMember{Symbol: l.model.Symbols[a].Name, Value: valueOf(l.evaluation, a), Visible: l.evaluation.State(a).Visible}
		for _, id := range l.model.Symbols[a].Nodes {
			if member := &l.model.Nodes[id]; member.HasPrompt {
				m.Prompt = member.Text
				break
			}
		}
		switch {
		case !m.Value.Known:
			item.Value = Value{Causes: m.Value.Causes}
		case m.Value.Text == "y" && item.Value.Known:
			item.Value.Text = m.Symbol
		}
		item.Members = append(item.Members, m)
	}
}

// assignable returns the values that a user can give a bool or tristate symbol
// whose prompt comes to the given value. As sym_tristate_within_range in
// scripts/kconfig/symbol.c. What may be possible counts as possible.
func assignable(e *config.Evaluation, a expr.Atom, visible expr.Tristate) []string {
	s, st := &e.Model.Symbols[a], e.State(a)
	if visible&^expr.N == 0 || !e.Changeable(a) {
		return nil
	}
	tristate := s.Type == model.Tristate && modulesCan(e)
	var values []string
	for _, v := range [...]expr.Tristate{expr.N, expr.M, expr.Y} {
		switch {
		case v == expr.M && (!tristate || s.ChoiceValue && !e.Model.OldChoices()):
		case v > greatest(visible) || v < least(st.Reverse):
		default:
			values = append(values, v.String())
		}
	}
	return values
}

// modulesCan reports whether there may be modules.
func modulesCan(e *config.Evaluation) bool {
	return e.Model.Modules != model.NoAtom && e.State(e.Model.Modules).Value.Can(expr.M|expr.Y)
}

// greatest returns the greatest value of a set, least the least.
func greatest(t expr.Tristate) expr.Tristate {
	for _, v := range [...]expr.Tristate{expr.Y, expr.M} {
		if t.Can(v) {
			return v
		}
	}
	return expr.N
}

func least(t expr.Tristate) expr.Tristate { return t & -t }

// whyNot says why a user cannot change the value of an entry, "" if that is
// possible.
func (l *menuLister) whyNot(item *MenuItem, n *model.Node) string {
	s := &l.model.Symbols[n.Symbol]
	switch {
	case s.Kind == model.Choice:
		return "set one of its members"
	case s.Type == model.UnknownType:
		return "it has no type"
	case !n.HasPrompt:
		for _, id := range s.Nodes {
			if l.model.Nodes[id].HasPrompt {
				return "it has no prompt here"
			}
		}
		return "it has no prompt"
	case item.Visible == expr.N:
		return hiddenBy(l.evaluation, n.Visible)
	}
	return unchangeable(l.evaluation, n.Symbol)
}

// hiddenBy says why a prompt is not visible whose condition is n.
func hiddenBy(e *config.Evaluation, condition expr.ID) string {
	if needs := unmet(e, condition); len(needs) > 0 {
		return "not visible: needs " + namesOf(needs, ", ")
	}
	return "not visible"
}

// unchangeable says why a symbol whose prompt is visible somewhere cannot be
// set, "" if it can.
func unchangeable(e *config.Evaluation, a expr.Atom) string {
	if e.Changeable(a) {
		return ""
	}
	if by := selectors(e, a); len(by) > 0 {
		return "selected by " + namesOf(by, ", ")
	}
	return "only one value is possible"
}
