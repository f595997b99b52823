package expr

// Tristate is what is known about a tristate value: the set of the values n, m
// and y that it can have. One that is known is a set of one. The empty set is
// no value.
type Tristate uint8

// The values that are known, and the one of which nothing is known.
const (
	N Tristate = 1 << iota
	M
	Y
	AnyTristate = N | M | Y
)

// Known reports whether there is only one value that it can be.
func (t Tristate) Known() bool { return t&(t-1) == 0 }

// Can reports whether it can be one of the given values.
func (t Tristate) Can(values Tristate) bool { return t&values != 0 }

// String returns n, m or y, and the values separated by "/" if more than one is
// possible.
func (t Tristate) String() string {
	text := ""
	for i, name := range [...]string{"n", "m", "y"} {
		if t&(1<<i) != 0 {
			if text != "" {
				text += "/"
			}
			text += name
		}
	}
	return text
}

// ParseTristate returns the value that n, m or y stand for, the empty set for
// any other text.
func ParseTristate(text string) Tristate {
	switch text {
	case "n":
		return N
	case "m":
		return M
	case "y":
		return Y
	}
	return 0
}

// And returns the smaller of two values.
func (t Tristate) And(u Tristate) Tristate {
	if t.Known() && u.Known() {
		return min(t, u)
	}
	return extremes(t, u, func(a, b Tristate) Tristate { return min(a, b) })
}

// Or returns the greater of two values.
func (t Tristate) Or(u Tristate) Tristate {
	if t.Known() && u.Known() {
		return max(t, u)
	}
	return extremes(t, u, func(a, b Tristate) Tristate { return max(a, b) })
}

// Not returns y for n, n for y and m for m.
func (t Tristate) Not() Tristate { return t&M | (t&N)<<2 | (t&Y)>>2 }

// Bool returns the value that a bool symbol has of it: y for m.
func (t Tristate) Bool() Tristate {
	if t&M != 0 {
		t = t&^M | Y
	}
	return t
}

func extremes(t, u Tristate, pick func(a, b Tristate) Tristate) Tristate {
	var all Tristate
	for a := N; a <= Y; a <<= 1 {
		for b := N; b <= Y; b <<= 1 {
			if t&a != 0 && u&b != 0 {
				all |= pick(a, b)
			}
		}
	}
	return all
}
