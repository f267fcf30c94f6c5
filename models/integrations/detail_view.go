package integrations

import (
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the integration, or why it is not there.
func (s *Detail) View(f ui.Frame) string {
	s.at = f.Now
	switch {
	case !s.one.Loaded() && s.one.Failed():
		return screen.Failure(f, "The integration "+s.key+" cannot be read", s.one.Err)
	case !s.one.Loaded():
		return screen.Waiting(f, "Reading the integration")
	}
	if now := (drawn{true, f.Width, f.Now.Truncate(time.Minute)}); s.drawn != now {
		s.page.SetSections(s.sections(f))
		s.drawn = now
	}
	return s.page.View(f)
}

// sections are in the order of somebody on call: what it is, what is broken, its app, and then the rest.
func (s *Detail) sections(f ui.Frame) []ui.Section {
	return []ui.Section{s.itself(f), s.connectionsSection(f), s.credentialsSection(f), s.webhooks(f), s.about(f)}
}

func (s *Detail) itself(f ui.Frame) ui.Section {
	one := s.one.Value
	section := ui.Section{Title: "INTEGRATION", Rows: []ui.Row{
		said(f, keyRow, "Key", one.Key),
		said(f, "", "Name", one.DisplayName),
		said(f, providerRow, "Provider", named(one.Provider, s.provider.Value.name)),
		said(f, "", "Auth mode", s.authMode()),
	}}
	if s.hasScopes {
		section.Rows = append(section.Rows, said(f, scopesRow, "Scopes", scopesText(s.scopes)))
	}
	if s.one.Failed() {
		section.Note = ui.Line{f.Say(ui.RoleBad, "✗ not read again: "+s.one.Err.Error())}
	}
	return section
}

func (s *Detail) webhooks(f ui.Frame) ui.Section {
	url := said(f, "", "Webhook URL", "none: Nango takes no webhooks of this provider")
	if address := s.webhookURL(); address != "" {
		url = said(f, webhookRow, "Webhook URL", address)
	}
	return ui.Section{Title: "WEBHOOKS OF THE PROVIDER", Rows: []ui.Row{
		said(f, "", "Passed on", yesOrNo(s.one.Value.ForwardWebhooks)), url,
	}}
}

func (s *Detail) about(f ui.Frame) ui.Section {
	section := ui.Section{Title: "ABOUT"}
	for _, link := range []struct{ id, label string }{{docsRow, "Docs"}, {setupRow, "Setup guide"}} {
		if url := s.value(link.id); url != "" {
			section.Rows = append(section.Rows, said(f, link.id, link.label, url))
		}
	}
	section.Rows = append(section.Rows,
		said(f, "", "Created", moment(f, s.one.Value.Created)), said(f, "", "Updated", moment(f, s.one.Value.Updated)))
	return section
}

func said(f ui.Frame, id, label, value string) ui.Row {
	return ui.Row{ID: id, Label: label, Lines: []ui.Line{{f.Say(ui.RoleText, value)}}}
}

func (s *Detail) authMode() string {
	switch {
	case s.provider.Loaded():
		return s.provider.Value.mode
	case s.provider.Failed():
		return "not known: " + s.provider.Err.Error()
	}
	return "…"
}

// named is a key with the name that people know it by, where that is another.
func named(key, name string) string {
	if name == "" || name == key {
		return key
	}
	return key + " · " + name
}

// scopesText has a space behind each comma, so that a long list breaks between two scopes.
func scopesText(scopes string) string {
	if scopes == "" {
		return "none"
	}
	return strings.ReplaceAll(scopes, ",", ", ")
}

func yesOrNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// moment is a time as one writes it down, and how long ago it was.
func moment(f ui.Frame, at time.Time) string {
	if at.IsZero() {
		return "not known"
	}
	return at.In(f.Now.Location()).Format("2006-01-02 15:04") + " · " + ago(f, at)
}

// ago is how long something is ago: "now", "3 h ago".
func ago(f ui.Frame, at time.Time) string {
	const now = "now"
	if age := ui.Age(f.Now.Sub(at)).String(); age != now {
		return age + " ago"
	}
	return now
}

func muted(text string) ui.Line { return ui.Line{ui.Say(ui.RoleMuted, text)} }

// remark is a row that is only read.
func remark(text string) []ui.Row {
	return []ui.Row{{Lines: []ui.Line{muted(text)}}}
}

// hint names the key of an action with what it does, or nothing where it has no key.
func hint(f ui.Frame, id screen.ActionID, does string) string {
	key := screen.Key(f, id)
	if key == "" {
		return ""
	}
	return key + " " + does
}

// dotted is the parts that say something, side by side.
func dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
