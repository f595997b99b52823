package analysis

import (
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Signature is the function whose arguments are being written.
type Signature struct {
	// Label is the call as it is written, with the parameters' names.
	Label string
	// Documentation says in a sentence what the function does.
	Documentation Documentation
	Parameters    []SignatureParameter
	// Active is the parameter that the offset is in, -1 if it is in the name or
	// behind the last parameter.
	Active int
}

// SignatureParameter is one parameter of a signature.
type SignatureParameter struct {
	// Start and End are the byte range of the parameter in the label.
	Start, End int
	// Name is the text of that range.
	Name string
}

// SignatureAt returns the function in whose call $(fn,arg,...) an offset of a
// file lies. It reports false outside of calls, and for functions that nothing
// defines.
func SignatureAt(s *Snapshot, path string, offset int) (Signature, bool) {
	c, ok := s.scope(path)
	if !ok {
		return Signature{}, false
	}
	text, ok := c.codeBefore(offset)
	if !ok {
		return Signature{}, false
	}
	v, ok := c.preprocessor()
	if !ok {
		return Signature{}, false
	}
	refs := macro.References(text)
	for i := len(refs) - 1; i >= 0; i-- {
		ref := refs[i]
		if !ref.Open {
			continue
		}
		name := strings.TrimSpace(text[ref.Name.Start:ref.Name.End])
		signature, ok := c.signatureOf(v, name)
		if !ok {
			continue // a variable in an argument: the call around counts
		}
		if signature.Active = len(ref.Args) - 1; signature.Active >= len(signature.Parameters) {
			signature.Active = -1
		}
		return signature, true
	}
	return Signature{}, false
}

// codeBefore returns the text of the statement in front of an offset. It
// reports false in comments and help texts.
func (c scope) codeBefore(offset int) (string, bool) {
	tree := c.file.Tree
	if offset <= 0 || offset > tree.Size() {
		return "", false
	}
	st := tree.At(tree.IndexAt(offset - 1))
	if st.Kind == parser.HelpText || offset-int(st.Start) > maxLine {
		return "", false
	}
	for i := range st.Len() {
		t := st.Token(i)
		if int(t.Start) >= offset {
			break
		}
		if t.Kind == parser.Comment && int(t.Start) < offset {
			return "", false
		}
		if t.Kind == parser.String && int(t.End) >= offset {
			return st.TokenText(i)[:offset-int(t.Start)], true // its escapes count
		}
	}
	return tree.Slice(int(st.Start), offset), true
}

// signatureOf returns the signature of a function.
func (c scope) signatureOf(v variables, name string) (Signature, bool) {
	d := &document{}
	if definition, ok := v.Lookup(name); ok {
		n := macro.Parameters(definition.Value)
		if n == 0 {
			return Signature{}, false
		}
		signature := userSignature(name, n)
		d.paragraph(words("Expands to "), inCode(shorten(definition.Value, maxShownValue)),
			words(" (defined at "), inCode(definition.At.File+":"+strconv.Itoa(definition.At.Line)), words(")"))
		signature.Documentation = d.documentation()
		return signature, true
	}
	b, ok := builtinNamed(name)
	if !ok {
		return Signature{}, false
	}
	d.paragraph(words(b.Doc))
	signature := signatureWith(b.Name, b.Parameters)
	signature.Documentation = d.documentation()
	return signature, true
}

// userSignature returns the signature of a function of the tree, whose
// parameters have numbers only.
func userSignature(name string, n int) Signature {
	parameters := make([]string, n)
	for i := range parameters {
		parameters[i] = "arg" + strconv.Itoa(i+1)
	}
	return signatureWith(name, parameters)
}

func signatureWith(name string, parameters []string) Signature {
	s := Signature{Label: "$(" + name}
	for _, p := range parameters {
		start := len(s.Label) + 1
		s.Label += "," + p
		s.Parameters = append(s.Parameters, SignatureParameter{start, len(s.Label), p})
	}
	s.Label += ")"
	return s
}
