package protocol

import "encoding/json"

// A List is a slice that encodes as an array even when it is nil, for members
// that the specification does not allow to be null. Slices are assignable to it.
type List[T any] []T

// MarshalJSON implements [json.Marshaler].
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]T(l))
}

// RawData encodes v for one of the Data members, which clients keep and send
// back. It panics if v cannot be encoded, which depends on its type only.
func RawData(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("protocol: RawData: " + err.Error())
	}
	return raw
}
