package git

import (
	"slices"
	"strings"
)

// Changed returns which lines of a text are not in the one before, or are elsewhere in
// it, by their numbers from 1. What ends a line is no part of it.
func Changed(before, now string) map[int]bool {
	a, b := linesOf(before), linesOf(now)
	changed := map[int]bool{}
	offset := 0
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
		offset++
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	kept := common(a, b)
	for i := range b {
		if !kept[i] {
			changed[offset+i+1] = true
		}
	}
	return changed
}

func linesOf(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
	}
	return lines
}

// maxDifference bounds how far common looks; it takes the square of that in memory.
const maxDifference = 2000

// common returns which elements of b belong to a longest common subsequence of a and b.
// It is none if they differ in more than maxDifference lines. (E. W. Myers, An O(ND)
// Difference Algorithm and Its Variations, 1986)
func common(a, b []string) []bool {
	kept := make([]bool, len(b))
	most := min(len(a)+len(b), maxDifference)
	furthest := make([]int, 2*most+3) // of a, by diagonal
	var trail [][]int
	for d := 0; d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			i := most + 1 + k
			x := furthest[i-1] + 1
			if k == -d || k != d && furthest[i-1] < furthest[i+1] {
				x = furthest[i+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			furthest[i] = x
			if x >= len(a) && x-k >= len(b) {
				trace(trail, d, kept, len(a), len(b), most)
				return kept
			}
		}
		trail = append(trail, slices.Clone(furthest[most+1-d-1:most+1+d+2]))
	}
	return kept
}

// trace goes back from the ends of both sequences and marks what they have in common.
// Element d of the trail has the diagonals from -d-1 to d+1.
func trace(trail [][]int, d int, kept []bool, x, y, most int) {
	for ; d > 0; d-- {
		before := trail[d-1]
		at := func(k int) int { return before[k+d] }
		k := x - y
		down := k == -d || k != d && at(k-1) < at(k+1)
		previous := k - 1
		if down {
			previous = k + 1
		}
		startX := at(previous)
		startY := startX - previous
		for x > startX && y > startY && x-y == k {
			if down && x == startX || !down && x == startX+1 && y == startY {
				break
			}
			x, y = x-1, y-1
			kept[y] = true
		}
		x, y = startX, startY
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		kept[y] = true
	}
}
