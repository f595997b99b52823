package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Families returns the families in the order in which people read of them.
func Families() []Family {
	return []Family{Syntax, Structure, References, Dead, Deep, Rust, Configs, Code, Style}
}

// Names returns what levels can be given to: the ids of rules and the names of
// families, sorted.
func Names() []string {
	var names []string
	for _, family := range Families() {
		names = append(names, string(family))
	}
	for _, r := range Rules() {
		names = append(names, r.ID)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// IsName reports whether there is a rule or family of that name.
func IsName(name string) bool {
	_, ok := slices.BinarySearch(Names(), name)
	return ok
}

// isRule reports whether there is a rule with an id.
func isRule(id string) bool {
	return slices.ContainsFunc(Rules(), func(r Rule) bool { return r.ID == id })
}

// UnknownName says that there is no rule or family of a name, and which may be meant.
func UnknownName(name string) string {
	message := "there is no check `" + name + "`"
	if near := nearestName(name); near != "" {
		return message + ": did you mean `" + near + "`?"
	}
	return message + `: "kconfig-ls explain" lists them`
}

// nearestName returns the name of a rule or family that is closest to a misspelt
// one, "" if none is close.
func nearestName(name string) string {
	most := min(3, len(name)/3)
	best, distance := "", most+1
	for _, candidate := range Names() {
		if d := parser.Distance(name, candidate, most); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}
