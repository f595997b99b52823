package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// ConfigRequest says what Config is to do.
type ConfigRequest struct {
	Mode config.Mode
	// In is the .config or defconfig to begin with, "" for the tree's own
	// .config.
	In string
	// AllConfig is what KCONFIG_ALLCONFIG says, nil if it is not set: a file
	// with values that allyesconfig and its like are to keep, or "" or "1" for
	// the files that conf looks for by itself.
	AllConfig *string
}

// Config does what conf does in a mode with the tree that a path belongs to.
func Config(name string, request ConfigRequest, o Options) (config.Outcome, error) {
	p, err := o.Find(name)
	if err != nil {
		return config.Outcome{}, err
	}
	_, root, err := o.loadView(p)
	if err != nil {
		return config.Outcome{}, err
	}
	archs, _, err := o.archs(root)
	if err != nil {
		return config.Outcome{}, err
	}
	input, err := o.configInput(root, request)
	if err != nil {
		return config.Outcome{}, err
	}
	return config.Run(root.Model(archs[0]), request.Mode, input, config.Prefix(root.Dialect), root.ConfigRules()), nil
}

// configInput reads the configuration that a mode begins with, nil if there is
// none.
func (o Options) configInput(root *analysis.Root, request ConfigRequest) (*config.File, error) {
	var candidates []string
	switch {
	case request.Mode.TakesInput() && request.In != "":
		candidates = []string{request.In}
	case request.Mode == config.DefConfig:
		return nil, errors.New("defconfig needs a file to begin with: name one with --in, such as a file of arch/*/configs")
	case request.Mode.TakesInput():
		text, _, err := o.FS.ReadFile(filepath.Join(root.Dir, ".config"), maxConfigSize)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, unreadable(".config", err)
		}
		return config.Parse(text, config.Prefix(root.Dialect)), nil
	case request.In != "":
		candidates = []string{request.In}
	case request.AllConfig == nil:
		return nil, nil
	case *request.AllConfig != "" && *request.AllConfig != "1":
		candidates = []string{*request.AllConfig}
	default:
		candidates = []string{allConfigNames[request.Mode], "all.config"}
	}
	for _, name := range candidates {
		path := name
		if !filepath.IsAbs(path) {
			path = filepath.Join(o.Dir, path)
		}
		text, _, err := o.FS.ReadFile(path, maxConfigSize)
		if err == nil {
			return config.Parse(text, config.Prefix(root.Dialect)), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || len(candidates) == 1 {
			return nil, unreadable(name, err)
		}
	}
	return nil, fmt.Errorf("KCONFIG_ALLCONFIG is set, but there is no %s and no all.config in %s", candidates[0], o.Dir)
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
func WriteConfig(path, text string) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = temporary.WriteString(text)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name()) // the first error is the one to tell
	}
	return err
}
