// Package js has JSON values as JavaScript sees them: objects that keep the order of their keys, undefined, numbers as
// written, query strings as the qs library reads them, and V8's error messages. It knows nothing of Nango.
//
// A value is nil, Undefined, bool, string, json.Number, []any or *Object.
package js

import (
	"encoding/json"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Undefined is JavaScript's undefined: a body that was not sent, a key that is not set.
type Undefined struct{}

// Object is a JSON object that keeps the order of its keys. The order decides the order of validation errors and of
// echoed bodies. A nil object can be read: it has no keys.
type Object struct {
	keys   []string
	values map[string]any
}

// NewObject returns an object of alternating keys and values. Undefined values are left out.
func NewObject(pairs ...any) *Object {
	o := &Object{keys: make([]string, 0, len(pairs)/2), values: make(map[string]any, len(pairs)/2)}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != (Undefined{}) {
			o.Set(pairs[i].(string), pairs[i+1])
		}
	}
	return o
}

// When returns v if ok, otherwise Undefined{}.
func When(ok bool, v any) any {
	if ok {
		return v
	}
	return Undefined{}
}

// Set sets a key. A new key is appended.
func (o *Object) Set(key string, v any) {
	if !o.Has(key) {
		o.keys = append(o.keys, key)
	}
	o.values[key] = v
}

// Merge sets all keys of other, in their order. A nil other changes nothing.
func (o *Object) Merge(other *Object) {
	for k, v := range other.All() {
		o.Set(k, v)
	}
}

// Get returns the value of a key, or Undefined{}.
func (o *Object) Get(key string) any {
	if o.Has(key) {
		return o.values[key]
	}
	return Undefined{}
}

// Has reports whether a key is set.
func (o *Object) Has(key string) bool {
	if o == nil {
		return false
	}
	_, ok := o.values[key]
	return ok
}

// Str returns the string under key, or "" if there is none.
func (o *Object) Str(key string) string { s, _ := o.Get(key).(string); return s }

// Obj returns the object under key, or nil if there is none.
func (o *Object) Obj(key string) *Object { v, _ := o.Get(key).(*Object); return v }

// Strings returns the strings of the array under key, or nil if there is none.
func (o *Object) Strings(key string) []string {
	values, _ := o.Get(key).([]any)
	var out []string
	for _, v := range values {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// ObjOrNew returns the object under key, or a new one if there is none.
func (o *Object) ObjOrNew(key string) *Object {
	if v := o.Obj(key); v != nil {
		return v
	}
	return NewObject()
}

// Keys returns the keys in order. The caller must not change the slice.
func (o *Object) Keys() []string {
	if o == nil {
		return nil
	}
	return o.keys
}

// All iterates over keys and values in order.
func (o *Object) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, k := range o.Keys() {
			if !yield(k, o.values[k]) {
				return
			}
		}
	}
}

// Remove deletes a key.
func (o *Object) Remove(key string) {
	delete(o.values, key)
	o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
}

// Clone returns a copy; nested objects are copied too.
func (o *Object) Clone() *Object {
	c := NewObject()
	for k, v := range o.All() {
		if inner, ok := v.(*Object); ok {
			v = inner.Clone()
		}
		c.Set(k, v)
	}
	return c
}

// MarshalJSON writes the keys in order.
func (o *Object) MarshalJSON() ([]byte, error) { return AppendValue(nil, o), nil }

// TypeOf returns the name of a value's type, as zod names it.
func TypeOf(v any) string {
	switch v := v.(type) {
	case Undefined:
		return "undefined"
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case *Object:
		return "object"
	case float64:
		if math.IsNaN(v) {
			return "NaN"
		}
	}
	return "number"
}

// Len returns the length of a string in UTF-16 code units, which JavaScript counts.
func Len(s string) int { return len(utf16.Encode([]rune(s))) }

// ToNumber converts a string or a number as JavaScript's Number() does: "" is 0, and what is no number is NaN.
func ToNumber(v any) float64 {
	s, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber {
		s, ok = n.String(), true
	}
	if s = strings.TrimSpace(s); ok && s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !ok {
		return math.NaN()
	}
	return n
}

// Transform returns a copy of v in which f replaced every value; key is "" outside of objects. Undefined{} removes a key.
func Transform(v any, f func(key string, v any) any) any { return transform("", v, f) }

func transform(key string, v any, f func(key string, v any) any) any {
	switch v := f(key, v).(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = transform("", e, f)
		}
		return out
	case *Object:
		out := NewObject()
		for k, e := range v.All() {
			if e = transform(k, e, f); e != (Undefined{}) {
				out.Set(k, e)
			}
		}
		return out
	default:
		return v
	}
}

// Numbers returns v with its numbers as float64, which loses digits above 2^53, as JavaScript does.
func Numbers(v any) any {
	return Transform(v, func(_ string, v any) any {
		if n, ok := v.(json.Number); ok {
			if f, err := n.Float64(); err == nil {
				return f
			}
		}
		return v
	})
}
