package macro

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// maxWork is how many bytes an expansion may read and write on its way.
	maxWork = 4 * MaxOutput
	// referenceWork is what a reference counts besides its bytes.
	referenceWork = 32
)

// value is a text in the making. It is unknown if it has causes; then the text
// is for people, with the references that are not known in it.
type value struct {
	text   string
	causes []Cause
	asked  []string // the commands whose answers went into it; see Result.Asked
}

// union returns the causes of two values, each once. It changes neither.
func union(a, b []Cause) []Cause {
	if len(a) == 0 {
		return b
	}
	for _, c := range b {
		if len(a) >= MaxCauses {
			break
		}
		if !slices.Contains(a, c) {
			a = append(a[:len(a):len(a)], c)
		}
	}
	return a
}

// unionOfCommands returns the commands of two values, each once, those of the
// first one first. It changes neither.
func unionOfCommands(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	for _, c := range b {
		if len(a) >= MaxCauses {
			break
		}
		if !slices.Contains(a, c) {
			a = append(a[:len(a):len(a)], c)
		}
	}
	return a
}

// expansion is one call of Expand or Define. Its functions call each other as
// deep as references nest, up to MaxDepth.
type expansion struct {
	env      *Environment
	at       Position
	active   map[*variable]int // how often each is being expanded
	depth    int
	work     int
	messages []Message
	err      *Error
}

func (e *Environment) begin(at Position) *expansion { return &expansion{env: e, at: at} }

// result returns what the expansion came to.
func (x *expansion) result(v value) Result {
	r := Result{Messages: x.messages, Err: x.err}
	if x.err == nil {
		r.text = v.text
		r.Asked = v.asked
		r.Causes = slices.Clone(v.causes)
		slices.SortFunc(r.Causes, func(a, b Cause) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Text, b.Text))
		})
	}
	return r
}

// fail ends the expansion. Only the first error counts.
func (x *expansion) fail(code ErrorCode, name, text string) {
	if x.err == nil {
		x.err = &Error{Code: code, Name: name, Text: text, At: x.at}
	}
}

// spend accounts for n bytes, and reports whether the expansion may go on.
func (x *expansion) spend(n int) bool {
	if x.work += n; x.work > maxWork {
		x.fail(CodeTooLarge, "", "the expansion grows too large")
	}
	return x.err == nil
}

// output is the text that an expansion puts together.
type output struct {
	b      strings.Builder
	causes []Cause
	asked  []string
}

func (o *output) value() value { return value{o.b.String(), o.causes, o.asked} }

// add appends a value.
func (x *expansion) add(o *output, v value) {
	if !x.spend(len(v.text)) {
		return
	}
	if o.b.Len()+len(v.text) > MaxOutput {
		x.fail(CodeTooLarge, "", "the expansion grows too large")
		return
	}
	o.b.WriteString(v.text)
	o.causes = union(o.causes, v.causes)
	o.asked = unionOfCommands(o.asked, v.asked)
}

// token expands a token: see Environment.Expand.
func (x *expansion) token(token string) value {
	token = x.env.joined(token)
	if !strings.ContainsAny(token, "$\"'") {
		return value{text: token}
	}
	var o output
	for p := range Pieces(token) {
		switch {
		case x.err != nil:
			return value{}
		case p.Reference:
			v, _ := x.reference(p.Text, nil)
			x.add(&o, v)
		case x.env.options.BareVariables:
			x.bare(&o, p.Text)
		default:
			x.add(&o, value{text: p.Text})
		}
	}
	return o.value()
}

// text expands a text within the call of a function, of which args are the name
// and what $(1), $(2) and so on stand for (expand_string_with_args in
// preprocess.c).
func (x *expansion) text(in string, args []value) value {
	i := strings.Index(in, "$(")
	if i < 0 {
		x.spend(len(in))
		return value{text: in}
	}
	var o output
	for ; i >= 0 && x.err == nil; i = strings.Index(in, "$(") {
		x.add(&o, value{text: in[:i]})
		var v value
		v, in = x.reference(in[i:], args)
		x.add(&o, v)
	}
	x.add(&o, value{text: in})
	return o.value()
}

// reference expands the reference that a text begins with, and returns what
// follows it (expand_dollar_with_args in preprocess.c).
func (x *expansion) reference(in string, args []value) (v value, rest string) {
	n, closed := referenceLen(in)
	if !x.spend(n + referenceWork) {
		return value{}, ""
	}
	if !closed {
		x.fail(CodeUnterminated, "", "unterminated reference to '"+in[2:]+"': missing ')'")
		return value{}, ""
	}
	if x.depth++; x.depth > MaxDepth {
		x.fail(CodeTooDeep, "", "Too deep recursive expansion")
	} else {
		v = x.clause(in[:n], args)
	}
	x.depth--
	return v, in[n:]
}

// clause expands one whole reference (eval_clause in preprocess.c).
func (x *expansion) clause(reference string, args []value) value {
	clause := reference[2 : len(reference)-1]
	if n := argumentNumber(clause); n > 0 && n < len(args) {
		return args[n]
	}
	if clause == "0" && len(args) > 1 && x.env.options.FunctionNames {
		return args[0]
	}
	parts, ok := split(clause)
	if !ok {
		x.fail(CodeTooManyArguments, parts[0], "too many function arguments")
		return value{}
	}
	call := make([]value, 0, len(parts))
	for _, part := range parts {
		if x.err != nil {
			return value{}
		}
		call = append(call, x.text(part, args))
	}
	if x.err != nil {
		return value{}
	}
	name := call[0]
	if len(name.causes) > 0 {
		return x.unknown(call, name.causes)
	}
	if v := x.env.variables[name.text]; v != nil {
		return x.variable(name.text, v, call)
	}
	if f, ok := builtinOf(name.text); ok {
		return x.builtin(f, call[1:])
	}
	options := &x.env.options
	if len(call) > 1 {
		if options.UnknownFunctions {
			return x.unknown(call, []Cause{{Function, name.text}})
		}
		return value{}
	}
	if text, ok := options.Variables[name.text]; ok && name.text != "" {
		return value{text: text}
	}
	// A parameter without an argument is empty, as in $(if-success,true,y).
	if options.UnknownVariables && name.text != "" && argumentNumber(name.text) == 0 {
		return x.unknown(call, []Cause{{Variable, name.text}})
	}
	return value{}
}

// unknown returns a value that is not known, with the call that has it as the
// text.
func (x *expansion) unknown(call []value, causes []Cause) value {
	var b strings.Builder
	b.WriteString("$(" + call[0].text)
	for _, arg := range call[1:] {
		b.WriteString("," + arg.text)
	}
	b.WriteByte(')')
	x.spend(b.Len())
	return value{text: b.String(), causes: causes}
}

// argumentNumber returns the number that a reference such as $(1) consists of,
// or 0. What is a number is as strtoul of C has it.
func argumentNumber(clause string) int {
	digits := strings.TrimLeft(clause, " \t\n\v\f\r")
	digits = strings.TrimPrefix(digits, "+")
	n := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0
		}
		n = min(n*10+int(digits[i]-'0'), 1<<20)
	}
	return n
}

// split cuts the inside of a reference at the commas outside of parentheses.
// It reports false for more than MaxArguments parts, after those.
func split(clause string) (parts []string, ok bool) {
	depth, start := 0, 0
	for i := range len(clause) {
		switch clause[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, clause[start:i])
				start = i + 1
				if len(parts) == MaxArguments {
					return parts, false
				}
			}
		}
	}
	return append(parts, clause[start:]), true
}

// variable expands a variable or calls a function of the tree
// (variable_expand in preprocess.c).
func (x *expansion) variable(name string, v *variable, args []value) value {
	nested := x.active[v]
	switch {
	case nested > 0 && len(args) == 1:
		x.fail(CodeRecursive, name, "Recursive variable '"+name+"' references itself (eventually)")
		return value{}
	case nested > MaxRecursion:
		x.fail(CodeTooDeep, name, "Too deep recursive expansion")
		return value{}
	case v.flavor == Simple:
		return v.value
	}
	if x.active == nil {
		x.active = map[*variable]int{}
	}
	x.active[v]++
	expanded := x.text(v.value.text, args)
	x.active[v]--
	return expanded
}

// bare appends a literal text with its $NAME and ${NAME} expanded.
func (x *expansion) bare(o *output, text string) {
	for x.err == nil {
		i := strings.IndexByte(text, '$')
		if i < 0 {
			break
		}
		name, n := bareName(text[i:])
		content, known := x.env.options.Variables[name]
		switch {
		case n == 0 || !known && !x.env.options.UnknownVariables:
			n = max(n, 1)
			x.add(o, value{text: text[:i+n]})
		case known:
			x.add(o, value{text: text[:i] + content})
		default:
			x.add(o, value{text: text[:i+n], causes: []Cause{{Variable, name}}})
		}
		text = text[i+n:]
	}
	x.add(o, value{text: text})
}

// bareName returns the name in the $NAME or ${NAME} that a text begins with,
// and the length of the whole, 0 if there is none.
func bareName(text string) (name string, n int) {
	if strings.HasPrefix(text, "${") {
		end := strings.IndexByte(text, '}')
		if end <= 2 {
			return "", 0
		}
		return text[2:end], end + 1
	}
	n = 1
	for n < len(text) && (isAlphanumeric(text[n]) || text[n] == '_') {
		n++
	}
	if n == 1 {
		return "", 0
	}
	return text[1:n], n
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
