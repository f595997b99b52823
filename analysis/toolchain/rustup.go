package toolchain

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A rustc that was installed by rustup is a program that chooses another one.
// It does so by files in the directory that it is called in, which may name any
// program, or downloads what is missing, so that it is not called: what it would
// choose by what the user has said is looked up here, and that is called.

// rustupChoice is what rustup would choose for a tree.
type rustupChoice struct {
	// toolchain is its name as the user has said it, such as stable.
	toolchain string
	// by is who has said so, for people.
	by string
	// pinned is the file of the tree, or of a directory above it, that rustup
	// heeds and we do not, "" if there is none; channel is what it names, "" if
	// it names a path.
	pinned, channel string
}

var (
	defaultToolchain  = regexp.MustCompile(`(?m)^default_toolchain = "([A-Za-z0-9_.+-]+)"\s*$`)
	toolchainOverride = regexp.MustCompile(`^\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*=\s*"([^"]*)"\s*$`)
	toolchainName     = regexp.MustCompile(`^[A-Za-z0-9_.+-]+$`)
	pinnedChannel     = regexp.MustCompile(`(?m)^\s*channel\s*=\s*["']([A-Za-z0-9_.+-]+)["']`)
)

// behindRustup returns the program that rustup would choose for the tree, if
// the program is rustup, and why; nil if it is not.
func (a *Asker) behindRustup(found program) (program, *rustupChoice, error) {
	if !isRustup(found) {
		return found, nil, nil
	}
	home := a.options.Prober.rustupHome()
	if home == "" {
		return program{}, nil, errNoToolchain
	}
	choice, err := a.choose(home)
	if err != nil {
		return program{}, choice, err
	}
	name := choice.toolchain
	if !toolchainName.MatchString(name) || strings.Trim(name, ".") == "" {
		return program{}, choice, errNoToolchain
	}
	dirs := []string{name}
	if _, err := os.Stat(filepath.Join(home, "toolchains", name)); errors.Is(err, fs.ErrNotExist) {
		// "stable" is short for stable and the name of the host.
		dirs, _ = filepath.Glob(filepath.Join(home, "toolchains", name+"-*"))
		if len(dirs) != 1 {
			return program{}, choice, errNoToolchain
		}
		dirs[0] = filepath.Base(dirs[0])
	}
	compiler, err := a.searcher.check(filepath.Join(home, "toolchains", dirs[0], "bin", filepath.Base(found.path)))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = errNoToolchain
		}
		return program{}, choice, err
	}
	return compiler, choice, nil
}

// rustupHome returns where rustup keeps its toolchains, "" if that is not
// known.
func (p *Prober) rustupHome() string {
	home := p.environment["RUSTUP_HOME"]
	if home == "" {
		if home = p.environment["HOME"]; home == "" {
			home = p.environment["USERPROFILE"]
		}
		home = filepath.Join(home, ".rustup")
	}
	if !filepath.IsAbs(home) {
		return ""
	}
	return home
}

// choose says which toolchain rustup would choose in the tree's directory, in
// the order in which it looks: by the environment, by what the user has said of
// this directory or one above it, by the user's default. A file in the tree
// that chooses is only noted.
func (a *Asker) choose(home string) (*rustupChoice, error) {
	choice := &rustupChoice{}
	if name := a.options.Prober.environment["RUSTUP_TOOLCHAIN"]; name != "" {
		choice.toolchain, choice.by = name, "RUSTUP_TOOLCHAIN"
		return choice, nil
	}
	settings, err := os.ReadFile(filepath.Join(home, "settings.toml"))
	if err != nil {
		return choice, errNoToolchain
	}
	overrides := rustupOverrides(string(settings))
	dir := a.options.Dir
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	for filepath.IsAbs(dir) {
		if name, ok := overrides[dir]; ok {
			if choice.pinned == "" { // else the file is nearer
				choice.toolchain, choice.by = name, "rustup's override for "+dir
				return choice, nil
			}
			break
		}
		if choice.pinned == "" {
			choice.pinned, choice.channel = a.pinned(dir)
		}
		above := filepath.Dir(dir)
		if above == dir {
			break
		}
		dir = above
	}
	m := defaultToolchain.FindSubmatch(settings)
	if m == nil {
		return choice, errNoToolchain
	}
	choice.toolchain, choice.by = string(m[1]), "rustup's default"
	return choice, nil
}

// rustupOverrides returns the toolchains that rustup's settings name for
// directories.
func rustupOverrides(settings string) map[string]string {
	overrides := map[string]string{}
	in := false
	for line := range strings.Lines(settings) {
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "[") {
			in = trimmed == "[overrides]"
			continue
		}
		m := toolchainOverride.FindStringSubmatch(line)
		if !in || m == nil {
			continue
		}
		dir := strings.Trim(m[1], "'")
		if m[1][0] == '"' {
			var err error
			if dir, err = strconv.Unquote(m[1]); err != nil {
				continue
			}
		}
		overrides[dir] = m[2]
	}
	return overrides
}

// pinned returns the file of a directory by which rustup would choose a
// toolchain, and the channel that it names.
func (a *Asker) pinned(dir string) (file, channel string) {
	for _, name := range []string{"rust-toolchain", "rust-toolchain.toml"} {
		text, _, err := a.options.Files.ReadFile(filepath.Join(dir, name), maxScript)
		if err != nil {
			continue
		}
		if word := strings.TrimSpace(text); name == "rust-toolchain" && toolchainName.MatchString(word) {
			return name, word
		}
		if m := pinnedChannel.FindStringSubmatch(text); m != nil {
			channel = m[1]
		}
		return name, channel
	}
	return "", ""
}

// errNoToolchain is why it is not known which compiler rustup would choose.
var errNoToolchain = errors.New("it is rustup's, which has no default toolchain")

// isRustup reports whether a program is rustup under the name of another tool,
// by a link of either kind.
func isRustup(p program) bool {
	if strings.TrimSuffix(filepath.Base(p.resolved), ".exe") == "rustup" {
		return true
	}
	info, err := os.Stat(p.path)
	if err != nil {
		return false
	}
	rustup, err := os.Stat(filepath.Join(filepath.Dir(p.path), "rustup"+filepath.Ext(p.path)))
	return err == nil && os.SameFile(info, rustup)
}
