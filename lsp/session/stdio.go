package session

import (
	"errors"
	"io"
	"os"
)

// TakeStdio returns standard input and output as one stream for [Serve], and
// points os.Stdout to standard error, so that a stray print anywhere in the
// process is seen there and does not corrupt the protocol. What has kept the old
// os.Stdout for itself still writes to it. restore puts os.Stdout back.
func TakeStdio() (stream io.ReadWriteCloser, restore func()) {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr
	return stdio{in, out}, func() { os.Stdout = out }
}

type stdio struct{ in, out *os.File }

func (s stdio) Read(p []byte) (int, error)  { return s.in.Read(p) }
func (s stdio) Write(p []byte) (int, error) { return s.out.Write(p) }

// Close closes output first: that tells the client that nothing will follow.
func (s stdio) Close() error { return errors.Join(s.out.Close(), s.in.Close()) }
