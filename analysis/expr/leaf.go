package expr

import "github.com/kconfig-ls/kconfig-ls/parser"

// LeafKind says what a leaf is.
type LeafKind uint8

// The kinds of leaves.
const (
	// Symbol is the name of a symbol, or a number.
	Symbol LeafKind = iota
	// Constant is a text in quotes, or one of n, m and y. The quoted text may
	// hold macro references: see [Leaf.HasMacros].
	Constant
	// Macro is a bare word with at least one macro reference in it. What it
	// stands for is a symbol's name, n, m or y, or nothing at all.
	Macro
)

// Leaf is a symbol, a constant or a macro reference at its place in a file.
type Leaf struct {
	raw string
	leaf
}

// leaf is a Leaf without its text.
type leaf struct {
	start, end uint32
	kind       LeafKind
	macros     bool
}

func (n *node) asLeaf() Leaf { return Leaf{raw: n.text, leaf: n.leaf} }

// Kind returns what the leaf is.
func (l Leaf) Kind() LeafKind { return l.kind }

// Range returns the byte range of the leaf's token, quotes included, counted
// from the origin that [Parse] was given. It is empty for leaves that were
// built and not parsed.
func (l Leaf) Range() (start, end uint32) { return l.start, l.end }

// Raw returns the leaf as it is written, quotes and escapes included. It is
// what package macro expands.
func (l Leaf) Raw() string { return l.raw }

// Text returns the symbol's name; the constant's text without quotes and
// escapes; the macro's text as it is written. Macro references inside a
// constant stay as they are written.
func (l Leaf) Text() string {
	if l.kind != Constant || !l.IsQuoted() {
		return l.raw
	}
	return unquoted(l.raw)
}

// HasMacros reports whether the leaf holds a macro reference, so that its
// value is only known after expansion.
func (l Leaf) HasMacros() bool { return l.macros }

// IsQuoted reports whether the leaf is written in quotes.
func (l Leaf) IsQuoted() bool { return isQuoted(l.raw) }

// String returns the leaf as [Expr.String] prints it.
func (l Leaf) String() string {
	if l.kind == Constant && l.IsQuoted() {
		return requoted(l.raw)
	}
	return l.raw
}

// sameLeaf reports whether two leaves are equal but for place and quoting.
func sameLeaf(a, b Leaf) bool {
	if a.kind != b.kind || a.macros != b.macros {
		return false
	}
	if a.raw == b.raw {
		return true
	}
	if a.macros { // an escaped "$(" is no reference, so the text tells too little
		return a.String() == b.String()
	}
	return a.Text() == b.Text()
}

// NewSymbol returns a leaf that names a symbol. The names n, m and y give the
// constants, as sym_lookup in scripts/kconfig/symbol.c has it.
func NewSymbol(name string) Leaf {
	kind := Symbol
	if isTristate(name) {
		kind = Constant
	}
	return Leaf{name, leaf{kind: kind}}
}

// NewConstant returns a constant with the text, without macro references; n, m
// and y are printed without quotes.
func NewConstant(text string) Leaf {
	if !isTristate(text) {
		text = Quote(text)
	}
	return Leaf{text, leaf{kind: Constant}}
}

// At returns the leaf at another place: a byte range that counts from the same
// origin as those of the expression it goes into.
func (l Leaf) At(start, end uint32) Leaf {
	l.start, l.end = start, end
	return l
}

// Expr returns the expression that is the leaf alone.
func (l Leaf) Expr() Expr { return Expr{&node{op: OpLeaf, text: l.raw, leaf: l.leaf}} }

// LeafAt returns the leaf that token i of the statement is, as one bound of a
// range. It reports false for tokens that are no leaf. For origin see [Parse].
func LeafAt(st parser.Statement, i int, origin uint32) (Leaf, bool) {
	t := st.Token(i)
	if !t.Kind.IsSymbol() {
		return Leaf{}, false
	}
	l := Leaf{st.TokenText(i), leaf{start: t.Start - origin, end: t.End - origin}}
	switch {
	case t.Kind == parser.String:
		l.kind = Constant
		l.macros, _ = references(l.raw)
	case t.Kind == parser.MacroWord:
		l.kind = Macro
		l.macros = true
	case isTristate(l.raw):
		l.kind = Constant
	}
	return l, true
}

func isTristate(name string) bool { return name == "n" || name == "m" || name == "y" }
