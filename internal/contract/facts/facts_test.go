package facts

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const contractFolder = "../../../nango/testdata/contract"

func exchange(t *testing.T, status int, body string) Exchange {
	t.Helper()
	headers := map[string]string{"content-type": usualMedia}
	for name := range strings.FieldsSeq(usualHeaders) {
		headers[name] = "1"
	}
	return Exchange{File: "GET_things", Case: "good", Request: Request{Method: "GET", Path: "/things"},
		Response: NewResponse(status, headers, []byte(body))}
}

func TestShape(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`"text"`:                    `"string"`,
		`""`:                        `"="`,
		`[1,1.5,null,true]`:         `["integer","number",null,true]`,
		`[{"a":1},{"a":2},{"b":1}]`: `["*2",{"a":"integer"},{"b":"integer"}]`,
		`{"code":"not_found","message":"No such thing"}`:                    `{"code":"=not_found","message":"string"}`,
		`{"message":"Insufficient scope. Required: a:b, see <docs>"}`:       `{"message":"=Insufficient scope. Required: a:b"}`,
		`{"code":"export default 1 // source"}`:                             `{"code":"string"}`,
		`{"z":"2026-11-22T14:25:01.003Z","a":"2026-11-22T14:25:01+00:00"}`:  `{"z":"time Z","a":"time +00:00"}`,
		`["92e8010b-3689-483f-b824-27fba9a3983d","1795357658179_WCGCXxzw"]`: `["uuid","log id"]`,
	} {
		value, err := Decode([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(encode(ShapeOf(value))); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

func TestFactsHaveNoTextOfResponses(t *testing.T) {
	t.Parallel()
	c := Of(exchange(t, 400, `{"error":{"code":"bad","message":"Please send <something> else"},"token":"sk-123"}`),
		"1.0.0")
	text := string(Files([]Case{c})["GET_things.json"])
	for _, secret := range []string{"Please", "something", "sk-123"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the facts: %s", secret, text)
		}
	}
}

func TestCheckNoticesEveryDifference(t *testing.T) {
	t.Parallel()
	const body = `{"data":[{"id":1,"name":"a"},{"id":2,"name":"b"},{"id":3,"name":"c"}],"code":"x","at":"2026-11-22T14:25:01.003Z"}`
	c := Of(exchange(t, 200, body), "1.0.0")
	for name, same := range map[string]string{
		"as recorded":      body,
		"another time":     strings.Replace(body, "2026-11-22", "2027-01-01", 1),
		"other row number": strings.Replace(body, `"id":3`, `"id":7`, 1),
	} {
		if err := c.Check(exchange(t, 200, same)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, other := range map[string]string{
		"a field renamed":         strings.Replace(body, `"name":"b"`, `"title":"b"`, 1),
		"a field of another type": strings.Replace(body, `"name":"b"`, `"name":5`, 1),
		"a field more":            strings.Replace(body, `"id":2`, `"id":2,"x":null`, 1),
		"a field less":            strings.Replace(body, `"id":2,`, ``, 1),
		"fields in another order": strings.Replace(body, `"id":2,"name":"b"`, `"name":"b","id":2`, 1),
		"another code":            strings.Replace(body, `"x"`, `"y"`, 1),
		"an item less":            strings.Replace(body, `,{"id":3,"name":"c"}`, ``, 1),
		"another value":           strings.Replace(body, `"a"`, `"e"`, 1),
		"another order":           strings.Replace(body, `"id":1`, `"id":9`, 1),
		"another form of time":    strings.Replace(body, `003Z`, `003+00:00`, 1),
		"not JSON":                body[1:],
		"no body":                 "",
	} {
		if c.Check(exchange(t, 200, other)) == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
	if c.Check(exchange(t, 201, body)) == nil {
		t.Error("another status is not noticed")
	}
	for _, header := range []string{"etag", "content-type"} {
		e := exchange(t, 200, body)
		delete(e.Response.Headers, header)
		if c.Check(e) == nil {
			t.Errorf("a missing %s is not noticed", header)
		}
	}
	raw := exchange(t, 200, body)
	raw.Response.Headers["content-type"] = "text/plain"
	if e := exchange(t, 200, body+" "); Of(raw, "").Check(e) == nil || Of(raw, "").Check(raw) != nil {
		t.Error("a text is not compared")
	}
}

// Every case of the contract accepts a response with its facts, and no response in which a field is renamed or of another type.
func TestEveryCaseNoticesAChangedField(t *testing.T) {
	t.Parallel()
	cases, err := Read(contractFolder)
	if err != nil || len(cases) < 900 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if !c.HasShape {
			continue
		}
		e := c.Sample()
		if err := c.CheckShape(e); err != nil {
			t.Errorf("%s: %v", c.Name(), err)
		}
		object, _ := Sample(c.Shape).(*Object)
		if object == nil || len(object.Keys) == 0 {
			continue
		}
		key := object.Keys[0]
		value := object.Values[key]
		object.Values[key] = []any{[]any{"another type"}}
		e.Response.Body = encode(object)
		if c.CheckShape(e) == nil {
			t.Errorf("%s: another type of %s is not noticed", c.Name(), key)
		}
		delete(object.Values, key)
		object.Keys[0] = key + "Renamed"
		object.Values[key+"Renamed"] = value
		e.Response.Body = encode(object)
		if c.CheckShape(e) == nil {
			t.Errorf("%s: a new name of %s is not noticed", c.Name(), key)
		}
	}
}

func TestFilesRoundTrip(t *testing.T) {
	t.Parallel()
	cases, err := Read(contractFolder)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for name, file := range Files(cases) {
		total += len(file)
		again, err := parse(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range again {
			again[i].File = strings.TrimSuffix(name, ".json")
		}
		if !bytes.Equal(Files(again)[name], file) {
			t.Errorf("%s is not the same after reading it", name)
		}
	}
	if total > 1<<20 {
		t.Errorf("the facts have %d bytes, more than 1 MB", total)
	}
}

func TestMergeKeepsOldCases(t *testing.T) {
	t.Parallel()
	kept, replaced := exchange(t, 200, `{"a":1}`), exchange(t, 200, `{"b":1}`)
	replaced.Case = "changed"
	old := OfAll([]Exchange{kept, replaced}, "1.0.0")
	replaced.Response.Body = json.RawMessage(`{"c":1}`)
	all := Merge(old, OfAll([]Exchange{replaced}, "2.0.0"))
	if len(all) != 2 || all[0].Server != "1.0.0" || all[1].Server != "2.0.0" || all[1].Check(replaced) != nil {
		t.Errorf("%+v", all)
	}
}

func TestStandIns(t *testing.T) {
	t.Parallel()
	e := exchange(t, 200, `{"mail":"jane@corp.io"}`)
	e.Request.Query, e.Request.Body = "q=jane@corp.io", json.RawMessage(`{"a":"jane@corp.io","b":"u1@example.com"}`)
	c := OfAll([]Exchange{e}, "1.0.0")[0]
	if text := string(encode(c.Request)); strings.Contains(text, "jane") || strings.Count(text, "person-") != 2 ||
		!strings.Contains(text, "u1@example.com") {
		t.Error(text)
	}
}

func TestCatalogKeepsWhatDiffers(t *testing.T) {
	t.Parallel()
	e, err := Catalog([]byte(`{"data":[{"name":"a","credentials":{"x":{"title":"X"}}},
		{"name":"b","credentials":{"y":{"title":"Y"}}},{"name":"c","order":1}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if body := string(e.Response.Body); strings.Contains(body, `"b"`) || !strings.Contains(body, `"c"`) {
		t.Error(body)
	}
	if _, err := Catalog([]byte(`[]`)); err == nil {
		t.Error("a list is accepted")
	}
}

const answered = `{"result":{"content":[{"type":"text","text":"Nango logs are disabled"}],"isError":true},"jsonrpc":"2.0","id":7}`

// A stream of messages has the facts of its messages, whether it was recorded as text or as the data of its only event.
func TestStreamsOfMessagesHaveShapes(t *testing.T) {
	t.Parallel()
	headers := map[string]string{"content-type": "text/event-stream"}
	text := Exchange{Request: Request{Method: "POST", Body: []byte(`{"id":7}`)}, Response: Response{Status: 200, Headers: headers,
		Body: encode("event: message\ndata: " + answered + "\n\n")}}
	data := text
	data.Response.Body = []byte(answered)
	c := Of(text, "1")
	if err := c.Check(data); err != nil || !c.HasShape || c.Raw != nil {
		t.Errorf("%v, %+v", err, c)
	}
	if got := string(c.Sample().Response.Bytes()); got != "event: message\ndata: "+answered+"\n\n" {
		t.Errorf("sample %q", got)
	}
	two := text
	two.Response.Body = encode(strings.Repeat("event: message\ndata: "+answered+"\n\n", 2))
	if c := Of(two, "1"); !c.HasShape || c.Check(two) != nil || c.CheckShape(text) == nil {
		t.Errorf("%+v", c)
	}
	other := text
	other.Response.Body = encode("data: {\"a\":1}\n\n")
	if c := Of(other, "1"); c.Raw == nil {
		t.Errorf("any stream has a shape: %+v", c)
	}
}
