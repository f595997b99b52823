// Package kbuild reads what Makefiles of Kbuild, and sources of C and Rust, say of
// configuration symbols: which symbols an object is built under, which symbols a
// compiler's flag is given under, and where a symbol is named.
//
// It reads texts, and no files. It runs nothing and expands no variables: what it
// does not understand is a condition without symbols, never an error. All places
// are byte offsets.
package kbuild
