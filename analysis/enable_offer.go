package analysis

import (
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// EnableOffer is a symbol that is off and can be asked to be on.
type EnableOffer struct {
	Configuration Configuration
	Wanted        Wanted
	// IsDropped tells that a line of the configuration says so, to no effect.
	IsDropped bool
}

// EnableOfferAt returns the symbol at an offset that Enable can be asked to turn on: that
// of a line of a .config that is not set, or has not the effect that it says, or one that
// a Kconfig file defines there and the tree's .config leaves off. Whether there is a way
// is not looked for: editors ask whenever the cursor moves. There is none while the values
// of the tree are not computed.
func EnableOfferAt(s *Snapshot, path string, offset int) (EnableOffer, bool) {
	if c, ok := s.configScope(path); ok {
		return c.enableOffer(offset)
	}
	c, ok := s.scope(path)
	if !ok || c.root.Single || !c.root.hasSettledModel(c.arch) {
		return EnableOffer{}, false
	}
	return c.enableOffer(offset)
}

// enableOffer returns the symbol of a line of a whole configuration. Of a defconfig or a
// fragment there is none: what is written there is up to its author.
func (c configScope) enableOffer(offset int) (EnableOffer, bool) {
	if c.kind != configFull || c.root == nil || !c.root.hasSettledModel(c.arch) {
		return EnableOffer{}, false
	}
	i, _, ok := c.lineAt(offset)
	if !ok {
		return EnableOffer{}, false
	}
	j := c.judgement()
	if j == nil {
		return EnableOffer{}, false
	}
	s, ok := j.lookup(c.conf.Name(c.conf.Lines[i]))
	if !ok || !s.Type.IsLogical() {
		return EnableOffer{}, false
	}
	a, _ := j.model.model.Lookup(s.Name)
	said := expr.ParseTristate(c.conf.Value(c.conf.Lines[i]))
	j.mu.Lock()
	defer j.mu.Unlock()
	is := j.evaluation.State(a).Value
	offer := EnableOffer{Configuration: Configuration{Root: c.root, Arch: c.arch, Path: c.path}, Wanted: Wanted{Symbol: s.Name}}
	switch {
	case !is.Known() || !said.Known():
		return EnableOffer{}, false
	case said > is:
		offer.Wanted.Value, offer.IsDropped = said.String(), true
	case is != expr.N:
		return EnableOffer{}, false
	}
	return offer, true
}

// enableOffer returns the symbol that is defined at an offset.
func (c scope) enableOffer(offset int) (EnableOffer, bool) {
	sub, ok := c.subjectAt(offset)
	if !ok || sub.kind != subjectSymbol || sub.role != menu.Defines || len(sub.names) != 1 {
		return EnableOffer{}, false
	}
	v := c.currentValues()
	if v == nil || !v.exists {
		return EnableOffer{}, false
	}
	a, ok := v.model.Lookup(sub.names[0])
	if !ok || !v.model.Symbols[a].Defined || !v.model.Symbols[a].Type.IsLogical() {
		return EnableOffer{}, false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.evaluation.State(a).Value != expr.N {
		return EnableOffer{}, false
	}
	return EnableOffer{Configuration: Configuration{Root: c.root, Arch: c.arch}, Wanted: Wanted{Symbol: sub.names[0]}}, true
}

// Title says what the offer does, for people to choose it.
func (o EnableOffer) Title() string {
	title := "Enable " + o.Wanted.Symbol
	if o.Wanted.Value != "" {
		title += "=" + o.Wanted.Value
	}
	return title + " in " + filepath.Base(o.Configuration.File())
}
