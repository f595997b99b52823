package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// configDocument returns a configuration that is open, in the tree around it,
// which may be nil.
func configDocument(root *Root, path string, version int32, text string) *Document {
	d := &Document{Path: path, Version: version}
	prefix := "CONFIG_"
	if root != nil {
		d.dir, prefix = root.Dir, config.Prefix(root.Dialect)
	}
	d.config = newConfigLines(config.Parse(text, prefix))
	return d
}

// IsConfig reports whether the document is a configuration, and no Kconfig file.
func (d *Document) IsConfig() bool { return d.config != nil }

// configScope is a configuration in its tree and view: what every feature of
// configurations starts from.
type configScope struct {
	// scope is the view that the configuration is one of. It has no file, and no
	// root and view either if the configuration lies in no tree.
	scope
	path string
	text *configLines
	conf *config.File
	kind configKind
	// partial tells that the file includes others, as defconfigs of U-Boot do,
	// which go through the C preprocessor. Then kind is configFragment.
	partial bool
}

// configScope returns the open configuration with the path.
func (s *Snapshot) configScope(path string) (configScope, bool) {
	d := s.documents[path]
	if d == nil || d.config == nil {
		return configScope{}, false
	}
	c := configScope{scope: scope{Snapshot: s}, path: path, text: d.config, conf: d.config.file, kind: configKindOf(path)}
	if c.kind == 0 {
		c.kind = configFragment // the editor says so; nobody knows of what
	}
	if c.kind == configDefault && isGenerated(c.conf.Text) {
		c.kind = configFull // some projects keep whole ones
	}
	if root := s.Root(path); root != nil {
		c.scope = s.viewScope(root, root.configArch(path, c.conf))
		if root.Dialect.Name == "u-boot" && strings.Contains("\n"+c.conf.Text, "\n#include ") {
			c.kind, c.partial = configFragment, true
		}
	}
	return c, true
}

// configArch returns the architecture that a configuration of the tree is for:
// that of the directory arch/ARCH that it lies in, else that of its title line,
// else that of the default view.
func (r *Root) configArch(path string, f *config.File) string {
	for _, candidate := range []string{archOf(relativeTo(r.Dir, path)), titleArch(f.Text)} {
		if slices.Contains(r.archs, candidate) {
			return candidate
		}
	}
	return r.arch
}

// titleArch returns the architecture in the title of a configuration, such as
// "# Linux/x86 6.12.0 Kernel Configuration", "" if there is none.
func titleArch(text string) string {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			return ""
		}
		if rest, ok := strings.CutPrefix(line, "# Linux/"); ok {
			arch, _, _ := strings.Cut(rest, " ")
			return sourceArch(arch)
		}
	}
	return ""
}

// isGenerated reports whether the comments at the top of a configuration say that
// a configurator has written it.
func isGenerated(text string) bool {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			return false
		}
		if strings.HasPrefix(line, "# Automatically generated") {
			return true
		}
	}
	return false
}

// lineAt returns the line at an offset that sets a symbol, and the bytes of the
// symbol's name with its prefix.
func (c configScope) lineAt(offset int) (i int, name Location, ok bool) {
	i = c.conf.LineAt(offset)
	if offset < 0 || i >= len(c.conf.Lines) || offset > len(c.conf.Text) {
		return 0, Location{}, false
	}
	l := c.conf.Lines[i]
	if l.Kind != config.Assign && l.Kind != config.Unset || offset > int(l.End) {
		return 0, Location{}, false
	}
	return i, c.nameAt(l), true
}

// nameAt returns the bytes of the name, with its prefix, in a line that sets a
// symbol.
func (c configScope) nameAt(l config.Line) Location {
	return Location{c.path, int(l.NameStart) - len(c.conf.Prefix), int(l.NameEnd)}
}
