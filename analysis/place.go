package analysis

import (
	"github.com/kconfig-ls/kconfig-ls/analysis/menu"
	"github.com/kconfig-ls/kconfig-ls/analysis/model"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// Place is a statement of a tree, for people.
type Place struct {
	// Location is the statement's first line without its indentation, or the
	// part of it that is meant.
	Location
	// File is the path relative to the tree's directory, Line counts from 1.
	File string
	Line int
}

// statementOf returns a statement of a model in the current version of its
// file.
func (r *Root) statementOf(node *model.Node, statement int32) (*menu.File, parser.Statement, bool) {
	if node.File == nil {
		return nil, parser.Statement{}, false
	}
	f := r.Sources.File(node.File.ID)
	if f == nil {
		return nil, parser.Statement{}, false
	}
	st, ok := menu.Counterpart(node.File, int(statement), f)
	return f, st, ok
}

// placeOf returns where a statement of a model is.
func (r *Root) placeOf(node *model.Node, statement int32) Place {
	f, st, ok := r.statementOf(node, statement)
	if !ok {
		return Place{}
	}
	first, last := st.First(0), st.Len()-1
	for last > first && (st.Token(last).Kind == parser.Comment || st.Token(last).Kind == parser.BadCharacter) {
		last--
	}
	return Place{
		Location: Location{r.Path(f), int(st.Token(first).Start), int(st.Token(last).End)},
		File:     f.Path, Line: f.Tree.Line(int(st.Start)) + 1,
	}
}
