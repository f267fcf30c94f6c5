package sessions

import (
	"maps"
	"testing"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

func TestValuesBecomeASession(t *testing.T) {
	in, bad := input(form.Values{
		fieldIntegrations: "hubspot\nslack", nango.TagUserID: " usr_812 ", nango.TagUserEmail: "ops@globex.io",
		nango.TagOrganizationName: "Globex", fieldTags: "Plan=team\n\n note = a=b ", fieldScopes: "hubspot=crm.read,crm.write",
		fieldUserScopes: "slack=chat:write", fieldConfig: `{"hubspot":{"portal":9007199254740993}, "salesforce":{"instance":"eu"}}`,
		fieldWebhook: "https://hooks.globex.io",
	})
	if bad != nil {
		t.Fatalf("%s: %v", bad.(form.FieldError).ID, bad)
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
	if err := nango.CreateSession(in).Validate(); err != nil {
		t.Errorf("it would not be sent: %v", err)
	}
}

func TestValuesThatCannotBeSent(t *testing.T) {
	eleven := ""
	for _, c := range "abcdefghijk" {
		eleven += string(c) + "=1\n"
	}
	for name, c := range map[string]struct {
		typed form.Values
		field string
	}{
		"nobody":                        {form.Values{}, nango.TagUserID},
		"a tag without a value":         {form.Values{fieldTags: "plan="}, fieldTags},
		"a tag without =":               {form.Values{fieldTags: "plan"}, fieldTags},
		"a tag twice, once in capitals": {form.Values{fieldTags: "plan=a\nPLAN=b"}, fieldTags},
		"a tag that has its field":      {form.Values{nango.TagUserID: "u", fieldTags: "End_User_Id=b"}, fieldTags},
		"an eleventh tag":               {form.Values{fieldTags: eleven}, fieldTags},
		"scopes without an integration": {form.Values{nango.TagUserID: "u", fieldScopes: "read"}, fieldScopes},
		"an integration without scopes": {form.Values{nango.TagUserID: "u", fieldUserScopes: "slack="}, fieldUserScopes},
		"a config that is no JSON":      {form.Values{nango.TagUserID: "u", fieldConfig: "{"}, fieldConfig},
		"a config that is a list":       {form.Values{nango.TagUserID: "u", fieldConfig: "[]"}, fieldConfig},
		"a config without integrations": {form.Values{nango.TagUserID: "u", fieldConfig: `{"subdomain":"x"}`}, fieldConfig},
		"scopes as a list": {form.Values{nango.TagUserID: "u",
			fieldConfig: `{"hubspot":{"oauth_scopes_override":["a"]}}`}, fieldConfig},
		"scopes in two places": {form.Values{nango.TagUserID: "u", fieldConfig: `{"hubspot":{"oauth_scopes_override":"a"}}`,
			fieldScopes: "hubspot=b"}, fieldScopes},
	} {
		t.Run(name, func(t *testing.T) {
			if _, bad := input(c.typed); bad == nil || bad.(form.FieldError).ID != c.field {
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
