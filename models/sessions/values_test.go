package sessions

import (
	"maps"
	"strings"
	"testing"

	"nango-tui/nango"
)

func TestValuesBecomeASession(t *testing.T) {
	v := newValues()
	v.integrations = []string{"hubspot", "slack"}
	*v.user[nango.TagUserID] = " usr_812 "
	*v.user[nango.TagUserEmail] = "ops@globex.io"
	*v.user[nango.TagOrganizationName] = "Globex"
	v.tags = "Plan=team\n\n note = a=b "
	v.scopes = "hubspot=crm.read,crm.write"
	v.userScopes = "slack=chat:write"
	v.config = `{"hubspot":{"portal":9007199254740993}, "salesforce":{"instance":"eu"}}`
	v.webhook = "https://hooks.globex.io"

	in, bad := v.input()
	if bad != nil {
		t.Fatalf("%s: %v", bad.field, bad.err)
	}
	want := map[string]string{
		"end_user_id": "usr_812", "end_user_email": "ops@globex.io", "organization_display_name": "Globex", "plan": "team", "note": "a=b",
	}
	if !maps.Equal(in.Tags, want) {
		t.Errorf("tags %v", in.Tags)
	}
	sameValue(t, in.Defaults["hubspot"].ConnectionConfig, `{"portal":9007199254740993,"oauth_scopes_override":"crm.read,crm.write"}`)
	sameValue(t, in.Defaults["salesforce"].ConnectionConfig, `{"instance":"eu"}`)
	if in.Defaults["slack"].UserScopes != "chat:write" || in.Defaults["slack"].ConnectionConfig != nil {
		t.Errorf("slack gets %+v", in.Defaults["slack"])
	}
	if in.WebhookOverride == nil || *in.WebhookOverride != "https://hooks.globex.io" {
		t.Errorf("webhook %v", in.WebhookOverride)
	}
	if err := nango.CreateSession(in).Refusal(); err != nil {
		t.Errorf("it would not be sent: %v", err)
	}
}

func TestValuesThatCannotBeSent(t *testing.T) {
	someone := func(v *values) { *v.user[nango.TagUserID] = "u" }
	for name, c := range map[string]struct {
		typed func(*values)
		field string
	}{
		"nobody":                        {func(*values) {}, nango.TagUserID},
		"an e-mail without a domain":    {func(v *values) { *v.user[nango.TagUserEmail] = "ops" }, nango.TagUserEmail},
		"a name that is too long":       {func(v *values) { *v.user[nango.TagUserName] = strings.Repeat("x", 256) }, nango.TagUserName},
		"a tag without a value":         {func(v *values) { v.tags = "plan=" }, fieldTags},
		"a tag without =":               {func(v *values) { v.tags = "plan" }, fieldTags},
		"a tag twice, once in capitals": {func(v *values) { v.tags = "plan=a\nPLAN=b" }, fieldTags},
		"a tag that has its field":      {func(v *values) { someone(v); v.tags = "End_User_Id=b" }, fieldTags},
		"an eleventh tag": {func(v *values) {
			for _, c := range "abcdefghijk" {
				v.tags += string(c) + "=1\n"
			}
		}, fieldTags},
		"scopes without an integration": {func(v *values) { someone(v); v.scopes = "read" }, fieldScopes},
		"an integration without scopes": {func(v *values) { someone(v); v.userScopes = "slack=" }, fieldUserScopes},
		"a config that is no JSON":      {func(v *values) { someone(v); v.config = "{" }, fieldConfig},
		"a config that is a list":       {func(v *values) { someone(v); v.config = "[]" }, fieldConfig},
		"a config without integrations": {func(v *values) { someone(v); v.config = `{"subdomain":"x"}` }, fieldConfig},
		"scopes as a list":              {func(v *values) { someone(v); v.config = `{"hubspot":{"oauth_scopes_override":["a"]}}` }, fieldConfig},
		"scopes in two places": {func(v *values) {
			someone(v)
			v.config, v.scopes = `{"hubspot":{"oauth_scopes_override":"a"}}`, "hubspot=b"
		}, fieldScopes},
		"a webhook that is no URL": {func(v *values) { someone(v); v.webhook = "hooks.example" }, fieldWebhook},
	} {
		t.Run(name, func(t *testing.T) {
			v := newValues()
			c.typed(v)
			if _, bad := v.input(); bad == nil || bad.field != c.field {
				t.Errorf("got %v, want the field %s", bad, c.field)
			}
		})
	}
}

func TestWhereAnErrorOfNangoBelongs(t *testing.T) {
	for path, want := range map[string]string{
		"tags.end_user_email": nango.TagUserEmail, "tags.plan": fieldTags, "tags": fieldTags, "allowed_integrations.0": fieldIntegrations,
		"webhook_url_override": fieldWebhook, "integrations_config_defaults.slack.user_scopes": fieldUserScopes,
		"integrations_config_defaults.hubspot.connection_config.oauth_scopes_override": fieldScopes,
		"integrations_config_defaults.nope":                                            fieldConfig, "": "", "something": "",
	} {
		if got := fieldOf(path); got != want {
			t.Errorf("%q belongs to %q, not to %q", path, want, got)
		}
	}
}
