package parser

// nearestStatement returns the statement keyword that a misspelt word most
// likely stands for: one edit away, or two for long words.
func nearestStatement(word string) (string, bool) {
	best, distance := "", 3
	for _, keyword := range [...]string{
		"bool", "choice", "comment", "config", "def_bool", "def_tristate", "default", "depends",
		"endchoice", "endif", "endmenu", "help", "hex", "if", "imply", "int", "mainmenu", "menu",
		"menuconfig", "modules", "prompt", "range", "select", "source", "string", "tristate", "visible",
	} {
		most := 1
		if len(keyword) > 5 {
			most = 2
		}
		if d := Distance(word, keyword, most); d <= most && d < distance {
			best, distance = keyword, d
		}
	}
	return best, best != ""
}

// Distance returns how many insertions, removals, replacements and swaps
// of neighbours turn a into b, or most+1 if it takes more. Names are compared
// with it to propose one for a misspelt one.
func Distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
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
