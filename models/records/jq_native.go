package records

import (
	"errors"
	"reflect"
	"strings"

	"github.com/itchyny/gojq"
)

// native is how the interpreter keeps a function of its own: applied to a value, with arguments.
type nativeFunc = func(any, []any) any

// natives are the functions that are not weighed as all others are.
var nativeChecks = map[string]costCheck{
	"_index": checkIndex, "_slice": checkNone, "length": checkNone, "type": checkNone, "has": checkNone, "keys": checkNone,
	"_allocator": checkNone, "_break": checkNone, "_range": checkNone, "now": checkNone, "builtins": checkNone,
	"_add": checkSum, "_multiply": checkProduct, "_divide": checkQuotient, "_modulo": checkArgs, "_subtract": checkTwoArgs,
	"_equal": checkArgs, "_notequal": checkArgs, "_less": checkArgs, "_lesseq": checkArgs, "_greater": checkArgs, "_greatereq": checkArgs,
	"_alternative": checkNone,
	"contains":     checkWithArg, "inside": checkWithArg, "indices": checkWithArg, "index": checkWithArg, "rindex": checkWithArg,
	"explode": checkSplit, "split": checkSplit, "fromjson": checkSplit, "tonumber": checkNumber,
	"join": checkJoin, "transpose": checkTranspose, "_match": checkMatch,
	"getpath": checkPath, "setpath": checkPath, "_setpath": checkPath,
}

// heavyPath is for reading and writing along a path: an array is filled up to the number that is written to.
func checkPath(_ any, args []any) bool {
	path, _ := args[0].([]any)
	if len(path) > maxNested {
		return true
	}
	for _, at := range path {
		if n, isNumber := gojq.ToFloat64(ifCheap(at)); isNumber && n > maxIndex {
			return true
		}
	}
	return false
}

// heavyMatch is for a pattern: its arguments are the pattern, its flags, and whether only that it matches is asked for.
func checkMatch(x any, args []any) bool {
	text, isText := x.(string)
	pattern, isPattern := args[0].(string)
	if !isText || !isPattern {
		return false // an error, which shows but the beginning of either
	}
	flags, _ := args[1].(string)
	if args[2] != true && strings.Contains(flags, "g") && len(text)*(1+strings.Count(pattern, "(")) > maxMatched {
		return true
	}
	const repeats = 100 // a{1000} stands for a hundred times as much as it is long
	cost := len(pattern)
	if strings.Contains(pattern, "{") {
		cost *= repeats
	}
	return cost > maxSplit || len(text)*cost > maxSearched
}

// errUnguarded is a version of the interpreter that is built otherwise than the one this is made for.
var errUnsupportedInterpreter = errors.New("this interpreter cannot be bounded")

// guardNatives has the interpreter's own functions weigh what they are given before they begin. The interpreter looks for
// an end before each of its steps, but such a function is one step, however long it takes and however much memory: a value
// of sixty steps ([., .] again and again) would not be written in the age of the world. It offers no way to replace its own
// functions, so they are found by the names of its fields.
func limitNatives(code *gojq.Code) error {
	codes := reflect.ValueOf(code).Elem().FieldByName("codes")
	if codes.Kind() != reflect.Slice {
		return errUnsupportedInterpreter
	}
	for i := range codes.Len() {
		v := reflect.Indirect(codes.Index(i)).FieldByName("v")
		if !v.IsValid() || v.Type() != reflect.TypeFor[any]() {
			return errUnsupportedInterpreter
		}
		held := (*any)(v.Addr().UnsafePointer())
		if call, ok := (*held).([3]any); ok {
			if call[0], ok = limited(call); !ok {
				return errUnsupportedInterpreter
			}
			*held = call
		}
	}
	return nil
}

// weighing is the function of a call, which is kept with the number of its arguments and its name.
func limited(call [3]any) (nativeFunc, bool) {
	do, isNative := call[0].(nativeFunc)
	name, isNamed := call[2].(string)
	tooMuch, known := nativeChecks[name]
	if !known {
		tooMuch = checkAll
	}
	return func(x any, args []any) any {
		if tooMuch(x, args) {
			return errTooExpensive
		}
		return do(x, args)
	}, isNative && isNamed
}
