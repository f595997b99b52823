package menu

// Nearest returns the defined symbol whose name is closest to a misspelt one:
// at most two edits away, one for short names. Of equally close ones the first
// in the alphabet counts.
func (s *Sources) Nearest(name string) (string, bool) {
	most := 2
	if len(name) < 6 {
		most = 1
	}
	best, distance := "", most+1
	letters := lettersOf(name)
	for symbol := range s.Defined() {
		candidate := s.Name(symbol)
		if d := len(candidate) - len(name); d > most || -d > most {
			continue
		}
		// Each edit changes at most two letters of the set.
		if differing := letters ^ lettersOf(candidate); onesAbove(differing, 2*most) {
			continue
		}
		d := distanceWithin(name, candidate, most)
		if d < distance || d == distance && d <= most && candidate < best {
			best, distance = candidate, d
		}
	}
	return best, best != ""
}

// lettersOf returns which characters a name has, folded into 64 bits.
func lettersOf(name string) (set uint64) {
	for i := range len(name) {
		set |= 1 << (name[i] & 63)
	}
	return set
}

// onesAbove reports whether more than n bits are set.
func onesAbove(set uint64, n int) bool {
	for ; n >= 0 && set != 0; n-- {
		set &= set - 1
	}
	return set != 0
}

// distanceWithin returns how many insertions, removals, replacements and swaps
// of neighbours turn a into b, or most+1 if it takes more.
func distanceWithin(a, b string, most int) int {
	if a == b {
		return 0
	}
	// What the names share at their ends takes no edits.
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return min(len(a)+len(b), most+1)
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most+1)
}
