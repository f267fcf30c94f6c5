package nango

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// curlCalls are calls of every shape with untrusted texts.
func curlCalls(id, key, text, secret string, object []byte) []Call {
	ref := ConnectionRef{Integration: key, ID: id}
	tags := map[string]string{key: text, "end_user_email": id}
	return []Call{
		DeleteConnection(ref).Call(),
		GetConnection(ref, GetOptions{ForceRefresh: true}).Call(),
		ListConnections(ConnectionQuery{ID: id, Search: text, Integrations: []string{key, id}, Tags: tags, Limit: 5, Page: 2}).Call(),
		UpdateConnection(ref, ConnectionPatch{Tags: &tags, WebhookOverride: &text}).Call(),
		SetMetadata(key, []string{id, text}, object).Call(),
		UpsertConnection(ConnectionInput{Ref: ref, Tags: tags, ConnectionConfig: object, Credentials: Credentials{Type: "OAUTH2",
			Values: map[string]Secret{"access_token": Secret(secret), "refresh_token": Secret(secret), "expires_at": "2026-11-22T14:29:00Z"},
			App:    map[string]Secret{"client_id": Secret(text), "client_secret": Secret(secret)},
		}}).Call(),
		UpsertConnection(ConnectionInput{Ref: ref, Credentials: Credentials{Type: "BASIC",
			Values: map[string]Secret{"username": Secret(text), "password": Secret(secret)}}}).Call(),
		CreateIntegration(IntegrationInput{Key: key, Provider: id, Credentials: GitHubOAuthApp{GitHubApp{id, text, Secret(secret)},
			key, Secret(secret)}}).Call(),
		ReconnectSession(ref, SessionInput{Tags: tags, Defaults: map[string]SessionDefaults{key: {ConnectionConfig: object}}}).Call(),
		GetSession(sampleToken).Call(),
		DeleteSession(sampleToken).Call(),
	}
}

// variablesOf sets the variables of a command.
func variablesOf(line CurlLine) []string {
	set := []string{"PATH=" + os.Getenv("PATH")}
	for _, variable := range line.Variables {
		value := variable.Value
		if variable.Name == CurlKeyVariable {
			value = testKey
		}
		set = append(set, variable.Name+"="+value.Reveal())
	}
	return set
}

// argumentsOf runs a command in sh, with a curl that prints its arguments.
func argumentsOf(t *testing.T, folder string, line CurlLine) []string {
	t.Helper()
	command := exec.Command("sh", "-c", line.Line)
	command.Env = append(variablesOf(line), "PATH="+folder+":"+os.Getenv("PATH"))
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", line.Line, err, out)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

func tellingCurl(t testing.TB) string {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no POSIX shell here")
	}
	folder := t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\0' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(folder, "curl"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// sameAsClient compares curl's arguments with what the client sends.
func sameAsClient(t *testing.T, call Call, arguments []string) {
	t.Helper()
	client := clientFor(t, CloudHost, nil)
	sent, err := client.httpRequest(context.Background(), call)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"-sS", "-g", "-X", sent.Method, sent.URL.String(), "-H", "Authorization: " + sent.Header.Get("Authorization"),
		"-H", "Accept: application/json"}
	if sent.Body != nil {
		body, err := io.ReadAll(sent.Body)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, "-H", "Content-Type: application/json", "--data-raw", string(body))
	}
	if fmt.Sprintf("%q", arguments) != fmt.Sprintf("%q", want) {
		t.Errorf("%s:\n got %q\nwant %q", call, arguments, want)
	}
}

// seedCurl seeds a fuzz test with texts that are special in a shell, a URL or JSON, for each call.
func seedCurl(f *testing.F) {
	f.Helper()
	for which := range uint8(len(curlCalls("", "", "", "", nil))) {
		f.Add(which, "a/b", "hubspot", "it's", "hunter2-secret", []byte(`{"password":"x'y","n":1e2}`))
		f.Add(which, `$(rm -rf x)`, "`id`", "'\"$HOME\\", "'; exit 1; '", []byte(`{"credentials":{"PATH":"x","IFS":"y","token":1234567}}`))
		f.Add(which, "\n", "é", "", "Bearer abcdefghijkl",
			[]byte(`{"secret":"a\ud800\u0000\"\\","secret_2":"b","1secret":["c","d"],"":{"api key":"e"}}`))
		f.Add(which, "!!", "%41", "a\x00b\xff", "eyJhbGciOiJI.eyJzdWIi.c2ln", []byte(`[{}]`))
	}
}

func FuzzCurl(f *testing.F) {
	seedCurl(f)
	folder := tellingCurl(f)
	f.Fuzz(func(t *testing.T, which uint8, id, key, text, secret string, object []byte) {
		calls := curlCalls(id, key, text, secret, object)
		call := calls[int(which)%len(calls)]
		if call.Body != nil && !json.Valid(call.Body) {
			return // such a request is refused
		}
		line := Curl(call, CloudHost)
		if strings.ContainsAny(line.Line, "\n\r\x00") {
			t.Errorf("%q is not one line", line.Line)
		}
		sameAsClient(t, call, argumentsOf(t, folder, line))
	})
}

func TestCurlHasNoSecrets(t *testing.T) {
	object := []byte(`{"password":"cfg-secret-value","nested":{"private_key":"pem-secret-value"},"note":"Bearer note-secret-value"}`)
	for _, call := range curlCalls("c", "hubspot", "text", "hunter2-secret-value", object) {
		line := Curl(call, CloudHost)
		for _, secret := range []string{"secret-value", sampleToken.Reveal()} {
			if strings.Contains(line.Line, secret) {
				t.Errorf("%s: %s", call.Operation, line.Line)
			}
		}
	}
}

// A known secret can occur where no name announces it: in a tag, a note, an id.
func TestCurlHasNoKnownSecrets(t *testing.T) {
	folder, secrets := tellingCurl(t), NewSecrets()
	secrets.Add("seen-before", "87654321")
	object := []byte(`{"note":"it was seen-before","seen-before":1,"number":87654321}`)
	for _, call := range curlCalls("seen-before", "hubspot", "text seen-before", "x", object) {
		line := secrets.Curl(call, CloudHost)
		if strings.Contains(line.Line, "seen-before") || strings.Contains(line.Line, "87654321") {
			t.Errorf("%s: %s", call.Operation, line.Line)
		}
		sameAsClient(t, call, argumentsOf(t, folder, line))
	}
}

func TestCurlFormat(t *testing.T) {
	for _, test := range []struct {
		call Call
		line string
	}{
		{DeleteConnection(ConnectionRef{"hubspot", "it's/1"}).Call(),
			`curl '-sS' '-g' '-X' 'DELETE' 'https://api.nango.dev/connections/it%27s%2F1?provider_config_key=hubspot' -H ` +
				`'Authorization: Bearer '"$NANGO_API_KEY" -H 'Accept: application/json'`},
		{UpsertConnection(ConnectionInput{Ref: sampleRef, Credentials: Credentials{Type: "OAUTH2_CC",
			Values: map[string]Secret{"token": "t", "client_id": "id", "client_secret": "s"}}}).Call(),
			`curl '-sS' '-g' '-X' 'POST' 'https://api.nango.dev/connections' -H 'Authorization: Bearer '"$NANGO_API_KEY" -H ` +
				`'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"provider_config_key":"i",` +
				`"connection_id":"c","credentials":{"client_id":"'"$SECRET_CLIENT_ID"'","client_secret":"'"$CLIENT_SECRET"'",` +
				`"token":"'"$TOKEN"'","type":"OAUTH2_CC"}}'`},
		{DeleteSession(sampleToken).Call(),
			`curl '-sS' '-g' '-X' 'DELETE' 'https://api.nango.dev/connect/session' -H 'Authorization: Bearer ` +
				`'"$NANGO_CONNECT_SESSION_TOKEN" -H 'Accept: application/json'`},
	} {
		if got := Curl(test.call, CloudHost).Line; got != test.line {
			t.Errorf("\n got %s\nwant %s", got, test.line)
		}
	}
}

func TestRealCurlSendsTheSameRequest(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl here")
	}
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, fmt.Sprintf("%s %s %q %q %q %q", r.Method, r.RequestURI, r.Header["Authorization"], r.Header["Accept"],
			r.Header["Content-Type"], body))
		reply(w, 400, `{}`)
	}))
	defer server.Close()
	client := clientFor(t, server.URL, nil)
	for _, call := range curlCalls("a/b's [1]", "hubspot", `"it's"`, `se"cr\et'`+"\n", []byte(`{"token":"a'b"}`)) {
		got = nil
		if _, err := Send(context.Background(), client, Request[Success]{call: call, decode: decodeSuccess}); err == nil {
			t.Fatal("400 is no success")
		}
		line := Curl(call, server.URL)
		command := exec.Command("sh", "-c", line.Line)
		command.Env = variablesOf(line)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if len(got) != 2 || got[0] != got[1] {
			t.Errorf("%s:\n%s", call.Operation, strings.Join(got, "\n"))
		}
	}
}

func TestCurlSendsAHeaderOfBlanksAsOneWithoutValue(t *testing.T) {
	for _, value := range []string{"", " ", "\t"} {
		headers := []ProxyHeader{{Name: "X-Odd", Value: value}}
		call := Proxy(ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/a", Headers: headers}).Call()
		if line := Curl(call, CloudHost).Line; !strings.Contains(line, "-H 'Nango-Proxy-X-Odd;'") {
			t.Errorf("%q: %s", value, line)
		}
	}
}

// A copied line keeps the key from the proxy of the shell, as the client does.
func TestCurlForThisMachineUsesNoProxy(t *testing.T) {
	call := ListIntegrations().Call()
	for host, want := range map[string]bool{
		"http://LocalHost:3003": true, "http://127.0.0.1": true, "https://[::1]:8": true, CloudHost: false,
	} {
		if got := strings.Contains(Curl(call, host).Line, " '--noproxy' '*' "); got != want {
			t.Errorf("%s: %s", host, Curl(call, host).Line)
		}
	}
}
