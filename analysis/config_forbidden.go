package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// forbidden returns the lines that set symbols that the tree does not want set in
// configurations that people write. What a configurator has written is not theirs.
func (b *configLinter) forbidden() []Diagnostic {
	if b.root == nil || len(b.root.forbidden) == 0 || b.kind == configFull {
		return nil
	}
	var found []Diagnostic
	for _, l := range b.conf.Lines {
		if l.Kind != config.Assign && l.Kind != config.Unset {
			continue
		}
		if name := b.conf.Name(l); b.root.forbidden[name] {
			found = append(found, Diagnostic{
				Location: b.nameAt(l), Code: check.CodeConfigForbidden, Severity: check.Warning, Symbol: name,
				Message: b.own(l) + " must not be set in configurations of this tree, as its list of forbidden symbols says: remove the line",
			})
		}
	}
	return found
}
