package macro

// Span is a byte range of a text.
type Span struct{ Start, End uint32 }

// Reference is a reference in a text.
type Reference struct {
	// Span is the whole reference from "$(" to behind its ")", or to the end
	// of the text if that is missing.
	Span
	// Name is the name of the variable or function, blanks included. It may
	// hold references itself.
	Name Span
	// Args are the arguments, without the commas, blanks included.
	Args []Span
	// Parent is the index of the reference that this one lies in, -1 if it lies
	// in none.
	Parent int
	// Open says that the ")" is missing.
	Open bool
}

// References returns all references in a token as it is written, nested ones
// included, in the order of their start. It accepts any text: references that
// are not closed end with it. In a string in quotes, an escaped "$(" is none.
func References(token string) []Reference {
	// What is open: references, and parentheses within them.
	type level struct {
		ref   int // index of the reference
		start int // where its name or current argument begins
		depth int // of plain parentheses
	}
	var refs []Reference
	var open []level
	quoted := token != "" && (token[0] == '"' || token[0] == '\'')
	// end ends the name or argument at i.
	end := func(l *level, i int) {
		r := &refs[l.ref]
		s := Span{uint32(l.start), uint32(i)}
		if r.Name.Start == 0 { // no name begins before "$("
			r.Name = s
		} else {
			r.Args = append(r.Args, s)
		}
		l.start = i + 1
	}
	for i := 0; i < len(token); i++ {
		var top *level
		if len(open) > 0 {
			top = &open[len(open)-1]
		}
		switch c := token[i]; {
		case c == '$' && i+1 < len(token) && token[i+1] == '(':
			parent := -1
			if top != nil {
				parent = top.ref
			}
			refs = append(refs, Reference{Span: Span{Start: uint32(i)}, Parent: parent})
			open = append(open, level{ref: len(refs) - 1, start: i + 2})
			i++
		case top == nil:
			if quoted && c == '\\' {
				i++
			}
		case c == '(':
			top.depth++
		case c == ')' && top.depth > 0:
			top.depth--
		case c == ')':
			end(top, i)
			refs[top.ref].End = uint32(i + 1)
			open = open[:len(open)-1]
		case c == ',' && top.depth == 0:
			end(top, i)
		}
	}
	for i := len(open) - 1; i >= 0; i-- {
		end(&open[i], len(token))
		refs[open[i].ref].End = uint32(len(token))
		refs[open[i].ref].Open = true
	}
	return refs
}

// Innermost returns the index of the innermost reference around an offset,
// which is at or behind its "$(" and not behind its ")", and the part that the
// offset is in: 0 for the name, 1 for the first argument, and so on. The index
// is -1 if there is none.
func Innermost(refs []Reference, offset uint32) (index, part int) {
	index = -1
	for i, r := range refs {
		if r.Start+2 > offset {
			continue
		}
		if offset < r.End || r.Open && offset == r.End {
			index = i
		}
	}
	if index < 0 {
		return -1, 0
	}
	for i, arg := range refs[index].Args {
		if offset >= arg.Start {
			part = i + 1
		}
	}
	return index, part
}

// Parameters returns how many arguments a function with this unexpanded value
// takes: the highest n of the $(n) in it.
func Parameters(value string) int {
	n := 0
	for i := range len(value) {
		if value[i] != '$' {
			continue
		}
		length := len("$(")
		for i+length < len(value) && isAlphanumeric(value[i+length]) {
			length++
		}
		if i+length < len(value) && value[i+1] == '(' && value[i+length] == ')' {
			if k := argumentNumber(value[i+2 : i+length]); k < MaxArguments {
				n = max(n, k)
			}
		}
	}
	return n
}
