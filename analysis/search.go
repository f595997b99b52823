package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// SearchResult is a symbol, menu or choice that a search has found.
type SearchResult struct {
	// Location is the name, or the title of a menu or choice.
	Location
	// Name is the symbol, or the title.
	Name string
	Kind OutlineKind
	// Prompt is the prompt of this definition, or the title; macros unexpanded.
	Prompt string
	// Container is the file, relative to its tree's directory.
	Container string
	// Detail is the type of a symbol, "" if this definition gives none.
	Detail string
	// InView tells that the default view of its tree reaches it.
	InView bool
	// Mark is what a symbol is gated on, as in "Rust: off"; mostly it is "".
	Mark string
}

// Search looks in all trees for symbols by name and prompt, and for menus and
// choices by title, and returns at most limit results, the best first. Each
// definition of a symbol is a result of its own.
//
// Case does not count, nor does CONFIG_ before a name. Names that are the query
// come first, then those that begin with it, those of which a part does (as
// NET_SCHED for "sched"), those that contain it, and those of which parts begin
// with its letters (as NET_SCHED for "nsch"). Then come prompts and titles with
// words that begin with each word of the query, prompts that contain it, and
// names that have its letters in order. Among equals the definitions of the view
// come first, then shorter names.
//
// The empty query finds the first symbols of the alphabet.
func Search(s *Snapshot, query string, limit int) []SearchResult {
	if limit <= 0 {
		return nil
	}
	q := newSearchQuery(query)
	best := bestMatches{limit: limit, alphabetical: q.text == ""}
	for _, root := range s.roots {
		s.viewScope(root, "").search(q, &best)
	}
	for _, d := range s.Documents() {
		if d.single != nil {
			s.viewScope(d.single, "").search(q, &best)
		}
	}
	results := make([]SearchResult, 0, limit)
	for _, m := range best.sorted() {
		results = append(results, m.result())
	}
	return results
}

// search adds what it finds in the files of a tree.
func (c scope) search(q searchQuery, best *bestMatches) {
	for f := range c.root.Sources.Files() {
		inView := c.view.Reaches(f.ID)
		titles := f.Titles()
		for i := range titles {
			if class := q.match(&titles[i]); class != matchNothing {
				best.add(searchMatch{c.root, f, &titles[i], class, inView})
			}
		}
	}
}

// searchMatch is a title that a query fits.
type searchMatch struct {
	root   *Root
	file   *menu.File
	title  *menu.Title
	class  matchClass
	inView bool
}

func (m *searchMatch) result() SearchResult {
	t := m.title
	st := m.file.Tree.At(t.Statement)
	token, ok := st.Operand()
	if t.Kind == parser.Choice || !ok {
		if prompt, i, has := (menu.Entry{File: m.file, Head: st}).Prompt(); has {
			st, token = prompt, i
		} else {
			token = st.First(0)
		}
	}
	r := SearchResult{
		Location: m.root.location(m.file, st.Token(token)),
		Name:     t.Name, Kind: outlineKind(t.Kind), Prompt: oneLine(t.Prompt),
		Container: m.file.Path, InView: m.inView,
	}
	if t.Name == "" {
		r.Name = r.Prompt
	}
	if t.Name != "" {
		r.Mark = m.root.gateMarks(m.root.arch).of(t.Name).beside("")
	}
	if t.Type != 0 {
		r.Detail = menu.TypeName(t.Type)
	}
	return r
}

// label is what results of the same class are sorted by.
func (m *searchMatch) label() string {
	if m.title.Name != "" {
		return m.title.Name
	}
	return m.title.Prompt
}

// bestMatches keeps the best matches. It sorts only now and then, so that
// adding costs little however many there are.
type bestMatches struct {
	limit        int
	alphabetical bool // lengths do not count
	matches      []searchMatch
	full         bool // matches[limit-1] is the worst one that can still count
}

func (b *bestMatches) add(m searchMatch) {
	if b.full && b.compare(&m, &b.matches[b.limit-1]) >= 0 {
		return
	}
	b.matches = append(b.matches, m)
	if len(b.matches) >= 2*b.limit+256 {
		b.shrink()
	}
}

func (b *bestMatches) shrink() {
	slices.SortFunc(b.matches, func(x, y searchMatch) int { return b.compare(&x, &y) })
	if len(b.matches) >= b.limit {
		b.matches, b.full = b.matches[:b.limit], true
	}
}

func (b *bestMatches) sorted() []searchMatch {
	b.shrink()
	return b.matches
}

// compare tells which match is better, as a negative number for x.
func (b *bestMatches) compare(x, y *searchMatch) int {
	if x.class != y.class {
		return int(x.class) - int(y.class)
	}
	if x.inView != y.inView {
		return compareBool(y.inView, x.inView)
	}
	nameX, nameY := x.label(), y.label()
	if len(nameX) != len(nameY) && !b.alphabetical {
		return len(nameX) - len(nameY)
	}
	if d := strings.Compare(nameX, nameY); d != 0 {
		return d
	}
	if d := strings.Compare(x.root.Dir, y.root.Dir); d != 0 {
		return d
	}
	if d := strings.Compare(x.file.Path, y.file.Path); d != 0 {
		return d
	}
	return x.title.Statement - y.title.Statement
}
