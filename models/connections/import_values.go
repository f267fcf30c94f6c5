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

// input is the connection described by the form's values. The error is about a field, or about the form if that is "".
func (s *ImportForm) input(v form.Values) (in nango.ConnectionInput, field string, err error) {
	in = nango.ConnectionInput{Ref: s.ref(), Tags: s.tags(v)}
	in.Credentials = s.mode.credentials(func(name string) string { return v[credentialPrefix+name] })
	if in.Metadata, err = s.object(v, fieldMetadata); err != nil {
		return in, fieldMetadata, err
	}
	if address := strings.TrimSpace(v[fieldWebhook]); address != "" {
		in.WebhookOverride = &address
	}
	in.ConnectionConfig, field, err = s.config(v)
	return in, field, err
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

// config is the connection config: the JSON typed, and the provider's declared fields; nil if all are empty. The error is
// about a field.
func (s *ImportForm) config(v form.Values) (config json.RawMessage, field string, err error) {
	typed, err := s.object(v, fieldConfig)
	if err != nil {
		return nil, fieldConfig, err
	}
	all, err := parseObject(objectOr(typed))
	if err != nil {
		return nil, fieldConfig, err
	}
	if raw, there := all.values[scopesOverride]; there && !strings.HasPrefix(string(raw), "[") {
		return nil, fieldConfig, fmt.Errorf(`%s must be an array here: ["scope", "scope"]`, scopesOverride)
	}
	for _, d := range s.declared {
		text := v[d.id()]
		switch _, there := all.values[d.Name]; {
		case there && text != "":
			return nil, fieldConfig, fmt.Errorf("%s has its own field above", d.Name)
		case text != "":
			all.set(d.Name, json.RawMessage(jsonText(text)))
		case d.needed() && !there:
			return nil, d.id(), errors.New("required")
		}
	}
	for _, name := range s.mode.config {
		if _, there := all.values[name]; !there {
			return nil, fieldConfig, fmt.Errorf("%q is required with these credentials", name)
		}
	}
	if len(all.keys) == 0 {
		return nil, "", nil
	}
	return all.encode(), "", nil
}
