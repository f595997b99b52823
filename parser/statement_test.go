package parser

import "testing"

// TestKeywords checks that every keyword begins a statement of its own kind,
// but for those that only stand inside one.
func TestKeywords(t *testing.T) {
	for k := KwBool; k < numTokenKinds; k++ {
		if kind := statementOf(k); (kind == Unknown) != (k == KwOn) {
			t.Errorf("%s begins a statement of the kind %s", k, kind)
		}
		word := k.String()
		got, reserved := reservedWord(word)
		if !reserved {
			var feature Feature
			if got, feature = dialectWord(word); feature == 0 {
				t.Errorf("no dialect has the word %q", word)
			}
			if dialectOf(feature) == "other dialects" {
				t.Errorf("nobody is said to have the word %q", word)
			}
		}
		if got != k && word != "help" {
			t.Errorf("the word %q is the keyword %s", word, got)
		}
	}
}

// TestNames checks that all kinds have names, and none two.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for k := range numStatementKinds {
		name := k.String()
		if name == "" || seen[name] {
			t.Errorf("statement kind %d has the name %q", k, name)
		}
		seen[name] = true
	}
	clear(seen)
	for k := range numTokenKinds {
		if k > PlusEqual && k < KwBool {
			continue
		}
		name := tokenNames[k]
		if name == "" || seen[name] {
			t.Errorf("token kind %d has the name %q", k, name)
		}
		seen[name] = true
	}
	if got := StatementKind(200).String() + " " + TokenKind(200).String(); got != "statement-kind-200 token-kind-200" {
		t.Error(got)
	}
}

// TestKinds checks that each kind is in one group.
func TestKinds(t *testing.T) {
	for k := range numStatementKinds {
		groups := 0
		for _, in := range []bool{
			k == Blank || k == Unknown || k == MacroCall, k.IsEntry(), k.IsAttribute(),
		} {
			if in {
				groups++
			}
		}
		if groups != 1 || k.opensEntry() && k.endsEntry() || k.OpensBlock() && k.ClosesBlock() {
			t.Errorf("%s is in %d groups", k, groups)
		}
	}
}

func TestDialects(t *testing.T) {
	for _, d := range Dialects() {
		for _, name := range []string{d.Name + "-" + d.Version, d.String()} {
			if d.Version == "" {
				name = d.Name
			}
			if got, ok := DialectByName(name); !ok || got != d {
				t.Errorf("%q is %v", name, got)
			}
		}
	}
	if d, ok := DialectByName("linux"); !ok || d != Linux(99, 0) {
		t.Errorf("linux is %v", d)
	}
	if _, ok := DialectByName("none"); ok {
		t.Error("there is a dialect none")
	}
	for version, want := range map[[2]int]string{
		{0, 0}: "6.12", {-1, 4}: "6.12", {2, 6}: "4", {4, 20}: "4", {5, 0}: "5.4", {5, 14}: "5.4", {5, 15}: "6.1", {6, 0}: "6.1",
		{6, 11}: "6.1", {6, 12}: "6.12", {6, 17}: "6.12", {6, 18}: "6.18", {6, 19}: "6.18", {7, 0}: "7.0", {7, 2}: "7.0", {7, 3}: "7.3", {8, 0}: "7.3",
	} {
		if got := Linux(version[0], version[1]).Version; got != want {
			t.Errorf("Linux(%d, %d) is %s", version[0], version[1], got)
		}
	}
}

// TestOperands checks what the accessors of statements say.
func TestOperands(t *testing.T) {
	for _, test := range []struct {
		text, dialect                           string
		operand, name, expression, cond, prompt string
	}{
		{text: "config A # c", operand: "A", name: "A", expression: "A # c"},
		{text: "config", operand: "-"},
		{text: "config if", operand: "if", expression: "if"},
		{text: "config $(X) A", operand: "$(X)", name: "A", expression: "$(X) A"},
		{text: "config $(X)", operand: "$(X)", name: "$(X)", expression: "$(X)"},
		{text: "config A_$(X)", operand: "A_$(X)", name: "A_$(X)", expression: "A_$(X)"},
		{text: "config 'A'", operand: "'A'", name: "A", expression: "'A'"},
		{text: "choice", operand: "-"},
		{text: "choice A", operand: "A", name: "A", expression: "A"},
		{text: "bool \"p\" if A || B", operand: "\"p\"", expression: "\"p\"", cond: "A || B", prompt: "\"p\""},
		{text: "bool if A", operand: "if", cond: "A"},
		{text: "bool $(X) \"p\"", operand: "$(X)", expression: "$(X) \"p\"", prompt: "\"p\""},
		{text: "bool", operand: "-"},
		{text: "prompt if if A", operand: "if", cond: "if A"},
		{text: "default A = B if C", operand: "A", expression: "A = B", cond: "C"},
		{text: "default A if", operand: "A", expression: "A", cond: "-"},
		{text: "def_bool !A", operand: "!", expression: "! A"},
		{text: "depends on A && B if C", operand: "A", expression: "A && B", cond: "C"},
		{text: "depends A", operand: "A", expression: "A"},
		{text: "depends", operand: "-"},
		{text: "depends on", operand: "-"},
		{text: "select A if B", operand: "A", name: "A", expression: "A", cond: "B"},
		{text: "imply && B", operand: "&&", expression: "&& B"},
		{text: "range 1 2 if B", operand: "1", expression: "1 2", cond: "B"},
		{text: "if A || B", operand: "A", expression: "A || B"},
		{text: "if", operand: "-"},
		{text: "visible if A", operand: "A", expression: "A"},
		{text: "visible", operand: "-"},
		{text: "menu \"m\"", operand: "\"m\"", expression: "\"m\"", prompt: "\"m\""},
		{text: "menu \"m\" if A", dialect: "zephyr", operand: "\"m\"", expression: "\"m\"", cond: "A", prompt: "\"m\""},
		{text: "comment 'c'", operand: "'c'", expression: "'c'", prompt: "'c'"},
		{text: "mainmenu \"m\"", operand: "\"m\"", expression: "\"m\"", prompt: "\"m\""},
		{text: "source \"a\"", operand: "\"a\"", expression: "\"a\""},
		{text: "source a/b", dialect: "qemu", operand: "a/b", expression: "a/b"},
		{text: "A := b c", operand: "A", name: "A", expression: "A := b c"},
		{text: "$(info,x)", operand: "$(info,x)", expression: "$(info,x)"},
		{text: "endif # A", operand: "-"},
		{text: "help", operand: "-"},
		{text: "foo bar", operand: "bar", expression: "bar"},
		{text: "", operand: "-"},
		{text: "# c", operand: "-"},
		{text: "@", operand: "-"},
	} {
		dialect := test.dialect
		if dialect == "" {
			dialect = "linux-6.12"
		}
		s := Parse(test.text+"\n", dialectNamed(t, dialect)).At(0)
		token := func(i int, ok bool) string {
			if !ok {
				return "-"
			}
			return s.TokenText(i)
		}
		tokens := func(from, to int) string {
			var text string
			for i := from; i < to; i++ {
				text += " " + s.TokenText(i)
			}
			return trimSpace(text)
		}
		if got := token(s.Operand()); got != test.operand {
			t.Errorf("%q has the operand %q", test.text, got)
		}
		if got := s.Name(); got != test.name {
			t.Errorf("%q has the name %q", test.text, got)
		}
		if got := tokens(s.Expression()); got != test.expression {
			t.Errorf("%q has the expression %q", test.text, got)
		}
		from, to, ok := s.Condition()
		if got := tokens(from, to); got != test.cond && (!ok || test.cond != "-" || got != "") {
			t.Errorf("%q has the condition %q", test.text, got)
		}
		want := test.prompt
		if want == "" {
			want = "-"
		}
		if got := token(s.PromptToken()); got != want {
			t.Errorf("%q has the prompt %q", test.text, got)
		}
	}
}

func trimSpace(text string) string {
	if text != "" {
		return text[1:]
	}
	return text
}

func TestUnquote(t *testing.T) {
	for token, want := range map[string]string{
		``:                     ``,
		`A`:                    `A`,
		`""`:                   ``,
		`"`:                    ``,
		`"a"`:                  `a`,
		`'a"b'`:                `a"b`,
		`"a'b"`:                `a'b`,
		`"a\"b"`:               `a"b`,
		`'a\'b'`:               `a'b`,
		`"a\\"`:                `a\`,
		`"\n"`:                 `n`,
		`"no end`:              `no end`,
		`"no end\`:             `no end`,
		`"no end\"`:            `no end"`,
		"\"a \\\n\tb\"":        "a \tb",
		"\"a \\\r\nb\"":        "a b",
		`"$(shell,echo "\x")"`: `$(shell,echo "\x")`,
		`"\$(X)"`:              `$(X)`,
		`"$(X"`:                `$(X"`,
		`$(X)_A`:               `$(X)_A`,
		`"$X $$(Y)"`:           `$X $$(Y)`,
	} {
		if got := Unquote(token); got != want {
			t.Errorf("Unquote(%s) = %q, want %q", token, got, want)
		}
	}
}

func TestExpand(t *testing.T) {
	for token, want := range map[string]string{
		`A`:                     `A`,
		`"a"`:                   `a`,
		`$(X)_A`:                `<$(X)>_A`,
		`"$(X) \$(Y) $Z $$(W)"`: `<$(X)> $(Y) $Z $<$(W)>`,
		`'$(f,"(")"\'$(g))\''`:  `<$(f,"(")"\'$(g))>'`,
		`"$(open`:               `<$(open>`,
	} {
		if got := Expand(token, func(reference string) string { return "<" + reference + ">" }); got != want {
			t.Errorf("Expand(%s) = %q, want %q", token, got, want)
		}
	}
}
