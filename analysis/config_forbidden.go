package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/policy"
)

// forbidden returns the lines that set symbols that the tree does not want set in
// configurations that people write. What a configurator has written is not theirs.
func (b *configLinter) forbidden() []Diagnostic {
	if b.root == nil || b.root.stated == nil || b.kind == configFull {
		return nil
	}
	var found []Diagnostic
	for _, l := range b.conf.Lines {
		if l.Kind != config.Assign && l.Kind != config.Unset {
			continue
		}
		if name := b.conf.Name(l); b.root.stated.Forbids(name) {
			found = append(found, Diagnostic{
				Location: b.nameAt(l), Code: check.CodeConfigForbidden, Severity: check.Warning, Symbol: name,
				Message: b.own(l) + " must not be set in configurations of this tree, says `forbidden` in " + policy.Name + ": remove the line",
			})
		}
	}
	return found
}
