package main

import (
	"errors"
	"fmt"
	"io"

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
			v.wrong = append(v.wrong, errors.New("there are no messages"))
		}
		for _, err := range v.wrong {
			fmt.Fprintf(out, "%s: WRONG: %v\n", file, err)
		}
		for _, err := range v.notes {
			fmt.Fprintf(out, "%s: note: the client: %v\n", file, err)
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
	wrong           []error // of the server
	notes           []error // of the client, which is not ours
}

func judgeEntries(validator *conformance.Validator, entries []recording.Entry) verdict {
	var v verdict
	session := conformance.NewSession(validator)
	for _, e := range entries {
		add := func(errs ...error) {
			for _, err := range errs {
				err = fmt.Errorf("at %v: %w", e.Time(), err)
				if e.From == recording.Server {
					v.wrong = append(v.wrong, err)
				} else {
					v.notes = append(v.notes, err)
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
	v.wrong = append(v.wrong, session.End()...)
	return v
}
