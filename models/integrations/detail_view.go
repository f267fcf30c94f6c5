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
	case !s.one.IsLoaded() && s.one.HasFailed():
		return screen.Failure(f, "The integration "+s.key+" cannot be read", s.one.Err)
	case !s.one.IsLoaded():
		return screen.Loading(f, "Reading the integration")
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
	leads := dotted(screen.Hint(f, OpenFunctions, "functions"), screen.Hint(f, OpenActions, "actions"), screen.Hint(f, Syncs, "syncs"))
	section := ui.Section{Title: "INTEGRATION", Note: ui.Muted(leads), Rows: []ui.Row{
		f.NewRow(keyRow, "Key", one.Key),
		f.NewRow("", "Name", one.DisplayName),
		f.NewRow(providerRow, "Provider", named(one.Provider, s.provider.Value.name)),
		f.NewRow("", "Auth mode", s.authMode()),
	}}
	if s.hasScopes {
		section.Rows = append(section.Rows, f.NewRow(scopesRow, "Scopes", scopesText(s.scopes)))
	}
	if s.one.HasFailed() {
		section.Note = ui.Line{f.Styled(ui.RoleBad, "✗ not read again: "+s.one.Err.Error())}
	}
	return section
}

func (s *Detail) webhooks(f ui.Frame) ui.Section {
	url := f.NewRow("", "Webhook URL", "none: Nango takes no webhooks of this provider")
	if address := s.webhookURL(); address != "" {
		url = f.NewRow(webhookRow, "Webhook URL", address)
	}
	return ui.Section{Title: "WEBHOOKS OF THE PROVIDER", Rows: []ui.Row{
		f.NewRow("", "Passed on", yesOrNo(s.one.Value.ForwardWebhooks)), url,
	}}
}

func (s *Detail) about(f ui.Frame) ui.Section {
	section := ui.Section{Title: "ABOUT"}
	for _, link := range []struct{ id, label string }{{docsRow, "Docs"}, {setupRow, "Setup guide"}} {
		if url := s.value(link.id); url != "" {
			section.Rows = append(section.Rows, f.NewRow(link.id, link.label, url))
		}
	}
	section.Rows = append(section.Rows,
		f.NewRow("", "Created", ui.AgoWithTime(f.Now, s.one.Value.Created)), f.NewRow("", "Updated", ui.AgoWithTime(f.Now, s.one.Value.Updated)))
	return section
}

func (s *Detail) authMode() string {
	switch {
	case s.provider.IsLoaded():
		return s.provider.Value.mode
	case s.provider.HasFailed():
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

// dotted is the parts that say something, side by side.
func dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
