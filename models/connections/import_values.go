package connections

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// scopesOverride is a connection config key that is an array for an import and a string in a connect session (seen on
// v0.71.4).
const scopesOverride = "oauth_scopes_override"

// fieldError is a field and its error.
type fieldError struct {
	field string
	err   error
}

// input is the connection described by the form's values, or the first invalid field.
func (s *ImportForm) input(v form.Values) (nango.ConnectionInput, *fieldError) {
	in := nango.ConnectionInput{Ref: s.ref(), Tags: s.tags(v)}
	var err error
	if in.Credentials, err = s.mode.credentials(func(name string) string { return v[credentialPrefix+name] }); err != nil {
		return in, &fieldError{"", err}
	}
	if in.Metadata, err = s.object(v, fieldMetadata); err != nil {
		return in, &fieldError{fieldMetadata, err}
	}
	var bad *fieldError
	if in.ConnectionConfig, bad = s.config(v); bad != nil {
		return in, bad
	}
	if address := strings.TrimSpace(v[fieldWebhook]); address != "" {
		in.WebhookOverride = &address
	}
	return in, nil
}

// tags are the tags typed, and those that the form can't represent.
func (s *ImportForm) tags(v form.Values) map[string]string {
	tags := maps.Clone(s.filled.keptTags)
	if tags == nil {
		tags = map[string]string{}
	}
	maps.Copy(tags, parseTagLines(v))
	return tags
}

// object is the JSON object of a field, with its secrets; nil if empty. What the field can't represent is kept unless
// the field is edited.
func (s *ImportForm) object(v form.Values, field string) (json.RawMessage, error) {
	text := strings.TrimSpace(v[field])
	if text == "" {
		return s.filled.kept[field], nil
	}
	return unhide([]byte(text), s.filled.hidden[field])
}

// config is the connection config: the JSON typed, and the provider's declared fields.
func (s *ImportForm) config(v form.Values) (json.RawMessage, *fieldError) {
	free, err := s.object(v, fieldConfig)
	if err != nil {
		return nil, &fieldError{fieldConfig, err}
	}
	if free == nil {
		free = json.RawMessage("{}")
	}
	_, given, err := topKeys(free)
	if err != nil {
		return nil, &fieldError{fieldConfig, err}
	}
	typed := map[string]string{}
	for _, d := range s.declared {
		if text := v[d.id()]; text != "" {
			typed[d.Name] = text
		}
	}
	if bad := s.wrongConfig(typed, given); bad != nil {
		return nil, bad
	}
	return joinConfig(free, typed)
}

// joinConfig appends the declared fields to the JSON; nil if all are empty.
func joinConfig(free json.RawMessage, typed map[string]string) (json.RawMessage, *fieldError) {
	fields, err := json.Marshal(typed)
	if err != nil {
		return nil, &fieldError{fieldConfig, err}
	}
	all, err := mergeTop(free, fields)
	if err != nil {
		return nil, &fieldError{fieldConfig, err}
	}
	if string(all) == "{}" {
		return nil, nil
	}
	return all, nil
}

// wrongConfig checks the config for duplicate and missing keys and for wrong types.
func (s *ImportForm) wrongConfig(typed map[string]string, given map[string]json.RawMessage) *fieldError {
	for name := range typed {
		if _, twice := given[name]; twice {
			return &fieldError{fieldConfig, fmt.Errorf("%s has its own field above", name)}
		}
	}
	for _, d := range s.declared {
		if _, there := given[d.Name]; d.needed() && !there && typed[d.Name] == "" {
			return &fieldError{d.id(), errors.New("required")}
		}
	}
	for _, name := range s.mode.config {
		if _, there := given[name]; !there && typed[name] == "" {
			return &fieldError{fieldConfig, fmt.Errorf("%q is required with these credentials", name)}
		}
	}
	if raw, there := given[scopesOverride]; there && !strings.HasPrefix(string(raw), "[") {
		return &fieldError{fieldConfig, fmt.Errorf(`%s must be an array here: ["scope", "scope"]`, scopesOverride)}
	}
	return nil
}
