package toolchain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// The limits of a process.
const (
	// DefaultTimeout is how long a probe may take.
	DefaultTimeout = 5 * time.Second
	// MaxOutput is how many bytes a process may write to its standard output,
	// and as many to its standard error.
	MaxOutput = 1 << 20
	// maxParallel is how many processes run at once.
	maxParallel = 2
	// maxMemory is how much address space a process may have, and maxFile how
	// long its files may get, where the system can be told so.
	maxMemory = 16 << 30
	maxFile   = 64 << 20
)

// ProberOptions say how a prober works.
type ProberOptions struct {
	// Environment are the variables of the process, "NAME=value". Probes get
	// PATH from it, without what is relative or in the workspace, and what the
	// Rust tools need to be found. Nil stands for those of this process.
	Environment []string
	// CacheDir is the directory in which answers are kept. Without it they are
	// forgotten with the prober. See [CacheDir].
	CacheDir string
	// Timeout is how long a process may take, DefaultTimeout if it is 0.
	Timeout time.Duration
	// Root has the files of the system, such as etc/os-release, which say how
	// tools get here. The default is the root directory.
	Root fs.FS
}

// Prober runs tools, no more than two at once, and keeps what they answer. It
// is safe for concurrent use.
type Prober struct {
	environment map[string]string
	list        []string
	timeout     time.Duration
	turns       chan struct{}
	cache       *cache
	// distribution is found out when it is first asked for.
	distribution func() Distribution
}

// NewProber returns a prober. It starts nothing until it is asked.
func NewProber(o ProberOptions) *Prober {
	if o.Environment == nil {
		o.Environment = os.Environ()
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	p := &Prober{
		environment: map[string]string{},
		list:        o.Environment,
		timeout:     o.Timeout,
		turns:       make(chan struct{}, maxParallel),
		cache:       newCache(o.CacheDir),
	}
	root := o.Root
	if root == nil {
		root = os.DirFS("/")
	}
	p.distribution = sync.OnceValue(func() Distribution { return DetectDistribution(root, runtime.GOOS) })
	for _, variable := range o.Environment {
		if name, text, ok := strings.Cut(variable, "="); ok {
			if runtime.GOOS == "windows" { // where it may be Path
				name = strings.ToUpper(name)
			}
			p.environment[name] = text
		}
	}
	return p
}

// failure is why a process has no result.
type failure struct {
	obstacle Obstacle
	why      string
}

func (f *failure) Error() string { return f.why }

// invocation is a process to be run.
type invocation struct {
	path        string
	argv        []string // with the name that it is called by
	directory   string
	environment []string
	in          string
}

// start runs a process to its end, and ends what is left of it.
func (p *Prober) start(ctx context.Context, v invocation) (outcome, error) {
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return outcome{}, canceled(ctx)
	}
	bounded, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()

	command := exec.CommandContext(bounded, v.path)
	command.Args = v.argv
	command.Dir = v.directory
	command.Env = v.environment
	if v.in != "" {
		command.Stdin = strings.NewReader(v.in)
	}
	out, errOut := &limited{full: cancel}, &limited{full: cancel}
	command.Stdout, command.Stderr = out, errOut
	ownGroup(command)
	command.Cancel = func() error { return killGroup(command) }
	// Those who keep the output open behind the back of the process get this
	// long, and are killed.
	command.WaitDelay = min(time.Second, p.timeout)
	if err := command.Start(); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return outcome{}, &failure{NotRun, "it is not there any more"}
		}
		return outcome{}, &failure{NotRun, "it could not be started: " + rootCause(err)}
	}
	restrain(command)
	err := command.Wait()
	_ = killGroup(command) // what it left behind

	var ended *exec.ExitError
	switch {
	case out.exceeded || errOut.exceeded:
		return outcome{}, &failure{BadOutput, fmt.Sprintf("it wrote more than %d bytes", MaxOutput)}
	case ctx.Err() != nil:
		return outcome{}, canceled(ctx)
	case bounded.Err() != nil || errors.Is(err, exec.ErrWaitDelay):
		return outcome{}, &failure{TimedOut, "it did not answer within " + p.timeout.String()}
	case err != nil && !errors.As(err, &ended):
		return outcome{}, &failure{NotRun, "it could not be run: " + rootCause(err)}
	}
	status := command.ProcessState.ExitCode()
	if status < 0 { // a signal; shells make it a number over 128
		status = 128 + 1
	}
	return outcome{Status: status, Out: out.b.String(), ErrOut: errOut.b.String()}, nil
}

// canceled is the failure of what nobody waits for.
func canceled(ctx context.Context) error {
	return &failure{Canceled, "the question was withdrawn: " + ctx.Err().Error()}
}

// rootCause returns what is wrong, without the path of the program.
func rootCause(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// limited keeps the first bytes of an output, and stops the process at more.
type limited struct {
	b        strings.Builder
	exceeded bool
	full     func()
}

func (l *limited) Write(b []byte) (int, error) {
	if room := MaxOutput - l.b.Len(); len(b) > room {
		l.b.Write(b[:room])
		l.exceeded = true
		l.full()
		return 0, errors.New("the output is too long")
	}
	return l.b.Write(b)
}

// run runs a probe of a program in a private directory.
func (p *Prober) run(ctx context.Context, found program, s *searcher, probe *probe) (outcome, error) {
	private, err := os.MkdirTemp("", "kconfig-ls-probe-")
	if err != nil {
		return outcome{}, &failure{NotRun, "there is no place for its files: " + rootCause(err)}
	}
	defer os.RemoveAll(private)
	if s.inside(private) {
		return outcome{}, &failure{OutOfBounds, "the directory for temporary files is in the workspace"}
	}
	for name, text := range probe.files {
		if err := os.WriteFile(filepath.Join(private, name), []byte(text), 0o600); err != nil {
			return outcome{}, &failure{NotRun, "its input could not be written: " + rootCause(err)}
		}
	}
	environment := []string{"PATH=" + s.list(), "HOME=" + private, "TMPDIR=" + private, "LC_ALL=C"}
	if root, ok := p.environment["SYSTEMROOT"]; ok && runtime.GOOS == "windows" { // without it nothing starts
		environment = append(environment, "SYSTEMROOT="+root, "TEMP="+private, "TMP="+private)
	}
	switch probe.tool.role {
	case rustCompiler:
		environment = append(environment, "RUSTC_BOOTSTRAP=1") // as Kbuild has it
	case bindings:
		// It may call rustfmt, which may be rustup's.
		environment = append(environment, "RUSTUP_AUTO_INSTALL=0")
		environment = append(environment, probe.environment...)
	}
	words := slices.Clone(probe.tool.words)
	if probe.tool.role == rustCompiler { // it may be another one behind rustup
		words[0] = found.path
	}
	o, err := p.start(ctx, invocation{
		path:        found.path,
		argv:        append(words, probe.arguments...),
		directory:   private,
		environment: environment,
		in:          probe.in,
	})
	if err != nil {
		return o, err
	}
	for _, name := range probe.keep {
		if text, ok := readKept(filepath.Join(private, name)); ok {
			if o.Files == nil {
				o.Files = map[string]string{}
			}
			o.Files[name] = text
		}
	}
	return o, nil
}

// readKept reads a file that a probe made.
func readKept(path string) (string, bool) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > MaxOutput {
		return "", false
	}
	data, err := os.ReadFile(path)
	return string(data), err == nil
}

// runShell has the shell run a command of the tree, as its build would.
func (p *Prober) runShell(ctx context.Context, directory string, variables map[string]string, command string) (outcome, error) {
	const shell = "/bin/sh"
	if _, err := os.Stat(shell); err != nil {
		return outcome{}, &failure{NotRun, "there is no " + shell}
	}
	var environment []string
	for _, variable := range p.list {
		name, _, _ := strings.Cut(variable, "=")
		if _, ok := variables[name]; !ok && name != "LC_ALL" {
			environment = append(environment, variable)
		}
	}
	for name, text := range variables {
		environment = append(environment, name+"="+text)
	}
	return p.start(ctx, invocation{
		path: shell, argv: []string{"sh", "-c", command}, directory: directory, environment: environment,
	})
}
