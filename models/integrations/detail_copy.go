package integrations

import (
	"bytes"
	"encoding/json"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// value returns the text of a row that is not secret.
func (s *Detail) value(row string) string {
	switch one := s.integration.Value; row {
	case keyRow:
		return one.Key
	case providerRow:
		return one.Provider
	case docsRow:
		return s.provider.Value.Docs
	case setupRow:
		return s.provider.Value.SetupGuide
	case webhookRow:
		return s.webhookURL()
	case scopesRow:
		return s.scopes
	}
	return ""
}

func (s *Detail) webhookURL() string {
	if url := s.integration.Value.WebhookURL; url != nil {
		return *url
	}
	return ""
}

// rowNames are the names of rows in notices.
var rowNames = map[string]string{
	keyRow: "integration key", providerRow: "provider", docsRow: "link to the docs", setupRow: "link to the setup guide",
	webhookRow: "webhook URL", scopesRow: "scopes",
}

func (s *Detail) copyRow(t *screen.Turn, row string) {
	if id, ok := strings.CutPrefix(row, connectionRow); ok {
		t.CopyLine("connection id", id)
		return
	}
	if name, ok := strings.CutPrefix(row, secretRow); ok {
		s.copySecret(t, name)
		return
	}
	t.Copy(rowNames[row], s.value(row))
}

func (s *Detail) copySecret(t *screen.Turn, name string) {
	for _, c := range s.secrets {
		if c.name == name {
			t.CopySecret(name, c.value)
		}
	}
}

// copyJSON copies the integration as Nango returned it, secrets masked.
func (s *Detail) copyJSON(t *screen.Turn) {
	var byKey *nango.Secrets // it has seen none, and hides by key and by shape
	masked := byKey.MaskJSON(s.integration.Value.Raw)
	var pretty bytes.Buffer
	if json.Indent(&pretty, masked, "", "  ") != nil {
		pretty.Reset()
		pretty.Write(masked)
	}
	t.Copy("integration as JSON, secrets masked", pretty.String())
}

func (s *Detail) copyCurl(t *screen.Turn) {
	t.Copy("request as curl", nango.Curl(s.request().Call(), t.Profile.Host).Line)
}
