package integrations

import (
	"fmt"
	"strings"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields that say what to change. The others have new values.
const (
	fieldReplace      = "replace credentials"
	fieldScopesChange = "change scopes"
	fieldWebhook      = "webhook"
	webhookKeep       = "keep"
	webhookSet        = "set"
	webhookRemove     = "remove"
)

// EditForm changes an integration. It has no route, because a route must not contain what is typed.
type EditForm struct {
	screen.Form
	detail *Detail
	before snapshot
}

// snapshot is the integration when the form was opened.
type snapshot struct {
	nango.Integration
	provider provider
	// connections is known if counted is true.
	connections summary
	counted     bool
	// scopes and secrets are known if canRead is true.
	scopes  string
	secrets map[string]nango.Secret
	canRead bool
}

// newEdit returns the form for the integration of a screen.
func newEdit(d *Detail) *EditForm {
	was := snapshot{
		Integration: d.integration.Value.Integration, provider: d.provider.Value, connections: d.connections.Value,
		counted: d.connections.IsLoaded() && !d.connections.HasFailed(),
		scopes:  d.scopes, secrets: map[string]nango.Secret{}, canRead: len(d.secrets) > 0,
	}
	for _, c := range d.secrets {
		was.secrets[c.name] = c.value
	}
	e := &EditForm{detail: d, before: was}
	e.Form = screen.Form{Name: screen.TextEdit, Operation: nango.OpIntegrationUpdate, Fields: form.New(e.fields()...), Submit: e.submit,
		FieldOf: fieldOf, Head: e.callback().head}
	return e
}

// callback is the URL for the app at the provider.
func (e *EditForm) callback() callback { return callbackOf(e.detail.host, e.before.provider.AuthMode) }

// Actions are sending and leaving the form, and copying the callback URL.
func (e *EditForm) Actions() []screen.Action { return append(e.Form.Actions(), e.callback().action()) }

func (e *EditForm) fields() []form.Field {
	name, about := editableName(e.before.DisplayName)
	fields := []form.Field{
		{ID: fieldName, Title: titleName, Value: name, About: about, Check: checkName},
		{ID: fieldForward, Kind: form.YesNo, Title: titleForward, Value: map[bool]string{true: "true"}[e.before.ForwardWebhooks]},
		e.keyField(),
	}
	if e.before.provider.AuthMode == "" {
		return append(fields, form.Field{Kind: form.Note, Title: titleUneditable, About: aboutUneditable})
	}
	fields = append(fields, e.appFields()...)
	return append(fields, editConfigFields(e.before.provider.config)...)
}

// editableName returns the value and the description of the name's field. Control characters can't be edited.
func editableName(name string) (value, about string) {
	if !clean.IsLine(name) {
		return "", aboutUneditableName
	}
	return name, aboutName
}

// keyField is the field of the key. Nango doesn't rename integrations with connections.
func (e *EditForm) keyField() form.Field {
	if e.before.counted && e.before.connections.all > 0 {
		return form.Field{Kind: form.Note, Title: fmt.Sprintf(titleKeyLocked, e.before.Key),
			About: fmt.Sprintf(aboutKeyLocked, e.connections())}
	}
	about := aboutKey
	if !e.before.counted {
		about = aboutKeyUncounted
	}
	return form.Field{ID: fieldKey, Title: titleKey, Value: e.before.Key, About: about, Check: nango.CheckIntegrationKey}
}

// appFields returns the fields of the app. Nango replaces credentials only as a whole.
func (e *EditForm) appFields() []form.Field {
	mode := e.before.provider.AuthMode
	if !hasApp(mode) {
		return nil
	}
	title, all := titleReplace, aboutReplace
	if hasScopes(mode) {
		title = titleReplaceOAuth
		all = aboutReplaceOAuth
	}
	replacing := func(v form.Values) bool { return v.Bool(fieldReplace) }
	fields := []form.Field{{ID: fieldReplace, Kind: form.YesNo, Title: title,
		About: all + " " + e.dependents(textAppWarning)}}
	fields = append(fields, appFields(mode, true, replacing)...)
	if hasScopes(mode) {
		fields = append(fields, e.scopesFields(replacing)...)
		fields = append(fields, e.webhookFields(replacing)...)
	}
	return fields
}

func (e *EditForm) connections() string {
	if !e.before.counted {
		return textUncounted
	}
	return e.before.connections.String()
}

// dependents says what happens to the connections if the app changes. The warning has a verb for their number.
func (e *EditForm) dependents(warning string) string {
	if e.before.counted && e.before.connections.all == 0 {
		return textNoDependents
	}
	return fmt.Sprintf(warning, e.connections())
}

// scopesFields has the current scopes. If the API key can't read them, they stay unless the user changes them.
func (e *EditForm) scopesFields(replacing func(form.Values) bool) []form.Field {
	if e.before.canRead {
		return []form.Field{scopesField(e.before.scopes, aboutScopes, replacing)}
	}
	return []form.Field{
		{ID: fieldScopesChange, Kind: form.YesNo, Title: titleChangeScopes, ShowIf: replacing, About: aboutChangeScopes},
		scopesField("", aboutScopes, func(v form.Values) bool { return replacing(v) && v.Bool(fieldScopesChange) }),
	}
}

func (e *EditForm) webhookFields(replacing func(form.Values) bool) []form.Field {
	options := []form.Option{{Value: webhookKeep, Title: optionKeepSecret}, {Value: webhookSet, Title: optionSetSecret}}
	if e.before.provider.AuthMode == modeOAuth2 { // of the others it cannot be removed (Nango's reference)
		options = append(options, form.Option{Value: webhookRemove, Title: optionRemoveSecret})
	}
	return []form.Field{
		{ID: fieldWebhook, Kind: form.Choice, Title: titleSecret, Value: webhookKeep, Options: options, Rows: len(options), ShowIf: replacing},
		{ID: fieldWebhookSecret, Kind: form.Secret, Title: titleNewSecret, About: aboutWebhookSecret,
			Check:  checkText(true, nameWebhookSecret, nameLength),
			ShowIf: func(v form.Values) bool { return replacing(v) && v[fieldWebhook] == webhookSet }},
	}
}

func (e *EditForm) submit(t *screen.Turn, values form.Values) {
	if title := setAndRemoved(e.before.provider.config, values); title != "" {
		e.Fields.SetError(fieldRemoved, fmt.Sprintf(errSetAndRemoved, title))
		return
	}
	c := e.changes(values)
	if len(c.before) == 0 {
		e.Fields.SetError("", errNoChange)
		return
	}
	e.propose(t, c)
}

func (e *EditForm) propose(t *screen.Turn, c *changes) {
	request := nango.UpdateIntegration(e.before.Key, c.patch)
	if err := request.Validate(); err != nil {
		e.Fields.SetError("", err.Error())
		return
	}
	yes := editChange
	if c.patch.Credentials != nil {
		yes = screen.TextReplace
	}
	screen.Propose(t, screen.Proposal[nango.IntegrationDetail]{
		Request: request, Title: editConfirm, About: e.before.Key, ConfirmLabel: yes, Consequences: c.consequences,
		Before: strings.Join(c.before, "\n"), After: strings.Join(c.after, "\n"),
		Then: e.done,
	})
}

func (e *EditForm) done(t *screen.Turn, now nango.IntegrationDetail, err error) {
	switch {
	case err == nil:
		e.detail.setKey(now.Key)
		t.Back()
	case !declined(err):
		showErrors(&e.Form, e.before.provider.config, err)
	}
}
