package analysis

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// unknownNames are the names of symbols in a file of code that no Kconfig file
// defines.
type unknownNames struct {
	// asked are the places that ask for one.
	asked []kbuild.Reference
	// own are the names that the file defines itself.
	own []string
}

// unknownNames looks for names in a text of C or of a Makefile. The references in it
// are looked for only if there is an unknown name at all, by the given function or
// anew.
func (c scope) unknownNames(text string, language kbuild.Language, references func() []kbuild.Reference) unknownNames {
	var found unknownNames
	if language != kbuild.C && language != kbuild.Make || !c.mentionsUnknown(text) {
		return found
	}
	if references == nil {
		references = func() []kbuild.Reference { return kbuild.References(text, language) }
	}
	for _, r := range references() {
		if r.Use != kbuild.Plain || c.isKnownInCode(r.Name) {
			continue
		}
		switch kbuild.AskOf(text, language, r) {
		case 0:
		case kbuild.Definition:
			found.own = append(found.own, r.Name)
		default:
			found.asked = append(found.asked, r)
		}
	}
	return found
}

// mentionsUnknown reports whether a text has a name that no Kconfig file defines, be it
// in a comment.
func (c scope) mentionsUnknown(text string) bool {
	const prefix = "CONFIG_"
	for {
		i := strings.Index(text, prefix)
		if i < 0 {
			return false
		}
		text = text[i+len(prefix):]
		end := 0
		for end < len(text) && isNameByte(text[end]) {
			end++
		}
		if end > 0 && !c.isKnownInCode(text[:end]) {
			return true
		}
		text = text[end:]
	}
}

// isKnownInCode reports whether a name is that of a symbol, or of none that anybody
// means: documentation and macros have examples.
func (c scope) isKnownInCode(name string) bool {
	switch name {
	case "FOO", "BAR", "FOO_BAR", "XXX":
		return true
	}
	if c.defines(name) || c.root.allowed[name] {
		return true
	}
	bare, ok := strings.CutSuffix(name, "_MODULE")
	return ok && c.defines(bare)
}

// undefinedRefs returns the places of a file that ask for a symbol that neither a
// Kconfig file defines, nor the file itself, nor what else has names of its own.
func (c codeScope) undefinedRefs(names unknownNames, own map[string]bool) []Diagnostic {
	var found []Diagnostic
	for _, r := range names.asked {
		if own[r.Name] || slices.Contains(names.own, r.Name) {
			continue
		}
		d := Diagnostic{
			Location: Location{c.path, r.Start, r.End}, Code: check.CodeUndefinedConfigRef, Severity: check.Warning,
			Symbol: r.Name, Message: inQuotes("CONFIG_"+r.Name) + " is defined in no Kconfig file of the tree",
		}
		switch kbuild.AskOf(c.text.text, c.text.language, r) {
		case kbuild.IfDefined:
			d.Message += " and by no `#define`, so this is never true"
		case kbuild.IfNotDefined:
			d.Message += " and by no `#define`, so this is always true"
		case kbuild.MakeValue:
			d.Message += " and set in no Makefile, so it is always empty"
		default:
			d.Message += " and by no `#define`, so it is always 0 here"
		}
		if near, ok := c.root.Sources.Nearest(r.Name); ok {
			d.Message += ": did you mean " + inQuotes("CONFIG_"+near) + "?"
			d.Fix = &Fix{Title: "Replace it by " + inQuotes("CONFIG_"+near), Edits: []FileEdit{{
				Path: c.path, Edits: []Edit{{Start: r.Start, End: r.End, Text: "CONFIG_" + near}},
			}}}
		}
		found = append(found, d)
	}
	return found
}

// undefinedHere is undefinedRefs for an open file, without a look at any other one but
// the top Makefile. Only in Linux is it known that headers have no such names of their
// own.
func (c codeScope) undefinedHere() []Diagnostic {
	if c.root.Dialect.Name != "linux" || isForeignCode(relativeTo(c.root.Dir, c.path)) {
		return nil
	}
	names := c.unknownNames(c.text.text, c.text.language, c.text.references)
	if len(names.asked) == 0 {
		return nil
	}
	own := map[string]bool{}
	if c.text.language == kbuild.Make && c.root.build != nil {
		c.root.build.directory(c.root, "")
		if top, ok := c.root.build.text("Makefile").(*codeText); ok && filepath.Dir(c.path) != c.root.Dir {
			for _, name := range c.unknownNames(top.text, kbuild.Make, top.references).own {
				own[name] = true
			}
		}
	}
	return c.undefinedRefs(names, own)
}
