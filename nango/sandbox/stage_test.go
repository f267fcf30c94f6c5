package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

const zeroSession = sessionPrefix + "0000000000000000000000000000000000000000000000000000000000000000"

// stage brings a sandbox into the state of the server when a response was recorded.
type stage struct {
	*source
	integrations []expectation // the requests that created them, in order
	connections  []expectation
	scale        *actor // the environment with 10,000 connections, which nothing changes; nil until GET_connections uses it
	catalogShape any    // the shape of all recorded providers; nil for full recordings
}

// actor is a sandbox with the keys and the connect session that the recordings use.
type actor struct {
	*bench
	token                  string
	limited, variablesOnly string
}

func newStage(t testing.TB, source *source) *stage {
	st := &stage{source: source}
	st.integrations = creationRequests(source.byFile["POST_integrations"])
	st.connections = st.everyConnection(t)
	for _, e := range source.byFile["GET_providers"] {
		if e.Case.Case == "catalog" {
			st.catalogShape = e.Shape
		}
	}
	return st
}

// everyConnection returns the requests that created the connections that the recorded lists show. conn-synced was created
// later. The request for conn-app was not recorded; it was like that for conn-custom, and before it.
func (st *stage) everyConnection(t testing.TB) []expectation {
	list := creationRequests(st.byFile["POST_connections"])
	list = slices.DeleteFunc(list, func(e expectation) bool { return e.Case.Case == "good-with-functions" })
	at := slices.IndexFunc(list, func(e expectation) bool { return e.Case.Case == "CUSTOM-github-app-oauth" })
	if at < 0 {
		t.Fatal("no recording of a connection in the auth mode CUSTOM")
	}
	app := list[at]
	app.Request.Body = json.RawMessage(`{"provider_config_key":"gh-app","connection_id":"conn-app",
		"credentials":{"type":"APP","app_id":"12345","installation_id":"999"}}`)
	return slices.Insert(list, at, app)
}

// creationRequests returns the requests that created something, in the order in which they did.
func creationRequests(list []expectation) []expectation {
	var out []expectation
	for _, e := range list {
		if e.Status < 300 {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b expectation) int { return cmp.Compare(a.Changed, b.Changed) })
	return out
}

func (b *actor) ownKeys(header string) string {
	for name, key := range map[string]string{
		"VARIABLES_ONLY_SECRET": b.variablesOnly, "LIMITED_SECRET": b.limited, "ACCOUNT_SECRET": b.Keys().Account,
		"SCALE_SECRET": b.Keys().Environment, " SECRET": b.Keys().Environment, zeroSession: b.token,
	} {
		if strings.HasSuffix(header, name) {
			if name == " SECRET" {
				key = " " + key
			}
			return strings.TrimSuffix(header, name) + key
		}
	}
	return header
}

func (st *stage) empty(t testing.TB, limit int) *actor {
	b := &actor{bench: newBench(t, Options{RateLimit: limit, Server: st.version}), token: zeroSession}
	b.clock.advance(recordedStart.Sub(testStart))
	b.env.catalog = &catalog.Catalog{Providers: st.catalog.Providers, ByName: st.catalog.ByName, Templates: map[string]json.RawMessage{}}
	b.limited, b.variablesOnly = fake.UUID(b.env.rng), fake.UUID(b.env.rng)
	b.AddKey(b.limited, scopeConnections+"list", scopeConnections+"read", scopeIntegrations+"list", scopeIntegrations+"read")
	b.AddKey(b.variablesOnly, "environment:variables:read")
	return b
}

func (st *stage) world(t testing.TB, e expectation) *actor {
	file, name := e.File, e.Name()
	if strings.HasPrefix(name, "GET_connections/scale-") {
		if st.scale == nil {
			st.scale = st.scaleWorld(t)
		}
		st.scale.t = t
		return st.scale
	}
	if file == "rate_limit" {
		b := st.empty(t, defaultRateLimit)
		b.replay(st.find(t, "POST_integrations/good-private-bearer"), st.find(t, "POST_integrations/good-unauth-demo"))
		b.prepare(st, name)
		b.clock.advance(time.Second)
		return b
	}
	b := st.empty(t, 1_000_000)
	if file == "POST_integrations" {
		return b
	}
	b.replay(st.integrations...)
	if file == "POST_integrations_quickstart" || file == "POST_connections" {
		b.prepare(st, name)
		return b
	}
	b.replay(st.connections...)
	b.clock.advance(time.Minute)
	if slices.Contains(withFunctions, file) {
		b.deployRecorded(st)
	}
	b.prepare(st, name)
	return b
}

// replay sends recorded requests, which must succeed here too.
func (b *actor) replay(list ...expectation) {
	b.t.Helper()
	for _, e := range list {
		b.clock.advance(10 * time.Millisecond)
		if got := b.send(e).Response; got.Status >= 300 {
			b.t.Fatalf("preparing %s: %d %s", e.Name(), got.Status, got.Body)
		}
	}
}

// prepare does what happened before a case was recorded.
func (b *actor) prepare(st *stage, name string) {
	b.t.Helper()
	file, _, _ := strings.Cut(name, "/")
	for _, step := range slices.Concat(before[file+"/*"], before[name], beforeRuns[name]) {
		step(st, b)
	}
}

// step is something that happened before a case was recorded.
type step func(st *stage, b *actor)

// repeat sends recorded requests.
func repeat(names ...string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		for _, name := range names {
			b.replay(st.find(b.t, name))
		}
	}
}

func send(method, target, body string) step {
	return func(_ *stage, b *actor) {
		b.t.Helper()
		if r := b.ask(method, target, body); r.status >= 300 {
			b.t.Fatalf("preparing: %s %s: %d %s", method, target, r.status, r.text)
		}
	}
}

// openSession opens a connect session with a recorded request. The recordings show its token as zeros.
func openSession(name string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		b.open(st.find(b.t, name))
	}
}

func (b *actor) open(e expectation) {
	b.t.Helper()
	v, err := js.Decode(b.send(e).Response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.token = v.(*js.Object).Obj("data").Str("token")
}

// openUnrestrictedSession opens the session with an end user that was read in a recording. It shows no allowed_integrations, so
// it had none.
func openUnrestrictedSession(st *stage, b *actor) {
	e := st.find(b.t, "POST_connect_sessions/good-end_user")
	e.Request.Body = json.RawMessage(strings.Replace(string(e.Request.Body), `"allowed_integrations"`, `"x"`, 1))
	v, err := js.Decode(e.Request.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	v.(*js.Object).Remove("x")
	e.Request.Body = js.Encode(v)
	b.open(e)
}

func finishSession(_ *stage, b *actor) {
	b.t.Helper()
	if _, err := b.FinishSession(b.token, "private-bearer", nil); err != nil {
		b.t.Fatal(err)
	}
}

func failWith(integration, id string, kind Failure) step {
	return func(_ *stage, b *actor) {
		b.t.Helper()
		if err := b.Fail(integration, id, kind); err != nil {
			b.t.Fatal(err)
		}
	}
}

// readBadRefresh reads a connection whose refresh fails, once.
func readBadRefresh(_ *stage, b *actor) {
	b.ask("GET", "/connections/conn-gh-badrefresh?provider_config_key=github-oauth", "")
}

func setVariables(_ *stage, b *actor) {
	b.SetVariable("MY_VAR", "my-value")
	b.SetVariable("OTHER", "x")
}

func useUpLimit(_ *stage, b *actor) {
	for range defaultRateLimit {
		b.ask("GET", "/integrations", "")
	}
}

func loadTemplates(name string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		v, err := js.Decode(st.find(b.t, "GET_providers_provider_templates/good-"+name).responseBody(b.t))
		if err != nil {
			b.t.Fatal(err)
		}
		if err := b.LoadTemplates(name, strings.NewReader(string(js.Encode(v.(*js.Object).Get("data"))))); err != nil {
			b.t.Fatal(err)
		}
	}
}

const reconnected = `93374d8d-cd67-4860-b691-67670632a427`

var (
	upsertWithoutTags = send("POST", "/connections",
		`{"provider_config_key":"private-bearer","connection_id":"conn-enduser2","credentials":{"type":"API_KEY","apiKey":"k4"}}`)
	addReconnected = step(func(_ *stage, b *actor) { b.add("private-bearer", reconnected) })
	failRefresh    = failWith("github-oauth", "conn-gh-badrefresh", FailNextRefresh)
	quickstart     = repeat("POST_integrations_quickstart/good")
	createGeneric9 = send("POST", "/integrations", `{"unique_key":"x9","provider":"private-api-generic"}`)
	renamePosthog  = repeat("PATCH_integrations_uniqueKey/good-display_name", "PATCH_integrations_uniqueKey/good-forward_webhooks")
	renameGeneric9 = repeat("PATCH_integrations_uniqueKey/good-unique_key-no-connections")
)

func (b *actor) add(integration, id string) {
	b.t.Helper()
	if _, err := b.AddConnection(ConnectionSpec{Integration: integration, ID: id}); err != nil {
		b.t.Fatal(err)
	}
}

// nameUUIDs gives the environments, and a new key "mine" of dev, the UUIDs that the hand-made cases of 0.71.7 name.
func nameUUIDs(_ *stage, b *actor) {
	for _, e := range b.environments {
		e.uuid = fmt.Sprintf("e0000000-0000-4000-8000-%012d", e.id)
	}
	b.want(b.asAccount("POST", "/environments/"+b.env.uuid+"/api-keys", `{"display_name":"mine"}`), 200)
	b.env.keys[len(b.env.keys)-1].uuid = "a0000000-0000-4000-8000-000000000005"
}

func useKey(_ *stage, b *actor) {
	b.want(b.ask("GET", "/integrations", "", "Authorization", "Bearer "+b.env.keys[len(b.env.keys)-1].secret), 200)
}

// useAs sends the recorded request with another key: the recording doesn't show which one it was.
func useAs(key func(*actor) string) step {
	return func(_ *stage, b *actor) { b.keys.Environment = key(b) }
}

// before lists the steps before a recording. The recorded integrations and connections already exist.
var before = map[string][]step{
	"GET_integrations/good":                              {createGeneric9},
	"order/nango-is-script-header":                       {renamePosthog, quickstart},
	"order/nango-is-script-limited":                      {renamePosthog, quickstart},
	"PATCH_integrations_uniqueKey/good-forward_webhooks": {repeat("PATCH_integrations_uniqueKey/good-display_name")},
	"PATCH_integrations_uniqueKey/empty-body":            {renamePosthog},

	"GET_connections/after-connect-session":    {openSession("POST_connect_sessions/good"), finishSession},
	"GET_connections/endUserOrganizationId":    {openSession("POST_connect_sessions/good-end_user"), finishSession},
	"GET_connections/good-after-refresh-error": {failWith("github-oauth", "conn-gh-badrefresh", FailAuth)},

	"GET_connections_connectionId/after-POST_connections_metadata": {repeat("POST_connections_metadata/good-second")},
	"GET_connections_connectionId/after-POST_connection_metadata":  {repeat("POST_connection_metadata/good-second")},
	"GET_connections_connectionId/after-PATCH_connections_metadata": {
		repeat("POST_connections_metadata/good-second", "PATCH_connections_metadata/good", "PATCH_connections_metadata/good-second")},
	"GET_connections_connectionId/after-legacy-metadata": {repeat("POST_connection_connectionId_metadata/pck-in-query",
		"PATCH_connection_connectionId_metadata/good", "PATCH_connection_connectionId_metadata/good-second",
		"PATCH_connection_connectionId_metadata/array-body")},
	"GET_connections_connectionId/after-patch-tags":                   {repeat("PATCH_connections_connectionId/good-tags")},
	"GET_connections_connectionId/after-patch-tags-empty":             {repeat("PATCH_connections_connectionId/good-tags-empty")},
	"GET_connections_connectionId/after-patch-end_user":               {repeat("PATCH_connections_connectionId/good-end_user")},
	"GET_connections_connectionId/after-upsert-without-tags":          {upsertWithoutTags},
	"GET_connections_connectionId/oauth2-expired-refresh-fails":       {failRefresh},
	"GET_connections_connectionId/oauth2-force_refresh-fails":         {failRefresh},
	"GET_connections_connectionId/oauth2-expired-refresh-fails-again": {failRefresh, readBadRefresh},
	"GET_connections_connectionId/oauth2-expired-refresh-fails-third": {failRefresh, readBadRefresh, readBadRefresh},
	"GET_connections_connectionId/with-syncs": {
		repeat("POST_connections/good-with-functions"), failWith("private-bearer", "conn-synced", FailSync)},

	"DELETE_connections_connectionId/good":  {repeat("POST_connection/good-api_key")},
	"DELETE_connection_connectionId/good":   {repeat("POST_connection/good-basic")},
	"POST_connections/good-upsert-existing": {repeat("POST_connections/good-API_KEY")},

	"GET_integrations_uniqueKey/include-credentials-quickstart":   {quickstart},
	"GET_integrations_uniqueKey/include-webhook-supported":        {quickstart},
	"POST_integrations_quickstart/bad-duplicate":                  {quickstart},
	"PATCH_integrations_uniqueKey/good-unique_key-no-connections": {createGeneric9},
	"PATCH_integrations_uniqueKey/bad-unique_key-duplicate":       {createGeneric9, renameGeneric9},
	"DELETE_integrations_uniqueKey/good":                          {createGeneric9, renameGeneric9},
	"DELETE_integrations_uniqueKey/good-with-connections": {
		send("POST", "/integrations", `{"unique_key":"del-me","provider":"unauthenticated"}`),
		func(_ *stage, b *actor) { b.add("del-me", "del-conn") }},

	"GET_integrations/connect-session-token":                 {openSession("POST_connect_sessions/good")},
	"GET_connect_session/good":                               {openSession("POST_connect_sessions/good")},
	"GET_connect_session/bad-extra-query":                    {openSession("POST_connect_sessions/good")},
	"GET_connect_session/good-end_user":                      {openUnrestrictedSession},
	"DELETE_connect_session/good":                            {openSession("POST_connect_sessions/good")},
	"x_api-auth_api-key/with-session":                        {openSession("POST_connect_sessions/good")},
	"x_api-auth_api-key/with-session-end_user":               {openSession("POST_connect_sessions/good-end_user")},
	"POST_connect_sessions_reconnect/good":                   {addReconnected},
	"POST_connect_sessions_reconnect/good-tags":              {addReconnected},
	"POST_connect_sessions_reconnect/bad-unknown-connection": {addReconnected},

	"GET_environment-variables/good":                 {setVariables},
	"GET_environment-variables/variables-only-key":   {setVariables},
	"GET_providers_provider_templates/good-airtable": {loadTemplates("airtable")},

	"GET_environments/*":                                     {nameUUIDs},
	"DELETE_environments_environmentUuid/*":                  {nameUUIDs},
	"GET_environments_environmentUuid_api-keys/*":            {nameUUIDs},
	"GET_environments_environmentUuid_api-keys/good-used":    {useKey},
	"GET_environments_environmentUuid_api-keys_keyUuid/*":    {nameUUIDs},
	"POST_environments_environmentUuid_api-keys/*":           {nameUUIDs},
	"DELETE_environments_environmentUuid_api-keys_keyUuid/*": {nameUUIDs},

	"POST_management_mcp/account-key":             {useAs(func(b *actor) string { return b.Keys().Account })},
	"POST_management_mcp/scope-missing":           {useAs(func(b *actor) string { return b.Keys().ListOnly })},
	"POST_management_mcp/logs-disabled-on-server": {func(_ *stage, b *actor) { b.logOptions.Disabled = true }},

	"rate_limit/exceeded-429":                    {useUpLimit},
	"rate_limit/exceeded-429-POST-connections":   {useUpLimit},
	"rate_limit/exceeded-other-key-same-account": {useUpLimit},
	"rate_limit/exceeded-script-bucket":          {useUpLimit},
	"rate_limit/invalid-key-while-limited":       {useUpLimit},
}

// scaleWorld returns the environment with 10,000 connections that were written to the database directly.
func (st *stage) scaleWorld(t testing.TB) *actor {
	b := st.empty(t, 1_000_000)
	b.replay(st.find(t, "POST_integrations/good-private-bearer"))
	b.env.lastConnectionID = 32
	newest := time.Date(2026, 11, 22, 14, 38, 43, 799586000, time.UTC)
	add := func(spec ConnectionSpec) {
		spec.Integration = "private-bearer"
		if _, err := b.AddConnection(spec); err != nil {
			t.Fatal(err)
		}
	}
	add(ConnectionSpec{ID: "seed", Tags: map[string]string{"env": "prod"}, Metadata: json.RawMessage(`{"a":1}`), Created: newest})
	for n := 1; n <= 9_999; n++ {
		env := []string{"prod", "dev"}[n%2]
		add(ConnectionSpec{
			ID:       fmt.Sprintf("scale-%05d", n),
			Tags:     map[string]string{"env": env, "team": fmt.Sprintf("t%d", n%50), "customer_id": fmt.Sprintf("cust-%d", n)},
			Metadata: json.RawMessage(fmt.Sprintf(`{"i":%d,"name":"Customer number %d"}`, n, n)),
			Created:  newest.Add(-time.Duration(n) * time.Second),
		})
	}
	b.env.connection("private-bearer", "seed").created = toTimestamp(time.Date(2026, 11, 22, 14, 38, 43, 683000000, time.UTC))
	return b
}

func unescapePath(path string) string {
	if p, err := url.PathUnescape(path); err == nil {
		return p
	}
	return path
}
