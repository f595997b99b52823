// Package gate tells which symbols stand and fall with another one, or with what
// a tool can do.
//
// A gate is a symbol that stands for a language, as RUST does in Linux, or a test
// of the toolchain: a macro reference that asks a tool, or the comparison of a
// version. A symbol is gated on it if it can be on, and cannot be on while the
// gate is off. For that question the gate itself and every answer of a tool are
// free: what they depend on does not count, so that the answer is the same for
// an architecture without HAVE_RUST and on a machine without any compiler.
//
// # How it is found out
//
// Bounds are the least and the greatest value that each symbol can have, from
// one sweep over the model in the order of evaluation. With the gate turned off
// only what looks at it, directly or not, is computed again. A symbol whose
// greatest value becomes n by that is gated: that is a proof. What bounds cannot
// see, because two things depend on each other, is settled by package solve.
//
// # Limits
//
// Numbers and texts are on if their prompt is shown or one of their defaults
// applies. What the solver cannot settle in time stays as bounds have it, and the
// result says so.
package gate
