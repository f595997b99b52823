package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Model returns what conf would have in memory after it has read the tree as
// the architecture sees it. The empty architecture stands for the default view.
func (r *Root) Model(arch string) *model.Model {
	if arch == "" {
		arch = r.arch
	}
	return model.Build(r.Sources, r.View(arch), r.Dialect, preprocessor{r.variables(arch), r.environment(arch)})
}

// ConfigRules returns the rules by which the tree's own conf works, as its
// sources or the tree's version tell.
func (r *Root) ConfigRules() config.Rules {
	otherwise := config.Rules{}
	if r.Dialect.Has(parser.OldChoices) {
		otherwise = config.OldRules()
	}
	read := func(name string) string {
		text, _, err := r.loader.fsys.ReadFile(r.loader.absolute("scripts/kconfig/"+name), maxFileSize)
		if err != nil {
			return "" // then the version tells
		}
		return text
	}
	return config.RulesOf(read("symbol.c"), read("confdata.c"), otherwise)
}

// preprocessor carries out macros while a model is built.
type preprocessor struct {
	variables
	environment map[string]string
}

func (p preprocessor) Assign(f *menu.File, st parser.Statement) macro.Result {
	name, flavor, value, ok := assignment(st)
	if !ok {
		return macro.Result{}
	}
	return p.Define(name, flavor, value, position(f, st))
}

func (p preprocessor) ExpandToken(f *menu.File, st parser.Statement, token string) macro.Result {
	return p.Environment.Expand(token, position(f, st))
}

func (p preprocessor) Variable(name string) (string, bool) {
	value, ok := p.environment[name]
	return value, ok
}
