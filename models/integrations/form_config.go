package integrations

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const configPrefix = "config "

// fieldRemoved is the choice of values to remove from the config.
const fieldRemoved = "removed"

// configLength limits the values of a config, in UTF-16 units (Nango's reference).
const configLength = 8192

type configField struct {
	screen.ProviderField
	pattern *regexp.Regexp // nil if there is none, or Go can't compile it
	// condition is another field and the value that it needs for this one to be shown.
	condition struct{ Field, Equals string }
}

// configOf returns the fields that a user fills in, in the order of a form.
func configOf(p nango.Provider) []configField {
	var all []configField
	for _, field := range screen.ProviderFields(p.IntegrationConfig) {
		if field.Automated || field.Hidden {
			continue
		}
		d := configField{ProviderField: field}
		d.pattern = d.CompiledPattern() // what only JavaScript understands is left to the server
		if json.Unmarshal(d.VisibleWhen, &d.condition) != nil {
			d.condition.Field = ""
		}
		all = append(all, d)
	}
	return all
}

func (d configField) id() string { return configPrefix + d.Name }

// newConfigFields returns the fields of a new integration, with the provider's defaults.
func newConfigFields(all []configField) []form.Field {
	fields := make([]form.Field, 0, len(all))
	for _, d := range all {
		field := d.field(all, false)
		field.Value = d.Default
		if !d.Optional && field.Value == "" && len(d.Enum) > 0 {
			field.Value = d.Enum[0]
		}
		fields = append(fields, field)
	}
	return fields
}

// editConfigFields returns the fields of an existing integration. Nango doesn't return values, so empty ones are kept.
func editConfigFields(all []configField) []form.Field {
	fields := make([]form.Field, 0, len(all)+1)
	var optional []form.Option
	for _, d := range all {
		field := d.field(all, true)
		field.About = strings.TrimSpace(fmt.Sprintf(aboutUnknownValue, field.About))
		fields = append(fields, field)
		if d.Optional {
			optional = append(optional, form.Option{Value: d.Name, Title: d.Label()})
		}
	}
	if len(optional) > 0 {
		fields = append(fields, form.Field{ID: fieldRemoved, Kind: form.Choices, Title: titleRemove, Options: optional, Rows: len(optional)})
	}
	return fields
}

func (d configField) field(all []configField, stays bool) form.Field {
	field := form.Field{ID: d.id(), Title: d.Label(), About: d.about(), Check: func(v string) error { return d.check(v, stays) }}
	switch {
	case len(d.Enum) > 0:
		field.Kind, field.Options = form.Choice, d.options(stays)
		field.Rows = len(field.Options)
	case d.Secret || nango.SoundsSecret(d.Name): // as it is masked in dialogs
		field.Kind = form.Secret
	}
	field.ShowIf = func(v form.Values) bool { return d.isShown(all, v, stays, len(all)) }
	return field
}

func (d configField) options(stays bool) []form.Option {
	var options []form.Option
	switch {
	case stays:
		options = append(options, form.Option{Title: optionUnchanged})
	case d.Optional:
		options = append(options, form.Option{Title: optionNone})
	}
	for _, value := range d.Enum {
		options = append(options, form.Option{Value: value})
	}
	return options
}

func (d configField) about() string {
	about := d.Description
	if d.Example != "" && d.check(d.Example, false) == nil {
		about += fmt.Sprintf(aboutExample, d.Example)
	}
	return strings.TrimSpace(about)
}

// isShown reports whether a field is shown: the field of its condition has the right value and is shown itself. If that
// value is unknown, the field is shown. depth ends a cycle.
func (d configField) isShown(all []configField, v form.Values, stays bool, depth int) bool {
	if d.condition.Field == "" || depth == 0 {
		return true
	}
	if value := v[configPrefix+d.condition.Field]; value != d.condition.Equals && (value != "" || !stays) {
		return false
	}
	for _, other := range all {
		if other.Name == d.condition.Field {
			return other.isShown(all, v, stays, depth-1)
		}
	}
	return true
}

func (d configField) check(value string, stays bool) error {
	switch {
	case value == "" && (d.Optional || stays):
		return nil
	case value == "":
		return errors.New(errValueMissing)
	case d.pattern != nil && !d.pattern.MatchString(value):
		return fmt.Errorf(errPattern, d.Pattern)
	case d.Format == "uri" && !isAddress(value):
		return errors.New(errURL)
	}
	return checkValue(nameValue, value, configLength)
}

func isAddress(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && parsed.Scheme != "" && parsed.Host != ""
}

// configFrom returns the typed values of the config; a removed one is empty. It returns nil if there are none.
func configFrom(all []configField, v form.Values) map[string]string {
	typed := map[string]string{}
	for _, d := range all {
		if value := v[d.id()]; value != "" {
			typed[d.Name] = value
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

// setAndRemoved returns the title of a field that is both set and removed, or "".
func setAndRemoved(all []configField, v form.Values) string {
	for _, d := range all {
		if v[d.id()] != "" && slices.Contains(v.List(fieldRemoved), d.Name) {
			return d.Label()
		}
	}
	return ""
}

// showConfigErrors shows errors of config values at their fields. Nango names them by title in one message (seen on
// v0.71.4). It returns false if the message has none.
func showConfigErrors(form *form.Form, all []configField, message string) bool {
	said := strings.Split(message, ", ")
	found := false
	for _, d := range slices.Backward(all) {
		for _, part := range said {
			if part == d.Label()+" is required" || part == d.Label()+" has an invalid format" {
				form.SetError(d.id(), part)
				found = true
			}
		}
	}
	return found
}
