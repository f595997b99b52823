package parser

import "testing"

func TestHasLoneReturn(t *testing.T) {
	for text, want := range map[string]bool{
		"":                     false,
		"config A\n":           false,
		"config A\r\nbool\r\n": false,
		"config A\rbool\n":     true,
		"config A\r\n\r":       true,
		"\r\r\n":               true,
	} {
		if got := Parse(text, Linux(6, 12)).HasLoneReturn(); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
