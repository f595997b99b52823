package check

// DeadEverywhere returns the symbols that can never be on in any of the views that
// define them, each at all of its definitions, but for those that are off on purpose.
// The views are those of all architectures, looked at together; if one was not looked at
// to the end nothing is known.
func DeadEverywhere(policy *Policy, views []DeepResult, together *Views) []LineFinding {
	if !policy.On(codeDeadSymbol) {
		return nil
	}
	in := map[string][]viewOfDead{}
	var names []string
	for i := range views {
		if !views[i].Complete {
			return nil
		}
		for k := range views[i].Dead {
			d := &views[i].Dead[k]
			if in[d.Name] == nil {
				names = append(names, d.Name)
			}
			in[d.Name] = append(in[d.Name], viewOfDead{views[i].Arch, d})
		}
	}
	var all []LineFinding
	for _, name := range names {
		if together.isLive(name) {
			continue
		}
		all = append(all, deadEverywhere(in[name])...)
	}
	sortLines(all)
	return all
}

// viewOfDead is a symbol that is dead in the view of an architecture.
type viewOfDead struct {
	arch string
	*DeadSymbol
}

// deadEverywhere returns the findings of a symbol that is dead in all of its views,
// with the reason that says most.
func deadEverywhere(views []viewOfDead) []LineFinding {
	best, sameReason, contradicts := views[0], true, true
	for _, v := range views {
		if v.Why == Broken {
			return nil
		}
		if v.Why > best.Why {
			best = v
		}
		sameReason = sameReason && v.Reason == views[0].Reason
		contradicts = contradicts && v.Why == Contradicts
	}
	if best.Why <= Undefined || contradicts {
		return nil // for always-n, undefined-symbol and dependency-contradiction to tell
	}
	on := ""
	if !sameReason {
		on = "on " + best.arch + " "
	}
	message := "`" + best.Name + "` can never be on, whatever is configured: " + on + best.Reason
	var all []LineFinding
	type place struct {
		path      string
		statement int32
	}
	seen := map[place]bool{}
	for _, v := range views {
		for _, head := range v.Heads {
			if at := (place{head.File.Path, head.Statement}); !seen[at] {
				seen[at] = true
				all = append(all, LineFinding{
					Code: codeDeadSymbol, Severity: Warning, Symbol: best.Name, At: head, Message: message, Related: best.Related,
				})
			}
		}
	}
	return all
}
