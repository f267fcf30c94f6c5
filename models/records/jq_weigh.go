package records

import (
	"encoding/json"
	"errors"
	"math/big"

	"github.com/itchyny/gojq"
)

// Bounds of what a function of the interpreter is given. A step of it cannot be stopped: only what is small enough is begun.
const (
	// maxWeight is how many values, and pieces of eight bytes of text, one may be given in all. A value that shares its parts
	// with itself counts as often as it would be written.
	maxWeight = 1 << 20
	// maxPairs is the same where each is held against each other.
	maxPairs = 32 << 20
	// maxNested is how deep a value may be nested: functions go down into it one call for each level.
	maxNested = 10_000
	// maxDigits and maxBits are how long a number may be: sums with longer ones take more than the square of it.
	maxDigits = 300_000
	maxBits   = 1 << 20
	// maxSpread is how long a text may be that is taken to pieces, in bytes: each may come to dozens.
	maxSpread = 1 << 20
	// maxMatched and maxSearched are how much a pattern may give and take: bytes of the text for each group, and for each
	// byte of the pattern.
	maxMatched  = 256 << 10
	maxSearched = 256 << 20
	// maxIndex is the last place of an array that is written to by its number: all before it are filled up.
	maxIndex = 1 << 20
)

// errHeavy is why an expression fails for a record where a step would do too much.
var errHeavy = errors.New("a step of it does too much: a value in it is too long, too deep, or holds itself too often")

// weight is how much a function has to do that goes through all of v; it ends soon after limit.
func weight(v any, limit int) int { return weigh(v, 0, limit) }

func weigh(v any, depth, limit int) int {
	switch v := v.(type) {
	case string:
		return 1 + len(v)/8
	case json.Number:
		return heavyIf(len(v) > maxDigits, limit)
	case *big.Int:
		return heavyIf(v.BitLen() > maxBits, limit)
	case []any:
		sum := heavyIf(depth > maxNested, limit)
		for i := 0; i < len(v) && sum <= limit; i++ {
			sum += weigh(v[i], depth+1, limit-sum)
		}
		return sum
	case map[string]any:
		sum := heavyIf(depth > maxNested, limit)
		for key, member := range v {
			if sum += 1 + len(key)/8; sum > limit {
				break
			}
			sum += weigh(member, depth+1, limit-sum)
		}
		return sum
	}
	return 1
}

// heavyIf is the weight of a value itself: more than the limit where it is too much whatever else there is.
func heavyIf(tooMuch bool, limit int) int {
	if tooMuch {
		return limit + 1
	}
	return 1
}

// heavy says whether a function does too much with what it is given: the value that it is applied to, and its arguments.
type heavy func(x any, args []any) bool

// heavyAll is for a function of which nothing better is known.
func heavyAll(x any, args []any) bool {
	left := maxWeight - weight(x, maxWeight)
	return left < 0 || heavyArgs(nil, args) || left < total(args)
}

// heavyArgs is for an operator, which does not look at what it is applied to.
func heavyArgs(_ any, args []any) bool { return total(args) > maxWeight }

func total(args []any) int {
	sum := 0
	for _, arg := range args {
		if sum > maxWeight {
			break
		}
		sum += weight(arg, maxWeight)
	}
	return sum
}

func heavyNever(any, []any) bool { return false }

// heavyPair is for what holds each part of one value against each of another.
func heavyPair(l, r any) bool {
	a, b := weight(l, maxWeight), weight(r, maxWeight)
	return a > maxWeight || b > maxWeight || a*b > maxPairs
}

func heavyWith(x any, args []any) bool { return heavyPair(x, args[0]) }

func heavyBoth(_ any, args []any) bool { return heavyPair(args[0], args[1]) }

// heavyIndex is for .[x], which looks for an array in another.
func heavyIndex(_ any, args []any) bool {
	_, looksFor := args[1].([]any)
	return looksFor && heavyBoth(nil, args)
}

// length is how long a value is by itself, whatever its parts are.
func length(v any) int {
	switch v := v.(type) {
	case string:
		return len(v) / 8
	case []any:
		return len(v)
	case map[string]any:
		return len(v)
	}
	return weight(v, maxWeight)
}

// heavySum is for +, which copies what both hold, and does not go into it.
func heavySum(_ any, args []any) bool { return length(args[0])+length(args[1]) > maxWeight }

// heavyProduct is for *, which repeats texts.
func heavyProduct(_ any, args []any) bool {
	for i, arg := range args {
		text, isText := arg.(string)
		if times, isNumber := gojq.ToFloat64(cheap(args[1-i])); isText && isNumber {
			return float64(len(text))*times > maxWeight*8
		}
	}
	return heavyArgs(nil, args)
}

// cheap is the number that costs nothing to look at; nil where it does.
func cheap(v any) any {
	if weight(v, maxWeight) > maxWeight {
		return nil
	}
	return v
}

// heavyQuotient is for /, which takes texts to pieces.
func heavyQuotient(_ any, args []any) bool { return spreads(args[0]) || heavyArgs(nil, args) }

func heavySpread(x any, args []any) bool { return spreads(x) || heavyAll(x, args) }

func spreads(v any) bool {
	text, isText := v.(string)
	return isText && len(text) > maxSpread
}

// heavyNumber is for a text that is read as a number.
func heavyNumber(x any, _ []any) bool {
	text, isText := x.(string)
	return isText && len(text) > maxDigits || !isText && weight(x, maxWeight) > maxWeight
}

// heavyJoin puts a text between all others.
func heavyJoin(x any, args []any) bool {
	return heavyAll(x, args) || length(x)*(1+length(args[0])) > maxWeight
}

// heavyTransposed makes all rows as long as the longest.
func heavyTransposed(x any, args []any) bool {
	rows, _ := x.([]any)
	longest := 0
	for _, row := range rows {
		longest = max(longest, length(row))
	}
	return heavyAll(x, args) || len(rows)*longest > maxWeight
}
