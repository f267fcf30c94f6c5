package integrations

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

type credential struct {
	name  string
	value nango.Secret
	// isNull is a value that is not set.
	isNull bool
}

// credentialFields are the fields of apps in the order of the screen.
var credentialFields = [...]string{"client_id", "client_secret", "app_id", "app_link", "private_key", "webhook_secret"}

// Fields of an app's credentials that are not secret. They are shown elsewhere.
const (
	credentialType   = "type"
	credentialScopes = "scopes"
)

// credentialsOf reads the secrets and the scopes of a credentials object. Unknown fields are secrets.
func credentialsOf(raw json.RawMessage) (secrets []credential, scopes string, hasScopes bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil, "", false
	}
	scopes, hasScopes = textOf(fields[credentialScopes])
	delete(fields, credentialType)
	delete(fields, credentialScopes)
	for _, name := range credentialFields {
		if value, ok := fields[name]; ok {
			secrets = append(secrets, newCredential(name, value))
			delete(fields, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		secrets = append(secrets, newCredential(name, fields[name]))
	}
	return secrets, scopes, hasScopes
}

func newCredential(name string, raw json.RawMessage) credential {
	if isNull(raw) {
		return credential{name: name, isNull: true}
	}
	text, ok := textOf(raw)
	if !ok {
		text = string(raw)
	}
	return credential{name: name, value: nango.Secret(text)}
}

func textOf(raw json.RawMessage) (string, bool) {
	var text *string
	if len(raw) == 0 || json.Unmarshal(raw, &text) != nil || text == nil {
		return "", false
	}
	return *text, true
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// credentialsSection has the app's credentials, or why they are missing.
func (s *Detail) credentialsSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: titleCredentials}
	switch raw := s.integration.Value.Credentials; {
	case raw == nil:
		section.Rows = ui.TextRows(textNoCredentialScope)
	case isNull(raw):
		section.Rows = ui.TextRows(textNoApp)
	case len(s.secrets) == 0:
		section.Rows = ui.TextRows(textNoCredentials)
	default:
		section.Note = ui.Muted(joinParts(textMasked, screen.Hint(f, Reveal, hintReveal), screen.Hint(f, CopyRow, hintCopySecret)))
		for _, c := range s.secrets {
			section.Rows = append(section.Rows, c.row(f))
			s.OnRow(secretRow+c.name, screen.RowActions{Copy: screen.Option{Do: func(t *screen.Turn) { t.CopySecret(c.name, c.value) }}})
		}
	}
	return section
}

// row has the secret itself: ui.Fields masks it until it is revealed. It must not be masked here, or revealing it would
// show the mask.
func (c credential) row(f ui.Frame) ui.Row {
	switch {
	case c.isNull:
		return ui.Row{Label: f.Text(c.name).String(), Lines: []ui.Line{ui.Muted(screen.TextNotSet)}}
	case c.value == "":
		return ui.Row{Label: f.Text(c.name).String(), Lines: []ui.Line{ui.Muted(c.emptyText())}}
	}
	r := ui.Row{ID: secretRow + c.name, Label: f.Text(c.name).String(), Secret: true}
	for _, line := range ui.CleanLines(c.value.Reveal()) {
		r.Lines = append(r.Lines, ui.Line{{Text: line, Role: ui.RoleText}})
	}
	return r
}

// emptyText explains an empty value. With Nango's shared app, id and secret are empty (seen on v0.71.4).
func (c credential) emptyText() string {
	if c.name == "client_id" || c.name == "client_secret" {
		return textSharedApp
	}
	return textEmptySecret
}
