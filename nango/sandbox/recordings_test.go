package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
)

// recordings are answers of a running server, v0.71.4; catalogue is its list of providers.
const (
	recordings = "../../../shared/nango/recordings"
	catalogue  = "../../../shared/nango/providers.json"
)

// notCovered are the recorded operations that the sandbox does not answer yet.
var notCovered = []string{"POST_management_mcp", "x_sync_deploy"}

// exceptions are recorded answers that the sandbox does not give, each with the reason. One that
// is given after all fails the test.
var exceptions = map[string]string{
	"misc/GET_nope-nope":              "the recorded server had no dashboard installed; the sandbox answers as one that has",
	"misc/GET_root_config_deprecated": "GET /config is not one of the operations covered",
	"misc/functions-invocations":      "the operation is not implemented by Nango itself, and not covered",
	"misc/mcp-post":                   "actions as MCP tools are not covered",

	"GET_proxy/denylist-empty-override-127.0.0.1": "recorded with another list of forbidden hosts than the default",
	"GET_proxy/denylist-empty-override-localhost": "recorded with another list of forbidden hosts than the default",
	"POST_action_trigger/good-http-proxy":         "the output is what the recorded function's own code got from the provider",
	"GET_providers/accept-language-de":            "titles in other languages are not part of the catalogue",
	"misc/v1-passthrough":                         "the deprecated /v1 passthrough is not covered",
	"misc/v1-passthrough-unknown":                 "the deprecated /v1 passthrough is not covered",
}

// anyBelow are parts of an answer that say nothing about Nango: a stand-in for the vendor wrote
// them.
var anyBelow = []string{"credentials(APP)"}

// exchange is one recorded request with its answer.
type exchange struct {
	Case    string `json:"case"`
	Request struct {
		Method  string            `json:"method"`
		Path    string            `json:"path"`
		Query   string            `json:"query"`
		Headers map[string]string `json:"headers"`
		Body    json.RawMessage   `json:"body"`
	} `json:"request"`
	Response struct {
		Status  int               `json:"status"`
		Headers map[string]string `json:"headers"`
		Body    json.RawMessage   `json:"body"`
	} `json:"response"`
}

// recorded is the folder, by file and case.
type recorded map[string][]exchange

func loadRecordings(t testing.TB) recorded {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(recordings, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("no recorded answers, and CI is set: they must be there")
		}
		t.Skip("no recorded answers at " + recordings)
	}
	out := recorded{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var list []exchange
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out[strings.TrimSuffix(filepath.Base(file), ".json")] = list
	}
	return out
}

func (r recorded) find(t testing.TB, name string) exchange {
	t.Helper()
	file, wanted, _ := strings.Cut(name, "/")
	for _, e := range r[file] {
		if e.Case == wanted {
			return e
		}
	}
	t.Fatalf("no recording %s", name)
	return exchange{}
}

func TestSandboxAnswersEveryRecordedInputAsRecorded(t *testing.T) {
	all := loadRecordings(t)
	stage := newStage(t, all)
	for file, list := range all {
		if slices.Contains(notCovered, file) {
			continue
		}
		for _, e := range list {
			name := file + "/" + e.Case
			t.Run(name, func(t *testing.T) { stage.play(t, file, name, e) })
		}
	}
	for _, file := range notCovered {
		if _, ok := all[file]; !ok {
			t.Errorf("%s is listed as not covered, and there is no such file", file)
		}
	}
}

func (st *stage) play(t *testing.T, file, name string, e exchange) {
	b := st.world(t, file, name)
	problem := compareAnswers(e, b.replay(e))
	reason, excepted := exceptions[name]
	switch {
	case excepted && problem == nil:
		t.Errorf("listed as an exception (%s), but answered as recorded", reason)
	case !excepted && problem != nil:
		t.Error(problem)
	}
}

// replay sends a recorded request with this sandbox's own keys.
func (b *actor) replay(e exchange) *httptest.ResponseRecorder {
	target := e.Request.Path
	if e.Request.Query != "" {
		target += "?" + e.Request.Query
	}
	target = strings.ReplaceAll(target, zeroSession, b.token)
	body := strings.NewReader(requestBytes(e))
	r := httptest.NewRequest(e.Request.Method, "http://localhost:3000/", body)
	path, query, _ := strings.Cut(target, "?")
	r.URL.RawQuery = query
	r.URL.Path, r.URL.RawPath = unescapePath(path), path
	if body.Len() == 0 {
		r.Body = http.NoBody
	}
	for k, v := range e.Request.Headers {
		r.Header.Set(k, b.ownKeys(v))
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

// requestBody is what was sent: JSON, or a text that was no JSON.
func requestBody(e exchange) string {
	raw := string(e.Request.Body)
	if raw == "" || raw == "null" {
		return ""
	}
	var plain string
	if json.Unmarshal(e.Request.Body, &plain) == nil {
		return plain
	}
	return raw
}

// requestBytes undoes the reading of a binary body as Latin-1.
func requestBytes(e exchange) string {
	body := requestBody(e)
	kind := e.Request.Headers["Content-Type"]
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

// compareAnswers holds status, headers and every field against the recording.
func compareAnswers(e exchange, got *httptest.ResponseRecorder) error {
	if got.Code != e.Response.Status {
		return fmt.Errorf("status %d, recorded %d\n%s", got.Code, e.Response.Status, got.Body)
	}
	for _, h := range []string{"X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset", "Retry-After", "Etag", "Content-Type"} {
		_, wanted := e.Response.Headers[strings.ToLower(h)]
		if (got.Header().Get(h) != "") != wanted {
			return fmt.Errorf("header %s: %q, recorded %t", h, got.Header().Get(h), wanted)
		}
	}
	if want := e.Response.Headers["content-type"]; got.Header().Get("Content-Type") != want {
		return fmt.Errorf("content type %q, recorded %q", got.Header().Get("Content-Type"), want)
	}
	if string(e.Response.Body) != got.Body.String() || e.Response.Headers["content-length"] != fmt.Sprint(got.Body.Len()) {
		return compareBodies(e.Response.Body, got.Body.Bytes())
	}
	return nil // a JSON string or null, which look like a text and no body in the recordings
}

func compareBodies(recorded, got []byte) error {
	want, err := js.Decode(recorded)
	if err != nil {
		return fmt.Errorf("recorded body: %w", err)
	}
	if want == nil {
		if len(got) > 0 {
			return fmt.Errorf("a body where none was recorded: %s", got)
		}
		return nil
	}
	if text, ok := want.(string); ok {
		if text != string(got) {
			return fmt.Errorf("body %q, recorded %q", got, text)
		}
		return nil
	}
	if o, ok := want.(*js.Object); ok && o.Get("_truncated") == true {
		return compareHead(o, got)
	}
	if o, ok := want.(*js.Object); ok && o.Has("base64") {
		if text := base64.StdEncoding.EncodeToString(got); text != o.Str("base64") {
			return fmt.Errorf("bytes %.80s, recorded %.80s", text, o.Str("base64"))
		}
		return nil
	}
	have, err := js.Decode(got)
	if err != nil {
		return fmt.Errorf("not JSON: %w: %s", err, got)
	}
	return compareShapes("", want, have)
}

// compareHead is for answers of which only size and beginning were kept.
func compareHead(want *js.Object, got []byte) error {
	head := want.Str("head")
	if at := differs(head, string(got)); at < len(head) {
		return fmt.Errorf("differs at byte %d: …%.60s, recorded …%.60s", at, string(got[min(at, len(got)):]), head[at:])
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(got)); sum != want.Str("sha256") {
		return fmt.Errorf("same beginning, but other bytes further on")
	}
	if size := string(want.Get("bytes").(json.Number)); size != fmt.Sprint(len(got)) {
		return fmt.Errorf("%d bytes, recorded %s", len(got), size)
	}
	return nil
}

func differs(a, b string) int {
	for i := range len(a) {
		if i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

// made up anew by every server: UUIDs, times, log ids, tokens. What is left of a time is its form.
var madeUp = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|` +
	`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+|\d{13}_\w{8}|nango_connect_session_[0-9a-f]{64}|` +
	`oauth_(nonce|signature|timestamp)="[^"]+"|-{26}[0-9a-f]{24}`)

// ownWords are fields whose value is this server's own: where it listens, what a vendor's stand-in
// answered, and the number of a row.
var ownWords = []string{".connect_link", ".webhook_url", ".access_token", ".scope", ".id", ".secret"}

func isOwnWord(path string, v any) bool {
	_, number := v.(json.Number)
	return slices.ContainsFunc(ownWords, func(field string) bool {
		return strings.HasSuffix(path, field) && (field != ".id" || number)
	})
}

// compareShapes wants the same fields, in the same order, of the same types and with the same
// values, but for what every server makes up.
func compareShapes(path string, want, got any) error {
	if js.TypeOf(want) != js.TypeOf(got) {
		return fmt.Errorf("%s: %s, recorded %s", path, js.TypeOf(got), js.TypeOf(want))
	}
	switch want := want.(type) {
	case *js.Object:
		return compareObjects(path, want, got.(*js.Object))
	case []any:
		return compareLists(path, want, got.([]any))
	}
	text := func(v any) string { return madeUp.ReplaceAllString(plainCursor(path, fmt.Sprint(v)), "*") }
	if !isOwnWord(path, want) && text(want) != text(got) {
		return fmt.Errorf("%s: %q, recorded %q", path, got, want)
	}
	return nil
}

// plainCursor is what a cursor of records says: a time and a UUID.
func plainCursor(path, s string) string {
	if data, err := base64.StdEncoding.DecodeString(s); err == nil && strings.HasSuffix(path, "cursor") {
		return string(data)
	}
	return s
}

func compareObjects(path string, want, got *js.Object) error {
	if strings.HasSuffix(path, ".credentials") && slices.Contains(anyBelow, "credentials("+want.Str("type")+")") && want.Str("type") == got.Str("type") {
		return nil
	}
	if !slices.Equal(want.Keys(), got.Keys()) {
		return fmt.Errorf("%s: fields %q, recorded %q", path, got.Keys(), want.Keys())
	}
	for _, k := range want.Keys() {
		if err := compareShapes(path+"."+k, want.Get(k), got.Get(k)); err != nil {
			return err
		}
	}
	return nil
}

func compareLists(path string, want, got []any) error {
	if len(want) != len(got) {
		return fmt.Errorf("%s: %d items, recorded %d: %.300s", path, len(got), len(want), js.Encode(got))
	}
	for i, item := range got {
		if err := compareShapes(fmt.Sprintf("%s[%d]", path, i), want[i], item); err != nil {
			return err
		}
	}
	return nil
}

// loadCatalogue reads the recorded server's providers once for all cases.
func loadCatalogue(t testing.TB) *catalog.Catalog {
	t.Helper()
	data, err := os.ReadFile(catalogue)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skip("no catalogue of the recorded server")
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var recordedStart = time.Date(2026, 11, 22, 14, 25, 1, 0, time.UTC)
