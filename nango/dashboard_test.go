package nango

import "testing"

func TestDashboardAddressesArePagesOfAnEnvironment(t *testing.T) {
	cloud := CloudDashboard("prod")
	own, err := ParseDashboard("http://nango.lab:3003/nango/my env/")
	if err != nil {
		t.Fatal(err)
	}
	for got, want := range map[string]string{
		cloud.Page("connections"):                         "https://app.nango.dev/prod/connections",
		own.Page("integrations"):                          "http://nango.lab:3003/nango/my%20env/integrations",
		cloud.Page("connections", "git/hub", "a b?c#d%"):  "https://app.nango.dev/prod/connections/git%2Fhub/a%20b%3Fc%23d%25",
		cloud.Page("connections", "github", ".."):         "https://app.nango.dev/prod/connections/github/%2E%2E",
		cloud.Operation("17960_Ds&x=1"):                   "https://app.nango.dev/prod/logs?operationId=17960_Ds%26x%3D1",
		CloudDashboard("a/b").Page("logs"):                "https://app.nango.dev/a%2Fb/logs",
		Dashboard("").Page("logs"):                        "",
		Dashboard("").Operation("1"):                      "",
		CallbackURL("https://api.nango.dev", "OAUTH2"):    "https://api.nango.dev/oauth/callback",
		CallbackURL("http://localhost:3003/", "OAUTH1"):   "http://localhost:3003/oauth/callback",
		CallbackURL("https://nango.intern/api", "CUSTOM"): "https://nango.intern/api/oauth/callback",
		CallbackURL("https://api.nango.dev", "APP"):       "https://api.nango.dev/app-auth/connect",
		CallbackURL("https://api.nango.dev", "API_KEY"):   "",
		CallbackURL("https://api.nango.dev", "TBA"):       "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestOnlyEnvironmentsOfADashboardAreAccepted(t *testing.T) {
	for _, address := range []string{
		"", "app.nango.dev/prod", "https://app.nango.dev", "https://app.nango.dev/", "javascript:alert(1)", "file:///prod", "https:///prod",
		"https://user:secret@app.nango.dev/prod", "https://app.nango.dev/prod?a=b", "https://app.nango.dev/prod#x", "https://a\x1b.b/prod",
		"ftp://app.nango.dev/prod", "https://app.nango.dev/prod?",
	} {
		if d, err := ParseDashboard(address); err == nil {
			t.Errorf("%q is accepted as %q", address, d)
		}
	}
}
