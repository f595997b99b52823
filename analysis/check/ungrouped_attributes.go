package check

import (
	"fmt"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeUngroupedAttributes = "ungrouped-attributes"

// ungroupedAttributes reports attributes that stand apart from those of their kind in
// the same entry.
func ungroupedAttributes() FileCheck {
	rule := Rule{ID: codeUngroupedAttributes, Family: Style, Severity: Hint, Off: true}
	return FileCheck{Rules: []Rule{rule}, Run: func(p *FilePass) {
		grouped := kindsOf(parser.DependsOn, parser.Select, parser.Imply, parser.Range, parser.Default)
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Repeated&grouped == 0 {
				continue
			}
			last := map[parser.StatementKind]int{} // the last line of a kind
			for j, st := range e.Lines {
				if !grouped.Has(st.Kind) {
					continue
				}
				if before, ok := last[st.Kind]; ok && before < j-1 {
					p.ungrouped(e, e.Lines[before], st)
				}
				last[st.Kind] = j
			}
		}
	}}
}

func (p *FilePass) ungrouped(e *FileEntry, before, st parser.Statement) {
	what := strings.Split(st.Kind.String(), "-")[0]
	p.report(LineFinding{
		Code: codeUngroupedAttributes, Severity: Hint, At: p.line(st), Symbol: e.Name(),
		Message: fmt.Sprintf("%s has its `%s` lines in several places: put them together", subject(e), what),
		Related: []RelatedLine{{p.line(before), "the one before"}},
		Fix: (&Fix{Title: "Move it to the one before", Changes: []Change{
			{p.line(before), InsertBelow, strings.TrimSpace(st.Text())}, {p.line(st), RemoveLine, ""},
		}}).keepingMeaning(),
	})
}
