package menu

import "testing"

func TestMatchesMacroName(t *testing.T) {
	for _, c := range []struct {
		word, name string
		want       bool
	}{
		{"A", "A", true},
		{"A", "B", false},
		{"$(x)", "A", false}, // it could stand for anything
		{"$(x)$(y)", "A", false},
		{"$(x)_A", "B_A", true},
		{"$(x)_A", "_A", true},
		{"$(x)_A", "A", false},
		{"A_$(x)", "A_B", true},
		{"A_$(f,(a),b)_C", "A_B_C", true},
		{"A_$(f,(a),b)_C", "A_C", false},
		{"A$(x)B$(y)C", "A1B2C", true},
		{"A$(x)B$(y)C", "A1C2B", false},
		{"A_$(x", "A_B", true}, // the reference is not closed
	} {
		if got := MatchesMacroName(c.word, c.name); got != c.want {
			t.Errorf("MatchesMacroName(%q, %q) = %v, want %v", c.word, c.name, got, c.want)
		}
	}
}

func TestLettersOf(t *testing.T) {
	if LettersOf("abC_9") != LettersOf("9CBA") {
		t.Error("case or other characters count")
	}
	if LettersOf("A0Z9") == 0 || LettersOf("_-é") != 0 {
		t.Error("letters and digits do not count, or others do")
	}
}
