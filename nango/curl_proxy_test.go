package nango

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// argumentsOfProxied are the arguments with which curl sends what the client sends.
func argumentsOfProxied(t *testing.T, call Call, input []byte) []string {
	t.Helper()
	sent, err := clientFor(t, "https://nango.example", nil).httpRequest(context.Background(), call)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"-sS", "-g", "-X", sent.Method, call.URL("https://nango.example"), "-H",
		"Authorization: " + sent.Header.Get("Authorization")}
	for _, name := range sortedKeys(call.Header) {
		for _, value := range call.Header[name] {
			if strings.Trim(value, " \t") == "" { // what is around a value is not sent
				want = append(want, "-H", name+";")
			} else {
				want = append(want, "-H", name+": "+value)
			}
		}
	}
	want = append(want, "-H", "Accept: application/json")
	if call.Body == nil {
		return want
	}
	want = append(want, "-H", "Content-Type: "+sent.Header.Get("Content-Type"))
	if input != nil {
		return append(want, "--data-binary", "@-")
	}
	return append(want, "--data-raw", string(call.Body))
}

func FuzzProxiedCurl(f *testing.F) {
	f.Add("/a b?api_key=x", "X-Api-Key", "it's", "text/plain", []byte("it's 100"))
	f.Add("/${a}/$(id)?`x`&'=\"", "Cookie", "", "application/x-www-form-urlencoded", []byte("password=x'y&a=b&=&token=$HOME"))
	f.Add("user", "A", "$HOME", "application/json", []byte("{ \"token\":\"a'b\",\n\"n\":1e400}"))
	f.Add("user", "A", " ", "0", []byte("0"))
	f.Add("user", "A", "b", "image/png", []byte("\x89PNG\x00"))
	f.Add("user", "Authorization", "Bearer abcdefghijkl", "text/plain", []byte("Bearer abcdefghijkl\nmore"))
	folder := tellingCurl(f)
	f.Fuzz(func(t *testing.T, path, name, value, kind string, body []byte) {
		p := ProxyRequest{Connection: sampleRef, Method: http.MethodPost, Path: path, Headers: []ProxyHeader{{name, value}},
			Body: ProxyBody{kind, body}}
		request := Proxy(p)
		if request.Validate() != nil {
			return
		}
		line := Curl(request.Call(), "https://nango.example")
		if strings.ContainsAny(line.Line, "\n\r\x00") {
			t.Errorf("%q is not one line", line.Line)
		}
		if line.Input != nil && string(line.Input) != string(request.Call().Body) {
			t.Errorf("its input is %q", line.Input)
		}
		got, want := argumentsOf(t, folder, line), argumentsOfProxied(t, request.Call(), line.Input)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", line.Line, got, want)
		}
	})
}

// A body that is JSON, but isn't sent as JSON or is cut off, is read from standard input if a dialog would hide some of it.
func TestCurlHidesWhatADialogHides(t *testing.T) {
	for _, body := range []string{`{"credentials":{"username":"hunter2"}}`, `{"token":[1234567]}`, `{"credentials":{"username":"hunter2"`} {
		for _, kind := range []string{jsonMedia, "application/json; charset=utf-8", "application/vnd.api+json", "text/plain"} {
			p := ProxyRequest{Connection: sampleRef, Method: http.MethodPost, Path: "/a", Body: ProxyBody{kind, []byte(body)}}
			line := Curl(Proxy(p).Call(), "https://nango.example").Line
			if strings.Contains(line, "hunter2") || strings.Contains(line, "1234567") {
				t.Errorf("%s as %s: %s", body, kind, line)
			}
		}
	}
}

func TestRealCurlSendsProxiedRequest(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl here")
	}
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for _, name := range []string{"User-Agent", "Accept-Encoding", "Connection", "Content-Length"} {
			r.Header.Del(name) // different in each program
		}
		got = append(got, fmt.Sprintf("%s %s %q %q", r.Method, r.RequestURI, r.Header, body))
	}))
	defer server.Close()
	client := clientFor(t, server.URL, nil)
	for _, body := range []ProxyBody{{}, {formMedia, []byte("password=a%20b'c&d=e")},
		{"text/plain; charset=utf-8", []byte("two\nlines")}, {"image/png", []byte("\x00\xff")}, {jsonMedia, []byte(`{"token":"it's"}`)}} {
		got = nil
		p := ProxyRequest{Connection: sampleRef, Method: http.MethodPost, Path: "/${a}/b c?x[]=1&token=it's",
			Headers: []ProxyHeader{{"X-Api-Key", "s'e\"c"}, {"X-Empty", ""}}, Body: body, Retries: 1, BaseURL: "https://x.example"}
		if _, err := Send(context.Background(), client, Proxy(p)); err != nil {
			t.Fatal(err)
		}
		line := Curl(Proxy(p).Call(), server.URL)
		command := exec.Command("sh", "-c", line.Line)
		command.Env, command.Stdin = variablesOf(line), strings.NewReader(string(line.Input))
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", line.Line, err, out)
		}
		if len(got) != 2 || got[0] != got[1] {
			t.Errorf("%s:\n%s", line.Line, strings.Join(got, "\n"))
		}
	}
}
