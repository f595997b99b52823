package check

// The codes of what is wrong with lines of configurations. They are found with
// the values of a whole tree, and so not by a [Check].
const (
	CodeConfigMalformed     = "config-malformed"
	CodeConfigUnknownSymbol = "config-unknown-symbol"
	CodeConfigInvalidValue  = "config-invalid-value"
	CodeConfigInvalidText   = "config-invalid-text"
	CodeConfigAssignedTwice = "config-assigned-twice"
	CodeConfigChoice        = "config-choice-conflict"
	CodeConfigForced        = "config-forced"
	CodeConfigOutOfRange    = "config-out-of-range"
	CodeConfigNotSettable   = "config-not-settable"
	CodeConfigDropped       = "config-dropped"
	CodeConfigDefault       = "config-default"
	CodeConfigDeprecated    = "config-deprecated"
	CodeConfigForbidden     = "config-forbidden"
)

// configRules returns the rules about lines of configurations.
func configRules() []Rule {
	return append(rulesOf(Configs, Warning,
		CodeConfigMalformed, CodeConfigUnknownSymbol, CodeConfigInvalidValue, CodeConfigInvalidText,
		CodeConfigAssignedTwice, CodeConfigChoice, CodeConfigForced, CodeConfigOutOfRange,
		CodeConfigNotSettable, CodeConfigDropped, CodeConfigDeprecated, CodeConfigForbidden),
		rulesOf(Configs, Hint, CodeConfigDefault)...)
}
