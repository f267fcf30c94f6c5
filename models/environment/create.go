package environment

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the form for an environment.
const (
	fieldName       = "name"
	fieldProduction = "production"
	fieldMore       = "more"
	fieldCallback   = "callback"
	fieldHMACKey    = "hmac key"
	fieldHMAC       = "hmac"
	fieldSlack      = "slack"
	fieldEndpoint   = "otlp endpoint"
	fieldHeaders    = "otlp headers"
)

// newEnvironmentForm creates an environment. lists means that the server lists environments.
func newEnvironmentForm(lists bool) *screen.Form {
	s := &screen.Form{Name: actionNewEnvironment, Operation: nango.OpEnvironmentCreate, Fields: form.New(environmentFields()...)}
	s.Paths = map[string]string{
		"name": fieldName, "is_production": fieldProduction, "callback_url": fieldCallback, "hmac_key": fieldHMACKey, "hmac_enabled": fieldHMAC,
		"slack_notifications": fieldSlack, "otlp_endpoint": fieldEndpoint, "otlp_headers": fieldHeaders,
	}
	s.Submit = func(t *screen.Turn, v form.Values) { proposeEnvironment(t, s, environmentInput(v), lists) }
	return s
}

func environmentFields() []form.Field {
	more := func(v form.Values) bool { return v.Bool(fieldMore) }
	callback := func(address string) error { return nango.CheckURL(nameCallback, address) }
	collector := func(address string) error { return nango.CheckURL(nameCollector, address) }
	headers := func(text string) error { return nango.CheckOTLPHeaders(headersFrom(form.Values{fieldHeaders: text})) }
	return []form.Field{
		{ID: fieldName, Title: titleName, Check: nango.CheckEnvironmentName, About: aboutName},
		{ID: fieldProduction, Kind: form.YesNo, Title: titleProduction, About: aboutProduction},
		{ID: fieldMore, Kind: form.YesNo, Title: titleOptions, About: aboutOptions},
		{ID: fieldCallback, Title: titleCallback, ShowIf: more, Check: callback, About: aboutCallback},
		{ID: fieldHMACKey, Kind: form.Secret, Title: titleHMACKey, ShowIf: more, Check: nango.CheckHMACKey, About: aboutHMACKey},
		{ID: fieldHMAC, Kind: form.YesNo, Title: titleHMAC, ShowIf: more},
		{ID: fieldSlack, Kind: form.YesNo, Title: titleSlack, ShowIf: more},
		{ID: fieldEndpoint, Title: titleCollector, ShowIf: more, Check: collector, About: aboutCollector},
		{ID: fieldHeaders, Kind: form.Pairs, Title: titleHeaders, Rows: 4, SecretValues: true, Check: headers, About: aboutHeaders,
			ShowIf: func(v form.Values) bool { return more(v) && v[fieldEndpoint] != "" }},
	}
}

func headersFrom(v form.Values) []nango.OTLPHeader {
	var headers []nango.OTLPHeader
	for _, pair := range v.Pairs(fieldHeaders) {
		headers = append(headers, nango.OTLPHeader{Name: pair.Key, Value: nango.Secret(pair.Value)})
	}
	return headers
}

// environmentInput returns the environment of a form. A no is left out: Nango rejects a no to production for the name prod.
func environmentInput(v form.Values) nango.EnvironmentInput {
	yes := func(id string) *bool {
		if v.Bool(id) {
			return new(true)
		}
		return nil
	}
	return nango.EnvironmentInput{
		Name: v[fieldName], Production: yes(fieldProduction), CallbackURL: v[fieldCallback], HMACKey: nango.Secret(v[fieldHMACKey]),
		HMACEnabled: yes(fieldHMAC), Slack: yes(fieldSlack), OTLPEndpoint: v[fieldEndpoint], OTLPHeaders: headersFrom(v),
	}
}

func proposeEnvironment(t *screen.Turn, s *screen.Form, input nango.EnvironmentInput, lists bool) {
	goes, notes := []string{createEmpty}, []string{noteEmpty}
	if !lists {
		goes, notes = append(goes, createNumber), append(notes, noteNoList)
	}
	if input.Production != nil {
		goes = append(goes, createProduction)
	}
	for _, header := range input.OTLPHeaders {
		t.AddSecrets(header.Value.Reveal())
	}
	propose(t, s, screen.Proposal[nango.Environment]{
		Request: nango.CreateEnvironment(input), Title: createEnvironment, About: input.Name, Consequences: goes,
	}, func(t *screen.Turn, made nango.Environment) *oneTimePage {
		note := newItem(t, kindEnvironment, made.ID, made.Name)
		note.UUID = made.UUID
		return &oneTimePage{
			title: actionNewEnvironment, item: &note,
			facts: []fact{{titleName, made.Name}, {"Number", strconv.FormatInt(made.ID, 10)}, {"Host", t.Profile.Host}},
			notes: notes, lists: lists,
		}
	})
}

// propose proposes a form's request if it is valid, and shows what it created. The outcome is reported even if the form is left.
func propose[T any](t *screen.Turn, s *screen.Form, p screen.Proposal[T], created func(*screen.Turn, T) *oneTimePage) {
	if s.Fields.ShowError(p.Request.Validate()) {
		return
	}
	p.OutlivesScreen = true
	p.Then = func(t *screen.Turn, made T, err error) {
		if s.HandleResult(t, err); err == nil {
			t.ShowOneTime(created(t, made))
		}
	}
	screen.Propose(t, p)
}

// Fields of the forms for API keys, and the choice of an environment that was not created here.
const (
	fieldEnvironment = "environment"
	fieldNumber      = "number"
	fieldKeyNumber   = "key"
	choiceOther      = ""
)

// newKeyForm creates an API key for an environment. number is the environment that is selected first, 0 for none.
func newKeyForm(known []item, number int64, lists bool) *screen.Form {
	fields := append(whichEnvironment(known, number, lists), form.Field{
		ID: fieldName, Title: titleKeyName, Check: nango.CheckAPIKeyName, About: aboutKeyName,
	})
	s := &screen.Form{Name: actionNewKey, Operation: nango.OpAPIKeyCreate, Fields: form.New(fields...), Paths: map[string]string{
		"environment_id": fieldNumber, "environmentUuid": fieldNumber, "display_name": fieldName,
	}}
	s.Submit = func(t *screen.Turn, v form.Values) { proposeKey(t, s, known, environmentOf(v), v[fieldName], lists) }
	return s
}

// whichEnvironment returns the fields that choose an environment: by name if it is known, or, unless the server lists all, by number.
func whichEnvironment(known []item, number int64, lists bool) []form.Field {
	field := form.Field{ID: fieldNumber, Title: titleNumber, Check: checkNumber, About: aboutNumber}
	if number != 0 {
		field.Value = strconv.FormatInt(number, 10)
	}
	if len(known) == 0 {
		return []form.Field{field}
	}
	field.ShowIf = func(v form.Values) bool { return v[fieldEnvironment] == choiceOther }
	choice := form.Field{ID: fieldEnvironment, Kind: form.Choice, Title: titleChoice, Rows: min(len(known)+1, 6), RequiredIf: form.Always}
	for _, m := range known {
		value := strconv.FormatInt(m.Number, 10)
		if m.Number == number {
			choice.Value = value
		}
		choice.Options = append(choice.Options, form.Option{Value: value, Title: m.Name + " · " + value})
	}
	if lists {
		return []form.Field{choice}
	}
	choice.Options = append(choice.Options, form.Option{Value: choiceOther, Title: optionOther})
	return []form.Field{choice, field}
}

func environmentOf(v form.Values) int64 {
	if chosen := v[fieldEnvironment]; chosen != choiceOther {
		return numberOf(chosen)
	}
	return numberOf(v[fieldNumber])
}

func numberOf(text string) int64 {
	number, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return number
}

func checkNumber(text string) error {
	if numberOf(text) <= 0 {
		return errors.New(errNumber)
	}
	return nil
}

// environmentRef returns the environment of a number, with its UUID if it is known.
func environmentRef(known []item, number int64) nango.EnvironmentRef {
	if m := screen.Find(known, func(m item) bool { return m.Kind == kindEnvironment && m.Number == number }); m != nil {
		return m.environment()
	}
	return nango.EnvironmentRef{ID: number}
}

// proposeKey proposes to create a key. lists means that the server lists keys, and shows them again.
func proposeKey(t *screen.Turn, s *screen.Form, known []item, number int64, name string, lists bool) {
	of, environment := environmentLabel(known, number), environmentRef(known, number)
	shown, notes := createKeyOnce, []string{noteCopy, noteKept}
	if lists {
		shown, notes = createKeyAgain, []string{noteAgain}
	}
	propose(t, s, screen.Proposal[nango.APIKey]{
		Request: nango.CreateAPIKey(environment, name), Title: createKey, About: fmt.Sprintf(createKeyFor, name, of),
		Consequences: []string{createKeyScopes, shown},
	}, func(t *screen.Turn, made nango.APIKey) *oneTimePage {
		note := newItem(t, kindKey, made.ID, made.Name)
		note.UUID, note.Environment, note.EnvironmentUUID = made.UUID, environment.ID, environment.UUID
		return &oneTimePage{
			lists: lists,
			title: actionNewKey, secretName: nameKey, secret: made.Secret, item: &note,
			facts: []fact{
				{titleName, made.Name}, {"Number", strconv.FormatInt(made.ID, 10)}, {"Of", of},
				{"Scopes", strings.Join(made.Scopes, ", ")}, {"Host", t.Profile.Host},
			},
			notes: notes, recovery: fmt.Sprintf(recoverKey, made.ID),
		}
	})
}
