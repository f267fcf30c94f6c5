package nango

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A copied request has every argument in quotes, and no secret: not in its URL, its headers or its body.
func TestLoggedRequestsAsCurl(t *testing.T) {
	t.Parallel()
	folder := tellingCurl(t)
	for name, c := range map[string]struct {
		request   LogRequest
		variables []string
		want      []string
	}{
		"no secret": {LogRequest{Method: "GET", URL: "https://api.example.com/it's?a[]=$(id)"}, nil,
			[]string{"-X", "GET", "--url", "https://api.example.com/it's?a[]=$(id)"}},
		"redacted headers": {LogRequest{Method: "GET", URL: "https://a.example", Header: http.Header{
			"Authorization": {"REDACTED"}, "X-Trace": {"Key REDACTED"}, "X-Plain": {"it's `id`"}}},
			[]string{"AUTHORIZATION", "SECRET_X_TRACE"},
			[]string{"-X", "GET", "--url", "https://a.example", "-H", "Authorization: AUTHORIZATION", "-H", "X-Plain: it's `id`",
				"-H", "X-Trace: SECRET_X_TRACE"}},
		"a header that Nango has left": {LogRequest{Method: "GET", URL: "https://a.example", Header: http.Header{"Cookie": {"hunter2-secret"}}},
			[]string{"SECRET_COOKIE"}, []string{"-X", "GET", "--url", "https://a.example", "-H", "Cookie: SECRET_COOKIE"}},
		"a secret query": {LogRequest{Method: "GET", URL: "https://a.example/x?access_token=hunter2-secret&b=c"}, []string{"SECRET_URL"},
			[]string{"-X", "GET", "--url", "SECRET_URL"}},
		"a password": {LogRequest{Method: "GET", URL: "https://u:hunter2-secret@a.example/x"}, []string{"SECRET_URL"},
			[]string{"-X", "GET", "--url", "SECRET_URL"}},
		"JSON": {LogRequest{Method: "POST", URL: "https://a.example", Body: []byte(`{"name":"it's $HOME","client_secret":"hunter2-secret"}`)},
			[]string{"CLIENT_SECRET"}, []string{"-X", "POST", "--url", "https://a.example", "--data-raw",
				`{"name":"it's $HOME","client_secret":"CLIENT_SECRET"}`}},
		"JSON as text": {LogRequest{Method: "POST", URL: "https://a.example", Body: []byte(`"{\"password\":\"hunter2-secret\"}"`)},
			[]string{"PASSWORD"}, []string{"-X", "POST", "--url", "https://a.example", "--data-raw", `{"password":"PASSWORD"}`}},
		"text": {LogRequest{Method: "POST", URL: "https://a.example", Body: []byte(`"@/etc/passwd it's \"$HOME\""`)}, nil,
			[]string{"-X", "POST", "--url", "https://a.example", "--data-raw", `@/etc/passwd it's "$HOME"`}},
		"a form": {LogRequest{Method: "POST", URL: "https://a.example",
			Body: []byte(`"grant_type=refresh_token&refresh_token=hunter2-secret&scope=it's"`)}, []string{"REFRESH_TOKEN"},
			[]string{"-X", "POST", "--url", "https://a.example", "--data-raw",
				"grant_type=refresh_token&refresh_token=REFRESH_TOKEN&scope=it's"}},
		"text with a token": {LogRequest{Method: "POST", URL: "https://a.example", Body: []byte(`"say Bearer hunter2-secret-hunter2"`)}, nil,
			[]string{"-X", "POST", "--url", "https://a.example", "--data-raw", "say Bearer " + Masked}},
		"an option as URL": {LogRequest{Method: "GET", URL: "-o/tmp/x"}, nil, []string{"-X", "GET", "--url", "-o/tmp/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			line := CurlLine{Line: c.request.Curl()}
			if strings.Contains(line.Line, "hunter2") {
				t.Error(line.Line)
			}
			for _, variable := range c.variables {
				line.Variables = append(line.Variables, CurlVariable{Name: variable, Value: Secret(variable)})
			}
			got, want := argumentsOf(t, folder, line), append([]string{"-sS", "-g"}, c.want...)
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
				t.Errorf("%s\n got %q\nwant %q", line.Line, got, want)
			}
		})
	}
	if line := (LogRequest{Method: "GET"}).Curl(); line != "" {
		t.Error(line)
	}
}
