// Package inputs reads the files that tell about the build: the environment
// variables that it exports, and what the tools it calls have answered.
package inputs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxSize is the longest file that is read, in bytes. A recorded run of Linux
// has 30 KiB.
const maxSize = 64 << 20

// ReadEnvironment reads a file with environment variables: a JSON object whose
// values are strings.
func ReadEnvironment(path string) (map[string]string, error) {
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	return parseEnvironment(path, data)
}

func parseEnvironment(path string, data []byte) (map[string]string, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	fail := func(what string) error {
		return fmt.Errorf("%s:%d: %s", path, lineAt(data, d.InputOffset()), what)
	}
	next := func() (json.Token, error) {
		token, err := d.Token()
		if err != nil {
			return nil, fail(reason(err))
		}
		return token, nil
	}
	token, err := next()
	if err != nil {
		return nil, err
	}
	if token != json.Delim('{') {
		return nil, fail(`expected a JSON object of environment variables, such as {"ARCH": "x86"}`)
	}
	environment := map[string]string{}
	for d.More() {
		token, err := next()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string) // the decoder takes nothing else here
		if name == "" || strings.ContainsAny(name, "=\x00") {
			return nil, fail(fmt.Sprintf("%q cannot be the name of an environment variable", name))
		}
		if token, err = next(); err != nil {
			return nil, err
		}
		value, ok := token.(string)
		if !ok {
			return nil, fail(fmt.Sprintf("the value of %q must be a string: put it in double quotes", name))
		}
		if _, twice := environment[name]; twice {
			return nil, fail(fmt.Sprintf("%q is given twice: remove one of the two", name))
		}
		environment[name] = value
	}
	if _, err := next(); err != nil { // the closing brace
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fail("there is something behind the JSON object: remove it")
	}
	return environment, nil
}

// read returns the bytes of a file without a byte order mark.
func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSize {
		return nil, fmt.Errorf("%s is %d MiB long; at most %d MiB are read", path, info.Size()>>20, maxSize>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		var failed *os.PathError
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// reason puts an error of the JSON decoder in words.
func reason(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the JSON text ends too early"
	}
	return "this is not JSON: " + err.Error()
}

// lineAt returns the line of an offset, counted from 1.
func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}
