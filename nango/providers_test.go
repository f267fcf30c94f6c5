package nango

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestProviderFields(t *testing.T) {
	var p Provider
	raw := `{"name":"aws","auth_mode":"AWS_SIGV4","proxy":{"base_url":"https://${connectionConfig.domain}","retry":{"at":["x"]}},
		"default_scopes":["read","write"],"webhook_routing_script":"awsRouting",
		"integration_config":{"service":{"title":"Service","order":1,"pattern":"^[a-z]+$"}}}`
	if err := json.Unmarshal([]byte(raw), &p); err != nil {
		t.Fatal(err)
	}
	if p.BaseURL != "https://${connectionConfig.domain}" || !slices.Equal(p.DefaultScopes, []string{"read", "write"}) || !p.Webhooks {
		t.Errorf("read %+v", p)
	}
	if got := p.IntegrationConfig["service"]; got.Title != "Service" || got.Order != 1 {
		t.Errorf("the config is %+v", got)
	}
}

func TestProviderWithUnexpectedTypes(t *testing.T) {
	var p Provider
	if err := json.Unmarshal([]byte(`{"name":"odd","proxy":{"base_url":7},"default_scopes":"none"}`), &p); err != nil {
		t.Fatal(err)
	}
	if p.Name != "odd" || p.BaseURL != "" || len(p.DefaultScopes) > 0 || p.Webhooks {
		t.Errorf("read %+v", p)
	}
}
