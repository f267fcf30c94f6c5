package sessions

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Names of the form's fields.
const (
	fieldIntegrations = "integrations"
	fieldTags         = "tags"
	fieldScopes       = "scopes"
	fieldUserScopes   = "user scopes"
	fieldConfig       = "config"
	fieldWebhook      = "webhook"
)

// userFields are the fields that each become a tag, in the order of the form. A field has the tag's name.
var userFields = []struct{ tag, title string }{
	{nango.TagUserID, "End user ID"},
	{nango.TagUserEmail, "End user e-mail"},
	{nango.TagUserName, "End user name"},
	{nango.TagOrganizationID, "Organization ID"},
	{nango.TagOrganizationName, "Organization name"},
}

// input is the session described by the form's values. The error is that of the first invalid field.
func input(v form.Values) (in nango.SessionInput, err error) {
	if in.Tags, err = allTags(v); err != nil {
		return in, err
	}
	if in.Defaults, err = defaults(v); err != nil {
		return in, err
	}
	in.Integrations = v.List(fieldIntegrations)
	if address := strings.TrimSpace(v[fieldWebhook]); address != "" {
		in.WebhookOverride = &address
	}
	return in, nil
}

// allTags are the tags of the end user and the organization, and the others.
func allTags(v form.Values) (map[string]string, error) {
	tags := map[string]string{}
	for _, field := range userFields {
		if value := strings.TrimSpace(v[field.tag]); value != "" {
			tags[field.tag] = value
		}
	}
	further, err := parseTags(v[fieldTags])
	if err != nil {
		return nil, form.FieldError{ID: fieldTags, Err: err}
	}
	for key, value := range further {
		if _, double := tags[key]; double {
			return nil, form.FieldError{ID: fieldTags, Err: fmt.Errorf(screen.TextOwnField, key)}
		}
		tags[key] = value
	}
	if len(tags) == 0 {
		return nil, form.FieldError{ID: nango.TagUserID, Err: errors.New(textSayWhoLinkEnd)}
	}
	if err := nango.CheckTags(tags); err != nil {
		return nil, form.FieldError{ID: fieldTags, Err: err}
	}
	return tags, nil
}

// parseTags parses "key=value" lines. Keys become lower case, as Nango stores them.
func parseTags(text string) (map[string]string, error) {
	tags := map[string]string{}
	err := eachPair(text, "key=value", func(key, value string) error {
		key = nango.StoredTagKey(key)
		if _, double := tags[key]; double {
			return fmt.Errorf(textTagGivenTwice, key)
		}
		tags[key] = value
		return nango.CheckTag(key, value)
	})
	return tags, err
}

// eachPair calls take for each line that isn't empty.
func eachPair(text, form string, take func(key, value string) error) error {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		key, value, found := strings.Cut(line, "=")
		if !found {
			return fmt.Errorf(textMustForm, line, form)
		}
		if err := take(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return err
		}
	}
	return nil
}

// defaults are the scopes and config by integration; nil if there are none.
func defaults(v form.Values) (map[string]nango.SessionDefaults, error) {
	configs, err := parseConfigs(v[fieldConfig])
	if err != nil {
		return nil, form.FieldError{ID: fieldConfig, Err: err}
	}
	scopes, err := parseScopes(v[fieldScopes])
	if err != nil {
		return nil, form.FieldError{ID: fieldScopes, Err: err}
	}
	userScopes, err := parseScopes(v[fieldUserScopes])
	if err != nil {
		return nil, form.FieldError{ID: fieldUserScopes, Err: err}
	}
	for key := range scopes {
		if _, double := configs[key][scopesOverride]; double {
			return nil, form.FieldError{ID: fieldScopes, Err: fmt.Errorf(textConfigAlso, key, scopesOverride)}
		}
	}
	keys := slices.Concat(slices.Collect(maps.Keys(configs)), slices.Collect(maps.Keys(scopes)), slices.Collect(maps.Keys(userScopes)))
	slices.Sort(keys)
	all := map[string]nango.SessionDefaults{}
	for _, key := range slices.Compact(keys) {
		config, err := withScopes(configs[key], scopes[key])
		if err != nil {
			return nil, form.FieldError{ID: fieldConfig, Err: err}
		}
		all[key] = nango.SessionDefaults{UserScopes: userScopes[key], ConnectionConfig: config}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

func parseScopes(text string) (map[string]string, error) {
	scopes := map[string]string{}
	return scopes, eachPair(text, "integration=scope,scope", func(key, value string) error {
		if _, double := scopes[key]; double {
			return fmt.Errorf("%s is given twice", key)
		}
		scopes[key] = value
		if value == "" {
			return fmt.Errorf(textNoScopesGiven, key)
		}
		return nango.CheckIntegrationKey(key)
	})
}

// parseConfigs parses connection configs by integration. Values stay unchanged.
func parseConfigs(text string) (map[string]map[string]json.RawMessage, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if err := nango.CheckConnectionConfig(json.RawMessage(text)); err != nil {
		return nil, err
	}
	var configs map[string]map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &configs); err != nil {
		return nil, errors.New(textGiveObjectEachIntegration)
	}
	for key, config := range configs {
		if err := nango.CheckIntegrationKey(key); err != nil {
			return nil, err
		}
		if raw, there := config[scopesOverride]; there && !strings.HasPrefix(string(raw), `"`) {
			return nil, fmt.Errorf(textMustCommaSeparatedString, scopesOverride, key)
		}
	}
	return configs, nil
}

// withScopes is a config with scopes added; nil if it would be empty.
func withScopes(config map[string]json.RawMessage, scopes string) (json.RawMessage, error) {
	if scopes != "" {
		raw, err := json.Marshal(scopes)
		if err != nil {
			return nil, err
		}
		config = maps.Clone(config)
		if config == nil {
			config = map[string]json.RawMessage{}
		}
		config[scopesOverride] = raw
	}
	if len(config) == 0 {
		return nil, nil
	}
	return json.Marshal(config)
}

// fieldOf is the field for a path in Nango's error; empty if there is none.
func fieldOf(path string) string {
	first, rest, _ := strings.Cut(path, ".")
	switch first {
	case "tags":
		for _, field := range userFields {
			if field.tag == rest {
				return rest
			}
		}
		return fieldTags
	case "allowed_integrations":
		return fieldIntegrations
	case "webhook_url_override":
		return fieldWebhook
	case "integrations_config_defaults":
		switch {
		case strings.HasSuffix(rest, scopesOverride):
			return fieldScopes
		case strings.HasSuffix(rest, "user_scopes"):
			return fieldUserScopes
		}
		return fieldConfig
	}
	return ""
}
