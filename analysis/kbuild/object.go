package kbuild

import (
	"slices"
	"strings"
)

// ObjectKind tells objects apart.
type ObjectKind uint8

const (
	// File is an object file, such as foo.o.
	File ObjectKind = iota + 1
	// Directory is a directory that Kbuild goes into, such as nova/.
	Directory

	// list is another list that stands in a list, as in obj-y += $(foo-y).
	list
)

// Object is an object file or directory in a list of a Makefile.
type Object struct {
	Kind ObjectKind
	// Name is what the Makefile says, such as "foo.o" or "sub/foo.o", and for
	// directories "nova/", even if the slash is not written.
	Name string
	// List is the list that holds it: "obj", "lib", "subdir" and the like, the name
	// of a composite without ".o", or "$(NAME)" for a variable that other lists
	// refer to.
	List string
	// Own are the conditions in the name of the list, as in obj-$(CONFIG_X), and
	// Around those of the conditionals around the line, outer ones first.
	Own, Around []Condition
	// Start and End are the bytes of the name.
	Start, End int
}

// Stem returns the name without ".o" or "/": that of the source file without what
// tells its language, or that of the directory.
func (o *Object) Stem() string {
	return strings.TrimSuffix(strings.TrimSuffix(o.Name, ".o"), "/")
}

// Path is one way in which an object gets built.
type Path struct {
	// Objects lead from the object that was asked for to a list that Kbuild
	// builds: the object, the composite that it is part of, and so on.
	Objects []Object
}

// Conditions returns all that must hold for the object to be built on this path.
func (p Path) Conditions() []Condition {
	var found []Condition
	for i := range p.Objects {
		found = append(append(found, p.Objects[i].Own...), p.Objects[i].Around...)
	}
	return found
}

// maxPaths is how many ways to an object are told.
const maxPaths = 32

// Paths returns the ways in which an object gets built, by its name as in
// Object.Name, the ways by place. There is none if the Makefile does not build it
// as a part of the kernel or of a module, or does so by means that are not
// understood.
func (m *Makefile) Paths(name string) []Path {
	w := walk{m: m, budget: 8 * maxPaths}
	for _, i := range m.byName[name] {
		w.up(nil, i)
	}
	return w.found
}

// walk follows the lists that an object is in.
type walk struct {
	m      *Makefile
	found  []Path
	budget int // of steps, as a text can have very many ways that lead nowhere
}

func (w *walk) up(before []Object, i int) {
	o := w.m.objects[i]
	if w.budget--; w.budget < 0 || len(w.found) >= maxPaths || len(before) >= maxDepth {
		return
	}
	for k := range before {
		if before[k].List == o.List {
			return // in itself
		}
	}
	path := append(before[:len(before):len(before)], o)
	if isBuilt(o.List) && len(w.m.byName[o.List+".o"]) == 0 { // else it is a composite of that name
		w.found = append(w.found, Path{slices.DeleteFunc(slices.Clone(path), isPlainList)})
		return
	}
	for _, k := range w.m.byName[o.List+".o"] { // o is part of a composite
		w.up(path, k)
	}
	for _, k := range w.m.byList[o.List] {
		w.up(path, k)
	}
}

// isPlainList reports whether an object is a list in a list that nothing is said
// of.
func isPlainList(o Object) bool { return o.Kind == list && len(o.Own)+len(o.Around) == 0 }

// isBuilt reports whether Kbuild builds what is in a list by itself, which is said
// in scripts/Makefile.lib and, for those of the top directory, in the top Makefile
// and Kbuild file.
func isBuilt(list string) bool {
	switch list {
	case "obj", "lib", "extra", "always", "subdir", "core", "drivers", "libs", "net", "virt", "init", "head", "sound":
		return true
	}
	return false
}

// objectWords adds the objects in the value of a variable.
func (r *reader) objectWords(a assignment) {
	listName, own, ok := r.listOf(a)
	if !ok {
		return
	}
	around := r.around()
	words(r.text, a.valueStart, a.valueEnd, func(start, end int) {
		o := Object{Name: r.text[start:end], List: listName, Own: own, Around: around, Start: start, End: end}
		switch name := o.Name; {
		case strings.HasPrefix(name, "$"):
			inner, ok := bodyOf(name)
			if !ok || strings.ContainsAny(inner, " \t$,:") {
				return
			}
			o.Kind = list
			if o.Name, ok = listReferred(inner); !ok {
				return
			}
		case strings.ContainsAny(name, "$%*?"): // no name, or a pattern
			return
		case strings.HasSuffix(name, ".o") && len(name) > len(".o"):
			o.Kind = File
		case strings.HasSuffix(name, "/"):
			o.Kind = Directory
		case listName == "subdir":
			o.Kind, o.Name = Directory, name+"/"
		default:
			return
		}
		r.m.objects = append(r.m.objects, o)
	})
}

// listOf returns the list that a variable holds and the conditions in its name. It
// reports false for what is never built, such as obj-n.
func (r *reader) listOf(a assignment) (name string, own []Condition, ok bool) {
	at := strings.IndexByte(a.name, '$')
	if at < 0 {
		name, ok = listReferred(a.name)
		return name, nil, ok
	}
	if at < 2 || a.name[at-1] != '-' {
		return "", nil, false
	}
	start, end := a.nameStart+at, a.nameStart+len(a.name)
	// Of $(CONFIG_A)$(CONFIG_B) one must be on: if both are, the list is none that
	// is built.
	own = truth(r.text[start:end], 0)
	if own == nil {
		own = []Condition{{}}
	}
	for i := range own {
		own[i].Start, own[i].End = start, end
	}
	return a.name[:at-1], own, true
}

// listReferred returns the list that a variable without references in its name
// stands for.
func listReferred(variable string) (string, bool) {
	i := strings.LastIndexByte(variable, '-')
	if i > 0 {
		switch variable[i:] {
		case "-y", "-m", "-objs":
			return variable[:i], true
		case "-n", "-":
			return "", false
		}
	}
	return "$(" + variable + ")", variable != ""
}
