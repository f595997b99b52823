package analysis

import (
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// unusedSymbols returns the definitions of symbols that nothing in the tree uses: no
// Kconfig file mentions them, and no other file has their name or a part of it that
// something is put to. It reads all files of the tree but those of configurations and
// documentation.
func (r *Root) unusedSymbols(s *Snapshot, view *menu.View, arch string, within func(path string) bool) []Diagnostic {
	if !r.Complete || !check.Closed(r.Dialect) {
		return nil
	}
	candidates := r.unmentioned()
	seen := r.wordsAmong(candidates)
	var found []Diagnostic
	for f := range r.Sources.Files() {
		if within != nil && !within(r.Path(f)) {
			continue
		}
		c := scope{s, r, f, view, arch}
		var here []Diagnostic
		for _, d := range f.Definitions() {
			name := r.Sources.Name(d.Symbol)
			if !candidates[name] || seen[name] {
				continue
			}
			st := f.Tree.At(d.Statement)
			token, _ := st.Operand()
			here = append(here, Diagnostic{
				Location: r.location(f, st.Token(token)), Code: check.CodeUnusedSymbol, Severity: check.Information, Symbol: name,
				Message: inQuotes(name) + " is used by no Kconfig file, and by no other file of the tree as " + inQuotes("CONFIG_"+name) +
					", so its value has no effect: remove it, or use it",
			})
		}
		found = append(found, c.wanted(f.Tree, here)...)
	}
	return found
}

// unmentioned returns the symbols that no Kconfig file mentions but to define them, and
// that select nothing and are no members of choices.
func (r *Root) unmentioned() map[string]bool {
	found, others := map[string]bool{}, map[string]bool{}
	for f := range r.Sources.Files() {
		for _, d := range f.Definitions() {
			name := r.Sources.Name(d.Symbol)
			if len(r.Sources.ReferencedIn(d.Symbol)) > 0 || others[name] {
				continue
			}
			e := menu.Entry{File: f, Head: f.Tree.At(d.Statement)}
			if _, inChoice := f.InChoice(d.Statement); inChoice || hasEffect(e) {
				others[name] = true
				delete(found, name)
				continue
			}
			found[name] = true
		}
	}
	return found
}

// hasEffect reports whether an entry does something by itself, whoever uses its symbol.
func hasEffect(e menu.Entry) bool {
	for st := range e.Attributes() {
		switch st.Kind {
		case parser.Select, parser.Imply, parser.Set, parser.Modules, parser.Option, parser.Transitional:
			return true
		}
	}
	return false
}

// wordsAmong returns which of the names any file of the tree has as a word, with
// CONFIG_ or without, as a macro may put that before it; or which begin with what a
// file puts something to, as in CONFIG_FOO_##x and CONFIG_FOO_$(X).
func (r *Root) wordsAmong(names map[string]bool) map[string]bool {
	keys := r.loader.walkFor(func() bool { return false }, mayUseSymbols)
	for _, key := range r.loader.Glob("Documentation/*") { // the walk passes over it, but it is built
		if mayUseSymbols(key) {
			keys = append(keys, key)
		}
	}
	seen, prefixes := map[string]bool{}, map[string]bool{}
	var mu sync.Mutex
	parallel(r.settings.workers(), len(keys), func(i int) {
		text, _, err := r.loader.fsys.ReadFile(r.loader.absolute(keys[i]), maxFileSize)
		if err != nil || strings.IndexByte(text[:min(len(text), 512)], 0) >= 0 {
			return
		}
		here, begun := wordsOf(text, names)
		mu.Lock()
		defer mu.Unlock()
		for _, name := range here {
			seen[name] = true
		}
		for _, prefix := range begun {
			prefixes[prefix] = true
		}
	})
	for name := range names {
		for end := range len(name) {
			if end > 0 && prefixes[name[:end]] {
				seen[name] = true
			}
		}
	}
	return seen
}

// mayUseSymbols reports whether a file is named as one that can use symbols: no Kconfig
// file, configuration or documentation.
func mayUseSymbols(name string) bool {
	if IsKconfigName(name) || IsConfigName(name) {
		return false
	}
	switch path.Ext(filepath.ToSlash(name)) {
	case ".rst", ".txt", ".md", ".html", ".svg", ".png", ".pdf", ".json", ".yaml", ".yml":
		return false
	}
	return true
}

// wordsOf returns the names that a text has as words, and what it begins names with,
// both without CONFIG_.
func wordsOf(text string, names map[string]bool) (words, begun []string) {
	for at := 0; at < len(text); {
		if !isNameByte(text[at]) {
			at++
			continue
		}
		end := at
		for end < len(text) && isNameByte(text[end]) {
			end++
		}
		word, prefixed := text[at:end], true
		for prefixed {
			if names[word] {
				words = append(words, word)
			}
			if _, word, prefixed = strings.Cut(word, "CONFIG_"); !prefixed {
				break
			}
			if bare, ok := strings.CutSuffix(word, "_MODULE"); ok && names[bare] {
				words = append(words, bare)
			}
			rest := strings.TrimLeft(text[end:min(len(text), end+8)], " \t\"'")
			if word != "" && rest != "" && (strings.HasPrefix(rest, "##") || strings.IndexByte("$%{*@<[", rest[0]) >= 0) {
				begun = append(begun, word)
			}
		}
		at = end
	}
	return words, begun
}
