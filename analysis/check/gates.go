package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// GateCheck looks for one kind of mistake about gates: symbols that stand for Rust
// or the toolchain. Unlike a [Check] it looks at a whole view with its values, which
// takes too long while somebody types.
type GateCheck struct {
	// IDs are the codes of the check's findings.
	IDs []string
	// Run reports the findings in the view of the pass.
	Run func(pass *GatePass)
}

// GateChecks returns the checks about gates in the order in which they run.
func GateChecks() []GateCheck {
	return []GateCheck{
		gateClosed(),
		missingDependency(),
		redundantDependency(),
		gateConflict(),
		archWithoutGate(),
		conditionMissing(),
		toolAnswers(),
	}
}

// TellsOfUser reports whether findings with a code are no mistakes in a tree: they
// say what the user's tools or configuration keep from being on.
func TellsOfUser(code string) bool {
	switch code {
	case CodeGateClosed, codeAnswerFalse, codeAnswerUnknown:
		return true
	}
	return false
}

// GatePass is a view with what is known of its gates.
type GatePass struct {
	Model *model.Model
	Gates *gate.Set
	// Sources are the files of the tree that the model was made of, Complete tells
	// that all of them are there.
	Sources  *menu.Sources
	Complete bool
	View     *menu.View
	// Archs are the architectures that the tree has, ViewOf their views.
	Archs  []string
	ViewOf func(arch string) *menu.View
	// Shut are the gates that are closed in this view for sure.
	Shut []ShutGate
	// Objects are what is built of sources of Rust, Flags those that are given to
	// compilers without a test, by the Makefiles beside the Kconfig files of the view.
	Objects []BuiltObject
	Flags   []GivenFlag
	// Explain says why a reference that asks a tool is n or not known, and what to
	// do about it, in sentences; both may be "".
	Explain func(reference expr.Atom) (reason, fix string)

	findings []GateFinding
}

// ShutGate is the gate of a language that is closed.
type ShutGate struct {
	// Language is its index in the languages of the set.
	Language int
	// Reason says why, in a sentence without a full stop, Fix what to do, in one with
	// it. Both may be "".
	Reason, Fix string
}

// Line is a statement of a model, or tokens of it.
type Line struct {
	Node      model.NodeID
	Statement int32
	// From and To are the tokens that are meant, To exclusive. If both are 0 it is
	// the whole statement.
	From, To int
}

// GateFinding is something that a [GateCheck] has found.
type GateFinding struct {
	Code     string
	Severity Severity
	At       Line
	// Message says what is wrong, why, and what to do.
	Message string
	// Symbol is the name of the symbol it is about, "" if there is none.
	Symbol string
	// Unnecessary tells that the text could as well not be there.
	Unnecessary bool
	Related     []RelatedLine
	Files       []RelatedFile
	// Fix is a change that mends it, nil if there is none that is safe.
	Fix *LineFix
}

// RelatedLine is a line that explains a finding.
type RelatedLine struct {
	Line
	Message string
}

// RelatedFile is a place in another file than a Kconfig file that explains a finding.
type RelatedFile struct {
	FilePlace
	Message string
}

// LineFix is a change of one statement.
type LineFix struct {
	// Title says what it does, for people to choose it.
	Title string
	At    Line
	Kind  FixKind
	// Text is what is put in.
	Text string
}

// FixKind says how a statement changes.
type FixKind uint8

// The kinds of fixes.
const (
	// RemoveLine takes the statement out, with its line end.
	RemoveLine FixKind = iota + 1
	// RemoveBefore takes out the tokens and what lies between them and the next one.
	RemoveBefore
	// RemoveBehind takes out the tokens and what lies between them and the one before.
	RemoveBehind
	// InsertBelow puts a line with the text below the statement, with the indentation
	// of the entry's attributes.
	InsertBelow
)

// RunGates runs all checks about gates. The findings are sorted by entry and line.
func RunGates(pass *GatePass) []GateFinding {
	pass.findings = nil
	for _, c := range GateChecks() {
		c.Run(pass)
	}
	slices.SortStableFunc(pass.findings, func(a, b GateFinding) int {
		return cmp.Or(cmp.Compare(a.At.Node, b.At.Node), cmp.Compare(a.At.Statement, b.At.Statement),
			cmp.Compare(a.At.From, b.At.From), cmp.Compare(a.Code, b.Code))
	})
	return pass.findings
}

func (p *GatePass) report(f GateFinding) { p.findings = append(p.findings, f) }

// languages calls f with the gates that stand for Rust, for checks whose findings
// have its name.
func (p *GatePass) languages(f func(language int, a expr.Atom)) {
	for i, a := range p.Gates.Languages {
		if strings.Contains(p.name(a), "RUST") {
			f(i, a)
		}
	}
}

func (p *GatePass) name(a expr.Atom) string { return p.Model.Symbols[a].Name }

// quoted returns the name of a symbol for a message.
func (p *GatePass) quoted(a expr.Atom) string { return "`" + p.name(a) + "`" }

// statement returns a statement of the model's version of a file.
func (p *GatePass) statement(id model.NodeID, statement int32) parser.Statement {
	return p.Model.Nodes[id].File.Tree.At(int(statement))
}

// head returns what an entry is known by: the name of a symbol, the prompt of a menu,
// the whole line of an if.
func (p *GatePass) head(id model.NodeID) Line {
	n := &p.Model.Nodes[id]
	line := Line{Node: id, Statement: n.Statement}
	if n.File == nil {
		return line
	}
	st := p.statement(id, n.Statement)
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
func (p *GatePass) definition(a expr.Atom, message string) []RelatedLine {
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
func (p *GatePass) parts(id model.NodeID) []part {
	var all []part
	for _, condition := range p.Model.Nodes[id].Conditions {
		if condition.VisibleIf {
			continue
		}
		operands := p.Model.Pool.Conjuncts(condition.Expr)
		st := p.statement(id, condition.Statement)
		written := operandsOf(st)
		for i, operand := range operands {
			line := Line{Node: id, Statement: condition.Statement}
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
	from, to := st.Expression()
	var all [][2]int
	depth, start, end := 0, -1, 0
	for i := from; i < to; i++ {
		switch kind := st.Token(i).Kind; kind {
		case parser.Comment, parser.BadCharacter:
			continue
		case parser.OpenParen:
			depth++
		case parser.CloseParen:
			depth--
		case parser.Or:
			if depth == 0 {
				return [][2]int{{from, to}}
			}
		case parser.And:
			if depth == 0 {
				if start >= 0 {
					all = append(all, [2]int{start, end})
				}
				start = -1
				continue
			}
		}
		if start < 0 {
			start = i
		}
		end = i + 1
	}
	if start >= 0 {
		all = append(all, [2]int{start, end})
	}
	return all
}

// around returns the entries around an entry, the outermost first.
func (p *GatePass) around(id model.NodeID) []model.NodeID {
	var all []model.NodeID
	for n := p.Model.Nodes[id].Block; n > 0; n = p.Model.Nodes[n].Block {
		all = append(all, n)
	}
	slices.Reverse(all)
	return all
}

// written returns tokens of a statement as they stand there, on one line.
func (p *GatePass) written(l Line) string {
	st := p.statement(l.Node, l.Statement)
	text := st.Text()
	if l.To > l.From {
		text = p.Model.Nodes[l.Node].File.Tree.Slice(int(st.Token(l.From).Start), int(st.Token(l.To-1).End))
	}
	return strings.Join(strings.Fields(text), " ")
}

// is reports whether an expression is a symbol alone.
func (p *GatePass) is(id expr.ID, a expr.Atom) bool {
	return p.Model.Pool.Op(id) == expr.OpLeaf && p.Model.Pool.Atom(id) == a
}
