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

// stage brings a sandbox into the state in which an answer was recorded.
type stage struct {
	all          recorded
	catalog      *catalog.Catalog
	integrations []exchange // what made them, in order
	connections  []exchange
	scale        *actor // the environment with 10,000 connections, which nothing changes
}

// actor is a sandbox on the stage, with the keys and the session that the recordings speak of.
type actor struct {
	*bench
	token                  string
	limited, variablesOnly string
}

func newStage(t testing.TB, all recorded) *stage {
	st := &stage{all: all, catalog: loadCatalogue(t)}
	st.integrations = made(all["POST_integrations"], "created_at")
	st.connections = st.everyConnection(t)
	st.scale = st.scaleWorld(t)
	return st
}

// everyConnection is what the recorded lists show: conn-synced came later, and the making of
// conn-app was not recorded; it was made like conn-custom, and before it.
func (st *stage) everyConnection(t testing.TB) []exchange {
	list := made(st.all["POST_connections"], "updated_at")
	list = slices.DeleteFunc(list, func(e exchange) bool { return e.Case == "good-with-functions" })
	at := slices.IndexFunc(list, func(e exchange) bool { return e.Case == "CUSTOM-github-app-oauth" })
	if at < 0 {
		t.Fatal("no recording of a connection in the auth mode CUSTOM")
	}
	app := list[at]
	app.Request.Body = json.RawMessage(`{"provider_config_key":"gh-app","connection_id":"conn-app","credentials":{"type":"APP","app_id":"12345","installation_id":"999"}}`)
	return slices.Insert(list, at, app)
}

// made are the exchanges that made something, in the order in which they did.
func made(list []exchange, when string) []exchange {
	var out []exchange
	for _, e := range list {
		if e.Response.Status < 300 {
			out = append(out, e)
		}
	}
	at := func(e exchange) string {
		v, _ := js.Decode(e.Response.Body)
		o := v.(*js.Object)
		if data := o.Obj("data"); data != nil {
			o = data
		}
		return o.Str(when)
	}
	slices.SortFunc(out, func(a, b exchange) int { return cmp.Compare(at(a), at(b)) })
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
	b := &actor{bench: newBench(t, Options{RateLimit: limit}), token: zeroSession}
	b.clock.advance(recordedStart.Sub(testStart))
	b.env.catalog = &catalog.Catalog{Providers: st.catalog.Providers, ByName: st.catalog.ByName, Templates: map[string]json.RawMessage{}}
	b.limited, b.variablesOnly = fake.UUID(b.env.rng), fake.UUID(b.env.rng)
	b.AddKey(b.limited, scopeConnections+"list", scopeConnections+"read", scopeIntegrations+"list", scopeIntegrations+"read")
	b.AddKey(b.variablesOnly, "environment:variables:read")
	return b
}

func (st *stage) world(t testing.TB, file, name string) *actor {
	if strings.HasPrefix(name, "GET_connections/scale-") {
		st.scale.t = t
		return st.scale
	}
	if file == "rate_limit" {
		b := st.empty(t, defaultRateLimit)
		b.redo(st.all.find(t, "POST_integrations/good-private-bearer"), st.all.find(t, "POST_integrations/good-unauth-demo"))
		b.prepare(st, name)
		b.clock.advance(time.Second)
		return b
	}
	b := st.empty(t, 1_000_000)
	if file == "POST_integrations" {
		return b
	}
	b.redo(st.integrations...)
	if file == "POST_integrations_quickstart" || file == "POST_connections" {
		b.prepare(st, name)
		return b
	}
	b.redo(st.connections...)
	b.clock.advance(time.Minute)
	if slices.Contains(withFunctions, file) {
		b.deployRecorded(st)
	}
	b.prepare(st, name)
	return b
}

// redo replays recorded requests that must succeed here as well.
func (b *actor) redo(list ...exchange) {
	b.t.Helper()
	for _, e := range list {
		b.clock.advance(10 * time.Millisecond)
		if got := b.replay(e); got.Code >= 300 {
			b.t.Fatalf("preparing %s: %d %s", e.Case, got.Code, got.Body)
		}
	}
}

// prepare does what had happened before a case was recorded.
func (b *actor) prepare(st *stage, name string) {
	b.t.Helper()
	for _, step := range slices.Concat(before[name], beforeRuns[name]) {
		step(st, b)
	}
}

// step is something that had happened before.
type step func(st *stage, b *actor)

// again replays recorded requests.
func again(names ...string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		for _, name := range names {
			b.redo(st.all.find(b.t, name))
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

// sessionOf opens a session by a request that was recorded; its token is the one that the
// recordings show as zeros.
func sessionOf(name string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		b.open(st.all.find(b.t, name))
	}
}

func (b *actor) open(e exchange) {
	b.t.Helper()
	v, err := js.Decode(b.replay(e).Body.Bytes())
	if err != nil {
		b.t.Fatal(err)
	}
	b.token = v.(*js.Object).Obj("data").Str("token")
}

// unrestricted is the session with an end user whose reading was recorded: it shows no
// allowed_integrations, so it can have had none.
func unrestricted(st *stage, b *actor) {
	e := st.all.find(b.t, "POST_connect_sessions/good-end_user")
	e.Request.Body = json.RawMessage(strings.Replace(string(e.Request.Body), `"allowed_integrations"`, `"x"`, 1))
	v, err := js.Decode(e.Request.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	v.(*js.Object).Remove("x")
	e.Request.Body = js.Encode(v)
	b.open(e)
}

func finished(_ *stage, b *actor) {
	b.t.Helper()
	if _, err := b.FinishSession(b.token, "private-bearer", nil); err != nil {
		b.t.Fatal(err)
	}
}

func failing(integration, id string, kind Failure) step {
	return func(_ *stage, b *actor) {
		b.t.Helper()
		if err := b.Fail(integration, id, kind); err != nil {
			b.t.Fatal(err)
		}
	}
}

// asked reads a connection whose refresh fails, once.
func asked(_ *stage, b *actor) {
	b.ask("GET", "/connections/conn-gh-badrefresh?provider_config_key=github-oauth", "")
}

func variables(_ *stage, b *actor) {
	b.SetVariable("MY_VAR", "my-value")
	b.SetVariable("OTHER", "x")
}

func spent(_ *stage, b *actor) {
	for range defaultRateLimit {
		b.ask("GET", "/integrations", "")
	}
}

func templatesOf(name string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		v, err := js.Decode(st.all.find(b.t, "GET_providers_provider_templates/good-"+name).Response.Body)
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
	sessionMade    = step(func(_ *stage, b *actor) { b.add("private-bearer", reconnected) })
	badRefresh     = failing("github-oauth", "conn-gh-badrefresh", FailNextRefresh)
	quickstarted   = again("POST_integrations_quickstart/good")
	generic9       = send("POST", "/integrations", `{"unique_key":"x9","provider":"private-api-generic"}`)
	renamedPosthog = again("PATCH_integrations_uniqueKey/good-display_name", "PATCH_integrations_uniqueKey/good-forward_webhooks")
	renamed9       = again("PATCH_integrations_uniqueKey/good-unique_key-no-connections")
)

func (b *actor) add(integration, id string) {
	b.t.Helper()
	if _, err := b.AddConnection(ConnectionSpec{Integration: integration, ID: id}); err != nil {
		b.t.Fatal(err)
	}
}

// before has, by recording, what had happened before it; the recorded integrations and connections
// are there already.
var before = map[string][]step{
	"GET_integrations/good":                              {generic9},
	"order/nango-is-script-header":                       {renamedPosthog, quickstarted},
	"order/nango-is-script-limited":                      {renamedPosthog, quickstarted},
	"PATCH_integrations_uniqueKey/good-forward_webhooks": {again("PATCH_integrations_uniqueKey/good-display_name")},
	"PATCH_integrations_uniqueKey/empty-body":            {renamedPosthog},

	"GET_connections/after-connect-session":    {sessionOf("POST_connect_sessions/good"), finished},
	"GET_connections/endUserOrganizationId":    {sessionOf("POST_connect_sessions/good-end_user"), finished},
	"GET_connections/good-after-refresh-error": {failing("github-oauth", "conn-gh-badrefresh", FailAuth)},

	"GET_connections_connectionId/after-POST_connections_metadata": {again("POST_connections_metadata/good-second")},
	"GET_connections_connectionId/after-POST_connection_metadata":  {again("POST_connection_metadata/good-second")},
	"GET_connections_connectionId/after-PATCH_connections_metadata": {
		again("POST_connections_metadata/good-second", "PATCH_connections_metadata/good", "PATCH_connections_metadata/good-second")},
	"GET_connections_connectionId/after-legacy-metadata": {again("POST_connection_connectionId_metadata/pck-in-query",
		"PATCH_connection_connectionId_metadata/good", "PATCH_connection_connectionId_metadata/good-second",
		"PATCH_connection_connectionId_metadata/array-body")},
	"GET_connections_connectionId/after-patch-tags":                   {again("PATCH_connections_connectionId/good-tags")},
	"GET_connections_connectionId/after-patch-tags-empty":             {again("PATCH_connections_connectionId/good-tags-empty")},
	"GET_connections_connectionId/after-patch-end_user":               {again("PATCH_connections_connectionId/good-end_user")},
	"GET_connections_connectionId/after-upsert-without-tags":          {send("POST", "/connections", `{"provider_config_key":"private-bearer","connection_id":"conn-enduser2","credentials":{"type":"API_KEY","apiKey":"k4"}}`)},
	"GET_connections_connectionId/oauth2-expired-refresh-fails":       {badRefresh},
	"GET_connections_connectionId/oauth2-force_refresh-fails":         {badRefresh},
	"GET_connections_connectionId/oauth2-expired-refresh-fails-again": {badRefresh, asked},
	"GET_connections_connectionId/oauth2-expired-refresh-fails-third": {badRefresh, asked, asked},
	"GET_connections_connectionId/with-syncs":                         {again("POST_connections/good-with-functions"), failing("private-bearer", "conn-synced", FailSync)},

	"DELETE_connections_connectionId/good":  {again("POST_connection/good-api_key")},
	"DELETE_connection_connectionId/good":   {again("POST_connection/good-basic")},
	"POST_connections/good-upsert-existing": {again("POST_connections/good-API_KEY")},

	"GET_integrations_uniqueKey/include-credentials-quickstart":   {quickstarted},
	"GET_integrations_uniqueKey/include-webhook-supported":        {quickstarted},
	"POST_integrations_quickstart/bad-duplicate":                  {quickstarted},
	"PATCH_integrations_uniqueKey/good-unique_key-no-connections": {generic9},
	"PATCH_integrations_uniqueKey/bad-unique_key-duplicate":       {generic9, renamed9},
	"DELETE_integrations_uniqueKey/good":                          {generic9, renamed9},
	"DELETE_integrations_uniqueKey/good-with-connections": {
		send("POST", "/integrations", `{"unique_key":"del-me","provider":"unauthenticated"}`),
		func(_ *stage, b *actor) { b.add("del-me", "del-conn") }},

	"GET_integrations/connect-session-token":                 {sessionOf("POST_connect_sessions/good")},
	"GET_connect_session/good":                               {sessionOf("POST_connect_sessions/good")},
	"GET_connect_session/bad-extra-query":                    {sessionOf("POST_connect_sessions/good")},
	"GET_connect_session/good-end_user":                      {unrestricted},
	"DELETE_connect_session/good":                            {sessionOf("POST_connect_sessions/good")},
	"x_api-auth_api-key/with-session":                        {sessionOf("POST_connect_sessions/good")},
	"x_api-auth_api-key/with-session-end_user":               {sessionOf("POST_connect_sessions/good-end_user")},
	"POST_connect_sessions_reconnect/good":                   {sessionMade},
	"POST_connect_sessions_reconnect/good-tags":              {sessionMade},
	"POST_connect_sessions_reconnect/bad-unknown-connection": {sessionMade},

	"GET_environment-variables/good":                 {variables},
	"GET_environment-variables/variables-only-key":   {variables},
	"GET_providers_provider_templates/good-airtable": {templatesOf("airtable")},

	"rate_limit/exceeded-429":                    {spent},
	"rate_limit/exceeded-429-POST-connections":   {spent},
	"rate_limit/exceeded-other-key-same-account": {spent},
	"rate_limit/exceeded-script-bucket":          {spent},
	"rate_limit/invalid-key-while-limited":       {spent},
}

// scaleWorld is the environment of 10,000 connections that was put into the database by hand.
func (st *stage) scaleWorld(t testing.TB) *actor {
	b := st.empty(t, 1_000_000)
	b.redo(st.all.find(t, "POST_integrations/good-private-bearer"))
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
