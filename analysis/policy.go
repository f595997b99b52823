package analysis

import (
	"path/filepath"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/policy"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
)

// statedPolicy is what the file of a tree says of checks, nil if there is none.
type statedPolicy struct{ *policy.Policy }

// readPolicy reads what the tree in a directory says of checks.
func readPolicy(fsys vfs.FS, dir string) statedPolicy {
	read := func(name string) (string, error) {
		text, _, err := fsys.ReadFile(absoluteIn(dir, name), policy.MaxSize)
		return text, err
	}
	text, err := read(policy.Name)
	if err != nil {
		return statedPolicy{}
	}
	return statedPolicy{policy.Read(text, read)}
}

// differs reports whether the file says something else than before.
func (p statedPolicy) differs(before *policy.Policy) bool {
	if p.Policy == nil || before == nil {
		return p.Policy != before
	}
	return p.Text != before.Text || !slices.Equal(p.UndefinedAllowed, before.UndefinedAllowed)
}

// setPolicy has the tree say something else of checks.
func (r *Root) setPolicy(stated statedPolicy) {
	r.stated = stated.Policy
	var levels check.Levels
	if r.stated != nil {
		levels = r.stated.Levels
	}
	r.policy = check.NewPolicy(r.Dialect, levels, r.settings.Checks)
	r.allowed, r.forbidden = setOf(r.settings.UndefinedAllowed), setOf(r.settings.Forbidden)
	if r.stated != nil {
		addTo(r.allowed, r.stated.UndefinedAllowed)
		addTo(r.forbidden, r.stated.Forbidden)
	}
}

// policyPath returns the absolute path of the file in which the tree says what it
// wants of checks.
func (r *Root) policyPath() string { return filepath.Join(r.Dir, policy.Name) }

// isPolicy reports whether what the tree says of checks stands in the file with the
// absolute path.
func (r *Root) isPolicy(path string) bool {
	return path == r.policyPath() || r.stated != nil && r.stated.AllowedFile != "" && path == absoluteIn(r.Dir, r.stated.AllowedFile)
}

// PolicyFile is the file in which a tree says what it wants of checks.
type PolicyFile struct {
	// Path is absolute.
	Path string
	// Text is what was read.
	Text string
	// Found is what is wrong with the file, in order.
	Found []Diagnostic
}

// PolicyFile returns the file in which the tree says what it wants of checks, false if
// it has none.
func (r *Root) PolicyFile() (PolicyFile, bool) {
	if r.stated == nil {
		return PolicyFile{}, false
	}
	f := PolicyFile{Path: r.policyPath(), Text: r.stated.Text}
	for _, p := range r.stated.Problems {
		f.Found = append(f.Found, Diagnostic{
			Location: Location{f.Path, p.Start, p.End}, Code: check.CodePolicyInvalid, Severity: check.Error, Message: p.Message,
		})
	}
	return f, true
}
