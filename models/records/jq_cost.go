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
	maxCost = 1 << 20
	// maxPairs is the same where each is held against each other.
	maxPairs = 32 << 20
	// maxNested is how deep a value may be nested: functions go down into it one call for each level.
	maxNested = 10_000
	// maxDigits and maxBits are how long a number may be: sums with longer ones take more than the square of it.
	maxDigits = 300_000
	maxBits   = 1 << 20
	// maxSpread is how long a text may be that is taken to pieces, in bytes: each may come to dozens.
	maxSplit = 1 << 20
	// maxMatched and maxSearched are how much a pattern may give and take: bytes of the text for each group, and for each
	// byte of the pattern.
	maxMatched  = 256 << 10
	maxSearched = 256 << 20
	// maxIndex is the last place of an array that is written to by its number: all before it are filled up.
	maxIndex = 1 << 20
)

// errHeavy is why an expression fails for a record where a step would do too much.
var errTooExpensive = errors.New("a step of it does too much: a value in it is too long, too deep, or holds itself too often")

// weight is how much a function has to do that goes through all of v; it ends soon after limit.
func cost(v any, limit int) int { return addCost(v, 0, limit) }

func addCost(v any, depth, limit int) int {
	switch v := v.(type) {
	case string:
		return 1 + len(v)/8
	case json.Number:
		return tooBig(len(v) > maxDigits, limit)
	case *big.Int:
		return tooBig(v.BitLen() > maxBits, limit)
	case []any:
		sum := tooBig(depth > maxNested, limit)
		for i := 0; i < len(v) && sum <= limit; i++ {
			sum += addCost(v[i], depth+1, limit-sum)
		}
		return sum
	case map[string]any:
		sum := tooBig(depth > maxNested, limit)
		for key, member := range v {
			if sum += 1 + len(key)/8; sum > limit {
				break
			}
			sum += addCost(member, depth+1, limit-sum)
		}
		return sum
	}
	return 1
}

// heavyIf is the weight of a value itself: more than the limit where it is too much whatever else there is.
func tooBig(tooMuch bool, limit int) int {
	if tooMuch {
		return limit + 1
	}
	return 1
}

// heavy says whether a function does too much with what it is given: the value that it is applied to, and its arguments.
type costCheck func(x any, args []any) bool

// heavyAll is for a function of which nothing better is known.
func checkAll(x any, args []any) bool {
	left := maxCost - cost(x, maxCost)
	return left < 0 || checkArgs(nil, args) || left < costOf(args)
}

// heavyArgs is for an operator, which does not look at what it is applied to.
func checkArgs(_ any, args []any) bool { return costOf(args) > maxCost }

func costOf(args []any) int {
	sum := 0
	for _, arg := range args {
		if sum > maxCost {
			break
		}
		sum += cost(arg, maxCost)
	}
	return sum
}

func checkNone(any, []any) bool { return false }

// heavyPair is for what holds each part of one value against each of another.
func pairTooExpensive(l, r any) bool {
	a, b := cost(l, maxCost), cost(r, maxCost)
	return a > maxCost || b > maxCost || a*b > maxPairs
}

func checkWithArg(x any, args []any) bool { return pairTooExpensive(x, args[0]) }

func checkTwoArgs(_ any, args []any) bool { return pairTooExpensive(args[0], args[1]) }

// heavyIndex is for .[x], which looks for an array in another.
func checkIndex(_ any, args []any) bool {
	_, looksFor := args[1].([]any)
	return looksFor && checkTwoArgs(nil, args)
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
	return cost(v, maxCost)
}

// heavySum is for +, which copies what both hold, and does not go into it.
func checkSum(_ any, args []any) bool { return length(args[0])+length(args[1]) > maxCost }

// heavyProduct is for *, which repeats texts.
func checkProduct(_ any, args []any) bool {
	for i, arg := range args {
		text, isText := arg.(string)
		if times, isNumber := gojq.ToFloat64(ifCheap(args[1-i])); isText && isNumber {
			return float64(len(text))*times > maxCost*8
		}
	}
	return checkArgs(nil, args)
}

// cheap is the number that costs nothing to look at; nil where it does.
func ifCheap(v any) any {
	if cost(v, maxCost) > maxCost {
		return nil
	}
	return v
}

// heavyQuotient is for /, which takes texts to pieces.
func checkQuotient(_ any, args []any) bool { return isTooLongToSplit(args[0]) || checkArgs(nil, args) }

func checkSplit(x any, args []any) bool { return isTooLongToSplit(x) || checkAll(x, args) }

func isTooLongToSplit(v any) bool {
	text, isText := v.(string)
	return isText && len(text) > maxSplit
}

// heavyNumber is for a text that is read as a number.
func checkNumber(x any, _ []any) bool {
	text, isText := x.(string)
	return isText && len(text) > maxDigits || !isText && cost(x, maxCost) > maxCost
}

// heavyJoin puts a text between all others.
func checkJoin(x any, args []any) bool {
	return checkAll(x, args) || length(x)*(1+length(args[0])) > maxCost
}

// heavyTransposed makes all rows as long as the longest.
func checkTranspose(x any, args []any) bool {
	rows, _ := x.([]any)
	longest := 0
	for _, row := range rows {
		longest = max(longest, length(row))
	}
	return checkAll(x, args) || len(rows)*longest > maxCost
}
