package report

import (
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// TestGatesTextOnce checks that what is not known for one reason says so once.
func TestGatesTextOnce(t *testing.T) {
	const reason = "nobody was asked"
	r := &analysis.GateReport{Dir: "/tree", Complete: true, Gates: []analysis.GateStatus{{
		Symbol: "RUST", Title: "Rust", Value: "unknown", Conditions: []analysis.GateCondition{
			{Text: "RUST_IS_AVAILABLE", State: analysis.Unknown, Reason: reason, Fix: "Ask."},
			{Text: "rustc is installed", State: analysis.Unknown, Reason: reason, Fix: "Ask.", Tool: true},
			{Text: "bindgen is installed", State: analysis.Unknown, Reason: "it is busy", Tool: true},
			{Text: "OTHER", State: analysis.Unknown, Reason: reason, Fix: "Ask."},
		},
	}}}
	var b strings.Builder
	if err := WriteGatesText(&b, r, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), reason); n != 2 {
		t.Errorf("the reason stands there %d times:\n%s", n, b.String())
	}
	for _, want := range []string{"rustc is installed", "it is busy"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
