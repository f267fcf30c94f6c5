package sessions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"nango-tui/nango"
)

// scopesOverride is the key of the connection config that Nango wants as a string in a session, and as an array
// elsewhere (seen on v0.71.4).
const scopesOverride = "oauth_scopes_override"

// keeping is what becomes of a connection's own data at a reconnect.
type keeping struct {
	// input is what goes into the session, so that it survives.
	input nango.SessionInput
	// config are the names of what survives of the connection config.
	config []string
	// lost are the names of what is left out of it: whoever holds the link can read it.
	lost []string
	// problem is why nothing can be kept of the config; nil where it could be read.
	problem error
}

// keep works out what survives. The detail is nil where the connection was not read: then the webhook override
// and the config are not known.
func keep(row nango.Connection, detail *nango.ConnectionDetail) keeping {
	k := keeping{input: nango.SessionInput{Tags: row.Tags}}
	if detail == nil {
		return k
	}
	if override := detail.WebhookOverride; override != nil && *override != "" {
		k.input.WebhookOverride = override
	}
	config, lost, err := sendableConfig(detail.ConnectionConfig)
	k.lost, k.problem = lost, err
	for name := range config {
		k.config = append(k.config, name)
	}
	slices.Sort(k.config)
	if len(config) > 0 {
		raw, err := json.Marshal(config)
		k.problem = errors.Join(k.problem, err)
		k.input.Defaults = map[string]nango.SessionDefaults{row.Integration: {ConnectionConfig: raw}}
	}
	return k
}

// sendableConfig is a connection config as a session takes it, without what sounds like a secret, and the paths
// of what was left out. Numbers stay as they were written.
func sendableConfig(raw json.RawMessage) (config map[string]any, lost []string, err error) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || string(raw) == "null" {
		return nil, nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&config); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("the connection config cannot be read: %w", err)
	}
	lost = dropSecrets(config, "")
	if scopes, ok := config[scopesOverride].([]any); ok {
		config[scopesOverride] = joined(scopes)
	}
	if _, ok := config[scopesOverride].(string); config[scopesOverride] != nil && !ok {
		delete(config, scopesOverride)
		lost = append(lost, scopesOverride)
	}
	slices.Sort(lost)
	return config, lost, nil
}

// exposedBy are the paths in a typed config that sound like secrets; none where it cannot be read.
func exposedBy(config string) []string {
	var object map[string]any
	if json.Unmarshal([]byte(config), &object) != nil {
		return nil
	}
	found := dropSecrets(object, "")
	slices.Sort(found)
	return found
}

// dropSecrets takes the secrets out of an object, and with each the id that it belongs to: an app's id
// with another app's secret would lead the customer into an error.
func dropSecrets(object map[string]any, path string) (lost []string) {
	drop := func(key string) {
		if _, there := object[key]; there {
			delete(object, key)
			lost = append(lost, path+key)
		}
	}
	for key, value := range object {
		if nested, ok := value.(map[string]any); ok && !soundsSecret(key) {
			lost = append(lost, dropSecrets(nested, path+key+".")...)
			continue
		}
		if soundsSecret(key) || holdsSecret(value) {
			drop(key)
			drop(strings.Replace(key, "secret", "id", 1))
			drop(strings.Replace(key, "Secret", "Id", 1))
		}
	}
	return lost
}

// soundsSecret asks the table by which secrets are hidden everywhere else.
func soundsSecret(key string) bool { return isHidden(map[string]any{key: "x"}) }

// holdsSecret says that a value has the shape of a secret, or has one in it.
func holdsSecret(value any) bool { return isHidden([]any{value}) }

// isHidden says whether anything of a value is hidden when it is shown. What cannot be written is taken for a secret.
func isHidden(value any) bool {
	raw, err := json.Marshal(value)
	var nothingSeen *nango.Secrets
	return err != nil || !bytes.Equal(raw, nothingSeen.MaskJSON(raw))
}

// joined is a list of scopes as one text.
func joined(scopes []any) string {
	texts := make([]string, 0, len(scopes))
	for _, scope := range scopes {
		texts = append(texts, fmt.Sprint(scope))
	}
	return strings.Join(texts, ",")
}
