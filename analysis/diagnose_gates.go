package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// foundGates is what checks about gates found last in a view, with a model, values and
// Makefiles.
type foundGates struct {
	model  *cachedModel
	values *valuesOf
	build  buildVersion
	foundLines
}

// findGates looks for what is wrong about gates in a view.
func (r *Root) findGates(s *Snapshot, arch string) (news bool) {
	if r.Single {
		return false
	}
	before, build := r.lines.gatesOf(arch), r.buildVersion()
	values, err := s.configured(Configuration{Root: r, Arch: arch})
	if err != nil {
		r.lines.keepGates(arch, foundGates{})
		return len(before.byFile) > 0
	}
	c := r.cachedModel(arch)
	if c.model != values.model {
		return false // a newer tree has come in between
	}
	if before.model == c && before.values == values.valuesOf && before.build.same(build) {
		return false
	}
	pass := r.gatePass(c, r.policy, newBuildSurvey(r))
	values.mu.Lock()
	v := gateView{values.explained(), pass.Gates}
	pass.Shut, pass.Explain = v.shut(values.exists), v.explainReference
	findings := check.RunGates(pass)
	values.mu.Unlock()
	found := byFile(c.sources, findings)
	r.lines.keepGates(arch, foundGates{c, values.valuesOf, build, found})
	return len(before.byFile) > 0 || len(found.byFile) > 0
}

// gatePass returns what checks about gates look at in a model, without what values and
// tools tell.
func (r *Root) gatePass(c *cachedModel, policy *check.Policy, builds *buildSurvey) *check.GatePass {
	pass := &check.GatePass{ModelPass: r.modelPass(c), Gates: r.gateSet(c), Archs: r.archs, ViewOf: r.View}
	pass.Objects, pass.Flags = builds.of(c.view)
	pass.Policy = policy
	return pass
}

// findInTree returns what is wrong with the view of a model, whatever the user has for
// tools and configuration: what checks of the model find, and those about gates.
func (r *Root) findInTree(c *cachedModel, builds *buildSurvey) foundLines {
	if r.Single {
		return foundLines{}
	}
	policy := r.policy.OfTree()
	pass := r.modelPass(c)
	pass.Policy = policy
	return byFile(c.sources, append(check.RunModel(&pass), check.RunGates(r.gatePass(c, policy, builds))...))
}

// shut returns the gates that are closed for sure: off under a configuration that
// there is, or off under any, with what tools have answered.
func (v gateView) shut(configured bool) []check.ShutGate {
	var all []check.ShutGate
	for i, a := range v.set.Languages {
		if v.languageState(a) != GateClosed || !configured && v.set.Reachable(i) {
			continue
		}
		g := Gating{Gate: v.set.Model.Symbols[a].Name}
		g.State = GateClosed
		v.explain(&g)
		all = append(all, check.ShutGate{Language: i, Reason: g.Reason, Fix: g.Fix})
	}
	return all
}

// explainReference says why a reference that asks a tool is n, or is not known.
func (v gateView) explainReference(a expr.Atom) (reason, fix string) {
	requirements := v.requirementsOf(a)
	if v.set.Model.Symbols[a].Kind == model.Answered {
		return failingOf(requirements)
	}
	if reason, fix = summaryOf(requirements, Unknown); reason == "" {
		for _, cause := range v.set.Model.Symbols[a].Causes {
			if reason = causeText(cause); reason != "" {
				return reason, v.root.explain(v.arch, cause)
			}
		}
	}
	return reason, fix
}

// failingOf says what is needed that tools do not have, and what was found, as part of
// a sentence, and what to do about it.
func failingOf(requirements []Requirement) (reason, fix string) {
	more := 0
	for _, r := range requirements {
		switch {
		case r.Advice || r.State != No:
		case reason == "":
			reason, fix = "it needs that "+r.Text, r.Fix
			if r.Reason != "" {
				reason += ", and " + r.Reason
			}
		default:
			more++
		}
	}
	if more > 0 {
		reason += "; and it needs " + plural(more, "more thing", "more things")
	}
	return reason, fix
}
