package sandbox

import (
	"bytes"
	"cmp"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
)

//go:embed page.html
var pageHTML string

// page is the connect page: one document without scripts, which loads nothing.
var page = template.Must(template.New("connect").Parse(pageHTML))

// pageView is the data of the page. Done or Problem is shown above the forms.
type pageView struct {
	Token, API, Done, Problem  string
	Customer, Reconnects, Ends string
	Choices                    []pageChoice
}

type pageChoice struct {
	Key, Name, Mode string
	OAuth           bool
	Fields          []pageField
}

type pageField struct {
	Name, Title, Example, Value string
	Secret, Optional            bool
}

// The results of the page.
const (
	invalidLink = "This link is not valid: it was revoked, or its 30 minutes are over. Create a new link."
	invalidForm = "The form could not be read. Try again."
	refused     = "Refused. Nothing was connected, and the link still works."
)

var (
	errNoSession   = errors.New("no such connect session, or its 30 minutes are over")
	errNotAllowed  = errors.New("the session does not allow this integration")
	errCredentials = errors.New("the provider rejects these credentials")
)

// getConnectPage is the page of a connect link, on which one acts as the customer.
func getConnectPage(c *call) answer {
	s, problem := c.pageSession()
	if s == nil {
		return renderPage(http.StatusUnauthorized, pageView{Problem: problem})
	}
	return renderPage(http.StatusOK, c.pageView(s))
}

// postConnectPage finishes or refuses, by the button.
func postConnectPage(c *call) answer {
	s, _ := c.pageSession()
	if s == nil {
		return getConnectPage(c)
	}
	form, err := url.ParseQuery(string(c.raw))
	if err != nil {
		return renderPage(http.StatusBadRequest, pageView{Problem: invalidForm})
	}
	view := c.pageView(s)
	if form.Get("decision") != "finish" {
		view.Done = refused
		return renderPage(http.StatusOK, view)
	}
	fields := map[string]string{}
	for k := range form {
		if name, ok := strings.CutPrefix(k, "field."); ok && form.Get(k) != "" {
			fields[name] = form.Get(k)
		}
	}
	id, err := c.env.completeSession(s, form.Get("integration"), fields, c.now())
	if err != nil {
		view.Problem = err.Error()
		return renderPage(http.StatusBadRequest, view)
	}
	view.Done = "Connected as " + id + ". You can close this page."
	return renderPage(http.StatusOK, view)
}

func renderPage(status int, view pageView) answer {
	var b bytes.Buffer
	if err := page.Execute(&b, view); err != nil {
		panic("sandbox: connect page: " + err.Error())
	}
	a := answer{status: status, contentType: htmlType, body: b.Bytes(), noETag: true}
	a.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
	a.setHeader("Referrer-Policy", "no-referrer")
	a.setHeader("Cache-Control", "no-store")
	return a
}

func (c *call) pageView(s *session) pageView {
	env := c.env
	tags := js.MustDecode(s.tags).(*js.Object)
	view := pageView{Token: s.token, API: c.query.Str(linkAPI), Ends: s.expires.UTC().Format("15:04 UTC"),
		Customer: cmp.Or(tags.Str("end_user_display_name"), tags.Str("end_user_email"), tags.Str("end_user_id"))}
	if s.reconnect != nil {
		view.Reconnects = s.reconnect.connectionID
	}
	for _, i := range env.integrations {
		if s.allows(i.key) {
			view.Choices = append(view.Choices, env.pageChoice(s, i))
		}
	}
	return view
}

func (env *environment) pageChoice(s *session, i *integration) pageChoice {
	mode := i.provider.AuthMode
	choice := pageChoice{Key: i.key, Name: i.displayName(), Mode: mode, OAuth: keepsMetadata(mode)}
	preset := env.sessionConfig(s, i.key, js.NewObject())
	for _, k := range i.provider.CredentialKeys {
		choice.Fields = append(choice.Fields, newPageField(i.provider.Credentials[k], k, "", true))
	}
	if len(choice.Fields) == 0 && mode == "BASIC" {
		choice.Fields = []pageField{{Name: "username", Title: "Username"}, {Name: "password", Title: "Password", Secret: true}}
	}
	for _, k := range i.provider.ConnectionKeys {
		if f := i.provider.ConnectionConfig[k]; !f.Automated {
			choice.Fields = append(choice.Fields, newPageField(f, k, preset.Str(k), false))
		}
	}
	return choice
}

func newPageField(f catalog.Field, name, value string, credential bool) pageField {
	soundsSecret := slices.ContainsFunc([]string{"key", "secret", "password"}, func(word string) bool {
		return strings.Contains(strings.ToLower(name), word)
	})
	return pageField{Name: name, Title: cmp.Or(f.Title, name), Example: f.Example, Value: value,
		Secret: f.Secret || credential && soundsSecret, Optional: f.Optional}
}

// completeSession completes a session as the customer would. Config that is not in fields is made up.
func (env *environment) completeSession(s *session, key string, fields map[string]string, now time.Time) (string, error) {
	i := env.integration(key)
	if i == nil || !s.allows(key) {
		return "", errNotAllowed
	}
	sent, config := js.NewObject(), js.NewObject()
	preset := env.sessionConfig(s, key, js.NewObject())
	for _, name := range i.provider.ConnectionKeys {
		if f := i.provider.ConnectionConfig[name]; fields[name] != "" {
			config.Set(name, fields[name])
		} else if !f.Optional && !f.Automated && !preset.Has(name) {
			config.Set(name, f.Sample())
		}
	}
	for name, value := range fields {
		if !config.Has(name) {
			sent.Set(name, value)
		}
	}
	if !i.provider.Accepts(sent, env.sessionConfig(s, key, config)) {
		env.logRefused(i, s.log, strings.ToLower(i.provider.AuthMode), timestampMs(now))
		return "", errCredentials
	}
	return env.connect(s, i, sent, config, now).connectionID, nil
}
