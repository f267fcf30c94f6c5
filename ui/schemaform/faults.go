package schemaform

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// Bounds of what is told of what is wrong.
const (
	maxFaults       = 100
	maxAlternatives = 3  // of several forms that fit none
	maxNamed        = 5  // values of a list that are named in a sentence
	maxQuoted       = 60 // bytes of a stranger's word in a sentence
)

// fault is one thing that is wrong with a value, and where in it.
type fault struct {
	at   []string
	says string
}

func (f fault) same(g fault) bool { return f.says == g.says && slices.Equal(f.at, g.at) }

// faults are the sentences for what the library found, in the order of their places.
func faults(wrong *jsonschema.ValidationError) []fault {
	var all []fault
	collect(wrong, &all)
	sort.SliceStable(all, func(i, j int) bool {
		if way := slices.Compare(all[i].at, all[j].at); way != 0 {
			return way < 0
		}
		return all[i].says < all[j].says
	})
	return all
}

func collect(wrong *jsonschema.ValidationError, all *[]fault) {
	if len(*all) >= maxFaults {
		return
	}
	at := slices.Clone(wrong.InstanceLocation)
	say := func(format string, args ...any) { *all = append(*all, fault{at, fmt.Sprintf(format, args...)}) }
	switch k := wrong.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			*all = append(*all, fault{append(slices.Clone(at), name), "has to be filled in"})
		}
	case *kind.AdditionalProperties:
		slices.Sort(k.Properties)
		for _, name := range k.Properties {
			say("the schema has no key %s, and allows no other keys", quote(name))
		}
	case *kind.AnyOf:
		collectAlternatives(wrong, all)
	case *kind.OneOf:
		if len(k.Subschemas) > 0 {
			say("fits more than one of the forms that exclude each other")
			return
		}
		collectAlternatives(wrong, all)
	case *kind.PropertyNames:
		say("the key %s is not allowed", quote(k.Property))
	default:
		if len(wrong.Causes) == 0 && k != nil {
			say("%s", sentence(k))
		}
		for _, cause := range wrong.Causes {
			collect(cause, all)
		}
	}
}

// collectAlternatives tells of a value that fits none of several forms. Where all but one are of another type, that one is
// what was meant.
func collectAlternatives(wrong *jsonschema.ValidationError, all *[]fault) {
	var meant []*jsonschema.ValidationError
	for _, cause := range wrong.Causes {
		if !another(cause, len(wrong.InstanceLocation)) {
			meant = append(meant, cause)
		}
	}
	if len(meant) == 1 {
		collect(meant[0], all)
		return
	}
	says := fmt.Sprintf("fits none of the %d forms it may have", len(wrong.Causes))
	for i, cause := range wrong.Causes[:min(len(wrong.Causes), maxAlternatives)] {
		var inner []fault
		collect(cause, &inner)
		if len(inner) > 0 {
			says += fmt.Sprintf("; %d: %s", i+1, inner[0].from(len(wrong.InstanceLocation)))
		}
	}
	*all = append(*all, fault{slices.Clone(wrong.InstanceLocation), says})
}

// from is the fault as told of a value that stands so many steps down from the root.
func (f fault) from(depth int) string {
	if len(f.at) <= depth {
		return f.says
	}
	return path(f.at[depth:]) + " " + f.says
}

// another says that it was already the type that did not fit, or the key by which forms are told apart.
func another(wrong *jsonschema.ValidationError, depth int) bool {
	switch wrong.ErrorKind.(type) {
	case *kind.Type:
		return len(wrong.InstanceLocation) == depth
	case *kind.Const, *kind.Enum:
		return len(wrong.InstanceLocation) <= depth+1
	case *kind.Reference, *kind.Group, *kind.Schema, *kind.AllOf:
		return slices.ContainsFunc(wrong.Causes, func(cause *jsonschema.ValidationError) bool { return another(cause, depth) })
	}
	return false
}

// sentence says what is wrong, as it is read behind the name of a field.
func sentence(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		return fmt.Sprintf("is %s, and has to be %s", article(k.Got), either(k.Want))
	case *kind.Enum:
		return "has to be one of " + values(k.Want)
	case *kind.Const:
		return "has to be " + values([]any{k.Want})
	case *kind.Format:
		return "is not " + formatName(k.Want)
	case *kind.Pattern:
		return "does not look as the schema wants it: " + quote(k.Want)
	case *kind.FalseSchema:
		return "may not be there"
	case *kind.Not, *kind.Contains:
		return map[bool]string{true: "is what the schema excludes", false: "has no element that the schema asks for"}[isNot(k)]
	case *kind.MinLength, *kind.MaxLength, *kind.MinItems, *kind.MaxItems, *kind.MinProperties, *kind.MaxProperties:
		return counted(k)
	case *kind.Minimum, *kind.Maximum, *kind.ExclusiveMinimum, *kind.ExclusiveMaximum, *kind.MultipleOf:
		return measured(k)
	}
	return others(k)
}

func isNot(k jsonschema.ErrorKind) bool {
	_, is := k.(*kind.Not)
	return is
}

// counted is about how much there is.
func counted(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.MinLength:
		return fmt.Sprintf("has %s, and needs %d", many(k.Got, "character"), k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("has %s, and may have %d", many(k.Got, "character"), k.Want)
	case *kind.MinItems:
		return fmt.Sprintf("has %s, and needs %d", many(k.Got, "element"), k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf("has %s, and may have %d", many(k.Got, "element"), k.Want)
	case *kind.MinProperties:
		return fmt.Sprintf("has %s, and needs %d", many(k.Got, "key"), k.Want)
	case *kind.MaxProperties:
		return fmt.Sprintf("has %s, and may have %d", many(k.Got, "key"), k.Want)
	}
	return ""
}

// many is a number of things.
func many(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// measured is about how large a number is.
func measured(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Minimum:
		return "has to be " + decimal(k.Want) + " or more"
	case *kind.Maximum:
		return "has to be " + decimal(k.Want) + " or less"
	case *kind.ExclusiveMinimum:
		return "has to be more than " + decimal(k.Want)
	case *kind.ExclusiveMaximum:
		return "has to be less than " + decimal(k.Want)
	case *kind.MultipleOf:
		return "has to be a multiple of " + decimal(k.Want)
	}
	return ""
}

// others are the faults that are rare.
func others(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.UniqueItems:
		return fmt.Sprintf("holds the same twice, as elements %d and %d", k.Duplicates[0]+1, k.Duplicates[1]+1)
	case *kind.AdditionalItems:
		return fmt.Sprintf("has %s more than the schema allows", many(k.Count, "element"))
	case *kind.Dependency:
		return fmt.Sprintf("with %s it needs %s as well", quote(k.Prop), quoteAll(k.Missing))
	case *kind.DependentRequired:
		return fmt.Sprintf("with %s it needs %s as well", quote(k.Prop), quoteAll(k.Missing))
	case *kind.MinContains:
		return fmt.Sprintf("needs %s that fit, and has %d", many(k.Want, "element"), len(k.Got))
	case *kind.MaxContains:
		return fmt.Sprintf("may have %s that fit, and has %d", many(k.Want, "element"), len(k.Got))
	case *kind.RefCycle:
		return "cannot be checked: its schema refers to itself"
	}
	return "is not what the schema asks for"
}

// decimal is a number in full.
func decimal(r *big.Rat) string {
	if r.IsInt() {
		return shortened(r.Num().String())
	}
	return shortened(strings.TrimRight(r.FloatString(12), "0"))
}

func values(all []any) string {
	var words []string
	for i, v := range all {
		if i == maxNamed {
			words = append(words, fmt.Sprintf("%d more", len(all)-i))
			break
		}
		switch v := v.(type) {
		case string:
			words = append(words, quote(v))
		case nil:
			words = append(words, "null")
		case []any:
			words = append(words, "a list")
		case map[string]any:
			words = append(words, "an object")
		default:
			words = append(words, shortened(fmt.Sprint(v)))
		}
	}
	return strings.Join(words, ", ")
}

// article is a type as one says it.
func article(jsonType string) string {
	switch jsonType {
	case "null":
		return "null"
	case "boolean":
		return "yes or no"
	case "number":
		return "a number"
	case "integer":
		return "a whole number"
	case "string":
		return "text"
	case "array":
		return "a list"
	case "object":
		return "an object"
	}
	return shortened(jsonType)
}

func either(types []string) string {
	var words []string
	for _, t := range types {
		if t != nullWord {
			words = append(words, article(t))
		}
	}
	if len(words) < len(types) {
		words = append(words, nullWord)
	}
	return strings.Join(words, " or ")
}

// formatName is a format as one says it.
func formatName(format string) string {
	switch format {
	case "date-time":
		return "a date and time, such as 2026-03-01T12:00:00Z"
	case "date":
		return "a date, such as 2026-03-01"
	case "time":
		return "a time with its zone, such as 12:00:00Z"
	case "duration":
		return "a duration, such as P1DT12H"
	case "email":
		return "an e-mail address"
	case "uri":
		return "an address, such as https://example.com"
	case "uuid":
		return "a UUID, such as 00000000-0000-4000-8000-000000000000"
	case "hostname":
		return "the name of a host"
	case "ipv4", "ipv6":
		return "an address of IP version " + format[3:]
	case "regex":
		return "a regular expression"
	}
	return "of the format " + quote(format)
}

func quote(s string) string { return strconv.Quote(shortened(s)) }

func quoteAll(all []string) string {
	var words []string
	for _, s := range all[:min(len(all), maxNamed)] {
		words = append(words, quote(s))
	}
	return strings.Join(words, ", ")
}

// shortened is the beginning of a long word.
func shortened(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	return strings.ToValidUTF8(s[:maxQuoted], "") + "…"
}

// path is keys as one reads them: address.street, lines[2].amount, ["odd key"].
func path(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		switch {
		case isIndex(key):
			b.WriteString("[" + key + "]")
		case isName(key):
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(key)
		default:
			b.WriteString("[" + quote(key) + "]")
		}
	}
	return b.String()
}

func isIndex(key string) bool {
	return key != "" && len(key) < 10 && strings.Trim(key, "0123456789") == ""
}

func isName(key string) bool {
	return key != "" && len(key) <= maxQuoted && strings.IndexFunc(key, func(r rune) bool {
		return r != '_' && r != '-' && r != '$' && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' && r < 0x80)
	}) < 0
}
