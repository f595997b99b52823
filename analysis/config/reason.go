package config

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// ReasonKind says what a reason is.
type ReasonKind uint8

// The kinds of reasons that a symbol has no higher value.
const (
	// NotDefined: the view has no entry of the symbol.
	NotDefined ReasonKind = iota + 1
	// NotLogical: the symbol is a number or a text, which count as n.
	NotLogical
	// Unmet: a condition of an entry, a prompt, default or select does not hold;
	// the children say why.
	Unmet
	// DefaultUnmet: the condition of a default does not hold.
	DefaultUnmet
	// Alternatives: none of several expressions holds, any of which would do;
	// there is a child for each.
	Alternatives
	// Comparison: a comparison does not hold; the children say where the values
	// of its symbols come from.
	Comparison
	// SetByUser: the user, or the configuration, says so. See Reason.Line.
	SetByUser
	// NotSet: the user could set it and has not, and by default it is what it is.
	NotSet
	// OtherMember: another member of the choice is chosen.
	OtherMember
	// NoPrompt: the user cannot set it; the children say why nothing else does.
	NoPrompt
	// NothingSets: there is neither a default nor a select nor an imply of a
	// symbol without a prompt.
	NothingSets
	// LowDefault: the default that counts is no higher.
	LowDefault
	// SelectorOff: what selects or implies the symbol is not on.
	SelectorOff
	// Answer: a tool has answered so.
	Answer
	// NotAnswered: a tool decides that was not asked.
	NotAnswered
	// ModulesOff: without modules m is not available.
	ModulesOff
	// Never: the constant n.
	Never
	// Repeated: it was said further up.
	Repeated
	// Left: there is more, which was left out.
	Left
)

// The kinds of reasons that a symbol has the value it has.
const (
	// FromUser: the user, or the configuration, says so.
	FromUser ReasonKind = iota + 64
	// FromChoice: it is the chosen member of its choice.
	FromChoice
	// FromSelect and FromImply: another symbol selects or implies it.
	FromSelect
	FromImply
	// FromDefault: a default line.
	FromDefault
	// FromRange: the value was out of range; it is the bound.
	FromRange
	// FromNothing: nothing sets it: it is n, empty or 0.
	FromNothing
	// FromConstant: it is a constant.
	FromConstant
	// NotKnown: it hangs on tools that were not asked; there is a child for each.
	NotKnown
)

// Reason is a part of an explanation. What it is about stands in the fields
// that its kind has; the others are empty: NoAtom, NoNode, -1, 0.
type Reason struct {
	Kind ReasonKind
	// Symbol is the symbol that is explained.
	Symbol expr.Atom
	// Value is its value; sets of values are written as "n/y".
	Value string
	// Expr is the condition that does not hold, or the default's value.
	Expr expr.ID
	// Needed is the least value that would do.
	Needed expr.Tristate
	// Other is another symbol that has to do with it: the chosen member, the one
	// that selects.
	Other expr.Atom
	// Node is the entry, and Statement the line of it, that says so.
	Node      model.NodeID
	Statement int32
	// Line is the index of a line of the configuration, -1 if there is none.
	Line int32
	// Count is how many parts were left out.
	Count    int
	Children []*Reason
}

// maxReasons and maxReasonDepth bound an explanation.
const (
	maxReasons     = 250
	maxReasonDepth = 40
	// maxSelectors is how many selectors of one symbol are explained.
	maxSelectors = 6
)

// explainer builds one explanation.
type explainer struct {
	e     *Evaluation
	seen  map[seenReason]bool
	count int
	depth int
}

// seenReason is something that is explained once.
type seenReason struct {
	symbol expr.Atom
	origin bool
}

func (e *Evaluation) explainer() *explainer { return &explainer{e: e, seen: map[seenReason]bool{}} }

func (x *explainer) reason(kind ReasonKind, a expr.Atom) *Reason {
	x.count++
	r := &Reason{Kind: kind, Symbol: a, Other: model.NoAtom, Node: model.NoNode, Statement: -1, Line: -1}
	if a != model.NoAtom {
		r.Value, _ = x.e.Value(a)
	}
	return r
}

// exhausted reports whether the explanation is long or deep enough.
func (x *explainer) exhausted() bool { return x.count >= maxReasons || x.depth >= maxReasonDepth }

// at gives a reason a place.
func (r *Reason) at(node model.NodeID, statement int32) *Reason {
	r.Node, r.Statement = node, statement
	return r
}
