package analysis

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/kbuild"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

// codeCache remembers texts of files of a tree that are neither Kconfig files nor
// Makefiles that the build reads. All versions of the tree share it.
type codeCache struct {
	mu sync.Mutex
	// texts are the files that findings lie in or refer to, by absolute path, for those
	// who show them.
	texts map[string]*codeText
}

// text returns the text of a file that is remembered, nil for others.
func (c *codeCache) text(path string) Text {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.texts[path]; t != nil {
		return t
	}
	return nil
}

func (c *codeCache) keep(path string, t *codeText) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.texts == nil {
		c.texts = map[string]*codeText{}
	}
	c.texts[path] = t
}

// surveyed is a file of code with names of symbols that no Kconfig file defines.
type surveyed struct {
	path     string // absolute
	text     string
	language kbuild.Language
	unknownNames
	// unprefixed are names of symbols without CONFIG_ where one should be.
	unprefixed []kbuild.Reference
}

// surveyCode looks through the code of the tree, in parallel, for conditions that ask
// for symbols that nothing defines or that lack CONFIG_. The diagnostics are sorted by path and place.
func (r *Root) surveyCode(s *Snapshot, view *menu.View, arch string, within func(path string) bool) []Diagnostic {
	if !r.Complete || !check.Closed(r.Dialect) {
		return nil
	}
	c := scope{s, r, nil, view, arch}
	keys := r.loader.walkFor(func() bool { return false }, IsCodeName)
	files := make([]surveyed, len(keys))
	parallel(r.settings.workers(), len(keys), func(i int) {
		if !isForeignCode(keys[i]) {
			files[i] = c.survey(keys[i])
		}
	})
	// A name that a header defines is known wherever that may be included; one that a
	// source defines is known there.
	own := map[string]bool{}
	for _, f := range files {
		if path.Ext(f.path) != ".c" {
			for _, name := range f.own {
				own[name] = true
			}
		}
	}
	macros := r.macrosAmong(keys, files)
	var found []Diagnostic
	for _, f := range files {
		if len(f.asked) == 0 && len(f.unprefixed) == 0 || within != nil && !within(f.path) {
			continue
		}
		text := newCodeText(f.text, f.language)
		in := codeScope{c, f.path, text}
		here := append(in.undefinedRefs(f.unknownNames, own), in.missingPrefixes(f.unprefixed, macros)...)
		if here = c.wanted(text, here); len(here) > 0 {
			r.code.keep(f.path, text)
			found = append(found, here...)
		}
	}
	return found
}

// isForeignCode reports whether code of a kernel's tree is built without the
// configuration, by the names of its directories.
func isForeignCode(key string) bool {
	return strings.HasPrefix(key, "tools/") || strings.HasPrefix(key, "scripts/kconfig/")
}

// survey looks for names in one file, in its unsaved text if it is open.
func (c scope) survey(key string) surveyed {
	f := surveyed{path: c.root.loader.absolute(key)}
	f.language = kbuild.LanguageOf(key)
	if d := c.documents[f.path]; d != nil && d.code != nil {
		f.text, f.language = d.code.text, d.code.language
	} else {
		text, _, err := c.root.loader.fsys.ReadFile(f.path, maxFileSize)
		if err != nil {
			return surveyed{} // nothing asked for it by name
		}
		f.text = text
	}
	f.unknownNames = c.unknownNames(f.text, f.language, nil)
	if f.language == kbuild.C && c.root.policy.On(check.CodeMissingConfigPrefix) {
		f.unprefixed = slices.DeleteFunc(kbuild.Unprefixed(f.text), func(r kbuild.Reference) bool { return !c.defines(r.Name) })
	}
	if len(f.asked) == 0 && len(f.unprefixed) == 0 {
		f.text = ""
	}
	return f
}
