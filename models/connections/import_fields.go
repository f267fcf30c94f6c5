package connections

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the form, besides metadata, tags and webhook override. The prefixes are followed by names of credentials
// and config keys.
const (
	fieldConnectionID = "connection id"
	fieldConfig       = "config"
	credentialPrefix  = "credentials."
	configPrefix      = "connection_config."
)

// importRows is the height of the fields for JSON and tags, which are often empty.
const importRows = 3

func (s *ImportForm) fields(id string) []form.Field {
	fields := []form.Field{{
		ID: fieldConnectionID, Title: labelNewID, Value: id, Check: checkNewID,
		About: aboutNewID,
	}}
	for _, c := range s.mode.fields {
		if field, ok := c.field(s.provider.Value.Credentials); ok {
			fields = append(fields, field)
		}
	}
	for _, d := range s.declared {
		fields = append(fields, d.field())
	}
	return append(fields,
		form.Field{
			ID: fieldConfig, Kind: form.Lines, Title: labelMoreConfig, Rows: importRows,
			About: aboutMoreConfig,
			Check: s.checkObject(fieldConfig, nango.CheckConnectionConfig),
		},
		form.Field{
			ID: fieldTags, Kind: form.Pairs, Title: labelTags, Rows: importRows,
			About: fmt.Sprintf(aboutNewTags, nango.MaxTags),
			Check: checkTagLines,
		},
		form.Field{
			ID: fieldMetadata, Kind: form.Lines, Title: labelMetadata, Rows: importRows,
			About: aboutMetadata, Check: s.checkObject(fieldMetadata, nango.CheckMetadata),
		},
		form.Field{
			ID: fieldWebhook, Title: labelWebhookOverride, Check: nango.CheckWebhookOverride,
			About: screen.TextWebhookOverride,
		},
	)
}

// checkNewID refuses an id that Nango accepts only for imports.
func checkNewID(id string) error {
	if id == "" {
		return nil
	}
	return nango.CheckConnectionID(id)
}

// checkObject returns the check of an optional JSON object, in which dots may stand for secrets.
func (s *ImportForm) checkObject(field string, check func(json.RawMessage) error) func(string) error {
	hiding := checkHiding(check, func() map[string][]byte { return s.filled.hidden[field] })
	return func(text string) error {
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return hiding(text)
	}
}

// field is the form field for a credential, with the provider's title if it has one. It returns false for an optional
// credential that the provider doesn't declare.
func (c credentialField) field(declared map[string]nango.ProviderField) (form.Field, bool) {
	said, named := declared[c.name]
	if c.declared && !named {
		return form.Field{}, false
	}
	field := form.Field{
		ID: credentialPrefix + c.name, Title: cmp.Or(said.Title, c.title), About: sentences(said.Description, c.about),
		Value: said.Default, Check: c.checked, Warn: warnPattern(screen.ProviderField{Name: c.name, ProviderField: said}),
	}
	if c.secret || said.Secret {
		field.Kind = form.Secret
	}
	if named && !said.Optional {
		field.RequiredIf = form.Always
	}
	return field, true
}

// sentences joins texts that aren't empty.
func sentences(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "" })
	for i, text := range texts[:max(len(texts)-1, 0)] {
		if !strings.HasSuffix(text, ".") {
			texts[i] = text + "."
		}
	}
	return strings.Join(texts, " ")
}

// declaredField is a connection config key that the provider asks for.
type declaredField struct{ screen.ProviderField }

// declaredFields are the keys to ask for. Keys that Nango fills in by itself are left out, and so are hidden keys
// without a default.
func declaredFields(config map[string]nango.ProviderField) []declaredField {
	var all []declaredField
	for _, field := range screen.ProviderFields(config) {
		if !field.Automated && (!field.Hidden || field.Default != "") {
			all = append(all, declaredField{field})
		}
	}
	return all
}

// needed reports whether the provider requires the key. A key that depends on another field is optional.
func (d declaredField) needed() bool {
	return !d.Optional && !d.Hidden && len(d.VisibleWhen) == 0
}

func (d declaredField) id() string { return configPrefix + d.Name }

func (d declaredField) field() form.Field {
	field := form.Field{ID: d.id(), Title: d.Label(), About: d.about(), Value: d.Default, Warn: warnPattern(d.ProviderField)}
	if d.needed() {
		field.RequiredIf = form.Always
	}
	switch {
	case len(d.Enum) > 0:
		field.Kind = form.Choice
		field.Options = []form.Option{{Value: "", Title: screen.TextNotSet}}
		for _, value := range d.Enum {
			field.Options = append(field.Options, form.Option{Value: value})
		}
	case d.Secret || nango.SoundsSecret(d.Name):
		field.Kind = form.Secret
	}
	return field
}

func (d declaredField) about() string {
	without, example := "", ""
	switch {
	case d.Prefix != "" && d.Suffix != "":
		without = fmt.Sprintf(aboutWithoutBoth, d.Prefix, d.Suffix)
	case d.Prefix+d.Suffix != "":
		without = fmt.Sprintf(aboutWithout, d.Prefix+d.Suffix)
	}
	if pattern := d.CompiledPattern(); d.Example != "" && (pattern == nil || pattern.MatchString(d.Example)) {
		example = fmt.Sprintf(aboutExample, d.Example)
	}
	return sentences(d.Description, without, example)
}

// warnPattern compares a value with the provider's pattern. Nango doesn't at an import, and some patterns are too strict, so
// it is no error; but a wrong config key leads to broken URLs.
func warnPattern(f screen.ProviderField) func(string) string {
	pattern := f.CompiledPattern()
	if pattern == nil {
		return nil
	}
	return func(text string) string {
		if text == "" || pattern.MatchString(text) {
			return ""
		}
		return warnFormat
	}
}

// formatWarnings names the fields with a value that the provider's pattern doesn't match.
func (s *ImportForm) formatWarnings() []string {
	var all []string
	for _, field := range s.fields("") {
		if field.Warn != nil && field.Warn(s.Fields.Values()[field.ID]) != "" {
			all = append(all, fmt.Sprintf(importOtherFormat, field.Title))
		}
	}
	return all
}
