package config

import (
	"math"
	"strings"

	"github.com/kconfig-ls/kconfig-ls/analysis/model"
)

// parseInt reads a number as strtoll in C does: blanks and a sign may stand
// before it, what follows it is left over, and what is too large becomes the
// largest. In base 16 and 0 there may be a 0x. overflow tells that it was too
// large, none that there was no digit.
func parseInt(text string, base int) (value int64, rest string, overflow, none bool) {
	negative, digits, base := prefix(text, base)
	u, rest, overflow, none := parseDigits(digits, base)
	if none {
		return 0, text, false, true
	}
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	if overflow || u > limit {
		if negative {
			return math.MinInt64, rest, true, false
		}
		return math.MaxInt64, rest, true, false
	}
	if negative {
		return -int64(u), rest, false, false
	}
	return int64(u), rest, false, false
}

// parseUint reads a number as strtoull in C does, which takes a sign as well.
func parseUint(text string, base int) (value uint64, rest string, overflow, none bool) {
	negative, digits, base := prefix(text, base)
	u, rest, overflow, none := parseDigits(digits, base)
	switch {
	case none:
		return 0, text, false, true
	case overflow:
		return math.MaxUint64, rest, true, false
	case negative:
		return -u, rest, false, false
	}
	return u, rest, false, false
}

// prefix takes off blanks, sign and 0x.
func prefix(text string, base int) (negative bool, digits string, _ int) {
	text = strings.TrimLeft(text, " \t\n\v\f\r")
	if text != "" && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		text = text[1:]
	}
	if (base == 0 || base == 16) && len(text) > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && digit(text[2]) < 16 {
		return negative, text[2:], 16
	}
	switch {
	case base != 0:
	case text != "" && text[0] == '0':
		base = 8
	default:
		base = 10
	}
	return negative, text, base
}

func parseDigits(text string, base int) (value uint64, rest string, overflow, none bool) {
	i := 0
	for ; i < len(text) && digit(text[i]) < base; i++ {
		d := uint64(digit(text[i]))
		if value > (math.MaxUint64-d)/uint64(base) {
			overflow = true
			continue
		}
		value = value*uint64(base) + d
	}
	return value, text[i:], overflow, i == 0
}

func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return math.MaxInt
}

func isDecimal(c byte) bool { return '0' <= c && c <= '9' }

// ValidText reports whether a text can be the value of an int, hex or string
// symbol. As sym_string_valid in scripts/kconfig/symbol.c.
func ValidText(t model.Type, text string) bool {
	switch t {
	case model.String:
		return true
	case model.Int:
		text = strings.TrimPrefix(text, "-")
		if text == "" || !isDecimal(text[0]) || text[0] == '0' && len(text) > 1 {
			return false
		}
		for i := range len(text) {
			if !isDecimal(text[i]) {
				return false
			}
		}
		return true
	case model.Hex:
		if strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") {
			text = text[2:]
		}
		if text == "" {
			return false
		}
		for i := range len(text) {
			if digit(text[i]) >= 16 {
				return false
			}
		}
		return true
	case model.Bool, model.Tristate:
		return text != "" && strings.IndexByte("yYmMnN", text[0]) >= 0
	}
	return false
}

// numberKind says how a text counts in a comparison.
type numberKind uint8

const (
	notANumber numberKind = iota
	signed
	unsigned
)

// compareTexts compares the values of two symbols, as expr_calc_value in
// scripts/kconfig/expr.c does: as numbers if both are, else as texts.
func compareTexts(a string, aType model.Type, b string, bType model.Type) int {
	if aType != model.String || bType != model.String {
		aKind, aBits := numberOf(a, aType)
		bKind, bBits := numberOf(b, bType)
		switch {
		case aKind == notANumber || bKind == notANumber:
		case aKind == unsigned || bKind == unsigned:
			return compare(aBits, bBits)
		default:
			return compare(int64(aBits), int64(bBits))
		}
	}
	return strings.Compare(a, b)
}

func compare[T int64 | uint64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// numberOf returns the bits of the number that a text is.
func numberOf(text string, t model.Type) (numberKind, uint64) {
	kind := signed
	var bits uint64
	var rest string
	var overflow, none bool
	switch t {
	case model.Bool, model.Tristate:
		switch text {
		case "n":
			return signed, 0
		case "m":
			return signed, 1
		case "y":
			return signed, 2
		}
		return signed, ^uint64(0) // -1
	case model.Hex:
		kind = unsigned
		bits, rest, overflow, none = parseUint(text, 16)
	default:
		base := 0
		if t == model.Int {
			base = 10
		}
		var value int64
		value, rest, overflow, none = parseInt(text, base)
		bits = uint64(value)
	}
	if none || overflow || rest != "" {
		return notANumber, 0
	}
	last := text[len(text)-1]
	if digit(last) >= 16 {
		return notANumber, 0
	}
	return kind, bits
}
