// Package toolchain answers what the $(shell,...) calls of a tree ask of the
// machine: which compiler there is, which version it has, which flags it
// takes.
//
// A tree's commands are never handed to a shell unless that was explicitly
// allowed. A command is taken apart by a small parser of shell text, and what
// it does is worked out here: echo, test, set, expr, grep and their like by
// us; a call of a compiler, linker or other tool as a probe, which is an
// argument vector that we put together from a list of arguments that are known
// to be harmless; and the handful of scripts that Kconfig files call, such as
// scripts/cc-version.sh, from probes of ours. What is left over is not known,
// and a [Reason] says why, and what to do about it.
//
// How far this may go is the [Trust]:
//
//   - [None]: nothing outside of the text is looked at but recorded answers
//     and a .config, neither a tool nor the answers it once gave.
//   - [Probe]: tools that the user's settings or environment name are asked
//     by probes. They are looked up on PATH, but not in relative directories
//     nor in the workspace. A probe runs in an empty private directory and
//     environment, has no input but our text, is bounded in time, memory and
//     output, and is killed with all that it started.
//   - [Shell]: the tree's own commands are run by the shell, as its build would.
//
// An [Asker] answers the questions of one tree with one set of tools and
// remembers every answer, so that it says the same each time. A [Prober] is
// shared by all of them: it limits how many probes run at once and keeps
// answers on disk for as long as the tool stays the same.
//
// What an answer is made of are its requirements: whether a compiler takes a
// flag, or each check of scripts/rust_is_available.sh, with what was found and
// how to get what is missing on this distribution. See [Asker.Requirements].
//
// # Limits
//
// Of the shell's language only lists, pipelines, groups, redirections to
// /dev/null and simple expansions are known, no loops, conditions, functions
// or command substitutions. Scripts that need more are known by name and by
// marks in their text; others are not known.
//
// A program that leaves its process group is not killed, and on Windows nor is
// what a tool started. Behind a rustc of rustup is the compiler that the user's
// settings choose for the directory; a rust-toolchain.toml in the tree is told of
// and not heeded. What is kept on disk is forgotten when the program, or
// the assembler or linker beside a compiler, changes its size or time; answers
// that depend on libraries and headers are not kept.
//
// This is the only package of the program that starts others.
package toolchain
