package analysis

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// diagnoseCode returns the conditions in code that no configuration meets, or all do,
// because no Kconfig file of the tree defines their symbol. Elsewhere in code names
// with CONFIG_ that are no symbols are common and of no harm. With suggest it also
// looks for what was meant, and into other languages than Rust.
func (c codeScope) diagnoseCode(suggest bool) []Diagnostic {
	if !c.root.Complete || !check.Closed(c.root.Dialect) {
		return nil
	}
	if c.text.language != kbuild.Rust {
		if !suggest {
			return nil
		}
		return c.undefinedHere()
	}
	var found []Diagnostic
	for _, r := range c.text.references() {
		if r.Use != kbuild.Cfg || c.defines(r.Name) {
			continue
		}
		found = append(found, Diagnostic{
			Location: Location{c.path, r.Start, r.End}, Code: check.CodeUndefinedSymbol, Severity: check.Warning,
			Message: c.undefinedMessage(r.Name, suggest), Symbol: r.Name,
		})
	}
	return found
}

func (c codeScope) undefinedMessage(name string, suggest bool) string {
	message := inQuotes("CONFIG_"+name) + " is defined in no Kconfig file of the tree, so no configuration sets it"
	if bare, ok := strings.CutSuffix(name, "_MODULE"); ok && c.defines(bare) {
		// Unlike autoconf.h, rustc_cfg has no CONFIG_X_MODULE; see
		// print_symbol_for_rustccfg in scripts/kconfig/confdata.c.
		return message + ": in Rust, " + inQuotes("CONFIG_"+bare+` = "m"`) + " asks whether " + inQuotes(bare) + " is a module"
	}
	if suggest {
		if near, ok := c.root.Sources.Nearest(name); ok {
			return message + ": did you mean " + inQuotes("CONFIG_"+near) + "?"
		}
	}
	return message
}
