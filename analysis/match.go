package analysis

import "strings"

// match says how a name fits what is typed. Less is better.
type match uint8

const (
	prefixMatch   match = iota // begins with it
	caseMatch                  // begins with it but for case
	partMatch                  // a part behind "_" begins with it
	fuzzyMatch                 // has its letters in order
	noMatch       match = 255
	numMatchKinds       = 4
)

// matchOf tells how a name fits what is typed.
func matchOf(name, typed string) match {
	switch {
	case strings.HasPrefix(name, typed):
		return prefixMatch
	case len(name) >= len(typed) && strings.EqualFold(name[:len(typed)], typed):
		return caseMatch
	case len(typed) < 2:
		return noMatch // a single letter is in everything
	}
	// Two passes over the name: most names fail the first one.
	k := 0
	for i := 0; i < len(name) && k < len(typed); i++ {
		if fold(name[i]) == fold(typed[k]) {
			k++
		}
	}
	if k < len(typed) {
		return noMatch
	}
	for i := 1; i+len(typed) <= len(name); i++ {
		if (name[i-1] == '_' || name[i-1] == '-') && strings.EqualFold(name[i:i+len(typed)], typed) {
			return partMatch
		}
	}
	return fuzzyMatch
}

func fold(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
