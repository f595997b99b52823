package policy

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

// The keys of the file.
const (
	keyChecks      = "checks"
	keyIgnore      = "ignore"
	keyAllowed     = "undefined-allowed"
	keyAllowedFile = "undefined-allowed-file"
	keyForbidden   = "forbidden"

	// keyPath and keyChecks are those of an element of keyIgnore.
	keyPath = "path"
)

// Read reads the text of the file. The function file returns the text of another file
// of the tree, by its path relative to the tree's directory.
func Read(text string, file func(path string) (string, error)) *Policy {
	r := &reader{Policy: &Policy{Text: text, Levels: check.Levels{}}, names: check.Names(), file: file}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		r.malformed(err)
	} else if len(document.Content) > 0 && !isNull(document.Content[0]) {
		r.top(document.Content[0])
	}
	r.UndefinedAllowed, r.Forbidden = sorted(r.UndefinedAllowed), sorted(r.Forbidden)
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return a.Start - b.Start })
	return r.Policy
}

// reader fills a policy from the nodes of the file. These are looked at and not
// decoded, for the places, and because off and on are no truth values here.
type reader struct {
	*Policy
	names []string // of rules and families, sorted
	file  func(path string) (string, error)
}

// errorLine is how errors of the YAML library begin.
var errorLine = regexp.MustCompile(`^yaml: line (\d+): `)

// malformed reports that the text is no YAML.
func (r *reader) malformed(err error) {
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := errorLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1]) // digits, which fit
		message = err.Error()[len(m[0]):]
	}
	start := r.offset(line, 1)
	end := start + len(firstLine(r.Text[start:]))
	r.Problems = append(r.Problems, Problem{start, end, "the file is no YAML: " + message + ": none of it counts"})
}

// maxProblems is how many problems are told. A text with more of them is no such file.
const maxProblems = 100

// isCheck reports whether a node names a rule or family.
func (r *reader) isCheck(n *yaml.Node) bool {
	_, ok := slices.BinarySearch(r.names, n.Value)
	return ok
}

// unknownCheck reports that a node names no rule or family.
func (r *reader) unknownCheck(n *yaml.Node) {
	if len(r.Problems) < maxProblems { // looking for what was meant takes a while
		r.report(n, "%s", check.UnknownName(n.Value))
	}
}

func (r *reader) report(n *yaml.Node, format string, args ...any) {
	if len(r.Problems) >= maxProblems {
		return
	}
	start := r.offset(n.Line, n.Column)
	end := start + len(n.Value)
	if n.Kind != yaml.ScalarNode {
		end = start + len(strings.TrimRight(firstLine(r.Text[start:]), " \t"))
	} else if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		end += 2
	}
	r.Problems = append(r.Problems, Problem{start, min(end, len(r.Text)), fmt.Sprintf(format, args...)})
}

// offset returns the byte offset of a line and a column, both counted from 1, columns
// in characters.
func (r *reader) offset(line, column int) int {
	start := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(r.Text[start:], '\n')
		if next < 0 {
			return len(r.Text)
		}
		start += next + 1
	}
	for i := range firstLine(r.Text[start:]) {
		if column--; column <= 0 {
			return start + i
		}
	}
	return start + len(firstLine(r.Text[start:]))
}

// firstLine returns a text up to the end of its first line.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(line, "\r")
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// members calls do with each key of a mapping and its value, and reports what is no
// mapping and what is there twice.
func (r *reader) members(n *yaml.Node, what string, do func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.report(n, "%s must be a mapping, with lines such as `key: value`", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.ScalarNode && seen[key.Value] {
			r.report(key, "`%s` is there twice: remove one of them", key.Value)
			continue
		}
		seen[key.Value] = true
		do(key, value)
	}
}

func (r *reader) top(n *yaml.Node) {
	r.members(n, "the file", func(key, value *yaml.Node) {
		if isNull(value) {
			value = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: key.Line, Column: key.Column}
		}
		switch key.Value {
		case keyChecks:
			r.checks(value)
		case keyIgnore:
			r.ignore(value)
		case keyAllowed:
			r.UndefinedAllowed = append(r.UndefinedAllowed, r.list(value, keyAllowed, "names of symbols")...)
		case keyAllowedFile:
			r.allowedFile(value)
		case keyForbidden:
			r.Forbidden = append(r.Forbidden, r.list(value, keyForbidden, "names of symbols")...)
		default:
			r.unknownKey(key, keyChecks, keyIgnore, keyAllowed, keyAllowedFile, keyForbidden)
		}
	})
}

func (r *reader) unknownKey(key *yaml.Node, known ...string) {
	r.report(key, "there is no key `%s` here: the keys are %s", key.Value, strings.Join(known, ", "))
}

func (r *reader) checks(n *yaml.Node) {
	if isNull(n) {
		return
	}
	r.members(n, "`"+keyChecks+"`", func(key, value *yaml.Node) {
		level, ok := check.LevelByName(value.Value)
		switch {
		case !r.isCheck(key):
			r.unknownCheck(key)
		case !ok || value.Kind != yaml.ScalarNode:
			r.report(value, "`%s` must be off, on, error, warning, information or hint", key.Value)
		default:
			r.Levels[key.Value] = level
		}
	})
}

func (r *reader) ignore(n *yaml.Node) {
	if isNull(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		r.report(n, "`%s` must be a list: each element begins with `- %s:`", keyIgnore, keyPath)
		return
	}
	for _, element := range n.Content {
		var i ignored
		good := true
		bad := func(n *yaml.Node, format string, args ...any) {
			good = false
			r.report(n, format, args...)
		}
		before := len(r.Problems)
		r.members(element, "an element of `"+keyIgnore+"`", func(key, value *yaml.Node) {
			switch key.Value {
			case keyPath:
				i.pattern = strings.Split(strings.TrimPrefix(strings.TrimSuffix(value.Value, "/"), "./"), "/")
				if _, err := path.Match(value.Value, ""); err != nil || value.Kind != yaml.ScalarNode || value.Value == "" {
					bad(value, "`%s` must be a pattern of paths, such as `drivers/*/Kconfig` or `arch/**`", keyPath)
				} else if strings.HasPrefix(value.Value, "/") || slices.Contains(i.pattern, "..") {
					bad(value, "`%s` counts from the top of the tree: write it without a `/` at its beginning and without `..`", keyPath)
				}
			case keyChecks:
				i.checks = []string{}
				for _, node := range r.scalars(value, keyChecks, "ids or families of checks") {
					if r.isCheck(node) {
						i.checks = append(i.checks, node.Value)
					} else {
						r.unknownCheck(node)
					}
				}
			default:
				r.unknownKey(key, keyPath, keyChecks)
				good = false
			}
		})
		if i.pattern == nil && len(r.Problems) == before {
			bad(element, "this element has no `%s`: name the files that it is about", keyPath)
		}
		if good && i.pattern != nil {
			r.ignored = append(r.ignored, i)
		}
	}
}

// list returns the texts of a list.
func (r *reader) list(n *yaml.Node, key, what string) []string {
	var texts []string
	for _, node := range r.scalars(n, key, what) {
		texts = append(texts, node.Value)
	}
	return texts
}

// scalars returns the elements of a list, or what stands alone in place of one. What is
// neither is reported.
func (r *reader) scalars(n *yaml.Node, key, what string) []*yaml.Node {
	all := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		all = n.Content
	}
	var good []*yaml.Node
	for _, node := range all {
		switch {
		case isNull(node):
		case node.Kind != yaml.ScalarNode:
			r.report(node, "`%s` must be a list of %s", key, what)
		default:
			good = append(good, node)
		}
	}
	return good
}

func (r *reader) allowedFile(n *yaml.Node) {
	name := path.Clean(n.Value)
	switch {
	case isNull(n) || n.Kind != yaml.ScalarNode || n.Value == "":
		r.report(n, "`%s` must be the path of a file", keyAllowedFile)
		return
	case path.IsAbs(name) || name == ".." || strings.HasPrefix(name, "../") || strings.ContainsAny(name, `\:`):
		r.report(n, "`%s` must be a file of the tree: write its path from the top of the tree, with slashes", keyAllowedFile)
		return
	}
	r.AllowedFile = name
	text, err := r.file(name)
	if err != nil {
		r.report(n, "`%s` cannot be read: correct the path or create the file, with a name on each line", name)
		return
	}
	r.UndefinedAllowed = append(r.UndefinedAllowed, Names(text)...)
}
