// Package model is what the kernel's conf has in memory after it has read a
// tree: the symbols with their properties, the choices, and the menu tree, with
// the conditions of everything around an entry worked in.
//
// [Build] makes a [Model] of one view. It carries out the macro definitions in
// the order of reading, so that a macro stands for what it stood for at that
// place; what a macro calls a tool for and nobody knows becomes an atom that is
// unknown, with its causes.
//
// A model says what follows from the Kconfig files alone. What values symbols
// have under a configuration is the business of package config. A model never
// changes and is safe for concurrent use.
//
// It follows menu.c, symbol.c and parser.y in scripts/kconfig. Where they
// differ between versions the dialect decides: choices are symbols with a
// tristate of their own up to Linux 6.11, and a list of members since 6.12.
//
// Statements are given by the version of the file that the model was made of
// and the statement's index in it.
package model
