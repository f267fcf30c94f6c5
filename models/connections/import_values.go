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

// scopesOverride is a key of the connection config that is an array at an import, and a text in a connect session (seen on v0.71.4).
const scopesOverride = "oauth_scopes_override"

// misfit is a field and what is wrong with it.
type misfit struct {
	field string
	err   error
}

// input is the connection that the values of the form make, or the first field that does not let it be made.
func (s *ImportForm) input(v form.Values) (nango.ConnectionInput, *misfit) {
	in := nango.ConnectionInput{Ref: s.ref(), Tags: s.tags(v)}
	var err error
	if in.Credentials, err = s.mode.credentials(func(name string) string { return v[credentialPrefix+name] }); err != nil {
		return in, &misfit{"", err}
	}
	if in.Metadata, err = s.object(v, fieldMetadata); err != nil {
		return in, &misfit{fieldMetadata, err}
	}
	var bad *misfit
	if in.ConnectionConfig, bad = s.config(v); bad != nil {
		return in, bad
	}
	if address := strings.TrimSpace(v[fieldWebhook]); address != "" {
		in.WebhookOverride = &address
	}
	return in, nil
}

// tags are those that are typed, and those that no line of the form can hold.
func (s *ImportForm) tags(v form.Values) map[string]string {
	tags := maps.Clone(s.filled.keptTags)
	if tags == nil {
		tags = map[string]string{}
	}
	maps.Copy(tags, tagsTyped(v))
	return tags
}

// object is the JSON object of a field, secrets put back in; nil where none is typed. What the field could not hold is kept
// while nothing else is typed.
func (s *ImportForm) object(v form.Values, field string) (json.RawMessage, error) {
	text := strings.TrimSpace(v[field])
	if text == "" {
		return s.filled.kept[field], nil
	}
	return unhide([]byte(text), s.filled.hidden[field])
}

// config is the connection config: what is typed as JSON, and the fields that the provider declares.
func (s *ImportForm) config(v form.Values) (json.RawMessage, *misfit) {
	free, err := s.object(v, fieldConfig)
	if err != nil {
		return nil, &misfit{fieldConfig, err}
	}
	if free == nil {
		free = json.RawMessage("{}")
	}
	_, given, err := topKeys(free)
	if err != nil {
		return nil, &misfit{fieldConfig, err}
	}
	typed := map[string]string{}
	for _, d := range s.declared {
		if text := v[d.id()]; text != "" {
			typed[d.name] = text
		}
	}
	if bad := s.wrongConfig(typed, given); bad != nil {
		return nil, bad
	}
	return joinConfig(free, typed)
}

// joinConfig puts the fields that are typed behind the free text; nil where nothing is typed at all.
func joinConfig(free json.RawMessage, typed map[string]string) (json.RawMessage, *misfit) {
	fields, err := json.Marshal(typed)
	if err != nil {
		return nil, &misfit{fieldConfig, err}
	}
	all, err := mergeTop(free, fields)
	if err != nil {
		return nil, &misfit{fieldConfig, err}
	}
	if string(all) == "{}" {
		return nil, nil
	}
	return all, nil
}

// wrongConfig is what speaks against the config: keys that stand there twice, that are needed, or that have another type here.
func (s *ImportForm) wrongConfig(typed map[string]string, given map[string]json.RawMessage) *misfit {
	for name := range typed {
		if _, twice := given[name]; twice {
			return &misfit{fieldConfig, fmt.Errorf("%s has a field of its own above", name)}
		}
	}
	for _, d := range s.declared {
		if _, there := given[d.name]; d.needed() && !there && typed[d.name] == "" {
			return &misfit{d.id(), errors.New("this is needed")}
		}
	}
	for _, name := range s.mode.config {
		if _, there := given[name]; !there && typed[name] == "" {
			return &misfit{fieldConfig, fmt.Errorf("without %q these credentials are refused", name)}
		}
	}
	if raw, there := given[scopesOverride]; there && !strings.HasPrefix(string(raw), "[") {
		return &misfit{fieldConfig, fmt.Errorf(`%s must be an array here: ["scope", "scope"]`, scopesOverride)}
	}
	return nil
}
