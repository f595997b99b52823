package parser

import "testing"

// TestErrorOnContinuationLine holds the place of an error on a continuation
// line: it begins on the line that conf reports, and reaches the wrong token.
func TestErrorOnContinuationLine(t *testing.T) {
	const text = "config A\n\tbool \"a\"\n\tdepends on B && \\\n\t\tC D\n"
	errors := Parse(text, Linux(6, 12)).Errors()
	if len(errors) != 1 {
		t.Fatalf("errors %v, want one", errors)
	}
	e := errors[0]
	if got, want := text[e.Start:e.End], "depends on B && \\\n\t\tC D"; got != want {
		t.Errorf("the error is at %q, want %q", got, want)
	}
	if e.Message != "`D` is unexpected here: expected &&, || or the end of the line" {
		t.Errorf("unexpected message %q", e.Message)
	}
}
