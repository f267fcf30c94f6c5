package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// issue is one entry of error.errors[], in the words of zod 4, which Nango v0.71.4 uses.
type issue struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Path    []string `json:"path"`
}

// issues collects what is wrong with one input.
type issues struct{ list []issue }

func (in *issues) add(path []string, code, message string) {
	if path == nil {
		path = []string{}
	}
	in.list = append(in.list, issue{code, message, slices.Clone(path)})
}

// rule checks a value at a path, reports what is wrong, and answers the value as the handler
// wants it (trimmed, converted, with its default).
type rule func(v any, at []string, in *issues) any

// kindOf names a value as zod does.
func kindOf(v any) string {
	switch v := v.(type) {
	case undefined:
		return "undefined"
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case *object:
		return "object"
	case float64:
		if math.IsNaN(v) {
			return "NaN"
		}
	}
	return "number"
}

func wrongType(want string, v any, at []string, in *issues) {
	in.add(at, "invalid_type", fmt.Sprintf("Invalid input: expected %s, received %s", want, kindOf(v)))
}

// stringCheck looks at a string that is one; all checks of a string run, none ends the others.
type stringCheck func(s string, at []string, in *issues)

func text(checks ...stringCheck) rule {
	return func(v any, at []string, in *issues) any {
		s, ok := v.(string)
		if !ok {
			wrongType("string", v, at, in)
			return nil
		}
		for _, check := range checks {
			check(s, at, in)
		}
		return s
	}
}

// jsLen is the length that JavaScript counts.
func jsLen(s string) int { return len(utf16.Encode([]rune(s))) }

func atLeast(n int) stringCheck {
	return func(s string, at []string, in *issues) {
		if jsLen(s) < n {
			in.add(at, "too_small", fmt.Sprintf("Too small: expected string to have >=%d characters", n))
		}
	}
}

func atMost(n int) stringCheck {
	return atMostSaying(n, fmt.Sprintf("Too big: expected string to have <=%d characters", n))
}

func atMostSaying(n int, message string) stringCheck {
	return func(s string, at []string, in *issues) {
		if jsLen(s) > n {
			in.add(at, "too_big", message)
		}
	}
}

// matches wants a pattern; source is how JavaScript prints it.
func matches(re *regexp.Regexp, source string) stringCheck {
	return func(s string, at []string, in *issues) {
		if !re.MatchString(s) {
			in.add(at, "invalid_format", "Invalid string: must match pattern /"+source+"/")
		}
	}
}

func startsWith(prefix string) stringCheck {
	return func(s string, at []string, in *issues) {
		if !strings.HasPrefix(s, prefix) {
			in.add(at, "invalid_format", fmt.Sprintf("Invalid string: must start with %q", prefix))
		}
	}
}

func endsWith(suffix string) stringCheck {
	return func(s string, at []string, in *issues) {
		if !strings.HasSuffix(s, suffix) {
			in.add(at, "invalid_format", fmt.Sprintf("Invalid string: must end with %q", suffix))
		}
	}
}

// fits is a format with a message of its own, such as an e-mail address.
func fits(ok func(string) bool, message string) stringCheck {
	return func(s string, at []string, in *issues) {
		if !ok(s) {
			in.add(at, "invalid_format", message)
		}
	}
}

func boolean(v any, at []string, in *issues) any {
	if _, ok := v.(bool); !ok {
		wrongType("boolean", v, at, in)
	}
	return v
}

var (
	trueWords  = []string{"true", "1", "yes", "on", "y", "enabled"}
	falseWords = []string{"false", "0", "no", "off", "n", "disabled"}
)

// boolWord reads a boolean written as a word in a query.
func boolWord(v any, at []string, in *issues) any {
	s, ok := v.(string)
	if !ok {
		wrongType("string", v, at, in)
		return false
	}
	s = strings.ToLower(s)
	if slices.Contains(trueWords, s) {
		return true
	}
	if !slices.Contains(falseWords, s) {
		in.add(at, "invalid_value", `Invalid option: expected one of "`+strings.Join(append(slices.Clone(trueWords), falseWords...), `"|"`)+`"`)
	}
	return false
}

// numberBetween reads a number as JavaScript's Number() does: "" is 0, and 1.5 is a number too.
func numberBetween(low, high float64) rule {
	return func(v any, at []string, in *issues) any {
		n := toNumber(v)
		switch {
		case math.IsNaN(n):
			wrongType("number", n, at, in)
		case n < low:
			in.add(at, "too_small", "Too small: expected number to be >="+formatNumber(low))
		case n > high:
			in.add(at, "too_big", "Too big: expected number to be <="+formatNumber(high))
		}
		return n
	}
}

func toNumber(v any) float64 {
	s, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber {
		s, ok = n.String(), true
	}
	if !ok {
		return math.NaN()
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

func formatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// anything accepts every value.
func anything(v any, _ []string, _ *issues) any { return v }

// optional lets a key be absent.
func optional(r rule) rule {
	return func(v any, at []string, in *issues) any {
		if _, absent := v.(undefined); absent {
			return v
		}
		return r(v, at, in)
	}
}

// record is a map with rules for its keys and values; keyOK nil takes every key.
func record(keyOK func(string) bool, value rule) rule {
	return func(v any, at []string, in *issues) any {
		o, ok := v.(*object)
		if !ok {
			wrongType("record", v, at, in)
			return nil
		}
		out := newObject()
		for _, k := range o.keys {
			here := append(slices.Clone(at), k)
			if keyOK != nil && !keyOK(k) {
				in.add(here, "invalid_key", "Invalid key in record")
				continue
			}
			out.set(k, value(o.values[k], here, in))
		}
		return out
	}
}

// list is an array of one kind.
func list(item rule) rule {
	return func(v any, at []string, in *issues) any {
		values, ok := v.([]any)
		if !ok {
			wrongType("array", v, at, in)
			return nil
		}
		out := make([]any, len(values))
		for i, e := range values {
			out[i] = item(e, append(slices.Clone(at), strconv.Itoa(i)), in)
		}
		return out
	}
}

// field is a key of a strict object, with its rule.
type field struct {
	key  string
	rule rule
}

// shape is a strict object: keys in this order, and no others.
func shape(fields ...field) rule {
	return func(v any, at []string, in *issues) any {
		o, ok := v.(*object)
		if !ok {
			wrongType("object", v, at, in)
			return nil
		}
		out := newObject()
		parseFields(o, out, fields, at, in)
		unknownKeys(o, fields, at, in)
		return out
	}
}

// loose is an object with rules for some keys, which keeps all the others.
func loose(fields ...field) rule {
	return func(v any, at []string, in *issues) any {
		o, ok := v.(*object)
		if !ok {
			wrongType("object", v, at, in)
			return nil
		}
		out := o.clone()
		parseFields(o, out, fields, at, in)
		return out
	}
}

func parseFields(from, to *object, fields []field, at []string, in *issues) {
	for _, f := range fields {
		parsed := f.rule(from.get(f.key), append(slices.Clone(at), f.key), in)
		if _, absent := parsed.(undefined); !absent {
			to.set(f.key, parsed)
		}
	}
}

func unknownKeys(o *object, fields []field, at []string, in *issues) {
	var unknown []string
	for _, k := range o.keys {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.key == k }) {
			unknown = append(unknown, `"`+k+`"`)
		}
	}
	switch len(unknown) {
	case 0:
	case 1:
		in.add(at, "unrecognized_keys", "Unrecognized key: "+unknown[0])
	default:
		in.add(at, "unrecognized_keys", "Unrecognized keys: "+strings.Join(unknown, ", "))
	}
}

// either takes the first rule that has nothing to say against a value.
func either(rules ...rule) rule {
	return func(v any, at []string, in *issues) any {
		for _, r := range rules {
			var tried issues
			if out := r(v, at, &tried); len(tried.list) == 0 {
				return out
			}
		}
		in.add(at, "invalid_union", "Invalid input")
		return nil
	}
}

// byType chooses the shape by the key "type", as the credentials of connections and integrations do.
func byType(message string, shapes map[string]rule) rule {
	return func(v any, at []string, in *issues) any {
		o, ok := v.(*object)
		if !ok {
			wrongType("object", v, at, in)
			return nil
		}
		r, ok := shapes[o.str("type")]
		if !ok {
			in.add(append(slices.Clone(at), "type"), "invalid_union", message)
			return nil
		}
		return r(v, at, in)
	}
}

// refined runs a check of its own on a value that passed its rule.
func refined(r rule, check func(v any, at []string, in *issues) any) rule {
	return func(v any, at []string, in *issues) any {
		var first issues
		out := r(v, at, &first)
		if len(first.list) > 0 {
			in.list = append(in.list, first.list...)
			return out
		}
		return check(out, at, in)
	}
}
