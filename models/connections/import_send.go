package connections

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// decide proposes the import when the list has told whether there is such a connection. What is there and was not seen before is
// shown first.
func (s *ImportForm) decide(t *screen.Turn) {
	s.asking = false
	switch err := s.there.load.Err; {
	case err != nil && !errors.Is(err, nango.Forbidden):
		s.form.SetError("", "Nothing is sent, since it could not be asked whether there is such a connection: "+err.Error())
		return
	case s.there.row != nil && s.there.news:
		s.form.SetError("", "Not sent yet: there is such a connection, or it has changed just now. What it has was filled in: look at it and send again.")
		return
	}
	s.propose(t)
}

// propose asks for what was typed to be sent.
func (s *ImportForm) propose(t *screen.Turn) {
	in, bad := s.input(s.form.Values())
	if bad != nil {
		s.form.SetError(bad.field, bad.err.Error())
		return
	}
	in.Exists = in.Ref.ID != "" && (s.there.row != nil || !s.there.known())
	request := nango.UpsertConnection(in)
	if err := request.Validate(); err != nil {
		s.form.SetError("", err.Error())
		return
	}
	p := screen.Proposal[nango.ConnectionDetail]{Request: request, Title: "Import connection", About: s.about(), Consequences: s.goes(t, in), Then: s.sent}
	if in.Exists {
		p.Title = "Overwrite connection"
	}
	if s.there.row != nil {
		p.Before, p.After = s.difference(in)
	}
	s.sending = true
	t.AddSecrets(s.form.Secrets()...)
	screen.Propose(t, p)
}

// goes is what one agrees to.
func (s *ImportForm) goes(t *screen.Turn, in nango.ConnectionInput) []string {
	does := "Nango tries the credentials at the provider where it can, runs what is to run after a connection is made, starts its syncs and tells the webhook."
	switch {
	case in.Ref.ID == "":
		return []string{"A new connection; Nango makes up its id.", does}
	case !in.Exists:
		return append(s.narrow(), "A new connection: the list has none of this id.", does)
	case s.there.row == nil:
		return append(s.narrow(), "Whether there is such a connection is not known: this key may not list connections.",
			"If there is, its credentials, metadata, tags, webhook override and config are replaced for good by what stands here; what is empty here is emptied.", does)
	}
	goes := []string{
		"There is such a connection: it is overwritten for good, its credentials included.",
		"Metadata, tags, webhook override and config are replaced whole by what stands here; what is empty here is emptied.",
	}
	return append(append(goes, s.unread(t)...), does)
}

// narrow is what cannot be done later with an id.
func (s *ImportForm) narrow() []string {
	if reason, refused := s.ref().UnusableReasonFor(nango.OpConnectionUpdate); refused {
		return []string{"Its tags and webhook override could not be changed later: " + reason + "."}
	}
	return nil
}

// unread is what one has to know of what is there: how old the knowledge is, and what nobody told.
func (s *ImportForm) unread(t *screen.Turn) []string {
	if s.there.detail == nil {
		return []string{"Its webhook override and config were not read: what it has of them and is not typed here is lost.", asReadAt(t.Now, s.there.load.At)}
	}
	oldest := s.there.load.At
	if s.there.readAt.Before(oldest) {
		oldest = s.there.readAt
	}
	goes := []string{asReadAt(t.Now, oldest)}
	if !isNothing(s.there.detail.ConnectionConfig) {
		goes = append(goes, "Nango does not tell keys of the config that are named like a refresh token: what it has of them is lost.")
	}
	return goes
}

// overwritten is what an upsert replaces, but for credentials.
type overwritten struct {
	Metadata json.RawMessage   `json:"metadata"`
	Tags     map[string]string `json:"tags"`
	Webhook  *string           `json:"webhook_url_override,omitempty"`
	Config   json.RawMessage   `json:"connection_config,omitempty"`
}

// difference is what is there and what will be. Of what was not read only the new stands there.
func (s *ImportForm) difference(in nango.ConnectionInput) (before, after string) {
	row, detail := s.there.row, s.there.detail
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

// jsonText is a value as JSON. All that it is called for can be written.
func jsonText(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// sent opens the connection, or brings the form back as it was typed.
func (s *ImportForm) sent(t *screen.Turn, made nango.ConnectionDetail, err error) {
	s.sending = false
	switch {
	case err == nil:
		t.Replace(screen.To(DetailRoute, s.key, made.ID))
	case !errors.Is(err, screen.ErrDeclined):
		s.refused(err)
	}
}

// refused puts what the server did not take to the fields that it means.
func (s *ImportForm) refused(err error) {
	known, ok := nango.AsError(err)
	if !ok || len(known.Fields) == 0 {
		s.form.SetError("", err.Error())
		return
	}
	values := s.form.Values()
	for _, fault := range slices.Backward(known.Fields) { // the first one last: it gets the focus
		s.form.SetError(importField(fault.Path, values), fault.String())
	}
}

// importField is the field that a path in an error of Nango's means; empty for none.
func importField(path string, values form.Values) string {
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
		if _, declared := values[configPrefix+name]; declared {
			return configPrefix + name
		}
		return fieldConfig
	}
	return ""
}
