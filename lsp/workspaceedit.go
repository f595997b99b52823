package lsp

import (
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// change is what a workspace edit is made of.
type change struct {
	files   []analysis.FileEdit
	created []analysis.NewFile
	// annotations describe groups of edits, by name. groups are the groups of the edits
	// of files, in the same order; without them all are in one group.
	annotations map[string]protocol.ChangeAnnotation
	groups      [][]string
	group       string
}

// changeOf returns edits of one group. People are asked before it if it does not keep the
// meaning.
func changeOf(title string, files []analysis.FileEdit, keepsMeaning bool) change {
	note := protocol.ChangeAnnotation{Label: title}
	if !keepsMeaning {
		note.NeedsConfirmation = true
		note.Description = "configurations can come to other values after it"
	}
	return change{files: files, group: "all", annotations: map[string]protocol.ChangeAnnotation{"all": note}}
}

// annotates reports whether the client shows annotations of the edits of code actions.
// They are a part of documentChanges.
func (s *server) annotates() bool {
	return s.caps.DocumentChanges && s.caps.ChangeAnnotations && s.caps.ActionChangeAnnotations
}

// workspaceEdit converts edits without annotations, with the documents' versions if the
// client takes them.
func (d document) workspaceEdit(files []analysis.FileEdit) *protocol.WorkspaceEdit {
	return d.changeEdit(change{files: files})
}

// changeEdit converts a change in the form that the client takes. Files are created
// before anything is changed; for a client that cannot do that there must not be any.
func (d document) changeEdit(c change) *protocol.WorkspaceEdit {
	mappers := d.mappers()
	edit := &protocol.WorkspaceEdit{}
	annotated := d.server.annotates() && len(c.annotations) > 0
	name := func(file, i int) string {
		switch {
		case !annotated:
			return ""
		case c.groups != nil:
			return c.groups[file][i]
		}
		return c.group
	}
	used := map[string]protocol.ChangeAnnotation{}
	use := func(group string) string {
		if group != "" {
			used[group] = c.annotations[group]
		}
		return group
	}
	for _, file := range c.created {
		uri := documentURI(file.Path)
		group := ""
		if annotated {
			group = use(c.group)
		}
		edit.DocumentChanges = append(edit.DocumentChanges,
			protocol.DocumentChange{Create: &protocol.CreateFile{URI: uri, AnnotationID: group}},
			protocol.DocumentChange{Edit: &protocol.TextDocumentEdit{
				TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{URI: uri},
				Edits:        protocol.List[protocol.TextEdit]{{NewText: file.Text, AnnotationID: group}},
			}})
	}
	for i, file := range c.files {
		uri := documentURI(file.Path)
		ends := d.lineEnds(file.Path)
		var edits protocol.List[protocol.TextEdit]
		for j, e := range file.Edits {
			location := mappers.location(analysis.Location{Path: file.Path, Start: e.Start, End: e.End})
			edits = append(edits, protocol.TextEdit{Range: location.Range, NewText: ends.Replace(e.Text), AnnotationID: use(name(i, j))})
		}
		if !d.server.caps.DocumentChanges {
			if edit.Changes == nil {
				edit.Changes = map[protocol.DocumentURI]protocol.List[protocol.TextEdit]{}
			}
			edit.Changes[uri] = edits
			continue
		}
		id := protocol.OptionalVersionedTextDocumentIdentifier{URI: uri}
		if document := d.Document(file.Path); document != nil {
			version := document.Version
			id.Version = &version
		}
		edit.DocumentChanges = append(edit.DocumentChanges, protocol.DocumentChange{
			Edit: &protocol.TextDocumentEdit{TextDocument: id, Edits: edits},
		})
	}
	if len(used) > 0 {
		edit.ChangeAnnotations = used
	}
	return edit
}

// lineEnds returns what gives a text the line ends that a file has.
func (d document) lineEnds(path string) *strings.Replacer {
	if text := d.Text(path); text != nil && text.Lines() > 1 {
		if end := text.LineStart(1); strings.HasSuffix(text.Slice(0, end), "\r\n") {
			return strings.NewReplacer("\r\n", "\r\n", "\n", "\r\n")
		}
	}
	return strings.NewReplacer()
}
