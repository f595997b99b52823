package check

// The codes of findings about what people say of checks: in the file .kconfig-ls.yaml
// of a tree, and in comments. The first is found by package analysis.
const (
	CodePolicyInvalid = "policy-invalid"
	CodeUnknownCheck  = "unknown-check"
)

// policyRules returns the rules about what people say of checks where no check looks.
func policyRules() []Rule { return rulesOf(Syntax, Error, CodePolicyInvalid) }
