package report

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// Identity is what makes findings of two runs the same one, though lines were put in or
// taken out before it. Several findings of a run can have the same.
type Identity struct {
	// File is relative to the directory of the finding's tree, with slashes.
	File string
	Code string
	// Symbol is what the finding is about, "" if there is none.
	Symbol string
	// Text is the line that it begins in, with one blank for any number of them.
	Text string
}

// Identity returns the identity of a finding of the report.
func (r *Report) Identity(f *Finding) Identity {
	return Identity{
		relative(r.Views[f.View].Root, f.Path), f.Code, f.Symbol,
		strings.ToValidUTF8(strings.Join(strings.Fields(f.Text), " "), "\uFFFD"),
	}
}

// fingerprint returns a short name for the nth finding of an identity, counted from 0.
func (id Identity) fingerprint(n int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{id.File, id.Code, id.Symbol, id.Text, strconv.Itoa(n)}, "\x00")))
	return hex.EncodeToString(sum[:16])
}
