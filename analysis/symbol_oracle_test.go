package analysis

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/analysis/macro"
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/vfs"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// dumped is a row of what conf knows after it has read a tree: a menu entry in
// the order of its menu, or the type and dependency of a symbol ("value").
type dumped struct {
	Kind      string       `json:"k"`
	Place     string       `json:"loc"`
	Name      string       `json:"name"`
	Prompt    *string      `json:"prompt"`
	PromptVis string       `json:"prompt_vis"`
	Depends   string       `json:"dep"`
	VisibleIf string       `json:"visible_if"`
	Help      string       `json:"help"`
	Props     []dumpedProp `json:"props"`

	Type      string `json:"type"`
	DirectDep string `json:"dir_dep"`

	ReverseDep string `json:"rev_dep"`
	Implied    string `json:"implied"`
}

type dumpedProp struct {
	Kind    string `json:"t"`
	Place   string `json:"loc"`
	Text    string `json:"text"`
	Expr    string `json:"expr"`
	Visible string `json:"vis"`
}

// TestSymbolsOracle compares a whole kernel with what the kernel's own conf
// dumped of it: every entry of every menu, in order.
func TestSymbolsOracle(t *testing.T) {
	oracles, linux := os.Getenv("KCONFIG_LS_ORACLES"), os.Getenv("KCONFIG_LS_LINUX")
	if oracles == "" || linux == "" {
		t.Skip("NOT RUN: KCONFIG_LS_ORACLES does not name the recorded runs of conf, or KCONFIG_LS_LINUX no kernel 6.12")
	}
	if major, minor, full := linuxVersion(vfs.OS{}, linux); major != 6 || minor != 12 {
		t.Skipf("NOT RUN: the records are those of Linux 6.12, and KCONFIG_LS_LINUX names %s", full)
	}
	for _, arch := range []string{"x86", "arm64"} {
		t.Run(arch, func(t *testing.T) {
			o := &symbolOracle{T: t, differences: map[string]int{}, examples: map[string]string{}}
			o.load(oracles, linux, arch)
			o.compareEntries()
			o.compareSymbols()
			o.compareModel()
			o.verdict()
		})
	}
}

type symbolOracle struct {
	*testing.T
	scope
	entries     []dumped
	values      map[string]dumped
	types       map[string]string
	compared    map[string]int
	rewritten   int // expressions that are equal, but not written alike
	differences map[string]int
	examples    map[string]string
}

// loadRecorded loads a kernel as conf saw it when its runs were recorded.
func loadRecorded(t testing.TB, oracles, linux, arch string) (*Snapshot, *Root) {
	t.Helper()
	runs := filepath.Join(oracles, "configs", "6.12", arch+"-gcc")
	settings := Settings{Arch: arch, Environment: map[string]string{}}
	data, err := os.ReadFile(filepath.Join(runs, "env.json"))
	if err == nil {
		err = json.Unmarshal(data, &settings.Environment)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"CROSS_COMPILE_COMPAT", "PYTHON3"} {
		settings.Environment[name] = "" // conf was run without it
	}
	answers := macro.NewRecorded(linux)
	file, err := os.Open(filepath.Join(runs, "answers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	eachRow(t, file, func(row struct{ Cmd, Out string }) { answers.Add(row.Cmd, row.Out) })
	settings.Answers = answers

	s, root, err := Load(vfs.OS{}, linux, settings, nil)
	if err != nil || root == nil {
		t.Fatalf("%s: %v", linux, err)
	}
	return s, root
}

func (o *symbolOracle) load(oracles, linux, arch string) {
	o.compared, o.values = map[string]int{}, map[string]dumped{}
	s, root := loadRecorded(o.T, oracles, linux, arch)
	o.scope = s.viewScope(root, arch)

	dump, err := os.Open(filepath.Join(oracles, "symbols", "6.12-"+arch+".jsonl.gz"))
	if err != nil {
		o.Fatal(err)
	}
	defer dump.Close()
	text, err := gzip.NewReader(dump)
	if err != nil {
		o.Fatal(err)
	}
	eachRow(o.T, text, func(row dumped) {
		if row.Kind == "value" {
			o.values[row.Name] = row
		} else {
			o.entries = append(o.entries, row)
		}
	})
}

// eachRow decodes the lines of a file.
func eachRow[T any](t testing.TB, r io.Reader, visit func(T)) {
	t.Helper()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		visit(row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// differ counts a difference of some class and keeps the first ones.
func (o *symbolOracle) differ(class, place, ours, theirs string) {
	o.differences[class]++
	if o.differences[class] <= 5 {
		o.examples[class] += fmt.Sprintf("\t%s\n\t\tours:   %.400q\n\t\ttheirs: %.400q\n", place, ours, theirs)
	}
}

func (o *symbolOracle) same(class, place, ours, theirs string) {
	o.compared[class]++
	if ours != theirs {
		o.differ(class, place, ours, theirs)
	}
}

// compareEntries compares the menu entries in the order of reading.
func (o *symbolOracle) compareEntries() {
	o.types = map[string]string{}
	g := gatherer{scope: o.scope, contexts: map[*menu.Enclosure]surroundings{}}
	visits := slices.Collect(o.view.Walk(o.root.Sources))
	for _, v := range visits {
		if v.Name != "" && o.types[v.Name] == "" {
			if keyword, _, ok := v.Type(); ok {
				o.types[v.Name] = menu.TypeName(keyword)
			}
		}
	}
	var ours, theirs []string
	for _, v := range visits {
		ours = append(ours, o.place(v.File, int(v.Head.Start))+" "+dumpedKind(v.Head.Kind))
	}
	for _, row := range o.entries {
		theirs = append(theirs, row.Place+" "+row.Kind)
	}
	if d := cmp.Diff(theirs, ours); d != "" {
		o.Fatalf("the entries differ (-conf +ours):\n%.5000s", d)
	}
	for i, row := range o.entries {
		o.compareEntry(row, visits[i], g.context(visits[i].Around))
	}
}

func dumpedKind(kind parser.StatementKind) string {
	switch kind {
	case parser.Config, parser.Menuconfig:
		return "sym"
	case parser.Menu:
		return "menu"
	case parser.Choice:
		return "choice"
	case parser.MenuComment:
		return "comment"
	case parser.If:
		return "if"
	}
	return "unknown"
}

// place returns a place as conf writes it.
func (o *symbolOracle) place(f *menu.File, offset int) string {
	return fmt.Sprintf("%s:%d", f.Path, f.Tree.Line(offset)+1)
}

func (o *symbolOracle) compareEntry(row dumped, v menu.Visit, around surroundings) {
	o.same("name", row.Place, v.Name, row.Name)
	var own []menu.Condition
	if v.Head.Kind == parser.If {
		from, to := v.Head.Expression()
		own = []menu.Condition{{Kind: parser.If, File: v.File, Statement: v.Head, From: from, To: to, Block: v.Head}}
	} else {
		own = v.Own()
	}
	inside := around.with(o.scope, own)
	o.logic("dependency", row.Place, v.File, inside.depends, row.Depends)
	if v.Head.Kind == parser.If {
		return
	}
	prompt, condition := "", expr.Expr{}
	if st, _, ok := v.Prompt(); ok {
		prompt = o.promptOf(v.Entry)
		condition = suffix(st)
	}
	theirs := ""
	if row.Prompt != nil {
		theirs = *row.Prompt
	}
	o.same("prompt", row.Place, prompt, theirs)
	if row.Prompt != nil {
		visible := expr.And(inside.depends, inside.visible, condition)
		if v.Head.Kind == parser.Menu || v.Head.Kind == parser.MenuComment {
			visible = inside.depends // titles are no prompts: "visible if" does not touch them
		}
		o.logic("prompt visibility", row.Place, v.File, visible, row.PromptVis)
	}
	help, _, _ := v.Help()
	// conf keeps blank lines around a help text, which we do not show.
	o.same("help", row.Place, strings.Trim(help, "\n"), strings.Trim(row.Help, "\n"))
	if v.Head.Kind == parser.Menu {
		restrictions := surroundings{}.with(o.scope, visibleIf(v))
		o.logic("visible if", row.Place, v.File, restrictions.visible, row.VisibleIf)
	}
	if v.Head.Kind.IsSymbolDefinition() || v.Head.Kind == parser.Choice {
		o.compareProperties(row, o.definition(v.Entry, around), v.File)
	}
}

// visibleIf returns the conditions that a menu restricts the prompts in it by.
func visibleIf(v menu.Visit) []menu.Condition {
	var conditions []menu.Condition
	for st := range v.Attributes() {
		if st.Kind == parser.VisibleIf {
			from, to := st.Expression()
			conditions = append(conditions, menu.Condition{Kind: parser.VisibleIf, File: v.File, Statement: st, From: from, To: to, Block: v.Head})
		}
	}
	return conditions
}

// compareProperties compares the defaults, ranges, selects and implies.
func (o *symbolOracle) compareProperties(row dumped, d SymbolDefinition, f *menu.File) {
	kinds := map[string][]SymbolProperty{"default": d.Defaults, "range": d.Ranges, "select": d.Selects, "imply": d.Implies}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		var rows []dumpedProp
		for _, p := range row.Props {
			if p.Kind == kind {
				rows = append(rows, p)
			}
		}
		ours := kinds[kind]
		o.same("number of "+kind, row.Place, fmt.Sprint(len(ours)), fmt.Sprint(len(rows)))
		for i := range min(len(ours), len(rows)) {
			o.same("place of "+kind, row.Place, fmt.Sprintf("%s:%d", f.Path, ours[i].Line), rows[i].Place)
			o.logic("condition of "+kind, rows[i].Place, f, expr.And(d.DependsOn, ours[i].Condition), rows[i].Visible)
			switch kind {
			case "default":
				o.logic("value of default", rows[i].Place, f, ours[i].Expr, rows[i].Expr)
			case "range":
				o.same("value of range", rows[i].Place, "["+ours[i].Value+"]", rows[i].Expr)
			default:
				o.same("target of "+kind, rows[i].Place, ours[i].Value, rows[i].Expr)
			}
		}
	}
}

// compareSymbols compares what all definitions of a symbol come to.
func (o *symbolOracle) compareSymbols() {
	seen := 0
	for sym := range Symbols(o.Snapshot, o.root, o.arch) {
		seen++
		row, ok := o.values[sym.Name]
		if !ok {
			o.differ("symbol", sym.Name, "defined", "not there")
			continue
		}
		o.same("type", sym.Name, sym.Type, strings.Replace(row.Type, "integer", "int", 1))
		if !sym.Definitions[0].InChoice { // conf has the dependency of members elsewhere
			o.logic("effective dependency", sym.Name, o.root.File(sym.Definitions[0].Path), sym.DependsOn, row.DirectDep)
		}
		single, ok := SymbolOf(o.Snapshot, o.root, o.arch, sym.Name)
		if d := cmp.Diff(single, sym, cmp.Comparer(func(a, b expr.Expr) bool { return expr.Equal(a, b) })); !ok || d != "" {
			o.differ("SymbolOf and Symbols", sym.Name, d, "")
		}
	}
	o.same("symbols", "", fmt.Sprint(seen), fmt.Sprint(len(o.types)))
}

// logic compares two expressions: first as they are written, up to the order
// and repetition of operands, then by what they come to for many values of
// their symbols.
func (o *symbolOracle) logic(class, place string, f *menu.File, ours expr.Expr, theirs string) {
	o.compared[class]++
	tree := parser.Parse("if "+theirs+"\n", parser.Linux(6, 12))
	from, to := tree.At(0).Expression()
	e, _ := expr.Parse(tree.At(0), from, to, 0)
	ours = o.evaluated(f, ours, class != "value of default")
	a, b := o.canonical(ours, false), o.canonical(e, false)
	if a == b {
		return
	}
	o.rewritten++
	if values := o.counterexample(ours, e); values != nil {
		o.differ(class, place, a, b+fmt.Sprint(values))
	}
}

// evaluated puts the values of macros into an expression. In a condition an m
// stands for m && MODULES (rewrite_m in scripts/kconfig/menu.c).
func (o *symbolOracle) evaluated(f *menu.File, e expr.Expr, condition bool) expr.Expr {
	return e.Replace(func(l expr.Leaf) expr.Expr {
		if condition && l.Kind() == expr.Constant && l.Text() == "m" {
			return expr.And(l.Expr(), expr.NewSymbol("MODULES").Expr())
		}
		if !l.HasMacros() {
			return l.Expr()
		}
		text, known := o.view.Variables().Expand(f, parser.Statement{}, l.Raw())
		if !known {
			o.differ("unknown macro", f.Path, l.Raw(), "")
			return l.Expr()
		}
		if l.Kind() == expr.Constant {
			return expr.NewConstant(text).Expr()
		}
		return expr.NewSymbol(text).Expr()
	})
}

// canonical prints an expression such that equal ones, up to the order and the
// repetition of operands and the place of negations, print alike.
func (o *symbolOracle) canonical(e expr.Expr, negated bool) string {
	switch op := e.Op(); {
	case op == expr.OpNone:
		return map[bool]string{false: "y", true: "n"}[negated]
	case op == expr.OpLeaf:
		return o.canonicalLeaf(e, negated)
	case op == expr.OpNot:
		return o.canonical(e.Arg(0), !negated)
	case op.IsComparison():
		return o.canonicalComparison(e, negated)
	default:
		and := (op == expr.OpAnd) != negated
		sign, absorbing, neutral := "|", "y", "n"
		if and {
			sign, absorbing, neutral = "&", "n", "y"
		}
		var parts []string
		for arg := range e.Args() {
			part := o.canonical(arg, negated)
			inner, nested := strings.CutPrefix(part, "("+sign+" ")
			switch {
			case part == absorbing:
				return absorbing
			case part == neutral:
			case nested:
				parts = append(parts, strings.Split(strings.TrimSuffix(inner, ")"), "\x00"+sign+"\x00")...)
			default:
				parts = append(parts, part)
			}
		}
		slices.Sort(parts)
		parts = slices.Compact(parts)
		switch len(parts) {
		case 0:
			return neutral
		case 1:
			return parts[0]
		}
		return "(" + sign + " " + strings.Join(parts, "\x00"+sign+"\x00") + ")"
	}
}

func (o *symbolOracle) canonicalLeaf(e expr.Expr, negated bool) string {
	for value, opposite := range map[string]string{"y": "n", "n": "y", "m": "m"} {
		if e.IsConstant(value) && negated {
			return opposite
		} else if e.IsConstant(value) {
			return value
		}
	}
	if negated {
		return "!" + e.String()
	}
	return e.String()
}

func (o *symbolOracle) canonicalComparison(e expr.Expr, negated bool) string {
	op := e.Op()
	if negated {
		op = map[expr.Op]expr.Op{
			expr.OpEqual: expr.OpUnequal, expr.OpUnequal: expr.OpEqual,
			expr.OpLess: expr.OpGreaterEqual, expr.OpGreaterEqual: expr.OpLess,
			expr.OpGreater: expr.OpLessEqual, expr.OpLessEqual: expr.OpGreater,
		}[op]
	}
	return e.Arg(0).String() + op.String() + e.Arg(1).String()
}

// verdict fails for every difference, and reports what was compared. There is
// nothing to explain away: with the answers that conf's macros got, all is
// equal, though not always written alike.
func (o *symbolOracle) verdict() {
	for _, class := range slices.Sorted(maps.Keys(o.differences)) {
		o.Errorf("%s: %d differences; for example\n%s", class, o.differences[class], o.examples[class])
	}
	o.Logf("%d expressions mean the same but are written otherwise", o.rewritten)
	for _, class := range slices.Sorted(maps.Keys(o.compared)) {
		o.Logf("%-24s %6d compared, %d differ", class, o.compared[class], o.differences[class])
	}
}
