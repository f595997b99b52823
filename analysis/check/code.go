package check

// The codes of what is wrong with names of symbols in code and Makefiles. They are
// found in files that are no Kconfig files, and so not by a [Check].
const (
	// CodeUndefinedConfigRef is about conditions in code that ask for a symbol that no
	// Kconfig file of the tree defines.
	CodeUndefinedConfigRef = "undefined-config-ref"
	// CodeMissingConfigPrefix is about names of symbols without CONFIG_ in IS_ENABLED.
	CodeMissingConfigPrefix = "missing-config-prefix"
	// CodeUnusedSymbol is about symbols that nothing uses.
	CodeUnusedSymbol = "unused-symbol"
)

// codeRules returns the rules about names in code. All files of a tree are looked
// through only if somebody asks for the rule by name; open files always are.
func codeRules() []Rule {
	rules := rulesOf(Code, Warning, CodeUndefinedConfigRef, CodeMissingConfigPrefix)
	rules[1].Off = true
	return append(rules, Rule{ID: CodeUnusedSymbol, Family: References, Severity: Information, Off: true})
}
