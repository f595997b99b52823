package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
)

// TestOrder interleaves edits and requests. Each request must see exactly the
// edits before it.
func TestOrder(t *testing.T) {
	edits := 20_000
	if testing.Short() {
		edits = 2_000
	}
	var reg session.Registry[int64]
	var p *peer
	session.OnNotification(&reg, protocol.MethodDidChange, func(_ context.Context, _ session.Notifier, n *int64) error {
		p.state.Store(*n)
		return nil
	})
	session.OnRequest(&reg, protocol.MethodHover, func(_ context.Context, snap int64, _ *struct{}) (int64, error) {
		return snap, nil
	})
	p = initialized(t, &reg, func(peer *peer, _ *session.Config[int64]) { p = peer })
	go func() {
		for i := 1; i <= edits; i++ {
			p.notify(protocol.MethodDidChange, fmt.Sprint(i))
			p.request(fmt.Sprint(i), protocol.MethodHover, "{}")
		}
	}()
	wrong := 0
	for range edits {
		if m := p.next(); string(m.ID) != string(m.Result) {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d requests saw a wrong state", wrong, edits)
	}
	p.bye()
}

// TestWritingNeverBlocksReading has a client that writes 2,000 messages before
// it reads, and a server that answers each with a notification.
func TestWritingNeverBlocksReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnNotification(&reg, protocol.MethodDidChange, func(_ context.Context, n session.Notifier, i *int) error {
			n.Notify("seen", *i)
			return nil
		})
		p := connect(t, &reg, nil)
		p.request("0", "initialize", "{}")
		for i := range 2000 {
			p.notify(protocol.MethodDidChange, fmt.Sprint(i))
		}
		go p.read()
		p.want(`0: "welcome"`)
		for i := range 2000 {
			p.want(fmt.Sprintf("seen%d", i))
		}
		p.bye()
	})
}

func TestCancelWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "hang", hang)
		session.OnRequest(&reg, "deaf", func(ctx context.Context, _ int64, _ *struct{}) (string, error) {
			time.Sleep(time.Minute)
			return "done nonetheless", nil
		})
		p := initialized(t, &reg, nil)
		start := time.Now()
		for i := 1; i <= 200; i++ {
			p.request(fmt.Sprint(i), "hang", "{}")
			p.notify("$/cancelRequest", fmt.Sprintf(`{"id":%d}`, i))
			p.want(fmt.Sprintf("%d: error -32800", i))
		}
		p.request(`"text"`, "hang", "{}")
		p.notify("$/cancelRequest", `{"id":"text"}`)
		p.want(`"text": error -32800`)
		if took := time.Since(start); took != 0 {
			t.Errorf("took %s", took)
		}
		p.request("1", "deaf", "{}") // the id is free again
		p.notify("$/cancelRequest", `{"id":1}`)
		p.want("1: error -32800")

		for _, params := range []string{`{"id":1}`, `{"id":77}`, `{"id":{}}`, `{}`, `null`, `7`, `{"id":-1}`} {
			p.notify("$/cancelRequest", params) // no such request
		}
		p.bye()
		p.quiet()
	})
}

func TestSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running, most atomic.Int64
		release := make(chan struct{})
		work := func(ctx context.Context, _ int64, _ *inDocument) (string, error) {
			if n := running.Add(1); n > most.Load() {
				most.Store(n)
			}
			defer running.Add(-1)
			select {
			case <-release:
				return "done", nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
		var reg session.Registry[int64]
		session.OnRequest(&reg, "user", work)
		session.OnRequest(&reg, "auto", work, session.Automatic())
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) { cfg.Slots = 3 })

		for i := 1; i <= 10; i++ {
			p.request(fmt.Sprint(i), "auto", "{}")
		}
		synctest.Wait()
		if n := running.Load(); n != 2 {
			t.Errorf("%d automatic handlers run, want 2 of 3 slots", n)
		}
		for i := 11; i <= 20; i++ {
			p.request(fmt.Sprint(i), "user", "{}")
		}
		synctest.Wait()
		if n := running.Load(); n != 3 {
			t.Errorf("%d handlers run, want 3", n)
		}
		// Cancel them all, running or waiting; nobody may keep a slot.
		for i := 1; i <= 20; i++ {
			p.notify("$/cancelRequest", fmt.Sprintf(`{"id":%d}`, i))
			p.want(fmt.Sprintf("%d: error -32800", i))
		}
		close(release)
		for i := 1; i <= 20; i++ {
			p.request(fmt.Sprint(i), []string{"user", "auto"}[i%2], "{}")
			p.want(fmt.Sprintf(`%d: "done"`, i))
		}
		if most.Load() != 3 {
			t.Errorf("up to %d handlers ran at once", most.Load())
		}
		p.bye()
	})
}

func TestSuperseded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, protocol.MethodInlayHint, hang, session.Automatic())
		session.OnRequest(&reg, protocol.MethodHover, hang)
		changes := 0
		session.OnNotification(&reg, protocol.MethodDidChange, func(context.Context, session.Notifier, *protocol.DidChangeTextDocumentParams) error {
			changes++
			return nil
		})
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) { cfg.Slots = 3 })
		const a, b = `{"textDocument":{"uri":"file:///a%20b"}}`, `{"textDocument":{"uri":"file:///b"}}`
		p.request("1", protocol.MethodInlayHint, a)
		p.request("2", protocol.MethodInlayHint, b)
		p.request("3", protocol.MethodHover, a)
		p.request("4", protocol.MethodInlayHint, a) // waits for a slot
		synctest.Wait()
		p.notify(protocol.MethodDidChange, `{"textDocument":{"uri":"file:/x/../a b","version":2},"contentChanges":[]}`)
		got := []string{p.next().String(), p.next().String()}
		slices.Sort(got)
		if diff := cmp.Diff([]string{"1: error -32801", "4: error -32801"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		synctest.Wait()
		p.quiet()
		if changes != 1 {
			t.Error("the change was not handled")
		}
		p.bye()
	})
}

func TestErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		for name, err := range map[string]error{
			"plain":    errors.New("no symbol here"),
			"own":      protocol.Errorf(protocol.InvalidParams, "no such file"),
			"wrapped":  fmt.Errorf("while renaming: %w", protocol.Errorf(protocol.ServerCancelled, "x")),
			"canceled": context.Canceled,
			"data":     &protocol.Error{Code: protocol.ServerCancelled, Data: json.RawMessage(`{"retriggerRequest":true}`)},
		} {
			session.OnRequest(&reg, name, func(context.Context, int64, *struct{}) (string, error) { return "ignored", err })
		}
		session.OnRequest(&reg, "typed", func(_ context.Context, _ int64, p *protocol.HoverParams) (any, error) {
			return p.Position.Line, nil
		})
		session.OnRequest(&reg, "nil", func(context.Context, int64, *struct{}) (*protocol.Hover, error) { return nil, nil })
		p := initialized(t, &reg, nil)
		for _, test := range []struct{ method, params, want string }{
			{"plain", "{}", "1: error -32803"},
			{"own", "{}", "1: error -32602"},
			{"wrapped", "{}", "1: error -32802"},
			{"canceled", "{}", "1: error -32803"},
			{"unknown", "{}", "1: error -32601"},
			{"$/unknown", "{}", "1: error -32601"},
			{"typed", `{"position":{"line":3}}`, "1: 3"},
			{"typed", `null`, "1: 0"},
			{"typed", `{"position":{"line":"3"}}`, "1: error -32602"},
			{"typed", `[]`, "1: error -32602"},
			{"typed", `7`, "1: error -32602"},
			{"nil", "{}", "1: null"},
			{"initialize", "{}", "1: error -32600"},
		} {
			p.request("1", test.method, test.params)
			m := p.next()
			if m.String() != test.want {
				t.Errorf("%s: got %s, want %s", test.method, m, test.want)
			}
			if test.method == "plain" && m.Error.Message != "no symbol here" {
				t.Error(m.Error.Message)
			}
			if test.method == "own" && m.Error.Message != "no such file" {
				t.Error(m.Error.Message)
			}
		}
		p.request("2", "data", "{}")
		if m := p.next(); m.Error == nil || string(m.Error.Data) != `{"retriggerRequest":true}` {
			t.Error(m)
		}
		p.send(`{"jsonrpc":"2.0","id":3,"method":"typed"}`) // no params at all
		p.want("3: 0")
		p.notify("unknown", "{}")
		p.notify("$/unknown", "{}")
		p.bye()
		p.quiet()
	})
}

func TestDuplicateID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "hang", hang)
		p := initialized(t, &reg, nil)
		p.request("1", "hang", "{}")
		p.request("1", "hang", "{}")
		p.want("1: error -32600")
		p.notify("$/cancelRequest", `{"id":1}`)
		p.want("1: error -32800")
		p.bye()
	})
}

func TestPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "panic", func(context.Context, int64, *struct{}) (any, error) { panic("in a request") })
		session.OnRequest(&reg, "nil", func(_ context.Context, _ int64, p *struct{ X *int }) (int, error) { return *p.X, nil })
		session.OnRequest(&reg, "goexit", func(context.Context, int64, *struct{}) (any, error) {
			runtime.Goexit()
			return nil, nil
		})
		session.OnRequest(&reg, "encoding", func(context.Context, int64, *struct{}) (any, error) { return badResult{}, nil })
		session.OnRequest(&reg, "NaN", func(context.Context, int64, *struct{}) (any, error) { return math.NaN(), nil })
		session.OnNotification(&reg, "panic too", func(context.Context, session.Notifier, *struct{}) error { panic("in a notification") })
		session.OnNotification(&reg, "fail", func(context.Context, session.Notifier, *struct{}) error { return errors.New("oh no") })
		session.OnNotification(&reg, "go", func(_ context.Context, n session.Notifier, _ *struct{}) error {
			n.Go(func(context.Context, session.Client) { panic("in the background") })
			return nil
		})
		fragile := true
		p := initialized(t, &reg, func(p *peer, cfg *session.Config[int64]) {
			cfg.Slots = 1 // a slot that is lost would show
			cfg.Initialized = func(context.Context, session.Notifier) { panic("in Initialized") }
			cfg.Snapshot = func() int64 {
				if fragile {
					panic("in Snapshot")
				}
				return 0
			}
			cfg.Observe = func(session.Completion) { panic("in Observe") }
		})
		p.request("1", "nil", "{}")
		p.want("1: error -32603")
		fragile = false
		for _, method := range []string{"panic", "nil", "goexit", "encoding", "NaN", "panic"} {
			p.request("1", method, "{}")
			p.want("1: error -32603")
		}
		p.notify("panic too", "{}")
		p.notify("fail", "{}")
		p.notify("fail", "[]")
		p.notify("go", "{}")
		p.bye()
		for _, s := range []string{"in a request", "in a notification", "in the background", "in Initialized",
			"in Snapshot", "in Observe", "oh no", "session_test.go"} {
			if !strings.Contains(p.log.String(), s) {
				t.Errorf("the log does not mention %q", s)
			}
		}
	})
}

type badResult struct{}

func (badResult) MarshalJSON() ([]byte, error) { panic("in MarshalJSON") }

func TestRegistry(t *testing.T) {
	var reg session.Registry[int64]
	request := func(method string) func() {
		return func() { session.OnRequest(&reg, method, hang) }
	}
	notification := func(method string) func() {
		return func() {
			session.OnNotification(&reg, method, func(context.Context, session.Notifier, *struct{}) error { return nil })
		}
	}
	request("b")()
	request("a")()
	notification("ab")()
	if diff := cmp.Diff([][]string{{"a", "b"}, {"ab"}, {"a", "ab", "b"}},
		[][]string{reg.Requests(), reg.Notifications(), reg.Methods()}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, register := range map[string]func(){
		"twice":             request("a"),
		"as both":           notification("a"),
		"as both, reversed": request("ab"),
		"initialize":        request("initialize"),
		"exit":              notification("exit"),
		"cancel":            notification("$/cancelRequest"),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			register()
		}()
	}
}

func TestObserveAndTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var seen []session.Completion
		var reg session.Registry[int64]
		session.OnRequest(&reg, "work", func(context.Context, int64, *struct{}) (string, error) {
			time.Sleep(3 * time.Second)
			return "done", nil
		})
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) {
			cfg.Slots = 1
			cfg.Observe = func(c session.Completion) {
				mu.Lock()
				defer mu.Unlock()
				seen = append(seen, c)
			}
		})
		work := func(ids ...string) {
			for _, id := range ids {
				p.request(id, "work", "{}")
				synctest.Wait() // first come, first served
			}
		}
		work("1", "2")
		p.want(`1: "done"`, `2: "done"`)
		synctest.Wait()
		if diff := cmp.Diff([]session.Completion{
			{Method: "work", ID: "1", Took: 3 * time.Second},
			{Method: "work", ID: "2", Waited: 3 * time.Second, Took: 3 * time.Second},
		}, seen); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		p.notify("$/setTrace", `{"value":"messages"}`)
		work("3")
		p.want(`3: "done"`, `$/logTrace{"message":"work (3) took 3s"}`)
		p.notify("$/setTrace", `{"value":"verbose"}`)
		work("4")
		p.want(`4: "done"`, `$/logTrace{"message":"work (4) took 3s","verbose":"waited 0s; outcome: result"}`)
		p.notify("$/setTrace", `{"value":7}`) // ignored
		p.notify("$/setTrace", `{"value":"nonsense"}`)
		work("5")
		p.want(`5: "done"`)
		p.bye()
		p.quiet()
	})
}

func TestStalledClientEndsSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := connect(t, new(session.Registry[int64]), func(_ *peer, cfg *session.Config[int64]) {
			cfg.Wire = wire.Options{StallTimeout: 10 * time.Second}
		})
		start := time.Now()
		p.request("1", "initialize", "{}")
		if code := <-p.code; code != 1 {
			t.Errorf("exit code %d", code)
		}
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
