package toolchain

import "testing"

// TestComplaint checks that the line is found that says why a program failed.
func TestComplaint(t *testing.T) {
	for text, want := range map[string]string{
		"": `nothing`,
		"thread 'main' panicked at 'Unable to find libclang: none', src/lib.rs:21\nnote: run with `RUST_BACKTRACE=1`\n": "`Unable to find libclang: none', src/lib.rs:21`",
		"\nthread 'main' panicked at /lib.rs:600:31:\nUnable to find libclang: none\nnote: run with x\n":                "`Unable to find libclang: none`",
		"warning: first\nerror: last\n\n": "`error: last`",
	} {
		if got := complaint(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
