package nango

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	otherUUID = "a0000000-0000-4000-8000-000000000005"
	newKey    = `{"data":{"id":7,"display_name":"k","scopes":["environment:*"],"secret":"93ebe10d-3795-4498-b08c-97cb34098fd9",` +
		`"created_at":"2026-11-22T14:35:55.187Z"}}`
)

// between is a server that has some paths, and answers all others as Express does.
type between struct {
	paths map[string]string // the answer by method and path; "200 {…}" or "400 {…}"
	sent  []string
}

func (s *between) client(t *testing.T, change func(*Config)) *Client {
	return serve(t, change, func(w http.ResponseWriter, r *http.Request) {
		asked := r.Method + " " + r.URL.Path
		s.sent = append(s.sent, asked)
		answer, known := s.paths[asked]
		if !known {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte("<pre>Cannot " + asked + "</pre>"))
			return
		}
		status := map[string]int{"200": 200, "204": 204, "400": 400, "403": 403, "404": 404, "429": 429, "500": 500, "502": 502}[answer[:3]]
		reply(w, status, answer[4:])
	})
}

var (
	bothRef = EnvironmentRef{ID: 5, UUID: sampleUUID}
	bothKey = APIKeyRef{Environment: bothRef, ID: 6, UUID: otherUUID}
)

const (
	badURI      = `400 {"error":{"code":"invalid_uri_params","errors":[{"code":"invalid_type","message":"no","path":["environmentId"]}]}}`
	deleteNew   = "DELETE /environments/" + sampleUUID
	deleteOld   = "DELETE /environments/5"
	makeNew     = "POST /environments/" + sampleUUID + "/api-keys"
	makeOld     = "POST /environment/api-keys"
	unmakeNew   = "DELETE /environments/" + sampleUUID + "/api-keys/" + otherUUID
	unmakeOld   = "DELETE /environment/api-keys"
	missingJSON = `404 {"error":{"code":"not_found","message":"Environment not found"}}`
)

// A server between two releases has the new path of one operation and the old one of another. Each is found, and remembered.
func TestEachOperationIsSentInTheFormThatTheServerTakes(t *testing.T) {
	server := &between{paths: map[string]string{
		deleteNew: badURI, deleteOld: "204 ", makeNew: "200 " + newKey, unmakeOld: `200 {"success":true}`,
	}}
	client := server.client(t, nil)
	for range 2 {
		for name, send := range map[string]func(context.Context, *Client) (any, error){
			"environment": sends(DeleteEnvironment(bothRef)), "key": sends(CreateAPIKey(bothRef, "k")), "no key": sends(DeleteAPIKey(bothKey)),
		} {
			if _, err := send(context.Background(), client); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	count := map[string]int{}
	for _, asked := range server.sent {
		count[asked]++
	}
	for asked, want := range map[string]int{deleteNew: 1, deleteOld: 2, makeNew: 2, makeOld: 0, unmakeNew: 1, unmakeOld: 2} {
		if count[asked] != want {
			t.Errorf("%s was sent %d times, not %d", asked, count[asked], want)
		}
	}
}

// After an update of the server, the form that was learned is no longer taken.
func TestTheOtherFormIsTriedAgainAfterAnUpdate(t *testing.T) {
	server := &between{paths: map[string]string{makeOld: "200 " + newKey}}
	client := server.client(t, nil)
	create := sends(CreateAPIKey(bothRef, "k"))
	for range 2 {
		if _, err := create(context.Background(), client); err != nil {
			t.Fatal(err)
		}
		server.paths = map[string]string{makeNew: "200 " + newKey}
	}
	if _, err := create(context.Background(), client); err != nil {
		t.Fatal(err)
	}
	if want := []string{makeNew, makeOld, makeOld, makeNew, makeNew}; !slices.Equal(server.sent, want) {
		t.Errorf("sent %q", server.sent)
	}
}

// Only the answer that a server doesn't have the path lets the other form be sent. Anything else may come after an effect, or is
// the server's own refusal.
func TestAWriteIsNotSentInTheOtherFormAfterAnyOtherAnswer(t *testing.T) {
	for name, answer := range map[string]string{
		"not found": missingJSON, "no scope": `403 {"error":{"code":"forbidden","message":"Insufficient scope. Required: account:x"}}`,
		"limit": `429 {"error":{"code":"too_many_request"}}`, "crash": `500 {"error":{"code":"server_error"}}`, "gateway": "502 ",
		"success": `200 {"success":true}`, "no body": "404 ", "bad body": `400 {"error":{"code":"invalid_body","errors":[]}}`,
	} {
		server := &between{paths: map[string]string{unmakeNew: answer, unmakeOld: `200 {"success":true}`}}
		_, _ = Send(context.Background(), server.client(t, nil), DeleteAPIKey(bothKey))
		if !slices.Equal(server.sent, []string{unmakeNew}) {
			t.Errorf("%s: sent %q", name, server.sent)
		}
	}
	html := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>the dashboard</html>")) // with 200, it may come from a proxy that has passed the request on
	})
	_, err := Send(context.Background(), html, DeleteAPIKey(bothKey))
	if all := html.Log().Entries(); !errors.Is(err, OutcomeUnknown) || len(all) != 1 || all[0].Tries != 1 {
		t.Errorf("%v %+v", err, all)
	}
}

func TestANumberIsNotEnoughForAServerOfUUIDs(t *testing.T) {
	server := &between{paths: map[string]string{deleteOld: badURI}}
	client := server.client(t, nil)
	for name, send := range map[string]func(context.Context, *Client) (any, error){
		"environment": sends(DeleteEnvironment(EnvironmentRef{ID: 5})), "key": samples[OpAPIKeyCreate], "no key": samples[OpAPIKeyDelete],
	} {
		_, err := send(context.Background(), client)
		if e, _ := AsError(err); !errors.Is(err, Moved) || e.OutcomeUnknown || !strings.Contains(err.Error(), "by UUID, and only the number") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Send(context.Background(), client, CreateAPIKey(bothRef, "k"))
	if !errors.Is(err, NotNango) || !strings.Contains(err.Error(), "too old") {
		t.Errorf("neither form: %v", err)
	}
}

// Both forms stand in the request log and the journal, each with its own outcome.
func TestBothFormsAreRecorded(t *testing.T) {
	server := &between{paths: map[string]string{deleteNew: badURI, deleteOld: "204 "}}
	var journal []string
	client := server.client(t, func(c *Config) {
		c.Journal = func(i Intent) (func(IntentEnd), error) {
			return func(e IntentEnd) {
				journal = append(journal, i.Method+" "+i.Path+" "+e.Code)
				if e.Unknown {
					t.Errorf("%s: not known", i.Path)
				}
			}, nil
		}
	})
	if _, err := Send(context.Background(), client, DeleteEnvironment(bothRef)); err != nil {
		t.Fatal(err)
	}
	if want := []string{deleteNew + " invalid_uri_params", deleteOld + " "}; !slices.Equal(journal, want) {
		t.Errorf("journal %q", journal)
	}
	if all := client.Log().Entries(); len(all) != 2 {
		t.Errorf("request log %+v", all)
	}
}

func TestFormsOfACall(t *testing.T) {
	server := &between{paths: map[string]string{makeOld: "200 " + newKey}}
	client := server.client(t, nil)
	call := CreateAPIKey(bothRef, "k").Call()
	before := client.Forms(call)
	if _, err := Send(context.Background(), client, CreateAPIKey(bothRef, "k")); err != nil {
		t.Fatal(err)
	}
	after := client.Forms(call)
	if "POST "+before[0].RequestURI() != makeNew || "POST "+after[0].RequestURI() != makeOld || len(after) != 2 ||
		string(after[0].Body) != `{"environment_id":5,"display_name":"k"}` || string(after[1].Body) != `{"display_name":"k"}` {
		t.Errorf("%v, then %v", before, after)
	}
	if all := client.Forms(ListEnvironments().Call()); len(all) != 1 {
		t.Errorf("a list has %d forms", len(all))
	}
}
