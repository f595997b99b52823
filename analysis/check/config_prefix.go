package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

const codeConfigPrefixInKconfig = "config-prefix-in-kconfig"

// configPrefix reports CONFIG_X for X: the prefix is what the build puts before names
// in C and in configurations, and no part of them in Kconfig files.
func (u undefinedName) configPrefix() (Finding, bool) {
	bare, ok := strings.CutPrefix(u.name, "CONFIG_")
	if !ok || !u.defined(bare) {
		return Finding{}, false
	}
	consequence := ", so it is always n here"
	switch u.Role {
	case menu.Selects, menu.Implies, menu.Sets, menu.Redefaults:
		consequence = ", so this does nothing"
	}
	return Finding{
		Code:    codeConfigPrefixInKconfig,
		Message: u.nowhere() + consequence + ": in Kconfig files the symbol is written `" + bare + "`",
		Fix:     fixOf("Write `"+bare+"`", u.at(), Replace, bare),
	}, true
}
