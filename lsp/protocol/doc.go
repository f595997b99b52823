// Package protocol is this server's view of the Language Server Protocol: the
// structures, method names, error codes and URIs, and nothing that does
// anything.
//
// It is the only package that imports glsp. What glsp models well (the
// enumerations and the small structures of LSP 3.16) is aliased here; what it
// models wrongly is replaced; what came with 3.17 and 3.18, as far as a Kconfig
// server needs it, is added. The replacements, and why:
//
//   - Unions whose decoding loses the value (progress tokens, request ids,
//     diagnostic codes) have types of their own, and so has every parameter
//     structure that contains one.
//   - Position and Range carry no methods that compute offsets: the ones of
//     glsp return 0 for positions past the end of the text. Conversion belongs to
//     the one converter that knows the negotiated encoding.
//   - Arrays that the specification demands are of type [List], which never
//     encodes as null.
//   - Document versions are signed.
//   - Optional members are plain values where the zero value cannot be meant,
//     and pointers only where it can.
//   - Client capabilities are resolved once into the flat [Capabilities], from
//     JSON that may be wrong anywhere.
//   - Trace values are spelled as clients spell them.
//
// The types are for one side, the server: what only clients send need not
// encode, and what only servers send need not decode, except where tests use
// it.
package protocol
