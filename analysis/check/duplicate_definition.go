package check

import (
	"slices"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

const codeDuplicateDefinition = "duplicate-definition"

// duplicateDefinitions reports definitions that say nothing which another one of the view
// does not say under the same conditions, whatever the architecture. Projects that give symbols more properties in
// definitions elsewhere are left out: it is what they do on purpose.
func duplicateDefinitions() ModelCheck {
	rule := Rule{
		ID: codeDuplicateDefinition, Family: Structure, Severity: Information, Everywhere: true,
		Only: []string{"linux", "barebox", "busybox", "crosstool-ng", "xen"},
	}
	return ModelCheck{Rules: []Rule{rule}, Run: func(p *ModelPass) {
		for a := range p.Model.Symbols {
			s := &p.Model.Symbols[a]
			if len(s.Nodes) < 2 || s.Kind != model.Plain {
				continue
			}
			for i, id := range s.Nodes {
				before := slices.IndexFunc(s.Nodes[:i], func(other model.NodeID) bool { return p.saysAsMuch(s, other, id) })
				if before < 0 {
					continue
				}
				p.report(LineFinding{
					Code: codeDuplicateDefinition, Severity: Information, At: p.head(id), Symbol: s.Name, Unnecessary: true,
					Message: p.quoted(expr.Atom(a)) + " is defined already, and this definition adds nothing to that: remove it",
					Related: []RelatedLine{{p.head(s.Nodes[before]), "it is defined here"}},
				})
			}
		}
	}}
}

// saysAsMuch reports whether the definition id of a symbol has no property that the other
// one lacks, and depends on the same.
func (p *ModelPass) saysAsMuch(s *model.Symbol, other, id model.NodeID) bool {
	a, b := &p.Model.Nodes[other], &p.Model.Nodes[id]
	if p.sameEntry(other, id) || a.Dep != b.Dep || a.HasPrompt != b.HasPrompt || a.Text != b.Text || !p.hasLinesOf(other, id) {
		return false
	}
	for i := range s.Properties {
		property := s.Properties[i]
		if property.Node != id {
			continue
		}
		if !slices.ContainsFunc(s.Properties, func(q model.Property) bool {
			return q.Node == other && q.Kind == property.Kind && q.Text == property.Text && q.Value == property.Value &&
				q.Low == property.Low && q.High == property.High && q.Condition == property.Condition
		}) {
			return false
		}
	}
	return true
}

// hasLinesOf reports whether the definition other has what the definition id has of those
// lines that are no properties: a type, a help text, and lines that are rare.
func (p *ModelPass) hasLinesOf(other, id model.NodeID) bool {
	entry := func(id model.NodeID) menu.Entry {
		return menu.Entry{File: p.Model.Nodes[id].File, Head: p.statement(id, p.Model.Nodes[id].Statement)}
	}
	a, b := entry(other), entry(id)
	_, _, typed := a.Type()
	_, _, helped := a.Help()
	for st := range b.Attributes() {
		switch st.Kind {
		case parser.Type, parser.TypedDefault:
			if !typed {
				return false
			}
		case parser.HelpText:
			if !helped {
				return false
			}
		case parser.Prompt, parser.Default, parser.DependsOn, parser.Select, parser.Imply, parser.Range, parser.Help, parser.Blank:
		default:
			return false
		}
	}
	return true
}

// sameEntry reports whether two nodes are one entry of a file that is included twice.
func (p *ModelPass) sameEntry(a, b model.NodeID) bool {
	return p.Model.Nodes[a].File == p.Model.Nodes[b].File && p.Model.Nodes[a].Statement == p.Model.Nodes[b].Statement
}
