package analysis

import (
	"path"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// wanted says which symbols can stand at a place.
type wanted struct {
	// types are the types they must have, nil for any.
	types []parser.TokenKind
	// membersLast puts members of choices behind all others.
	membersLast bool
	// constants tells that y, m and n fit too.
	constants bool
}

// symbols adds symbols: those that fit what is typed best, and of those first
// the ones of the same file, then of the same directory, of the view, those of the
// view that cannot be on for want of a language or tool, and all others. Types and prompts are only looked up for what may be returned.
func (p *completer) symbols(want wanted) {
	if want.constants {
		p.constants(parser.KwTristate)
	}
	found := finder{completer: p, want: want, own: p.ownName(), seen: map[menu.SymbolID]bool{}}
	inFile, inDir := p.neighbours()
	for m, matched := range p.matching(p.root.Sources.DefinedNames()) {
		for _, near := range [][]menu.NamedSymbol{inFile, inDir} {
			for _, s := range near {
				if matchOf(s.Name, p.typed) == match(m) && !found.take(s, false) {
					return
				}
			}
		}
		for _, s := range matched {
			if !found.take(s, true) {
				return
			}
		}
		for _, item := range append(found.unavailable, found.outside...) {
			p.add(item)
		}
		found.unavailable, found.outside = found.unavailable[:0], found.outside[:0]
	}
	for _, item := range found.members {
		p.add(item)
	}
}

// matching returns the symbols that fit what is typed, by how they do. A text
// that is not typed yet fits all of them, which costs nothing.
func (p *completer) matching(table []menu.NamedSymbol) [numMatchKinds][]menu.NamedSymbol {
	var matched [numMatchKinds][]menu.NamedSymbol
	if p.typed == "" {
		matched[prefixMatch] = table
		return matched
	}
	letters := menu.LettersOf(p.typed)
	for _, s := range table {
		if letters&^s.Letters != 0 {
			continue
		}
		if m := matchOf(s.Name, p.typed); m != noMatch {
			matched[m] = append(matched[m], s)
		}
	}
	return matched
}

// neighbours returns the symbols that the file at the place defines, and those
// of the other files of its directory, both sorted by name.
func (p *completer) neighbours() (inFile, inDir []menu.NamedSymbol) {
	dir := path.Dir(p.file.Path)
	for f := range p.root.Sources.Files() {
		if f != p.file && !sameDirectory(f.Path, dir) {
			continue
		}
		list := &inDir
		if f == p.file {
			list = &inFile
		}
		for _, d := range f.Definitions() {
			*list = append(*list, menu.NamedSymbol{Name: p.root.Sources.Name(d.Symbol), Symbol: d.Symbol})
		}
	}
	byName := func(a, b menu.NamedSymbol) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(inFile, byName)
	slices.SortFunc(inDir, byName)
	return inFile, inDir
}

// finder collects the items of one list of symbols.
type finder struct {
	*completer
	want    wanted
	own     menu.SymbolID
	seen    map[menu.SymbolID]bool // that were taken as neighbours
	outside []CompletionItem       // symbols that the view does not define
	members []CompletionItem       // members of choices, if they come last
	// unavailable are symbols that a closed gate holds back.
	unavailable []CompletionItem
}

// take adds a symbol of a type that fits. With distant it is none of the
// neighbours, and comes later if the view does not define it. It reports false
// when the list is full.
func (f *finder) take(s menu.NamedSymbol, distant bool) bool {
	if f.seen[s.Symbol] || s.Symbol == f.own && s.Name != f.typed {
		return true
	}
	if !distant {
		f.seen[s.Symbol] = true
	}
	if len(f.list.Items) >= f.opts.Limit {
		f.list.Incomplete = true
		return false
	}
	if distant && len(f.outside) >= f.opts.Limit && !f.reached(s.Symbol) {
		f.list.Incomplete = true
		return true
	}
	kind, file, d, ok := f.definitionFor(s.Symbol)
	if !ok || f.want.types != nil && kind != 0 && !slices.Contains(f.want.types, kind) {
		return true
	}
	item, member := f.symbolItem(s.Name, kind, file, d)
	switch {
	case member && f.want.membersLast:
		if len(f.members) < f.opts.Limit {
			f.members = append(f.members, item)
		}
	case distant && !f.view.Reaches(file.ID):
		f.outside = append(f.outside, item)
	case item.Unavailable && s.Name != f.typed:
		if len(f.unavailable) < f.opts.Limit {
			f.unavailable = append(f.unavailable, item)
		}
	default:
		f.add(item)
	}
	return true
}

// reached reports whether the view defines a symbol.
func (p *completer) reached(symbol menu.SymbolID) bool {
	for _, id := range p.root.Sources.DefinedIn(symbol) {
		if p.view.Reaches(id) {
			return true
		}
	}
	return false
}

// ownName returns the symbol that the entry at the place defines: it is seldom
// meant. It is never the number of a symbol if there is none.
func (p *completer) ownName() menu.SymbolID {
	if e, ok := p.file.EntryAt(p.index); ok {
		if id, ok := p.root.Sources.Lookup(e.Name()); ok {
			return id
		}
	}
	return ^menu.SymbolID(0)
}

// sameDirectory reports whether a file lies in the directory.
func sameDirectory(file, dir string) bool {
	i := strings.LastIndexByte(file, '/')
	if i < 0 {
		return dir == "."
	}
	return file[:i] == dir
}

// symbolItem returns the item for a symbol with one of its definitions, and
// whether that is the member of a choice.
func (p *completer) symbolItem(name string, kind parser.TokenKind, f *menu.File, d menu.Definition) (item CompletionItem, member bool) {
	e := menu.Entry{File: f, Head: f.Tree.At(d.Statement)}
	_, member = f.InChoice(d.Statement)
	item = CompletionItem{
		Label: name, Kind: CompletionSymbol, InsertText: name,
		Description: shorten(p.promptOf(e), maxHelpColumns),
		Data:        CompletionData{Dir: p.dataDir(), Kind: CompletionSymbol, Name: name},
	}
	if kind != 0 {
		item.Detail = menu.TypeName(kind)
	}
	p.mark(&item, name)
	return item, member
}

// mark adds what a symbol is gated on.
func (p *completer) mark(item *CompletionItem, name string) {
	mark := p.marks.of(name)
	item.Mark, item.Unavailable = mark.label(), mark.unavailable()
}

// definitionFor returns a definition of a symbol that tells its type: that of
// the view, else any other.
func (p *completer) definitionFor(symbol menu.SymbolID) (kind parser.TokenKind, f *menu.File, d menu.Definition, ok bool) {
	if kind, f, d, ok := p.view.TypeOf(p.root.Sources, symbol); ok {
		return kind, f, d, true
	}
	for _, id := range p.root.Sources.ByPath(p.root.Sources.DefinedIn(symbol)) {
		file := p.root.Sources.File(id)
		file.DefinitionsOf(symbol, func(candidate *menu.Definition) bool {
			if !ok || kind == 0 && candidate.Type != 0 {
				kind, f, d, ok = candidate.Type, file, *candidate, true
			}
			return kind == 0
		})
		if kind != 0 {
			break
		}
	}
	return kind, f, d, ok
}

// constants adds y, m and n as far as a type has them.
func (p *completer) constants(kind parser.TokenKind) {
	values := []struct{ value, detail string }{{"y", "yes"}, {"n", "no"}}
	if kind == parser.KwTristate {
		values = []struct{ value, detail string }{{"y", "yes"}, {"m", "module"}, {"n", "no"}}
	}
	for _, v := range values {
		if strings.HasPrefix(v.value, p.typed) {
			p.add(CompletionItem{Label: v.value, Kind: CompletionConstant, Detail: v.detail, InsertText: v.value})
		}
	}
}

// defaults adds what a default can be: members in a choice, constants and
// symbols of the same type else.
func (p *completer) defaults(keyword parser.TokenKind) {
	e, ok := p.file.EntryAt(p.index)
	if ok && e.Head.Kind == parser.Choice {
		p.members(e)
		return
	}
	var kind parser.TokenKind
	if p.st.Kind == parser.TypedDefault {
		kind, _ = menu.TypeOf(p.st)
	} else if ok {
		kind, _, _ = e.Type()
		if kind == 0 {
			if id, found := p.root.Sources.Lookup(e.Name()); found {
				kind, _, _, _ = p.definitionFor(id)
			}
		}
	}
	switch kind {
	case parser.KwBool, parser.KwTristate:
		p.constants(kind)
		p.symbols(wanted{types: []parser.TokenKind{parser.KwBool, parser.KwTristate}})
	case parser.KwInt, parser.KwHex:
		p.symbols(wanted{types: []parser.TokenKind{parser.KwInt, parser.KwHex}})
	case 0:
		p.constants(parser.KwTristate)
		p.symbols(wanted{})
	default:
		p.symbols(wanted{types: []parser.TokenKind{kind}})
	}
}

// members adds the members of a choice, in their order.
func (p *completer) members(choice menu.Entry) {
	for st := range p.file.Tree.From(choice.Head.Index + 1) {
		if st.Kind == parser.EndChoice {
			return
		}
		if st.Kind != parser.Config || !p.matches(st.Name()) || st.Name() == "" {
			continue
		}
		if in, ok := p.file.InChoice(st.Index); !ok || in.Head.Index != choice.Head.Index {
			return
		}
		item := CompletionItem{
			Label: st.Name(), Kind: CompletionSymbol, InsertText: st.Name(), Detail: "bool",
			Description: shorten(p.promptOf(menu.Entry{File: p.file, Head: st}), maxHelpColumns),
			Data:        CompletionData{Dir: p.dataDir(), Kind: CompletionSymbol, Name: st.Name()},
		}
		p.mark(&item, st.Name())
		p.add(item)
	}
}

// newNames adds names for a new symbol: those that are mentioned but defined
// nowhere, and the prefix that most names of the file have.
func (p *completer) newNames() {
	if prefix := p.commonPrefix(); prefix != "" && p.matches(prefix) && prefix != p.typed {
		p.add(CompletionItem{Label: prefix, Kind: CompletionConstant, Detail: "prefix of this file", InsertText: prefix})
	}
	if !p.root.Complete && !p.root.Single {
		return // what is not defined is not known yet
	}
	var near, far []string
	dir := path.Dir(p.file.Path)
	for id := range p.root.Sources.Referenced() {
		if len(p.root.Sources.DefinedIn(id)) > 0 {
			continue
		}
		name := p.root.Sources.Name(id)
		if !p.matches(name) || name == p.typed {
			continue
		}
		isNear := false
		for _, file := range p.root.Sources.ReferencedIn(id) {
			f := p.root.Sources.File(file)
			isNear = isNear || file == p.file.ID || f != nil && sameDirectory(f.Path, dir)
		}
		if isNear {
			near = append(near, name)
		} else {
			far = append(far, name)
		}
	}
	slices.Sort(near)
	slices.Sort(far)
	for _, name := range append(near, far...) {
		p.add(CompletionItem{
			Label: name, Kind: CompletionSymbol, InsertText: name, Detail: "not defined yet",
			Data: CompletionData{Dir: p.dataDir(), Kind: CompletionSymbol, Name: name},
		})
	}
}

// commonPrefix returns the longest prefix up to a "_" that at least half of the
// file's symbols have, "" if there are too few to tell.
func (p *completer) commonPrefix() string {
	counts := map[string]int{}
	total := 0
	for _, d := range p.file.Definitions() {
		name := p.root.Sources.Name(d.Symbol)
		total++
		for i := range len(name) {
			if name[i] == '_' {
				counts[name[:i+1]]++
			}
		}
	}
	best := ""
	for prefix, n := range counts {
		if n >= 3 && 2*n >= total && (len(prefix) > len(best) || len(prefix) == len(best) && prefix < best) {
			best = prefix
		}
	}
	return best
}
