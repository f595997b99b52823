package analysis

import (
	"path/filepath"
	"strings"
)

// configKind says what a configuration file is for.
type configKind uint8

const (
	// configFull is a .config: the values of all symbols.
	configFull configKind = iota + 1
	// configDefault is a defconfig: what differs from the defaults.
	configDefault
	// configFragment is put on top of another configuration.
	configFragment
)

// IsConfigName reports whether a file is named as configurations are: .config,
// defconfig and X_defconfig, X.config, Zephyr's prj.conf, sysbuild.conf and overlays,
// sdkconfig and sdkconfig.defaults of ESP-IDF, and configs/config.X of coreboot.
func IsConfigName(path string) bool { return configKindOf(path) != 0 }

// IsConfigLanguage reports whether an editor's name for a language is one for
// configurations.
func IsConfigLanguage(id string) bool { return id == "kconfig-config" || id == "dotconfig" }

// configKindOf returns what a configuration is for by its name, 0 for a file
// that is not named as one.
func configKindOf(path string) configKind {
	base, directory := filepath.Base(path), filepath.Base(filepath.Dir(path))
	if IsKconfigName(base) {
		return 0
	}
	switch {
	case base == ".config", base == ".config.old", base == "sdkconfig", base == "sdkconfig.old":
		return configFull
	case base == "defconfig", strings.HasSuffix(base, "_defconfig"),
		directory == "configs" && strings.HasPrefix(base, "config.") && strings.Contains(base, "_"):
		return configDefault
	case strings.HasSuffix(base, ".config"), base == ".kunitconfig", base == "sdkconfig.defaults", strings.HasPrefix(base, "sdkconfig.defaults."),
		strings.HasPrefix(base, "sdkconfig.ci"):
		return configFragment
	case strings.HasSuffix(base, ".conf") && (strings.HasPrefix(base, "prj") || strings.HasPrefix(base, "overlay") ||
		base == "sysbuild.conf" || directory == "boards" || directory == "sysbuild"):
		return configFragment
	}
	return 0
}
