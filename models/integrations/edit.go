package integrations

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Fields of the form that say what is done, and not what it becomes.
const (
	fieldReplace      = "replace credentials"
	fieldScopesChange = "change scopes"
	fieldWebhook      = "webhook"
	webhookKeep       = "keep"
	webhookSet        = "set"
	webhookRemove     = "remove"
)

// EditForm changes an integration. It has no route: what is half filled in must not be part of a name.
type EditForm struct {
	screen.Base
	of   *Detail
	was  before
	form *form.Form
}

// before is the integration as it was when the form was opened.
type before struct {
	nango.Integration
	provider provider
	// members are its connections, as far as they were counted; unknown where they were not.
	members members
	counted bool
	// scopes and secrets are those of its app, as far as the key may read them.
	scopes  string
	secrets map[string]nango.Secret
	read    bool
}

// newEdit is the form for the integration of the page.
func newEdit(d *Detail) *EditForm {
	was := before{
		Integration: d.one.Value.Integration, provider: d.provider.Value, members: d.members.Value,
		counted: d.members.IsLoaded() && !d.members.HasFailed(), scopes: d.scopes, secrets: map[string]nango.Secret{}, read: len(d.secrets) > 0,
	}
	for _, c := range d.secrets {
		was.secrets[c.name] = c.value
	}
	e := &EditForm{of: d, was: was}
	e.form = form.New(e.fields()...)
	return e
}

// Title names the form.
func (e *EditForm) Title() string { return "Edit" }

// Open reads nothing: the form begins with what the page has.
func (e *EditForm) Open(*screen.Turn) {}

// Refresh leaves what was typed alone.
func (e *EditForm) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (e *EditForm) Typing() bool { return true }

// Update gives keys and pastes to the form.
func (e *EditForm) Update(t *screen.Turn, msg tea.Msg) {
	e.form.Update(msg)
	e.take(t)
}

// Actions is sending the form, and leaving it; everything else is typed.
func (e *EditForm) Actions() []screen.Action {
	return []screen.Action{{ID: screen.Submit, Title: "Send", Operation: nango.OpIntegrationUpdate, WhileTyping: true, Do: func(t *screen.Turn) {
		e.form.Submit()
		e.take(t)
	}}, screen.LeaveAction(e.form.Key)}
}

// View draws the form.
func (e *EditForm) View(f ui.Frame) string { return screen.DrawForm(f, e.form) }

// fields are the form's: name and webhooks, the key, the app, and the config.
func (e *EditForm) fields() []form.Field {
	name, about := editableName(e.was.DisplayName)
	fields := []form.Field{
		{ID: fieldName, Title: "Display name", Value: name, About: about, Check: checkName},
		{ID: fieldForward, Kind: form.YesNo, Title: "Pass the provider's webhooks on", Value: map[bool]string{true: "true"}[e.was.ForwardWebhooks]},
		e.keyField(),
	}
	if e.was.provider.mode == "" {
		return append(fields, form.Field{Kind: form.Note, Title: "Credentials and config", About: "The provider could not be read: they cannot be changed here."})
	}
	fields = append(fields, e.appFields()...)
	if len(e.was.provider.config) > 0 {
		fields = append(fields, editConfigFields(e.was.provider.config)...)
	}
	return fields
}

// editableName is a name as far as a field can hold it.
func editableName(name string) (value, about string) {
	if ui.StripControls(name) != name || strings.ContainsAny(name, "\n\t") {
		return "", "The present one holds characters that cannot be edited here. Left empty it stays."
	}
	return name, "It cannot be removed: left empty it stays."
}

// keyField renames the integration where Nango lets one: it refuses that while there are connections.
func (e *EditForm) keyField() form.Field {
	if e.was.counted && e.was.members.all > 0 {
		return form.Field{Kind: form.Note, Title: "Key " + e.was.Key,
			About: "It has " + e.connections() + ": Nango renames an integration only while it has none."}
	}
	about := "It has no connections, so that it can be renamed. Code that names it has to follow."
	if !e.was.counted {
		about = "Nango renames it only while it has no connections; they could not be counted."
	}
	return form.Field{ID: fieldKey, Title: "Key", Value: e.was.Key, About: about, Check: nango.CheckIntegrationKey}
}

// connections is how many there are, as far as they were counted.
func (e *EditForm) connections() string {
	if !e.was.counted {
		return "connections that were not counted"
	}
	text := ui.Pluralize(e.was.members.all, "connection")
	if !e.was.members.whole {
		return "at least " + text
	}
	return text
}

// appFields are those of the app's credentials, which Nango takes as a whole or not at all.
func (e *EditForm) appFields() []form.Field {
	mode := e.was.provider.mode
	if !hasApp(mode) {
		return nil
	}
	title, all := "Replace the app's credentials", "All of them have to be given again."
	if hasScopes(mode) {
		title = "Change the app, its scopes or webhook secret"
		all = "Client id and secret have to be given again for any of them: on the integration's page they can be copied unseen."
	}
	replacing := func(v form.Values) bool { return v.Bool(fieldReplace) }
	fields := []form.Field{{ID: fieldReplace, Kind: form.YesNo, Title: title,
		About: all + " " + e.breaks()}}
	fields = append(fields, appFields(mode, true, replacing)...)
	if hasScopes(mode) {
		fields = append(fields, e.scopesFields(replacing)...)
		fields = append(fields, e.webhookFields(replacing)...)
	}
	return fields
}

// breaks is what another app does.
func (e *EditForm) breaks() string {
	if e.was.counted && e.was.members.all == 0 {
		return "No connection depends on them."
	}
	return "Another app, or another secret, breaks the token refreshes of its connections: it has " + e.connections() + "."
}

// scopesFields begin with the scopes there are. Where the key may not read them, they stay unless one says otherwise.
func (e *EditForm) scopesFields(replacing func(form.Values) bool) []form.Field {
	if e.was.read {
		return []form.Field{scopesField(e.was.scopes, "Left empty there are none.", replacing)}
	}
	return []form.Field{
		{ID: fieldScopesChange, Kind: form.YesNo, Title: "Change the scopes", ShowIf: replacing, About: "This key may not read those there are. With no, they stay."},
		scopesField("", "Left empty there are none.", func(v form.Values) bool { return replacing(v) && v.Bool(fieldScopesChange) }),
	}
}

func (e *EditForm) webhookFields(replacing func(form.Values) bool) []form.Field {
	options := []form.Option{{Value: webhookKeep, Title: "Keep it, or none"}, {Value: webhookSet, Title: "Set another"}}
	if e.was.provider.mode == modeOAuth2 { // of the others it cannot be removed (Nango's reference)
		options = append(options, form.Option{Value: webhookRemove, Title: "Remove it"})
	}
	return []form.Field{
		{ID: fieldWebhook, Kind: form.Choice, Title: "Webhook secret", Value: webhookKeep, Options: options, Rows: len(options), ShowIf: replacing},
		{ID: fieldWebhookSecret, Kind: form.Secret, Title: "New webhook secret", About: "What the provider signs its webhooks with.",
			Check:  given(true, "the webhook secret", nameLength),
			ShowIf: func(v form.Values) bool { return replacing(v) && v[fieldWebhook] == webhookSet }},
	}
}

// take proposes what was submitted, if it was.
func (e *EditForm) take(t *screen.Turn) {
	values, ok := e.form.Submitted()
	if !ok {
		return
	}
	if title := typedAndRemoved(e.was.provider.config, values); title != "" {
		e.form.SetError(fieldRemoved, title+" is set above: it cannot be taken out at once")
		return
	}
	c := e.changes(values)
	if len(c.before) == 0 {
		e.form.SetError("", "Nothing is changed: there is nothing to send.")
		return
	}
	e.propose(t, c)
}

func (e *EditForm) propose(t *screen.Turn, c *changes) {
	request := nango.UpdateIntegration(e.was.Key, c.patch)
	if err := request.Validate(); err != nil {
		e.form.SetError("", err.Error())
		return
	}
	yes := "Change"
	if c.patch.Credentials != nil {
		yes = "Replace"
	}
	t.AddSecrets(e.form.Secrets()...)
	screen.Propose(t, screen.Proposal[nango.IntegrationDetail]{
		Request: request, Title: "Edit integration", About: e.was.Key, ConfirmLabel: yes, Consequences: c.goes,
		Before: strings.Join(c.before, "\n"), After: strings.Join(c.after, "\n"),
		Then: func(t *screen.Turn, now nango.IntegrationDetail, err error) { e.done(t, now, err) },
	})
}

// IsDirty says that something was typed.
func (e *EditForm) IsDirty() bool { return e.form.Changed() }

// done goes back to the integration, or brings the form back as it was typed with what the server says of it.
func (e *EditForm) done(t *screen.Turn, now nango.IntegrationDetail, err error) {
	switch {
	case err == nil:
		e.of.renamed(now.Key)
		t.Back()
	case !declined(err):
		refused(e.form, e.was.provider.config, err)
	}
}
