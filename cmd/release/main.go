// Command release builds the archives of a release:
//
//	go run ./cmd/release [-out dist] [-version V] [-targets OS/ARCH,...]
//
// For each target it writes kconfig-ls_VERSION_OS_ARCH.tar.gz (.zip for Windows)
// with the program, the licences and the documentation, and beside them one
// SHA256SUMS. The same commit and the same Go release give the same bytes,
// wherever and whenever it is run: paths are trimmed, and every time stamp is the
// commit's.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	program = "kconfig-ls"
	command = "./cmd/kconfig-ls"
	targets = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64"
)

// documents are the files of the repository that go into every archive.
var documents = []string{"CHANGELOG.md", "LICENSE", "README.md"}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// stamp is what a build says of itself.
type stamp struct {
	version, commit string
	date            time.Time
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	dir := flags.String("out", "dist", "directory for the archives; what lies in it is removed")
	version := flags.String("version", "", "version to stamp; by default what git describe says")
	wanted := flags.String("targets", targets, "operating systems and architectures, separated by commas")
	if err := flags.Parse(args); err != nil {
		return err
	}
	mark, err := stampOf(*version)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(*dir); err != nil {
		return err
	}
	if err := os.MkdirAll(*dir, 0o755); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "kconfig-ls-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)

	var sums bytes.Buffer
	names := strings.Split(*wanted, ",")
	slices.Sort(names)
	for _, target := range names {
		goos, goarch, ok := strings.Cut(target, "/")
		if !ok {
			return fmt.Errorf("target %q: OS/ARCH is wanted", target)
		}
		start := time.Now()
		archive, err := build(scratch, goos, goarch, mark)
		if err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
		name := archiveName(mark.version, goos, goarch)
		if err := os.WriteFile(filepath.Join(*dir, name), archive, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive), name)
		fmt.Fprintf(out, "%-48s %6.2f MB  %5.1f s\n", name, float64(len(archive))/1e6, time.Since(start).Seconds())
	}
	return os.WriteFile(filepath.Join(*dir, "SHA256SUMS"), sums.Bytes(), 0o644)
}

// stampOf asks git for the version, the commit and its date. Without git, as in
// an unpacked source archive, the version must be given or is "dev", and the date
// is that of SOURCE_DATE_EPOCH.
func stampOf(version string) (stamp, error) {
	mark := stamp{version: version, commit: "unknown", date: time.Unix(0, 0)}
	if commit, err := output("git", "rev-parse", "HEAD"); err == nil {
		mark.commit = commit
		seconds, err := output("git", "log", "-1", "--format=%ct")
		if err != nil {
			return mark, err
		}
		if mark.date, err = epoch(seconds); err != nil {
			return mark, err
		}
		if mark.version == "" {
			mark.version, _ = output("git", "describe", "--tags", "--always", "--dirty")
		}
	}
	if seconds := os.Getenv("SOURCE_DATE_EPOCH"); seconds != "" {
		var err error
		if mark.date, err = epoch(seconds); err != nil {
			return mark, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
		}
	}
	if mark.version == "" {
		mark.version = "dev"
	}
	if !regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+-]*$`).MatchString(mark.version) {
		return mark, fmt.Errorf("version %q: letters, digits, dots and dashes are wanted", mark.version)
	}
	mark.date = mark.date.UTC()
	return mark, nil
}

func epoch(seconds string) (time.Time, error) {
	n, err := strconv.ParseInt(seconds, 10, 64)
	return time.Unix(n, 0), err
}

// archiveName returns what the archive for a target is called. Packages of others
// have these names in them.
func archiveName(version, goos, goarch string) string {
	extension := ".tar.gz"
	if goos == "windows" {
		extension = ".zip"
	}
	return fmt.Sprintf("%s_%s_%s_%s%s", program, strings.TrimPrefix(version, "v"), goos, goarch, extension)
}

// programName returns what the program is called in an archive, in a directory that
// is called as it is itself.
func programName(goos string) string {
	if goos == "windows" {
		return program + ".exe"
	}
	return program
}

// build compiles for one target and packs the result.
func build(scratch, goos, goarch string, mark stamp) ([]byte, error) {
	name := programName(goos)
	path := filepath.Join(scratch, goos+"-"+goarch, name)
	// -s and -w leave out what debuggers need, and the build id would differ
	// with the build directory's settings.
	ldflags := strings.Join([]string{
		"-s", "-w", "-buildid=",
		"-X main.version=" + mark.version,
		"-X main.commit=" + mark.commit,
		"-X main.date=" + mark.date.Format(time.RFC3339),
	}, " ")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", ldflags, "-o", path, command)
	cmd.Env = target(goos, goarch)
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	binary, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	notices, err := notices(goos, goarch)
	if err != nil {
		return nil, err
	}
	files := []file{{name, 0o755, binary}, {"THIRD-PARTY-NOTICES", 0o644, notices}}
	for _, document := range documents {
		text, err := os.ReadFile(document)
		if err != nil {
			return nil, err
		}
		files = append(files, file{document, 0o644, text})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	if goos == "windows" {
		return zipped(program, files, mark.date)
	}
	return tarred(program, files, mark.date)
}

// target returns the environment that builds for a target, and that no setting
// of the machine's user changes.
func target(goos, goarch string) []string {
	var env []string
	for _, entry := range os.Environ() {
		switch name, _, _ := strings.Cut(entry, "="); name {
		case "GOFLAGS", "GOEXPERIMENT", "GOAMD64", "GOARM64", "CGO_ENABLED", "GOOS", "GOARCH":
		default:
			env = append(env, entry)
		}
	}
	return append(env, "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch, "GOAMD64=v1", "GOARM64=v8.0")
}

// notices collects the licences of what the program is linked with.
func notices(goos, goarch string) ([]byte, error) {
	const format = `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{"\t"}}{{.Dir}}{{end}}{{end}}`
	cmd := exec.Command("go", "list", "-deps", "-f", format, command)
	cmd.Env = target(goos, goarch)
	list, err := cmd.Output()
	if err != nil {
		return nil, failure(cmd, err)
	}
	goroot, err := output("go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	modules := strings.Split(strings.TrimSpace(string(list)), "\n")
	slices.Sort(modules)
	modules = slices.Compact(modules)
	modules = slices.DeleteFunc(modules, func(line string) bool { return line == "" })
	modules = append([]string{"The Go standard library\t" + goroot}, modules...)

	var b bytes.Buffer
	b.WriteString("kconfig-ls contains the following works, under the licences given with each.\n")
	for _, module := range modules {
		title, dir, _ := strings.Cut(module, "\t")
		text, err := licence(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", title, err)
		}
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", title, strings.Repeat("-", len(title)), strings.TrimSpace(text))
	}
	return b.Bytes(), nil
}

// licence reads the licence of the module in a directory.
func licence(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, entry := range entries {
		name := strings.ToUpper(entry.Name())
		for _, start := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE"} {
			if strings.HasPrefix(name, start) && entry.Type().IsRegular() {
				text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
				if err != nil {
					return "", err
				}
				texts = append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"))
			}
		}
	}
	if len(texts) == 0 {
		// A Debian package of Go keeps the licence elsewhere.
		if _, err := os.Stat(filepath.Join(dir, "src", "runtime")); err == nil {
			return "Copyright The Go Authors, under the BSD 3-Clause License: https://go.dev/LICENSE", nil
		}
		return "", errors.New("no licence")
	}
	return strings.Join(texts, "\n\n"), nil
}

// output runs a program and returns what it prints, without the line end.
func output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	text, err := cmd.Output()
	if err != nil {
		return "", failure(cmd, err)
	}
	return strings.TrimSpace(string(text)), nil
}

// failure adds to an error what the program said.
func failure(cmd *exec.Cmd, err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
	}
	return fmt.Errorf("%s: %w", strings.Join(cmd.Args, " "), err)
}
