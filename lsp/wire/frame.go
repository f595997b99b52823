package wire

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A frameReader cuts a byte stream into message bodies.
type frameReader struct {
	r         *bufio.Reader
	maxHeader int
	maxBody   int
	body      bytes.Buffer // of the last message; reused while small
}

// keepBody is the size of message for which the buffer is kept for the next. It
// holds the text of all but the largest files.
const keepBody = 1 << 20

// maxDiscard bounds what is read over. Nobody means to send more; a longer
// length is a sign that the header is none.
const maxDiscard = 1 << 32

// errTooLarge is returned by next for a body that was read over.
type errTooLarge struct{ length, limit int64 }

func (e *errTooLarge) Error() string {
	return fmt.Sprintf("message of %d bytes exceeds the limit of %d", e.length, e.limit)
}

// next returns the body of the next message, valid until next is called again.
// It returns io.EOF at the end of the input between messages, an *errTooLarge
// after which the next message can be read, or another error, after which
// nothing can.
func (f *frameReader) next() ([]byte, error) {
	length, err := f.header()
	if err != nil {
		return nil, err
	}
	if length > int64(f.maxBody) {
		if _, err := io.CopyN(io.Discard, f.r, length); err != nil {
			return nil, unexpected(err)
		}
		return nil, &errTooLarge{length, int64(f.maxBody)}
	}
	if f.body.Cap() > 2*keepBody {
		f.body = bytes.Buffer{}
	}
	f.body.Reset()
	// The buffer grows with what arrives, not with what was announced.
	f.body.Grow(int(min(length, keepBody)) + bytes.MinRead)
	if _, err := io.CopyN(&f.body, f.r, length); err != nil {
		return nil, unexpected(err)
	}
	return f.body.Bytes(), nil
}

// unexpected turns the end of the input inside a message into an error.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// header reads up to the body and returns the body's length. Names are taken in
// any case, lines with or without carriage return; fields other than
// Content-Length are ignored, and so are empty lines before the first field.
func (f *frameReader) header() (length int64, err error) {
	length = -1
	for used := 0; ; {
		line, err := f.line(f.maxHeader - used)
		if err != nil {
			if used > 0 {
				err = unexpected(err)
			}
			return 0, err
		}
		used += len(line)
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			if used <= 2 {
				used = 0 // no field yet: a stray end of line
				continue
			}
			if length < 0 {
				return 0, fmt.Errorf("%w: header without Content-Length", ErrFraming)
			}
			return length, nil
		}
		name, value, _ := strings.Cut(line, ":")
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		value = strings.TrimSpace(value)
		n, err := strconv.ParseUint(value, 10, 63)
		if err != nil || n > maxDiscard {
			return 0, fmt.Errorf("%w: Content-Length %.40q", ErrFraming, value)
		}
		if length >= 0 && length != int64(n) {
			return 0, fmt.Errorf("%w: two lengths, %d and %d", ErrFraming, length, n)
		}
		length = int64(n)
	}
}

// line reads up to and including the next newline, but not more than limit
// bytes. It looks at each byte for itself, so that it notices a line that is too
// long when it is, and not when the buffer is full.
func (f *frameReader) line(limit int) (string, error) {
	var line []byte
	for {
		c, err := f.r.ReadByte()
		if err != nil {
			if len(line) > 0 {
				err = unexpected(err)
			}
			return "", err
		}
		if len(line) == limit {
			return "", fmt.Errorf("%w: header is too long", ErrFraming)
		}
		if line = append(line, c); c == '\n' {
			return string(line), nil
		}
	}
}
