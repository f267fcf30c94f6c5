package screen

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"

	"nango-tui/nango"
)

// ProviderField is a field that a provider asks for, with its name in Nango's JSON.
type ProviderField struct {
	Name string
	nango.ProviderField
}

// Label is the title, or the name if there is none.
func (f ProviderField) Label() string { return cmp.Or(f.Title, f.Name) }

// CompiledPattern returns the pattern of a field; nil if there is none, or Go doesn't understand it as JavaScript does.
func (f ProviderField) CompiledPattern() *regexp.Regexp {
	pattern, err := regexp.Compile(f.Pattern)
	if f.Pattern == "" || err != nil {
		return nil
	}
	return pattern
}

// ProviderFields returns fields in the order of a form. Those without an order come last, by name.
func ProviderFields(all map[string]nango.ProviderField) []ProviderField {
	fields := make([]ProviderField, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fields = append(fields, ProviderField{name, all[name]})
	}
	position := func(f ProviderField) float64 {
		if f.Order <= 0 {
			return math.Inf(1)
		}
		return f.Order
	}
	slices.SortStableFunc(fields, func(a, b ProviderField) int { return cmp.Compare(position(a), position(b)) })
	return fields
}
