package analysis

// Signature is the function whose arguments are being written.
type Signature struct {
	// Label is the call as it is written, with the parameters' names.
	Label string
	// Documentation says in a sentence what the function does.
	Documentation Documentation
	Parameters    []SignatureParameter
	// Active is the parameter that the offset is in, -1 if it is in the name or
	// behind the last parameter.
	Active int
}

// SignatureParameter is one parameter of a signature.
type SignatureParameter struct {
	// Start and End are the byte range of the parameter in the label.
	Start, End int
	// Name is the text of that range.
	Name string
}

// SignatureAt returns the function in whose call $(fn,arg,...) an offset of a
// file lies. It reports false outside of calls, and for functions that nothing
// defines.
func SignatureAt(s *Snapshot, path string, offset int) (Signature, bool) {
	return Signature{}, false
}
