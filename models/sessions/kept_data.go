package sessions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"nango-tui/nango"
)

// scopesOverride is a connection config key that is a string in a session and an array elsewhere (seen on v0.71.4).
const scopesOverride = "oauth_scopes_override"

// keptData says what happens to a connection's data during a reconnect.
type keptData struct {
	// input is what the session must include to keep it.
	input nango.SessionInput
	// config are the names of the connection config keys that are kept.
	config []string
	// lost are the names of those left out, because anyone with the link could read them.
	lost []string
	// problem is why no config can be kept; nil if it was readable.
	problem error
}

// keep determines what is kept. Without detail the connection was not read, and its webhook override and config are
// unknown.
func keep(row nango.Connection, detail *nango.ConnectionDetail) keptData {
	k := keptData{input: nango.SessionInput{Tags: row.Tags}}
	if detail == nil {
		return k
	}
	if override := detail.WebhookOverride; override != nil && *override != "" {
		k.input.WebhookOverride = override
	}
	config, lost, err := sendableConfig(detail.ConnectionConfig)
	k.lost, k.problem = lost, err
	k.config = slices.Sorted(maps.Keys(config))
	if len(config) > 0 {
		raw, err := json.Marshal(config)
		k.problem = errors.Join(k.problem, err)
		k.input.Defaults = map[string]nango.SessionDefaults{row.Integration: {ConnectionConfig: raw}}
	}
	return k
}

// sendableConfig converts a connection config for a session, without anything that sounds like a secret, and returns
// the paths left out. Numbers are kept exactly.
func sendableConfig(raw json.RawMessage) (config map[string]any, lost []string, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&config); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("unreadable connection config: %w", err)
	}
	lost = dropSecrets(config, "")
	switch scopes := config[scopesOverride].(type) {
	case nil, string:
	case []any:
		config[scopesOverride] = scopesText(scopes)
	default:
		delete(config, scopesOverride)
		lost = append(lost, scopesOverride)
	}
	slices.Sort(lost)
	return config, lost, nil
}

// exposedBy returns the paths in a typed config that sound like secrets; none if it is unreadable.
func exposedBy(config string) []string {
	var object map[string]any
	if json.Unmarshal([]byte(config), &object) != nil {
		return nil
	}
	found := dropSecrets(object, "")
	slices.Sort(found)
	return found
}

// dropSecrets removes the secrets from an object, and with each the id that belongs to it: an app's id with another
// app's secret would lead the customer into an error.
func dropSecrets(object map[string]any, path string) (lost []string) {
	drop := func(key string) {
		if _, there := object[key]; there {
			delete(object, key)
			lost = append(lost, path+key)
		}
	}
	for key, value := range object {
		if nested, ok := value.(map[string]any); ok && !nango.SoundsSecret(key) {
			lost = append(lost, dropSecrets(nested, path+key+".")...)
			continue
		}
		if nango.SoundsSecret(key) || holdsSecret(value) {
			drop(key)
			drop(strings.Replace(key, "secret", "id", 1))
			drop(strings.Replace(key, "Secret", "Id", 1))
		}
	}
	return lost
}

// holdsSecret reports whether a value is shaped like a secret, or contains one: masking changes it. What can't be encoded counts
// as a secret.
func holdsSecret(value any) bool {
	raw, err := json.Marshal([]any{value})
	var nothingSeen *nango.Secrets
	return err != nil || !bytes.Equal(raw, nothingSeen.MaskJSON(raw))
}

func scopesText(scopes []any) string {
	texts := make([]string, 0, len(scopes))
	for _, scope := range scopes {
		texts = append(texts, fmt.Sprint(scope))
	}
	return strings.Join(texts, ",")
}
