package scan

import (
	"os"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
)

// Config does what conf does in a mode, and returns the text that it writes.
func Config(name string, mode config.Mode, in string, o Options) (string, error) {
	p, err := o.Find(name)
	if err != nil {
		return "", err
	}
	_, root, err := o.load(p)
	if err != nil {
		return "", err
	}
	archs, _, err := o.archs(root)
	if err != nil {
		return "", err
	}
	m := root.Model(archs[0])
	prefix := config.Prefix(root.Dialect)
	var input *config.File
	if in != "" {
		text, err := os.ReadFile(in)
		if err != nil {
			return "", err
		}
		input = config.Parse(string(text), prefix)
	}
	rules := config.Rules{}
	if m.OldChoices() {
		rules = config.OldRules()
	}
	return config.Run(m, mode, input, prefix, rules).Text, nil
}
