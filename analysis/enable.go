package analysis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/enable"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/analysis/solve"
)

// Wanted is a value that a symbol is to have.
type Wanted struct {
	// Symbol is its name, with or without CONFIG_.
	Symbol string
	// Value is as a configuration has it, without quotes; "" is y or m for a bool or
	// tristate symbol, and y if that takes no more changes.
	Value string
}

// Enabled is whether and how symbols can have the values that are wanted.
type Enabled struct {
	// Arch is the architecture of the view, Path that of the configuration file,
	// Exists whether there is one.
	Arch   string
	Path   string
	Exists bool
	// Wanted are the values, with the names of symbols as the tree has them.
	Wanted  []Wanted
	Verdict EnableVerdict
	// Alternatives are ways to it, the one with the fewest changes first. The only one
	// has no changes if all is as wanted.
	Alternatives []Enabling
	// Reasons are the lines that together make it impossible, none of which can be left
	// out; from what is wanted to what that comes from.
	Reasons []*Why
	// Answers are the fewest answers of tools that would have to be others.
	Answers []*Why
}

// EnableVerdict says whether symbols can have the values that are wanted.
type EnableVerdict string

// The verdicts.
const (
	// EnablePossible means that there are alternatives.
	EnablePossible EnableVerdict = "possible"
	// EnableNever means that no configuration of the architecture gives the values,
	// whatever tools answer.
	EnableNever EnableVerdict = "never"
	// EnableNotWithTools means that no configuration gives the values with what tools
	// have answered.
	EnableNotWithTools EnableVerdict = "not-with-tools"
	// EnableOpen means that there was no time to tell.
	EnableOpen EnableVerdict = "open"
)

// Enabling is a way to the values that are wanted. Evaluation has confirmed it.
type Enabling struct {
	// Title says what to do in few words.
	Title string
	// Changes are what the user has to set, in an order in which that is possible.
	Changes []EnableChange
	// Effects are the other symbols whose value changes by it, sorted by name.
	Effects []Effect
	// Conditions are answers of tools that were not asked, all of which have to be so
	// for it.
	Conditions []*Why
	// Before is the text of the configuration, After what it is to become.
	Before, After string
	// Unknown are the symbols, sorted, of which it is not known what belongs into the
	// file. After says of them what the user has set, and else nothing.
	Unknown []string
}

// EnableChange is a symbol that the user has to set.
type EnableChange struct {
	Symbol, From, To string
	// Prompt is what the menu shows, Place where the symbol is defined.
	Prompt string
	Place  Place
}

// finderOf is what finds changes for the configurations of a model, once somebody asks.
type finderOf struct {
	mu     sync.Mutex
	finder *enable.Finder
}

// Enable finds the fewest changes of a configuration that give symbols the values that
// are wanted, and up to most alternatives, or says what makes that impossible. For the
// kernel that takes some 10 ms, and some 100 ms the first time. It returns ErrNoTree,
// and an error for people if the configuration cannot be read, or nothing has such a
// name or such a value.
func Enable(ctx context.Context, s *Snapshot, of Configuration, wanted []Wanted, most int) (Enabled, error) {
	c, err := s.configured(of)
	if err != nil {
		return Enabled{}, err
	}
	c.mu.Lock()
	before := c.evaluation.Clone()
	c.mu.Unlock()
	e := enabling{configured: c, values: &Values{root: c.root, arch: c.arch, evaluation: before, configName: c.explained().configName}}
	e.result = Enabled{Arch: c.arch, Path: c.path, Exists: c.exists}
	wishes, err := e.wishes(wanted)
	if err != nil || e.result.Verdict != "" {
		return e.result, err
	}
	finder := &c.cached.finder
	finder.mu.Lock()
	defer finder.mu.Unlock()
	if finder.finder == nil {
		finder.finder = enable.New(c.model, c.root.ConfigRules())
	}
	found := finder.finder.Find(ctx, before, wishes, most)
	e.take(found, wishes)
	return e.result, nil
}

// enabling puts what was found into words. The evaluation of its values belongs to it
// alone.
type enabling struct {
	configured
	values *Values
	result Enabled
}

// wishes looks the symbols up. What the view does not have is never possible.
func (e *enabling) wishes(wanted []Wanted) ([]solve.Wish, error) {
	var wishes []solve.Wish
	for _, w := range wanted {
		a, ok := e.model.Lookup(w.Symbol)
		if !ok {
			w.Symbol = strings.TrimPrefix(w.Symbol, config.Prefix(e.root.Dialect))
			a, ok = e.model.Lookup(w.Symbol)
		}
		e.result.Wanted = append(e.result.Wanted, w)
		if !ok || !e.model.Symbols[a].Defined {
			if _, ok := e.root.Sources.Lookup(w.Symbol); !ok {
				return nil, e.unknown(w.Symbol)
			}
			e.result.Verdict = EnableNever
			e.result.Reasons = append(e.result.Reasons, &Why{Kind: "not-defined", Symbol: w.Symbol, Text: e.values.notDefined(w.Symbol)})
			continue
		}
		wish, err := e.wish(a, w.Value)
		if err != nil {
			return nil, err
		}
		wishes = append(wishes, wish)
	}
	return wishes, nil
}

func (e *enabling) unknown(name string) error {
	message := inQuotes(name) + " is mentioned nowhere in the tree"
	if near, ok := e.root.Sources.Nearest(name); ok {
		message += ": did you mean " + inQuotes(near) + "?"
	}
	return errors.New(message)
}

// wish returns a value that is wanted of a symbol.
func (e *enabling) wish(a expr.Atom, value string) (solve.Wish, error) {
	s := &e.model.Symbols[a]
	w := solve.Wish{Atom: a}
	switch {
	case s.Kind != model.Plain || s.Type == model.UnknownType:
		return w, fmt.Errorf("%s is no symbol that can be set", inQuotes(s.Name))
	case s.Type.IsLogical() && value == "":
		w.Values = expr.M | expr.Y
	case s.Type.IsLogical():
		if w.Values = expr.ParseTristate(value); !w.Values.Known() || w.Values == expr.M && s.Type == model.Bool {
			return w, fmt.Errorf("%s is %s: %q is no value for it", inQuotes(s.Name), s.Type, value)
		}
	case value == "" && s.Type != model.String:
		return w, fmt.Errorf("%s is %s: say which value it is to have, as in %s=VALUE", inQuotes(s.Name), s.Type, s.Name)
	case !config.ValidText(s.Type, value):
		return w, fmt.Errorf("%s is %s: %q is no value for it", inQuotes(s.Name), s.Type, value)
	default:
		w.Text = value
	}
	return w, nil
}

// take takes over what was found.
func (e *enabling) take(found enable.Result, wishes []solve.Wish) {
	switch found.Verdict {
	case enable.Possible:
		e.result.Verdict = EnablePossible
	case enable.Never:
		e.result.Verdict = EnableNever
	case enable.NotWithTools:
		e.result.Verdict = EnableNotWithTools
	case enable.Open:
		e.result.Verdict = EnableOpen
	}
	for _, a := range found.Alternatives {
		alternative := e.alternative(a)
		if len(a.Conditions) == 0 && !e.reads(alternative.After, wishes) {
			continue
		}
		e.result.Alternatives = append(e.result.Alternatives, alternative)
	}
	if e.result.Verdict == EnablePossible && len(e.result.Alternatives) == 0 {
		e.result.Verdict = EnableOpen
	}
	e.explain(found, wishes)
}

// reads reports whether a text, read as the build reads it, gives what is wanted.
func (e *enabling) reads(text string, wishes []solve.Wish) bool {
	rules := e.root.ConfigRules()
	again, _ := config.Load(e.model, config.Parse(text, config.Prefix(e.root.Dialect)), rules)
	return !slices.ContainsFunc(wishes, func(w solve.Wish) bool {
		st := again.State(w.Atom)
		return !st.Known || w.Values == 0 && st.Text != w.Text || w.Values != 0 && !w.Values.Can(st.Value)
	})
}

// alternative returns a way with all that follows from it.
func (e *enabling) alternative(a enable.Alternative) Enabling {
	p := preview{
		configured: e.configured, before: e.values.evaluation, after: a.After, result: Consequences{Before: e.text},
		touched: map[expr.Atom]bool{}, asked: map[expr.Atom]int{},
	}
	for _, t := range a.Touched {
		p.touched[t] = true
	}
	var out Enabling
	for i, change := range a.Changes {
		p.asked[change.Symbol] = i
		s := &e.model.Symbols[change.Symbol]
		c := EnableChange{Symbol: s.Name, From: change.From, To: change.To}
		for _, id := range s.Nodes {
			if n := &e.model.Nodes[id]; n.HasPrompt && c.Prompt == "" || c.Place.File == "" {
				c.Prompt, c.Place = n.Text, e.root.placeOf(n, n.Statement)
			}
		}
		out.Changes = append(out.Changes, c)
	}
	p.effects()
	p.write()
	for _, effect := range p.result.Effects {
		isChange := slices.ContainsFunc(out.Changes, func(c EnableChange) bool { return c.Symbol == effect.Symbol })
		if !isChange && (effect.Old.Value.Text != effect.New.Value.Text || effect.Old.Value.Known != effect.New.Value.Known) {
			out.Effects = append(out.Effects, effect)
		}
	}
	for _, condition := range a.Conditions {
		out.Conditions = append(out.Conditions, e.condition(condition))
	}
	out.Before, out.After, out.Unknown = p.result.Before, p.result.After, p.result.Unknown
	out.Title = enableTitle(out.Changes)
	return out
}

// maxTitled is how many changes a title names.
const maxTitled = 4

// enableTitle says what changes do.
func enableTitle(changes []EnableChange) string {
	if len(changes) == 0 {
		return "nothing to change"
	}
	var parts []string
	for _, verb := range []string{"turn off", "turn on", "make", "set", "keep"} {
		var names []string
		for _, c := range changes {
			if v, what := changeWords(c); v == verb {
				names = append(names, what)
			}
		}
		if len(names) > maxTitled {
			names = append(names[:maxTitled-1], fmt.Sprintf("%d more", len(names)-maxTitled+1))
		}
		if len(names) > 0 {
			parts = append(parts, verb+" "+inWords(names))
		}
	}
	return strings.Join(parts, ", ")
}

// changeWords returns the verb of a change and what it is done to.
func changeWords(c EnableChange) (verb, what string) {
	switch {
	case c.From == c.To:
		return "keep", c.Symbol + " at " + c.To
	case c.To == "n":
		return "turn off", c.Symbol
	case c.From == "n" && (c.To == "y" || c.To == "m"):
		return "turn on", c.Symbol
	case (c.From == "y" || c.From == "m") && (c.To == "y" || c.To == "m"):
		return "make", c.Symbol + " " + c.To
	}
	return "set", c.Symbol + " to " + c.To
}

// inWords joins names as a sentence does.
func inWords(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
