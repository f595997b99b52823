package analysis

import (
	"strings"
	"testing"
)

// fixtureRequirements reads a part that says what the answers to commands are made
// of. A line that does not begin with a tab is a command; each below it is a
// requirement, as "STATE: TEXT | REASON | FIX", of which the last two may be absent.
// "advice" as the state stands for one that is not met and need not be.
func fixtureRequirements(t testing.TB, text string) func(command string) []Requirement {
	t.Helper()
	states := map[string]Requirement{"yes": {State: Yes}, "no": {State: No}, "unknown": {}, "advice": {State: No, Advice: true}}
	all := map[string][]Requirement{}
	command := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		rest, below := strings.CutPrefix(line, "\t")
		if !below {
			command = line
			continue
		}
		name, rest, _ := strings.Cut(rest, ": ")
		r, ok := states[name]
		if !ok {
			t.Fatalf("not a requirement: %q", line)
		}
		fields := append(strings.Split(rest, " | "), "", "")
		r.Text, r.Reason, r.Fix = fields[0], fields[1], fields[2]
		all[command] = append(all[command], r)
	}
	return func(command string) []Requirement { return all[command] }
}
