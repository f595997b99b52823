package gatejson_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs/vfstest"
	"github.com/kconfig-ls/kconfig-ls/lsp/gatejson"
)

const tree = `mainmenu "Test"

config HAVE_RUST
	bool

config RUST
	bool "Rust support"
	depends on HAVE_RUST

config BINDINGS
	bool "Bindings"
	depends on RUST

config DRIVER
	tristate "Driver <in Rust>"
	depends on BINDINGS
`

func write(t *testing.T, text string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.FromSlash("/tree"))
	if err != nil {
		t.Fatal(err)
	}
	s, root, err := analysis.Load(vfstest.Memory{filepath.Join(dir, "Kconfig"): text}, dir, analysis.Settings{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := analysis.GatesReport(t.Context(), s, analysis.Configuration{Root: root}, false)
	if err != nil {
		t.Fatal(err)
	}
	report := gatejson.New(r)
	if report.View.Root != dir {
		t.Errorf("the root is %s, not %s", report.View.Root, dir)
	}
	report.View.Root = "/tree"
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(report); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The members and their order are what scripts and clients read.
func TestNew(t *testing.T) {
	const want = `{
  "version": 1,
  "view": {
    "root": "/tree",
    "arch": ""
  },
  "complete": true,
  "gates": [
    {
      "symbol": "RUST",
      "title": "Rust",
      "value": "n",
      "file": "Kconfig",
      "line": 6,
      "conditions": [
        {
          "text": "HAVE_RUST",
          "file": "Kconfig",
          "line": 8,
          "state": "no",
          "reason": "` + "`HAVE_RUST` is n: it has no prompt and no default, and nothing selects it" + `",
          "fix": ""
        }
      ]
    }
  ],
  "gated": [
    {
      "symbol": "BINDINGS",
      "gate": "RUST",
      "kind": "direct",
      "prompt": "Bindings",
      "file": "Kconfig",
      "line": 10,
      "chain": [
        {
          "symbol": "BINDINGS",
          "file": "Kconfig",
          "line": 12,
          "text": "depends on RUST"
        },
        {
          "symbol": "RUST",
          "file": "Kconfig",
          "line": 6,
          "text": "config RUST"
        }
      ],
      "state": "closed"
    },
    {
      "symbol": "DRIVER",
      "gate": "RUST",
      "kind": "transitive",
      "prompt": "Driver <in Rust>",
      "file": "Kconfig",
      "line": 14,
      "chain": [
        {
          "symbol": "DRIVER",
          "file": "Kconfig",
          "line": 16,
          "text": "depends on BINDINGS"
        },
        {
          "symbol": "BINDINGS",
          "file": "Kconfig",
          "line": 12,
          "text": "depends on RUST"
        },
        {
          "symbol": "RUST",
          "file": "Kconfig",
          "line": 6,
          "text": "config RUST"
        }
      ],
      "state": "closed"
    }
  ],
  "excluded": []
}
`
	if diff := cmp.Diff(want, write(t, tree)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A tree without gates has lists, which are empty.
func TestNewWithoutGates(t *testing.T) {
	const want = `{
  "version": 1,
  "view": {
    "root": "/tree",
    "arch": ""
  },
  "complete": true,
  "gates": [],
  "gated": [],
  "excluded": []
}
`
	if diff := cmp.Diff(want, write(t, "config A\n\tbool\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
