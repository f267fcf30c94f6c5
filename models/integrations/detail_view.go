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
		return screen.Failure(f, fmt.Sprintf(screen.TextIntegrationFailed, s.key), s.integration.Err)
	case !s.integration.IsLoaded():
		return screen.Loading(f, textLoading)
	}
	return s.Draw(f, s.sections)
}

// sections are in the order of an on-call engineer: what it is, what is broken, its app, and the rest.
func (s *Detail) sections(f ui.Frame) []ui.Section {
	all := append(ui.At(ui.Side, s.overview(f)), s.connectionsSection(f), s.credentialsSection(f))
	return append(all, ui.At(ui.Side, s.webhooks(f), s.about(f))...)
}

func (s *Detail) overview(f ui.Frame) ui.Section {
	one := s.integration.Value
	leads := joinParts(screen.Hint(f, OpenFunctions, hintFunctions), screen.Hint(f, OpenActions, hintActions),
		screen.Hint(f, Syncs, hintSyncs))
	section := ui.Section{Title: titleIntegration, Note: ui.Muted(leads), Rows: []ui.Row{
		s.Row(f, keyRow, labelKey, one.Key, screen.Copies(screen.TextIntegrationKey, one.Key)),
		f.NewRow("", labelName, one.DisplayName),
		s.Row(f, providerRow, screen.TextProvider, keyAndName(one.Provider, s.provider.Value.DisplayName),
			screen.Copies(copiedProvider, one.Provider)),
		f.NewRow("", screen.TextAuthMode, s.authMode()),
	}}
	if c := callbackOf(s.host, s.provider.Value.AuthMode); c.url != "" {
		section.Rows = append(section.Rows, s.Row(f, "callback", c.label, c.url, screen.Copies(c.label, c.url)))
	}
	if s.hasScopes {
		section.Rows = append(section.Rows, s.Row(f, "scopes", labelScopes, scopesText(s.scopes), screen.Copies(copiedScopes, s.scopes)))
	}
	if s.integration.HasFailed() {
		section.Note = ui.Line{f.Styled(ui.RoleBad, fmt.Sprintf(textStale, s.integration.Err))}
	}
	return section
}

func (s *Detail) webhooks(f ui.Frame) ui.Section {
	url := f.NewRow("", labelWebhookURL, textNoWebhooks)
	if address := s.webhookURL(); address != "" {
		url = s.Row(f, "webhook", labelWebhookURL, address, screen.Copies(copiedWebhookURL, address))
	}
	return ui.Section{Title: titleWebhooks, Rows: []ui.Row{
		f.NewRow("", labelForwarded, yesOrNo(s.integration.Value.ForwardWebhooks)), url,
	}}
}

func (s *Detail) about(f ui.Frame) ui.Section {
	section := ui.Section{Title: titleAbout}
	docs, setup := s.provider.Value.Docs, s.provider.Value.SetupGuide
	s.AddRow(&section, f, docsRow, screen.TextDocs, docs, screen.Links(copiedDocs, docs))
	s.AddRow(&section, f, "setup", screen.TextSetupGuide, setup, screen.Links(copiedSetup, setup))
	section.Rows = append(section.Rows,
		f.NewRow("", labelCreated, ui.AgoWithTime(f.Now, s.integration.Value.Created)),
		f.NewRow("", labelUpdated, ui.AgoWithTime(f.Now, s.integration.Value.Updated)))
	return section
}

func (s *Detail) authMode() string {
	switch {
	case s.provider.IsLoaded():
		return s.provider.Value.AuthMode
	case s.provider.HasFailed():
		return fmt.Sprintf(textUnknown, s.provider.Err)
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
		return textNoScopes
	}
	return strings.ReplaceAll(scopes, ",", ", ")
}

func yesOrNo(is bool) string {
	if is {
		return screen.TextYes
	}
	return screen.TextNo
}

// joinParts joins the parts that are not empty.
func joinParts(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
