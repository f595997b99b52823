package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const (
	codeStyleNameCase   = "style-name-case"
	codeStyleNameLength = "style-name-length"
)

// mostNameLength is how long a name may be for kconfcheck of ESP-IDF.
const mostNameLength = 50

// styleName reports names of symbols that are not as kconfcheck of ESP-IDF wants them:
// in upper case, and not too long. There is no fix: a symbol is renamed in many files.
func styleName() FileCheck {
	rules := rulesOf(Style, Hint, codeStyleNameCase, codeStyleNameLength)
	for i := range rules {
		rules[i].Only = []string{"esp-idf"}
	}
	return FileCheck{Rules: rules, Run: func(p *FilePass) {
		for _, e := range p.Entries {
			if !e.Head.Kind.IsSymbolDefinition() {
				continue
			}
			name := e.Name()
			token, ok := e.Head.Operand()
			if !ok || name == "" || e.Head.Token(token).Kind != parser.Word {
				continue
			}
			f := LineFinding{Severity: Hint, At: p.line(e.Head).tokens(token, token+1), Symbol: name}
			if strings.ToUpper(name) != name {
				f.Code = codeStyleNameCase
				f.Message = fmt.Sprintf("`%s`: the name has lower-case letters: in this project's style it is `%s`", name, strings.ToUpper(name))
				p.report(f)
			}
			if n := utf8.RuneCountInString(name); n > mostNameLength {
				f.Code = codeStyleNameLength
				f.Message = fmt.Sprintf("`%s`: the name has %d characters, and this project's style has %d at most: find a shorter one", name, n, mostNameLength)
				p.report(f)
			}
		}
	}}
}
