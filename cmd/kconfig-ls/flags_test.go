package main

import "testing"

func TestChoice(t *testing.T) {
	format := newChoice("format", "text", "json")
	if format.String() != "text" {
		t.Errorf("default: %q", format.String())
	}
	if err := format.Set("json"); err != nil || format.String() != "json" {
		t.Errorf("json: %q, %v", format.String(), err)
	}
	if err := format.Set("xml"); err == nil || err.Error() != "it must be one of text, json" || format.String() != "json" {
		t.Errorf("xml: %q, %v", format.String(), err)
	}
	dialect := newDialect()
	for _, name := range []string{"linux", "linux-6.12", "linux 6.12", "zephyr"} {
		if err := dialect.Set(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := dialect.Set("klingon"); err == nil {
		t.Error("klingon is a dialect")
	}
}
