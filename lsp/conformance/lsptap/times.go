package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
)

// Names of what is measured besides requests.
const (
	pushedName = "didChange to publishDiagnostics"
	pulledName = "didChange to pulled diagnostics"
)

// patience is how long after a change a client asks for the diagnostics, if it asks
// because of the change and not because the document is shown again.
const patience = 5 * time.Second

// heldBack is a request that a server answers when there is something to tell.
const heldBack = "workspace/diagnostic"

// times prints how long what the server was asked took in all recordings.
func times(out io.Writer, files []string) error {
	taken := map[string][]time.Duration{}
	for _, file := range files {
		entries, err := load(file)
		if err != nil {
			return err
		}
		measure(entries, taken)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "count\tp50\tp90\tmax\t  what\n")
	for _, name := range slices.SortedFunc(maps.Keys(taken), timesOrder) {
		all := slices.Sorted(slices.Values(taken[name]))
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t  %s\n", len(all), inMilliseconds(percentile(all, 50)), inMilliseconds(percentile(all, 90)), inMilliseconds(all[len(all)-1]), name)
	}
	return table.Flush()
}

// timesOrder puts what follows a change behind the requests.
func timesOrder(a, b string) int {
	behind := func(name string) bool { return name == pushedName || name == pulledName }
	if behind(a) != behind(b) {
		if behind(b) {
			return -1
		}
		return 1
	}
	return cmp.Compare(a, b)
}

// percentile returns the smallest of the sorted values that p percent of them do
// not exceed.
func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[max(0, (len(sorted)*p+99)/100-1)]
}

func inMilliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

func load(file string) ([]recording.Entry, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := recording.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return entries, nil
}

// A documentState is what a measurement has to know of a document.
type documentState struct {
	// changes are those whose diagnostics have not come yet.
	changes []change
	// unpulled is when changes came that no request for diagnostics has followed.
	unpulled []time.Duration
}

type change struct {
	at      time.Duration
	version float64
}

// textDocument are the members of parameters that name a document.
type textDocument struct {
	TextDocument struct {
		URI     string
		Version float64
	}
}

// measure adds what one recording says to what was taken.
func measure(entries []recording.Entry, taken map[string][]time.Duration) {
	type request struct {
		at     time.Duration
		method string
		// changes are those that a request for diagnostics answers.
		changes []time.Duration
	}
	requests := map[string]request{}
	documents := map[string]*documentState{}
	document := func(uri string) *documentState {
		if documents[uri] == nil {
			documents[uri] = &documentState{}
		}
		return documents[uri]
	}
	add := func(name string, d time.Duration) { taken[name] = append(taken[name], d) }
	for _, e := range entries {
		m, err := recording.Open(e.Message)
		if err != nil {
			continue // an event, or what is no message
		}
		var about textDocument
		if e.From == recording.Client && json.Unmarshal(m.Params, &about) == nil {
			switch d := document(about.TextDocument.URI); m.Method {
			case "textDocument/didChange":
				d.changes = append(d.changes, change{e.Time(), about.TextDocument.Version})
				d.unpulled = append(d.unpulled, e.Time())
			case "textDocument/didOpen", "textDocument/didClose":
				*d = documentState{}
			}
		}
		switch {
		case e.From == recording.Client && m.IsRequest():
			r := request{at: e.Time(), method: m.Method}
			if m.Method == "textDocument/diagnostic" {
				d := document(about.TextDocument.URI)
				for _, changed := range d.unpulled {
					if e.Time()-changed < patience {
						r.changes = append(r.changes, changed)
					}
				}
				d.unpulled = nil
			}
			requests[string(m.ID)] = r
		case e.From == recording.Server && m.IsResponse():
			r, ok := requests[string(m.ID)]
			delete(requests, string(m.ID))
			if !ok || cancelled(m) {
				continue
			}
			name := r.method
			if name == heldBack {
				name += " (held back until there is something to tell)"
			}
			add(name, e.Time()-r.at)
			for _, at := range r.changes {
				add(pulledName, e.Time()-at)
			}
		case e.From == recording.Server && m.Method == "textDocument/publishDiagnostics":
			var published struct {
				URI     string
				Version *float64
			}
			if json.Unmarshal(m.Params, &published) != nil {
				continue
			}
			d := document(published.URI)
			d.changes = slices.DeleteFunc(d.changes, func(c change) bool {
				if published.Version != nil && *published.Version < c.version {
					return false
				}
				add(pushedName, e.Time()-c.at)
				return true
			})
		}
	}
}

// cancelled reports whether an answer says that nobody waits for it any more.
func cancelled(m recording.Message) bool {
	var failure struct{ Code int }
	if len(m.Error) == 0 || json.Unmarshal(m.Error, &failure) != nil {
		return false
	}
	return failure.Code == -32800 || failure.Code == -32801 || failure.Code == -32802
}
