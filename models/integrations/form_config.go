package integrations

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// configPrefix begins the ids of the fields of an integration's config.
const configPrefix = "config "

// fieldRemoved is the choice of what is taken out of the config.
const fieldRemoved = "removed"

// configLength is how many characters a value of an integration's config may have (Nango's reference).
const configLength = 8192

// configField is a field that the provider wants to have of an integration.
type configField struct {
	name string
	nango.ProviderField
	pattern *regexp.Regexp // nil where there is none, or none that Go understands
	// with says in which other field which value has to stand for this one to be asked for.
	with struct{ Field, Equals string }
}

// configOf are the fields of the provider's integration_config that somebody has to fill in, in the order of a form.
func configOf(p nango.Provider) []configField {
	var all []configField
	for _, name := range slices.Sorted(maps.Keys(p.IntegrationConfig)) {
		d := configField{name: name, ProviderField: p.IntegrationConfig[name]}
		if d.Automated || d.Hidden {
			continue
		}
		if d.Pattern != "" {
			d.pattern, _ = regexp.Compile(d.Pattern) // what only JavaScript understands is left to the server
		}
		if json.Unmarshal(d.VisibleWhen, &d.with) != nil {
			d.with.Field = ""
		}
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(a, b configField) int { return cmp.Compare(place(a.Order), place(b.Order)) })
	return all
}

// place puts fields without an order behind those that have one.
func place(order float64) float64 {
	if order <= 0 {
		return 1 << 20
	}
	return order
}

func (d configField) id() string { return configPrefix + d.name }

func (d configField) title() string {
	if d.Title != "" {
		return d.Title
	}
	return d.name
}

// newConfigFields are the fields for a new integration; what is there at first is the provider's default.
func newConfigFields(all []configField) []form.Field {
	fields := make([]form.Field, 0, len(all))
	for _, d := range all {
		field := d.field(all, false)
		field.Value = d.Default
		if d.Optional {
			field.Title += " (optional)"
		} else if field.Value == "" && len(d.Enum) > 0 {
			field.Value = d.Enum[0]
		}
		fields = append(fields, field)
	}
	return fields
}

// editConfigFields are the fields for one that is there. Nango does not tell its values, so that empty ones stay.
func editConfigFields(all []configField) []form.Field {
	fields := make([]form.Field, 0, len(all)+1)
	var optional []form.Option
	for _, d := range all {
		field := d.field(all, true)
		field.About = strings.TrimSpace("Nango does not tell the present value: left empty it stays. " + field.About)
		fields = append(fields, field)
		if d.Optional {
			optional = append(optional, form.Option{Value: d.name, Title: d.title()})
		}
	}
	if len(optional) > 0 {
		fields = append(fields, form.Field{ID: fieldRemoved, Kind: form.Choices, Title: "Take out of the config", Options: optional, Rows: len(optional)})
	}
	return fields
}

func (d configField) field(all []configField, stays bool) form.Field {
	field := form.Field{ID: d.id(), Title: d.title(), About: d.about(), Check: func(v string) error { return d.check(v, stays) }}
	switch {
	case len(d.Enum) > 0:
		field.Kind, field.Options = form.Choice, d.options(stays)
		field.Rows = len(field.Options)
	case d.Secret:
		field.Kind = form.Secret
	}
	field.ShowIf = func(v form.Values) bool { return d.asked(all, v, stays, len(all)) }
	return field
}

func (d configField) options(stays bool) []form.Option {
	var options []form.Option
	switch {
	case stays:
		options = append(options, form.Option{Title: "as it is"})
	case d.Optional:
		options = append(options, form.Option{Title: "none"})
	}
	for _, value := range d.Enum {
		options = append(options, form.Option{Value: value})
	}
	return options
}

func (d configField) about() string {
	about := d.Description
	if d.Example != "" {
		about += " E.g. " + d.Example
	}
	return strings.TrimSpace(about)
}

// asked says whether the field is asked for, given the others: not where another says that it is of no use, and not where
// that other is of no use itself. Of a value that is not told nothing is known, so that what hangs on it is asked for.
// depth ends a circle.
func (d configField) asked(all []configField, v form.Values, stays bool, depth int) bool {
	if d.with.Field == "" || depth == 0 {
		return true
	}
	if value := v[configPrefix+d.with.Field]; value != d.with.Equals && (value != "" || !stays) {
		return false
	}
	for _, other := range all {
		if other.name == d.with.Field {
			return other.asked(all, v, stays, depth-1)
		}
	}
	return true
}

// check judges a value by what the provider says of it.
func (d configField) check(value string, stays bool) error {
	switch {
	case value == "" && (d.Optional || stays):
		return nil
	case value == "":
		return errors.New("it is missing")
	case d.pattern != nil && !d.pattern.MatchString(value):
		return fmt.Errorf("it must match %s", d.Pattern)
	case d.Format == "uri" && !isAddress(value):
		return errors.New("it must be a whole URL, such as https://api.example.com")
	}
	return checkValue("it", value, configLength)
}

func isAddress(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && parsed.Scheme != "" && parsed.Host != ""
}

// configTyped is what was typed into the fields of the config that are there; what is taken out is empty. Nil is nothing.
func configTyped(all []configField, v form.Values) map[string]string {
	typed := map[string]string{}
	for _, d := range all {
		if value := v[d.id()]; value != "" {
			typed[d.name] = value
		}
	}
	for _, name := range v.List(fieldRemoved) {
		typed[name] = ""
	}
	if len(typed) == 0 {
		return nil
	}
	return typed
}

// typedAndRemoved is the title of a field that is to be set and taken out at once, or empty.
func typedAndRemoved(all []configField, v form.Values) string {
	for _, d := range all {
		if v[d.id()] != "" && slices.Contains(v.List(fieldRemoved), d.name) {
			return d.title()
		}
	}
	return ""
}

// refusedConfig puts what Nango says of values of the config to their fields: it names them by their titles, in one
// sentence (seen on v0.71.4). It is false where it says nothing of them.
func refusedConfig(form *form.Form, all []configField, message string) bool {
	said := strings.Split(message, ", ")
	found := false
	for _, d := range slices.Backward(all) {
		for _, part := range said {
			if part == d.title()+" is required" || part == d.title()+" has an invalid format" {
				form.SetError(d.id(), part)
				found = true
			}
		}
	}
	return found
}
