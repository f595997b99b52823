//go:build unix

package toolchain

import (
	"slices"
	"testing"
)

// A snapshot runs nothing, says the same each time, and knows what is open.
func TestSnapshot(t *testing.T) {
	b := newBench(t)
	b.tool("mycc", b.counting(`echo "mycc 1.0"`))
	a := b.asker(Probe)
	open := func(s *Snapshot, want ...string) {
		t.Helper()
		if got := s.Open(); !slices.Equal(got, want) {
			t.Errorf("open questions %q, want %q", got, want)
		}
	}
	before := a.Snapshot()
	if output, known := before.Shell("echo y"); output != "y\n" || !known {
		t.Errorf("a text alone: %q, %t", output, known)
	}
	if _, known := before.Shell(takes("-mx")); known {
		t.Error("an answer, and nobody was asked")
	}
	before.Shell("./odd.sh") // which asking does not help
	open(before, takes("-mx"))
	if text, ok := before.Exports()["CC_VERSION_TEXT"]; ok {
		t.Errorf("the version is %q, and nobody was asked", text)
	}
	if tool := before.Inventory()[0]; tool.State != NotLookedFor || tool.Reason.Obstacle != NotAsked {
		t.Errorf("%+v", tool)
	}
	if b.calls() != 0 {
		t.Errorf("%d calls for a snapshot", b.calls())
	}

	b.expect(a, takes("-mx"), "y\n", Probed)
	a = a.With(a.Exports(t.Context()))
	calls := b.calls()
	after := a.Snapshot()
	if output, _ := after.Shell(takes("-mx")); output != "y\n" {
		t.Errorf("after asking: %q", output)
	}
	open(after)
	if text := after.Exports()["CC_VERSION_TEXT"]; text != "mycc 1.0" {
		t.Errorf("after asking the version is %q", text)
	}
	if _, known := before.Shell(takes("-mx")); known {
		t.Error("an old snapshot has changed its mind")
	}
	if b.calls() != calls {
		t.Errorf("%d more calls for snapshots", b.calls()-calls)
	}
	if value := a.options.Variables["CC_VERSION_TEXT"]; value != "mycc 1.0" {
		t.Errorf("the variable is %q", value)
	}
}
