package toolchain

import "fmt"

// Trust says what may be run to find an answer. Greater trust includes the
// lesser.
type Trust uint8

// The levels of trust.
const (
	None  Trust = iota // nothing
	Probe              // our own probes of the user's tools
	Shell              // the tree's own commands
)

// String returns the name of the level as settings and options have it.
func (t Trust) String() string {
	switch t {
	case None:
		return "none"
	case Probe:
		return "probe"
	case Shell:
		return "shell"
	}
	return fmt.Sprintf("Trust(%d)", uint8(t))
}

// ParseTrust returns the level of the name.
func ParseTrust(name string) (Trust, error) {
	for t := None; t <= Shell; t++ {
		if name == t.String() {
			return t, nil
		}
	}
	return None, fmt.Errorf("%q is no level of trust: expected none, probe or shell", name)
}

// Source says where an answer comes from.
type Source uint8

// The sources, in the order in which they are asked.
const (
	Unanswered Source = iota // there is no answer
	Recorded                 // a list of recorded answers
	Pure                     // the command's text alone
	Config                   // a .config of the tree
	Cache                    // probes that were run before
	Probed                   // probes
	ShellRun                 // the tree's own command
)

// String returns the source's name, as logs and requests have it.
func (s Source) String() string {
	switch s {
	case Unanswered:
		return "unanswered"
	case Recorded:
		return "recorded"
	case Pure:
		return "pure"
	case Config:
		return "config"
	case Cache:
		return "cache"
	case Probed:
		return "probe"
	case ShellRun:
		return "shell"
	}
	return fmt.Sprintf("Source(%d)", uint8(s))
}
