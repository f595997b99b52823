// Package macro is the Kconfig preprocessor: variables, functions, and the
// expansion of the $(...) references in words, strings and macro calls.
//
// It follows scripts/kconfig/preprocess.c in what expands to what, and in the
// text of its errors. It differs in one thing: it runs nothing. What a shell
// command would print comes from [Answers], and where there is no answer the
// expansion is unknown, with its causes. Unknown is a third answer besides the
// texts "y" and "n": it passes through concatenation and through functions
// that look at it, and no message is given because of it.
//
// An [Environment] holds the definitions made so far. [Environment.Define] is
// called in the order in which the kernel's tools read the tree, because a
// simple variable (:=) takes what it refers to at its definition and a
// recursive one (=) at its use. The package follows no source statements and
// reads neither files nor the process' environment.
//
// A definition may be hostile: expansions are cut off with an error where they
// nest too deeply or grow too large. See [MaxOutput] and [MaxDepth].
//
// [References] finds the references in a text for editors. It works on any
// text, whether or not it could be expanded.
//
// Offsets are bytes from the start of the text at hand, lines count from 1 as
// $(lineno) does.
package macro
