// Package parser turns the text of one Kconfig file into a flat, lossless,
// immutable tree, and keeps that tree up to date while the text is edited.
//
// Parsing never fails: any bytes give a [Tree], what is wrong with them is in
// [Tree.Errors]. The tree is a sequence of statements, one for each logical
// line (a line and its continuations), with help texts as statements of their
// own; the statements tile the text, so that their concatenation is the input.
// Statements hold tokens; white space is what lies between tokens. Macro
// references such as $(cc-option,-fx) stay unexpanded inside their token.
//
// The unit of reuse is the chunk: a run of whole statements of about half a
// kilobyte whose offsets are relative to its own start. [Tree.Edit] lexes the
// damaged chunks again until it meets an old chunk boundary in the same state,
// and shares every other chunk with the previous tree. What an edited tree
// shows is always what a fresh [Parse] of the new text shows.
//
// The package knows one file at a time. It does not follow source statements,
// expand macros, know symbols, or do IO, and it imports nothing of this module.
//
// All offsets are byte offsets from the start of the file's text. Lines are
// counted from 0 and end at "\n" only, as the kernel's tools count them.
//
// Which inputs are errors, and on which line, follows the kernel's own lexer
// and grammar (scripts/kconfig/lexer.l and parser.y) for the Linux dialects.
package parser
