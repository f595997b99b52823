// Package solve answers questions about all configurations of a tree at once: can
// this symbol be on, and can it be while that one is off?
//
// A [Solver] turns a model into clauses of a SAT solver such that their solutions
// are the values that package config computes for some user values and, where
// tools were not asked, for some answers. A bool is one variable and a tristate
// two: whether it is at least m, and whether it is y. Each expression of the
// model's pool is encoded once. A symbol without a prompt is what its defaults
// and selects come to and needs no variable; one with a prompt lies between what
// selects it and the greatest of prompt, selects and defaults. Of a choice that
// is shown one member is chosen. Without modules no tristate is m. An int, hex or
// string symbol is one of the texts that its defaults come to, or what the user
// sets: that is free, but has variables for its order against the texts that it
// is compared with, which agree with each other and with its ranges. What a
// question has nothing to do with is not encoded.
//
// What is found not to be possible is not. What is found possible is, but for
// these, for which more may be found possible than is:
//
//   - two texts that are both free and compared with each other, with texts of
//     another kind (a number with a word), or with more than 32 possible values;
//   - numbers in ranges whose bounds are no numbers of the symbol's type, or free;
//   - what hangs on the order in which conf happens to compute symbols: defaults
//     of choices that are no members, symbols in several choices, MODULES that
//     depends on a tristate;
//   - up to Linux 6.11, an optional choice that is m while all members are shown
//     and n, which conf can be told but no file can;
//   - up to Linux 6.11, members of choices that are no bool or tristate;
//   - dependencies in a circle, for which each value that agrees with itself
//     counts, and no value may: conf rejects such trees.
//
// Less than is possible may be found only for numbers that do not fit into 64
// bits, which conf compares as texts.
//
// The same questions in the same order have the same verdicts. Which of several
// configurations is found may differ, as the search goes by the clock.
package solve
