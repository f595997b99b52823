package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// frames cuts what one side sends into the bodies of messages. It never fails:
// what cannot be cut is given back as it is.
type frames struct {
	pending []byte
	// lost says that a header could not be read, after which nobody knows where the
	// next message begins.
	lost bool
}

// add takes the next bytes and returns the bodies that are whole now. broken is
// what is no message.
func (f *frames) add(chunk []byte) (bodies [][]byte, broken string) {
	if f.lost {
		return nil, string(chunk)
	}
	f.pending = append(f.pending, chunk...)
	for {
		end := bytes.Index(f.pending, []byte("\r\n\r\n"))
		if end < 0 {
			return bodies, ""
		}
		length, err := contentLength(string(f.pending[:end]))
		if err != nil {
			broken = fmt.Sprintf("%v: %s", err, f.pending)
			f.lost, f.pending = true, nil
			return bodies, broken
		}
		body := f.pending[end+len("\r\n\r\n"):]
		if len(body) < length {
			return bodies, ""
		}
		bodies = append(bodies, bytes.Clone(body[:length]))
		f.pending = append([]byte(nil), body[length:]...)
	}
}

// rest returns what was left over at the end.
func (f *frames) rest() string { return string(f.pending) }

func contentLength(header string) (int, error) {
	for line := range strings.SplitSeq(header, "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		length, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || length < 0 {
			return 0, fmt.Errorf("the header has the Content-Length %q", value)
		}
		return length, nil
	}
	return 0, fmt.Errorf("the header has no Content-Length")
}
