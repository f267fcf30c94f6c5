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

// credential is a field of an app's credentials.
type credential struct {
	name  string
	value nango.Secret
	// unset says that Nango has null there.
	unset bool
}

// credentialFields are the fields that Nango has for apps, in the order of a reader.
var credentialFields = [...]string{"client_id", "client_secret", "app_id", "app_link", "private_key", "webhook_secret"}

// Fields of an app's credentials that are no secrets and are shown elsewhere.
const (
	credentialType   = "type"
	credentialScopes = "scopes"
)

// credentialsOf reads the credentials object: its secrets, and its scopes where it has any. Fields that this program
// has not heard of are secrets as well.
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
		return credential{name: name, unset: true}
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

// credentialsSection is the app's credentials, or why there are none.
func (s *Detail) credentialsSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: "APP CREDENTIALS"}
	switch raw := s.one.Value.Credentials; {
	case raw == nil:
		section.Rows = ui.TextRows("Not shown: this API key may not read them. It lacks the scope environment:integrations:read_credentials.")
	case isNull(raw):
		section.Rows = ui.TextRows("None: an integration of this auth mode has no app of its own.")
	case len(s.secrets) == 0:
		section.Rows = ui.TextRows("None are set.")
	default:
		section.Note = ui.Muted(dotted("masked", screen.Hint(f, Reveal, "reveals one"), screen.Hint(f, CopyRow, "copies without revealing")))
		for _, c := range s.secrets {
			section.Rows = append(section.Rows, c.row(f))
		}
	}
	return section
}

// row draws a secret as what it says: the table of fields hides it until it is revealed. What is known to be a secret must
// not be masked here, or revealing would show nothing.
func (c credential) row(f ui.Frame) ui.Row {
	switch {
	case c.unset:
		return ui.Row{Label: f.Text(c.name).String(), Lines: []ui.Line{ui.Muted("not set")}}
	case c.value == "":
		return ui.Row{Label: f.Text(c.name).String(), Lines: []ui.Line{ui.Muted(c.emptiness())}}
	}
	r := ui.Row{ID: secretRow + c.name, Label: f.Text(c.name).String(), Secret: true}
	for _, line := range ui.CleanLines(c.value.Reveal()) {
		r.Lines = append(r.Lines, ui.Line{{Text: line, Role: ui.RoleText}})
	}
	return r
}

// emptiness says what an empty text means: an integration on Nango's shared app has one for the app's id and
// secret (seen on v0.71.4).
func (c credential) emptiness() string {
	if c.name == "client_id" || c.name == "client_secret" {
		return "empty: Nango's shared app is used"
	}
	return "empty"
}
