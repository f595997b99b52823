package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/lsp/session"
)

func netPipe() (a, b net.Conn) { return net.Pipe() }

// TestNotificationHandlersCannotCall is about types: neither what notification
// handlers get has a method Call, nor is it a Client in disguise.
func TestNotificationHandlersCannotCall(t *testing.T) {
	if _, found := reflect.TypeFor[session.Notifier]().MethodByName("Call"); found {
		t.Error("Notifier can Call")
	}
	synctest.Test(t, func(t *testing.T) {
		check := func(ctx context.Context, n session.Notifier) {
			if _, ok := n.(session.Client); ok {
				t.Error("the notifier is a client")
			}
			if session.ClientFrom(ctx) != nil {
				t.Error("the context has a client")
			}
		}
		var reg session.Registry[int64]
		session.OnNotification(&reg, "note", func(ctx context.Context, n session.Notifier, _ *struct{}) error {
			check(ctx, n)
			return nil
		})
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) { cfg.Initialized = check })
		p.notify("note", "{}")
		p.bye()
	})
}

// TestCallOnReadLoop uses the client that Initialize gets too early, which types
// cannot prevent.
func TestCallOnReadLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := initialized(t, new(session.Registry[int64]), func(_ *peer, cfg *session.Config[int64]) {
			cfg.Initialize = func(ctx context.Context, c session.Client, _ json.RawMessage) (any, error) {
				if err := c.Call(ctx, "ask", nil, nil); !errors.Is(err, session.ErrReadLoop) {
					t.Error(err)
				}
				return "welcome", nil
			}
		})
		p.bye()
	})
}

// calling runs f in the background of a session.
func calling(t *testing.T, f func(ctx context.Context, c session.Client)) *peer {
	return initialized(t, new(session.Registry[int64]), func(_ *peer, cfg *session.Config[int64]) {
		cfg.CallTimeout = 7 * time.Second
		cfg.Initialized = func(_ context.Context, n session.Notifier) { n.Go(f) }
	})
}

func TestCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := make(chan struct{})
		p := calling(t, func(ctx context.Context, c session.Client) {
			defer close(done)
			var got map[string]int
			if err := c.Call(ctx, "ask", []int{1}, &got); err != nil || got["x"] != 5 {
				t.Error(got, err)
			}
			if err := c.Call(ctx, "ask", nil, nil); err != nil {
				t.Error(err)
			}
			var failed *protocol.Error
			err := c.Call(ctx, "ask", nil, &got)
			if !errors.As(err, &failed) || failed.Code != protocol.RequestFailed || failed.Message != "no" || string(failed.Data) != "[7]" {
				t.Error(err)
			}
			if err := c.Call(ctx, "ask", nil, &got); !errors.As(err, &failed) || !strings.Contains(failed.Message, "oops") {
				t.Error(err) // the answer was not an error object
			}
			if err := c.Call(ctx, "ask", nil, &got); err == nil || errors.As(err, &failed) {
				t.Error(err) // the answer does not decode
			}
			if err := c.Call(ctx, "ask", func() {}, nil); err == nil {
				t.Error("no error for bad parameters")
			}
		})
		for i, answer := range []string{
			`"result":{"x":5}`,
			`"result":null`,
			`"error":{"code":-32803,"message":"no","data":[7]}`,
			`"error":"oops"`,
			`"result":"no map"`,
		} {
			m := p.next()
			if m.Method != "ask" || len(m.ID) == 0 || m.ID[0] != '"' {
				t.Errorf("call %d: %s with id %s", i, m, m.ID)
			}
			// An error without id must not be taken for the answer.
			p.send(`{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}`)
			p.send(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,` + answer + `}`)
		}
		<-done
		p.bye()
	})
}

func TestCallGivesUp(t *testing.T) {
	for _, test := range []struct {
		name  string
		limit func(context.Context) (context.Context, context.CancelFunc)
		want  error
		took  time.Duration
	}{
		{"its own limit", func(ctx context.Context) (context.Context, context.CancelFunc) { return context.WithCancel(ctx) },
			context.DeadlineExceeded, 7 * time.Second},
		{"a longer limit", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Hour)
		}, context.DeadlineExceeded, time.Hour},
		{"cancellation", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(time.Second, cancel)
			return ctx, cancel
		}, context.Canceled, time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := calling(t, func(ctx context.Context, c session.Client) {
					ctx, cancel := test.limit(ctx)
					defer cancel()
					start := time.Now()
					if err := c.Call(ctx, "ask", nil, nil); !errors.Is(err, test.want) {
						t.Error(err)
					}
					if took := time.Since(start); took != test.took {
						t.Errorf("took %s", took)
					}
				})
				id := string(p.next().ID)
				p.want(`$/cancelRequest{"id":` + id + `}`)
				p.send(`{"jsonrpc":"2.0","id":` + id + `,"result":1}`) // too late, and harmless
				p.bye()
			})
		})
	}
}

// TestCallAtTheEnd has a call wait while the session ends.
func TestCallAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		result := make(chan error, 2)
		p := calling(t, func(ctx context.Context, c session.Client) {
			result <- c.Call(ctx, "ask", nil, nil)
			result <- c.Call(context.Background(), "ask", nil, nil)
		})
		p.next()
		p.bye()
		for range 2 {
			if err := <-result; !errors.Is(err, session.ErrClosed) {
				t.Error(err)
			}
		}
	})
}

// TestRequestHandlersCanCall gets the client from the context.
func TestRequestHandlersCanCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "work", func(ctx context.Context, _ int64, _ *struct{}) (int, error) {
			var answer int
			err := session.ClientFrom(ctx).Call(ctx, "ask", nil, &answer)
			return answer, err
		})
		p := initialized(t, &reg, nil)
		p.request("1", "work", "{}")
		p.send(`{"jsonrpc":"2.0","id":` + string(p.next().ID) + `,"result":42}`)
		p.want("1: 42")
		p.bye()
	})
}

// TestNotifiers sends in all ways, before and after the end.
func TestNotifiers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept session.Notifier
		ran := false
		p := initialized(t, new(session.Registry[int64]), func(_ *peer, cfg *session.Config[int64]) {
			cfg.Initialized = func(_ context.Context, n session.Notifier) {
				kept = n
				n.Notify("a", 1)
				n.NotifyKeyed("k", "b", 2)
				if !n.NotifyDroppable("c", 3) {
					t.Error("dropped for no reason")
				}
				n.Notify("bad", func() {}) // goes to the log
			}
		})
		p.want("a1", "b2", "c3")
		p.bye()
		kept.Notify("late", nil)
		kept.NotifyKeyed("k", "late", nil)
		if kept.NotifyDroppable("late", nil) {
			t.Error("queued after the end")
		}
		kept.Go(func(context.Context, session.Client) { ran = true })
		synctest.Wait()
		if ran {
			t.Error("a function was started after the end")
		}
		if log := p.log.String(); !strings.Contains(log, "bad") || strings.Contains(log, "late") {
			t.Error(log)
		}
	})
}

// TestWaits holds more requests than there are slots: others run all the same,
// and each that is held can be cancelled.
func TestWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "hold", func(ctx context.Context, _ int64, _ *struct{}) (int, error) {
			<-ctx.Done()
			return 0, nil
		}, session.Waits())
		session.OnRequest(&reg, "work", func(context.Context, int64, *struct{}) (int, error) { return 7, nil })
		p := initialized(t, &reg, func(_ *peer, c *session.Config[int64]) { c.Slots = 1 })
		for i := range 10 {
			p.request(strconv.Itoa(10+i), "hold", "{}")
		}
		p.request("1", "work", "{}")
		p.want("1: 7")
		p.notify("$/cancelRequest", `{"id":15}`)
		p.want("15: error -32800")
		p.bye()
	})
}

// TestCallAfterShutdown has a function ask the client before and after it wants to end:
// from then on it answers nothing, so nothing is asked.
func TestCallAfterShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		stopped := make(chan struct{})
		failed := make(chan error, 1)
		session.OnNotification(&reg, "ask", func(_ context.Context, n session.Notifier, _ *struct{}) error {
			n.Go(func(ctx context.Context, client session.Client) {
				if err := client.Call(ctx, "before", nil, nil); err != nil {
					t.Error(err)
				}
				<-stopped
				failed <- client.Call(ctx, "after", nil, nil)
			})
			return nil
		})
		p := initialized(t, &reg, nil)
		p.notify("ask", "{}")
		m := p.next()
		if m.Method != "before" {
			t.Fatalf("got %s", m)
		}
		p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":null}`, m.ID))
		p.request("1", "shutdown", "null")
		p.want("1: null")
		close(stopped)
		if err := <-failed; !errors.Is(err, session.ErrClosed) {
			t.Errorf("the call returned %v, want ErrClosed", err)
		}
		synctest.Wait()
		p.quiet()
		p.notify("exit", "null")
		if code := <-p.code; code != 0 {
			t.Errorf("exit code %d", code)
		}
	})
}

// TestIdleGivesItsSlot has more requests wait than there are slots: one that need not wait
// is answered nonetheless, and in the end they all are.
func TestIdleGivesItsSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		event := make(chan struct{})
		session.OnRequest(&reg, "idle", func(ctx context.Context, _ int64, _ *struct{}) (int, error) {
			if err := session.Idle(ctx, func() {
				select {
				case <-event:
				case <-ctx.Done():
				}
			}); err != nil {
				return 0, err
			}
			return 1, nil
		}, session.Automatic())
		session.OnRequest(&reg, "quick", func(context.Context, int64, *struct{}) (int, error) { return 2, nil }, session.Automatic())
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) { cfg.Slots = 2 })
		for id := range 5 {
			p.request(strconv.Itoa(10+id), "idle", "{}")
		}
		p.request("1", "quick", "{}")
		p.want("1: 2")
		p.notify("$/cancelRequest", `{"id":12}`)
		p.want("12: error -32800")
		close(event)
		got := map[string]bool{}
		for range 4 {
			got[p.next().String()] = true
		}
		for _, want := range []string{"10: 1", "11: 1", "13: 1", "14: 1"} {
			if !got[want] {
				t.Errorf("%s is missing among %v", want, got)
			}
		}
		p.request("2", "quick", "{}") // the slots are all there
		p.want("2: 2")
		p.bye()
	})
}
