package gate_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
)

// TestGated checks what is gated in trees of which each has something of its own.
func TestGated(t *testing.T) {
	tests := []struct {
		name, dialect, kconfig string
		want                   []string
	}{
		{
			name: "only selected by the gate, whatever that depends on", dialect: "linux-6.12",
			kconfig: `
config HAVE_RUST
	bool
config RUST
	bool "Rust"
	depends on HAVE_RUST
	select GLUE
	imply EXTRA
config GLUE
	bool
config EXTRA
	bool
`,
			want: []string{"EXTRA direct EXTRA", "GLUE direct GLUE"},
		},
		{
			name: "a member that is defined again outside of its choice", dialect: "linux-6.1",
			kconfig: `
config RUST
	bool "Rust"
choice
	prompt "which"
	depends on RUST
config ONE
	bool "one"
config TWO
	bool "two"
endchoice
config TWO
	bool
	default y
`,
			want: []string{"ONE direct ONE"},
		},
		{
			name: "a number whose condition asks a tool is that number all the same", dialect: "linux-6.12",
			kconfig: `
config RUST
	bool "Rust"
	select GLUE
config NUMBER
	int
	default 5 if "$(shell,tool)"
	default 6
config GLUE
	bool
	default NUMBER = 7
`,
			want: []string{"GLUE transitive"}, // that takes more than a line to see
		},
		{
			name: "what depends on the gate is direct though others select it, too", dialect: "linux-6.12",
			kconfig: `
config RUST
	bool "Rust"
config GLUE
	bool "glue"
	depends on RUST
config DRIVER
	bool "driver"
	depends on RUST
	select GLUE
`,
			want: []string{"DRIVER direct DRIVER", "GLUE direct GLUE"},
		},
		{
			name: "through a choice, which has no name", dialect: "linux-6.1",
			kconfig: `
config RUST
	bool "Rust"
menu "menu"
	depends on RUST
choice
	prompt "which"
	tristate
config ONE
	tristate "one"
config TWO
	tristate "two"
endchoice
endmenu
config USER
	tristate "user"
	depends on ONE
`,
			want: []string{"ONE direct ONE", "TWO direct TWO", "USER transitive USER ONE"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, rules := load(t, test.dialect, strings.TrimPrefix(test.kconfig, "\n"))
			set, complete := gate.Compute(context.Background(), m, gate.Options{Solver: gate.NewSolver(m, rules)})
			if !complete || len(set.Languages) != 1 {
				t.Fatalf("complete: %v, gates: %d", complete, len(set.Languages))
			}
			var got []string
			for _, g := range set.Gated(0) {
				kind := "transitive"
				if g.Direct {
					kind = "direct"
				}
				line := fmt.Sprintf("%s %s", m.Symbols[g.Symbol].Name, kind)
				for _, step := range g.Chain {
					line += " " + m.Symbols[step.Symbol].Name
				}
				got = append(got, line)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
