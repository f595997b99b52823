package analysis

// CompletionKind says what a completion stands for.
type CompletionKind uint8

// The kinds of completions.
const (
	CompletionKeyword  CompletionKind = iota + 1 // a keyword or an operator
	CompletionSnippet                            // a whole entry or block
	CompletionSymbol                             // a symbol
	CompletionConstant                           // y, m, n
	CompletionFile                               // a file in a source path
	CompletionFolder                             // a directory in a source path
	CompletionFunction                           // a macro function
	CompletionVariable                           // a macro or environment variable
)

// CompletionItem is one thing that could be written at a place.
type CompletionItem struct {
	// Label is what the list shows: the keyword, name or path element.
	Label string
	Kind  CompletionKind
	// Detail is short and stands beside the label: a symbol's type, a
	// function's signature.
	Detail string
	// Description is longer: a symbol's prompt.
	Description string
	// InsertText takes the place of Replace. If Snippet is true it has tab
	// stops ($1, ${2:name}, $0) and escapes as editors' snippets have them.
	InsertText string
	Snippet    bool
	// Replace is what is replaced: the word around the offset, which may be
	// empty. It lies within one line.
	Replace Location
	// SortText orders the list. FilterText is what clients match typed text
	// with; it is "" where the label serves.
	SortText   string
	FilterText string
	// Data identifies what ResolveCompletion describes. It is the zero value if
	// there is nothing to describe.
	Data CompletionData
}

// CompletionData identifies a symbol, keyword or macro for ResolveCompletion.
type CompletionData struct {
	// Dir is the directory of the symbol's tree, as in Root.Dir; for a file
	// outside of any tree it is the file's path.
	Dir  string
	Kind CompletionKind
	Name string
}

// CompletionList is the completions at a place, best first.
type CompletionList struct {
	Items []CompletionItem
	// Incomplete says that there were more than the limit allows: what is typed
	// next may bring up others.
	Incomplete bool
}

// CompleteOptions say what a client can use.
type CompleteOptions struct {
	// Limit is the most items to return. 0 stands for 200.
	Limit int
	// Snippets says that InsertText may have tab stops.
	Snippets bool
}

// Complete returns what could be written at an offset of a file. It is empty
// where text is free: in prompts, help texts and comments.
func Complete(s *Snapshot, path string, offset int, opts CompleteOptions) CompletionList {
	return CompletionList{}
}

// ResolveCompletion describes a completion. It reports false if there is
// nothing to say about it, or no longer.
func ResolveCompletion(s *Snapshot, data CompletionData) (Documentation, bool) {
	return Documentation{}, false
}
