package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/contract/facts"
	"nango-tui/internal/longtest"
	"nango-tui/nango/sandbox/catalog"
)

const (
	// contractFolder holds the facts about the responses of a real server.
	contractFolder = "../testdata/contract"
	// recordingsFolder and providersFile are the full recordings and the list of providers of that server, if they are beside
	// the checkout.
	recordingsFolder = "../../../shared/nango/recordings"
	providersFile    = "../../../shared/nango/providers.json"
)

// notCovered are the recorded operations that the sandbox doesn't have yet.
var notCovered = []string{"x_sync_deploy"}

// recordedPast are the logs of what the recorded server did before, which the sandbox didn't do.
const recordedPast = "POST_management_mcp_logs"

// exceptions are recorded responses that the sandbox doesn't give, each with the reason. An exception that the sandbox gives
// all the same fails the test.
var exceptions = map[string]string{
	"misc/GET_nope-nope":              "the recorded server had no dashboard; the sandbox responds like one that has",
	"misc/GET_root_config_deprecated": "GET /config is not one of the operations covered",
	"misc/functions-invocations":      "Nango doesn't implement the operation, so it is not covered",
	"misc/mcp-post":                   "actions as MCP tools are not covered",

	"POST_management_mcp/batch":                  "only the tools of logs are covered",
	"POST_management_mcp/connections-list":       "only the tools of logs are covered",
	"POST_management_mcp/tools-list":             "only the tools of logs are covered",
	"POST_management_mcp/tools-list-limited-key": "only the tools of logs are covered",

	"GET_proxy/denylist-empty-override-127.0.0.1": "recorded with a list of forbidden hosts that is not the default",
	"GET_proxy/denylist-empty-override-localhost": "recorded with a list of forbidden hosts that is not the default",
	"POST_action_trigger/good-http-proxy":         "the output is what the code of the recorded function got from the provider",
	"GET_providers/accept-language-de":            "the catalog has no titles in other languages",
	"misc/v1-passthrough":                         "the deprecated /v1 passthrough is not covered",
	"misc/v1-passthrough-unknown":                 "the deprecated /v1 passthrough is not covered",
}

// expectation is a recorded request and what the sandbox must respond. The full response is nil for a fact.
type expectation struct {
	facts.Case
	full *facts.Exchange
}

// source is a set of recordings by file, with the providers of the server that they come from.
type source struct {
	name    string
	version Version // of the sandbox that must respond like that
	byFile  map[string][]expectation
	catalog *catalog.Catalog
}

// of returns what must hold for a version: what was recorded on 0.71.4, except where a later version differs, and for a later
// version also its own cases.
func (s *source) of(version Version) *source {
	out := &source{name: s.name + " of " + string(version), version: version, byFile: map[string][]expectation{}, catalog: s.catalog}
	for file, list := range s.byFile {
		for _, e := range list {
			if e.Server == string(version) || e.Server == string(Server0714) && version == Server0717 && !replacedIn0717(e) {
				out.byFile[file] = append(out.byFile[file], e)
			}
		}
	}
	return out
}

func (e expectation) is0717() bool { return e.Server == string(Server0717) }

// replacedIn0717 reports whether a request of version 0.71.4 is answered in another way since: environments and keys by number.
func replacedIn0717(e expectation) bool {
	switch e.File {
	case "POST_environment_api-keys", "DELETE_environment_api-keys":
		return true
	case "DELETE_environments_environmentId":
		return e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden
	}
	return e.File == "POST_environments" && e.Status == http.StatusOK
}

// sources returns the facts about each version and, except in short mode, the full recordings if they are beside the checkout. The
// facts have no catalog, so they are checked with the sandbox's own.
func sources(t testing.TB) []*source {
	t.Helper()
	cases, err := facts.Read(contractFolder)
	if err != nil {
		t.Fatal(err)
	}
	all := &source{name: "facts", byFile: map[string][]expectation{}, catalog: catalog.Embedded()}
	for _, c := range cases {
		if c.File != recordedPast {
			all.byFile[c.File] = append(all.byFile[c.File], expectation{Case: c})
		}
	}
	if len(cases) == 0 {
		t.Fatal("no facts in " + contractFolder)
	}
	own := []*source{all.of(Server0714), all.of(Server0717)}
	if testing.Short() {
		return own
	}
	recordings, err := facts.ReadRecordings(recordingsFolder)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(providersFile)
	if len(recordings) == 0 || errors.Is(err, fs.ErrNotExist) {
		return own
	}
	if err != nil {
		t.Fatal(err)
	}
	full := &source{name: "recordings", byFile: map[string][]expectation{}}
	if full.catalog, err = catalog.Read(data); err != nil {
		t.Fatal(err)
	}
	for _, e := range recordings {
		full.byFile[e.File] = append(full.byFile[e.File], expectation{facts.Of(e, ""), &e})
	}
	return append(own, full)
}

func (s *source) find(t testing.TB, name string) expectation {
	t.Helper()
	file, _, _ := strings.Cut(name, "/")
	for _, e := range s.byFile[file] {
		if e.Name() == name {
			return e
		}
	}
	t.Fatalf("no recording %s", name)
	return expectation{}
}

func TestSandboxRespondsAsRecorded(t *testing.T) {
	t.Parallel()
	for _, source := range sources(t) {
		t.Run(source.name, func(t *testing.T) {
			t.Parallel()
			st := newStage(t, source)
			for file, list := range source.byFile {
				if slices.Contains(notCovered, file) {
					continue
				}
				t.Run(file, func(t *testing.T) {
					t.Parallel()
					if source.version == Server0717 && !slices.ContainsFunc(list, expectation.is0717) {
						list = longtest.Sample(t, list, 2) // the same code answers as in 0.71.4
					}
					list = longtest.Sample(t, list, len(list))
					for _, e := range list {
						t.Run(e.Case.Case, func(t *testing.T) { st.check(t, e) })
					}
				})
			}
			for _, file := range notCovered {
				if len(source.byFile[file]) == 0 {
					t.Errorf("%s is listed as not covered, but there is no such file", file)
				}
			}
		})
	}
}

func (st *stage) check(t *testing.T, e expectation) {
	problem := st.compare(e, st.world(t, e).send(e))
	reason, excepted := exceptions[e.Name()]
	switch {
	case excepted && problem == nil && !e.showsCatalog(): // a part of the catalog cannot prove it
		t.Errorf("listed as an exception (%s), but the sandbox responds as recorded", reason)
	case !excepted && problem != nil:
		t.Error(problem)
	}
}

// compare compares a response with the full recording, or with the facts if there is none.
func (st *stage) compare(e expectation, got facts.Exchange) error {
	switch {
	case e.full != nil:
		return compareResponses(*e.full, got)
	case e.showsCatalog():
		return st.compareCatalog(e, got)
	}
	return e.Check(got)
}

// showsCatalog reports whether a response shows providers, and only the facts about them are known.
func (e expectation) showsCatalog() bool {
	return e.full == nil && e.Status == http.StatusOK && (strings.HasPrefix(e.File, "GET_providers") ||
		e.Name() == "misc/providers.json")
}

// catalogFields are the fields that every provider has.
var catalogFields = []string{"display_name", "categories[]", "auth_mode", "docs", "name", "logo_url"}

// compareCatalog checks what the sandbox's own, smaller catalog shows: entries have the fields that every provider has, and no
// field that no recorded provider has with this type.
func (st *stage) compareCatalog(e expectation, got facts.Exchange) error {
	switch err := e.CheckHead(got); {
	case err != nil || e.Raw != nil && e.File == "misc":
		return err
	case e.File == "GET_providers_provider_templates":
		return e.CheckShape(got) // the stage loads a sample of the recorded templates
	}
	shape, entry := e.Shape, ".data."
	if e.File == "GET_providers" {
		shape, entry = st.catalogShape, ".data[]."
	}
	known, found := facts.Fields(shape), facts.Fields(facts.Of(got, "").Shape)
	for field := range found {
		if !known[field] {
			return fmt.Errorf("%s: no recorded provider has that", field)
		}
	}
	for _, field := range catalogFields {
		if !found[entry+field+" "+facts.String] && !found[entry+field+" "+facts.URL] {
			return fmt.Errorf("no %s", entry+field)
		}
	}
	return nil
}

// responseBody returns the recorded body, or one with its fields and sample values.
func (e expectation) responseBody(t testing.TB) []byte {
	t.Helper()
	if e.full != nil {
		return e.full.Response.Body
	}
	body, err := json.Marshal(facts.Sample(e.Shape))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// send sends a recorded request with this sandbox's own keys.
func (b *actor) send(e expectation) facts.Exchange {
	path := strings.ReplaceAll(e.Request.Path, zeroSession, b.token)
	body := strings.NewReader(requestBytes(e.Request))
	r := httptest.NewRequest(e.Request.Method, "http://localhost:3000/", body)
	r.URL.RawQuery = strings.ReplaceAll(e.Request.Query, zeroSession, b.token)
	r.URL.Path, r.URL.RawPath = unescapePath(path), path
	if body.Len() == 0 {
		r.Body = http.NoBody
	}
	for k, v := range e.Request.Headers {
		r.Header.Set(k, b.ownKeys(v))
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	headers := map[string]string{}
	for name := range w.Header() {
		headers[strings.ToLower(name)] = w.Header().Get(name)
	}
	return facts.Exchange{File: e.File, Case: e.Case.Case, Request: e.Request, Response: facts.NewResponse(w.Code,
		headers, w.Body.Bytes())}
}

// requestBody returns what was sent: JSON, or a text that is not JSON.
func requestBody(r facts.Request) string {
	raw := string(r.Body)
	if raw == "" || raw == "null" {
		return ""
	}
	var plain string
	if json.Unmarshal(r.Body, &plain) == nil {
		return plain
	}
	return raw
}

// requestBytes undoes that a binary body was read as Latin-1.
func requestBytes(r facts.Request) string {
	body := requestBody(r)
	kind := r.Headers["Content-Type"]
	if kind == "" || strings.HasPrefix(kind, "application/json") {
		return body
	}
	var out []byte
	for _, r := range body {
		if r > 0xff {
			return body
		}
		out = append(out, byte(r))
	}
	return string(out)
}

// comparedHeaders are the headers that the sandbox must send if the recorded server did.
var comparedHeaders = []string{"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after",
	"etag", "content-type"}

// compareResponses compares status, headers and every field with the recording.
func compareResponses(want, got facts.Exchange) error {
	if got.Response.Status != want.Response.Status {
		return fmt.Errorf("status %d, recorded %d\n%s", got.Response.Status, want.Response.Status, got.Response.Body)
	}
	for _, name := range comparedHeaders {
		_, wanted := want.Response.Headers[name]
		if value := got.Response.Headers[name]; (value != "") != wanted {
			return fmt.Errorf("header %s: %q, recorded %t", name, value, wanted)
		}
	}
	if kind, media := got.Response.Headers["content-type"], want.Response.Headers["content-type"]; kind != media {
		return fmt.Errorf("content type %q, recorded %q", kind, media)
	}
	have := got.Response.Bytes()
	if want.IsTruncated() {
		return compareHead(want.Response.Body, have)
	}
	recorded := want.Response.Bytes()
	if bytes.Equal(recorded, have) {
		return nil
	}
	wanted, err := facts.Decode(recorded)
	if err != nil || !strings.HasPrefix(want.Response.Headers["content-type"], "application/json") {
		return fmt.Errorf("body %.300q, recorded %.300q", have, recorded)
	}
	value, err := facts.Decode(have)
	if err != nil {
		return fmt.Errorf("not JSON: %w: %s", err, have)
	}
	return compareValues("", wanted, value)
}

// compareHead compares a response of which only size, checksum and beginning were recorded.
func compareHead(recorded, got []byte) error {
	var want struct {
		Head, SHA256 string
		Bytes        int
	}
	if err := json.Unmarshal(recorded, &want); err != nil {
		return err
	}
	if at := differenceAt(want.Head, string(got)); at < len(want.Head) {
		return fmt.Errorf("differs at byte %d: …%.60s, recorded …%.60s", at, string(got[min(at, len(got)):]), want.Head[at:])
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(got)); sum != want.SHA256 || len(got) != want.Bytes {
		return fmt.Errorf("same beginning, but other bytes afterwards: %d, recorded %d", len(got), want.Bytes)
	}
	return nil
}

func differenceAt(a, b string) int {
	for i := range len(a) {
		if i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

// compareValues wants the same fields, in the same order, of the same types and with the same values, except those that each
// server generates.
func compareValues(path string, want, got any) error {
	switch want := want.(type) {
	case *facts.Object:
		object, ok := got.(*facts.Object)
		if !ok {
			return fmt.Errorf("%s: %v, recorded an object", path, got)
		}
		return compareObjects(path, want, object)
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return fmt.Errorf("%s: %v, recorded %d items", path, got, len(want))
		}
		for i, item := range list {
			if err := compareValues(fmt.Sprintf("%s[%d]", path, i), want[i], item); err != nil {
				return err
			}
		}
		return nil
	}
	if reflect.TypeOf(want) != reflect.TypeOf(got) {
		return fmt.Errorf("%s: %T, recorded %T", path, got, want)
	}
	if !facts.IsOwn(path, want) && facts.Stable(path, want) != facts.Stable(path, got) {
		return fmt.Errorf("%s: %q, recorded %q", path, got, want)
	}
	return nil
}

func compareObjects(path string, want, got *facts.Object) error {
	if facts.IsVendors(path, want) && want.Text("type") == got.Text("type") {
		return nil
	}
	if !slices.Equal(want.Keys, got.Keys) {
		return fmt.Errorf("%s: fields %q, recorded %q", path, got.Keys, want.Keys)
	}
	for _, k := range want.Keys {
		if err := compareValues(path+"."+k, want.Values[k], got.Values[k]); err != nil {
			return err
		}
	}
	return nil
}

var recordedStart = time.Date(2026, 11, 22, 14, 25, 1, 0, time.UTC)

// A comparison that accepts a fact that was changed would not notice a sandbox that is wrong.
func TestComparisonNoticesChangedFacts(t *testing.T) {
	t.Parallel()
	st := newStage(t, sources(t)[0])
	for _, name := range []string{
		"GET_connections/good", "GET_connections/limit--1", "GET_integrations/good", "GET_sync_status/good-all",
		"GET_records/good",
		"GET_integrations/no-auth", "GET_providers_provider/good-github",
	} {
		e := st.find(t, name)
		got := st.world(t, e).send(e)
		if err := st.compare(e, got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for change, edit := range map[string]func(*facts.Case){
			"status":       func(c *facts.Case) { c.Status++ },
			"content type": func(c *facts.Case) { c.Media = "text/plain" },
			"headers":      func(c *facts.Case) { c.Headers = "retry-after" },
			"body":         func(c *facts.Case) { c.Shape, c.HasShape = nil, false },
			"field name":   func(c *facts.Case) { c.Shape = editFirst(t, c.Shape, `":`, `Renamed":`) },
			"type":         func(c *facts.Case) { c.Shape = editFirst(t, c.Shape, `"string"`, `"number"`) },
			"values":       func(c *facts.Case) { c.Values = "000000000000" },
			"order":        func(c *facts.Case) { c.Order = []string{"connections: created ascending"} },
		} {
			if changed := e; !changed.showsCatalog() || change != "values" && change != "order" {
				edit(&changed.Case)
				if st.compare(changed, got) == nil {
					t.Errorf("%s: a change of %s is not noticed", name, change)
				}
			}
		}
	}
}

// editFirst replaces a part of a shape once.
func editFirst(t *testing.T, shape any, old, changed string) any {
	t.Helper()
	raw, err := json.Marshal(shape)
	if err != nil {
		t.Fatal(err)
	}
	edited, err := facts.Decode([]byte(strings.Replace(string(raw), old, changed, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return edited
}
