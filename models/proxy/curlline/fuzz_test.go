package curlline_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"nango-tui/models/proxy/curlline"
	"nango-tui/nango"
)

// Whatever is pasted, it is a request or a fault with a place in it.
func FuzzParse(f *testing.F) {
	for _, line := range curlline.FuzzSeeds {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		r, err := curlline.Parse(line)
		if err != nil {
			var place *curlline.Error
			if !errors.As(err, &place) || place.Offset < 0 || place.Offset > len(line) || place.Line < 1 || place.Column < 1 || place.Reason == "" {
				t.Fatalf("%q: %#v", line, err)
			}
			return
		}
		if r.Method == "" && !strings.Contains(line, "-X") && !strings.Contains(line, "request") {
			t.Errorf("%q has no method", line)
		}
		if origin, path, query := r.Split(); !strings.HasPrefix(r.URL, origin+path) || !strings.HasSuffix(r.URL, query) {
			t.Errorf("%q: %q is cut into %q, %q, %q", line, r.URL, origin, path, query)
		}
		if len(r.Notes) > 40 {
			t.Errorf("%q: %d notes", line, len(r.Notes))
		}
		for i := range r.Files {
			if left := r.Fill(i, []byte("x: y\n")); len(left.Files) != len(r.Files)-1 {
				t.Errorf("%q: file %d stays", line, i)
			}
		}
		for len(r.Files) > 0 {
			if _ = r.Files[0].String(); r.Files[0].Path == "" {
				break
			}
			r = r.Fill(0, []byte("a b\r\n"))
		}
		if _, _, err := r.Encoded(); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	})
}

// filled is a text with the values of a line's variables in place of their names, as a shell would fill them in.
func filled(text string, line nango.CurlLine) string {
	for _, variable := range line.Variables {
		text = strings.ReplaceAll(text, "$"+variable.Name, variable.Value.Reveal())
	}
	return text
}

// ambiguous says whether a text looks as if it held one of the line's variables, though it was written so by the user.
func ambiguous(text string, line nango.CurlLine) bool {
	for _, variable := range line.Variables {
		if strings.Contains(text, "$"+variable.Name) {
			return true
		}
		for _, other := range line.Variables {
			if other != variable && strings.HasPrefix(other.Name, variable.Name) || strings.Contains(other.Value.Reveal(), "$"+variable.Name) {
				return true
			}
		}
	}
	return false
}

// What is copied as curl can be pasted: the same method, path, headers and body come back.
func FuzzRoundTrip(f *testing.F) {
	f.Add("GET", "/crm/v3/contacts?limit=1&a[]=b", "X-A", "it's", "", []byte(nil))
	f.Add("POST", "/a b/${x}?api_key=secret-1", "X-Api-Key", "s'e\"c$HOME", "application/json", []byte(`{"token":"a'b","n":[1,"$x"]}`))
	f.Add("PUT", "/", "A", "", "text/plain; charset=utf-8", []byte("two\nlines 'and' \"quotes\""))
	f.Add("PATCH", "x", "Cookie", "a=b", "application/x-www-form-urlencoded", []byte("password=a%20b&c=d@e"))
	f.Add("DELETE", "/a", "B", "@c", "image/png", []byte("\x89PNG\x00"))
	f.Add("POST", "/a", "B", "x;", "text/plain", []byte("@file"))
	f.Fuzz(func(t *testing.T, method, path, name, value, kind string, body []byte) {
		request := nango.Proxy(nango.ProxyRequest{
			Connection: nango.ConnectionRef{Integration: "hubspot", ID: "a-1"}, Method: method, Path: path,
			Headers: []nango.ProxyHeader{{Name: name, Value: value}}, Body: nango.ProxyBody{Type: kind, Data: body},
		})
		if request.Validate() != nil {
			return
		}
		call := request.Call()
		line := nango.Curl(call, "https://nango.example")
		if len(line.Line) > curlline.MaxLine || ambiguous(path+value+kind+string(body), line) || value != strings.Trim(value, " \t") ||
			!utf8.ValidString(line.Line) {
			return
		}
		r, err := curlline.Parse(line.Line)
		if err != nil {
			t.Fatalf("%s: %v", line.Line, err)
		}
		if line.Input != nil {
			if len(r.Files) != 1 || r.Files[0].Path != "-" {
				t.Fatalf("%s: the files are %v", line.Line, r.Files)
			}
			r = r.Fill(0, line.Input)
		}
		compare(t, call, line, r)
	})
}

func compare(t *testing.T, call nango.Call, line nango.CurlLine, r curlline.Request) {
	t.Helper()
	if r.Method != call.Method || filled(r.URL, line) != call.URL("https://nango.example") &&
		filled(strings.TrimPrefix(r.URL, "https://"), line) != call.URL("https://nango.example") {
		t.Errorf("%s: %s %s, want %s %s", line.Line, r.Method, r.URL, call.Method, call.URL("https://nango.example"))
	}
	got := http.Header{}
	for _, header := range r.Headers {
		got.Add(header.Name, filled(header.Value, line))
	}
	for name, values := range call.Header {
		for i, value := range values {
			if want := strings.TrimSpace(value); len(got.Values(name)) <= i || got.Values(name)[i] != want {
				t.Errorf("%s: the header %s is %q, want %q", line.Line, name, got.Values(name), values)
			}
		}
	}
	if string(call.Body) != filled(string(r.Body), line) || (call.Body == nil) != (r.Body == nil) {
		t.Errorf("%s: the body is %q, want %q", line.Line, r.Body, call.Body)
	}
	if call.Body != nil && call.ContentType != "" && filled(r.Type, line) != strings.TrimSpace(call.ContentType) {
		t.Errorf("%s: the type is %q, want %q", line.Line, r.Type, call.ContentType)
	}
	if len(r.Unknown) > 0 || len(r.Form) > 0 {
		t.Errorf("%s: %+v", line.Line, r)
	}
}
