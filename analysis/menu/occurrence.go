package menu

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Role says what an occurrence of a symbol does there.
type Role uint8

// The roles.
const (
	Defines    Role = iota + 1 // config X, menuconfig X
	Redefaults                 // configdefault X
	DependsOn                  // depends on X
	Selects                    // select X
	Implies                    // imply X
	Defaults                   // default X in an entry
	ChoiceDefaults
	Ranges
	Conditions // any "if X" suffix
	Ifs        // if X
	VisibleIfs // visible if X
	Sets       // set X=...
)

// String returns the role's name as it stands in JSON output.
func (r Role) String() string {
	switch r {
	case Defines:
		return "definition"
	case Redefaults:
		return "configdefault"
	case DependsOn:
		return "depends"
	case Selects:
		return "select"
	case Implies:
		return "imply"
	case Defaults:
		return "default"
	case ChoiceDefaults:
		return "choice-default"
	case Ranges:
		return "range"
	case Conditions:
		return "condition"
	case Ifs:
		return "if"
	case VisibleIfs:
		return "visible"
	case Sets:
		return "set"
	}
	return "unknown"
}

// occurrence is a symbol in a chunk: the statement's place in the chunk and the
// token's place in the statement.
type occurrence struct {
	symbol    SymbolID
	statement uint32
	token     uint32
	role      Role
}

// part is what one chunk of a file contributes. It never changes.
type part struct {
	occurrences []occurrence
	// heads are the statements that open or end an entry, types those that
	// give a type, both in order.
	heads []head
	types []typeLine

	partCache
}

// summarizer collects what chunks contribute. It keeps its slices from chunk to
// chunk, so that a part costs only what it holds.
type summarizer struct {
	symbols     *Names
	occurrences []occurrence
	heads       []head
	types       []typeLine

	// What parts keep is cut from these. batch is how many occurrences to make
	// room for at a time, 0 for just enough.
	occurrenceRoom []occurrence
	headRoom       []head
	typeRoom       []typeLine
	batch          int
}

// chunk collects what chunk i of a tree contributes.
func (z *summarizer) chunk(t *parser.Tree, i int, into *part) {
	z.occurrences, z.heads, z.types = z.occurrences[:0], z.heads[:0], z.types[:0]
	from, to := t.Chunk(i)
	entry := t.EntryBefore(i)
	n := uint32(0)
	for st := range t.From(from) {
		if st.Index >= to {
			break
		}
		switch {
		case st.Kind == parser.Blank || st.Kind == parser.HelpText:
		case st.Kind == parser.Source || st.Kind == parser.Assignment || st.Kind == parser.Modules:
		default:
			z.addOccurrences(st, n, entry)
		}
		switch {
		case st.Kind.IsEntry():
			entry = st.Kind
			z.addHead(st, n)
		case st.Kind == parser.Type || st.Kind == parser.TypedDefault:
			if kind, ok := TypeOf(st); ok {
				z.types = append(z.types, typeLine{n, kind})
			}
		}
		n++
	}
	into.occurrences = keep(&z.occurrenceRoom, z.occurrences, z.batch)
	into.heads = keep(&z.headRoom, z.heads, z.batch/2)
	into.types = keep(&z.typeRoom, z.types, z.batch/4)
}

// keep returns a copy of a scratch slice without spare room, nil for nothing.
// It cuts the copy from a bigger slice that serves many chunks; batch is how
// many elements to make at a time.
func keep[T any](room *[]T, scratch []T, batch int) []T {
	n := len(scratch)
	if n == 0 {
		return nil
	}
	if n > len(*room) {
		*room = make([]T, max(n, batch))
	}
	kept := (*room)[:n:n]
	*room = (*room)[n:]
	copy(kept, scratch)
	return kept
}

// addHead notes a statement that opens or ends an entry, after its occurrences
// were added.
func (z *summarizer) addHead(st parser.Statement, n uint32) {
	h := head{statement: n}
	if k := len(z.occurrences) - 1; st.Kind.IsSymbolDefinition() && k >= 0 && z.occurrences[k].statement == n {
		h.symbol, h.defines = z.occurrences[k].symbol, true
	}
	z.heads = append(z.heads, h)
}

// addOccurrences adds the symbols of one statement.
func (z *summarizer) addOccurrences(st parser.Statement, n uint32, entry parser.StatementKind) {
	role := roleOf(st.Kind, entry)
	if role == 0 && st.Kind != parser.Type && st.Kind != parser.Prompt {
		return
	}
	first, ok := st.Operand()
	if !ok {
		return
	}
	for i := first; i < st.Len(); i++ {
		switch kind := st.Token(i).Kind; kind {
		case parser.KwIf:
			role = Conditions
		case parser.Word:
			if role == 0 {
				continue // an unquoted prompt
			}
			name := st.TokenText(i)
			if role > Redefaults && IsConstant(name) {
				continue
			}
			z.occurrences = append(z.occurrences, occurrence{SymbolID(z.symbols.Number(name)), n, uint32(i), role})
			switch role {
			case Defines, Redefaults, Sets:
				return
			}
		case parser.MacroWord:
			if role == Defines {
				return
			}
		}
	}
}

// roleOf returns the role of the symbols in a statement's operands, 0 if they
// are no symbols.
func roleOf(kind, entry parser.StatementKind) Role {
	switch kind {
	case parser.Config, parser.Menuconfig:
		return Defines
	case parser.Configdefault:
		return Redefaults
	case parser.DependsOn:
		return DependsOn
	case parser.Select:
		return Selects
	case parser.Imply:
		return Implies
	case parser.Default, parser.TypedDefault:
		if entry == parser.Choice {
			return ChoiceDefaults
		}
		return Defaults
	case parser.Range:
		return Ranges
	case parser.If:
		return Ifs
	case parser.VisibleIf:
		return VisibleIfs
	case parser.Set:
		return Sets
	}
	return 0
}

// IsConstant reports whether a bare word is a constant and not a symbol: y, m,
// n, or a number in decimal or with 0x.
func IsConstant(word string) bool {
	switch word {
	case "y", "m", "n", "":
		return true
	}
	digits := strings.TrimPrefix(word, "-")
	if hex, ok := strings.CutPrefix(digits, "0x"); ok || strings.HasPrefix(digits, "0X") {
		if !ok {
			hex = digits[2:]
		}
		return strings.Trim(hex, "0123456789abcdefABCDEF") == ""
	}
	return strings.Trim(digits, "0123456789") == ""
}
