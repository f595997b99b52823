package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/toolchain"
	"github.com/kconfig-ls/kconfig-ls/cmd/internal/report"
)

// ConfigRequest says what Config is to do.
type ConfigRequest struct {
	Mode config.Mode
	// In is the .config or defconfig to begin with, or the name of a file in the
	// tree's directories of defconfigs; "" for the tree's own .config, or the
	// defconfig of the architecture.
	In string
	// AllConfig is what KCONFIG_ALLCONFIG says, nil if it is not set: a file
	// with values that allyesconfig and its like are to keep, or "" or "1" for
	// the files that conf looks for by itself.
	AllConfig *string
	// DefConfig is what KBUILD_DEFCONFIG says, "" if it is not set.
	DefConfig string
	// WarnUnknown has lines count as wrong that set symbols which the tree does
	// not have.
	WarnUnknown bool
}

// Configured is what Config has done.
type Configured struct {
	// Text is the configuration, or the list of new symbols. It is empty if
	// anything is missing.
	Text string
	// Missing is what must be known before there can be a configuration.
	Missing []analysis.Missing
	// Notes is what conf would warn about, for people.
	Notes []string
	// Asker is who has answered the questions of the tree.
	Asker *toolchain.Asker
}

// Config does what conf does in a mode with the tree that a path belongs to.
func Config(name string, request ConfigRequest, o Options) (*Configured, error) {
	p, err := o.Find(name)
	if err != nil {
		return nil, err
	}
	// The input says which tools were used before, so that it is read first.
	var input configFile
	var inputErr error
	found := false
	o.values = func(root *analysis.Root) map[string]string {
		found = true
		if input, inputErr = o.configInput(root, root.Arch(), request); input.File == nil {
			return nil
		}
		return input.Values()
	}
	s, root, err := o.loadView(p)
	if err != nil {
		return nil, err
	}
	arch, err := o.oneArch(root, "a tree is configured as one architecture sees it")
	if err != nil {
		return nil, err
	}
	if !found || arch != root.Arch() {
		input, inputErr = o.configInput(root, arch, request)
	}
	if inputErr != nil {
		return nil, inputErr
	}
	if err := stops(s, root, arch); err != nil {
		return nil, err
	}
	m := root.Model(arch)
	outcome := config.Run(m, request.Mode, input.File, config.Prefix(root.Dialect), root.ConfigRules())
	c := &Configured{Missing: root.Missing(arch, outcome.Evaluation)}
	if o.Toolchain != nil {
		c.Asker = o.Toolchain.Asker(root, arch)
		c.Notes = append(c.Notes, o.Toolchain.Assumed()...)
	}
	for _, message := range m.Messages {
		c.Notes = append(c.Notes, message.At.File+":"+strconv.Itoa(message.At.Line)+": "+message.Text)
	}
	c.Notes = append(c.Notes, input.notes(m, outcome.Issues, request.WarnUnknown)...)
	c.Notes = append(c.Notes, root.Unmet(outcome.Evaluation)...)
	if len(c.Missing) == 0 {
		c.Text = outcome.Text
	}
	return c, nil
}

// stops returns what makes the tree's own conf stop while it reads, nil if
// nothing does.
func stops(s *analysis.Snapshot, root *analysis.Root, arch string) error {
	view := root.View(arch)
	suspect := false
	for id := range view.Files() {
		if f := root.Sources.File(id); f != nil && (len(f.Tree.Errors()) > 0 || len(view.Problems(id)) > 0) {
			suspect = true
			break
		}
	}
	if suspect || root.Model(arch).MayBeCircular() {
		found, _ := analysis.DiagnoseAll(s, root, analysis.Survey{Archs: []string{arch}})
		found = slices.DeleteFunc(found, func(d analysis.ArchDiagnostic) bool { return d.Severity != check.Error })
		if len(found) > 0 {
			first := report.Locate(s.Text, found)[0]
			more := ""
			if len(found) > 1 {
				more = fmt.Sprintf(", and %d more errors", len(found)-1)
			}
			return fmt.Errorf("%s:%d:%d: %s%s: no configuration follows from this tree; see %q",
				first.Path, first.Line, first.Column, first.Message, more, "kconfig-ls check "+root.Dir)
		}
	}
	if err := root.Model(arch).Err; err != nil {
		return fmt.Errorf("%s:%d: the tree stops here: %s", filepath.Join(root.Dir, filepath.FromSlash(err.At.File)), err.At.Line, err.Text)
	}
	return nil
}

// configFile is a configuration that was read.
type configFile struct {
	*config.File
	name string // as people know it
}

// configInput reads the configuration that a mode begins with. The file is nil
// if there is none.
func (o Options) configInput(root *analysis.Root, arch string, request ConfigRequest) (configFile, error) {
	var candidates []string
	switch {
	case request.Mode.TakesInput() && request.In != "":
		candidates = append([]string{request.In}, defconfigPaths(root, arch, request.In)...)
	case request.Mode == config.DefConfig:
		name := request.DefConfig
		if name == "" {
			name = o.archDefconfig(root, arch)
		}
		if candidates = defconfigPaths(root, arch, name); len(candidates) == 0 || !o.anyExists(candidates) {
			return configFile{}, errors.New("defconfig needs a file to begin with, and which one this tree takes by default is not known: " +
				"name one with --in, such as a file of " + filepath.Join("arch", "*", "configs"))
		}
	case request.Mode.TakesInput():
		text, _, err := o.FS.ReadFile(filepath.Join(root.Dir, ".config"), maxConfigSize)
		if errors.Is(err, fs.ErrNotExist) {
			return configFile{}, nil
		}
		if err != nil {
			return configFile{}, unreadable(".config", err)
		}
		return configFile{config.Parse(text, config.Prefix(root.Dialect)), ".config"}, nil
	case request.In != "":
		candidates = []string{request.In}
	case request.AllConfig == nil:
		return configFile{}, nil
	case *request.AllConfig != "" && *request.AllConfig != "1":
		candidates = []string{*request.AllConfig}
	default:
		candidates = []string{allConfigNames[request.Mode], "all.config"}
	}
	for i, name := range candidates {
		path := name
		if !filepath.IsAbs(path) {
			path = filepath.Join(o.Dir, path)
		}
		text, _, err := o.FS.ReadFile(path, maxConfigSize)
		if err == nil {
			return configFile{config.Parse(text, config.Prefix(root.Dialect)), name}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) || i == len(candidates)-1 && request.AllConfig == nil {
			return configFile{}, noConfig(candidates[0], err)
		}
	}
	if len(candidates) == 1 {
		return configFile{}, noConfig(candidates[0], fs.ErrNotExist)
	}
	return configFile{}, fmt.Errorf("KCONFIG_ALLCONFIG is set, but there is no %s and no all.config in %s", candidates[0], o.Dir)
}

// noConfig is the error about a configuration that cannot be read.
func noConfig(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s does not exist: name a .config or a defconfig", name)
	}
	return unreadable(name, err)
}

// defconfigPaths returns where a defconfig that is given by its name can be.
func defconfigPaths(root *analysis.Root, arch, name string) []string {
	if name == "" || filepath.Base(name) != name {
		return nil
	}
	paths := []string{filepath.Join(root.Dir, "configs", name)}
	if arch != "" {
		paths = append([]string{filepath.Join(root.Dir, "arch", arch, "configs", name)}, paths...)
	}
	return paths
}

func (o Options) anyExists(paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		_, err := o.FS.Stat(path)
		return err == nil
	})
}

// makeDefconfig is an unconditional line of an architecture's Makefile.
var makeDefconfig = regexp.MustCompile(`(?m)^KBUILD_DEFCONFIG[ \t]*:?=[ \t]*([\w.+-]+)[ \t]*\r?$`)

// archDefconfig returns the name of the defconfig that an architecture takes by
// default.
func (o Options) archDefconfig(root *analysis.Root, arch string) string {
	dir := filepath.Join(root.Dir, "arch", arch)
	text, _, err := o.FS.ReadFile(filepath.Join(dir, "Makefile"), maxConfigSize)
	if err == nil {
		if found := makeDefconfig.FindAllStringSubmatch(text, -1); len(found) == 1 {
			return found[0][1]
		}
	}
	if _, err := o.FS.Stat(filepath.Join(dir, "configs", "defconfig")); err == nil {
		return "defconfig"
	}
	switch arch {
	case "x86", "um":
		if root.Environment(arch)["ARCH"] == "i386" {
			return "i386_defconfig"
		}
		return "x86_64_defconfig"
	case "sparc":
		return "sparc64_defconfig"
	}
	return ""
}

// notes says what conf warns about in a configuration.
func (f configFile) notes(m *model.Model, issues []config.Issue, unknown bool) []string {
	var notes []string
	for _, issue := range issues {
		line := f.Lines[issue.Line]
		name, value := f.Name(line), "`"+f.Value(line)+"`"
		text := ""
		switch issue.Kind {
		case config.UnknownSymbol:
			if !unknown {
				continue
			}
			text = name + ": the tree has no such symbol; the line does not count"
		case config.InvalidValue:
			kind := "a " + m.Symbols[issue.Symbol].Type.String()
			if m.Symbols[issue.Symbol].Type == model.Int {
				kind = "an int"
			}
			text = name + ": " + value + " is no value of " + kind + "; the line does not count"
		case config.UnterminatedText:
			text = name + ": the text " + value + " has no closing quote; the line does not count"
		case config.Reassigned:
			text = name + ": it is set again, and this line counts"
			if issue.Other >= 0 {
				text = fmt.Sprintf("%s: it is set in line %d already; this line counts", name, issue.Other+1)
			}
		case config.UnexpectedData:
			text = "`" + beginning(f.Text[line.Start:line.End]) + "` sets nothing; the line does not count"
		case config.InconsistentChoice:
			text = name + ": it is m, and another member of its choice is y"
		default:
			continue
		}
		notes = append(notes, fmt.Sprintf("%s (%s:%d)", text, f.name, issue.Line+1))
	}
	return notes
}

// maxConfigSize is how long a configuration may be, in bytes.
const maxConfigSize = 64 << 20

// allConfigNames are the files that conf looks for if KCONFIG_ALLCONFIG names
// none.
var allConfigNames = map[config.Mode]string{
	config.AllNoConfig:  "allno.config",
	config.AllYesConfig: "allyes.config",
	config.AllModConfig: "allmod.config",
	config.AllDefConfig: "alldef.config",
}

// WriteConfig writes a configuration to a file: all of it, or nothing.
func WriteConfig(path, text string) error { return writeWhole(path, text, 0o644) }

// maxShownLine is how many bytes of a line of a configuration a note shows.
const maxShownLine = 60

// beginning returns the first bytes of a line, with a mark if there are more.
func beginning(line string) string {
	if len(line) <= maxShownLine {
		return line
	}
	return strings.ToValidUTF8(line[:maxShownLine], "") + "..."
}
