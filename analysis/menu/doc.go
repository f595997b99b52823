// Package menu ties the files of a source tree together: which symbols they
// define and use, which file includes which, and under which conditions of
// menus, ifs and choices an entry stands.
//
// Two things are kept apart. [Sources] is the set of all parsed files with an
// index from symbols to the files that mention them; it knows no
// architecture. [View] is one way through them: it follows source statements
// from the root file with the variables of one architecture.
//
// Both are immutable. An edit of one file makes new ones that share everything
// but that file's contribution: the cost is that of the edit, not of the tree.
// To that end a file's contribution is kept per chunk of its parse, and a view
// refers to statements by ordinals that only change with source statements and
// macro definitions, not with every line that is added above them.
//
// The package does no IO of its own and evaluates nothing: conditions are
// found, composed and handed out as token ranges. Offsets are byte offsets.
package menu
