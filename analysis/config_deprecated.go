package analysis

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// deprecated returns what there is to say about a line that sets a symbol by a name that
// it no longer has. A whole .config is what tools write, and is left alone.
func (b *configLinter) deprecated(l config.Line) (Diagnostic, bool) {
	if b.root == nil || b.kind == configFull || !b.root.policy.On(check.CodeConfigDeprecated) ||
		l.Kind != config.Assign && l.Kind != config.Unset {
		return Diagnostic{}, false
	}
	d := Diagnostic{Location: b.nameAt(l), Code: check.CodeConfigDeprecated, Severity: check.Warning, Symbol: b.conf.Name(l)}
	if to, ok := b.root.renamed(d.Symbol); ok && !b.defines(d.Symbol) {
		b.renamedLine(&d, l, to)
		return d, true
	}
	if !b.isTransitional(d.Symbol) {
		return Diagnostic{}, false
	}
	d.Message = b.own(l) + " is transitional, which is only for configurations that were made before it was renamed"
	if names := b.successors(d.Symbol); len(names) > 0 {
		d.Message += ": set " + inQuotes(b.conf.Prefix+names[0]) + " instead, which takes its value from it"
		if len(names) == 1 {
			name := b.nameAt(l)
			d.Fix = replacing("Set "+inQuotes(b.conf.Prefix+names[0]), Location{b.path, name.Start, name.End}, b.conf.Prefix+names[0])
		}
	}
	return d, true
}

// replacing returns a fix that puts a text in place of another one.
func replacing(title string, at Location, text string) *Fix {
	return &Fix{Title: title, Edits: []FileEdit{{Path: at.Path, Edits: []Edit{{Start: at.Start, End: at.End, Text: text}}}}}
}

// renamedLine words that a symbol has another name now, and how the line is written
// with it.
func (b *configLinter) renamedLine(d *Diagnostic, l config.Line, to rename) {
	now := b.conf.Prefix + to.name
	d.Message = b.own(l) + " is the old name of " + inQuotes(now) + ": write that"
	d.Related = []RelatedLocation{{to.Location, "it was renamed here"}}
	line := now + "=" + b.conf.Value(l)
	if l.Kind == config.Unset {
		line = "# " + now + " is not set"
	}
	if to.inverted {
		d.Message = b.own(l) + " is the old name of the opposite of " + inQuotes(now) + ": write that"
		switch {
		case l.Kind == config.Unset, b.conf.Value(l) == "n":
			line = now + "=y"
		case b.conf.Value(l) == "y":
			line = now + "=n"
		default:
			return
		}
	}
	d.Fix = replacing("Write "+inQuotes(line), Location{b.path, int(l.Start), int(l.End)}, line)
}

// isTransitional reports whether a definition of a symbol says that it is.
func (b *configLinter) isTransitional(name string) bool {
	return slices.ContainsFunc(b.entriesNamed(name), func(e menu.Entry) bool {
		for st := range e.Attributes() {
			if st.Kind == parser.Transitional {
				return true
			}
		}
		return false
	})
}

// entriesNamed returns the definitions of a symbol in all files of the tree.
func (b *configLinter) entriesNamed(name string) []menu.Entry {
	id, ok := b.root.Sources.Lookup(name)
	if !ok {
		return nil
	}
	inside, outside := b.entriesOf(id)
	return append(inside, outside...)
}

// successors returns the symbols that have a transitional symbol as their default,
// sorted.
func (b *configLinter) successors(name string) []string {
	id, ok := b.root.Sources.Lookup(name)
	if !ok {
		return nil
	}
	var names []string
	for _, file := range b.root.Sources.ReferencedIn(id) {
		f := b.root.Sources.File(file)
		for o := range f.OccurrencesOf(id) {
			if o.Role != menu.Defaults {
				continue
			}
			if e, ok := f.EntryAt(o.Statement); ok {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
