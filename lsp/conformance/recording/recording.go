// Package recording keeps what an editor and the language server said to one
// another: as it was recorded, with a time for each message, and as a session
// that can be replayed, of which nothing depends on the machine.
package recording

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// A Side is one of the two that speak.
type Side string

// The two that speak.
const (
	Client Side = "client"
	Server Side = "server"
)

// An Entry is a line of a recording: a message, or something that happened.
type Entry struct {
	// Milliseconds is when it was seen whole, from the start of the recording, by a
	// clock that is never set.
	Milliseconds float64 `json:"ms"`
	From         Side    `json:"from,omitempty"`
	// Message is what was sent, without its header.
	Message json.RawMessage `json:"message,omitempty"`
	// Broken is what was sent and is no message: a header that is none, a body that
	// is no JSON, or half a message at the end.
	Broken string `json:"broken,omitempty"`
	// Event is what happened otherwise, for people.
	Event string `json:"event,omitempty"`
}

// Time returns when the entry was seen, from the start.
func (e Entry) Time() time.Duration {
	return time.Duration(e.Milliseconds * float64(time.Millisecond))
}

// At returns the time of an entry as it is written.
func At(since time.Duration) float64 {
	return float64(since.Round(time.Microsecond)) / float64(time.Millisecond)
}

// Write appends an entry as one line.
func Write(w io.Writer, e Entry) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(e); err != nil {
		return err
	}
	_, err := w.Write(line.Bytes())
	return err
}

// Read reads all entries of a recording. The last line may be cut off, as by a
// process that was killed: it is left out.
func Read(r io.Reader) ([]Entry, error) {
	var entries []Entry
	lines := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, err
		}
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("line %d: no entry of a recording: %w", number, err)
		}
		entries = append(entries, e)
	}
}

// A Message is a message with its outermost level decoded.
type Message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// Open decodes the outermost level of a message.
func Open(raw []byte) (Message, error) {
	var m Message
	err := json.Unmarshal(raw, &m)
	return m, err
}

// IsRequest reports whether the message wants an answer.
func (m Message) IsRequest() bool { return m.Method != "" && len(m.ID) > 0 }

// IsNotification reports whether the message tells something.
func (m Message) IsNotification() bool { return m.Method != "" && len(m.ID) == 0 }

// IsResponse reports whether the message is an answer.
func (m Message) IsResponse() bool { return m.Method == "" && len(m.ID) > 0 }
