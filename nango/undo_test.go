package nango

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestUndoKeepsNoSecretAndNothingHuge(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("hunter2-hunter2")
	for want, u := range map[string]Undo{
		"":             {Before: TagContent(map[string]string{"plan": "gold"}), After: TagContent(nil)},
		"secret":       {Before: MetadataContent(json.RawMessage(`{"note": "is hunter2-hunter2"}`))},
		"it holds":     {After: MetadataContent(json.RawMessage(`{"api_key": "x-y-z"}`))},
		"holds":        {Before: WebhookContent("https://acme.example/?token=hunter2-hunter2")},
		"more than 32": {Before: MetadataContent(json.RawMessage(`{"a": "` + strings.Repeat("x", MaxUndo) + `"}`))},
	} {
		err := u.CannotKeep(secrets.Mask)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v", want, err)
		}
	}
}

// A screen could forget to ask, so the client does, too.
func TestClientRecordsNoSecretForAnUndo(t *testing.T) {
	d := &diary{}
	client := serveDiary(t, d, 200, `{"success":true}`)
	before := WebhookContent("https://a.example/?api_key=Bearer%20abcdefghijklmnop")
	u := Undo{ID: "d1", Before: before, After: WebhookContent(""), Until: time.Now()}
	request := UpdateConnection(oneSync.Connection, ConnectionPatch{WebhookOverride: new(string)})
	if _, err := Send(context.Background(), client, request.Keeping(u)); err != nil {
		t.Fatal(err)
	}
	if kept := d.last.Undo; !kept.Before.IsZero() || !kept.After.IsZero() || !kept.Until.IsZero() || kept.ID != "" {
		t.Errorf("%+v", kept)
	}
}

func TestContentsAreEqualWhateverTheirOrder(t *testing.T) {
	a := MetadataContent(json.RawMessage(`{"b": {"x": 1, "y": 2}, "a": 9007199254740993}`))
	b := MetadataContent(json.RawMessage("{\"a\":9007199254740993,\n\"b\":{\"y\":2,\"x\":1}}"))
	c := MetadataContent(json.RawMessage(`{"a": 9007199254740992, "b": {"x": 1, "y": 2}}`))
	if !a.Equal(b) || a.Equal(c) || !MetadataContent(nil).Equal(MetadataContent(json.RawMessage(" null "))) {
		t.Error("contents are compared wrongly")
	}
	if (Content{}).String() != "" || a.String() != "metadata" {
		t.Errorf("%q", a.String())
	}
}

func TestPutBackIsTheOppositeOfTheChange(t *testing.T) {
	intent := func(before Content) Intent {
		return Intent{About: oneSync.Connection, Syncs: oneSync.Syncs, Undo: Undo{Before: before}}
	}
	both := Content{Paused: map[string]bool{"a": true, "b::eu": false}}
	for want, c := range map[string]struct{ before, now Content }{
		`POST /connections/metadata {"connection_id":"c1","provider_config_key":"hubspot","metadata":{"a":1}}`: {
			before: MetadataContent(json.RawMessage(`{"a":1}`))},
		`PATCH /connections/c1?provider_config_key=hubspot {"tags":{}}`:                 {before: TagContent(nil)},
		`PATCH /connections/c1?provider_config_key=hubspot {"webhook_url_override":""}`: {before: WebhookContent("")},
		`PUT /sync/update-connection-frequency {"provider_config_key":"hubspot","connection_id":"c1","sync_name":"contacts",` +
			`"frequency":"every 2 hours"}`: {before: FrequencyContent("2h")},
		`POST /sync/start {"provider_config_key":"hubspot","connection_id":"c1","syncs":["b::eu"]}`: {
			before: both, now: Content{Paused: map[string]bool{"a": true, "b::eu": true}}},
		`POST /sync/pause {"provider_config_key":"hubspot","connection_id":"c1","syncs":["a"]}`: {
			before: both, now: Content{Paused: map[string]bool{"a": false}}},
	} {
		r, err := PutBack(intent(c.before), "e1", c.now)
		if err != nil || r.Validate() != nil {
			t.Errorf("%s: %v, %v", want, err, r.Validate())
			continue
		}
		call := r.Call()
		if got := call.Method + " " + call.RequestURI() + " " + string(call.Body); got != want || call.Undo.Undoes != "e1" {
			t.Errorf("%s\nnot %s", got, want)
		}
	}
	if _, err := PutBack(intent(both), "e1", Content{Paused: map[string]bool{"a": false, "b::eu": true}}); err == nil {
		t.Error("one request would have to pause and to resume")
	}
	if _, err := PutBack(intent(Content{}), "e1", Content{}); err == nil {
		t.Error("nothing is put back")
	}
}
