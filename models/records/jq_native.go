package records

import (
	"errors"
	"reflect"
	"strings"

	"github.com/itchyny/gojq"
)

// nativeFunc is a built-in function in the interpreter's code: it gets a value and arguments.
type nativeFunc = func(any, []any) any

// matchName is the built-in function for patterns.
const matchName = "_match"

// nativeChecks are the cost checks of built-in functions. All others use checkAll.
var nativeChecks = map[string]costCheck{
	"_index": checkIndex, "_slice": checkNone, "length": checkNone, "type": checkNone, "has": checkNone, "keys": checkNone,
	"_allocator": checkNone, "_break": checkNone, "_range": checkNone, "now": checkNone, "builtins": checkNone,
	"_add": checkSum, "_multiply": checkProduct, "_divide": checkQuotient, "_modulo": checkArgs, "_subtract": checkTwoArgs,
	"_equal": checkArgs, "_notequal": checkArgs, "_less": checkArgs, "_lesseq": checkArgs, "_greater": checkArgs, "_greatereq": checkArgs,
	"_alternative": checkNone,
	"contains":     checkWithArg, "inside": checkWithArg, "indices": checkWithArg, "index": checkWithArg, "rindex": checkWithArg,
	"explode": checkSplit, "split": checkSplit, "fromjson": checkSplit, "tonumber": checkNumber,
	"join": checkJoin, "transpose": checkTranspose, matchName: checkMatch,
	"getpath": checkPath, "setpath": checkPath, "_setpath": checkPath,
}

// checkPath is for reading and writing along a path: writing fills an array up to its index.
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

// checkMatch is for a pattern. Its arguments are the pattern, its flags, and whether it only tests.
func checkMatch(x any, args []any) bool {
	text, isText := x.(string)
	pattern, isPattern := args[0].(string)
	if !isText || !isPattern {
		return false // an error, which quotes only the start of either
	}
	flags, _ := args[1].(string)
	if args[2] != true && strings.Contains(flags, "g") && len(text)*(1+strings.Count(pattern, "(")) > maxMatched {
		return true
	}
	const repeats = 100 // a{1000} costs a hundred times its length
	cost := len(pattern)
	if strings.Contains(pattern, "{") {
		cost *= repeats
	}
	return cost > maxSplit || len(text)*cost > maxSearched
}

// errUnsupportedInterpreter is a version of the interpreter with another structure.
var errUnsupportedInterpreter = errors.New(textUnsupported)

// limitNatives makes the interpreter's built-in functions check the cost of their arguments before they start. The
// interpreter can be stopped before each step, but a built-in function is one step, however long it takes and however much
// memory it needs: a value of sixty steps ([., .] again and again) would take longer to write than the universe exists.
//
// This writes to unexported fields of the interpreter, which is the only way to cover all calls. Its options can't replace
// built-in functions: a custom function of the same name is ignored, operators and its library of jq functions call the
// built-in functions directly. A child process could not be limited in memory on every system, and restricted mode starts
// none. The structure is checked for each expression: if it differs, no expression is accepted.
func limitNatives(code *gojq.Code) error { return replaceCalls(code, limited) }

// replaceCalls replaces each call of a built-in function in the code: a function, its number of arguments and its name.
func replaceCalls(code *gojq.Code, replace func(call [3]any) (nativeFunc, bool)) error {
	codes := reflect.ValueOf(code).Elem().FieldByName("codes")
	if codes.Kind() != reflect.Slice {
		return errUnsupportedInterpreter
	}
	for i := range codes.Len() {
		v := reflect.Indirect(codes.Index(i)).FieldByName("v")
		if !v.IsValid() || v.Type() != reflect.TypeFor[any]() {
			return errUnsupportedInterpreter
		}
		operand := (*any)(v.Addr().UnsafePointer())
		if call, ok := (*operand).([3]any); ok {
			if call[0], ok = replace(call); !ok {
				return errUnsupportedInterpreter
			}
			*operand = call
		}
	}
	return nil
}

// limited returns the function of a call with its cost check.
func limited(call [3]any) (nativeFunc, bool) {
	do, isNative := call[0].(nativeFunc)
	name, isNamed := call[2].(string)
	tooMuch, known := nativeChecks[name]
	if !known {
		tooMuch = checkAll
	}
	checked := func(x any, args []any) any {
		if tooMuch(x, args) {
			return errTooExpensive
		}
		return do(x, args)
	}
	if name == matchName {
		checked = withFlags(checked)
	}
	return checked, isNative && isNamed
}
