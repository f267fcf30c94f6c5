package proxy

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nango-tui/nango"
)

func yes(value bool) *bool { return &value }

// listContacts uses every field.
var listContacts = SavedRequest{
	Name: "List contacts", ProxyRequest: nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: "hubspot", ID: "123"},
		Method: "POST", Path: "/crm/v3/${portal}/search", Query: "limit=10",
		Headers: []nango.ProxyHeader{{Name: "Accept", Value: "text/plain; q=0.5"}, {Name: "X-Empty", Value: ""},
			{Name: "X-Key", Value: "${apiKey}"}, {Name: "Authorization", Value: "Bearer ${accessToken}"}},
		Body:    nango.ProxyBody{Type: "application/json", Data: []byte("{\n  \"filter\": \"a: b # c\",\n\n  \"n\": 1\n}\n")},
		Retries: 3, RetryOn: []int{404, 429}, BaseURL: "https://api.example.com", Decompress: yes(true), ForwardHeaders: yes(false),
	}}

const listContactsFile = savedHead + `requests:
  - name: List contacts
    integration: hubspot
    connection: "123"
    method: POST
    path: /crm/v3/${portal}/search
    query: limit=10
    headers:
      - "Accept: text/plain; q=0.5"
      - "X-Empty: "
      - "X-Key: ${apiKey}"
      - "Authorization: Bearer ${accessToken}"
    bodyType: application/json
    body: |
      {
        "filter": "a: b # c",
      
        "n": 1
      }
    retries: 3
    retryOn: [404, 429]
    baseURL: https://api.example.com
    decompress: true
    forwardHeaders: false
`

// earlierFile has the same request as earlier versions wrote it.
const earlierFile = `# Requests to providers that were kept under a name.
requests:
  - name: List contacts
    integration: hubspot
    connection: "123"
    method: POST
    path: "/crm/v3/${portal}/search"
    query: "limit=10"
    headers:
      - "Accept: text/plain; q=0.5"
      - "X-Empty: "
      - "X-Key: ${apiKey}"
      - "Authorization: Bearer ${accessToken}"
    bodyType: application/json
    body: |
      {
        "filter": "a: b # c",

        "n": 1
      }
    retries: 3
    retryOn: [404, 429]
    baseURL: "https://api.example.com"
    decompress: true
    forwardHeaders: false
`

func TestSavedRequestsAreYAML(t *testing.T) {
	written, err := formatSaved([]SavedRequest{listContacts}, nil)
	if err != nil || string(written) != listContactsFile {
		t.Fatalf("%v\n%s", err, written)
	}
	for _, file := range []string{listContactsFile, earlierFile} {
		if read, err := parseSaved([]byte(file)); err != nil || !reflect.DeepEqual(read, []SavedRequest{listContacts}) {
			t.Errorf("%v\n%+v", err, read)
		}
	}
	if none, err := formatSaved(nil, nil); err != nil || string(none) != savedHead+"requests: []\n" {
		t.Errorf("%v %s", err, none)
	}
	for _, empty := range []string{"", "# nothing\n", "requests:\n", "requests: []", savedHead + "requests: []\n"} {
		if read, err := parseSaved([]byte(empty)); err != nil || len(read) != 0 {
			t.Errorf("%q: %v %v", empty, read, err)
		}
	}
}

func TestASavedRequestIsSentUnchanged(t *testing.T) {
	request := listContacts.requestFor(nango.ConnectionRef{Integration: "hubspot", ID: "456"})
	if err := nango.Proxy(request).Validate(); err != nil {
		t.Error(err)
	}
	request.Connection.ID = "123"
	if !reflect.DeepEqual(request, listContacts.ProxyRequest) {
		t.Errorf("%+v", request)
	}
}

func TestSavedFileErrors(t *testing.T) {
	const one = "requests:\n  - name: a\n    integration: b\n    method: GET\n"
	const keys = ": expected requests, or in a request name, integration, connection, method, path, query, headers, bodyType, body, " +
		"retries, retryOn, baseURL, decompress, forwardHeaders"
	for file, want := range map[string]string{
		"requests: 7":                      "requests.yaml:1:11: expected a list of requests",
		"- a":                              "requests.yaml:1:1: sequence was used where mapping is expected",
		"request: []":                      `requests.yaml:1:1: unknown field "request"` + keys,
		"requests:\n  - a":                 "requests.yaml:2:5: string was used where mapping is expected",
		one + "    url: x":                 `requests.yaml:5:5: unknown field "url"` + keys,
		one + "    path:":                  "requests.yaml:5:11: expected a value",
		one + "    retries: ~":             "requests.yaml:5:14: expected a value",
		one + "    decompress:\n":          "requests.yaml:5:17: expected a value",
		one + "    retryOn: [429, ~]":      "requests.yaml:5:20: expected a value",
		one + "    headers: [~]":           "requests.yaml:5:15: expected a value",
		one + "    ? path\n    : /a":       "requests.yaml:5:5: expected a key without a question mark",
		one + "    connection: 123":        "requests.yaml:5:17: expected a text; put it in quotes",
		one + "    retries: 11":            "requests.yaml:5:14: expected a number from 0 to 10",
		one + "    retries: 0x1":           "requests.yaml:5:14: expected a number from 0 to 10",
		one + "    retryOn: [429, 42]":     "requests.yaml:5:20: expected a number from 100 to 599",
		one + "    retryOn: 429":           "requests.yaml:5:14: int was used where sequence is expected",
		one + "    decompress: 'true'":     "requests.yaml:5:17: expected true or false",
		one + "    headers: [a]":           `requests.yaml:5:15: expected a header in quotes, such as "Accept: text/plain"`,
		one + "    headers:\n      - a: b": `requests.yaml:6:9: expected a header in quotes, such as "Accept: text/plain"`,
		one + "    headers: ['a b: c']":    `requests.yaml:5:15: the header name "a b" contains ' '`,
		one + "    path: &x a": "requests.yaml:5:11: anchors, aliases, tags and merge keys are not supported " +
			"here; put a text with & * ! or << in quotes",
		one + "    path: !!str a": "requests.yaml:5:11: anchors, aliases, tags and merge keys are not supported " +
			"here; put a text with & * ! or << in quotes",
		one + "    <<: {path: a}": "requests.yaml:5:5: anchors, aliases, tags and merge keys are not supported here; " +
			"put a text with & * ! or << in quotes",
		one + "    path: *x": "requests.yaml:5:11: anchors, aliases, tags and merge keys are not supported " +
			"here; put a text with & * ! or << in quotes",
		one + "    name: b": "", // any message
		one + "  - name: a\n    integration: b\n    method: GET": `requests.yaml:5:5: another request is named "a"`,
		"requests:\n  - integration: b":                          "requests.yaml:2:5: a saved request needs a name",
		"requests:\n  - name: a":                                 "requests.yaml:2:5: a saved request needs an integration",
		"requests:\n  - {name: a, integration: b, method: get}": "requests.yaml:2:5: a saved request needs a method: GET, " +
			"POST, PUT, PATCH or DELETE",
		one + "---\na: b": "requests.yaml:6:1: a second document starts here; one is expected",
		one + "\t- x":     "", // any message
		one + "    path: " + strings.Repeat("[", 30): "requests.yaml:5:31: brackets are nested too deeply for a list of requests",
		one + "    headers: ['Authorization: pw']": "requests.yaml:2:5: the header Authorization looks like a " +
			"secret, which can't be saved. Nango adds the connection's credentials",
		one + "    query: a=b&api_key=pw": "requests.yaml:2:5: the parameter api_key looks like a " +
			"secret, which can't be saved. Nango adds the connection's credentials",
		strings.Repeat(" ", maxSavedFile+1): "requests.yaml is longer than 4 MB",
	} {
		_, err := parseSaved([]byte(file))
		if err == nil || want != "" && err.Error() != want || !strings.HasPrefix(err.Error(), "requests.yaml") ||
			strings.Contains(err.Error(), "pw") {
			t.Errorf("%.150q:\n got %v\nwant %s", file, err, want)
		}
	}
}

func TestListsOfTheSavedFileCanBeEmpty(t *testing.T) {
	const one = "requests:\n  - name: a\n    integration: b\n    method: GET\n    headers:\n    retryOn: ~\n"
	for file, want := range map[string]int{"": 0, "~": 0, "null": 0, "requests:": 0, "requests: []": 0, one: 1} {
		if all, err := parseSaved([]byte(file)); err != nil || len(all) != want {
			t.Errorf("%q: %v, %v", file, all, err)
		}
	}
}

func TestSecretsAreNotSaved(t *testing.T) {
	clean := func(text string) bool { return !strings.Contains(text, "hunter2") }
	change := func(change func(*SavedRequest)) SavedRequest {
		k := SavedRequest{"a", nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: "b"}, Method: "POST", Path: "/c"}}
		change(&k)
		return k
	}
	for want, k := range map[string]SavedRequest{
		"the header X-Api-Key looks": change(func(k *SavedRequest) {
			k.Headers = []nango.ProxyHeader{{Name: "X-Api-Key",
				Value: "abc"}}
		}),
		"the header Cookie looks": change(func(k *SavedRequest) {
			k.Headers = []nango.ProxyHeader{{Name: "Cookie",
				Value: "a=b"}}
		}),
		"the header X-A looks": change(func(k *SavedRequest) {
			k.Headers = []nango.ProxyHeader{{Name: "X-A",
				Value: "Bearer abcdefghijkl"}}
		}),
		"the header X-B contains a known secret": change(func(k *SavedRequest) {
			k.Headers = []nango.ProxyHeader{{Name: "X-B",
				Value: "hunter2"}}
		}),
		"the parameter access_token looks": change(func(k *SavedRequest) { k.Path = "/c?a=b&access%5Ftoken=x" }),
		"the parameter token looks":        change(func(k *SavedRequest) { k.Query = "token=x" }),
		"the path or the query contains":   change(func(k *SavedRequest) { k.Path = "/c/eyJhbGciOi.eyJzdWIi.c2ln" }),
		"the path contains a known secret": change(func(k *SavedRequest) { k.Path = "/c/hunter2" }),
		"the body contains what looks":     change(func(k *SavedRequest) { k.Body.Data = []byte(`{"a":{"client_secret":"x"}}`) }),
		"the field password of the body": change(func(k *SavedRequest) {
			k.Body = nango.ProxyBody{Type: "application/x-www-form-urlencoded", Data: []byte("a=b&password=x")}
		}),
		"the body contains a known secret":      change(func(k *SavedRequest) { k.Body.Data = []byte("hunter2") }),
		"the name contains a known secret":      change(func(k *SavedRequest) { k.Name = "hunter2" }),
		"the body is not plain text":            change(func(k *SavedRequest) { k.Body.Data = []byte("\x00") }),
		"the path is not plain text":            change(func(k *SavedRequest) { k.Path = "\xff" }),
		"the body is longer than 256 KB":        change(func(k *SavedRequest) { k.Body.Data = []byte(strings.Repeat("a", maxSavedBody+1)) }),
		"the name is longer than 60 characters": change(func(k *SavedRequest) { k.Name = strings.Repeat("é", maxSavedName+1) }),
		"the name contains an invisible":        change(func(k *SavedRequest) { k.Name = "a\u202eb" }),
		"the name starts or ends":               change(func(k *SavedRequest) { k.Name = "a " }),
		"a saved request needs a name":          change(func(k *SavedRequest) { k.Name = " " }),
		"more than 100 headers": change(func(k *SavedRequest) {
			k.Headers = slices.Repeat([]nango.ProxyHeader{{Name: "A", Value: "b"}}, maxSavedHeaders+1)
		}),
		"more than 500 statuses": change(func(k *SavedRequest) { k.RetryOn = slices.Repeat([]int{500}, maxSavedStatuses+1) }),
	} {
		_, err := formatSaved([]SavedRequest{k}, clean)
		if err == nil || !strings.Contains(err.Error(), want) || k.Validate(clean) == nil {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	many := make([]SavedRequest, maxSaved+1)
	if _, err := formatSaved(many, nil); err == nil || !strings.Contains(err.Error(), "more than 500") {
		t.Error(err)
	}
	same := change(func(*SavedRequest) {})
	if _, err := formatSaved([]SavedRequest{same, same}, nil); err == nil || !strings.Contains(err.Error(), "another request is named") {
		t.Error(err)
	}
}

// What is saved is loaded unchanged, or refused.
func FuzzSavedRoundTrip(f *testing.F) {
	f.Add("List contacts", "hubspot", "/a b", "x=1", "Accept", "a/b", "text/plain", "two\nlines\n", 1, 429)
	f.Add("true", "007", "null", "~", "a", " ", "", "- a\n  b\n", 0, 0)
	f.Add("é'\"\\#: x", "*a", "&b", "!c", "A", "\t", "%d", "\n\n a\n\tb \r\n\u0085\u2028\ufeff😀", 10, 599)
	f.Add("a", "b", "/${x}?a=b", "{}", "B", "|", ">", "a:\n- b\n...\n---\nc", 0, 100)
	f.Fuzz(func(t *testing.T, name, integration, path, query, header, value, kind, body string, retries, status int) {
		k := SavedRequest{name, nango.ProxyRequest{
			Connection: nango.ConnectionRef{Integration: integration, ID: integration}, Method: "PUT", Path: path, Query: query,
			Body: nango.ProxyBody{Type: kind, Data: []byte(body)}, Retries: retries % 11,
		}}
		if header != "" {
			k.Headers = []nango.ProxyHeader{{Name: header, Value: value}}
		}
		if status >= 100 && status < 600 {
			k.RetryOn = []int{status}
		}
		if k.Retries < 0 || nango.CheckProxyHeader(header, value) != nil && header != "" || k.Validate(nil) != nil {
			return
		}
		other := SavedRequest{"other", nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: "b"}, Method: "GET",
			Decompress: yes(false)}}
		if name == other.Name {
			return
		}
		if _, err := formatSaved([]SavedRequest{k, other}, nil); err != nil {
			t.Errorf("%+v: %v", k, err)
		}
	})
}

func FuzzParseSaved(f *testing.F) {
	f.Add([]byte(listContactsFile))
	f.Add([]byte("requests:\n- {name: a, integration: b, method: GET, retryOn: [500]}"))
	f.Add([]byte("requests: &a\n  - *a\n"))
	f.Add([]byte("requests:\n- {name: a, integration: b, method: GET, headers: [~], path: ~, retryOn: ~}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4<<10 {
			return // the parser is slow for long nonsense
		}
		all, err := parseSaved(data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "requests.yaml") {
				t.Error(err)
			}
			return
		}
		if _, err := formatSaved(all, nil); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}

func BenchmarkSave500(b *testing.B) {
	var all []SavedRequest
	for i := range maxSaved {
		k := listContacts
		k.Name = fmt.Sprint("request ", i)
		k.Body.Data = []byte(`{"filter":"` + strings.Repeat("x y ", 1000) + `"}`)
		all = append(all, k)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := formatSaved(all, nil); err != nil {
			b.Fatal(err)
		}
	}
}
