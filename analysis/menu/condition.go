package menu

import "github.com/kconfig-ls/kconfig-ls/parser"

// Condition is one thing that an entry depends on because of where it stands
// or what its own lines say: the operands of a statement.
type Condition struct {
	// Kind says where the condition comes from: If, Menu or Choice for a block
	// around the entry, DependsOn for the entry's own line, VisibleIf for a
	// menu that restricts prompts only.
	Kind parser.StatementKind
	File *File
	// Statement holds the expression in its tokens [From, To). For a block it
	// is the depends on line, not the block's opener.
	Statement parser.Statement
	From, To  int
	// Block is the opener of the block that brings the condition in. It is the
	// entry itself for the entry's own lines.
	Block parser.Statement
}

// Own returns the conditions that an entry's own depends on lines state.
func (e Entry) Own() []Condition { return e.dependencies(parser.DependsOn) }

// dependencies returns the entry's depends on lines as conditions of a kind.
func (e Entry) dependencies(kind parser.StatementKind) []Condition {
	var conditions []Condition
	for st := range e.Attributes() {
		if st.Kind == parser.DependsOn {
			from, to := st.Expression()
			conditions = append(conditions, Condition{kind, e.File, st, from, to, e.Head})
		}
	}
	return conditions
}

// around returns the conditions of the blocks of the file around a statement,
// the outermost first.
func (f *File) around(statement int) []Condition {
	blocks := f.Tree.Blocks()
	var enclosing []int
	for i := f.Enclosing(statement); i >= 0; i = blocks[i].Parent {
		enclosing = append(enclosing, i)
	}
	var conditions []Condition
	for i := len(enclosing) - 1; i >= 0; i-- {
		conditions = f.conditionsOf(blocks[enclosing[i]], conditions)
	}
	return conditions
}

// conditionsOf appends the conditions that a block of the file brings in.
func (f *File) conditionsOf(block parser.Block, conditions []Condition) []Condition {
	opener := f.Tree.At(block.Open)
	if block.Kind == parser.If {
		from, to := opener.Expression()
		return append(conditions, Condition{parser.If, f, opener, from, to, opener})
	}
	e := Entry{f, opener}
	conditions = append(conditions, e.dependencies(block.Kind)...)
	for st := range e.Attributes() {
		if st.Kind == parser.VisibleIf {
			from, to := st.Expression()
			conditions = append(conditions, Condition{parser.VisibleIf, f, st, from, to, opener})
		}
	}
	return conditions
}
