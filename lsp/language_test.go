package lsp

import (
	"testing"
	"testing/synctest"
)

// TestLanguages checks what documents are taken for when a client calls them by a
// language: by that, unless their name says that it cannot be.
func TestLanguages(t *testing.T) {
	for _, c := range []struct {
		name, language, text string
		want                 []string
	}{
		{"settings", "kconfig-config", "CONFIG_A=5\n", []string{"config-invalid-value"}},
		{".config", "kconfig", "CONFIG_A=5\n", []string{"config-invalid-value"}},
		{"Kconfig", "kconfig-config", "config A\n\tbool \"A\"\n\tdepends on NONE\n", []string{"dead-symbol"}},
		{"sub/Config.in", "kconfig-config", "config B\n\tbool \"B\"\n\tdepends on\n", []string{"syntax-error"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			files := map[string]string{"Kconfig": "config A\n\tbool \"A\"\n", c.name: c.text}
			e := startEditor(t, files, clientOptions{})
			e.openFileAs(c.name, c.language)
			e.wantCodes(c.name, c.want...)
			e.finish()
		})
	}
}
