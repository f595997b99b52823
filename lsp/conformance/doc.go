// Package conformance judges messages by the official types of the Language
// Server Protocol. It is for tests: no program imports it.
//
// The types are those of LSP 3.18, as a JSON schema that is generated from
// Microsoft's own declarations; lsp/testdata/protocol has the schema and the
// generator. They are taken strictly: a member that the protocol does not know
// is an error, because it is most often a misspelt one. A few rules that the
// specification gives only in words are checked too; see rules.go.
package conformance
