package analysis

import (
	"io/fs"
	"path"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// maxEntries is how many entries of a directory are looked at.
const maxEntries = 20_000

// directory lists a directory of the tree, sorted by name. A relative path
// counts from the tree's directory. It is empty if it cannot be read.
func (r *Root) directory(dir string) []fs.DirEntry {
	entries, err := r.loader.fsys.ReadDir(r.loader.absolute(dir))
	if err != nil {
		return nil
	}
	return entries[:min(len(entries), maxEntries)]
}

// paths adds the files and directories that the path of a source statement can
// go on with: first the Kconfig files.
func (p *completer) paths() {
	if strings.Contains(p.typed, "$") {
		return
	}
	dir := p.path
	if strings.Contains(dir, "$") {
		var known bool
		if dir, known = p.view.Variables().Expand(p.file, p.st, dir); !known {
			return
		}
	}
	switch p.st.Keyword() {
	case parser.KwRsource, parser.KwOrsource, parser.KwGrsource:
		if !path.IsAbs(dir) {
			dir = path.Join(path.Dir(p.file.Path), dir)
		}
	default:
		if p.file.Tree.Dialect().Has(parser.IncludingRelative) && !path.IsAbs(dir) {
			dir = path.Join(path.Dir(p.file.Path), dir)
		}
	}
	entries := p.root.directory(path.Clean("./" + dir))
	if path.IsAbs(dir) {
		entries = p.root.directory(path.Clean(dir))
	}
	var folders []string
	for _, e := range entries {
		name := e.Name()
		hidden := strings.HasPrefix(name, ".") && !strings.HasPrefix(p.typed, ".")
		if hidden || !p.matches(name) {
			continue
		}
		switch {
		case e.IsDir():
			folders = append(folders, name)
		case IsKconfigName(name) && path.Join(dir, name) != p.file.Path:
			p.add(CompletionItem{Label: name, Kind: CompletionFile, InsertText: name})
		}
	}
	for _, name := range folders {
		p.add(CompletionItem{Label: name + "/", Kind: CompletionFolder, InsertText: name + "/", FilterText: name})
	}
}
