package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// key is a benchmark's name without its beginning and the number of
// processors, and the unit of one of its figures.
type key struct{ benchmark, unit string }

// measurements are figures by benchmark and unit.
type measurements map[key]float64

var processors = regexp.MustCompile(`-\d+$`)

// add takes the figures out of what go test prints.
func (m measurements) add(output string) {
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := processors.ReplaceAllString(strings.TrimPrefix(fields[0], "Benchmark"), "")
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				m[key{name, fields[i+1]}] = v
			}
		}
	}
}

// memory runs the built server on the kernel and notes how much memory it
// keeps once all files are read.
func (m measurements) memory(binary, dir string) error {
	cmd := exec.Command(binary, "serve")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	answers := bufio.NewReader(out)
	call := func(id int, method, params string) (json.RawMessage, error) {
		body := fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, id, method, params)
		fmt.Fprintf(in, "Content-Length: %d\r\n\r\n%s", len(body), body)
		return answer(answers, id)
	}
	root := (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	if _, err := call(1, "initialize", fmt.Sprintf(`{"processId":null,"rootUri":%q,"capabilities":{}}`, root)); err != nil {
		return err
	}
	const initialized = `{"jsonrpc":"2.0","method":"initialized","params":{}}`
	fmt.Fprintf(in, "Content-Length: %d\r\n\r\n%s", len(initialized), initialized)
	for id := 2; ; id++ {
		raw, err := call(id, "kconfig/views", "{}")
		if err != nil {
			return err
		}
		var views struct{ Roots []struct{ Complete bool } }
		if err := json.Unmarshal(raw, &views); err != nil {
			return err
		}
		if len(views.Roots) == 1 && views.Roots[0].Complete {
			break
		}
		if id > 1000 {
			return errors.New("the tree is not complete after ten seconds")
		}
		time.Sleep(10 * time.Millisecond)
	}
	// Search builds what the server keeps beside the index.
	if _, err := call(5000, "workspace/symbol", `{"query":"rust"}`); err != nil {
		return err
	}
	kilobytes, err := resident(cmd.Process.Pid)
	m[key{"memory", "MB"}] = kilobytes / 1024
	return err
}

// answer reads messages until the answer to a request.
func answer(r *bufio.Reader, id int) (json.RawMessage, error) {
	for {
		length := 0
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return nil, err
			}
			line = strings.TrimSpace(line)
			if line == "" {
				break
			}
			if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				if length, err = strconv.Atoi(value); err != nil {
					return nil, err
				}
			}
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(r, body); err != nil {
			return nil, err
		}
		var m struct {
			ID     json.RawMessage
			Method string
			Result json.RawMessage
		}
		if err := json.Unmarshal(body, &m); err != nil {
			return nil, err
		}
		if m.Method == "" && string(m.ID) == strconv.Itoa(id) {
			return m.Result, nil
		}
	}
}

// resident returns the resident memory of a process in KiB, as Linux tells it.
func resident(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.ParseFloat(strings.Fields(rest)[0], 64)
		}
	}
	return 0, errors.New("the system does not tell")
}
