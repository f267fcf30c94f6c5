package nango

import (
	"strings"
	"testing"
)

func TestTags(t *testing.T) {
	for _, test := range []struct {
		key, value, says string
	}{
		{"env", "prod", ""}, {"Env", "PROD", ""}, {"a-b_c.d/e1", "株式会社", ""}, {"a", strings.Repeat("x", 255), ""},
		{"end_user_email", "ops@globex.io", ""}, {"a", strings.Repeat("😀", 127), ""},
		{"", "x", "has no key"}, {"1a", "x", "start with a letter"}, {"é", "x", "start with a letter"}, {"a b", "x", `contains ' '`},
		{"aé", "x", `contains 'é'`}, {strings.Repeat("a", 65), "x", "longer than 64"}, {"a", "", "no value"},
		{"a", strings.Repeat("x", 256), "256 characters"}, {"a", strings.Repeat("😀", 128), "256 characters"},
		{"end_user_email", "globex", "e-mail"}, {"End_User_Email", "a@b", "e-mail"}, {"end_user_email", "a b@c.de", "e-mail"},
	} {
		err := CheckTag(test.key, test.value)
		if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
			t.Errorf("%q=%.10q: %v", test.key, test.value, err)
		}
	}
}

func TestTagSets(t *testing.T) {
	eleven := map[string]string{}
	for _, key := range strings.Split("abcdefghijk", "") {
		eleven[key] = "x"
	}
	if err := CheckTags(eleven); err == nil || !strings.Contains(err.Error(), "11 tags are too many") {
		t.Error(err)
	}
	delete(eleven, "k")
	if err := CheckTags(eleven); err != nil {
		t.Error(err)
	}
	if err := CheckTags(map[string]string{"Env": "a", "env": "b"}); err == nil || !strings.Contains(err.Error(), `"Env" and "env"`) {
		t.Error(err)
	}
	if StoredTagKey("Env") != "env" {
		t.Error("tags are kept in lower case")
	}
}

func TestMetadataMustBeAnObject(t *testing.T) {
	for raw, says := range map[string]string{
		`{}`: "", ` {"a":12345678901234567890} `: "", "": "empty", "  ": "empty", "null": "must be a JSON object", "[1]": "must be",
		`"x"`: "must be",
		"{":   "not valid JSON: unexpected end", `{"a":}`: "invalid character '}'", "{} {}": "not valid JSON",
	} {
		err := CheckMetadata([]byte(raw))
		if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestMetadataIsSentUnchanged(t *testing.T) {
	body := string(SetMetadata("i", []string{"a", "b"}, []byte(`{"z":1e2,"n":12345678901234567890,"h":"<&>"}`)).Call().Body)
	if body != `{"connection_id":["a","b"],"provider_config_key":"i","metadata":{"z":1e2,"n":12345678901234567890,"h":"<&>"}}` {
		t.Error(body)
	}
}

func TestWebhookOverrides(t *testing.T) {
	for address, fine := range map[string]bool{
		"": true, "https://example.com/x?y=z": true, "http://example.com": true,
		"example.com": false, "nourl": false, "ftp://example.com": false, "https://": false, "https://exa mple.com": false,
	} {
		if err := CheckWebhookOverride(address); (err == nil) != fine {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestUnusableReason(t *testing.T) {
	reason, _ := ConnectionRef{Integration: "hubspot", ID: "weird<>#?"}.UnusableReason()
	if !strings.Contains(reason, "'<'") || !strings.Contains(reason, "import") {
		t.Error(reason)
	}
	if _, refused := (ConnectionRef{Integration: "hubspot", ID: "metadata"}).UnusableReason(); refused {
		t.Error(`the id "metadata" is fine for most operations`)
	}
	if _, refused := (ConnectionRef{Integration: "hubspot", ID: "metadata"}).UnusableReasonFor(OpConnectionUpdate); !refused {
		t.Error(`the id "metadata" makes another path of an update`)
	}
}
