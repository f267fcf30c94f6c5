package schemaform

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"nango-tui/ui"
)

// Limits of error messages.
const (
	maxFaults       = 100
	maxAlternatives = 3  // alternatives that are explained
	maxNamed        = 5  // list values in a sentence
	maxQuoted       = 60 // bytes of an untrusted word in a sentence
)

// fault is a validation error and its place.
type fault struct {
	at      []string
	message string
}

// String returns the message after the path, if there is one.
func (f fault) String() string { return strings.TrimSpace(path(f.at) + " " + f.message) }

// Error returns the message after the path, or after "the input".
func (f *fault) Error() string { return problems([]fault{*f})[0].String() }

func (f fault) same(g fault) bool { return f.message == g.message && slices.Equal(f.at, g.at) }

// faults converts the errors of the library to sentences, in the order of their places.
func faults(wrong *jsonschema.ValidationError) []fault {
	var all []fault
	collect(wrong, &all)
	slices.SortStableFunc(all, func(f, g fault) int {
		return cmp.Or(slices.Compare(f.at, g.at), strings.Compare(f.message, g.message))
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
			*all = append(*all, fault{append(slices.Clone(at), name), "is required"})
		}
	case *kind.AdditionalProperties:
		slices.Sort(k.Properties)
		for _, name := range k.Properties {
			say("unknown key %s", quote(name))
		}
	case *kind.AnyOf:
		collectAlternatives(wrong, all)
	case *kind.OneOf:
		if len(k.Subschemas) > 0 {
			say(textSeveralMatch)
			return
		}
		collectAlternatives(wrong, all)
	case *kind.PropertyNames:
		say(textKeyNotAllowed, quote(k.Property))
	default:
		if len(wrong.Causes) == 0 && k != nil {
			say("%s", faultMessage(k))
		}
		for _, cause := range wrong.Causes {
			collect(cause, all)
		}
	}
}

// collectAlternatives explains a value that matches no alternative. The only one of its type, if any, was meant.
func collectAlternatives(wrong *jsonschema.ValidationError, all *[]fault) {
	var meant []*jsonschema.ValidationError
	for _, cause := range wrong.Causes {
		if !isOtherType(cause, len(wrong.InstanceLocation)) {
			meant = append(meant, cause)
		}
	}
	if len(meant) == 1 {
		collect(meant[0], all)
		return
	}
	says := fmt.Sprintf(textNoneMatches, len(wrong.Causes))
	for i, cause := range wrong.Causes[:min(len(wrong.Causes), maxAlternatives)] {
		var inner []fault
		collect(cause, &inner)
		if len(inner) > 0 {
			inner[0].at = inner[0].at[min(len(wrong.InstanceLocation), len(inner[0].at)):]
			says += fmt.Sprintf("; %d: %s", i+1, inner[0])
		}
	}
	*all = append(*all, fault{slices.Clone(wrong.InstanceLocation), says})
}

// isOtherType reports whether the type or the discriminating key already doesn't match.
func isOtherType(wrong *jsonschema.ValidationError, depth int) bool {
	switch wrong.ErrorKind.(type) {
	case *kind.Type:
		return len(wrong.InstanceLocation) == depth
	case *kind.Const, *kind.Enum:
		return len(wrong.InstanceLocation) <= depth+1
	case *kind.Reference, *kind.Group, *kind.Schema, *kind.AllOf:
		return slices.ContainsFunc(wrong.Causes, func(cause *jsonschema.ValidationError) bool { return isOtherType(cause, depth) })
	}
	return false
}

// faultMessage returns the message that follows the name of a field.
func faultMessage(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		return fmt.Sprintf(textWrongType, typeName(k.Got), joinTypes(k.Want))
	case *kind.Enum:
		return "must be one of " + listValues(k.Want)
	case *kind.Const:
		return "must be " + listValues([]any{k.Want})
	case *kind.Format:
		return "is not " + formatName(k.Want)
	case *kind.Pattern:
		return textPatternMismatch + quote(k.Want)
	case *kind.FalseSchema:
		return "is not allowed"
	case *kind.Not:
		return textExcludedMatch
	case *kind.Contains:
		return textMissingElement
	case *kind.Minimum:
		return textAtLeast + decimal(k.Want)
	case *kind.Maximum:
		return textAtMost + decimal(k.Want)
	case *kind.ExclusiveMinimum:
		return textMoreThan + decimal(k.Want)
	case *kind.ExclusiveMaximum:
		return textLessThan + decimal(k.Want)
	case *kind.MultipleOf:
		return textMultipleOf + decimal(k.Want)
	case *kind.UniqueItems:
		return fmt.Sprintf(textEqualElements, k.Duplicates[0]+1, k.Duplicates[1]+1)
	case *kind.AdditionalItems:
		return fmt.Sprintf("has %s too many", ui.Pluralize(k.Count, "element"))
	case *kind.Dependency:
		return fmt.Sprintf(textAlsoRequires, quote(k.Prop), quoteAll(k.Missing))
	case *kind.DependentRequired:
		return fmt.Sprintf(textAlsoRequires, quote(k.Prop), quoteAll(k.Missing))
	case *kind.MinContains:
		return fmt.Sprintf(textTooFewMatch, ui.Pluralize(k.Want, "element"), len(k.Got))
	case *kind.MaxContains:
		return fmt.Sprintf(textTooManyMatch, ui.Pluralize(k.Want, "element"), len(k.Got))
	case *kind.RefCycle:
		return textSelfReference
	}
	return countMessage(k)
}

// countMessage returns a message about the number of characters, elements or keys.
func countMessage(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.MinLength:
		return fmt.Sprintf(textTooFew, ui.Pluralize(k.Got, "character"), k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf(textTooMany, ui.Pluralize(k.Got, "character"), k.Want)
	case *kind.MinItems:
		return fmt.Sprintf(textTooFew, ui.Pluralize(k.Got, "element"), k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf(textTooMany, ui.Pluralize(k.Got, "element"), k.Want)
	case *kind.MinProperties:
		return fmt.Sprintf(textTooFew, ui.Pluralize(k.Got, "key"), k.Want)
	case *kind.MaxProperties:
		return fmt.Sprintf(textTooMany, ui.Pluralize(k.Got, "key"), k.Want)
	}
	return textSchemaMismatch
}

func decimal(r *big.Rat) string {
	if r.IsInt() {
		return shortened(r.Num().String())
	}
	return shortened(strings.TrimRight(r.FloatString(12), "0"))
}

func listValues(all []any) string {
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
			words = append(words, typeName("array"))
		case map[string]any:
			words = append(words, typeName("object"))
		default:
			words = append(words, shortened(fmt.Sprint(v)))
		}
	}
	return strings.Join(words, ", ")
}

func typeName(jsonType string) string {
	return cmp.Or(typeNames[jsonType], shortened(jsonType))
}

func joinTypes(types []string) string {
	var words []string
	for _, t := range types {
		if t != nullWord {
			words = append(words, typeName(t))
		}
	}
	if len(words) < len(types) {
		words = append(words, nullWord)
	}
	return strings.Join(words, " or ")
}

func formatName(format string) string {
	return cmp.Or(formatNames[format], "of the format "+quote(format))
}

func quote(s string) string { return strconv.Quote(shortened(s)) }

func quoteAll(all []string) string {
	var words []string
	for _, s := range all[:min(len(all), maxNamed)] {
		words = append(words, quote(s))
	}
	return strings.Join(words, ", ")
}

func shortened(s string) string { return cutTo(s, maxQuoted) }

// path returns readable keys: address.street, lines[2].amount, ["odd key"].
func path(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		switch {
		case isIndex(key):
			b.WriteString("[" + key + "]")
		case len(key) <= maxQuoted && isName(key):
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

var (
	isIndex = regexp.MustCompile(`^[0-9]{1,9}$`).MatchString
	isName  = regexp.MustCompile(`^[\w$\x{80}-\x{10ffff}-]+$`).MatchString
)
