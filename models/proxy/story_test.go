package proxy

import (
	"strings"
	"testing"

	"nango-tui/models/screen"
)

// The complete story: form, dialog, response, file, saved request, and sending it for another connection.
func TestSendSaveAndSendToAnotherConnection(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.fill(map[string]string{fieldMethod: "POST", fieldPath: "/echo/contacts", fieldQuery: "dry=1", fieldHeaders: "X-Trace: abc",
		fieldBody: `{"name": "Ada"}`})
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Title != "Send POST" || p.Call.RequestURI() != "/proxy/echo/contacts?dry=1" || string(p.Call.Body) != `{"name":"Ada"}` ||
		p.Call.Header.Get("Nango-Proxy-X-Trace") != "abc" {
		t.Fatalf("proposed %+v", p)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("✓ the provider responded 200 OK", "POST /echo/contacts?dry=1", `"x-trace": "abc"`)
	w.NotSee("tok_globex")

	w.Do(SaveBody)
	w.See("contacts.json")
	w.Do(screen.Submit)
	if saved := w.Files.Text("contacts.json"); !strings.Contains(saved, `"name":"Ada"`) || w.Files.Begun() != 0 {
		t.Fatalf("saved %q, %d not ended", saved, w.Files.Begun())
	}
	w.See("the provider responded 200") // the response is still shown

	w.Do(SaveSentRequest)
	w.Type("make Ada")
	w.Do(screen.Submit)
	w.See("the provider responded 200")

	w.reopen(savedRoute)
	w.See("make Ada", "POST", "/echo/contacts", hub, works)
	w.Do(UseSavedElsewhere)
	w.See("For the saved request make Ada")
	w.Screen.(*ConnectionChoice).Fields.Set(screen.FieldConnectionID, other)
	w.Do(screen.Submit)
	w.See(other+" · "+hub, "> POST", "> /echo/contacts", "> dry=1", "X-Trace: abc")
	if err := w.send(); err != nil {
		t.Fatal(err)
	}
	w.Height = 40
	w.See(`"name": "Ada"`)
	last := w.server.Requests()
	if got := last[len(last)-1]; got.Method != "POST" || got.Header.Get("Connection-Id") != other {
		t.Errorf("sent %s to %s", got.Method, got.Header.Get("Connection-Id"))
	}
}
