package check

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

const (
	codeSelectWrongTargetType = "select-wrong-target-type"
	codeChoiceMemberSelected  = "choice-member-selected"
	codeSelectVisible         = "select-visible"
	codeSelectWithDeps        = "select-with-deps"
)

// selectTargets reports selects and implies of what cannot be selected, and, if the user
// asks for it, of what should rather not be: see Documentation/kbuild/kconfig-language.rst.
func selectTargets() ModelCheck {
	rules := rulesOf(Structure, Warning, codeSelectWrongTargetType, codeChoiceMemberSelected)
	for _, id := range [...]string{codeSelectVisible, codeSelectWithDeps} {
		rules = append(rules, Rule{ID: id, Family: Structure, Severity: Information, Off: true})
	}
	return ModelCheck{Rules: rules, Run: func(p *ModelPass) {
		opinions := p.Policy.On(codeSelectVisible) || p.Policy.On(codeSelectWithDeps)
		for a := range p.Model.Symbols {
			s := &p.Model.Symbols[a]
			for i := range s.Properties {
				property := &s.Properties[i]
				if property.Kind != model.Select && property.Kind != model.Imply || p.Model.Symbols[property.Low].Kind != model.Plain {
					continue
				}
				p.selectTarget(s, property)
				if opinions && property.Kind == model.Select {
					p.selectOpinion(property)
				}
			}
		}
	}}
}

// selectTarget looks at a select or imply of a symbol, as sym_check_prop in
// scripts/kconfig/menu.c does.
func (p *ModelPass) selectTarget(s *model.Symbol, property *model.Property) {
	target, verb := &p.Model.Symbols[property.Low], "select"
	if property.Kind == model.Imply {
		verb = "imply"
	}
	name := p.quoted(property.Low)
	switch {
	case s.Type.IsLogical() && target.Type != model.UnknownType && !target.Type.IsLogical():
		f := p.selectFinding(codeSelectWrongTargetType, property, "is defined here")
		f.Message = name + " has the type " + target.Type.String() + ", and `" + verb + "` can only turn on what is bool or tristate: give it a `default` instead"
		f.Severity = Warning
		p.report(f)
	case target.Choice != model.NoNode || p.Model.OldChoices() && target.ChoiceValue:
		f := p.selectFinding(codeChoiceMemberSelected, property, "is a member of a choice here")
		f.Message = name + " is a member of a choice, which alone decides about it, so this `" + verb +
			"` does nothing: remove it, or give the choice a `default " + target.Name + "`"
		f.Severity = Warning
		if p.Model.OldChoices() {
			f.Message = name + " is a member of a choice, which decides about it while it is shown, so this `" + verb +
				"` does nothing then: remove it, or give the choice a `default " + target.Name + "`"
		}
		p.report(f)
	}
}

// selectOpinion looks at a select that does what it says.
func (p *ModelPass) selectOpinion(property *model.Property) {
	target := &p.Model.Symbols[property.Low]
	if !target.Defined {
		return
	}
	name := p.quoted(property.Low)
	for _, id := range target.Nodes {
		if n := &p.Model.Nodes[id]; n.HasPrompt {
			f := p.selectFinding(codeSelectVisible, property, "can be chosen by users, with this prompt")
			f.Message = name + " has a prompt, so users can choose it, and this takes the choice from them: depend on it, or select what has no prompt"
			if n.Own != 0 {
				f.Message = name + " has a prompt at times, so users can choose it then, and this takes the choice from them: depend on it, or select what has no prompt"
			}
			p.report(f)
			break
		}
	}
	if target.DirectDep != 0 {
		f := p.selectFinding(codeSelectWithDeps, property, "depends on something")
		f.Message = name + " depends on something, which `select` does not look at: depend on it, or see that what selects it depends on that, too"
		p.report(f)
	}
}

// selectFinding returns a finding at the target of a select or imply, with the definition
// of the target as a related line.
func (p *ModelPass) selectFinding(code string, property *model.Property, related string) LineFinding {
	f := LineFinding{
		Code: code, Severity: Information, At: p.line(property.Node, property.Statement),
		Symbol: p.name(property.Low), Related: p.definition(property.Low, p.quoted(property.Low)+" "+related),
	}
	if token, ok := p.statement(property.Node, property.Statement).Operand(); ok {
		f.At = f.At.tokens(token, token+1)
	}
	return f
}
