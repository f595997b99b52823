package analysis

import (
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// gateConditions collects what a gate needs.
type gateConditions struct {
	gateView
	all []GateCondition
	// hold tells that all of them do; it is set while there are any.
	hold bool
}

// entry adds the conditions of an entry and of the blocks around it, the outermost
// first.
func (c *gateConditions) entry(id model.NodeID) {
	m := c.set.Model
	var around []model.NodeID
	for n := id; n > 0; n = m.Nodes[n].Block {
		around = append(around, n)
	}
	slices.Reverse(around)
	if len(c.all) == 0 {
		c.hold = true
	}
	for _, n := range around {
		for _, condition := range m.Nodes[n].Conditions {
			if !condition.VisibleIf {
				c.line(n, condition.Statement, condition.Expr)
			}
		}
	}
	for i := range m.Symbols[m.Nodes[id].Symbol].Properties {
		if p := &m.Symbols[m.Nodes[id].Symbol].Properties[i]; p.Kind == model.Prompt && p.Node == id && p.Own != 0 {
			c.line(id, p.Statement, p.Own)
		}
	}
}

// line adds the operands of "&&" of an expression that a line states.
func (c *gateConditions) line(id model.NodeID, statement int32, e expr.ID) {
	m := c.set.Model
	if m.Pool.Op(e) == expr.OpAnd {
		for _, arg := range m.Pool.Args(e) {
			c.line(id, statement, arg)
		}
		return
	}
	value, _ := c.evaluation.Tristate(e)
	condition := GateCondition{Text: m.Format(e), Place: c.root.placeOf(&m.Nodes[id], statement), State: answerOf(value)}
	reasons := c.evaluation.WhyBelow(e, expr.M)
	requirements := c.requirements(e)
	switch {
	case condition.State == Yes:
	case len(requirements) > 0:
		condition.Reason, condition.Fix = summaryOf(requirements, condition.State)
	}
	if condition.State != Yes && condition.Reason == "" {
		condition.Reason, condition.Fix = c.explainReasons(reasons)
	}
	c.hold = c.hold && condition.State == Yes
	c.all = append(c.all, condition)
	for _, r := range requirements {
		c.all = append(c.all, GateCondition{
			Text: r.Text, Place: c.requirementPlace(r), State: r.State, Reason: r.Reason, Fix: r.Fix, Tool: true, Advice: r.Advice,
		})
	}
}

// answerOf returns whether a condition holds.
func answerOf(t expr.Tristate) Answer {
	switch {
	case t == expr.N:
		return No
	case t.Can(expr.N):
		return Unknown
	}
	return Yes
}

// requirements returns what tools have to be like for a condition that is a symbol
// whose definition asks them, or a reference itself.
func (v gateView) requirements(e expr.ID) []Requirement {
	m := v.set.Model
	if m.Pool.Op(e) != expr.OpLeaf {
		return nil
	}
	return v.requirementsOf(m.Pool.Atom(e))
}

// requirementsOf returns what tools have to be like for a reference, or for a symbol
// that asks them.
func (v *Values) requirementsOf(a expr.Atom) []Requirement {
	tools := v.root.Tools(v.arch)
	if tools == nil || tools.Requirements == nil {
		return nil
	}
	var all []Requirement
	ask := func(commands []string) {
		for _, command := range commands {
			all = append(all, tools.Requirements(command)...)
		}
	}
	s := &v.evaluation.Model.Symbols[a]
	ask(s.Asked)
	if s.Type.IsLogical() {
		for _, line := range s.Asks {
			ask(line.Commands)
		}
	}
	return all
}

// summaryOf says in one sentence which requirements fail, or are not known, and
// what to do about the first one.
func summaryOf(requirements []Requirement, state Answer) (reason, fix string) {
	var reasons []string
	for _, r := range requirements {
		if r.Advice || r.State == Yes || state == No && r.State != No {
			continue
		}
		if r.Reason != "" && !slices.Contains(reasons, r.Reason) {
			reasons = append(reasons, r.Reason)
		}
		if fix == "" {
			fix = r.Fix
		}
	}
	return strings.Join(reasons, "; "), fix
}

// requirementPlace returns where the tree asks for a requirement.
func (v *Values) requirementPlace(r Requirement) Place {
	if r.File == "" {
		return Place{}
	}
	return Place{Location: Location{Path: absoluteIn(v.root.Dir, r.File)}, File: r.File, Line: r.Line}
}

// explainReasons puts what fails into a sentence, and says what to do about it as
// far as that is plain.
func (v gateView) explainReasons(reasons []*config.Reason) (text, fix string) {
	var texts []string
	for _, r := range reasons {
		line := alternativesLine(v.why(r))
		if !slices.Contains(texts, line) {
			texts = append(texts, line)
		}
		if fix == "" {
			fix = v.fixOf(r)
		}
	}
	return strings.Join(texts, "; "), fix
}

// alternativesLine is reasonLine for a reason of which several parts may fail that
// would each do.
func alternativesLine(w *Why) string {
	if w.Kind != "alternatives" || len(w.Causes) < 2 {
		return shortReason(w)
	}
	var parts []string
	for i, cause := range w.Causes {
		if i == maxSummaryParts {
			parts = append(parts, "and "+plural(len(w.Causes)-i, "other condition", "other conditions"))
			break
		}
		parts = append(parts, shortReason(cause))
	}
	return w.Text + ": " + strings.Join(parts, "; or ")
}

// shortReason is reasonLine without the steps that go without saying: that a symbol
// without a prompt hangs on its default, and this on what a tool has answered.
func shortReason(w *Why) string {
	var parts []string
	for {
		last := len(w.Causes) != 1
		switch {
		case last || w.Kind != "no-prompt" && w.Kind != "default" && w.Kind != "tool":
			parts = append(parts, w.Text)
		case w.Kind == "no-prompt" && len(parts) == 0:
			text, _, _ := strings.Cut(w.Text, ": ")
			parts = append(parts, text)
		}
		if last {
			return strings.Join(parts, "; ")
		}
		w = w.Causes[0]
	}
}

// explain adds to how a symbol is gated why the gate is not open.
func (v gateView) explain(g *Gating) {
	if g.State == GateOpen {
		return
	}
	if g.Tool {
		v.explainTest(g)
		return
	}
	a, _ := v.set.Model.Lookup(g.Gate)
	status := v.status(a)
	for _, c := range status.Conditions {
		if g.State == GateClosed && c.State == No && !c.Tool && c.Reason != "" {
			g.Reason, g.Fix = inQuotes(g.Gate)+" is off because "+c.Reason, c.Fix
			return
		}
		if g.State == GateUnknown && c.State == Unknown && !c.Tool && c.Reason != "" {
			g.Reason, g.Fix = "whether "+inQuotes(g.Gate)+" is on is not known"+behindNotKnown(c.Reason), c.Fix
			return
		}
	}
	for _, c := range status.Conditions {
		if c.State == Unknown && !c.Tool && c.Reason != "" {
			g.Reason, g.Fix = inQuotes(g.Gate)+" is off, and whether it can be on is not known"+behindNotKnown(c.Reason), c.Fix
			return
		}
	}
	if status.Hint != "" {
		g.Reason, g.Fix = inQuotes(g.Gate)+" is off because nothing turns it on", "Set "+inQuotes(status.Line)+"."
		return
	}
	g.Reason = inQuotes(g.Gate) + " is " + status.Value
}

// behindNotKnown returns a reason as it follows "is not known", which it may begin
// with itself.
func behindNotKnown(reason string) string {
	if because, ok := strings.CutPrefix(reason, "not known, "); ok {
		return ", " + because
	}
	return ": " + reason
}

// explainTest says what a tool has answered, or why it was not asked.
func (v gateView) explainTest(g *Gating) {
	t := &v.set.Tests[g.test]
	if t.Atom == model.NoAtom {
		version := &v.set.Model.Symbols[t.Version]
		if st := v.evaluation.State(t.Version); st.Known {
			tool := versionedTool(version.Name)
			if number, ok := readVersion(version, st.Text); ok {
				g.Reason = tool + " is " + number
				return
			}
			if st.Text == "0" {
				g.Reason = "the build uses no " + tool + ", for " + inQuotes(version.Name) + " is 0"
				return
			}
		}
		g.Reason, g.Fix = v.explainReasons([]*config.Reason{v.evaluation.Origin(t.Version)})
		return
	}
	want := No
	if g.State == GateUnknown {
		want = Unknown
	}
	if g.Reason, g.Fix = summaryOf(v.requirementsOf(t.Atom), want); g.Reason == "" {
		g.Reason, g.Fix = v.explainReasons([]*config.Reason{v.evaluation.Origin(t.Atom)})
	}
}

// fixOf says what to change about the first thing that a reason comes to and that a
// user can change. It is "" where there is a choice to make.
func (v gateView) fixOf(r *config.Reason) string {
	const deepest = 40
	m := v.set.Model
	for range deepest {
		if r.Kind == config.Answer || r.Kind == config.NotAnswered {
			state := No
			if r.Kind == config.NotAnswered {
				state = Unknown
			}
			_, fix := summaryOf(v.requirementsOf(r.Symbol), state)
			return fix
		}
		if r.Symbol != model.NoAtom && m.Symbols[r.Symbol].Kind == model.Plain {
			name := m.Symbols[r.Symbol].Name
			switch r.Kind {
			case config.NotSet, config.SetByUser:
				return "Set " + inQuotes(v.assignment(name, "y")) + "."
			case config.FromUser, config.FromImply:
				return "Turn " + inQuotes(name) + " off: " + inQuotes(v.assignment(name, "n")) + "."
			case config.FromDefault:
				if v.evaluation.Changeable(r.Symbol) {
					return "Turn " + inQuotes(name) + " off: " + inQuotes(v.assignment(name, "n")) + "."
				}
			case config.FromChoice:
				return "Choose another one in " + v.choiceName(r.Node) + " than " + inQuotes(name) + "."
			case config.OtherMember:
				return "Choose " + inQuotes(name) + " in " + v.choiceName(r.Node) + "."
			}
		}
		if r.Kind == config.Alternatives && r.Symbol == model.NoAtom {
			return v.eitherFix(r.Children)
		}
		if len(r.Children) != 1 {
			return ""
		}
		r = r.Children[0]
	}
	return ""
}

// eitherFix returns what to do where one of several things would help.
func (v gateView) eitherFix(alternatives []*config.Reason) string {
	var fixes []string
	for _, r := range alternatives {
		if fix := v.fixOf(r); fix != "" && !slices.Contains(fixes, fix) && len(fixes) < maxSummaryParts {
			fixes = append(fixes, fix)
		}
	}
	return strings.Join(fixes, " Or: ")
}

// assignment returns a line of a configuration.
func (v gateView) assignment(name, value string) string {
	prefix := config.Prefix(v.root.Dialect)
	if value == "n" {
		return "# " + prefix + name + " is not set"
	}
	return prefix + name + "=" + value
}
