package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// Set by the build with -ldflags "-X main.version=...".
var (
	version string
	commit  string
	date    string
)

// build tells which build this is. Empty strings are not known.
type build struct {
	version, commit, date string
}

// stampedBuild returns what the build has stamped in, else what the Go tools
// have noted.
func stampedBuild() build {
	info, _ := debug.ReadBuildInfo()
	return describe(build{version, commit, date}, info)
}

func describe(b build, info *debug.BuildInfo) build {
	if info != nil {
		stamped := b.commit != ""
		if b.version == "" && info.Main.Version != "(devel)" {
			b.version = info.Main.Version
		}
		modified := false
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision" && b.commit == "":
				b.commit = s.Value
			case s.Key == "vcs.time" && b.date == "":
				b.date = s.Value
			case s.Key == "vcs.modified" && !stamped:
				modified = s.Value == "true"
			}
		}
		if modified && b.commit != "" {
			b.commit += "+changes"
		}
	}
	if b.version == "" {
		b.version = "dev"
	}
	return b
}

// platform names the system that this is built for.
func platform() string { return runtime.GOOS + "/" + runtime.GOARCH }

// text is a line for people.
func (b build) text() string {
	var parts []string
	if b.commit != "" {
		parts = append(parts, "commit "+b.commit)
	}
	if b.date != "" {
		parts = append(parts, b.date)
	}
	parts = append(parts, runtime.Version(), platform())
	return "kconfig-ls " + b.version + " (" + strings.Join(parts, ", ") + ")\n"
}

func (p *program) versionCommand() *cobra.Command {
	format := newChoice("FORMAT", formatText, formatJSON)
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Tell which version this is",
		Args:  arguments(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			b := stampedBuild()
			text := b.text()
			if format.value == formatJSON {
				out, err := json.Marshal(struct {
					Version  string `json:"version"`
					Commit   string `json:"commit"`
					Date     string `json:"date"`
					Go       string `json:"go"`
					Platform string `json:"platform"`
				}{b.version, b.commit, b.date, runtime.Version(), platform()})
				if err != nil {
					return err
				}
				text = string(out) + "\n"
			}
			if _, err := fmt.Fprint(p.stdout, text); err != nil {
				return outputError(err)
			}
			return nil
		},
	}
	addFormat(cmd, &format, "how the version is written")
	return cmd
}
