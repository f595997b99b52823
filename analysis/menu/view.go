package menu

import (
	"errors"
	"iter"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// View is one way through a tree: the files that source statements reach from
// the root file, in order, with the variables of one architecture. It never
// changes, and it holds for every version of the tree's Sources whose source
// statements and macro definitions are the same.
type View struct {
	// Root is the file the view begins with.
	Root FileID

	inclusions []inclusion
	first      []int32 // by FileID: the file's first inclusion, -1 if there is none
	problems   map[FileID][]Problem
	expanded   map[string][]Expanded
	variables  Variables
	modules    []ModulesLine
	unfollowed []Place
}

// ModulesLine is an attribute that makes a symbol the one for modules.
type ModulesLine struct {
	File FileID
	// Number tells which of the file's modules lines it is, from 0.
	Number int
}

// inclusion is a file at one place of the source graph. Inclusions are stored
// in the order in which conf would read them.
type inclusion struct {
	file   FileID
	parent int32 // the inclusion with the source statement, -1 for the root
	source int32 // which of the parent's source statements it is, from 0
	next   int32 // the next inclusion of the same file, -1 if there is none
}

// Expanded is a definition whose name contains a macro reference, at one
// inclusion of its file.
type Expanded struct {
	File      FileID
	Statement int // among the statements of the file when the view was made
	// Ordinal tells which of the file's definitions with a macro in their name
	// it is, from 0; it holds as long as the view does. See [File.MacroNames].
	Ordinal   int
	inclusion int32
}

// Variables are the macros of a view as far as it has come. The view assigns
// to them in the order in which conf would.
type Variables interface {
	// Assign carries out an assignment statement of a file.
	Assign(file *File, st parser.Statement)
	// Expand expands the macro references in a token as it is written, quotes
	// included. It reports false if the result is not known, because a tool or
	// an unset variable decides it.
	Expand(file *File, st parser.Statement, token string) (string, bool)
	// Defines reports whether a variable or function was assigned to.
	Defines(name string) bool
	// Explain is Expand with what there is to say if it has no result.
	Explain(file *File, st parser.Statement, token string) Expansion
}

// Expansion is what became of a token with macro references.
type Expansion struct {
	Text  string
	Known bool
	// Unset tells that the text is not known for nothing but variables that
	// nobody has set.
	Unset bool
	// Error says why the token cannot be expanded, "" if it can.
	Error string
}

// ErrNotFollowed is what a Loader returns for files that it does not look for,
// so that it is not known whether they exist.
var ErrNotFollowed = errors.New("menu: the file is not looked for")

// Loader finds files for a view.
type Loader interface {
	// Load returns the file that a path names. Relative paths count from the
	// tree's directory. The file is nil and the error says why if it cannot be
	// had; the error wraps fs.ErrNotExist if there is no such file.
	Load(path string) (*File, error)
	// Glob returns the paths that match a pattern, in order.
	Glob(pattern string) []string
}

// ProblemKind says what is wrong with a source statement.
type ProblemKind uint8

// The kinds of problems.
const (
	// MissingSource names a file that does not exist.
	MissingSource ProblemKind = iota + 1
	// RecursiveSource includes a file that is being included.
	RecursiveSource
	// RepeatedSource includes a file for the second time.
	RepeatedSource
	// UnreadableSource names a file that exists but was not read.
	UnreadableSource
	// UnmatchedSource is a pattern that no file matches.
	UnmatchedSource
	// ExcessiveSource is where following was given up, because the files
	// include each other more often than any real tree does.
	ExcessiveSource
)

// Problem is something wrong with a source statement.
type Problem struct {
	Kind ProblemKind
	// Source tells which source statement of the file it is, from 0.
	Source int
	// Target is the expanded path or pattern.
	Target string
	// Err is why the file could not be read, for UnreadableSource.
	Err error
	// Other is where the file was included before, for RepeatedSource.
	Other Place
	// Chain are the source statements that led here, the root's first. The
	// last one is the statement itself.
	Chain []Place
}

// Place is a source statement: the file and which of its source statements.
type Place struct {
	File   FileID
	Source int
}

// maxInclusions bounds how many times files are included in a view. Linux has
// 1,600 inclusions, Zephyr 4,000.
const maxInclusions = 200_000

// Link follows source statements from the root file on.
func Link(root *File, variables Variables, loader Loader) *View {
	k := linker{
		view: &View{
			Root:     root.ID,
			problems: map[FileID][]Problem{},
			expanded: map[string][]Expanded{},
		},
		variables: variables,
		loader:    loader,
		open:      map[FileID]bool{},
		last:      map[FileID]int32{},
		reported:  map[report]bool{},
	}
	k.link(root)
	k.view.variables = variables
	return k.view
}

type linker struct {
	view      *View
	variables Variables
	loader    Loader
	open      map[FileID]bool  // the files that are being read
	last      map[FileID]int32 // each file's last inclusion so far
	reported  map[report]bool
}

// report identifies a problem: a file that is included many times shows each
// of its problems once.
type report struct {
	file   FileID
	source int32
	kind   ProblemKind
	target string
}

// frame is a file that is being read.
type frame struct {
	file      *File
	inclusion int32
	links     []parser.Statement // what is left to do of it
	sources   int32              // source statements done
	modules   int                // modules lines done
	names     int                // definitions with a macro in their name done
	targets   []string           // what is left to include of the last one
}

func (k *linker) link(root *File) {
	stack := []frame{k.enter(root, -1, 0)}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.targets) > 0 {
			target := top.targets[0]
			top.targets = top.targets[1:]
			if f, ok := k.include(top, target); ok {
				stack = append(stack, k.enter(f, top.inclusion, top.sources-1))
			}
			continue
		}
		if len(top.links) == 0 {
			delete(k.open, top.file.ID)
			stack = stack[:len(stack)-1]
			continue
		}
		st := top.links[0]
		top.links = top.links[1:]
		switch st.Kind {
		case parser.Assignment:
			k.variables.Assign(top.file, st)
		case parser.Source:
			top.sources++
			top.targets = k.targets(top, st)
		case parser.Modules:
			k.view.modules = append(k.view.modules, ModulesLine{top.file.ID, top.modules})
			top.modules++
		default:
			k.expandName(top, st)
		}
	}
}

// enter adds an inclusion and begins to read its file.
func (k *linker) enter(f *File, parent, source int32) frame {
	v := k.view
	i := int32(len(v.inclusions))
	v.inclusions = append(v.inclusions, inclusion{f.ID, parent, source, -1})
	for int(f.ID) >= len(v.first) {
		v.first = append(v.first, -1)
	}
	if v.first[f.ID] < 0 {
		v.first[f.ID] = i
	} else {
		v.inclusions[k.last[f.ID]].next = i
	}
	k.last[f.ID] = i
	k.open[f.ID] = true
	return frame{file: f, inclusion: i, links: slices.Collect(f.linking())}
}

// targets returns the paths that a source statement names. It reports what is
// wrong with the statement itself.
func (k *linker) targets(top *frame, st parser.Statement) []string {
	targets, pattern, known := Targets(top.file, st, k.variables, k.loader)
	if !known && pattern == "" {
		k.view.unfollowed = append(k.view.unfollowed, Place{top.file.ID, int(top.sources - 1)})
	}
	if known && len(targets) == 0 && !IsOptionalSource(st.Keyword()) {
		k.problem(top, Problem{Kind: UnmatchedSource, Target: pattern})
	}
	return targets
}

// include returns the file to read for a path, or reports why there is none.
func (k *linker) include(top *frame, target string) (*File, bool) {
	f, err := k.loader.Load(target)
	switch {
	case errors.Is(err, ErrNotFollowed):
		return nil, false
	case isNotExist(err):
		st := top.file.source(int(top.sources - 1))
		if !IsOptionalSource(st.Keyword()) {
			k.problem(top, Problem{Kind: MissingSource, Target: target})
		}
		return nil, false
	case err != nil:
		k.problem(top, Problem{Kind: UnreadableSource, Target: target, Err: err})
		return nil, false
	case k.open[f.ID]:
		k.problem(top, Problem{Kind: RecursiveSource, Target: target})
		return nil, false
	case len(k.view.inclusions) >= maxInclusions:
		k.problem(top, Problem{Kind: ExcessiveSource, Target: target})
		return nil, false
	}
	if before := k.view.firstOf(f.ID); before >= 0 {
		in := k.view.inclusions[before]
		p := Problem{Kind: RepeatedSource, Target: target}
		if in.parent >= 0 {
			p.Other = Place{k.view.inclusions[in.parent].file, int(in.source)}
		}
		k.problem(top, p)
	}
	return f, true
}

// problem notes something wrong with the statement that the frame is at.
func (k *linker) problem(top *frame, p Problem) {
	id := report{top.file.ID, top.sources - 1, p.Kind, p.Target}
	if k.reported[id] {
		return
	}
	k.reported[id] = true
	p.Source = int(id.source)
	p.Chain = append(k.view.chain(top.inclusion), Place{top.file.ID, p.Source})
	k.view.problems[top.file.ID] = append(k.view.problems[top.file.ID], p)
}

// expandName notes a definition whose name contains macro references.
func (k *linker) expandName(top *frame, st parser.Statement) {
	name, known := k.variables.Expand(top.file, st, st.Name())
	if known && name != "" {
		k.view.expanded[name] = append(k.view.expanded[name], Expanded{top.file.ID, st.Index, top.names, top.inclusion})
	}
	top.names++
}

// Defines reports whether any file of the view assigns to a macro.
func (v *View) Defines(name string) bool { return v.variables.Defines(name) }

// Variables returns the macros as they are at the end of the view.
func (v *View) Variables() Variables { return v.variables }

// Reaches reports whether the file is part of the view.
func (v *View) Reaches(file FileID) bool { return v.firstOf(file) >= 0 }

// Rank returns where the file comes first in the view, from 0, and -1 if it is
// no part of it.
func (v *View) Rank(file FileID) int { return int(v.firstOf(file)) }

func (v *View) firstOf(file FileID) int32 {
	if int(file) < len(v.first) {
		return v.first[file]
	}
	return -1
}

// Files yields the files of the view in the order of their first inclusion.
func (v *View) Files() iter.Seq[FileID] {
	return func(yield func(FileID) bool) {
		for i, in := range v.inclusions {
			if v.first[in.file] == int32(i) && !yield(in.file) {
				return
			}
		}
	}
}

// Problems returns what is wrong with the source statements of a file.
func (v *View) Problems(file FileID) []Problem { return v.problems[file] }

// Unfollowed returns the source statements that lead nowhere, because their
// operand is missing, empty or not known, in the order of reading.
func (v *View) Unfollowed() []Place { return v.unfollowed }

// ModulesLines returns the modules lines of the view in the order of reading.
func (v *View) ModulesLines() []ModulesLine { return v.modules }

// ModulesLines yields the file's modules lines in order.
func (f *File) ModulesLines() iter.Seq[parser.Statement] {
	return func(yield func(parser.Statement) bool) {
		for st := range f.linking() {
			if st.Kind == parser.Modules && !yield(st) {
				return
			}
		}
	}
}

// ExpandedDefinitions returns the definitions of a name whose text contains
// macro references.
func (v *View) ExpandedDefinitions(name string) []Expanded { return v.expanded[name] }

// IncludedFrom returns the chains of source statements that lead to a file,
// the root's statement first in each. It returns at most limit chains.
func (v *View) IncludedFrom(file FileID, limit int) [][]Place {
	var chains [][]Place
	for i := v.firstOf(file); i >= 0 && len(chains) < limit; i = v.inclusions[i].next {
		chains = append(chains, v.chain(i))
	}
	return chains
}

// chain returns the source statements that lead to an inclusion.
func (v *View) chain(i int32) []Place {
	var places []Place
	for ; v.inclusions[i].parent >= 0; i = v.inclusions[i].parent {
		in := v.inclusions[i]
		places = append(places, Place{v.inclusions[in.parent].file, int(in.source)})
	}
	slices.Reverse(places)
	return places
}

// Context returns the conditions around an entry: those of the blocks of its
// file, and before them those around each source statement that leads to the
// file, the outermost first. There is one list for each inclusion of the file,
// at most limit of them.
func (v *View) Context(s *Sources, f *File, statement, limit int) [][]Condition {
	inside := f.around(statement)
	var contexts [][]Condition
	for _, chain := range v.IncludedFrom(f.ID, limit) {
		var conditions []Condition
		for _, place := range chain {
			if parent := s.File(place.File); parent != nil {
				conditions = append(conditions, parent.around(parent.source(place.Source).Index)...)
			}
		}
		contexts = append(contexts, append(conditions, inside...))
	}
	if len(contexts) == 0 {
		contexts = [][]Condition{inside}
	}
	return contexts
}

// source returns source statement n of the file, the zero statement if there
// are fewer.
func (f *File) source(n int) parser.Statement {
	places := f.found.sources.Load()
	if places == nil {
		places = &[]int32{}
		for st := range f.Sources() {
			*places = append(*places, int32(st.Index))
		}
		f.found.sources.Store(places)
	}
	if n < 0 || n >= len(*places) {
		return parser.Statement{}
	}
	return f.Tree.At(int((*places)[n]))
}

// Source returns the statement of a place, and reports whether it is there.
func (s *Sources) Source(p Place) (*File, parser.Statement, bool) {
	f := s.File(p.File)
	if f == nil {
		return nil, parser.Statement{}, false
	}
	st := f.source(p.Source)
	return f, st, st.Kind == parser.Source
}
