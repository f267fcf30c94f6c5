package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/upstream"
)

// withFunctions are the files that were recorded after functions were deployed and a connection with syncs was created.
var withFunctions = []string{
	"DELETE_integrations_uniqueKey_functions_name", "DELETE_sync_name_variant_variant", "GET_action_actionId",
	"GET_functions_deployments_id", "GET_functions_dryruns_id", "GET_integrations_uniqueKey_functions",
	"GET_integrations_uniqueKey_functions_name", "GET_integrations_uniqueKey_functions_name_code", "GET_records",
	"GET_scripts_config", "GET_sync_status", "PATCH_records_prune", "POST_action_trigger", "POST_functions_compile",
	"POST_functions_deployments", "POST_functions_dryruns", "POST_sync_name_variant_variant", "POST_sync_pause",
	"POST_sync_start", "POST_sync_trigger", "PUT_sync_update-connection-frequency",
}

// deployment is the request by which functions were deployed to the recorded server.
type deployment struct {
	FlowConfigs []struct {
		Type      string   `json:"type"`
		Models    []string `json:"models"`
		Runs      string   `json:"runs"`
		AutoStart *bool    `json:"auto_start"`
		Metadata  *struct {
			Scopes      []string `json:"scopes"`
			Description *string  `json:"description"`
		} `json:"metadata"`
		Input       string     `json:"input"`
		Endpoints   []endpoint `json:"endpoints"`
		Name        string     `json:"syncName"`
		Integration string     `json:"providerConfigKey"`
		FileBody    struct {
			TS string `json:"ts"`
		} `json:"fileBody"`
		Version  string          `json:"version"`
		SyncType string          `json:"sync_type"`
		Schema   json.RawMessage `json:"models_json_schema"`
	} `json:"flowConfigs"`
	OnEvents []struct {
		Integration string `json:"providerConfigKey"`
		Scripts     []struct {
			Name, Event string
			FileBody    struct {
				TS string `json:"ts"`
			} `json:"fileBody"`
		} `json:"scripts"`
	} `json:"onEventScriptsByProvider"`
	Source string `json:"source"`
}

// deployRecorded deploys the recorded functions and creates the connection with syncs at the recorded times, which the cursors
// contain.
func (b *actor) deployRecorded(st *stage) {
	b.t.Helper()
	b.clockAt("14:30:56.8")
	b.deploy(st, "x_sync_deploy/good")
	b.clockAt("14:31:30.562")
	b.replay(st.find(b.t, "POST_connections/good-with-functions"))
	conn := b.env.connection("private-bearer", "conn-synced")
	b.env.addSyncFailure(conn, conn.integration.function("failing-sync", kindSync), interval{0, forever})
	b.clock.advance(time.Second)
}

func (b *actor) clockAt(clock string) {
	t, err := time.Parse("2006-01-02 15:04:05.999", "2026-11-22 "+clock)
	if err != nil {
		b.t.Fatal(err)
	}
	b.clock.advance(t.Sub(b.clock.now()))
}

func (b *actor) deploy(st *stage, name string) {
	b.t.Helper()
	var d deployment
	if err := json.Unmarshal(st.find(b.t, name).Request.Body, &d); err != nil {
		b.t.Fatal(err)
	}
	for _, c := range d.FlowConfigs {
		f := &function{kind: c.Type, name: c.Name, input: c.Input, returns: c.Models, runs: c.Runs, autoStart: c.AutoStart == nil || *c.AutoStart,
			syncType: c.SyncType, version: c.Version, source: d.Source, sdkVersion: sdkVersion, deployed: timestampMs(b.clock.now()),
			endpoints: c.Endpoints, code: c.FileBody.TS, run: recordedActions[c.Name]}
		if f.source == "" {
			f.source = "repo"
		}
		if m := c.Metadata; m != nil {
			f.scopes = m.Scopes
			if m.Description != nil {
				f.hasDescription, f.description = true, *m.Description
			}
		}
		schema, err := js.DecodeObject(c.Schema)
		if err != nil {
			b.t.Fatal(err)
		}
		f.schema = schema
		if c.Type == kindSync && c.Name == "issues" {
			f.fixedRecords = recordedIssues(st, b)
		}
		if c.Type == kindSync {
			f.syncsSince = f.deployed // only the connection that is created later has syncs
		}
		b.env.deploy(b.env.integration(c.Integration), f)
	}
	for _, on := range d.OnEvents {
		for _, s := range on.Scripts {
			b.env.deploy(b.env.integration(on.Integration), &function{kind: kindOnEvent, name: s.Name, event: s.Event,
				code: s.FileBody.TS, source: "repo", deployed: timestampMs(b.clock.now())})
		}
	}
}

// recordedIssues are the records that the code of the recorded sync makes, in the order of the recorded list and with the
// UUIDs that its cursors contain.
func recordedIssues(st *stage, b *actor) []fixedRecord {
	v, err := js.Decode(st.find(b.t, "GET_records/good").responseBody(b.t))
	if err != nil {
		b.t.Fatal(err)
	}
	rows := v.(*js.Object).Get("records").([]any)
	ids := []int{7, 5, 1, 4, 6, 2, 3}
	if len(rows) != len(ids) {
		b.t.Fatalf("%d records, want %d", len(rows), len(ids))
	}
	var out []fixedRecord
	for i, row := range rows {
		cursor, err := base64.StdEncoding.DecodeString(row.(*js.Object).Obj("_nango_metadata").Str("cursor"))
		if err != nil {
			b.t.Fatal(err)
		}
		_, uuid, _ := strings.Cut(string(cursor), "||")
		id := strconv.Itoa(ids[i])
		payload := js.NewObject("id", id, "title", "Issue "+id, "n", json.Number(id), "labels", []any{"a", "b"})
		out = append(out, fixedRecord{id: id, uuid: uuid, payload: payload})
	}
	return out
}

// recordedActions do what the code of the recorded actions does.
var recordedActions = map[string]actionFunc{
	"whoami": func(a actionCall) outcome {
		return result(js.NewObject("id", "u1", "email", nil, "input", a.input))
	},
	"fail-action-error": func(a actionCall) outcome { return actionError(js.NewObject("code", "x", "detail", a.input)) },
	"fail-throw":        func(actionCall) outcome { return scriptError("Error", "plain failure") },
	"fail-http": func(actionCall) outcome {
		return providerError(404, js.NewObject("error", "upstream", "hits", 0, "status", 404))
	},
	"proxy-ok":       func(actionCall) outcome { return result(js.NewObject()) },
	"slow":           func(actionCall) outcome { return outcome{output: js.NewObject("ok", true), duration: 4 * time.Second} },
	"returns-null":   func(actionCall) outcome { return result(nil) },
	"returns-array":  func(actionCall) outcome { return result([]any{1, 2, 3}) },
	"returns-string": func(actionCall) outcome { return result("str") },
	"big":            func(actionCall) outcome { return result(js.NewObject("d", strings.Repeat("x", 3<<20))) },
}

func takeDown(part Component) step { return func(_ *stage, b *actor) { b.SetDown(part, true) } }

// deployStandalone deploys functions that were deployed one by one.
func deployStandalone(names ...string) step {
	return func(st *stage, b *actor) {
		b.t.Helper()
		for _, name := range names {
			b.deploy(st, "x_sync_deploy/standalone-"+name)
		}
	}
}

// deployBoth gives a sync and an action the same name.
func deployBoth(_ *stage, b *actor) {
	i := b.env.integration("private-bearer")
	f := *i.function("sa-both", kindSync)
	f.kind, f.runs = kindAction, ""
	b.env.deploy(i, &f)
}

// runAll triggers both syncs and starts the failing one.
var runAll = []step{
	send("POST", "/sync/trigger", `{"provider_config_key":"private-bearer","syncs":[]}`), seconds(10),
	send("POST", "/sync/start", `{"provider_config_key":"private-bearer","syncs":[]}`),
}

var pauseAll = send("POST", "/sync/pause", `{"provider_config_key":"private-bearer","syncs":[]}`)

func seconds(n int) step {
	return func(_ *stage, b *actor) { b.clock.advance(time.Duration(n) * time.Second) }
}

func concat(first []step, more ...step) []step { return append(append([]step{}, first...), more...) }

// addFinishedRun adds an asynchronous action that has ended, with the recorded id.
func addFinishedRun(id, name, input string) step {
	return func(_ *stage, b *actor) {
		v, err := js.Decode([]byte(input))
		if err != nil {
			b.t.Fatal(err)
		}
		out := recordedActions[name](actionCall{b.env, b.env.connection("private-bearer", "conn-bearer"), v})
		b.env.asyncRuns = append(b.env.asyncRuns, &asyncRun{id: id, done: b.clock.now(), outcome: out})
	}
}

// addRun adds a dry run or a deployment with the recorded id.
func addRun(id, kind, status string) step {
	return func(_ *stage, b *actor) {
		now := b.clock.now()
		j := &job{id: id, kind: kind, integration: "private-bearer", name: "new-fn", function: kindAction, created: now,
			duration: 1234, output: "log output", result: js.NewObject("ok", true), version: "0.0.1"}
		switch status {
		case "success":
			j.completed, j.started = now, now
		case "running":
			j.started = now
		case "failed":
			j.completed = now
			j.failure = js.NewObject("code", "server_error", "message", noExecutionEnvironment)
		}
		b.env.addJob(j)
	}
}

// requestFlaky sets how often the provider's flaky page was requested with each key.
func requestFlaky(_ *stage, b *actor) {
	for _, k := range []struct {
		key string
		n   int
	}{{"r0", 1}, {"r2", 2}, {"rx", 2}, {"r404", 1}, {"ro404", 2}, {"r429", 2}, {"rp", 2}, {"r401", 2}} {
		for range k.n {
			b.env.upstream.Do(upstream.Request{Method: "GET", Host: "upstream.test", Target: "/flaky?key=" + k.key})
		}
	}
}

// account sends a request with the key of the account.
func account(method, target, body string) step {
	return func(_ *stage, b *actor) {
		b.t.Helper()
		if r := b.ask(method, target, body, "Authorization", "Bearer "+b.Keys().Account); r.status >= 300 {
			b.t.Fatalf("preparing: %s %s: %d %s", method, target, r.status, r.text)
		}
	}
}

var (
	createEnvironment5 = account("POST", "/environments", `{"name":"stg-1"}`)
	createEnvironment6 = account("POST", "/environments", `{"name":"stg-2"}`)
	createVariant1     = repeat("POST_sync_name_variant_variant/good")
	createKey23        = step(func(st *stage, b *actor) {
		b.lastKey = 22
		account("POST", "/environment/api-keys", `{"environment_id":6,"display_name":"k"}`)(st, b)
	})
)

// beforeRuns lists the steps before a recording that concern functions, syncs and the account.
var beforeRuns = map[string][]step{
	"GET_sync_status/orchestrator-down":     {takeDown(Orchestrator)},
	"GET_sync_status/after-POST_sync_pause": concat(runAll, pauseAll),
	"GET_sync_status/after-POST_sync_start": concat(runAll, pauseAll,
		repeat("POST_sync_start/good")),
	"GET_sync_status/with-variant": concat(runAll, createVariant1, seconds(1)),
	"GET_sync_status/after-frequency": concat(runAll, createVariant1, seconds(1),
		repeat("PUT_sync_update-connection-frequency/good-30s", "PUT_sync_update-connection-frequency/good-variant")),
	"POST_sync_start/orchestrator-down":                 {takeDown(Orchestrator)},
	"POST_sync_pause/orchestrator-down":                 {takeDown(Orchestrator)},
	"PUT_sync_update-connection-frequency/good-variant": {createVariant1},
	"DELETE_sync_name_variant_variant/good":             {createVariant1},

	"PATCH_records_prune/good-again":   {repeat("PATCH_records_prune/good")},
	"PATCH_records_prune/good-limit-1": {repeat("PATCH_records_prune/good")},

	"POST_action_trigger/orchestrator-down":       {takeDown(Orchestrator)},
	"POST_action_trigger/orchestrator-down-async": {takeDown(Orchestrator)},
	"POST_action_trigger/runner-unreachable":      {takeDown(Runner)},
	"GET_action_actionId/orchestrator-down":       {takeDown(Orchestrator)},
	"GET_action_actionId/completed-with-error": {
		addFinishedRun("3a4e50a0-b795-4eee-9a3d-b2d706030a03", "fail-action-error", `{"q":1}`)},
	"GET_action_actionId/completed-with-upstream-404": {addFinishedRun("49c94d87-6cf2-436e-a775-026c071ef621", "fail-http", `{}`)},
	"GET_action_actionId/good-completed":              {addFinishedRun("8f8fa1d9-9b00-46a1-8053-24a72d4c4d4a", "slow", `{}`)},

	"GET_integrations_uniqueKey_functions_name/ambiguous-name":  {deployStandalone("sa-both"), deployBoth},
	"GET_integrations_uniqueKey_functions_name/good-standalone": {deployStandalone("sa-action")},
	"DELETE_integrations_uniqueKey_functions_name/good-action":  {deployStandalone("sa-action")},
	"DELETE_integrations_uniqueKey_functions_name/good-sync":    {deployStandalone("sa-sync")},

	"POST_functions_compile/good-no-sandbox":          {takeDown(ExecutionEnvironment)},
	"POST_functions_dryruns/good-no-sandbox":          {takeDown(ExecutionEnvironment)},
	"POST_functions_deployments/good-code-no-sandbox": {takeDown(ExecutionEnvironment)},
	"GET_functions_dryruns_id/failed":                 {addRun("cb5e3124-5065-4c77-8c6f-a29453aba231", "dryrun", "failed")},
	"GET_functions_dryruns_id/waiting":                {addRun("00000001-0000-4000-8000-000000000001", "dryrun", "waiting")},
	"GET_functions_dryruns_id/running":                {addRun("00000002-0000-4000-8000-000000000001", "dryrun", "running")},
	"GET_functions_dryruns_id/success":                {addRun("00000003-0000-4000-8000-000000000001", "dryrun", "success")},
	"GET_functions_dryruns_id/id-of-a-deployment":     {addRun("3cc277dc-89aa-4662-b886-6cf9e9242831", "deployment", "failed")},
	"GET_functions_deployments_id/failed":             {addRun("3cc277dc-89aa-4662-b886-6cf9e9242831", "deployment", "failed")},
	"GET_functions_deployments_id/waiting":            {addRun("00000001-0000-4000-8000-000000000002", "deployment", "waiting")},
	"GET_functions_deployments_id/running":            {addRun("00000002-0000-4000-8000-000000000002", "deployment", "running")},
	"GET_functions_deployments_id/success":            {addRun("00000003-0000-4000-8000-000000000002", "deployment", "success")},

	"GET_proxy/bad-refresh-connection": {failRefresh},
	"GET_proxy/count":                  {requestFlaky},
	"GET_proxy/good-generic-integration-baseUrl": {
		send("PATCH", "/integrations/generic-1", `{"integration_config":{"keyName":"X-Api-Key2"}}`)},

	"POST_environments/bad-duplicate":        {createEnvironment5},
	"DELETE_environments_environmentId/good": {createEnvironment5},
	"POST_environment_api-keys/good":         {createEnvironment5},
	"POST_environment_api-keys/bad-duplicate-name": {createEnvironment5,
		account("POST", "/environment/api-keys", `{"environment_id":5,"display_name":"k1"}`)},
	"DELETE_environment_api-keys/good": {createEnvironment5, createEnvironment6, createKey23},
	"DELETE_environment_api-keys/bad-twice": {createEnvironment5, createEnvironment6, createKey23,
		repeat("DELETE_environment_api-keys/good")},
	"DELETE_environment_api-keys/bad-unknown-key": {createEnvironment5, createEnvironment6},
}
