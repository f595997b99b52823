package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// diagnoseCode returns the conditions of Rust's cfg that no configuration meets,
// because no Kconfig file of the tree defines their symbol. Elsewhere in code names
// with CONFIG_ that are no symbols are common and of no harm. With suggest it also
// looks for what was meant.
func (c codeScope) diagnoseCode(suggest bool) []Diagnostic {
	if c.text.language != kbuild.Rust || !c.root.Complete || !check.Closed(c.root.Dialect) {
		return nil
	}
	var found []Diagnostic
	for _, r := range c.text.references() {
		if r.Use != kbuild.Cfg || c.defines(r.Name) {
			continue
		}
		name := inQuotes("CONFIG_" + r.Name)
		message := name + " is defined in no Kconfig file of the tree, so " + inQuotes("cfg") + " is never true for it"
		if suggest {
			if near, ok := c.root.Sources.Nearest(r.Name); ok {
				message += ": did you mean " + inQuotes("CONFIG_"+near) + "?"
			}
		}
		found = append(found, Diagnostic{
			Location: Location{c.path, r.Start, r.End}, Code: check.CodeUndefinedSymbol, Severity: check.Warning,
			Message: message, Symbol: r.Name,
		})
	}
	return found
}
