package logs

import (
	"strings"
	"testing"

	"nango-tui/nango/sandbox"
)

// The secrets of a message: that of the URL is nowhere else, where it could be learned from.
const (
	hushed      = "hush-hush-0123456789"
	hushedInURL = "psst-psst-9876543210"
)

// atMessage opens the only message of an operation: a request whose URL and body have a secret.
func atMessage(t *testing.T) *world {
	t.Helper()
	url := "https://api.example.com/v1/contacts?api_key=" + hushedInURL + "&page=2"
	w := newWorld(t, sandbox.LogOptions{})
	w.server.Inject(sandbox.Fault{PathPrefix: "/mcp", Status: 200, ContentType: "application/json",
		Body: `{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"operation":{"id":"1772366400000_AbCdEf12","state":"failed",
		"operation":{"type":"proxy","action":"call"},"integrationName":"crm","connectionName":"globex"},
		"messages":[{"id":"m1","level":"error","type":"http","context":"proxy","message":"GET ` + url + `",
		"request":{"method":"GET","url":"` + url + `","headers":{"authorization":"REDACTED","x-api-key":"` + hushed + `"}},
		"response":{"code":403,"headers":{},"body":{"why":"no access",
		"client_secret":"` + hushed + `"}}}],"pagination":{"total":1,"cursor":"c"}}}}`})
	w.at("operation/1772366400000_AbCdEf12")
	w.See("GET https://api.example.com/v1/contacts", "403 Forbidden")
	w.Do(OpenMessage)
	return w
}

func TestSecretsOfAMessageAreMasked(t *testing.T) {
	w := atMessage(t)
	shown := w.View()
	w.Do(CopyMessage)
	w.Do(CopyCurl)
	w.Do(SendAgain)
	places := map[string]string{"page": shown, "copy": w.Copied[0].Text, "curl": w.Copied[1].Text, "route": w.Opened[0].String()}
	for what, text := range places {
		if strings.Contains(text, hushed) || strings.Contains(text, hushedInURL) {
			t.Errorf("the %s has the secret: %s", what, text)
		}
	}
	if route := w.Opened[0]; route.Query.Get(queryPath) != "/v1/contacts" || route.Query.Get(queryMethod) != "GET" {
		t.Errorf("sent again as %s", route)
	}
	w.Do(ShowJSON)
	w.See("contacts")
	w.NotSee(hushed)
	w.NotSee(hushedInURL)
}

func TestABodyOfAMessageIsOpened(t *testing.T) {
	w := atMessage(t)
	page, _ := w.Screen.(*Message)
	w.View()
	if !page.Rows.Select("response") {
		t.Fatal("the response has no row")
	}
	w.Do(OpenMessage)
	w.See("no access", "client_secret")
	w.NotSee(hushed)
}
