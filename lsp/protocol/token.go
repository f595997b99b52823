package protocol

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// A Token is a number or a string: the type of progress tokens. The zero Token
// stands for none. Tokens are comparable.
type Token struct {
	raw string // the JSON encoding, or empty
}

// StringToken returns the token s.
func StringToken(s string) Token {
	raw, _ := json.Marshal(s) // cannot fail for a string
	return Token{string(raw)}
}

// IntToken returns the token n.
func IntToken(n int32) Token { return Token{strconv.FormatInt(int64(n), 10)} }

// IsZero reports whether t stands for no token.
func (t Token) IsZero() bool { return t.raw == "" }

// String returns the token as it reads in JSON.
func (t Token) String() string { return t.raw }

// MarshalJSON implements [json.Marshaler].
func (t Token) MarshalJSON() ([]byte, error) {
	if t.raw == "" {
		return []byte("null"), nil
	}
	return []byte(t.raw), nil
}

// UnmarshalJSON implements [json.Unmarshaler]. It accepts strings, integers and
// null.
func (t *Token) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*t = Token{}
		return nil
	}
	var s string
	if err := json.Unmarshal(data, &s); err == nil {
		*t = StringToken(s) // one spelling for one string
		return nil
	}
	var n int64
	if err := json.Unmarshal(data, &n); err != nil {
		return fmt.Errorf("token is neither string nor integer: %.40s", data)
	}
	*t = Token{strconv.FormatInt(n, 10)}
	return nil
}

// WorkDoneProgressParams are part of the parameters of requests that can report
// their progress to a token the client chose.
type WorkDoneProgressParams struct {
	WorkDoneToken Token `json:"workDoneToken,omitzero"`
}
