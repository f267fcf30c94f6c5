package records

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const key = "00000000-0000-4000-8000-000000000001"

// made is a record of a test.
type made struct {
	id, payload string
	at          time.Time
	action      string
	pruned      bool
}

// maker serves the records of one model, made by a function of their index. Only one page is in memory.
type maker struct {
	t     testing.TB
	n     int
	each  func(i int) made
	asked []*http.Request
	// greedy means that a page has all records, whatever limit was asked for.
	greedy bool
	// fault may answer a request instead.
	fault func(w http.ResponseWriter, r *http.Request) bool
	// pruned is the last pruned record; prunes are the prune requests.
	pruned, prunes int
}

func (m *maker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.asked = append(m.asked, r)
	w.Header().Set("Content-Type", "application/json")
	switch {
	case m.fault != nil && m.fault(w, r):
	case r.URL.Path == "/records":
		m.records(w, r)
	case r.URL.Path == "/records/prune":
		m.prune(w, r)
	case r.URL.Path == "/sync/status":
		fmt.Fprintf(w, `{"syncs":[{"name":"contacts","variant":"base","status":"SUCCESS","recordCount":{"Contact":%d}}]}`, m.n)
	default:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"error":{"code":"not_found","message":"nothing here"}}`)
	}
}

func (m *maker) records(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	from, limit := 0, 100
	if cursor := query.Get("cursor"); cursor != "" {
		from, _ = strconv.Atoi(strings.TrimPrefix(cursor, "c"))
	}
	if query.Get("limit") != "" {
		limit, _ = strconv.Atoi(query.Get("limit"))
	}
	if m.greedy {
		limit = m.n
	}
	to := min(from+limit, m.n)
	out := bufio.NewWriter(w) // streamed, because pages can be large
	out.WriteString(`{"records":[`)
	for i := from; i < to; i++ {
		if i > from {
			out.WriteByte(',')
		}
		out.WriteString(m.json(i))
	}
	next := "null"
	if to < m.n {
		next = fmt.Sprintf(`"c%d"`, to)
	}
	fmt.Fprint(out, `],"next_cursor":`, next, "}")
	out.Flush()
}

func (m *maker) json(i int) string {
	r := m.each(i)
	if r.id == "" {
		r.id = strconv.Itoa(i)
	}
	if r.at.IsZero() {
		r.at = noon.Add(-time.Hour)
	}
	if r.action == "" {
		r.action = "ADDED"
	}
	deleted, pruned := "null", "null"
	if r.action == "DELETED" {
		deleted = `"2026-02-28T12:00:00.000000+00:00"`
	}
	if r.pruned || i < m.pruned {
		pruned, r.payload = `"2026-02-28T12:00:00.000000+00:00"`, ""
	}
	if r.payload != "" {
		r.payload = "," + r.payload
	}
	at := r.at.Format("2006-01-02T15:04:05.000000+00:00")
	return fmt.Sprintf(`{"id":%q%s,"_nango_metadata":{"first_seen_at":%q,"last_modified_at":%q,"last_action":%q,`+
		`"deleted_at":%s,"pruned_at":%s,"cursor":"c%d"}}`,
		r.id, r.payload, at, at, r.action, deleted, pruned, i+1)
}

func (m *maker) prune(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Until string `json:"until_cursor"`
		Limit int    `json:"limit"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		m.t.Error(err)
	}
	m.prunes++
	until, _ := strconv.Atoi(strings.TrimPrefix(body.Until, "c"))
	count := min(body.Limit, until-m.pruned)
	m.pruned += count
	fmt.Fprintf(w, `{"count":%d,"has_more":%v}`, count, m.pruned < until)
}

// world is a screen and its server, with a fixed clock.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *maker
}

// open opens a route with n records made by each.
func open(t testing.TB, route string, n int, each func(i int) made) *world {
	t.Helper()
	return hold(t, route, &maker{t: t, n: n, each: each}).start()
}

func hold(t testing.TB, route string, server *maker) *world {
	t.Helper()
	w := &world{t: t, server: server}
	w.Stage = screentest.Closed(t, server, key, at(t, route))
	w.Now = noon
	return w
}

func (w *world) start() *world {
	w.Open()
	return w
}

// at returns the screen of a route.
func at(t testing.TB, route string) screen.Screen {
	t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const contacts = "records/hubspot/globex-1?model=Contact"

func contact(i int) made {
	return made{payload: fmt.Sprintf(`"email":"ada%d@northwind.example","name":"Ada Abbott %d","score":%d,"active":%v,`+
		`"big":90071992547409%02d,"address":{"city":"Lyon"},"plan":"team"`,
		i, i, i%100, i%2 == 0, 93+i%7)}
}

func (w *world) list() *List {
	w.t.Helper()
	l, ok := w.Screen.(*List)
	if !ok {
		w.t.Fatalf("the screen is a %T", w.Screen)
	}
	return l
}

// lands delivers all held reads and tasks.
func (w *world) lands() { w.DeliverAll() }

func (w *world) filter(text string) {
	w.t.Helper()
	w.Do(screen.Filter)
	w.Type(text)
}

// jq enters and applies an expression.
func (w *world) jq(text string) {
	w.t.Helper()
	w.Do(Expression)
	w.list().expr.form.Set(fieldExpression, "")
	w.Type(text)
	w.Do(screen.FilterDone)
}

// sandboxed opens a route on the sandbox.
func sandboxed(t testing.TB, route string, prepare func(*sandbox.Server)) (*screentest.Stage, *sandbox.Server) {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return noon }, RateLimit: -1})
	for _, err := range []error{
		server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}),
		server.AddIntegration(sandbox.IntegrationSpec{Key: "empty", Provider: "hubspot"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, integration := range []string{"hubspot", "empty"} {
		if _, err := server.AddConnection(sandbox.ConnectionSpec{Integration: integration, ID: "globex-1",
			Created: noon.AddDate(0, 0, -90)}); err != nil {
			t.Fatal(err)
		}
	}
	if prepare != nil {
		prepare(server)
	}
	st := screentest.Closed(t, server, server.Keys().Environment, at(t, route))
	st.Now = noon
	st.Open()
	return st, server
}
