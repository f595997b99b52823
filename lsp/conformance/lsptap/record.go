package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
)

// linger is how long the output of a server that has ended is waited for, should
// a process that it left behind hold it open.
const linger = 2 * time.Second

// record stands between an editor on in and out and the server that the command
// starts, and returns the server's exit status.
func record(file string, command []string, in io.ReadCloser, out io.WriteCloser) (int, error) {
	tape, err := os.Create(file)
	if err != nil {
		return 2, err
	}
	server := exec.Command(command[0], command[1:]...)
	server.Stderr = os.Stderr
	toServer, err := server.StdinPipe()
	if err != nil {
		return 2, err
	}
	// Not StdoutPipe: Wait would close it before all was read.
	fromServer, serverOut, err := os.Pipe()
	if err != nil {
		return 2, err
	}
	server.Stdout = serverOut
	// A signal that is for the editor's server is for ours. Being notified of a broken
	// pipe keeps it from ending this process, which finds out when it writes.
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer signal.Stop(signals)
	if err := server.Start(); err != nil {
		return 2, err
	}
	serverOut.Close()
	r := startRecorder(tape, command)
	go func() {
		for s := range signals {
			if s != syscall.SIGPIPE {
				r.event(fmt.Sprintf("signal: %v", s))
				_ = server.Process.Signal(s) // it may have ended
			}
		}
	}()
	go func() {
		r.forward(recording.Client, in, toServer)
		r.event("the client's output ended")
	}()
	written := make(chan struct{})
	go func() {
		defer close(written)
		r.forward(recording.Server, fromServer, out)
		r.event("the server's output ended")
	}()
	err = server.Wait()
	select {
	case <-written:
	case <-time.After(linger):
	}
	status := server.ProcessState.ExitCode()
	if by, ok := server.ProcessState.Sys().(syscall.WaitStatus); ok && by.Signaled() {
		status = 128 + int(by.Signal()) // as a shell has it
	}
	r.event("the server ended: " + server.ProcessState.String())
	if ended := (*exec.ExitError)(nil); errors.As(err, &ended) {
		err = nil
	}
	return status, errors.Join(err, r.close())
}

// A recorder writes a recording. Nobody who speaks waits for the file: what passes
// is put into memory, and one goroutine writes it out.
type recorder struct {
	start time.Time
	tape  *os.File
	done  chan error

	mu      sync.Mutex
	changed *sync.Cond
	passed  []piece
	closed  bool
}

// A piece is some bytes that passed, or an event.
type piece struct {
	at    time.Duration
	from  recording.Side
	bytes []byte
	event string
}

func startRecorder(tape *os.File, command []string) *recorder {
	r := &recorder{start: time.Now(), tape: tape, done: make(chan error, 1)}
	r.changed = sync.NewCond(&r.mu)
	r.event("started: " + strings.Join(command, " "))
	go func() { r.done <- r.write() }()
	return r
}

// forward passes bytes on at once and unchanged, until either end is gone, and
// then lets the other know.
func (r *recorder) forward(from recording.Side, in io.ReadCloser, out io.WriteCloser) {
	defer in.Close()
	defer out.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := in.Read(buffer)
		if n > 0 {
			// Recorded first, so that no answer stands before its question.
			r.add(piece{from: from, bytes: bytes.Clone(buffer[:n])})
			if _, err := out.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (r *recorder) event(what string) { r.add(piece{event: what}) }

func (r *recorder) add(p piece) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p.at = time.Since(r.start) // under the lock: the times of a recording never go back
	r.passed = append(r.passed, p)
	r.changed.Signal()
}

// close waits until all is on the tape.
func (r *recorder) close() error {
	r.mu.Lock()
	r.closed = true
	r.changed.Signal()
	r.mu.Unlock()
	return <-r.done
}

// write puts on the tape what passes, and what has passed before it waits for
// more: should this process be killed, nothing is missing.
func (r *recorder) write() error {
	said := map[recording.Side]*frames{recording.Client: {}, recording.Server: {}}
	var failed error
	put := func(entries ...recording.Entry) {
		var lines bytes.Buffer
		for _, e := range entries {
			failed = errors.Join(failed, recording.Write(&lines, e))
		}
		if failed == nil {
			_, failed = r.tape.Write(lines.Bytes())
		}
	}
	for {
		r.mu.Lock()
		for len(r.passed) == 0 && !r.closed {
			r.changed.Wait()
		}
		passed := r.passed
		r.passed = nil
		r.mu.Unlock()
		if len(passed) == 0 {
			break
		}
		var entries []recording.Entry
		for _, p := range passed {
			at := recording.At(p.at)
			if p.event != "" {
				entries = append(entries, recording.Entry{Milliseconds: at, Event: p.event})
				continue
			}
			bodies, broken := said[p.from].add(p.bytes)
			for _, body := range bodies {
				entries = append(entries, entryOf(at, p.from, body))
			}
			if broken != "" {
				entries = append(entries, recording.Entry{Milliseconds: at, From: p.from, Broken: broken})
			}
		}
		put(entries...)
	}
	for _, side := range []recording.Side{recording.Client, recording.Server} {
		if rest := said[side].rest(); rest != "" {
			put(recording.Entry{Milliseconds: recording.At(time.Since(r.start)), From: side, Broken: rest})
		}
	}
	return errors.Join(failed, r.tape.Close())
}

// entryOf makes an entry of the body of a message, on one line.
func entryOf(at float64, from recording.Side, body []byte) recording.Entry {
	var line bytes.Buffer
	if err := json.Compact(&line, body); err != nil {
		return recording.Entry{Milliseconds: at, From: from, Broken: string(body)}
	}
	return recording.Entry{Milliseconds: at, From: from, Message: line.Bytes()}
}
