package sessions

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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

// userFields are the fields that become a tag each, in the order of the form. The field has the tag's name.
var userFields = []struct{ tag, title string }{
	{nango.TagUserID, "End user's id"},
	{nango.TagUserEmail, "End user's e-mail"},
	{nango.TagUserName, "End user's name"},
	{nango.TagOrganizationID, "Organisation's id"},
	{nango.TagOrganizationName, "Organisation's name"},
}

// wrong is a field and what is wrong with it.
type wrong struct {
	field string
	err   error
}

// input is the session that the values of the form ask for, or the first field that does not let it be made.
func input(v form.Values) (nango.SessionInput, *wrong) {
	tags, bad := allTags(v)
	if bad != nil {
		return nango.SessionInput{}, bad
	}
	defaults, bad := defaults(v)
	if bad != nil {
		return nango.SessionInput{}, bad
	}
	in := nango.SessionInput{Tags: tags, Integrations: v.List(fieldIntegrations), Defaults: defaults}
	if address := strings.TrimSpace(v[fieldWebhook]); address != "" {
		in.WebhookOverride = &address
	}
	return in, nil
}

// allTags are the tags of the end user, of the organisation, and the further ones.
func allTags(v form.Values) (map[string]string, *wrong) {
	tags := map[string]string{}
	for _, field := range userFields {
		if value := strings.TrimSpace(v[field.tag]); value != "" {
			tags[field.tag] = value
		}
	}
	further, err := parseTags(v[fieldTags])
	if err != nil {
		return nil, &wrong{fieldTags, err}
	}
	for key, value := range further {
		if _, double := tags[key]; double {
			return nil, &wrong{fieldTags, fmt.Errorf("%s has a field of its own above", key)}
		}
		tags[key] = value
	}
	if len(tags) == 0 {
		return nil, &wrong{nango.TagUserID, errors.New("a link needs to be for somebody: an end user, an organisation or a tag")}
	}
	if err := nango.CheckTags(tags); err != nil {
		return nil, &wrong{fieldTags, err}
	}
	return tags, nil
}

// parseTags reads "key=value" lines. Keys are kept as Nango will: in lower case.
func parseTags(text string) (map[string]string, error) {
	tags := map[string]string{}
	err := eachPair(text, "key=value", func(key, value string) error {
		key = nango.StoredTagKey(key)
		if _, double := tags[key]; double {
			return fmt.Errorf("the tag %s stands there twice", key)
		}
		tags[key] = value
		return nango.CheckTag(key, value)
	})
	return tags, err
}

// eachPair calls take for each line that is not empty.
func eachPair(text, form string, take func(key, value string) error) error {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		key, value, found := strings.Cut(line, "=")
		if !found {
			return fmt.Errorf("%q is not of the form %s", line, form)
		}
		if err := take(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return err
		}
	}
	return nil
}

// defaults are the scopes and the config by integration; nil where there are none.
func defaults(v form.Values) (map[string]nango.SessionDefaults, *wrong) {
	configs, err := parseConfigs(v[fieldConfig])
	if err != nil {
		return nil, &wrong{fieldConfig, err}
	}
	scopes, err := parseScopes(v[fieldScopes])
	if err != nil {
		return nil, &wrong{fieldScopes, err}
	}
	userScopes, err := parseScopes(v[fieldUserScopes])
	if err != nil {
		return nil, &wrong{fieldUserScopes, err}
	}
	if double := doubleScopes(configs, scopes); double != nil {
		return nil, &wrong{fieldScopes, double}
	}
	all := map[string]nango.SessionDefaults{}
	for _, key := range slices.Sorted(maps.Keys(merged(configs, scopes, userScopes))) {
		config, err := withScopes(configs[key], scopes[key])
		if err != nil {
			return nil, &wrong{fieldConfig, err}
		}
		all[key] = nango.SessionDefaults{UserScopes: userScopes[key], ConnectionConfig: config}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

// merged has every integration that anything is said of.
func merged(configs map[string]map[string]json.RawMessage, scopes ...map[string]string) map[string]bool {
	all := map[string]bool{}
	for key := range configs {
		all[key] = true
	}
	for _, some := range scopes {
		for key := range some {
			all[key] = true
		}
	}
	return all
}

func parseScopes(text string) (map[string]string, error) {
	scopes := map[string]string{}
	return scopes, eachPair(text, "integration=scope,scope", func(key, value string) error {
		if _, double := scopes[key]; double {
			return fmt.Errorf("%s stands there twice", key)
		}
		scopes[key] = value
		if value == "" {
			return fmt.Errorf("%s has no scopes", key)
		}
		return nango.CheckIntegrationKey(key)
	})
}

// parseConfigs reads a connection config by integration. Values stay as they were written.
func parseConfigs(text string) (map[string]map[string]json.RawMessage, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if err := nango.CheckConnectionConfig(json.RawMessage(text)); err != nil {
		return nil, err
	}
	var configs map[string]map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &configs); err != nil {
		return nil, errors.New(`it must hold an object for each integration: {"integration": {"key": "value"}}`)
	}
	for key, config := range configs {
		if err := nango.CheckIntegrationKey(key); err != nil {
			return nil, err
		}
		if raw, there := config[scopesOverride]; there && !strings.HasPrefix(string(raw), `"`) {
			return nil, fmt.Errorf("%s of %s must be a text here, with commas", scopesOverride, key)
		}
	}
	return configs, nil
}

func doubleScopes(configs map[string]map[string]json.RawMessage, scopes map[string]string) error {
	for key := range scopes {
		if _, double := configs[key][scopesOverride]; double {
			return fmt.Errorf("%s has an %s in its config as well", key, scopesOverride)
		}
	}
	return nil
}

// withScopes is a config with scopes in it, where there are any; nil where it would be empty.
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

// fieldOf is the field that a path in an error of Nango's means; empty for none.
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
