// Package lsp is the Kconfig language server: it turns messages of the Language
// Server Protocol into questions to package analysis, and the answers into
// messages.
//
// Features live in analysis. A handler here converts in, asks, and converts
// out. Decided in this package alone are how positions of an editor and byte
// offsets correspond (mapper), the order of edits (editLog), when diagnostics are
// sent, when a client is told to ask again (refresh), and what waits until an
// editor that starts is quiet (opening).
//
// The server is stateless above the snapshot: no request depends on one before
// it, except that semantic token deltas refer to an earlier answer and fall
// back to a full one.
package lsp
