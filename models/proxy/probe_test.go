package proxy

import (
	"net/http"
	"strings"
	"testing"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// answerWith makes the proxied requests of a connection get a status, from the provider.
func (w *world) answerWith(status map[string]int) {
	w.handler = http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		code, ok := status[r.Header.Get("Connection-Id")]
		if !ok || !strings.HasPrefix(r.URL.Path, "/proxy/") {
			w.server.ServeHTTP(out, r)
			return
		}
		out.Header().Set("Content-Type", "application/json")
		out.WriteHeader(code)
		_, _ = out.Write([]byte(`{"message":"said by the provider"}`))
	})
}

func (w *world) probe(answers map[string]int) {
	w.answerWith(answers)
	w.open("probe/" + hub + "/" + works)
	w.Width, w.Height = 100, 40
}

func TestAProbeTellsATokenFromAnOutage(t *testing.T) {
	for _, c := range []struct {
		broken, healthy int
		want            string
	}{
		{401, 200, verdictToken}, {403, 200, verdictToken}, {401, 401, verdictBothRefused}, {503, 503, verdictDown},
		{502, 200, verdictAccount}, {429, 200, verdictLimited}, {200, 429, verdictLimited}, {200, 200, verdictWorks},
		{200, 500, verdictOnlyThis}, {404, 404, verdictUnclear},
	} {
		w := newWorld(t)
		w.probe(map[string]int{works: c.broken, other: c.healthy})
		w.See("/account-info/v3/details", other)
		w.Do(RunProbe)
		p := w.Proposal()
		if text := strings.Join(p.Consequences, "\n"); !strings.Contains(text, works) || p.Call.About.ID != other || len(p.AlsoApproves) != 1 {
			t.Errorf("the dialog doesn't name the second request: %q", text)
		}
		if err := w.Confirm(); err != nil {
			t.Fatal(err)
		}
		w.DeliverAll()
		w.See(c.want)
		w.FitsEverywhere()
	}
}

func TestAProbeIsSentOnlyIfConfirmed(t *testing.T) {
	w := newWorld(t)
	w.probe(nil)
	w.Do(RunProbe)
	w.Decline()
	for _, r := range w.server.Requests() {
		if strings.HasPrefix(r.Path, "/proxy") {
			t.Errorf("sent %s", r.Path)
		}
	}
	w.NotSee(verdictWorks)
}

func TestAProbeWithoutAHealthyConnectionSaysSo(t *testing.T) {
	w := newWorld(t)
	if err := w.server.Fail(hub, other, sandbox.FailAuth); err != nil {
		t.Fatal(err)
	}
	w.probe(map[string]int{works: 401})
	w.See(textNoHealthy)
	w.Do(RunProbe)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See(aloneRefused, verdictAlone)
}

func TestTheRequestOfAProbe(t *testing.T) {
	saved := []SavedRequest{
		{Name: "probe writes", ProxyRequest: nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: "a"}, Method: "POST", Path: "/no"}},
		{Name: "Probe of mine", ProxyRequest: nango.ProxyRequest{
			Connection: nango.ConnectionRef{Integration: "a"}, Method: "GET", Path: "/mine", Query: "x=1"}},
	}
	for _, c := range []struct {
		integration string
		provider    nango.Provider
		want        string
	}{
		{"a", nango.Provider{Name: "hubspot", Verification: "/v"}, "/mine?x=1"},
		{"b", nango.Provider{Name: "hubspot", Verification: "/v"}, "/v"},
		{"b", nango.Provider{Name: "hubspot"}, "/account-info/v3/details"},
		{"b", nango.Provider{Name: "github-app"}, "/user"},
		{"b", nango.Provider{Name: "hubspotter"}, ""},
	} {
		if got, known := probeOf(c.integration, c.provider, saved); got.path != c.want || known != (c.want != "") {
			t.Errorf("%s of %s: %q", c.provider.Name, c.integration, got.path)
		}
	}
	for _, one := range probes {
		p := nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: "a", ID: "b"}, Method: "GET", Path: one.path}
		if call := nango.Proxy(p); call.Validate() != nil || call.Call().Effect != nango.Refreshes {
			t.Errorf("%s: %v, %s", one.provider, call.Validate(), call.Call().Effect)
		}
	}
}

func TestNangosOwnErrorIsARefusalUnlessNobodyAnswered(t *testing.T) {
	for code, want := range map[string]kind{"invalid_credentials": probeRefused, "ECONNREFUSED": probeDown, "": probeRefused} {
		e := exchange{response: nango.ProxyResponse{Status: 400}, nangoErr: &nango.Error{Code: code}}
		if got := e.kind(); got != want {
			t.Errorf("%s: %d", code, got)
		}
	}
}
