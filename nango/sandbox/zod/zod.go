// Package zod checks JSON values and reports problems in the words of zod 4, which Nango v0.71.4 uses. It knows JSON
// values (package js) and nothing of Nango.
package zod

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"nango-tui/nango/sandbox/js"
)

// Issue is one entry of error.errors[].
type Issue struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Path    []string `json:"path"`
}

// Issues collects the problems of one input.
type Issues []Issue

// Add appends a problem of the value at path.
func (in *Issues) Add(path []string, code, message string) {
	*in = append(*in, Issue{code, message, append([]string{}, path...)})
}

// Rule checks the value at a path, adds its problems to in, and returns the value that the handler uses: trimmed,
// converted, or the default.
type Rule func(v any, at []string, in *Issues) any

func wrongType(want string, v any, at []string, in *Issues) {
	in.Add(at, "invalid_type", fmt.Sprintf("Invalid input: expected %s, received %s", want, js.TypeOf(v)))
}

// Typed returns a rule for values of type T, which zod calls name.
func Typed[T any](name string, check func(v T, at []string, in *Issues) any) Rule {
	return func(v any, at []string, in *Issues) any {
		typed, ok := v.(T)
		if !ok {
			wrongType(name, v, at, in)
			return nil
		}
		return check(typed, at, in)
	}
}

// below returns the path of a key of the value at a path.
func below(at []string, key string) []string { return append(slices.Clone(at), key) }

// Any accepts every value.
func Any(v any, _ []string, _ *Issues) any { return v }

// Optional accepts a missing value too.
func Optional(r Rule) Rule { return allow(js.Undefined{}, r) }

// Nullable accepts null too.
func Nullable(r Rule) Rule { return allow(nil, r) }

func allow(value any, r Rule) Rule {
	return func(v any, at []string, in *Issues) any {
		if v == value {
			return v
		}
		return r(v, at, in)
	}
}

// Boolean accepts true and false.
func Boolean(v any, at []string, in *Issues) any {
	if _, ok := v.(bool); !ok {
		wrongType("boolean", v, at, in)
	}
	return v
}

// Number accepts a number, or a text that JavaScript's Number() reads, from low to high: "" is 0, and 1.5 is a number
// too. It returns a float64.
func Number(low, high float64) Rule {
	format := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	return func(v any, at []string, in *Issues) any {
		n := js.ToNumber(v)
		switch {
		case math.IsNaN(n):
			wrongType("number", n, at, in)
		case n < low:
			in.Add(at, "too_small", "Too small: expected number to be >="+format(low))
		case n > high:
			in.Add(at, "too_big", "Too big: expected number to be <="+format(high))
		}
		return n
	}
}

// Integer is Number for whole numbers only. Of a fraction, the range is not checked.
func Integer(low, high float64) Rule {
	number := Number(low, high)
	return func(v any, at []string, in *Issues) any {
		if n := js.ToNumber(v); n != math.Trunc(n) && !math.IsNaN(n) {
			in.Add(at, "invalid_type", "Invalid input: expected int, received number")
			return n
		}
		return number(v, at, in)
	}
}

// Enum accepts one of the words.
func Enum(words ...string) Rule {
	return func(v any, at []string, in *Issues) any {
		if s, ok := v.(string); ok && slices.Contains(words, s) {
			return v
		}
		in.Add(at, "invalid_value", `Invalid option: expected one of "`+strings.Join(words, `"|"`)+`"`)
		return nil
	}
}

// Record accepts an object, with a rule for its values. keyOK nil accepts every key.
func Record(keyOK func(string) bool, value Rule) Rule {
	return Typed("record", func(o *js.Object, at []string, in *Issues) any {
		out := js.NewObject()
		for k, e := range o.All() {
			if keyOK != nil && !keyOK(k) {
				in.Add(below(at, k), "invalid_key", "Invalid key in record")
				continue
			}
			out.Set(k, value(e, below(at, k), in))
		}
		return out
	})
}

// Array accepts an array of values that pass item.
func Array(item Rule) Rule {
	return Typed("array", func(values []any, at []string, in *Issues) any {
		out := make([]any, len(values))
		for i, e := range values {
			out[i] = item(e, below(at, strconv.Itoa(i)), in)
		}
		return out
	})
}

// MaxItems checks that an array has at most n items, for use with Refine.
func MaxItems(n int) Rule {
	return func(v any, at []string, in *Issues) any {
		if len(v.([]any)) > n {
			in.Add(at, "too_big", fmt.Sprintf("Too big: expected array to have <=%d items", n))
		}
		return v
	}
}

// Field is a key of an object and its rule.
type Field struct {
	Name string
	Rule Rule
}

// Key returns a Field.
func Key(name string, r Rule) Field { return Field{name, r} }

// Object accepts an object with these keys and no others; it returns them in this order.
func Object(fields ...Field) Rule { return object(fields, true) }

// LooseObject accepts an object with rules for some keys, and keeps all others.
func LooseObject(fields ...Field) Rule { return object(fields, false) }

func object(fields []Field, strict bool) Rule {
	return Typed("object", func(o *js.Object, at []string, in *Issues) any {
		out := js.NewObject()
		if !strict {
			out = o.Clone()
		}
		for _, f := range fields {
			if parsed := f.Rule(o.Get(f.Name), below(at, f.Name), in); parsed != (js.Undefined{}) {
				out.Set(f.Name, parsed)
			}
		}
		if strict {
			unknownKeys(o, fields, at, in)
		}
		return out
	})
}

func unknownKeys(o *js.Object, fields []Field, at []string, in *Issues) {
	var unknown []string
	for _, k := range o.Keys() {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == k }) {
			unknown = append(unknown, `"`+k+`"`)
		}
	}
	switch len(unknown) {
	case 0:
	case 1:
		in.Add(at, "unrecognized_keys", "Unrecognized key: "+unknown[0])
	default:
		in.Add(at, "unrecognized_keys", "Unrecognized keys: "+strings.Join(unknown, ", "))
	}
}

// Union applies the first rule that accepts the value.
func Union(rules ...Rule) Rule {
	return func(v any, at []string, in *Issues) any {
		for _, r := range rules {
			var tried Issues
			if out := r(v, at, &tried); len(tried) == 0 {
				return out
			}
		}
		in.Add(at, "invalid_union", "Invalid input")
		return nil
	}
}

// ByType applies the rule of the object's key "type", as for the credentials of connections and integrations. message
// is the problem of an unknown type.
func ByType(message string, rules map[string]Rule) Rule {
	return Typed("object", func(o *js.Object, at []string, in *Issues) any {
		r, ok := rules[o.Str("type")]
		if !ok {
			in.Add(below(at, "type"), "invalid_union", message)
			return nil
		}
		return r(o, at, in)
	})
}

// Refine applies check to a value that r accepts.
func Refine(r, check Rule) Rule {
	return func(v any, at []string, in *Issues) any {
		var first Issues
		out := r(v, at, &first)
		if len(first) > 0 {
			*in = append(*in, first...)
			return out
		}
		return check(out, at, in)
	}
}
