// Package analysis answers questions about Kconfig trees: what a symbol is,
// where it is defined and used, what may follow at a position, what is wrong.
//
// A [Workspace] takes in what editors and the disk say and publishes immutable
// [Snapshot] values. Every feature is a function of a snapshot, a path and a
// byte offset that returns plain structs; the functions do not change the
// snapshot, wait for nothing, and give the same answer every time. What leaves
// the package is sorted.
//
// The package speaks byte offsets and absolute paths of the operating system.
// It knows no protocol and no positions of editors, and it reaches files only
// through [vfs.FS]. It never runs anything: what a tool would say is an answer
// that was recorded, or unknown.
package analysis
