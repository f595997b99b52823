package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/kconfig-ls/kconfig-ls/lsp/conformance"
	"github.com/kconfig-ls/kconfig-ls/lsp/conformance/recording"
)

// judge judges all messages of recordings. The status is 1 if the server has done
// anything wrong.
func judge(out io.Writer, files []string) (status int, err error) {
	validator, err := conformance.New()
	if err != nil {
		return 2, err
	}
	for _, file := range files {
		entries, err := load(file)
		if err != nil {
			return 2, err
		}
		v := judgeEntries(validator, entries)
		if v.count == 0 {
			v.wrong.add(0, errors.New("there are no messages"))
		}
		for _, f := range v.wrong {
			fmt.Fprintf(out, "%s: WRONG: %s\n", file, f)
		}
		for _, f := range v.notes {
			fmt.Fprintf(out, "%s: note: the client: %s\n", file, f)
		}
		if len(v.wrong) > 0 {
			status = 1
			fmt.Fprintf(out, "%s: %d messages, %d of them of the server: %d findings about the server\n", file, v.count, v.ofServer, len(v.wrong))
			continue
		}
		fmt.Fprintf(out, "%s: %d messages, %d of them of the server, valid\n", file, v.count, v.ofServer)
	}
	return status, nil
}

// A verdict is what comes of judging a recording.
type verdict struct {
	count, ofServer int
	wrong           findings // of the server
	notes           findings // of the client, which is not ours
}

// findings are what is wrong, each with where it was found first, and how often.
type findings []finding

type finding struct {
	text  string
	first time.Duration
	times int
}

func (f *findings) add(at time.Duration, err error) {
	for i := range *f {
		if (*f)[i].text == err.Error() {
			(*f)[i].times++
			return
		}
	}
	*f = append(*f, finding{err.Error(), at, 1})
}

func (f finding) String() string {
	if f.times > 1 {
		return fmt.Sprintf("%d times, first at %v: %s", f.times, f.first, f.text)
	}
	return fmt.Sprintf("at %v: %s", f.first, f.text)
}

func judgeEntries(validator *conformance.Validator, entries []recording.Entry) verdict {
	var v verdict
	session := conformance.NewSession(validator)
	for _, e := range entries {
		add := func(errs ...error) {
			for _, err := range errs {
				if e.From == recording.Server {
					v.wrong.add(e.Time(), err)
				} else {
					v.notes.add(e.Time(), err)
				}
			}
		}
		switch {
		case e.Broken != "":
			v.count++
			add(fmt.Errorf("no message: %.200q", e.Broken))
		case e.Message == nil:
			continue
		case e.From == recording.Server:
			v.count++
			v.ofServer++
			add(session.Server(e.Message)...)
		default:
			v.count++
			add(session.Client(e.Message)...)
		}
	}
	for _, err := range session.End() {
		v.wrong.add(entries[len(entries)-1].Time(), err)
	}
	return v
}
