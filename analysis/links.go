package analysis

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Link is a part of a file that leads to a file or a web page.
type Link struct {
	Location
	// File is the absolute path it leads to, "" for a web page.
	File string
	// URL is the page it leads to, "" for a file.
	URL string
	// Tooltip says in words where it leads.
	Tooltip string
}

// maxFileLinks bounds how many paths in the texts of a file are looked for.
const maxFileLinks = 1000

// Links returns the links of a file, in order: the files that source statements
// name, web addresses in help texts and comments, and paths in help texts. Only
// what exists is a link.
func Links(s *Snapshot, path string) []Link {
	c, ok := s.scope(path)
	if !ok {
		return nil
	}
	b := linker{scope: c, path: c.root.Path(c.file)}
	included := c.view.Included(c.file.ID)
	sources := 0
	for st := range c.file.Tree.All() {
		if st.Kind == parser.Source {
			b.source(st, c.sourcedAs(st, included[sources]))
			sources++
		}
		for i := range st.Len() {
			t := st.Token(i)
			switch t.Kind {
			case parser.HelpBody:
				b.addresses(st.TokenText(i), int(t.Start))
				b.paths(st.TokenText(i), int(t.Start))
			case parser.Comment:
				b.addresses(st.TokenText(i), int(t.Start))
			}
		}
	}
	slices.SortFunc(b.links, func(x, y Link) int { return compareLocations(x.Location, y.Location) })
	return b.links
}

// linker collects the links of a file.
type linker struct {
	scope
	path   string
	links  []Link
	looked int // how many paths were looked for
}

// source adds the file of a source statement. A pattern that stands for several
// files is no link, since a link leads to one place.
func (b *linker) source(st parser.Statement, keys []string) {
	i, ok := st.Operand()
	if !ok || len(keys) != 1 {
		return
	}
	t, text := st.Token(i), st.TokenText(i)
	start, end := int(t.Start), int(t.End)
	if t.Kind == parser.String {
		start++
		if len(text) > 1 && text[len(text)-1] == text[0] {
			end--
		}
	}
	b.links = append(b.links, Link{
		Location: Location{b.path, start, end},
		File:     absoluteIn(b.root.Dir, keys[0]), Tooltip: "Open " + keys[0],
	})
}

// addresses adds the web addresses of a text.
func (b *linker) addresses(text string, base int) {
	for from := 0; ; {
		i := strings.Index(text[from:], "://")
		if i < 0 {
			return
		}
		i += from
		start := i
		for start > from && text[start-1] >= 'a' && text[start-1] <= 'z' {
			start--
		}
		end := i + len("://")
		for end < len(text) && isAddressByte(text[end]) {
			end++
		}
		from = end
		switch text[start:i] {
		case "http", "https", "ftp":
		default:
			continue
		}
		address := withoutPunctuation(text[start:end])
		if len(address) <= i-start+len("://") {
			continue
		}
		b.links = append(b.links, Link{
			Location: Location{b.path, base + start, base + start + len(address)},
			URL:      address, Tooltip: "Open " + address,
		})
	}
}

// isAddressByte reports whether a byte can be part of a web address in a text.
func isAddressByte(c byte) bool {
	return c > ' ' && c != '<' && c != '>' && c != '"' && c != '`' && c != '\\' && c != 0x7f
}

// withoutPunctuation removes what belongs to the sentence around an address: a
// parenthesis counts as part of the address if it was opened there.
func withoutPunctuation(address string) string {
	for address != "" {
		switch last := address[len(address)-1]; last {
		case '.', ',', ';', ':', '!', '?', '\'', '*', ']', '}', '|':
		case ')':
			if strings.Count(address, "(") >= strings.Count(address, ")") {
				return address
			}
		default:
			return address
		}
		address = address[:len(address)-1]
	}
	return address
}

// paths adds the paths of a help text that name files of the tree: those in
// <file:PATH>, and those that begin with Documentation/.
func (b *linker) paths(text string, base int) {
	if b.root.Single {
		return // what they count from is not known
	}
	const marker, documents = "<file:", "Documentation/"
	for from := 0; from < len(text); {
		i := strings.Index(text[from:], marker)
		j := strings.Index(text[from:], documents)
		switch {
		case i >= 0 && (j < 0 || i < j):
			start := from + i + len(marker)
			end := start + strings.IndexByte(text[start:]+">", '>')
			from = end
			b.file(strings.TrimSpace(text[start:end]), base+start, base+end)
		case j >= 0:
			start := from + j
			end := start
			for end < len(text) && isPathByte(text[end]) {
				end++
			}
			from = end
			if start > 0 && isPathByte(text[start-1]) {
				continue // it is in the middle of another path or address
			}
			name := strings.TrimRight(text[start:end], ".,:-")
			b.file(name, base+start, base+start+len(name))
		default:
			return
		}
	}
}

// isPathByte reports whether a byte can be part of a path in a text.
func isPathByte(c byte) bool { return isNameByte(c) || strings.IndexByte("/.-+,@:", c) >= 0 }

// file adds a link to a file of the tree if there is one.
func (b *linker) file(name string, start, end int) {
	if b.looked++; b.looked > maxFileLinks || name == "" || path.IsAbs(name) || strings.ContainsAny(name, "\n\x00\\") {
		return
	}
	key := path.Clean(name)
	if key == ".." || strings.HasPrefix(key, "../") {
		return // nothing outside of the tree is looked at
	}
	if absolute := absoluteIn(b.root.Dir, key); vfs.Exists(b.root.loader.fsys, absolute) {
		b.links = append(b.links, Link{
			Location: Location{b.path, start, end}, File: absolute, Tooltip: fmt.Sprintf("Open %s", key),
		})
	}
}
