package model

import "testing"

// TestRoomCopiesLittle makes one slice longer again and again.
func TestRoomCopiesLittle(t *testing.T) {
	const n = 20_000
	allocations := testing.AllocsPerRun(1, func() {
		var r room[int]
		var all []int
		for i := range n {
			all = r.append(all, i)
		}
		for i, x := range all {
			if len(all) != n || x != i {
				t.Fatalf("%d of %d is %d", i, len(all), x)
			}
		}
	})
	if allocations > 200 {
		t.Errorf("%v allocations", allocations)
	}
}
