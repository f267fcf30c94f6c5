package records

import (
	"errors"
	"reflect"
	"strings"

	"github.com/itchyny/gojq"
)

// native is how the interpreter keeps a function of its own: applied to a value, with arguments.
type native = func(any, []any) any

// natives are the functions that are not weighed as all others are.
var natives = map[string]heavy{
	"_index": heavyIndex, "_slice": heavyNever, "length": heavyNever, "type": heavyNever, "has": heavyNever, "keys": heavyNever,
	"_allocator": heavyNever, "_break": heavyNever, "_range": heavyNever, "now": heavyNever, "builtins": heavyNever,
	"_add": heavySum, "_multiply": heavyProduct, "_divide": heavyQuotient, "_modulo": heavyArgs, "_subtract": heavyBoth,
	"_equal": heavyArgs, "_notequal": heavyArgs, "_less": heavyArgs, "_lesseq": heavyArgs, "_greater": heavyArgs, "_greatereq": heavyArgs,
	"_alternative": heavyNever,
	"contains":     heavyWith, "inside": heavyWith, "indices": heavyWith, "index": heavyWith, "rindex": heavyWith,
	"explode": heavySpread, "split": heavySpread, "fromjson": heavySpread, "tonumber": heavyNumber,
	"join": heavyJoin, "transpose": heavyTransposed, "_match": heavyMatch,
	"getpath": heavyPath, "setpath": heavyPath, "_setpath": heavyPath,
}

// heavyPath is for reading and writing along a path: an array is filled up to the number that is written to.
func heavyPath(_ any, args []any) bool {
	path, _ := args[0].([]any)
	if len(path) > maxNested {
		return true
	}
	for _, at := range path {
		if n, isNumber := gojq.ToFloat64(cheap(at)); isNumber && n > maxIndex {
			return true
		}
	}
	return false
}

// heavyMatch is for a pattern: its arguments are the pattern, its flags, and whether only that it matches is asked for.
func heavyMatch(x any, args []any) bool {
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
	return cost > maxSpread || len(text)*cost > maxSearched
}

// errUnguarded is a version of the interpreter that is built otherwise than the one this is made for.
var errUnguarded = errors.New("this interpreter cannot be bounded")

// guardNatives has the interpreter's own functions weigh what they are given before they begin. The interpreter looks for
// an end before each of its steps, but such a function is one step, however long it takes and however much memory: a value
// of sixty steps ([., .] again and again) would not be written in the age of the world. It offers no way to replace its own
// functions, so they are found by the names of its fields.
func guardNatives(code *gojq.Code) error {
	codes := reflect.ValueOf(code).Elem().FieldByName("codes")
	if codes.Kind() != reflect.Slice {
		return errUnguarded
	}
	for i := range codes.Len() {
		v := reflect.Indirect(codes.Index(i)).FieldByName("v")
		if !v.IsValid() || v.Type() != reflect.TypeFor[any]() {
			return errUnguarded
		}
		held := (*any)(v.Addr().UnsafePointer())
		if call, ok := (*held).([3]any); ok {
			if call[0], ok = weighing(call); !ok {
				return errUnguarded
			}
			*held = call
		}
	}
	return nil
}

// weighing is the function of a call, which is kept with the number of its arguments and its name.
func weighing(call [3]any) (native, bool) {
	do, isNative := call[0].(native)
	name, isNamed := call[2].(string)
	tooMuch, known := natives[name]
	if !known {
		tooMuch = heavyAll
	}
	return func(x any, args []any) any {
		if tooMuch(x, args) {
			return errHeavy
		}
		return do(x, args)
	}, isNative && isNamed
}
