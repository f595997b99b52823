// Package conformance judges messages by the official types of the Language
// Server Protocol, the order of messages by its rules, and what a server sends by
// what the client has announced. It is for tests: no program imports it but
// lsptap, which judges recordings.
//
// The types are those of LSP 3.18, as a JSON schema that is generated from
// Microsoft's own declarations; lsp/testdata/protocol has the schema and the
// generator. They are taken strictly: a member that the protocol does not know
// is an error, because it is most often a misspelt one. A few rules that the
// specification gives only in words are checked too; see rules.go.
package conformance
