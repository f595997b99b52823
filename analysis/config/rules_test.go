package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/config"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// TestRulesOfConf checks that the sources of each conf tell the rules that its
// dialect has without them.
func TestRulesOfConf(t *testing.T) {
	list := filepath.SplitList(os.Getenv("KCONFIG_LS_CONF_SOURCES"))
	if len(list) == 0 {
		t.Skip("NOT RUN: KCONFIG_LS_CONF_SOURCES names no DIALECT=DIRECTORY with sources of conf")
	}
	for _, item := range list {
		name, dir, _ := strings.Cut(item, "=")
		t.Run(name, func(t *testing.T) {
			dialect, ok := parser.DialectByName(name)
			if !ok {
				t.Fatal("there is no such dialect")
			}
			read := func(name string) string {
				text, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
				return string(text)
			}
			sources := config.Sources{
				Symbol: read("symbol.c"), Confdata: read("confdata.c"), Menu: read("menu.c"),
				Expr: read("expr.c"), Conf: read("conf.c"), Parser: read("parser.y") + read("zconf.y"), Lexer: read("lexer.l") + read("zconf.l"),
			}
			if sources.Confdata == "" {
				t.Fatal("no sources in", dir)
			}
			want := config.RulesFor(dialect)
			if d := cmp.Diff(want, config.RulesOf(sources, config.Rules{})); d != "" {
				t.Errorf("(-dialect +sources):\n%s", d)
			}
		})
	}
}
