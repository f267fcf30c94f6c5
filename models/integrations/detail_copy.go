package integrations

import (
	"bytes"
	"encoding/json"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func (s *Detail) webhookURL() string {
	if url := s.integration.Value.WebhookURL; url != nil {
		return *url
	}
	return ""
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
