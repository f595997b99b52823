package wire_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/lsp/wire"
	"github.com/kconfig-ls/kconfig-ls/lsp/wire/wiretest"
)

func pipe() (a, b net.Conn) { return net.Pipe() }

// drain reads from r until it ends, and returns the messages.
func drain(t *testing.T, r io.Reader) []string {
	t.Helper()
	output, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	messages, err := wiretest.Split(output)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range messages {
		got = append(got, m.String())
	}
	return got
}

// block queues a message that is in the hands of the writer when block returns,
// so that everything queued afterwards waits.
func block(t *testing.T, s *wire.Stream) {
	t.Helper()
	if err := s.Notify("first", nil); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

func closeLater(t *testing.T, s *wire.Stream) {
	go func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
}

func TestKeyedMessagesReplace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := pipe()
		s := wire.NewStream(server, wire.Options{})
		block(t, s)
		send := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		send(s.NotifyKeyed("a", "diag", []string{"a", strings.Repeat("x", 500)}))
		send(s.Notify("plain", 1))
		send(s.NotifyKeyed("b", "diag", []string{"b1"}))
		send(s.NotifyKeyed("a", "diag", []string{"a2"}))
		send(s.NotifyKeyed("b", "diag", []string{"b2"}))
		send(s.Notify("plain", 1))
		before, messages := s.Queued()
		if messages != 5 || before > 300 {
			t.Errorf("queued: %d bytes in %d messages", before, messages)
		}
		closeLater(t, s)
		want := []string{"first", `diag["a2"]`, "plain1", `diag["b2"]`, "plain1"}
		if diff := cmp.Diff(want, drain(t, client)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if bytes, messages := s.Queued(); bytes != 0 || messages != 0 {
			t.Errorf("at the end: %d bytes in %d messages", bytes, messages)
		}
	})
}

// TestKeyedAfterWriting checks that a message that is on its way is not replaced.
func TestKeyedAfterWriting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := pipe()
		s := wire.NewStream(server, wire.Options{})
		for i := range 3 {
			if err := s.NotifyKeyed("a", "diag", i); err != nil {
				t.Fatal(err)
			}
			synctest.Wait() // only the first is taken by the writer
		}
		closeLater(t, s)
		if diff := cmp.Diff([]string{"diag0", "diag2"}, drain(t, client)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestDroppableMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := pipe()
		s := wire.NewStream(server, wire.Options{HighWater: 1000})
		block(t, s)
		queued := 0
		for range 100 {
			ok, err := s.NotifyDroppable("log", strings.Repeat("x", 100))
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				queued++
			}
		}
		if queued < 5 || queued > 10 {
			t.Errorf("%d of 100 messages were queued", queued)
		}
		if err := s.Notify("needed", nil); err != nil {
			t.Error(err)
		}
		closeLater(t, s)
		if got := drain(t, client); len(got) != queued+2 || got[len(got)-1] != "needed" {
			t.Errorf("%d messages sent: %.200q", len(got), got)
		}
	})
}

// TestWritingNeverBlocks queues far more than any buffer holds.
func TestWritingNeverBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := pipe()
		s := wire.NewStream(server, wire.Options{})
		var senders sync.WaitGroup
		for sender := range 10 {
			senders.Go(func() {
				for i := range 200 {
					if err := s.Notify("m", []string{fmt.Sprint(sender, i), strings.Repeat("x", 1000)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		senders.Wait() // nobody has read yet
		closeLater(t, s)
		if got := drain(t, client); len(got) != 2000 {
			t.Errorf("%d messages", len(got))
		}
	})
}

func TestStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, _ := pipe()
		s := wire.NewStream(server, wire.Options{StallTimeout: 10 * time.Second})
		time.Sleep(time.Hour) // nothing to write is no stall
		start := time.Now()
		block(t, s)
		<-s.Done()
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("ended after %s", took)
		}
		if !errors.Is(s.Err(), wire.ErrStalled) {
			t.Error(s.Err())
		}
		if err := s.Notify("late", nil); !errors.Is(err, wire.ErrClosed) {
			t.Error(err)
		}
		if bytes, messages := s.Queued(); bytes != 0 || messages != 0 {
			t.Error("a dead queue keeps messages")
		}
		s.Close() // frees the writer
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("closed after %s", took)
		}
	})
}

// TestSlowIsNotStalled has a client that takes one big message slowly, but
// steadily.
func TestSlowIsNotStalled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := pipe()
		s := wire.NewStream(server, wire.Options{StallTimeout: 10 * time.Second, DrainTimeout: time.Hour})
		if err := s.Notify("big", strings.Repeat("x", 1<<20)); err != nil {
			t.Fatal(err)
		}
		closeLater(t, s)
		var output bytes.Buffer
		piece := make([]byte, 16<<10)
		for {
			time.Sleep(2 * time.Second) // 64 KiB in 8 seconds
			n, err := client.Read(piece)
			output.Write(piece[:n])
			if err != nil {
				break
			}
		}
		if messages, err := wiretest.Split(output.Bytes()); err != nil || len(messages) != 1 {
			t.Error(len(messages), err, s.Err())
		}
	})
}

func TestWriteError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := pipe()
		s := wire.NewStream(server, wire.Options{})
		client.Close()
		if err := s.Notify("m", nil); err != nil {
			t.Error(err)
		}
		<-s.Done()
		if !errors.Is(s.Err(), io.ErrClosedPipe) {
			t.Error(s.Err())
		}
		s.Close()
	})
}

func TestCloseIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, _ := pipe()
		s := wire.NewStream(server, wire.Options{DrainTimeout: 3 * time.Second})
		block(t, s)
		start := time.Now()
		var closers sync.WaitGroup
		for range 3 {
			closers.Go(func() {
				s.Close()
				if took := time.Since(start); took != 3*time.Second {
					t.Errorf("closed after %s", took)
				}
			})
		}
		closers.Wait()
	})
}
