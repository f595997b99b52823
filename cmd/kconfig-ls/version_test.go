package main

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestDescribe(t *testing.T) {
	info := &debug.BuildInfo{Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123abcd"},
		{Key: "vcs.time", Value: "2026-01-02T03:04:05Z"},
		{Key: "vcs.modified", Value: "true"},
	}}
	info.Main.Version = "v1.2.3"
	devel := &debug.BuildInfo{}
	devel.Main.Version = "(devel)"
	for _, test := range []struct {
		name    string
		stamped build
		info    *debug.BuildInfo
		want    build
	}{
		{"stamped", build{"v9", "ffff", "today"}, info, build{"v9", "ffff", "today"}},
		{"noted by the Go tools", build{}, info, build{"v1.2.3", "0123abcd+changes", "2026-01-02T03:04:05Z"}},
		{"not known", build{}, nil, build{version: "dev"}},
		{"built here", build{}, devel, build{version: "dev"}},
	} {
		if got := describe(test.stamped, test.info); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
	if text := (build{"v9", "ffff", "today"}).text(); !strings.HasPrefix(text, "kconfig-ls v9 (commit ffff, today, go") || !strings.HasSuffix(text, ")\n") {
		t.Errorf("text: %q", text)
	}
}
