package sandbox

import (
	"testing"

	"nango-tui/nango/sandbox/js"
)

func (b *bench) asAccount(method, target, body string) reply {
	b.t.Helper()
	return b.ask(method, target, body, "Authorization", "Bearer "+b.Keys().Account)
}

func TestNewAPIKeyWorksUntilDeleted(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 30, RateLimit: -1})
	made := b.want(b.asAccount("POST", "/environments", `{"name":"staging"}`), 200)
	if at(made.json, "data", "id") != 5.0 {
		t.Fatal(made.text)
	}
	key := b.want(b.asAccount("POST", "/environment/api-keys", `{"environment_id":5,"display_name":"mine"}`), 200)
	secret := "Bearer " + at(key.json, "data", "secret").(string)
	if r := b.want(b.ask("GET", "/connections", "", "Authorization", secret), 200); r.text != `{"connections":[]}` {
		t.Error(r.text)
	}
	body := `{"provider":"openai","unique_key":"ai"}`
	b.want(b.ask("POST", "/integrations", body, "Authorization", secret), 200)
	if len(at(b.ask("GET", "/integrations", "", "Authorization", secret).json, "data").([]any)) != 1 || b.env.integration("ai") != nil {
		t.Error("an integration of one environment is seen in another")
	}
	session := b.want(b.ask("POST", "/connect/sessions", `{"tags":{"a":"b"}}`, "Authorization", secret), 201)
	token := "Bearer " + at(session.json, "data", "token").(string)
	if r := b.ask("GET", "/integrations", "", "Authorization", token); len(at(r.json, "data").([]any)) != 1 {
		t.Errorf("the session sees another environment: %s", r.text)
	}
	id := string(js.Encode(at(key.json, "data", "id")))
	b.want(b.asAccount("DELETE", "/environment/api-keys", `{"environment_id":5,"key_id":`+id+`}`), 200)
	b.want(b.ask("GET", "/connections", "", "Authorization", secret), 401)
	b.want(b.asAccount("DELETE", "/environment/api-keys", `{"environment_id":5,"key_id":`+id+`}`), 404)
}

func TestKeysOfADeletedEnvironmentStopWorking(t *testing.T) {
	b := newBench(t, Options{RateLimit: -1})
	b.want(b.asAccount("POST", "/environments", `{"name":"staging"}`), 200)
	key := b.asAccount("POST", "/environment/api-keys", `{"environment_id":5,"display_name":"mine"}`)
	b.want(b.asAccount("DELETE", "/environments/5", ""), 204)
	b.want(b.ask("GET", "/connections", "", "Authorization", "Bearer "+at(key.json, "data", "secret").(string)), 401)
	b.want(b.asAccount("DELETE", "/environments/5", ""), 404)
	b.want(b.asAccount("DELETE", "/environments/3", ""), 400)
	b.want(b.ask("GET", "/connections", ""), 200)
}

func TestNewKeyOfTheOwnEnvironmentSeesIt(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 30, RateLimit: -1})
	key := b.want(b.asAccount("POST", "/environment/api-keys", `{"environment_id":4,"display_name":"mine"}`), 200)
	r := b.ask("GET", "/connections", "", "Authorization", "Bearer "+at(key.json, "data", "secret").(string))
	if len(rows(r)) != 30 {
		t.Error(r.text)
	}
}

func TestRotateWebhookKeyNeedsItsScope(t *testing.T) {
	b := newBench(t, Options{})
	first := b.want(b.ask("POST", "/environment/webhook-signing-key/rotate", ""), 200)
	second := b.want(b.ask("POST", "/environment/webhook-signing-key/rotate", `{}`), 200)
	if first.text == second.text {
		t.Error("the same key twice")
	}
	b.want(b.ask("POST", "/environment/webhook-signing-key/rotate", "", "Authorization", "Bearer "+b.Keys().ListOnly), 403)
}
