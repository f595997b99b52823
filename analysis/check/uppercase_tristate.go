package check

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
)

const codeUppercaseTristate = "uppercase-tristate"

// uppercaseTristate reports Y, M and N for y, m and n: they are names of symbols, and
// so n as values. See sym_lookup in scripts/kconfig/symbol.c.
func (u undefinedName) uppercaseTristate() (Finding, bool) {
	constant := strings.ToLower(u.name)
	switch u.name {
	case "Y", "M", "N":
	default:
		return Finding{}, false
	}
	switch u.Role {
	case menu.Selects, menu.Implies, menu.Sets, menu.Redefaults:
		return Finding{}, false // no constant can stand there
	}
	f := Finding{
		Code: codeUppercaseTristate,
		Message: "`" + u.name + "` is the name of a symbol that no Kconfig file of the tree defines, so it is always n here: the constant is written `" +
			constant + "`",
		Fix: fixOf("Write `"+constant+"`", u.at(), Replace, constant),
	}
	if _, compared := u.comparedWith(); compared {
		f.Message = "`" + u.name + "` is the name of a symbol that no Kconfig file of the tree defines, so this compares with the text \"" +
			u.name + "\": the constant is written `" + constant + "`"
	} else if u.name == "N" {
		f.Fix.keepingMeaning()
	}
	return f, true
}
