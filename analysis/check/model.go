package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// ModelCheck looks for kinds of mistakes that take a look at a whole view, with all
// that entries inherit and macros come to. That takes too long while somebody types.
type ModelCheck struct {
	// Rules are those of the check's findings.
	Rules []Rule
	// Run reports the findings in the view of the pass.
	Run func(pass *ModelPass)
}

// ModelChecks returns the checks of views in the order in which they run.
func ModelChecks() []ModelCheck {
	return []ModelCheck{
		noType(),
		foreignChoiceDefaults(),
		selectTargets(),
		nonlogicInLogic(),
		redundantComparisons(),
		emptyMenuconfigs(),
		brokenSubmenus(),
		repeatedPrompts(),
		duplicateDefinitions(),
		undefinedHere(),
	}
}

// ModelPass is a view to look at.
type ModelPass struct {
	Model  *model.Model
	Policy *Policy
	// Sources are the files of the tree that the model was made of, Complete tells
	// that all of them are there.
	Sources  *menu.Sources
	Complete bool
	View     *menu.View

	findings []LineFinding
}

// RunModel runs all checks of views that the policy wants. The findings are sorted.
func RunModel(pass *ModelPass) []LineFinding {
	pass.findings = nil
	for _, c := range ModelChecks() {
		if pass.Policy.anyOn(c.Rules) {
			c.Run(pass)
		}
	}
	sortLines(pass.findings)
	return pass.findings
}

// report adds a finding, unless the policy does not want it, or the place is in no
// file.
func (p *ModelPass) report(f LineFinding) {
	if f.At.File != nil && p.Policy.On(f.Code) {
		p.findings = append(p.findings, f)
	}
}

func (p *ModelPass) name(a expr.Atom) string { return p.Model.Symbols[a].Name }

// quoted returns the name of a symbol for a message.
func (p *ModelPass) quoted(a expr.Atom) string { return "`" + p.name(a) + "`" }

// line returns a line of an entry.
func (p *ModelPass) line(id model.NodeID, statement int32) Line {
	return Line{File: p.Model.Nodes[id].File, Statement: statement}
}

// statement returns a line of an entry in the model's version of its file.
func (p *ModelPass) statement(id model.NodeID, statement int32) parser.Statement {
	return p.line(id, statement).statement()
}

// head returns what an entry is known by: the name of a symbol, the prompt of a menu,
// the whole line of an if.
func (p *ModelPass) head(id model.NodeID) Line {
	n := &p.Model.Nodes[id]
	line := p.line(id, n.Statement)
	if n.File == nil {
		return line
	}
	st := line.statement()
	token, ok := st.Operand()
	if st.Kind == parser.Menu || st.Kind == parser.MenuComment {
		token, ok = st.PromptToken()
	}
	if ok && st.Kind != parser.If {
		line.From, line.To = token, token+1
	}
	return line
}

// definition returns the head of the first entry of a symbol as a related line.
func (p *ModelPass) definition(a expr.Atom, message string) []RelatedLine {
	nodes := p.Model.Symbols[a].Nodes
	if len(nodes) == 0 {
		return nil
	}
	return []RelatedLine{{p.head(nodes[0]), message}}
}

// part is an operand of "&&" in a line that an entry depends on.
type part struct {
	Line
	id expr.ID
	// alone tells that it is all that the line says, and removable that it can be
	// taken out of it: it stands outside of parentheses.
	alone, removable bool
}

// parts returns the operands of "&&" of the conditions of an entry, without what is
// around it.
func (p *ModelPass) parts(id model.NodeID) []part {
	var all []part
	for _, condition := range p.Model.Nodes[id].Conditions {
		if condition.VisibleIf {
			continue
		}
		operands := p.Model.Pool.Conjuncts(condition.Expr)
		st := p.statement(id, condition.Statement)
		written := operandsOf(st)
		for i, operand := range operands {
			line := p.line(id, condition.Statement)
			exact := len(written) == len(operands)
			if exact {
				line.From, line.To = written[i][0], written[i][1]
			}
			all = append(all, part{line, operand, len(operands) == 1, exact})
		}
	}
	return all
}

// operandsOf returns the tokens of the operands of "&&" outside of parentheses in the
// expression of a statement.
func operandsOf(st parser.Statement) [][2]int {
	var all [][2]int
	valueOf(st).conjuncts(func(operand span) bool {
		if from, to := trimmed(st, operand.from, operand.to); from < to {
			all = append(all, [2]int{from, to})
		}
		return true
	})
	return all
}

// around returns the entries around an entry, the outermost first.
func (p *ModelPass) around(id model.NodeID) []model.NodeID {
	var all []model.NodeID
	for n := p.Model.Nodes[id].Block; n > 0; n = p.Model.Nodes[n].Block {
		all = append(all, n)
	}
	slices.Reverse(all)
	return all
}

// is reports whether an expression is a symbol alone.
func (p *ModelPass) is(id expr.ID, a expr.Atom) bool {
	return p.Model.Pool.Op(id) == expr.OpLeaf && p.Model.Pool.Atom(id) == a
}
