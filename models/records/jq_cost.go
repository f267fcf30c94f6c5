package records

import (
	"encoding/json"
	"errors"
	"math/big"

	"github.com/itchyny/gojq"
)

// Bounds of what a built-in function gets. A step can't be stopped, so it only starts if its arguments are small enough.
const (
	// maxCost is the number of values plus the size of texts in units of eight bytes. Shared parts count each time.
	maxCost = 1 << 20
	// maxPairs limits functions that compare each part with each other.
	maxPairs = 32 << 20
	// maxNested limits the nesting, because functions recurse.
	maxNested = 10_000
	// maxDigits and maxBits limit numbers: arithmetic with longer ones takes more than quadratic time.
	maxDigits = 300_000
	maxBits   = 1 << 20
	// maxSplit is the size of a text to split, in bytes: each byte may need dozens.
	maxSplit = 1 << 20
	// maxMatched and maxSearched limit patterns: the size of the text times the groups, and times the pattern's size.
	maxMatched  = 256 << 10
	maxSearched = 256 << 20
	// maxIndex is the highest array index that can be written: the array is filled up to it.
	maxIndex = 1 << 20
)

// errTooExpensive is why an expression fails for a record if a step would be too expensive.
var errTooExpensive = errors.New(textTooExpensive)

// cost is the work of a function that visits all of v. It stops counting soon after limit.
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

// tooBig is the cost of a value itself: more than the limit if it is too big.
func tooBig(tooMuch bool, limit int) int {
	if tooMuch {
		return limit + 1
	}
	return 1
}

// costCheck reports whether a call is too expensive: with the value that it is applied to, and its arguments.
type costCheck func(x any, args []any) bool

// checkAll is the default.
func checkAll(x any, args []any) bool {
	left := maxCost - cost(x, maxCost)
	return left < 0 || checkArgs(nil, args) || left < costOf(args)
}

// checkArgs is for operators, which ignore the value that they are applied to.
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

// pairTooExpensive is for functions that compare each part of a value with each part of another.
func pairTooExpensive(l, r any) bool {
	a, b := cost(l, maxCost), cost(r, maxCost)
	return a > maxCost || b > maxCost || a*b > maxPairs
}

func checkWithArg(x any, args []any) bool { return pairTooExpensive(x, args[0]) }

func checkTwoArgs(_ any, args []any) bool { return pairTooExpensive(args[0], args[1]) }

// checkIndex is for .[x], which searches an array in another.
func checkIndex(_ any, args []any) bool {
	_, looksFor := args[1].([]any)
	return looksFor && checkTwoArgs(nil, args)
}

// length is the size of a value without its parts.
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

// checkSum is for +, which copies both without their parts.
func checkSum(_ any, args []any) bool { return length(args[0])+length(args[1]) > maxCost }

// checkProduct is for *, which repeats texts.
func checkProduct(_ any, args []any) bool {
	for i, arg := range args {
		text, isText := arg.(string)
		if times, isNumber := gojq.ToFloat64(ifCheap(args[1-i])); isText && isNumber {
			return float64(len(text))*times > maxCost*8
		}
	}
	return checkArgs(nil, args)
}

// ifCheap returns the value if it is cheap; else nil.
func ifCheap(v any) any {
	if cost(v, maxCost) > maxCost {
		return nil
	}
	return v
}

// checkQuotient is for /, which splits texts.
func checkQuotient(_ any, args []any) bool { return isTooLongToSplit(args[0]) || checkArgs(nil, args) }

func checkSplit(x any, args []any) bool { return isTooLongToSplit(x) || checkAll(x, args) }

func isTooLongToSplit(v any) bool {
	text, isText := v.(string)
	return isText && len(text) > maxSplit
}

// checkNumber is for parsing a number.
func checkNumber(x any, _ []any) bool {
	text, isText := x.(string)
	return isText && len(text) > maxDigits || !isText && cost(x, maxCost) > maxCost
}

// checkJoin is for inserting a text between all others.
func checkJoin(x any, args []any) bool {
	return checkAll(x, args) || length(x)*(1+length(args[0])) > maxCost
}

// checkTranspose is for making all rows as long as the longest.
func checkTranspose(x any, args []any) bool {
	rows, _ := x.([]any)
	longest := 0
	for _, row := range rows {
		longest = max(longest, length(row))
	}
	return checkAll(x, args) || len(rows)*longest > maxCost
}
