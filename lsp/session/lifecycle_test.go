package session_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/session"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire/wiretest"
)

func TestLifecycle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "work", func(context.Context, int64, *struct{}) (int, error) { return 5, nil })
		var events []string
		session.OnNotification(&reg, "note", func(context.Context, session.Notifier, *struct{}) error {
			events = append(events, "note")
			return nil
		})
		refuse := true
		p := start(t, &reg, func(_ *peer, cfg *session.Config[int64]) {
			cfg.Initialize = func(_ context.Context, _ session.Client, raw json.RawMessage) (any, error) {
				events = append(events, "initialize"+string(raw))
				if refuse {
					return nil, errors.New("not today")
				}
				return 1, nil
			}
			cfg.Initialized = func(context.Context, session.Notifier) { events = append(events, "initialized") }
			cfg.Shutdown = func(context.Context) error { events = append(events, "shutdown"); return nil }
		})
		p.request("1", "work", "{}")
		p.want("1: error -32002")
		p.request("1", "unknown", "{}")
		p.want("1: error -32002")
		p.request("1", "shutdown", "{}")
		p.want("1: error -32002")
		p.notify("note", "{}")
		p.notify("initialized", "{}")
		p.request("1", "initialize", "[1]")
		p.want("1: error -32803")
		refuse = false
		p.request("2", "initialize", `{"b":1,"a":2}`)
		p.want("2: 1")
		p.request("3", "work", "{}") // some clients do not wait with that
		p.want("3: 5")
		p.notify("initialized", "{}")
		p.notify("note", "{}")
		p.request("4", "shutdown", "null")
		p.want("4: null")
		p.notify("note", "{}")
		p.request("5", "work", "{}")
		p.want("5: error -32600")
		p.request("6", "shutdown", "{}")
		p.want("6: error -32600")
		p.request("7", "initialize", "{}")
		p.want("7: error -32600")
		p.notify("exit", "null")
		if code := <-p.code; code != 0 {
			t.Errorf("exit code %d", code)
		}
		if got, want := fmt.Sprint(events), `[initialize[1] initialize{"b":1,"a":2} initialized note shutdown]`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestExitCodes(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(p *peer)
		want int
	}{
		{"end of input at once", func(p *peer) { p.conn.Close() }, 1},
		{"exit at once", func(p *peer) { p.notify("exit", "null") }, 1},
		{"end of input", func(p *peer) { p.handshake(); p.conn.Close() }, 1},
		{"exit without shutdown", func(p *peer) { p.handshake(); p.notify("exit", "null") }, 1},
		{"shutdown and end of input", func(p *peer) {
			p.handshake()
			p.request("1", "shutdown", "null")
			p.want("1: null")
			p.conn.Close()
		}, 1},
		{"shutdown and exit", func(p *peer) {
			p.handshake()
			p.request("1", "shutdown", "null")
			p.want("1: null")
			p.notify("exit", "null")
		}, 0},
		{"framing lost", func(p *peer) { p.handshake(); p.conn.Write([]byte("hello\r\n\r\n")) }, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := start(t, new(session.Registry[int64]), nil)
				test.end(p)
				if code := <-p.code; code != test.want {
					t.Errorf("exit code %d, want %d", code, test.want)
				}
			})
		})
	}
}

func TestFailedShutdown(t *testing.T) {
	for name, shutdown := range map[string]func(context.Context) error{
		"error": func(context.Context) error { return errors.New("disk full") },
		"panic": func(context.Context) error { panic("disk full") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := initialized(t, new(session.Registry[int64]), func(_ *peer, cfg *session.Config[int64]) { cfg.Shutdown = shutdown })
				p.request("1", "shutdown", "null")
				if m := p.next(); m.Error == nil {
					t.Error(m)
				}
				p.notify("exit", "null")
				if code := <-p.code; code != 0 {
					t.Errorf("exit code %d", code)
				}
			})
		})
	}
}

// TestExitDoesNotWait leaves 100 requests running.
func TestExitDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		session.OnRequest(&reg, "hang", hang)
		p := initialized(t, &reg, nil)
		start := time.Now()
		for i := range 100 {
			p.request(fmt.Sprint(i+1), "hang", "{}")
		}
		p.bye()
		if took := time.Since(start); took != 0 {
			t.Errorf("took %s", took)
		}
	})
}

// TestDeafHandlerIsLeftBehind checks that a handler which ignores its context
// delays the end by the time of grace, and no more.
func TestDeafHandlerIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var reg session.Registry[int64]
		session.OnRequest(&reg, "deaf", func(context.Context, int64, *struct{}) (any, error) {
			<-release
			return nil, nil
		})
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) { cfg.Grace = 4 * time.Second })
		p.request("1", "deaf", "{}")
		start := time.Now()
		p.bye()
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("took %s", took)
		}
		close(release)
	})
}

func TestContextEndsSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p := &peer{t: t}
		server, client := netPipe()
		p.conn, p.code = client, make(chan int, 1)
		go func() {
			p.code <- session.Serve(ctx, server, new(session.Registry[int64]), session.Config[int64]{
				Snapshot:   p.state.Load,
				Initialize: func(context.Context, session.Client, json.RawMessage) (any, error) { return nil, nil },
			})
		}()
		synctest.Wait()
		cancel()
		if code := <-p.code; code != 1 {
			t.Errorf("exit code %d", code)
		}
	})
}

func TestParentProcess(t *testing.T) {
	for _, test := range []struct {
		name    string
		params  string
		visible bool
		ends    bool
	}{
		{"dies", `{"processId":4711}`, true, true},
		{"not visible", `{"processId":4711}`, false, false},
		{"null", `{"processId":null}`, true, false},
		{"absent", `{}`, true, false},
		{"wrong type", `{"processId":"4711"}`, true, false},
		{"negative", `{"processId":-4711}`, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				death := time.Now().Add(23 * time.Second)
				p := start(t, new(session.Registry[int64]), func(_ *peer, cfg *session.Config[int64]) {
					cfg.ParentPoll = 10 * time.Second
					cfg.ProcessAlive = func(pid int) bool {
						return test.visible && pid == 4711 && time.Now().Before(death)
					}
				})
				p.request("1", "initialize", test.params)
				p.want(`1: "welcome"`)
				began := time.Now()
				select {
				case code := <-p.code:
					if took := time.Since(began); !test.ends || code != 1 || took != 30*time.Second {
						t.Errorf("ended with code %d after %s", code, took)
					}
				case <-time.After(time.Hour):
					if test.ends {
						t.Error("the session lives on")
					}
					p.bye()
				}
			})
		})
	}
}

// TestMain turns the test binary into a server if the environment says so.
func TestMain(m *testing.M) {
	if os.Getenv("SESSION_TEST_SERVE") == "" {
		os.Exit(m.Run())
	}
	stream, _ := session.TakeStdio()
	var reg session.Registry[int]
	session.OnRequest(&reg, "work", func(context.Context, int, *struct{}) (int, error) {
		fmt.Println("a stray print")
		return 5, nil
	})
	os.Exit(session.Serve(context.Background(), stream, &reg, session.Config[int]{
		Snapshot:   func() int { return 0 },
		Initialize: func(context.Context, session.Client, json.RawMessage) (any, error) { return 1, nil },
	}))
}

// TestProcess runs a server as editors do. Its input stays open until after its
// end: the read that is blocked then must not keep it alive.
func TestProcess(t *testing.T) {
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), "SESSION_TEST_SERVE=1")
	input, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stray bytes.Buffer
	server.Stderr = &stray
	if err := server.Start(); err != nil {
		t.Skip(err)
	}
	answers := bufio.NewReader(output)
	for _, step := range []struct{ body, want string }{
		{fmt.Sprintf(`{"id":1,"method":"initialize","params":{"processId":%d}}`, os.Getpid()), "1: 1"},
		{`{"id":2,"method":"work"}`, "2: 5"},
		{`{"id":3,"method":"shutdown"}`, "3: null"},
	} {
		fmt.Fprint(input, wiretest.Frame(step.body))
		if got, err := wiretest.Read(answers); err != nil || got.String() != step.want {
			t.Error(got, err)
		}
	}
	fmt.Fprint(input, wiretest.Frame(`{"method":"exit"}`))
	if rest, err := io.ReadAll(answers); err != nil || len(rest) > 0 {
		t.Errorf("after exit: %q, %v", rest, err)
	}
	if err := server.Wait(); err != nil { // also if the exit code is not 0
		t.Error(err)
	}
	if !strings.Contains(stray.String(), "a stray print") {
		t.Errorf("standard error: %q", stray.String())
	}
}

// TestProcessAlive asks the running system.
func TestProcessAlive(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^$")
	if err := child.Run(); err != nil {
		t.Skip(err)
	}
	if !session.ProcessAlive(os.Getpid()) {
		t.Error("this process does not exist")
	}
	if session.ProcessAlive(child.Process.Pid) {
		t.Error("a process that has ended exists")
	}
}

func TestTakeStdio(t *testing.T) {
	stdin, stdout, stderr := os.Stdin, os.Stdout, os.Stderr
	defer func() { os.Stdin, os.Stdout, os.Stderr = stdin, stdout, stderr }()
	file := func(name string) *os.File {
		f, err := os.Create(t.TempDir() + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	in, out, errors := file("in"), file("out"), file("err")
	defer errors.Close()
	os.Stdin, os.Stdout, os.Stderr = in, out, errors

	stream, restore := session.TakeStdio()
	fmt.Print("stray")
	fmt.Fprint(stream, "protocol")
	restore()
	if os.Stdout != out {
		t.Error("os.Stdout is not restored")
	}
	if err := stream.Close(); err != nil {
		t.Error(err)
	}
	for file, want := range map[string]string{out.Name(): "protocol", errors.Name(): "stray"} {
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", file, got, err)
		}
	}
}

// TestShutdownAnswersAll has requests run that would go on for ever: each is answered
// before shutdown is, also if the client does not wait for that, and a handler that does
// not hear that it should end holds it up only so long.
func TestShutdownAnswersAll(t *testing.T) {
	var reg session.Registry[int64]
	deaf := make(chan struct{})
	session.OnRequest(&reg, "hang", hang, session.Waits())
	session.OnRequest(&reg, "deaf", func(context.Context, int64, *struct{}) (any, error) { <-deaf; return 1, nil })
	for _, waits := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			p := initialized(t, &reg, nil)
			p.request("1", "hang", "{}")
			p.request("2", "hang", "{}")
			p.request("3", "shutdown", "null")
			if !waits {
				p.notify("exit", "null")
			}
			first, second := p.next().String(), p.next().String()
			if got := []string{min(first, second), max(first, second)}; !slices.Equal(got, []string{"1: error -32800", "2: error -32800"}) {
				t.Errorf("got %q", got)
			}
			p.want("3: null")
			if waits {
				p.notify("exit", "null")
			}
			if code := <-p.code; code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		deaf = make(chan struct{})
		p := initialized(t, &reg, func(_ *peer, cfg *session.Config[int64]) { cfg.Grace = 4 * time.Second })
		p.request("1", "deaf", "{}")
		start := time.Now()
		p.request("2", "shutdown", "null")
		p.want("2: null")
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("shutdown was answered after %v", took)
		}
		close(deaf)
		p.want("1: error -32800")
		p.notify("exit", "null")
		if code := <-p.code; code != 0 {
			t.Errorf("exit code %d", code)
		}
	})
}

// TestShutdownWithoutID has the client end in order, but for an id.
func TestShutdownWithoutID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reg session.Registry[int64]
		p := initialized(t, &reg, nil)
		p.notify("shutdown", "null")
		p.request("1", "anything", "{}")
		p.want("1: error -32600")
		p.notify("exit", "{}")
		if code := <-p.code; code != 0 {
			t.Errorf("exit code %d", code)
		}
	})
}
