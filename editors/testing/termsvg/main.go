// Command termsvg makes a picture of what a terminal shows:
//
//	tmux capture-pane -e -p | go run ./editors/testing/termsvg -title TITLE > picture.svg
//
// It reads text with the escape sequences that set colours and styles, and no
// others, and writes an SVG of text that can be searched and scaled.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	title := flag.String("title", "", "what the picture shows, for those who cannot see it")
	columns := flag.Int("columns", 0, "the width; by default that of the longest line")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout, *title, *columns); err != nil {
		fmt.Fprintln(os.Stderr, "termsvg:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, title string, columns int) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	lines, err := parse(string(text))
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, draw(lines, title, columns))
	return err
}
