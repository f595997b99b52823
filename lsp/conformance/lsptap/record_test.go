package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
)

// roleVariable has the test's program act as the tap, or as a server behind it.
const roleVariable = "LSPTAP_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(m.Run())
	case "tap":
		os.Setenv(roleVariable, "server")
		main()
	case "server":
		os.Exit(serve(os.Args[1]))
	}
}

// serve acts as a server of some kind.
func serve(kind string) int {
	switch kind {
	case "echo": // says what it hears, and then a word of its own
		if _, err := io.Copy(os.Stdout, os.Stdin); err != nil {
			return 1
		}
		fmt.Print(framed(`{"last":true}`))
		return 7
	case "deaf": // goes by itself
		fmt.Print(framed(`{"gone":true}`))
		return 0
	case "stubborn": // waits for a signal
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, syscall.SIGTERM)
		fmt.Print(framed(`{"ready":true}`))
		<-signals
		fmt.Print(framed(`{"stopped":true}`))
		return 3
	case "crash":
		fmt.Print(framed(`{"crash":true}`))
		self, err := os.FindProcess(os.Getpid())
		if err != nil || self.Kill() != nil {
			return 1
		}
		time.Sleep(time.Minute)
		return 1
	case "talker": // never stops, unless nobody listens
		for {
			if _, err := fmt.Print(framed(`{"more":true}`)); err != nil {
				return 5
			}
		}
	}
	return 100
}

func framed(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// tap starts the tap with a server of some kind behind it.
func tap(t *testing.T, kind, file string) (cmd *exec.Cmd, in io.WriteCloser, out io.ReadCloser) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: there are no signals and no broken pipes")
	}
	cmd = exec.Command(os.Args[0], "record", "-out", file, "--", os.Args[0], kind)
	cmd.Env = append(os.Environ(), roleVariable+"=tap")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	timeout := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	t.Cleanup(func() {
		timeout.Stop()
		cmd.Process.Kill()
		reader.Close()
	})
	return cmd, in, reader
}

// recorded returns what a recording has of one side: bodies, and what is broken.
func recorded(t *testing.T, file string, from recording.Side) []string {
	t.Helper()
	entries, err := load(file)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	last := time.Duration(0)
	for _, e := range entries {
		if e.Time() < last {
			t.Errorf("the time goes back from %v to %v", last, e.Time())
		}
		last = e.Time()
		if e.From == from {
			said = append(said, string(e.Message)+e.Broken)
		}
	}
	return said
}

func wantStatus(t *testing.T, cmd *exec.Cmd, want int) {
	t.Helper()
	err := cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Errorf("exit status %d (%v), want %d", got, err, want)
	}
}

// TestRecordIsTransparent sends what is cut in the middle, has blanks, is no JSON, or
// is no message at all, and wants the same bytes back, and the server's own last word.
func TestRecordIsTransparent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tape")
	cmd, in, out := tap(t, "echo", file)
	large := `{"text":"` + strings.Repeat("é", 300_000) + `"}`
	sent := framed(`{"id": 1,`+"\n"+`"method":"a"}`) + "content-length:5\r\nContent-Type: x\r\n\r\n{bad}" + framed(large) + framed("{}") + "nonsense\r\n\r\n{}"
	var got bytes.Buffer
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(&got, out)
		done <- err
	}()
	for _, part := range []string{sent[:3], sent[3:50], sent[50:]} {
		if _, err := io.WriteString(in, part); err != nil {
			t.Fatal(err)
		}
	}
	in.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantStatus(t, cmd, 7)
	if want := sent + framed(`{"last":true}`); got.String() != want {
		t.Errorf("%d bytes came back, not the %d that were sent: %.200q", got.Len(), len(want), got.String())
	}
	said := recorded(t, file, recording.Client)
	want := []string{`{"id":1,"method":"a"}`, "{bad}", large, "{}"}
	if len(said) != len(want)+1 || !slices.Equal(said[:len(want)], want) || !strings.Contains(said[len(want)], "nonsense") {
		t.Errorf("recorded of the client: %.200q", said)
	}
	if said := recorded(t, file, recording.Server); len(said) < len(want) || !slices.Equal(said[:len(want)], want) {
		t.Errorf("recorded of the server: %.200q", said)
	}
}

func TestRecordEnds(t *testing.T) {
	t.Run("with the server", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "tape")
		cmd, _, out := tap(t, "deaf", file) // its input stays open
		if _, err := io.Copy(io.Discard, out); err != nil {
			t.Error(err)
		}
		wantStatus(t, cmd, 0)
		if said := recorded(t, file, recording.Server); !slices.Equal(said, []string{`{"gone":true}`}) {
			t.Errorf("recorded: %q", said)
		}
	})
	t.Run("with a server that is killed", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "tape")
		cmd, _, _ := tap(t, "crash", file)
		wantStatus(t, cmd, 128+int(syscall.SIGKILL))
		if said := recorded(t, file, recording.Server); !slices.Equal(said, []string{`{"crash":true}`}) {
			t.Errorf("recorded: %q", said)
		}
	})
	t.Run("by a signal, when the server has taken it", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "tape")
		cmd, _, out := tap(t, "stubborn", file)
		if _, err := bufio.NewReader(out).ReadString('}'); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, cmd, 3)
		if said := recorded(t, file, recording.Server); !slices.Equal(said, []string{`{"ready":true}`, `{"stopped":true}`}) {
			t.Errorf("recorded: %q", said)
		}
	})
	t.Run("when nobody listens", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "tape")
		cmd, _, out := tap(t, "talker", file)
		if _, err := bufio.NewReader(out).ReadString('}'); err != nil {
			t.Fatal(err)
		}
		out.Close()
		// The server writes to a closed pipe, of which the system tells it by a signal.
		wantStatus(t, cmd, 128+int(syscall.SIGPIPE))
	})
}

// TestRecordWithoutTape wants a session to go on whose recording cannot be kept.
func TestRecordWithoutTape(t *testing.T) {
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skipf("SKIPPED: there is no %s", full)
	}
	cmd, in, out := tap(t, "echo", full)
	sent := framed(`{"id":1}`)
	if _, err := io.WriteString(in, sent); err != nil {
		t.Fatal(err)
	}
	in.Close()
	got, err := io.ReadAll(out)
	if want := sent + framed(`{"last":true}`); err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
	wantStatus(t, cmd, 7)
}
