package integrations

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// fieldApp is the choice of the app that a new integration uses.
const (
	fieldApp = "app"
	appOwn   = "own"
	appNango = "nango"
)

// CreateForm makes an integration from a provider. It has its fields once it is known what the provider wants, and which
// keys are taken.
type CreateForm struct {
	screen.Base
	about screen.Load[provider]
	taken screen.Load[map[string]bool]
	name  string // of the provider
	form  *form.Form
}

// NewCreate is the screen of the route "new-integration/<provider>".
func NewCreate(r screen.Route) (*CreateForm, error) {
	if err := nango.CheckProvider(r.Arg(0)); err != nil {
		return nil, fmt.Errorf("an integration is made of a provider: %w", err)
	}
	return &CreateForm{name: r.Arg(0)}, nil
}

// Title names the screen by the provider.
func (s *CreateForm) Title() string { return "New integration of " + s.name }

// Open reads what the fields are made of.
func (s *CreateForm) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again. What was typed stays.
func (s *CreateForm) Refresh(t *screen.Turn) {
	s.taken.Fetch(t, nango.Map(nango.ListIntegrations(), keysOf), s.arrived)
	if s.form == nil {
		s.about.Fetch(t, nango.Map(nango.GetProvider(s.name), providerOf), s.arrived)
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
	if s.form == nil && s.about.IsLoaded() && !s.about.HasFailed() && !s.taken.IsLoading() {
		s.form = form.New(s.fields()...)
	}
}

// fields are the form's: the key, the app, and what else the provider wants.
func (s *CreateForm) fields() []form.Field {
	about := s.about.Value
	key := "Names it in code and in the API. It can be renamed only while it has no connections."
	if s.taken.HasFailed() {
		key += " Which keys are taken is not known: " + s.taken.Err.Error()
	}
	fields := []form.Field{{ID: fieldKey, Title: "Key", About: key, Value: s.freeKey(), Check: s.checkKey}}
	fields = append(fields, s.appFields()...)
	fields = append(fields,
		form.Field{ID: fieldName, Title: "Display name (optional)", Check: checkName, About: "For customers. Left empty it is the provider's: " + about.name},
		form.Field{ID: fieldForward, Kind: form.YesNo, Title: "Pass the provider's webhooks on", Value: "true"},
	)
	if s.config() != nil {
		fields = append(fields, newConfigFields(s.config())...)
	}
	return fields
}

func (s *CreateForm) config() []configField { return s.about.Value.config }

// freeKey is the provider's name, or with a number behind it where that is taken.
func (s *CreateForm) freeKey() string {
	key := s.name
	for n := 2; s.taken.Value[key]; n++ {
		key = fmt.Sprintf("%s-%d", s.name, n)
	}
	return key
}

// checkKey judges the key as one types.
func (s *CreateForm) checkKey(key string) error {
	if err := nango.CheckIntegrationKey(key); err != nil {
		return err
	}
	if s.taken.Value[key] {
		return fmt.Errorf("the key %s is taken", key)
	}
	return checkValue("the key", key, nango.MaxNameBytes)
}

func checkName(name string) error { return checkValue("the name", name, nameLength) }

// appFields are those of the app: whose it is where Nango may have one, and its credentials.
func (s *CreateForm) appFields() []form.Field {
	mode := s.about.Value.mode
	if !hasApp(mode) {
		return []form.Field{{Kind: form.Note, Title: "Auth mode " + mode, About: "No credentials are given here."}}
	}
	var fields []form.Field
	own := func(v form.Values) bool { return v[fieldApp] != appNango }
	// Nango takes the other way for these modes alone (seen on v0.71.4).
	if mode == modeOAuth1 || mode == modeOAuth2 || mode == modeGitHub {
		fields = append(fields, form.Field{ID: fieldApp, Kind: form.Choice, Title: "App", Value: appOwn, Rows: 2, Options: []form.Option{
			{Value: appOwn, Title: "An app of one's own at the provider"},
			{Value: appNango, Title: "Nango's own app, where Nango has one: tried when it is sent"},
		}})
	}
	fields = append(fields, appFields(mode, mode != modeTBA, own)...)
	if hasScopes(mode) {
		fields = append(fields,
			scopesField(strings.Join(s.about.Value.scopes, ","), "What the app asks customers for.", own),
			form.Field{ID: fieldWebhookSecret, Kind: form.Secret, Title: "Webhook secret (optional)", ShowIf: own,
				About: "What the provider signs its webhooks with.", Check: given(false, "the webhook secret", nameLength)})
	}
	return fields
}

// Typing says that keys are text.
func (s *CreateForm) Typing() bool { return s.form != nil }

// Update gives keys and pastes to the form.
func (s *CreateForm) Update(t *screen.Turn, msg tea.Msg) {
	if s.form != nil {
		s.form.Update(msg)
		s.take(t)
	}
}

// Actions is sending the form, and leaving it; everything else is typed.
func (s *CreateForm) Actions() []screen.Action {
	if s.form == nil {
		return []screen.Action{screen.RefreshAction(s)}
	}
	op := s.operation(s.form.Values())
	return []screen.Action{{ID: screen.Submit, Title: "Send", Operation: op, WhileTyping: true, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.take(t)
	}}, screen.LeaveAction(s.form.Key)}
}

func (s *CreateForm) operation(v form.Values) nango.Operation {
	if v[fieldApp] == appNango {
		return nango.OpIntegrationQuickstart
	}
	return nango.OpIntegrationCreate
}

// take proposes what was submitted, if it was.
func (s *CreateForm) take(t *screen.Turn) {
	values, ok := s.form.Submitted()
	if !ok {
		return
	}
	input := s.input(values)
	if missing := halfApp(input.Credentials, values); missing != "" {
		s.form.SetError(missing, "client id, client secret, scopes and webhook secret go together: this is missing")
		return
	}
	s.propose(t, input, values)
}

// input is the integration that the values of the form ask for.
func (s *CreateForm) input(v form.Values) nango.IntegrationInput {
	forward := v.Bool(fieldForward)
	input := nango.IntegrationInput{
		Key: v[fieldKey], Provider: s.name, DisplayName: v[fieldName], ForwardWebhooks: &forward,
		Config: configTyped(s.config(), v),
	}
	mode := s.about.Value.mode
	if !hasApp(mode) || v[fieldApp] == appNango || mode == modeTBA && s.noApp(v) {
		return input
	}
	var scopes *string
	// Scopes that are left out become the provider's own; to have none, an empty list is sent.
	if joined := joinedScopes(v[fieldScopes]); joined != "" || len(s.about.Value.scopes) > 0 {
		scopes = &joined
	}
	var webhook *nango.Secret
	if secret := nango.Secret(v[fieldWebhookSecret]); secret != "" {
		webhook = &secret
	}
	input.Credentials = credentialsTyped(mode, v, scopes, webhook)
	return input
}

// noApp says that nothing of an app was typed.
func (s *CreateForm) noApp(v form.Values) bool {
	scopes := joinedScopes(v[fieldScopes])
	return v[fieldClientID]+v[fieldClientSecret]+v[fieldWebhookSecret] == "" && (scopes == "" || scopes == strings.Join(s.about.Value.scopes, ","))
}

// halfApp is the field without which credentials make no app: those of TBA may be left out, but not in part.
func halfApp(credentials nango.IntegrationCredentials, v form.Values) string {
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
	goes := []string{"An integration of " + named(s.name, s.about.Value.name) + ", auth mode " + s.about.Value.mode + "."}
	if v[fieldApp] == appNango {
		request = nango.QuickstartIntegration(input)
		goes = append(goes, "It uses Nango's own app at the provider. Nango refuses it where it has none.")
	}
	if app, ok := input.Credentials.(nango.OAuthApp); ok && app.Scopes != nil {
		goes = append(goes, "Scopes: "+scopesText(*app.Scopes)+".")
	}
	if err := request.Validate(); err != nil {
		s.form.SetError("", err.Error())
		return
	}
	t.AddSecrets(s.form.Secrets()...)
	screen.Propose(t, screen.Proposal[nango.IntegrationDetail]{
		Request: request, Title: "Make integration", About: input.Key, Consequences: goes,
		Then: func(t *screen.Turn, made nango.IntegrationDetail, err error) { s.done(t, made, err) },
	})
}

// IsDirty says that something was typed.
func (s *CreateForm) IsDirty() bool { return s.form != nil && s.form.Changed() }

// done opens what was made, or brings the form back as it was typed with what the server says of it.
func (s *CreateForm) done(t *screen.Turn, made nango.IntegrationDetail, err error) {
	switch {
	case err == nil:
		t.Replace(screen.To("integration", made.Key))
	case !declined(err):
		refused(s.form, s.config(), err)
	}
}

// View draws the form, or why there is none.
func (s *CreateForm) View(f ui.Frame) string {
	switch {
	case s.form != nil:
		return screen.DrawForm(f, s.form)
	case s.about.HasFailed():
		return screen.Failure(f, "The provider "+s.name+" cannot be read", s.about.Err)
	}
	return screen.Loading(f, "Reading what "+s.name+" needs")
}
