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

// newEnvironmentForm makes an environment.
func newEnvironmentForm() *screen.Form {
	s := &screen.Form{Name: "New environment", Operation: nango.OpEnvironmentCreate, Fields: form.New(environmentFields()...),
		Paths: map[string]string{
			"name": fieldName, "is_production": fieldProduction, "callback_url": fieldCallback, "hmac_key": fieldHMACKey, "hmac_enabled": fieldHMAC,
			"slack_notifications": fieldSlack, "otlp_endpoint": fieldEndpoint, "otlp_headers": fieldHeaders,
		}}
	s.Submit = func(t *screen.Turn, v form.Values) { proposeEnvironment(t, s, environmentTyped(v)) }
	return s
}

func environmentFields() []form.Field {
	more := func(v form.Values) bool { return v.Bool(fieldMore) }
	url := func(what string) func(string) error {
		return func(address string) error { return nango.CheckURL(what, address) }
	}
	return []form.Field{
		{ID: fieldName, Title: "Name", Check: nango.CheckEnvironmentName, About: "Small letters, digits, - and _."},
		{ID: fieldProduction, Kind: form.YesNo, Title: "Production",
			About: "The key needs a scope of its own for it: account:environments:set_production. So it does for the name prod."},
		{ID: fieldMore, Kind: form.YesNo, Title: "Say more: callback URL, HMAC, Slack, traces", About: "All of it is optional."},
		{ID: fieldCallback, Title: "Callback URL", ShowIf: more, Check: url("the callback URL"),
			About: "Where providers send people back to after OAuth. Empty for Nango's own."},
		{ID: fieldHMACKey, Kind: form.Secret, Title: "HMAC key", ShowIf: more, Check: nango.CheckHMACKey,
			About: "Signs the requests of a frontend of one's own."},
		{ID: fieldHMAC, Kind: form.YesNo, Title: "Ask for the HMAC signature", ShowIf: more},
		{ID: fieldSlack, Kind: form.YesNo, Title: "Tell Slack of failures", ShowIf: more},
		{ID: fieldEndpoint, Title: "Collector of traces (OTLP)", ShowIf: more, Check: url("the address of the collector"),
			About: "A whole URL. The plan has to have it."},
		{ID: fieldHeaders, Kind: form.Pairs, Title: "Headers for the collector", Rows: 4, Check: checkHeaders,
			About:  "One name=value a line. They are seen as they are typed, and masked from then on.",
			ShowIf: func(v form.Values) bool { return more(v) && v[fieldEndpoint] != "" }},
	}
}

func checkHeaders(text string) error {
	return nango.CheckOTLPHeaders(headersTyped(form.Values{fieldHeaders: text}))
}

func headersTyped(v form.Values) []nango.OTLPHeader {
	var headers []nango.OTLPHeader
	for _, pair := range v.Pairs(fieldHeaders) {
		headers = append(headers, nango.OTLPHeader{Name: pair.Key, Value: nango.Secret(pair.Value)})
	}
	return headers
}

// environmentTyped is the environment that the form asks for. What was left at no is left to Nango: saying no to
// production for the name prod is refused.
func environmentTyped(v form.Values) nango.EnvironmentInput {
	yes := func(id string) *bool {
		if value := v.Bool(id); value {
			return &value
		}
		return nil
	}
	return nango.EnvironmentInput{
		Name: v[fieldName], Production: yes(fieldProduction), CallbackURL: v[fieldCallback], HMACKey: nango.Secret(v[fieldHMACKey]),
		HMACEnabled: yes(fieldHMAC), Slack: yes(fieldSlack), OTLPEndpoint: v[fieldEndpoint], OTLPHeaders: headersTyped(v),
	}
}

func proposeEnvironment(t *screen.Turn, s *screen.Form, input nango.EnvironmentInput) {
	goes := []string{"An environment of the account, with nothing in it.",
		"Its number is what it is deleted by: Nango has no list. This program notes it."}
	if input.Production != nil {
		goes = append(goes, "It is marked as production.")
	}
	for _, header := range input.OTLPHeaders {
		t.AddSecrets(header.Value.Reveal())
	}
	propose(t, s, screen.Proposal[nango.Environment]{
		Request: nango.CreateEnvironment(input), Title: "Make environment", About: input.Name, Consequences: goes,
		Then: func(t *screen.Turn, made nango.Environment, err error) {
			if s.HandleResult(t, err); err == nil {
				t.ShowOneTime(newEnvironmentMade(t, made))
			}
		},
	})
}

// propose proposes what a form asks for, unless Nango would refuse it. What comes of it is told though the form is left.
func propose[T any](t *screen.Turn, s *screen.Form, p screen.Proposal[T]) {
	if err := p.Request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	p.OutlivesScreen = true
	screen.Propose(t, p)
}

// newEnvironmentMade is the page of an environment that was just made.
func newEnvironmentMade(t *screen.Turn, made nango.Environment) *told {
	note := newThing(t, kindEnvironment, made.ID, made.Name)
	return &told{
		title: "New environment", made: &note,
		facts: []fact{{"Name", made.Name}, {"Number", strconv.FormatInt(made.ID, 10)}, {"Host", t.Profile.Host}},
		said: []string{
			"It is empty. What is to be done in it takes an API key of its own.",
			"Nango has no list of environments: this program notes the number on this machine.",
		},
	}
}

// Fields of the forms for API keys, and the choice of an environment that was not made here.
const (
	fieldEnvironment = "environment"
	fieldNumber      = "number"
	fieldKeyNumber   = "key"
	choiceOther      = "other"
)

// newKeyForm makes an API key for one of the environments that are known, or for another. The number is that of the one
// to begin with, 0 for none.
func newKeyForm(known []thing, number int64) *screen.Form {
	fields := append(whichEnvironment(known, number), form.Field{
		ID: fieldName, Title: "Name of the key", Check: nango.CheckAPIKeyName,
		About: "To know it by. Two keys of an environment have different ones.",
	})
	s := &screen.Form{Name: "New API key", Operation: nango.OpAPIKeyCreate, Fields: form.New(fields...), Paths: map[string]string{
		"environment_id": fieldNumber, "display_name": fieldName,
	}}
	if number != 0 {
		s.Fields.Focus(fieldName)
	}
	s.Submit = func(t *screen.Turn, v form.Values) { proposeKey(t, s, known, environmentOf(v), v[fieldName]) }
	return s
}

// whichEnvironment are the fields that choose an environment: by its name where it was made here, else by its number.
func whichEnvironment(known []thing, number int64) []form.Field {
	field := form.Field{ID: fieldNumber, Title: "Number of the environment", Check: checkNumber, About: "There is no name to check it by."}
	if number != 0 {
		field.Value = strconv.FormatInt(number, 10)
	}
	if len(known) == 0 {
		return []form.Field{field}
	}
	field.ShowIf = func(v form.Values) bool { return v[fieldEnvironment] == choiceOther }
	choice := form.Field{ID: fieldEnvironment, Kind: form.Choice, Title: "Environment", Value: choiceOther, Rows: min(len(known)+1, 6)}
	for _, m := range known {
		value := strconv.FormatInt(m.Number, 10)
		if m.Number == number {
			choice.Value = value
		}
		choice.Options = append(choice.Options, form.Option{Value: value, Title: m.Name + " · " + value})
	}
	choice.Options = append(choice.Options, form.Option{Value: choiceOther, Title: "another, by its number"})
	return []form.Field{choice, field}
}

// environmentOf is the number that was chosen or typed; 0 where there is none.
func environmentOf(v form.Values) int64 {
	if chosen := v[fieldEnvironment]; chosen != "" && chosen != choiceOther {
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
		return errors.New("a number of 1 or more, such as 12")
	}
	return nil
}

func proposeKey(t *screen.Turn, s *screen.Form, known []thing, environment int64, name string) {
	propose(t, s, screen.Proposal[nango.APIKey]{
		Request: nango.CreateAPIKey(environment, name), Title: "Make API key", About: name + " · for " + nameOf(known, environment),
		Consequences: []string{
			"A key that may do everything in the environment (environment:*).",
			"It is shown once, on the page that follows: Nango never tells it again.",
		},
		Then: func(t *screen.Turn, made nango.APIKey, err error) {
			if s.HandleResult(t, err); err == nil {
				t.ShowOneTime(newKeyMade(t, made, known, environment))
			}
		},
	})
}

// newKeyMade is the page of an API key that was just made.
func newKeyMade(t *screen.Turn, made nango.APIKey, known []thing, environment int64) *told {
	note := newThing(t, kindKey, made.ID, made.Name)
	note.Environment = environment
	return &told{
		title: "New API key", what: "new API key", secret: made.Secret, made: &note,
		facts: []fact{
			{"Name", made.Name}, {"Number", strconv.FormatInt(made.ID, 10)}, {"Of", nameOf(known, environment)},
			{"Scopes", strings.Join(made.Scopes, ", ")}, {"Host", t.Profile.Host},
		},
		said: []string{
			"Nango never tells this key again: copy it before you leave.",
			"This program notes its name and number on this machine, and not the key.",
		},
		lost: fmt.Sprintf("delete key %d and make another", made.ID),
	}
}
