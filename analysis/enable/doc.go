// Package enable finds the fewest changes of a configuration that give symbols the
// values that somebody wants, or says what makes that impossible.
//
// A Finder asks package solve which changes lead there, puts them in an order in which
// a user can make them, and has package config evaluate what they come to: changes that
// do not come to what is wanted are not returned. What hangs on a tool that was not
// asked is returned with the condition that it answers so.
//
// If no changes do, the Finder tells apart what no configuration of the model gives,
// whatever tools answer, and what only the answers of tools stand against; in both
// cases with a core: parts of the tree that together make it impossible, none of which
// can be left out.
package enable
