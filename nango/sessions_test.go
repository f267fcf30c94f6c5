package nango

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// Wherever the host is not the cloud, a link names the API. What Nango wrote stays.
func TestLinksOfOtherHostsNameTheAPI(t *testing.T) {
	const page = "https://connect.example.com/c"
	const token, other, otherAPI = "?session_token=t", "https://x.example", "&apiURL=https%3A%2F%2Fx.example"
	for name, test := range map[string]struct{ link, host, want string }{
		"cloud":        {token, CloudHost, token},
		"self-hosted":  {token, other, token + otherAPI},
		"port, path":   {token, "http://10.0.0.7:3003/nango", token + "&apiURL=http%3A%2F%2F10.0.0.7%3A3003%2Fnango"},
		"IPv6":         {token, "http://[::1]:3003", token + "&apiURL=http%3A%2F%2F%5B%3A%3A1%5D%3A3003"},
		"Nango's own":  {"?apiURL=https%3A%2F%2Fo.example&session_token=t", other, "?apiURL=https%3A%2F%2Fo.example&session_token=t"},
		"its order":    {"?z=1&session_token=t&a=%20+", other, "?z=1&session_token=t&a=%20+" + otherAPI},
		"fragment":     {token + "#top", other, token + otherAPI + "#top"},
		"no query":     {"", other, "?" + otherAPI[1:]},
		"empty query":  {"?", other, "?" + otherAPI[1:]},
		"open query":   {token + "&", other, token + otherAPI},
		"another case": {"?apiurl=x", other, "?apiurl=x" + otherAPI},
	} {
		if got := linkWithAPI(Secret(page+test.link), test.host).Reveal(); got != page+test.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, link := range []Secret{"", "https://[connect"} {
		if got := linkWithAPI(link, other); got != link {
			t.Errorf("%q: %q", link.Reveal(), got.Reveal())
		}
	}
}

func TestALinkWithItsAPIIsASecret(t *testing.T) {
	link := "https://connect.example.com/?session_token=" + sampleToken.Reveal()
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, 201, `{"data":{"token":"`+sampleToken.Reveal()+`","connect_link":"`+link+`","expires_at":"2026-11-22T14:35:55.187Z"}}`)
	})
	session, err := Send(context.Background(), client, CreateSession(SessionInput{Tags: map[string]string{"a": "b"}}))
	if err != nil || !strings.HasPrefix(session.Link.Reveal(), link+"&apiURL=http%3A%2F%2F127.0.0.1%3A") {
		t.Fatalf("%v %s", err, session.Link.Reveal())
	}
	if shown := client.Secrets().Mask("see " + session.Link.Reveal()); strings.Contains(shown, "nango_connect_session") {
		t.Error(shown)
	}
}
