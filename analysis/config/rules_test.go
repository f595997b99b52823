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

// TestRulesOf checks what single lines of conf tell, each next to one that other
// versions have in its place.
func TestRulesOf(t *testing.T) {
	symbol := func(text string) config.Rules { return config.RulesOf(config.Sources{Symbol: text}, config.Rules{}) }
	confdata := func(text string) config.Rules { return config.RulesOf(config.Sources{Confdata: text}, config.Rules{}) }
	for _, tt := range []struct {
		name string
		tell func(text string) bool
		yes  string
		no   string
	}{
		{
			"StrongImply", func(s string) bool { return symbol(s).StrongImply },
			"if (newval.tri == mod &&\n    (sym_get_type(sym) == S_BOOLEAN || sym->implied.tri == yes))",
			"if (newval.tri == mod && sym_get_type(sym) == S_BOOLEAN)",
		},
		{
			"UntypedConstants", func(s string) bool { return symbol(s).UntypedConstants },
			"struct symbol symbol_yes = {\n\t.name = \"y\",\n\t.curr = { \"y\", yes },\n};",
			"struct symbol symbol_yes = {\n\t.name = \"y\",\n\t.type = S_TRISTATE,\n};",
		},
		{
			"DropsOutOfRange", func(s string) bool { return confdata(s).DropsOutOfRange },
			"\nint conf_read(const char *name)\n{\nif (sym_string_within_range(sym, val))\n\tbreak;\nsym->flags &= ~(SYMBOL_VALID|SYMBOL_DEF_USER);\n}",
			"\nint conf_read(const char *name)\n{\nif (sym_string_within_range(sym, val))\n\tbreak;\nsym->flags &= ~SYMBOL_VALID;\n}",
		},
		{
			"WritesAll", func(s string) bool { return confdata(s).WritesAll },
			"\nint conf_write(const char *name)\n{\n/* we want all\nif (!(sym->flags & SYMBOL_WRITE))\n\tgoto next;\n*/\n}",
			"\nint conf_write(const char *name)\n{\nputs(\"/*\");\nif (!(sym->flags & SYMBOL_WRITE))\n\tgoto next;\nputs(\"*/\");\n}",
		},
		{
			"Heading", func(s string) bool {
				return confdata(s).Heading == "#\n# Automatically generated make config: don't edit\n# Busybox version: %s\n#\n"
			},
			"fprintf(out, _(\"#\\n\"\n\t\"# Automatically generated make config: don't edit\\n\"\n\t\"# Busybox version: %s\\n\"\n\t\"%s%s\"\n\t\"#\\n\"),",
			"fprintf(fp, \"%s Automatically generated file; DO NOT EDIT.\\n\", cs->decoration);",
		},
		{
			"EmptyNumbers without sources", func(s string) bool {
				return config.RulesOf(config.Sources{Menu: s}, config.Rules{EmptyNumbers: true}).EmptyNumbers
			},
			"expr_trans_bool(dep);", "",
		},
		{
			"TristateAsBool", func(s string) bool {
				return config.RulesOf(config.Sources{Menu: s}, config.Rules{}).Reading.TristateAsBool
			},
			"dep = expr_trans_bool(dep);", "dep = expr_eliminate_dups(dep);",
		},
	} {
		if !tt.tell(tt.yes) {
			t.Errorf("%s is not told from %q", tt.name, tt.yes)
		}
		if tt.no != "" && tt.tell(tt.no) {
			t.Errorf("%s is told from %q", tt.name, tt.no)
		}
	}
}
