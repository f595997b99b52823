package check

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Family is a group of rules that can be switched together.
type Family string

// The families.
const (
	// Syntax is what a file cannot be read for, or is read otherwise than meant.
	Syntax Family = "syntax"
	// Structure is what symbols, choices and menus must have, or must not.
	Structure Family = "structure"
	// References is what is wrong with names.
	References Family = "references"
	// Dead is text that does nothing, or says something twice.
	Dead Family = "dead"
	// Deep is what takes a look at all configurations.
	Deep Family = "deep"
	// Rust is what is about Rust and the toolchain.
	Rust Family = "rust"
	// Configs is what is wrong with configurations.
	Configs Family = "config"
	// Code is what is wrong with names of symbols in code and Makefiles.
	Code Family = "code"
	// Style is how a text is set.
	Style Family = "style"
)

// Rule is what is known of a code. It never changes its id.
type Rule struct {
	ID     string
	Family Family
	// Severity is that of most of its findings, unless the user says otherwise.
	Severity Severity
	// Off tells that it is looked for only if the user asks for it.
	Off bool
	// Only are the names of the dialects in which it is looked for unless the user
	// asks for it, nil for all.
	Only []string
	// Everywhere tells that a finding counts only if it holds in the views of all
	// architectures that read the place.
	Everywhere bool
	// OfUser tells that findings are no mistakes in a tree: they say what the user's
	// tools, configuration or architecture keep from being on. A survey of a tree leaves
	// them out unless the user asks for them.
	OfUser bool
}

// Rules returns the rules of all checks, sorted by id.
func Rules() []Rule {
	rules := slices.Concat(configRules(), codeRules(), policyRules(), []Rule{cycleRule()})
	for _, c := range All() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range FileChecks() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range PlacedChecks() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range ModelChecks() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range GateChecks() {
		rules = append(rules, c.Rules...)
	}
	for _, c := range DeepChecks() {
		rules = append(rules, c.Rules...)
	}
	slices.SortStableFunc(rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(rules, func(a, b Rule) bool { return a.ID == b.ID })
}

// rulesOf returns rules of which there is nothing more to say.
func rulesOf(family Family, severity Severity, ids ...string) []Rule {
	rules := make([]Rule, len(ids))
	for i, id := range ids {
		rules[i] = Rule{ID: id, Family: family, Severity: severity}
	}
	return rules
}

// Level is what a user wants of a rule.
type Level uint8

// The levels. Default leaves it at what the rule says; the others but Off are a
// severity.
const (
	Default Level = iota
	Off
	AsError
	AsWarning
	AsInformation
	AsHint
	// On switches a rule on with the severity that it has.
	On
)

// LevelByName returns the level that is written as name in settings.
func LevelByName(name string) (Level, bool) {
	switch name {
	case "default":
		return Default, true
	case "off":
		return Off, true
	case "error":
		return AsError, true
	case "warning":
		return AsWarning, true
	case "information", "info":
		return AsInformation, true
	case "hint":
		return AsHint, true
	case "on":
		return On, true
	}
	return Default, false
}

// severity returns the severity that a level stands for, false if it stands for none.
func (l Level) severity() (Severity, bool) {
	switch l {
	case AsError:
		return Error, true
	case AsWarning:
		return Warning, true
	case AsInformation:
		return Information, true
	case AsHint:
		return Hint, true
	}
	return 0, false
}

// Levels are what a user wants of rules and families, by their names. What is said
// of a rule goes before what is said of its family. They are never changed in place.
type Levels map[string]Level

// Policy says which rules are looked for in a tree, and how severe they are. It never
// changes.
type Policy struct {
	rules   map[string]Rule
	levels  map[string]Level // by rule, without Default
	dialect string
	// files are the checks of single files of which a rule is looked for.
	files []FileCheck
}

// NewPolicy returns the policy of several levels, of which the later ones go before
// the earlier ones.
func NewPolicy(d parser.Dialect, levels ...Levels) *Policy {
	p := &Policy{rules: map[string]Rule{}, levels: map[string]Level{}, dialect: d.Name}
	for _, r := range Rules() {
		p.rules[r.ID] = r
		for _, l := range levels {
			level := l[r.ID]
			if level == Default {
				level = l[string(r.Family)]
			}
			if _, severe := p.levels[r.ID].severity(); level == On && severe {
				continue // it is on, with a severity of its own
			}
			if level != Default {
				p.levels[r.ID] = level
			}
		}
	}
	p.files = p.wantedFiles()
	return p
}

// OfTree returns the policy without the rules that tell of the user and not of the
// tree.
func (p *Policy) OfTree() *Policy {
	next := &Policy{rules: p.rules, levels: maps.Clone(p.levels), dialect: p.dialect, files: p.files}
	for id, r := range p.rules {
		if r.OfUser && !p.Asked(id) {
			next.levels[id] = Off
		}
	}
	return next
}

// WithoutHints returns the policy without the rules whose findings are hints.
func (p *Policy) WithoutHints() *Policy {
	next := &Policy{rules: p.rules, levels: maps.Clone(p.levels), dialect: p.dialect}
	for id, r := range p.rules {
		if p.Severity(id, r.Severity) == Hint {
			next.levels[id] = Off
		}
	}
	next.files = next.wantedFiles()
	return next
}

// wantedFiles returns the checks of single files of which a rule is looked for.
func (p *Policy) wantedFiles() []FileCheck {
	return slices.DeleteFunc(FileChecks(), func(c FileCheck) bool { return !p.anyOn(c.Rules) })
}

// On reports whether a rule is looked for.
func (p *Policy) On(id string) bool {
	switch p.levels[id] {
	case Default:
		r := p.rules[id]
		return !r.Off && (r.Only == nil || slices.Contains(r.Only, p.dialect))
	case Off:
		return false
	}
	return true
}

// Asked reports whether the user wants a rule in so many words, by its name or that of
// its family. What costs much is done only then.
func (p *Policy) Asked(id string) bool { return p.levels[id] != Default && p.levels[id] != Off }

// AnyOn reports whether any rule of a family is looked for.
func (p *Policy) AnyOn(family Family) bool {
	for _, r := range p.rules {
		if r.Family == family && p.On(r.ID) {
			return true
		}
	}
	return false
}

// anyOn reports whether any of the rules is looked for.
func (p *Policy) anyOn(rules []Rule) bool {
	return slices.ContainsFunc(rules, func(r Rule) bool { return p.On(r.ID) })
}

// Severity returns the severity of a finding that would have the given one.
func (p *Policy) Severity(id string, given Severity) Severity {
	if severity, ok := p.levels[id].severity(); ok {
		return severity
	}
	return given
}

// Rule returns a rule by its id.
func (p *Policy) Rule(id string) (Rule, bool) {
	r, ok := p.rules[id]
	return r, ok
}
