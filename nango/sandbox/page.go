package sandbox

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
)

//go:embed page.html
var pageHTML string

// page is the connect page: everything in one document, no script, nothing fetched.
var page = template.Must(template.New("connect").Parse(pageHTML))

// pageView is what the page shows; Done or Problem stand above the forms.
type pageView struct {
	Token, Done, Problem string
	Customer             string
	Reconnects           string
	Ends                 string
	Choices              []pageChoice
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

// getConnectPage is where a connect link leads: a page on which one plays the customer.
func getConnectPage(c *call) answer {
	token := c.query.Str("session_token")
	s := c.validSession(token)
	if s == nil {
		return renderPage(http.StatusUnauthorized, pageView{Problem: "This link is not valid. It may have been revoked, or its 30 minutes are over."})
	}
	return renderPage(http.StatusOK, c.env.pageView(s))
}

// postConnectPage finishes or refuses, by the button that was pressed.
func postConnectPage(c *call) answer {
	s := c.validSession(c.query.Str("session_token"))
	if s == nil {
		return getConnectPage(c)
	}
	form, err := url.ParseQuery(string(c.raw))
	if err != nil {
		return renderPage(http.StatusBadRequest, pageView{Problem: "The form could not be read."})
	}
	view := c.env.pageView(s)
	if form.Get("decision") != "finish" {
		view.Done = "Refused. Nothing was connected, and the link still works."
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

func (env *environment) pageView(s *session) pageView {
	tags := js.MustDecode(s.tags).(*js.Object)
	view := pageView{Token: s.token, Ends: s.expires.UTC().Format("15:04 UTC")}
	for _, k := range []string{"end_user_display_name", "end_user_email", "end_user_id"} {
		if view.Customer == "" {
			view.Customer = tags.Str(k)
		}
	}
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
	name := i.name
	if name == "" {
		name = i.provider.DisplayName
	}
	choice := pageChoice{Key: i.key, Name: name, Mode: i.provider.AuthMode, OAuth: keepsMetadata(i.provider.AuthMode)}
	preset := env.sessionConfig(s, i.key, js.NewObject())
	for _, k := range i.provider.CredentialKeys {
		choice.Fields = append(choice.Fields, newPageField(i.provider.Credentials[k], k, "", true))
	}
	if len(choice.Fields) == 0 && i.provider.AuthMode == "BASIC" {
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
	lower := strings.ToLower(name)
	secret := f.Secret || credential && (strings.Contains(lower, "key") || strings.Contains(lower, "secret") || strings.Contains(lower, "password"))
	title := f.Title
	if title == "" {
		title = name
	}
	return pageField{Name: name, Title: title, Example: f.Example, Value: value, Secret: secret, Optional: f.Optional}
}

// play finishes a session as the customer would. What is not in fields is made up.
func (env *environment) completeSession(s *session, key string, fields map[string]string, now time.Time) (string, error) {
	i, refused := env.integrationFor(s, key)
	if refused != nil {
		return "", errNotAllowed
	}
	typed, config := js.NewObject(), js.NewObject()
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
			typed.Set(name, value)
		}
	}
	if !i.provider.Accepts(typed, env.sessionConfig(s, key, config)) {
		return "", errCredentials
	}
	return env.connect(s, i, typed, config, now).connectionID, nil
}
