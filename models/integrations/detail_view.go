package integrations

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the integration, or why it is not loaded.
func (s *Detail) View(f ui.Frame) string {
	switch {
	case !s.integration.IsLoaded() && s.integration.HasFailed():
		return screen.Failure(f, fmt.Sprintf("Couldn't load the integration %s", s.key), s.integration.Err)
	case !s.integration.IsLoaded():
		return screen.Loading(f, "Loading integration")
	}
	return s.Draw(f, s.sections)
}

// sections are in the order of an on-call engineer: what it is, what is broken, its app, and the rest.
func (s *Detail) sections(f ui.Frame) []ui.Section {
	return []ui.Section{s.overview(f), s.connectionsSection(f), s.credentialsSection(f), s.webhooks(f), s.about(f)}
}

func (s *Detail) overview(f ui.Frame) ui.Section {
	one := s.integration.Value
	leads := joinParts(screen.Hint(f, OpenFunctions, "functions"), screen.Hint(f, OpenActions, "actions"), screen.Hint(f, Syncs, "syncs"))
	section := ui.Section{Title: "INTEGRATION", Note: ui.Muted(leads), Rows: []ui.Row{
		s.Row(f, keyRow, "Key", one.Key, screen.Copies("integration key", one.Key)),
		f.NewRow("", "Name", one.DisplayName),
		s.Row(f, providerRow, "Provider", keyAndName(one.Provider, s.provider.Value.DisplayName), screen.Copies("provider", one.Provider)),
		f.NewRow("", "Auth mode", s.authMode()),
	}}
	if s.hasScopes {
		section.Rows = append(section.Rows, s.Row(f, "scopes", "Scopes", scopesText(s.scopes), screen.Copies("scopes", s.scopes)))
	}
	if s.integration.HasFailed() {
		section.Note = ui.Line{f.Styled(ui.RoleBad, fmt.Sprintf("✗ couldn't refresh: %v", s.integration.Err))}
	}
	return section
}

func (s *Detail) webhooks(f ui.Frame) ui.Section {
	url := f.NewRow("", "Webhook URL", "none: Nango doesn't receive webhooks from this provider")
	if address := s.webhookURL(); address != "" {
		url = s.Row(f, "webhook", "Webhook URL", address, screen.Copies("webhook URL", address))
	}
	return ui.Section{Title: "PROVIDER WEBHOOKS", Rows: []ui.Row{
		f.NewRow("", "Forwarded", yesOrNo(s.integration.Value.ForwardWebhooks)), url,
	}}
}

func (s *Detail) about(f ui.Frame) ui.Section {
	section := ui.Section{Title: "ABOUT"}
	if url := s.provider.Value.Docs; url != "" {
		section.Rows = append(section.Rows, s.Row(f, docsRow, "Docs", url, screen.Links("link to the docs", url)))
	}
	if url := s.provider.Value.SetupGuide; url != "" {
		section.Rows = append(section.Rows, s.Row(f, "setup", "Setup guide", url, screen.Links("link to the setup guide", url)))
	}
	section.Rows = append(section.Rows,
		f.NewRow("", "Created", ui.AgoWithTime(f.Now, s.integration.Value.Created)),
		f.NewRow("", "Updated", ui.AgoWithTime(f.Now, s.integration.Value.Updated)))
	return section
}

func (s *Detail) authMode() string {
	switch {
	case s.provider.IsLoaded():
		return s.provider.Value.AuthMode
	case s.provider.HasFailed():
		return fmt.Sprintf("unknown: %v", s.provider.Err)
	}
	return "…"
}

// keyAndName returns a key, and its display name if that differs.
func keyAndName(key, name string) string {
	if name == "" || name == key {
		return key
	}
	return key + " · " + name
}

// scopesText adds spaces, so that a long list breaks between two scopes.
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

// joinParts joins the parts that are not empty.
func joinParts(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
