package git

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestChanged(t *testing.T) {
	for _, test := range []struct{ before, now, want string }{
		{"", "", "map[]"},
		{"a\nb\n", "a\nb\n", "map[]"},
		{"a\r\nb", "a\nb\n", "map[]"},
		{"", "a\nb\n", "map[1:true 2:true]"},
		{"a\nb\n", "", "map[]"},
		{"a\nb\nc\n", "a\nc\n", "map[]"},
		{"a\nc\n", "a\nb\nc\n", "map[2:true]"},
		{"x\nhelp\ny\nhelp\nz\n", "x\nhelp\nhelp\nY\nhelp\nz\n", "map[3:true 4:true]"},
		{"a\nb\nc\nd\ne\n", "a\nB\nc\nD\ne\n", "map[2:true 4:true]"},
		{"a\na\na\n", "b\nb\n", "map[1:true 2:true]"},
	} {
		if got := fmt.Sprint(Changed(test.before, test.now)); got != test.want {
			t.Errorf("%q to %q: %s, want %s", test.before, test.now, got, test.want)
		}
	}
}

// TestChangedIsLeast compares with a table of all longest common subsequences.
func TestChangedIsLeast(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range random.IntN(14) {
			b.WriteString(string(rune('a'+random.IntN(3))) + "\n")
		}
		return b.String()
	}
	for range 3000 {
		before, now := text(), text()
		a, b := linesOf(before), linesOf(now)
		changed := Changed(before, now)
		if got, want := len(b)-len(changed), longest(a, b); got != want {
			t.Fatalf("%q to %q: %d lines are kept, want %d", before, now, got, want)
		}
		// What is kept has to be in order in what was before.
		at := 0
		for i, line := range b {
			if changed[i+1] {
				continue
			}
			for at < len(a) && a[at] != line {
				at++
			}
			if at == len(a) {
				t.Fatalf("%q to %q: line %d is no part of what was before", before, now, i+1)
			}
			at++
		}
	}
}

func longest(a, b []string) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for j := range b {
			table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
			if a[i] == b[j] {
				table[i+1][j+1] = table[i][j] + 1
			}
		}
	}
	return table[len(a)][len(b)]
}

func TestChangedIsBounded(t *testing.T) {
	before, now := strings.Repeat("a\n", 3*maxDifference), strings.Repeat("b\n", 3*maxDifference)
	if got := len(Changed(before, now)); got != 3*maxDifference {
		t.Errorf("%d lines are changed", got)
	}
}
