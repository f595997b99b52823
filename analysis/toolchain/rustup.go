package toolchain

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A rustc that was installed by rustup is a program that chooses another one.
// It does so by files in the directory that it is called in, or downloads what
// is missing, so that it is not called: the user's default compiler is looked
// up here.

var (
	defaultToolchain = regexp.MustCompile(`(?m)^default_toolchain = "([A-Za-z0-9_.+-]+)"\s*$`)
	toolchainName    = regexp.MustCompile(`^[A-Za-z0-9_.+-]+$`)
)

// behindRustup returns the program that rustup would choose, if the program is
// rustup.
func (p *Prober) behindRustup(found program, s *searcher) (program, error) {
	if !isRustup(found) {
		return found, nil
	}
	home := p.environment["RUSTUP_HOME"]
	if home == "" {
		if home = p.environment["HOME"]; home == "" {
			home = p.environment["USERPROFILE"]
		}
		home = filepath.Join(home, ".rustup")
	}
	if !filepath.IsAbs(home) {
		return program{}, errNoToolchain
	}
	name := p.environment["RUSTUP_TOOLCHAIN"]
	if name == "" {
		settings, err := os.ReadFile(filepath.Join(home, "settings.toml"))
		if err != nil {
			return program{}, errNoToolchain
		}
		m := defaultToolchain.FindSubmatch(settings)
		if m == nil {
			return program{}, errNoToolchain
		}
		name = string(m[1])
	}
	if !toolchainName.MatchString(name) || strings.Trim(name, ".") == "" {
		return program{}, errNoToolchain
	}
	dirs := []string{name}
	if _, err := os.Stat(filepath.Join(home, "toolchains", name)); errors.Is(err, fs.ErrNotExist) {
		// "stable" is short for stable and the name of the host.
		dirs, _ = filepath.Glob(filepath.Join(home, "toolchains", name+"-*"))
		if len(dirs) != 1 {
			return program{}, errNoToolchain
		}
		dirs[0] = filepath.Base(dirs[0])
	}
	compiler, err := s.check(filepath.Join(home, "toolchains", dirs[0], "bin", filepath.Base(found.path)))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = errNoToolchain
		}
		return program{}, err
	}
	return compiler, nil
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
