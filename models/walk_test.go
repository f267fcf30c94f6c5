package models

import (
	"encoding/json"
	"testing"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

// The world of the walk: a connection that can be written to, in an integration that can go and has functions.
const (
	walkSeed        = 11
	walkConnections = 24
	walkAction      = "create-contact"
	walkSync        = "contacts"
	// noAuth is an integration of the made-up world whose connections need no credentials: its import can be sent as it is.
	noAuth = "status page"
)

// walkNames are what the words in the shapes of places stand for.
var walkNames = map[string]string{
	"KEY": key, "ID": id, "ACTION": walkAction, "FUNCTION": walkAction, "SYNC": walkSync, "MODEL": "Contact", "NAME": "salesforce",
	"PROVIDER": "algolia", "LOG_ID": "1700000000000_AbCdEf12",
	"WHO": "u1", "KEY1": key, "ID1": id, "KEY2": key, "ID2": id,
}

// walkFilled are places that say more when they are filled in.
var walkFilled = map[string]screen.Route{
	"link":   screen.To("link").With("integration", key).With("tag.end_user_id", "u1"),
	"import": screen.To("import").With("integration", noAuth),
}

// walkRoutes names screens of every place, in a world where key and id are there.
func walkRoutes() []screen.Route {
	var all []screen.Route
	for _, shape := range Places() {
		if filled, ok := walkFilled[shape]; ok {
			all = append(all, filled)
			continue
		}
		all = append(all, screentest.Routes(shape, walkNames)...)
	}
	return all
}

// sampledRoutes returns all of walkRoutes, and some of them with go test -short.
func sampledRoutes(t *testing.T) []screen.Route {
	t.Helper()
	all := walkRoutes()
	return longtest.Sample(t, all, len(all))
}

// walkWorld is the world of the walk.
func walkWorld(t testing.TB) *sandbox.Server {
	t.Helper()
	return walkWorldOn(t, sandbox.Server0714)
}

func walkWorldOn(t testing.TB, version sandbox.Version) *sandbox.Server {
	t.Helper()
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: walkSeed, Connections: walkConnections, RateLimit: -1, Server: version})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	addFunctions(t, server, "")
	tags := map[string]string{"end_user_id": "u1"}
	if _, err := server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id, Tags: tags}); err != nil {
		t.Fatal(err)
	}
	return server
}

// addFunctions gives the integration an action and a sync whose author says the text of them.
func addFunctions(t testing.TB, server *sandbox.Server, said string) {
	t.Helper()
	definitions, err := json.Marshal(map[string]any{
		"ContactInput": map[string]any{"type": "object", "description": said, "required": []string{"email"}, "properties": map[string]any{
			"email": map[string]any{"type": "string", "default": "a@b.example", "description": said}, "vip": map[string]any{"type": "boolean"},
		}},
		"Contact": map[string]any{"type": "object", "properties": map[string]any{"id": map[string]any{"type": "string"},
			"name": map[string]any{"type": "string"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	action := sandbox.FunctionSpec{Kind: "action", Name: walkAction, Description: "Makes a contact. " + said,
		Input: "ContactInput", Returns: []string{"Contact"}, Definitions: definitions}
	sync := sandbox.FunctionSpec{Kind: "sync", Name: walkSync, Description: "Contacts. " + said, Returns: []string{"Contact"},
		Definitions: definitions, Runs: "every hour", AutoStart: true, Source: "catalog"}
	sync.Records.Least, sync.Records.Most, sync.Records.Bytes, sync.Records.Every = 3, 6, 200, 3600
	for _, spec := range []sandbox.FunctionSpec{action, sync} {
		if err := server.AddFunction(key, spec); err != nil {
			t.Fatal(err)
		}
	}
}
