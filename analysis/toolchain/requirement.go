package toolchain

import (
	"fmt"
	"slices"
	"strings"
)

// State is whether something holds, as far as it is known.
type State uint8

// The states. Unknown is what was not asked yet, or must not or cannot be.
const (
	Unknown State = iota
	No
	Yes
)

// String returns yes, no or unknown.
func (s State) String() string {
	switch s {
	case Unknown:
		return "unknown"
	case No:
		return "no"
	case Yes:
		return "yes"
	}
	return fmt.Sprintf("State(%d)", uint8(s))
}

// Requirement is one thing that must hold of the tools for a command of the tree
// to succeed.
type Requirement struct {
	// Text is what has to hold, such as "rustc is 1.78.0 or newer". It is a part
	// of a sentence, without a full stop.
	Text  string
	State State
	// Advice tells that the command does not depend on it: it prints a warning,
	// or, where it does not look at all, we do.
	Advice bool
	// Reason is what was found, such as "rustc is 1.63.0 (/usr/bin/rustc)", or why
	// that is not known. It may be there although it holds.
	Reason string
	// Obstacle is what stands in the way if it is not known, NoObstacle if that
	// is another requirement.
	Obstacle Obstacle
	// Fix is what to do about it in sentences, "" if there is nothing to do.
	Fix string
	// Tool is the variable that names the tool, such as RUSTC, "" if it is about
	// none.
	Tool string
	// File and Line are where the tree asks for it: a path from the top of the
	// tree, with slashes, and a line counted from 1. File is "" if it does not
	// say.
	File string
	Line int
}

// row is a requirement that is looked into.
type row struct {
	Requirement
	err error // why it is not known, nil if another one stands in the way
}

func (r *row) holds(reason string, arguments ...any) {
	r.State, r.Reason = Yes, fmt.Sprintf(reason, arguments...)
}

func (r *row) fails(fix, reason string, arguments ...any) {
	r.State, r.Reason, r.Fix = No, fmt.Sprintf(reason, arguments...), fix
}

// decide makes it hold or not.
func (r *row) decide(ok bool, fix, reason string, arguments ...any) {
	if ok {
		r.holds(reason, arguments...)
	} else {
		r.fails(fix, reason, arguments...)
	}
}

// unanswered takes over why nobody knows.
func (r *row) unanswered(err error) {
	u, ok := err.(*unknown)
	if !ok {
		u = notUnderstood(err.Error())
	}
	r.err = err
	r.Reason, r.Obstacle, r.Fix = "not known, because "+u.Why, u.Obstacle, u.Remedy
}

// behind tells that another requirement stands in the way.
func (r *row) behind(other *row) {
	if r.err = other.err; other.State == Unknown && other.err != nil {
		r.unanswered(other.err)
		return
	}
	r.Reason = "not looked at, because " + negation(other.Requirement)
}

// negation says what is wrong with a requirement that fails, as a part of a
// sentence.
func negation(r Requirement) string {
	if r.Reason == "" {
		return "this does not hold: " + r.Text
	}
	return r.Reason
}

// found says which version a tool is, and where.
func found(name, version, path string) string {
	text := name + " is " + version
	if path != "" && path != name {
		text += " (" + path + ")"
	}
	return text
}

// lineOf returns the line of a script that has the first of the marks which is
// in it at all, from 1; 0 if there is none.
func lineOf(text string, marks ...string) int {
	for _, mark := range marks {
		if at := strings.Index(text, mark); at >= 0 {
			return 1 + strings.Count(text[:at], "\n")
		}
	}
	return 0
}

// lastLine returns the last line of a text that is not empty, fit for a
// sentence.
func lastLine(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return "nothing"
	}
	return shorten(text[strings.LastIndexByte(text, '\n')+1:])
}

// complaint returns the line of what a program that failed wrote that says why, fit
// for a sentence: the last one, without what Rust's programs write around it.
func complaint(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "note:")
	})
	line := lastLine(strings.Join(lines, "\n"))
	if len(lines) > 0 {
		if _, why, ok := strings.Cut(lines[len(lines)-1], "panicked at '"); ok {
			line = shorten(why)
		}
	}
	return line
}
