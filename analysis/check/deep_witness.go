package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/gate"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// witness is a configuration that shows that a select can turn its target higher than
// that depends on, and the answers of tools that it takes.
type witness struct {
	selected model.PropertyRef
	// lines are those of a configuration that matter: without any of them it would
	// not be shown.
	lines string
	// answers are what tools have to answer, by reference. It is shown whatever they
	// answer to all else.
	answers map[expr.Atom]string
}

// witness returns what shows that a select is wrong, from what the solver has found
// last, reduced to what matters. It returns nil unless an evaluation confirms it.
func (p *DeepPass) witness(ref model.PropertyRef, property *model.Property) *witness {
	prefix := config.Prefix(p.Model.Dialect)
	w := &witness{selected: ref, lines: p.Solver.Witness(prefix), answers: map[expr.Atom]string{}}
	possible := p.foundAnswers()
	e := p.evaluate(w)
	for !p.isUnmet(e, w.selected) {
		news := false
		for _, a := range p.undecided(e, ref, property) {
			if text, ok := possible[a]; ok && w.answers[a] == "" {
				w.answers[a], news = text, true
			}
		}
		if !news {
			return nil
		}
		e.Answer(w.answers)
	}
	p.reduceAnswers(w)
	e = p.evaluate(w)
	full := w.lines
	w.lines = p.reducedLines(e, w)
	if !p.isUnmet(p.evaluate(w), ref) {
		w.lines = full
	}
	if !p.isUnmet(p.evaluate(w), ref) {
		return nil
	}
	return w
}

// evaluate returns the values under a witness.
func (p *DeepPass) evaluate(w *witness) *config.Evaluation {
	user, _ := config.Read(p.Model, config.Parse(w.lines, config.Prefix(p.Model.Dialect)), p.Rules)
	e := config.Evaluate(p.Model, user, p.Rules)
	if len(w.answers) > 0 {
		e.Answer(w.answers)
	}
	return e
}

// isUnmet reports whether a select surely turns its target higher than what that
// depends on.
func (p *DeepPass) isUnmet(e *config.Evaluation, ref model.PropertyRef) bool {
	property := p.Model.Property(ref)
	condition, _ := e.Tristate(property.Condition)
	by := e.State(ref.Symbol).Value.And(condition)
	if p.Model.Symbols[property.Low].Type == model.Bool || p.Model.Modules == model.NoAtom {
		by = by.Bool()
	} else if modules := e.State(p.Model.Modules).Value; modules.Can(expr.N) {
		if !modules.Known() {
			return false
		}
		by = by.Bool()
	}
	return least(by) > greatest(e.State(property.Low).Direct)
}

// least and greatest return a value that is known: the end of what a value can be.
func least(t expr.Tristate) expr.Tristate { return t & -t }

func greatest(t expr.Tristate) expr.Tristate {
	for v := expr.Y; v > expr.N; v >>= 1 {
		if t.Can(v) {
			return v
		}
	}
	return expr.N
}

// undecided returns the references that decide about whether a select is wrong as
// things are, as far as they are not answered.
func (p *DeepPass) undecided(e *config.Evaluation, ref model.PropertyRef, property *model.Property) []expr.Atom {
	_, all := e.Tristate(property.Condition)
	all = append(slices.Clone(all), e.State(ref.Symbol).Causes...)
	_, below := e.Tristate(p.Model.Symbols[property.Low].DirectDep)
	all = append(all, below...)
	if p.Model.Modules != model.NoAtom {
		all = append(all, e.State(p.Model.Modules).Causes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// foundAnswers returns what tools answer in the configuration that the solver has
// found last, as far as that is known.
func (p *DeepPass) foundAnswers() map[expr.Atom]string {
	texts := map[expr.Atom]string{}
	for i := range p.Model.Symbols {
		a := expr.Atom(i)
		s := &p.Model.Symbols[i]
		switch {
		case s.Kind == model.Unanswered && s.AsksTool():
			if v := p.Solver.Value(a); v.Known() {
				texts[a] = v.String()
			}
		case gate.IsVersion(s):
			text, ok := p.Solver.Text(a)
			for k := range s.Properties {
				if q := &s.Properties[k]; q.Asks && ok && text != "" && text != "0" {
					defer func() { texts[q.Low] = text }() // goes before what it is in logic
				}
			}
		}
	}
	return texts
}

// reduceAnswers takes out the answers that do not matter.
func (p *DeepPass) reduceAnswers(w *witness) {
	for _, a := range slices.Sorted(maps.Keys(w.answers)) {
		text := w.answers[a]
		delete(w.answers, a)
		if !p.isUnmet(p.evaluate(w), w.selected) {
			w.answers[a] = text
		}
	}
}

// reducedLines returns the lines of a witness that matter. What conf comes to by
// itself is not said.
func (p *DeepPass) reducedLines(e *config.Evaluation, w *witness) string {
	file := config.Parse(w.lines, config.Prefix(p.Model.Dialect))
	kept := make([]bool, len(file.Lines))
	for i := range kept {
		kept[i] = true
	}
	// A line may matter only because of one that is taken out later.
	for news := true; news; {
		news = false
		for i := len(file.Lines) - 1; i >= 0; i-- {
			a, ok := p.Model.Lookup(file.Name(file.Lines[i]))
			if !kept[i] || !ok || a <= model.AtomYes {
				continue
			}
			before := e.User().Value(a)
			e.Restore(a, config.UserValue{Line: -1})
			if kept[i] = !p.isUnmet(e, w.selected); kept[i] {
				e.Restore(a, before)
			} else {
				news = true
			}
		}
	}
	var b strings.Builder
	for i, line := range file.Lines {
		if kept[i] {
			b.WriteString(file.Text[line.Start:line.End] + "\n")
		}
	}
	return b.String()
}

// plausible reports whether there may well be tools that answer as a witness has it.
// Which compiler it is, and of which version, can be anything; so can be one more
// question. Where more comes together it has to be what the newest of tools would
// answer: two options of which a compiler has the one and not the other may never
// have been apart.
func (p *DeepPass) plausible(w *witness) bool {
	kinds, versions := p.versions()
	newest := maps.Clone(w.answers)
	isOf := map[expr.Atom]bool{} // versions that have a kind of tool
	options, refused, numbers := 0, 0, 0
	for a, text := range w.answers {
		switch of, isKind := kinds[a]; {
		case versions[a]:
			numbers++
			newest[a] = "999999"
		case isKind && text == "y":
			if isOf[of] {
				return false // of two kinds at once
			}
			isOf[of] = true
		case isKind:
		case text == "y":
			options++
		default:
			options++
			refused++
		}
	}
	switch {
	case options == 0, options == 1 && numbers == 0:
		return true
	case refused > 0:
		return false
	}
	return p.isUnmet(p.evaluate(&witness{selected: w.selected, lines: w.lines, answers: newest}), w.selected)
}

// versions returns the references whose answer is a version, and for those that ask
// which kind of tool there is, as CC_IS_GCC does, the version that depends on it.
func (p *DeepPass) versions() (kinds map[expr.Atom]expr.Atom, versions map[expr.Atom]bool) {
	kinds, versions = map[expr.Atom]expr.Atom{}, map[expr.Atom]bool{}
	for i := range p.Model.Symbols {
		s := &p.Model.Symbols[i]
		if !gate.IsVersion(s) {
			continue
		}
		for k := range s.Properties {
			q := &s.Properties[k]
			if !q.Asks || q.Low == model.NoAtom {
				continue
			}
			versions[q.Low] = true
			p.Model.Pool.Atoms(q.Own, func(a expr.Atom) bool {
				for _, r := range p.Model.Symbols[a].Properties {
					if r.Kind == model.Default && r.Asks && r.Low != model.NoAtom {
						kinds[r.Low] = q.Low
					}
				}
				return true
			})
		}
	}
	return kinds, versions
}

// shows returns a witness for people, with lines that can be put into a
// configuration.
func (p *DeepPass) shows(w *witness) string {
	head := "a configuration that shows it"
	if p.Arch != "" {
		head += ", on " + p.Arch
	}
	var tools []string
	for _, a := range slices.Sorted(maps.Keys(w.answers)) {
		tools = append(tools, p.answered(a, w.answers))
	}
	if len(tools) > 0 {
		head += ", with tools by which " + strings.Join(tools, " and ")
	}
	if w.lines == "" {
		return head + ": an empty one"
	}
	return head + ":\n" + strings.TrimSuffix(w.lines, "\n")
}

// answered says what a reference comes to, by the name of the symbol that has it as
// its value if there is one: of two versions that of the tool that there is.
func (p *DeepPass) answered(a expr.Atom, answers map[expr.Atom]string) string {
	name := p.Model.AtomText(a)
	for i := range p.Model.Symbols {
		s := &p.Model.Symbols[i]
		for k := range s.Properties {
			q := &s.Properties[k]
			if q.Kind != model.Default || !q.Asks || q.Low != a {
				continue
			}
			name = s.Name
			if p.Model.Pool.Op(q.Own) != expr.OpLeaf || p.isAnswered(p.Model.Pool.Atom(q.Own), answers) {
				return "`" + name + "` is " + answers[a]
			}
		}
	}
	return "`" + name + "` is " + answers[a]
}

// isAnswered reports whether a symbol is the answer of a tool that is y.
func (p *DeepPass) isAnswered(a expr.Atom, answers map[expr.Atom]string) bool {
	return slices.ContainsFunc(p.Model.Symbols[a].Properties, func(q model.Property) bool {
		return q.Kind == model.Default && q.Low != model.NoAtom && answers[q.Low] == "y"
	})
}
