package integrations

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// fieldApp is whose app a new integration uses.
const (
	fieldApp = "app"
	appOwn   = "own"
	appNango = "nango"
)

// CreateForm creates an integration. It has fields when the provider and the existing keys are loaded.
type CreateForm struct {
	screen.Form
	provider     screen.Load[provider]
	takenKeys    screen.Load[map[string]bool]
	providerName string
	// host is that of the profile, for the callback URL.
	host string
}

// NewCreate is the screen of the route "new-integration/<provider>".
func NewCreate(r screen.Route) (*CreateForm, error) {
	if err := nango.CheckProvider(r.Arg(0)); err != nil {
		return nil, fmt.Errorf(createBadProvider, err)
	}
	s := &CreateForm{providerName: r.Arg(0)}
	s.Form = screen.Form{Name: fmt.Sprintf(createTitle, s.providerName), Operation: nango.OpIntegrationCreate, Submit: s.submit,
		FieldOf: fieldOf, Head: func(f ui.Frame) []ui.Line { return s.callback().head(f) }}
	return s, nil
}

// Refresh loads the provider and the keys. It keeps what was typed.
func (s *CreateForm) Refresh(t *screen.Turn) {
	s.host = t.Profile.Host
	s.takenKeys.Fetch(t, nango.Map(nango.ListIntegrations(), keysOf), s.arrived)
	if s.Fields == nil {
		s.provider.Fetch(t, nango.Map(nango.GetProvider(s.providerName), providerOf), s.arrived)
	}
}

func keysOf(all []nango.Integration) map[string]bool {
	keys := make(map[string]bool, len(all))
	for _, i := range all {
		keys[i.Key] = true
	}
	return keys
}

func (s *CreateForm) arrived(*screen.Turn) {
	if s.Fields == nil && s.provider.IsLoaded() && !s.provider.HasFailed() && !s.takenKeys.IsLoading() {
		s.Fields = form.New(s.fields()...)
	}
}

func (s *CreateForm) fields() []form.Field {
	about := s.provider.Value
	key := aboutNewKey
	if s.takenKeys.HasFailed() {
		key += fmt.Sprintf(aboutKeysUnknown, s.takenKeys.Err)
	}
	fields := []form.Field{{ID: fieldKey, Title: titleKey, About: key, Value: s.freeKey(), Check: s.checkKey}}
	fields = append(fields, s.appFields()...)
	fields = append(fields,
		form.Field{ID: fieldName, Title: titleName, Check: checkName, About: fmt.Sprintf(aboutNewName, about.DisplayName)},
		form.Field{ID: fieldForward, Kind: form.YesNo, Title: titleForward, Value: "true"},
	)
	return append(fields, newConfigFields(about.config)...)
}

// freeKey returns the provider's name, with a number if that key exists.
func (s *CreateForm) freeKey() string {
	key := s.providerName
	for n := 2; s.takenKeys.Value[key]; n++ {
		key = fmt.Sprintf("%s-%d", s.providerName, n)
	}
	return key
}

func (s *CreateForm) checkKey(key string) error {
	if err := nango.CheckIntegrationKey(key); err != nil {
		return err
	}
	if s.takenKeys.Value[key] {
		return fmt.Errorf(errKeyTaken, key)
	}
	return checkValue(nameKey, key, nango.MaxNameBytes)
}

func checkName(name string) error { return checkValue(nameName, name, nameLength) }

// appFields returns the fields of the app: whose app it is, if Nango can have one, and the credentials.
func (s *CreateForm) appFields() []form.Field {
	mode := s.provider.Value.AuthMode
	if !hasApp(mode) {
		return []form.Field{{Kind: form.Note, Title: fmt.Sprintf(titleAuthMode, mode), About: aboutNoCredentials}}
	}
	var fields []form.Field
	own := func(v form.Values) bool { return v[fieldApp] != appNango }
	// Nango has apps only for these modes (seen on v0.71.4).
	if mode == modeOAuth1 || mode == modeOAuth2 || mode == modeGitHub {
		fields = append(fields, form.Field{ID: fieldApp, Kind: form.Choice, Title: titleApp, Value: appOwn, Rows: 2, Options: []form.Option{
			{Value: appOwn, Title: optionOwnApp},
			{Value: appNango, Title: optionNangoApp},
		}})
	}
	fields = append(fields, appFields(mode, mode != modeTBA, own)...)
	if hasScopes(mode) {
		fields = append(fields,
			scopesField(strings.Join(s.provider.Value.DefaultScopes, ","), aboutAppScopes, own),
			form.Field{ID: fieldWebhookSecret, Kind: form.Secret, Title: titleSecret, ShowIf: own,
				About: aboutWebhookSecret, Check: checkText(false, nameWebhookSecret, nameLength)})
	}
	return fields
}

// Actions are sending and leaving the form. All other keys are text.
func (s *CreateForm) Actions() []screen.Action {
	if s.Fields == nil {
		return []screen.Action{screen.RefreshAction(s)}
	}
	all := s.Form.Actions()
	if s.Fields.Values()[fieldApp] == appNango {
		all[0].Operation = nango.OpIntegrationQuickstart
	}
	return append(all, s.callback().action())
}

// callback is the URL for the user's app at the provider; Nango's own app has one.
func (s *CreateForm) callback() callback {
	if s.Fields == nil || s.Fields.Values()[fieldApp] == appNango {
		return callback{}
	}
	return callbackOf(s.host, s.provider.Value.AuthMode)
}

func (s *CreateForm) submit(t *screen.Turn, values form.Values) {
	input := s.input(values)
	if missing := missingCredential(input.Credentials, values); missing != "" {
		s.Fields.SetError(missing, errIncompleteApp)
		return
	}
	s.propose(t, input, values)
}

func (s *CreateForm) input(v form.Values) nango.IntegrationInput {
	forward := v.Bool(fieldForward)
	input := nango.IntegrationInput{
		Key: v[fieldKey], Provider: s.providerName, DisplayName: v[fieldName], ForwardWebhooks: &forward,
		Config: configFrom(s.provider.Value.config, v),
	}
	mode := s.provider.Value.AuthMode
	if !hasApp(mode) || v[fieldApp] == appNango || mode == modeTBA && s.hasNoApp(v) {
		return input
	}
	var scopes *string
	// Without scopes Nango uses the provider's. For none, an empty list is sent.
	if joined := joinedScopes(v[fieldScopes]); joined != "" || len(s.provider.Value.DefaultScopes) > 0 {
		scopes = &joined
	}
	var webhook *nango.Secret
	if secret := nango.Secret(v[fieldWebhookSecret]); secret != "" {
		webhook = &secret
	}
	input.Credentials = credentialsFrom(mode, v, scopes, webhook)
	return input
}

// hasNoApp reports whether no field of the app was typed.
func (s *CreateForm) hasNoApp(v form.Values) bool {
	scopes := joinedScopes(v[fieldScopes])
	typed := v[fieldClientID] + v[fieldClientSecret] + v[fieldWebhookSecret]
	return typed == "" && (scopes == "" || scopes == strings.Join(s.provider.Value.DefaultScopes, ","))
}

// missingCredential returns the empty field of an incomplete app, or "". The app of TBA is optional, but only as a whole.
func missingCredential(credentials nango.IntegrationCredentials, v form.Values) string {
	if _, oauth := credentials.(nango.OAuthApp); !oauth {
		return ""
	}
	for _, id := range []string{fieldClientID, fieldClientSecret} {
		if v[id] == "" {
			return id
		}
	}
	return ""
}

func (s *CreateForm) propose(t *screen.Turn, input nango.IntegrationInput, v form.Values) {
	request := nango.CreateIntegration(input)
	goes := []string{fmt.Sprintf(createConsequence, keyAndName(s.providerName, s.provider.Value.DisplayName), s.provider.Value.AuthMode)}
	if v[fieldApp] == appNango {
		request = nango.QuickstartIntegration(input)
		goes = append(goes, createWithNangoApp)
	}
	if app, ok := input.Credentials.(nango.OAuthApp); ok && app.Scopes != nil {
		goes = append(goes, fmt.Sprintf(createScopes, scopesText(*app.Scopes)))
	}
	if err := request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	screen.Propose(t, screen.Proposal[nango.IntegrationDetail]{
		Request: request, Title: createConfirm, About: input.Key, Consequences: goes,
		Then: s.done,
	})
}

func (s *CreateForm) done(t *screen.Turn, made nango.IntegrationDetail, err error) {
	switch {
	case err == nil:
		t.Replace(screen.To("integration", made.Key))
	case !declined(err):
		showErrors(&s.Form, s.provider.Value.config, err)
	}
}

// View draws the form, or why it has no fields yet.
func (s *CreateForm) View(f ui.Frame) string {
	switch {
	case s.Fields != nil:
		return s.Form.View(f)
	case s.provider.HasFailed():
		return screen.Failure(f, fmt.Sprintf(screen.TextProviderFailed, s.providerName), s.provider.Err)
	}
	return screen.Loading(f, fmt.Sprintf(createLoading, s.providerName))
}
