package main

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	lines, err := parse("plain \x1b[1;38;2;255;0;16mbold\x1b[0m\n\x1b[4:3;58:2::1:2:3mwave\x1b[24m\x1b[7mback\x1b[27;48;5;196;38;5;244mred\x1b(B\n")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]span{
		{{text: "plain "}, {"bold", style{foreground: "#ff0010", bold: true}}},
		{
			{"wave", style{line: "#010203", underlined: true, curly: true}},
			{"back", style{line: "#010203", reverse: true}},
			{"red", style{line: "#010203", background: "#ff0000", foreground: "#808080"}},
		},
	}
	if !slices.EqualFunc(lines, want, slices.Equal) {
		t.Errorf("got  %v\nwant %v", lines, want)
	}
	for _, bad := range []string{"\x1b[2J", "\x1b]0;title\a", "\x1b[38;5m", "\x1b[38;2;1;2m", "\x1b[38;5;256m", "\x1b[xm", "\x1b"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestDraw(t *testing.T) {
	lines, err := parse("a <b> & c\n\x1b[48;5;1m  \x1b[9mold\x1b[0m\n")
	if err != nil {
		t.Fatal(err)
	}
	picture := draw(lines, "A & B", 20)
	for _, want := range []string{
		`<title>A &amp; B</title>`,
		`width="192" height="82"`,
		`<text x="12.0" y="47" fill="#c5c8c6" textLength="75.6" xml:space="preserve">a &lt;b&gt; &amp; c</text>`,
		`<rect x="12.0" y="52" width="16.8" height="18" fill="#cc6666"/>`,
		`<text x="28.8" y="65" fill="#c5c8c6" textLength="25.2" xml:space="preserve">old</text>`,
		`<path d="M28.8 61 h25.2" stroke="#c5c8c6"/>`,
	} {
		if !strings.Contains(picture, want) {
			t.Errorf("there is no %s in\n%s", want, picture)
		}
	}
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, picture)
		}
	}
}
