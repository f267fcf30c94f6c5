package models

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nango-tui/models/actions"
	"nango-tui/models/connections"
	"nango-tui/models/environment"
	"nango-tui/models/functions"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

const (
	aUUID = "00000000-0000-4000-8000-000000000000"
	code  = "export default async function run(nango) { return 1 }"
)

// sampleCalls is a call of every operation, as the client makes it, in the world of the walk.
func sampleCalls() []nango.Call {
	ref := nango.ConnectionRef{Integration: key, ID: id}
	tags := map[string]string{"end_user_id": "u1"}
	all := nango.SyncSelection{Connection: ref, All: true}
	sync, variant := nango.SyncName{Name: walkSync}, nango.SyncName{Name: walkSync, Variant: "eu"}
	calls := []nango.Call{
		nango.ListConnections(nango.ConnectionQuery{}).Call(), nango.GetConnection(ref, nango.GetOptions{}).Call(),
		nango.UpsertConnection(nango.ConnectionInput{Ref: ref, Credentials: nango.NoCredentials{}}).Call(),
		nango.UpdateConnection(ref, nango.ConnectionPatch{Tags: &tags}).Call(), nango.DeleteConnection(ref).Call(),
		nango.SetMetadata(key, []string{id}, []byte("{}")).Call(), nango.MergeMetadata(key, []string{id}, []byte("{}")).Call(),
		nango.ListIntegrations().Call(), nango.GetIntegration(key, nango.Include{}).Call(),
		nango.CreateIntegration(nango.IntegrationInput{Key: "new", Provider: "algolia"}).Call(),
		nango.QuickstartIntegration(nango.IntegrationInput{Key: "new", Provider: "github"}).Call(),
		nango.UpdateIntegration(key, nango.IntegrationPatch{DisplayName: "CRM"}).Call(), nango.DeleteIntegration(key).Call(),
		nango.ListProviders("").Call(), nango.GetProvider("salesforce").Call(), nango.ProviderTemplates("salesforce").Call(),
		nango.CreateSession(nango.SessionInput{Tags: tags}).Call(), nango.ReconnectSession(ref, nango.SessionInput{}).Call(),
		nango.GetSession("token").Call(), nango.DeleteSession("token").Call(), nango.ListVariables().Call(),
		nango.ListSyncs(all).Call(), nango.TriggerSyncs(all, nango.TriggerOptions{}).Call(), nango.StartSyncs(all).Call(), nango.PauseSyncs(all).Call(),
		nango.SetFrequency(ref, sync, "every hour").Call(), nango.CreateVariant(ref, variant).Call(), nango.DeleteVariant(ref, variant).Call(),
		nango.ListRecords(nango.RecordQuery{Connection: ref, Model: "Contact"}).Call(), nango.PruneRecords(nango.PruneInput{Connection: ref, Model: "Contact", Until: "c"}).Call(),
		nango.RunAction(nango.ActionInput{Connection: ref, Name: walkAction}).Call(), nango.StartAction(nango.ActionInput{Connection: ref, Name: walkAction}, 0).Call(),
		nango.GetActionResult(aUUID).Call(), nango.ListScripts().Call(), nango.ListFunctions(nango.FunctionQuery{Integration: key}).Call(),
		nango.GetFunction(key, walkSync, nango.SyncFunction).Call(), nango.GetFunctionCode(key, walkSync, nango.SyncFunction).Call(),
		nango.DeleteFunction(key, walkSync, nango.SyncFunction).Call(), nango.CompileFunction(code).Call(),
		nango.StartDryRun(nango.DryRunInput{Connection: ref, Type: nango.ActionFunction, Code: code}).Call(), nango.GetDryRun(aUUID).Call(),
		nango.DeployTemplate(key, "audit-log", "").Call(), nango.GetDeployment(aUUID).Call(),
		nango.RotateWebhookKey().Call(), nango.CreateEnvironment(nango.EnvironmentInput{Name: "new"}).Call(), nango.DeleteEnvironment(1).Call(),
		nango.CreateAPIKey(1, "new").Call(), nango.DeleteAPIKey(1, 1).Call(),
	}
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		calls = append(calls, nango.Proxy(nango.ProxyRequest{Connection: ref, Method: method, Path: "/echo"}).Call())
	}
	return calls
}

// everyOperationHasAScreen checks that the screens offer or make every operation. Those in seen were found by the walk.
func (w *walker) everyOperationHasAScreen(seen map[nango.Operation]bool) {
	w.t.Helper()
	for _, choose := range choices {
		w.run(choose.at.String(), func(w *walker) {
			s := w.begin(path{route: choose.at})
			choose.do(s)
			s.note(seen)
		})
	}
	s := (&walker{t: w.t, account: true}).begin(path{route: screen.To("environment")})
	s.do(screen.Bottom) // past the environments, to the keys
	s.do(environment.Delete)
	s.note(seen)
	for _, operation := range nango.Operations() {
		if !seen[operation] {
			w.t.Errorf("%s: no screen has it", operation)
		}
	}
}

// note notes the operations that are offered now, and those that were sent or are asked about.
func (s *scene) note(seen map[nango.Operation]bool) {
	for _, e := range s.app.stack {
		for _, action := range e.screen.Actions() {
			seen[action.Operation], seen[action.ReadOperation] = true, true
		}
	}
	for _, entry := range s.app.config.Log.Entries() {
		seen[entry.Operation] = true
	}
	if o, ok := s.app.overlay.(*confirmOverlay); ok {
		seen[o.propose.Call.Operation] = true
	}
}

// agrees says yes, and lets what is waited for come.
func (s *scene) agrees() {
	s.advance(guardTime)
	s.press("right", "enter")
	s.advance(time.Minute)
}

// choice is something to choose on a screen.
type choice struct {
	at screen.Route
	do func(*scene)
}

// choices are what a walk does not do: it chooses nothing in a form, has no file, and its server is a new one.
var choices = []choice{
	{screen.To("new-integration", "github"), func(s *scene) { s.press("tab", "down") }},
	{screen.To("connection", key, id), func(s *scene) {
		s.do(connections.EditMetadata)
		s.press("shift+tab", "down", "tab", "ctrl+k")
		s.typeText(`{"a":1}`)
		s.do(screen.Submit)
	}},
	{screen.To("run", key, walkAction).With("connection", id), func(s *scene) {
		s.do(actions.ToggleOptions)
		s.press("tab", "down")
		s.do(screen.Submit)
		s.agrees()
	}},
	{screen.To("actions", key), func(s *scene) {
		s.server.Inject(html("/integrations/" + key + "/functions"))
		s.app.runAction(s.app.top(), screen.RefreshAction(s.app.top().screen))
		s.after(s.app.flush())
	}},
	{screen.To("functions", key), func(s *scene) {
		s.files.Put("run.ts", code)
		s.do(functions.LocalFile)
		s.typeText("run.ts")
		s.press("tab", "down")
		s.do(screen.Submit)
		s.agrees()
	}},
	{screen.To("functions", key), func(s *scene) {
		s.files.Put("run.ts", code)
		s.do(functions.LocalFile)
		s.typeText("run.ts")
		s.press("tab", "down", "down", "tab", "tab")
		s.typeText("mine")
		s.do(screen.Submit)
		s.agrees()
	}},
	proxied("down"), proxied("down", "down"), proxied("down", "down", "down"), proxied("down", "down", "down", "down"),
}

// proxied chooses a method by keys.
func proxied(keys ...string) choice {
	return choice{screen.To("proxy", key, id), func(s *scene) {
		s.press("shift+tab")
		s.press(keys...)
	}}
}

func TestEveryOperationIsInTheClientAndTheSandbox(t *testing.T) {
	t.Parallel()
	client := map[nango.Operation]nango.Call{}
	for _, call := range sampleCalls() {
		client[call.Operation] = call
	}
	for _, operation := range nango.Operations() {
		call, ok := client[operation]
		if !ok {
			t.Errorf("%s: no call of the client is known", operation)
			continue
		}
		if answer := answered(walkWorld(t), call); strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: the sandbox does not know %s %s", operation, call.Method, call.RequestURI())
		}
	}
}

// answered is what the sandbox answers to a call.
func answered(server *sandbox.Server, call nango.Call) *http.Response {
	r := httptest.NewRequest(call.Method, call.URL(""), strings.NewReader(string(call.Body)))
	r.Header = call.Header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Authorization", "Bearer "+server.Keys().Environment)
	if call.Body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, r)
	answer := recorder.Result()
	_, _ = io.Copy(io.Discard, answer.Body) // only what kind of answer it is matters
	return answer
}
