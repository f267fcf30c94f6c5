package connections

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// decide proposes the import once it is known whether the connection exists. Existing data that was not shown before
// is shown first.
func (s *ImportForm) decide(t *screen.Turn) {
	s.busy = ""
	switch err := s.existing.load.Err; {
	case err != nil && !errors.Is(err, nango.Forbidden):
		s.Fields.SetError("", fmt.Sprintf(errExistenceUnknown, err))
		return
	case s.existing.row != nil && s.existing.news:
		s.Fields.SetError("", errExistingDataNotShown)
		return
	}
	s.propose(t)
}

func (s *ImportForm) propose(t *screen.Turn) {
	in, field, err := s.input(s.Fields.Values())
	if err != nil {
		s.Fields.SetError(field, err.Error())
		return
	}
	in.Exists = in.Ref.ID != "" && (s.existing.row != nil || !s.existing.known())
	request := nango.UpsertConnection(in)
	if err := request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	p := screen.Proposal[nango.ConnectionDetail]{Request: request, Title: screen.TextImport, About: s.about(),
		Consequences: append(s.formatWarnings(), s.consequences(t, in)...), Then: s.imported}
	if in.Exists {
		p.Title = overwriteTitle
	}
	if s.existing.row != nil {
		p.Before, p.After = s.difference(in)
	}
	s.busy = busySending
	t.AddSecrets(s.Fields.Secrets()...)
	screen.Propose(t, p)
}

func (s *ImportForm) consequences(t *screen.Turn, in nango.ConnectionInput) []string {
	does := importDoes
	switch {
	case in.Ref.ID == "":
		return []string{importGeneratedID, does}
	case !in.Exists:
		return append(s.limitations(), importNewID, does)
	case s.existing.row == nil:
		return append(s.limitations(), importUnknown, importMayOverwrite, does)
	}
	goes := []string{importOverwrites, importReplaces}
	return append(append(goes, s.unreadWarnings(t)...), does)
}

// limitations are what can't be changed later because of the id.
func (s *ImportForm) limitations() []string {
	if reason, refused := s.ref().UnusableReasonFor(nango.OpConnectionUpdate); refused {
		return []string{fmt.Sprintf(importCantChange, reason)}
	}
	return nil
}

// unreadWarnings says what isn't known about the existing connection, and how old the data is.
func (s *ImportForm) unreadWarnings(t *screen.Turn) []string {
	if s.existing.detail == nil {
		return []string{importNotRead, dataAgeAt(t.Now, s.existing.load.At)}
	}
	oldest := s.existing.load.At
	if s.existing.readAt.Before(oldest) {
		oldest = s.existing.readAt
	}
	goes := []string{dataAgeAt(t.Now, oldest)}
	if !isNothing(s.existing.detail.ConnectionConfig) {
		goes = append(goes, importLosesTokens)
	}
	return goes
}

// overwritten is what an upsert replaces, except for credentials.
type overwritten struct {
	Metadata json.RawMessage   `json:"metadata"`
	Tags     map[string]string `json:"tags"`
	Webhook  *string           `json:"webhook_url_override,omitempty"`
	Config   json.RawMessage   `json:"connection_config,omitempty"`
}

// difference is the change from the existing values to the new ones. For values that were not read, only the new ones
// are shown.
func (s *ImportForm) difference(in nango.ConnectionInput) (before, after string) {
	row, detail := s.existing.row, s.existing.detail
	old := overwritten{Metadata: objectOr(row.Metadata), Tags: row.Tags}
	next := overwritten{Metadata: objectOr(in.Metadata), Tags: in.Tags, Webhook: in.WebhookOverride, Config: in.ConnectionConfig}
	if old.Tags == nil {
		old.Tags = map[string]string{}
	}
	if detail != nil {
		none := ""
		old.Webhook, old.Config = detail.WebhookOverride, objectOr(detail.ConnectionConfig)
		next.Config = objectOr(next.Config)
		for _, side := range []*overwritten{&old, &next} {
			if side.Webhook == nil {
				side.Webhook = &none
			}
		}
	}
	return jsonText(old), jsonText(next)
}

func (s *ImportForm) imported(t *screen.Turn, made nango.ConnectionDetail, err error) {
	s.busy = ""
	switch {
	case err == nil:
		t.Replace(screen.To(DetailRoute, s.key, made.ID))
	case !errors.Is(err, screen.ErrDeclined):
		s.ShowErrors(err)
	}
}

func (s *ImportForm) fieldOf(path string) string {
	switch first, rest, _ := strings.Cut(path, "."); first {
	case "connection_id":
		return fieldConnectionID
	case "metadata":
		return fieldMetadata
	case "tags":
		return fieldTags
	case "webhook_url_override":
		return fieldWebhook
	case "credentials":
		return credentialPrefix + strings.TrimPrefix(rest, "config_override.")
	case "connection_config":
		name, _, _ := strings.Cut(rest, ".")
		if _, declared := s.Fields.Values()[configPrefix+name]; declared {
			return configPrefix + name
		}
		return fieldConfig
	}
	return ""
}

// scopesOverride is a connection config key that is an array for an import and a string in a connect session (seen on
// v0.71.4).
const scopesOverride = "oauth_scopes_override"

// input is the connection described by the form's values. The error is about a field, or about the form if that is "".
func (s *ImportForm) input(v form.Values) (in nango.ConnectionInput, field string, err error) {
	in = nango.ConnectionInput{Ref: s.ref(), Tags: s.tags(v)}
	in.Credentials = s.mode.credentials(s.provider.Value.AuthMode, v)
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
		return nil, fieldConfig, fmt.Errorf(errNotArray, scopesOverride)
	}
	for _, d := range s.declared {
		text := v[d.id()]
		switch _, there := all.values[d.Name]; {
		case there && text != "":
			return nil, fieldConfig, fmt.Errorf(screen.TextOwnField, d.Name)
		case text != "":
			all.set(d.Name, json.RawMessage(jsonText(text)))
		case d.needed() && !there:
			return nil, d.id(), errors.New(errRequired)
		}
	}
	for _, name := range s.mode.config {
		if _, there := all.values[name]; !there {
			return nil, fieldConfig, fmt.Errorf(errConfigRequired, name)
		}
	}
	if len(all.keys) == 0 {
		return nil, "", nil
	}
	return all.encode(), "", nil
}
