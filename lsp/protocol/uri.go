package protocol

import (
	"errors"
	"fmt"
	"path"
	"runtime"
	"strings"
	"unicode/utf8"
)

// A DocumentURI is the name of a document. URIs that were decoded from JSON, or
// made by [ParseURI] or [URIFromPath], are normalized: two spellings of one
// file name (escapes, drive letters, dots, a missing host) are equal as
// strings, so that URIs can be compared and be keys of maps. Links in the file
// system and the case of letters are not looked at.
type DocumentURI string

// ErrNotFile is wrapped by the error of [DocumentURI.Path] for URIs that name
// something else than a file of this machine.
var ErrNotFile = errors.New("not a file of this machine")

const fileScheme = "file"

// ParseURI returns the normalized form of s. It never fails: what is no file
// URI is returned as it is. Queries and fragments are no part of a file's name
// and are dropped.
func ParseURI(s string) DocumentURI { return parseURI(s, runtime.GOOS == "windows") }

// URIFromPath returns the URI of the file with the given absolute path, in the
// syntax of the running system.
func URIFromPath(path string) DocumentURI { return uriFromPath(path, runtime.GOOS == "windows") }

// Scheme returns the scheme of u in lower case, or "" if it has none.
func (u DocumentURI) Scheme() string {
	scheme, _, _ := splitScheme(string(u))
	return scheme
}

// IsFile reports whether u has the scheme "file". Path may fail nonetheless.
func (u DocumentURI) IsFile() bool { return u.Scheme() == fileScheme }

// Path returns the path of the file that u names, absolute and clean, in the
// syntax of the running system. The error wraps [ErrNotFile] if the scheme is
// not "file", or the file is on another host and the system has no paths for
// these.
func (u DocumentURI) Path() (string, error) { return u.path(runtime.GOOS == "windows") }

// UnmarshalText implements [encoding.TextUnmarshaler], and so normalizes URIs
// wherever they are decoded.
func (u *DocumentURI) UnmarshalText(text []byte) error {
	*u = ParseURI(string(text))
	return nil
}

// splitScheme splits s behind its scheme, which is returned in lower case.
func splitScheme(s string) (scheme, rest string, ok bool) {
	i := strings.IndexByte(s, ':')
	if i <= 0 {
		return "", s, false
	}
	for j := range i {
		c := s[j]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (j == 0 || !strings.ContainsRune("0123456789+-.", rune(c))) {
			return "", s, false
		}
	}
	return strings.ToLower(s[:i]), s[i+1:], true
}

func parseURI(s string, windows bool) DocumentURI {
	host, name, ok := splitFileURI(s, windows)
	if !ok {
		return DocumentURI(s)
	}
	return joinFileURI(host, name, windows)
}

// splitFileURI returns the host and the decoded, clean path of a file URI. The
// path begins with a slash, also before a drive letter.
func splitFileURI(s string, windows bool) (host, name string, ok bool) {
	scheme, rest, _ := splitScheme(s)
	if scheme != fileScheme || !strings.HasPrefix(rest, "/") {
		return "", "", false
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	if after, found := strings.CutPrefix(rest, "//"); found {
		host, rest = after, ""
		if i := strings.IndexByte(after, '/'); i >= 0 {
			host, rest = after[:i], after[i:]
		}
	}
	name = unescape(rest)
	if host = strings.ToLower(unescape(host)); host == "localhost" {
		host = ""
	}
	if strings.ContainsAny(host, `/\`) {
		return "", "", false // no host has such a name, and no path could hold it
	}
	if windows {
		name = strings.ReplaceAll(name, `\`, "/")
		if hasDrive(host) { // file://c:/x, with a slash too few
			host, name = "", "/"+host+name
		}
	}
	return host, name, true
}

// joinFileURI is the one place where file URIs are put together.
func joinFileURI(host, name string, windows bool) DocumentURI {
	name = path.Clean("/" + name)
	if windows && hasDrive(name[1:]) {
		// The drive letter and its colon are written as most clients other
		// than VS Code write them.
		drive, rest := strings.ToUpper(name[1:2])+":", name[3:]
		if rest == "" {
			rest = "/" // C:/ is the root, C: is not
		}
		return DocumentURI("file:///" + drive + escape(rest))
	}
	return DocumentURI("file://" + escape(host) + escape(name))
}

// hasDrive reports whether s begins with a drive letter and a colon, alone or
// before a slash.
func hasDrive(s string) bool {
	if len(s) < 2 || s[1] != ':' || len(s) > 2 && s[2] != '/' {
		return false
	}
	c := s[0] | 0x20
	return 'a' <= c && c <= 'z'
}

func uriFromPath(name string, windows bool) DocumentURI {
	if !windows {
		return joinFileURI("", name, false)
	}
	name = strings.ReplaceAll(name, `\`, "/")
	if unc, found := strings.CutPrefix(name, "//"); found {
		host, share, _ := strings.Cut(unc, "/")
		return joinFileURI(strings.ToLower(host), share, true)
	}
	return joinFileURI("", name, true)
}

func (u DocumentURI) path(windows bool) (string, error) {
	host, name, ok := splitFileURI(string(u), windows)
	switch {
	case !ok:
		return "", fmt.Errorf("%s: %w", u, ErrNotFile)
	case strings.ContainsRune(name, 0):
		return "", fmt.Errorf("%s: NUL in a file name: %w", u, ErrNotFile)
	case host != "" && !windows:
		return "", fmt.Errorf("%s: on host %s: %w", u, host, ErrNotFile)
	}
	name = path.Clean("/" + name)
	if !windows {
		return name, nil
	}
	switch {
	case host != "":
		name = "//" + host + name
	case hasDrive(name[1:]):
		name = strings.ToUpper(name[1:2]) + name[2:]
		if len(name) == 2 {
			name += "/"
		}
	}
	return strings.ReplaceAll(name, "/", `\`), nil
}

// unescape decodes percent escapes. What is no escape stands for itself: a
// client that sends "100%" means that.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := unhex(s[i+1]), unhex(s[i+2]); hi >= 0 && lo >= 0 {
				b = append(b, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// escape encodes everything but slashes and what RFC 3986 calls unreserved.
// That is what VS Code does, so its URIs of files stay as they are.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' && c < utf8.RuneSelf
		if letter || '0' <= c && c <= '9' || strings.IndexByte("/-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}
