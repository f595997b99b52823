package analysis

import (
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
)

// missingPrefixes returns names of symbols that IS_ENABLED is given without CONFIG_ and
// that are no macros either, so that it always says no.
func (c codeScope) missingPrefixes(names []kbuild.Reference, macros map[string]bool) []Diagnostic {
	var found []Diagnostic
	for _, r := range names {
		if macros[r.Name] {
			continue
		}
		full := "CONFIG_" + r.Name
		found = append(found, Diagnostic{
			Location: Location{c.path, r.Start, r.End}, Code: check.CodeMissingConfigPrefix, Severity: check.Warning, Symbol: r.Name,
			Message: inQuotes(r.Name) + " is a symbol of a Kconfig file and no macro of the code, so this is always 0: in code it is written " + inQuotes(full),
			Fix:     replacing("Write "+inQuotes(full), Location{c.path, r.Start, r.End}, full),
		})
	}
	return found
}

// macrosAmong returns which of the names without CONFIG_ in files are those of macros:
// code defines them, or a Makefile by a flag for the compiler. It reads all code again
// if there are any names.
func (r *Root) macrosAmong(keys []string, files []surveyed) map[string]bool {
	marks := map[string][2]string{}
	for _, f := range files {
		for _, name := range f.unprefixed {
			marks[name.Name] = [2]string{"define " + name.Name, "-D" + name.Name}
		}
	}
	macros := map[string]bool{}
	if len(marks) == 0 {
		return macros
	}
	var mu sync.Mutex
	parallel(r.settings.workers(), len(keys), func(i int) {
		text, _, err := r.loader.fsys.ReadFile(r.loader.absolute(keys[i]), maxFileSize)
		if err != nil {
			return
		}
		for name, mark := range marks {
			if hasWord(text, mark[0]) || hasWord(text, mark[1]) {
				mu.Lock()
				macros[name] = true
				mu.Unlock()
			}
		}
	})
	return macros
}

// hasWord reports whether a text has a word that no character of a name follows.
func hasWord(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i + len(word)
		if at == len(text) || !isNameByte(text[at]) {
			return true
		}
	}
}
