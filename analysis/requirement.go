package analysis

import "strconv"

// Answer is whether something holds, as far as it is known.
type Answer uint8

// The answers. Unknown is one that nobody has asked for yet, or must not.
const (
	Unknown Answer = iota
	No
	Yes
)

// String returns yes, no or unknown.
func (a Answer) String() string {
	switch a {
	case Unknown:
		return "unknown"
	case No:
		return "no"
	case Yes:
		return "yes"
	}
	return "Answer(" + strconv.Itoa(int(a)) + ")"
}

// Requirement is one thing that must hold of the tools for a command of the tree
// to succeed.
type Requirement struct {
	// Text is what has to hold, such as "rustc is 1.78.0 or newer". It is a part
	// of a sentence, without a full stop.
	Text string
	// State is whether it holds.
	State Answer
	// Advice tells that the command does not depend on it: it prints a warning,
	// or, where it does not look at all, we do.
	Advice bool
	// Reason is what was found, such as "rustc is 1.63.0 (/usr/bin/rustc)", or why
	// that is not known. It may be there although it holds.
	Reason string
	// Fix is what to do about it, "" if there is nothing to do.
	Fix string
	// Tool is the variable that names the tool, such as RUSTC, "" if it is about
	// none.
	Tool string
	// File and Line are where the tree asks for it: a path relative to the tree,
	// with slashes, and a line counted from 1. File is "" if it does not say.
	File string
	Line int
}
