package protocol

import (
	"encoding/json"
	"fmt"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A TextEdit replaces Range by NewText. AnnotationID, if set, names a
// [ChangeAnnotation] of the workspace edit that contains it; it may be set only
// for clients with Capabilities.ChangeAnnotations.
type TextEdit struct {
	Range        Range  `json:"range"`
	NewText      string `json:"newText"`
	AnnotationID string `json:"annotationId,omitempty"`
}

// A WorkspaceEdit changes documents and files. Use DocumentChanges for clients
// with Capabilities.DocumentChanges, else Changes, never both. The order of
// DocumentChanges counts.
type WorkspaceEdit struct {
	Changes           map[DocumentURI]List[TextEdit] `json:"changes,omitempty"`
	DocumentChanges   []DocumentChange               `json:"documentChanges,omitempty"`
	ChangeAnnotations map[string]ChangeAnnotation    `json:"changeAnnotations,omitempty"`
}

// A ChangeAnnotation describes a part of a workspace edit to the user.
type ChangeAnnotation struct {
	Label             string `json:"label"`
	NeedsConfirmation bool   `json:"needsConfirmation,omitempty"`
	Description       string `json:"description,omitempty"`
}

// A DocumentChange is one step of a workspace edit. Exactly one member is set.
// Create, Rename and Delete need the entry of their name in
// Capabilities.ResourceOperations.
type DocumentChange struct {
	Edit   *TextDocumentEdit
	Create *CreateFile
	Rename *RenameFile
	Delete *DeleteFile
}

// A TextDocumentEdit changes the text of a document. A client refuses it if the
// document no longer has the version given.
type TextDocumentEdit struct {
	TextDocument OptionalVersionedTextDocumentIdentifier `json:"textDocument"`
	Edits        List[TextEdit]                          `json:"edits"`
}

// CreateFile creates a file.
type CreateFile struct {
	URI          DocumentURI        `json:"uri"`
	Options      *CreateFileOptions `json:"options,omitempty"`
	AnnotationID string             `json:"annotationId,omitempty"`
}

// CreateFileOptions say what happens to a file that exists. Overwrite wins.
type CreateFileOptions struct {
	Overwrite      bool `json:"overwrite,omitempty"`
	IgnoreIfExists bool `json:"ignoreIfExists,omitempty"`
}

// RenameFile renames a file or a folder.
type RenameFile struct {
	OldURI       DocumentURI        `json:"oldUri"`
	NewURI       DocumentURI        `json:"newUri"`
	Options      *RenameFileOptions `json:"options,omitempty"`
	AnnotationID string             `json:"annotationId,omitempty"`
}

// RenameFileOptions say what happens if the new name exists. Overwrite wins.
type RenameFileOptions struct {
	Overwrite      bool `json:"overwrite,omitempty"`
	IgnoreIfExists bool `json:"ignoreIfExists,omitempty"`
}

// DeleteFile deletes a file or a folder.
type DeleteFile struct {
	URI          DocumentURI        `json:"uri"`
	Options      *DeleteFileOptions `json:"options,omitempty"`
	AnnotationID string             `json:"annotationId,omitempty"`
}

// DeleteFileOptions say how to delete.
type DeleteFileOptions struct {
	Recursive         bool `json:"recursive,omitempty"`
	IgnoreIfNotExists bool `json:"ignoreIfNotExists,omitempty"`
}

type (
	createFileKind struct {
		Kind string `json:"kind"`
		*CreateFile
	}
	renameFileKind struct {
		Kind string `json:"kind"`
		*RenameFile
	}
	deleteFileKind struct {
		Kind string `json:"kind"`
		*DeleteFile
	}
)

// MarshalJSON implements [json.Marshaler].
func (c DocumentChange) MarshalJSON() ([]byte, error) {
	switch {
	case c.Edit != nil:
		return json.Marshal(c.Edit)
	case c.Create != nil:
		return json.Marshal(createFileKind{"create", c.Create})
	case c.Rename != nil:
		return json.Marshal(renameFileKind{"rename", c.Rename})
	case c.Delete != nil:
		return json.Marshal(deleteFileKind{"delete", c.Delete})
	}
	return nil, fmt.Errorf("protocol: empty DocumentChange")
}

// UnmarshalJSON implements [json.Unmarshaler].
func (c *DocumentChange) UnmarshalJSON(data []byte) error {
	var tag struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(data, &tag); err != nil {
		return err
	}
	*c = DocumentChange{}
	switch tag.Kind {
	case "":
		return json.Unmarshal(data, &c.Edit)
	case "create":
		return json.Unmarshal(data, &c.Create)
	case "rename":
		return json.Unmarshal(data, &c.Rename)
	case "delete":
		return json.Unmarshal(data, &c.Delete)
	}
	return fmt.Errorf("protocol: document change of unknown kind %q", tag.Kind)
}

// ApplyWorkspaceEditParams are the parameters of [MethodApplyEdit].
type ApplyWorkspaceEditParams struct {
	Label string        `json:"label,omitempty"`
	Edit  WorkspaceEdit `json:"edit"`
}

// ApplyWorkspaceEditResult answers [MethodApplyEdit].
type ApplyWorkspaceEditResult struct {
	Applied       bool    `json:"applied"`
	FailureReason string  `json:"failureReason,omitempty"`
	FailedChange  *uint32 `json:"failedChange,omitempty"`
}

// RenameParams are the parameters of [MethodRename].
type RenameParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
	NewName string `json:"newName"`
}

// PrepareRenameParams are the parameters of [MethodPrepareRename].
type PrepareRenameParams struct {
	TextDocumentPositionParams
	WorkDoneProgressParams
}

// PrepareRenameResult answers [MethodPrepareRename]: what would be renamed, and
// what the user edits. A nil result means that nothing can be renamed there.
type PrepareRenameResult struct {
	Range       Range  `json:"range"`
	Placeholder string `json:"placeholder"`
}

// CodeActionKind is a hierarchical name such as "refactor.extract".
type CodeActionKind = lsp.CodeActionKind

// The kinds of code actions.
const (
	QuickFix              CodeActionKind = lsp.CodeActionKindQuickFix
	Refactor              CodeActionKind = lsp.CodeActionKindRefactor
	RefactorExtract       CodeActionKind = lsp.CodeActionKindRefactorExtract
	RefactorInline        CodeActionKind = lsp.CodeActionKindRefactorInline
	RefactorMove          CodeActionKind = "refactor.move" // 3.18
	RefactorRewrite       CodeActionKind = lsp.CodeActionKindRefactorRewrite
	Source                CodeActionKind = lsp.CodeActionKindSource
	SourceOrganizeImports CodeActionKind = lsp.CodeActionKindSourceOrganizeImports
	SourceFixAll          CodeActionKind = "source.fixAll" // 3.17
)

// CodeActionTriggerKind says whether the user asked for code actions (3.17).
type CodeActionTriggerKind uint32

// The triggers of code action requests.
const (
	CodeActionInvoked   CodeActionTriggerKind = 1
	CodeActionAutomatic CodeActionTriggerKind = 2
)

// CodeActionParams are the parameters of [MethodCodeAction].
type CodeActionParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
	Context      CodeActionContext      `json:"context"`
}

// CodeActionContext says which actions the client wants. Diagnostics are those
// the client shows in the range, from any server. If Only is not empty, only
// actions of these kinds and kinds below them are wanted.
type CodeActionContext struct {
	Diagnostics List[Diagnostic]      `json:"diagnostics"`
	Only        []CodeActionKind      `json:"only,omitempty"`
	TriggerKind CodeActionTriggerKind `json:"triggerKind,omitempty"` // 3.17
}

// A CodeAction is a change that the server offers. Edit may be left to
// [MethodCodeActionResolve] for clients with Capabilities.CodeActionResolveEdit.
type CodeAction struct {
	Title       string              `json:"title"`
	Kind        CodeActionKind      `json:"kind,omitempty"`
	Diagnostics []Diagnostic        `json:"diagnostics,omitempty"`
	IsPreferred bool                `json:"isPreferred,omitempty"`
	Disabled    *CodeActionDisabled `json:"disabled,omitempty"`
	Edit        *WorkspaceEdit      `json:"edit,omitempty"`
	Command     *Command            `json:"command,omitempty"`
	Data        json.RawMessage     `json:"data,omitempty"`
}

// CodeActionDisabled says why an action is not possible now.
type CodeActionDisabled struct {
	Reason string `json:"reason"`
}

// FormattingOptions are a client's wishes on formatting. Unknown options are
// ignored.
type FormattingOptions struct {
	TabSize                uint32 `json:"tabSize"`
	InsertSpaces           bool   `json:"insertSpaces"`
	TrimTrailingWhitespace bool   `json:"trimTrailingWhitespace,omitempty"`
	InsertFinalNewline     bool   `json:"insertFinalNewline,omitempty"`
	TrimFinalNewlines      bool   `json:"trimFinalNewlines,omitempty"`
}

// DocumentFormattingParams are the parameters of [MethodFormatting].
type DocumentFormattingParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Options      FormattingOptions      `json:"options"`
}

// DocumentRangeFormattingParams are the parameters of [MethodRangeFormatting].
type DocumentRangeFormattingParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
	Options      FormattingOptions      `json:"options"`
}

// DocumentRangesFormattingParams are the parameters of
// [MethodRangesFormatting] (3.18).
type DocumentRangesFormattingParams struct {
	WorkDoneProgressParams
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Ranges       List[Range]            `json:"ranges"`
	Options      FormattingOptions      `json:"options"`
}

// DocumentOnTypeFormattingParams are the parameters of
// [MethodOnTypeFormatting].
type DocumentOnTypeFormattingParams struct {
	TextDocumentPositionParams
	Ch      string            `json:"ch"`
	Options FormattingOptions `json:"options"`
}
