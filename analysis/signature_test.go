package analysis

import (
	"fmt"
	"testing"
)

func TestSignature(t *testing.T) {
	checkCursors(t, "signature", func(f *fixture, path string, offset int) string {
		s, ok := SignatureAt(f.snapshot, path, offset)
		if !ok {
			return "nothing\n"
		}
		active := "none"
		if s.Active >= 0 {
			active = s.Label[s.Parameters[s.Active].Start:s.Parameters[s.Active].End]
		}
		return fmt.Sprintf("%s, active %s\n%s\n", s.Label, active, s.Documentation.Plain)
	})
}
