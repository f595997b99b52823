package analysis

import (
	"path"
	"slices"
	"strings"
	"sync"
)

// renameTable holds the old names of symbols that the rename files of a tree list. It
// is read when somebody asks first.
type renameTable struct {
	once  sync.Once
	names map[string]rename
}

// rename is what became of a symbol, without the prefixes.
type rename struct {
	name string
	// inverted tells that the new symbol is on where the old one was off.
	inverted bool
	// Location is the line of the rename file.
	Location
}

// isRenameFile reports whether a file is named as those are that list old names of
// symbols in projects of ESP-IDF.
func isRenameFile(name string) bool {
	return name == "sdkconfig.rename" || strings.HasPrefix(name, "sdkconfig.rename.")
}

// renamed returns what became of a symbol by the rename files of the tree. See
// esp-idf-kconfig's parse_replacements.
func (r *Root) renamed(name string) (rename, bool) {
	if r.renames == nil || r.Dialect.Name != "esp-idf" {
		return rename{}, false
	}
	t := r.renames
	t.once.Do(func() {
		t.names = map[string]rename{}
		keys := r.loader.walkFor(func() bool { return false }, func(name string) bool { return isRenameFile(path.Base(name)) })
		slices.Sort(keys)
		for _, key := range keys {
			file := r.loader.absolute(key)
			if text, _, err := r.loader.fsys.ReadFile(file, maxFileSize); err == nil {
				r.code.keep(file, newCodeText(text, 0))
				t.read(file, text)
			}
		}
	})
	found, ok := t.names[name]
	return found, ok
}

// read adds the lines of a file: "CONFIG_OLD CONFIG_NEW", or "CONFIG_OLD !CONFIG_NEW".
// Of several lines about one name the first counts.
func (t *renameTable) read(file, text string) {
	at := 0
	for line := range strings.Lines(text) {
		start := at
		at += len(line)
		fields := strings.Fields(line)
		if len(fields) != 2 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		old, ok := strings.CutPrefix(fields[0], "CONFIG_")
		bare, inverted := strings.CutPrefix(fields[1], "!")
		name, isName := strings.CutPrefix(bare, "CONFIG_")
		if _, known := t.names[old]; known || !ok || !isName {
			continue
		}
		where := start + strings.Index(line, fields[0])
		t.names[old] = rename{name, inverted, Location{file, where, where + len(fields[0])}}
	}
}
