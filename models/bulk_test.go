package models

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/internal/guard"
	"nango-tui/internal/runfile"
	"nango-tui/models/connections"
	"nango-tui/models/connections/bulk"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// machine is a computer on which the program can be killed: nothing that it does afterwards reaches the disk or the server.
type machine struct {
	t      *testing.T
	server *sandbox.Server
	folder string
	host   string
	// known are the profiles, all of one key.
	known profiles
	// dead means that the program was killed. It is killed after it has written so many lines or sent so many changes; 0 for
	// never.
	dead                   atomic.Bool
	afterLines, afterSends atomic.Int64
	files                  *runfile.Folder
}

const manyCount = 5

// newMachine returns a machine and a Nango with a few connections of one integration.
func newMachine(t *testing.T, p guard.Profile) *machine {
	t.Helper()
	m := &machine{t: t, host: "https://nango.acme.example", folder: filepath.Join(t.TempDir(), "state"),
		known:  profiles{"acme": p, "other": {}},
		server: sandbox.New(sandbox.Options{Wait: noWait, Seed: 3, RateLimit: -1})}
	if err := m.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	addFunctions(t, m.server, "")
	for i := range manyCount {
		spec := sandbox.ConnectionSpec{Integration: key, ID: fmt.Sprintf("many-%d", i), Metadata: []byte(`{"old":1}`), Tags: map[string]string{
			"end_user_id": fmt.Sprint("u", i), "end_user_email": fmt.Sprintf("u%d@acme.example", i), "plan": "free"}}
		if _, err := m.server.AddConnection(spec); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// start starts the program, at the list of connections.
func (m *machine) start() *driver {
	m.t.Helper()
	m.dead.Store(false)
	m.afterLines.Store(0)
	m.afterSends.Store(0)
	m.files = runfile.New(m.folder)
	m.t.Cleanup(m.files.Close)
	return newDriver(m.t, m, m.server.Keys().Environment, "acme", m.known, func(c *Config) {
		connect := c.Connect
		c.Connect = func(ctx context.Context, name string) (ActiveProfile, error) {
			p, err := connect(ctx, name)
			p.Runs, p.Profile.Host = m, m.host // each start has its own test server
			return p, err
		}
	})
}

// kill ends the program as a loss of power does.
func (m *machine) kill(d *driver) {
	m.dead.Store(true)
	d.app.stop()
	m.files.Close()
}

// ServeHTTP is Nango, which a dead program doesn't reach.
func (m *machine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.dead.Load() {
		panic(http.ErrAbortHandler)
	}
	m.server.ServeHTTP(w, r)
	if r.Method != http.MethodGet {
		if m.afterSends.Add(-1) == 0 {
			m.dead.Store(true)
		}
	}
}

func (m *machine) Create(name string, lines []clean.Text) (screen.RunFile, error) {
	file, err := m.files.Create(name, lines)
	return diskLine{m, file}, err
}

func (m *machine) Take(name string) (screen.RunFile, error) {
	file, err := m.files.Take(name)
	return diskLine{m, file}, err
}

func (m *machine) Remove(name string) error { return m.files.Remove(name) }

func (m *machine) List() ([]screen.KeptRun, error) {
	kept, err := m.files.List()
	all := make([]screen.KeptRun, len(kept))
	for i, k := range kept {
		all[i] = screen.KeptRun(k)
	}
	return all, err
}

// diskLine writes lines until the program is killed.
type diskLine struct {
	m    *machine
	file *runfile.File
}

func (l diskLine) Append(line clean.Text) error {
	if l.m.dead.Load() {
		return nil
	}
	if l.m.afterLines.Add(-1) == 0 {
		l.m.dead.Store(true)
	}
	return l.file.Append(line)
}

// changes are the changes that reached Nango.
func (m *machine) changes() []string {
	var all []string
	for _, r := range m.server.Requests() {
		if r.Method != http.MethodGet {
			all = append(all, r.Method+" "+r.Path)
		}
	}
	return all
}

// left is how many of the connections are still there.
func (m *machine) left() int {
	n := 0
	for i := range manyCount {
		if _, there := m.server.Connection(key, fmt.Sprintf("many-%d", i)); there {
			n++
		}
	}
	return n
}

// planDelete opens the plan to delete all connections.
func planDelete(d *driver) {
	d.t.Helper()
	d.do(screen.MarkAll)
	d.do(connections.Delete)
}

// confirmMany runs the plan and types the number; if it is empty, what the dialog asks for.
func confirmMany(d *driver, word string) {
	d.t.Helper()
	d.do(bulk.Start)
	d.look()
	if o, ok := d.app.overlay.(*confirmOverlay); ok && word == "" {
		word = o.dialog.Word
	}
	d.typeText(word)
	d.press("enter")
}

func TestManyConnectionsAreDeletedAfterOneTypedNumber(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	d.see("5 connections of "+key, "5 requests, less than a minute", "This can't be undone", "many-3")
	d.do(bulk.Start)
	d.look()
	d.see("DELETE /connections/many-", "Confirms 5 requests like the first one below, for 5 connections.", "Type 5 to confirm")
	d.typeText("4")
	d.press("enter")
	d.see("Wrong word")
	d.press("ctrl+u")
	d.press("esc")
	if sent := m.changes(); len(sent) > 0 {
		t.Fatalf("sent %v without the number", sent)
	}
	confirmMany(d, "5")
	d.advance(time.Second)
	if m.left() != 0 || len(m.changes()) != manyCount {
		t.Errorf("%d are left, sent %v", m.left(), m.changes())
	}
	d.see("5 of 5", "5 deleted.", "Delete connections finished: 5 deleted")
	d.press("esc")
	d.see("This environment has no connections yet")
}

func TestAConnectionTakenOutIsNotSent(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	d.do(bulk.TakeOut)
	d.see("taken out", "4 connections of "+key+", 1 taken out", "4 requests")
	d.do(bulk.TakeOut)
	d.press("home")
	d.do(screen.Top)
	d.do(bulk.TakeOut)
	d.see("4 connections of " + key)
	confirmMany(d, "4")
	d.advance(time.Second)
	if m.left() != 1 {
		t.Errorf("%d are left", m.left())
	}
}

func TestManyRequestsAreRefusedInAReadOnlyProfile(t *testing.T) {
	m := newMachine(t, guard.Profile{ReadOnly: true, MayRefresh: true})
	d := m.start()
	for _, id := range []screen.ActionID{bulk.Delete, bulk.Refresh} { // a single refresh would be allowed
		d.app.home(screen.To("connections"))
		d.after(d.app.flush())
		d.do(id)
		if id == bulk.Delete {
			d.see("acme is read-only")
			continue
		}
		d.do(bulk.Start)
		d.see("not sent: acme is read-only")
	}
	if sent := m.changes(); len(sent) > 0 {
		t.Errorf("sent %v", sent)
	}
}

// Links need no arming one by one. Many of them do.
func TestManyRequestsInProductionNeedArming(t *testing.T) {
	m := newMachine(t, guard.Profile{Production: true})
	d := m.start()
	d.do(bulk.Links)
	d.do(screen.Submit)
	d.do(bulk.Start)
	d.see("not sent: acme is production and not armed")
	if sent := m.changes(); len(sent) > 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestARunPausesWhenArmingEnds(t *testing.T) {
	m := newMachine(t, guard.Profile{Production: true})
	d := m.start()
	d.press("A", "right", "enter")
	planDelete(d)
	d.see("PRODUCTION", "must stay armed")
	d.do(bulk.Start)
	d.look()
	d.typeText("5")
	d.press("enter")
	sent := len(m.changes())
	d.press("A")
	d.advance(time.Minute)
	if got := len(m.changes()); got != sent || sent == manyCount {
		t.Fatalf("%d changes were sent, and %d before arming ended", got, sent)
	}
	d.see("Paused: arming has ended.", "left")
	d.do(bulk.Start)
	d.see("not armed")
	d.press("x", "A", "right", "enter")
	confirmMany(d, fmt.Sprint(manyCount-sent))
	d.advance(time.Second)
	if m.left() != 0 || len(m.changes()) != manyCount {
		t.Errorf("%d are left after %v", m.left(), m.changes())
	}
}

func TestARunStopsByTheKeyAndGoesOn(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	confirmMany(d, "5")
	d.do(bulk.Stop)
	d.advance(time.Minute)
	d.see("Paused: you stopped it.", "1 deleted, 4 left")
	confirmMany(d, "4")
	d.advance(time.Second)
	if m.left() != 0 || len(m.changes()) != manyCount {
		t.Errorf("%d are left after %v", m.left(), m.changes())
	}
}

func TestARunWaitsAfterTooManyRequests(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	confirmMany(d, "5")
	m.server.Inject(sandbox.Fault{Method: "DELETE", Status: http.StatusTooManyRequests, Times: 2,
		Body: `{"error":{"code":"too_many_request"}}`})
	began, waits := d.now, 0
	d.onWait = func() { waits++ }
	d.advance(10 * time.Minute)
	if m.left() != 0 || waits == 0 {
		t.Errorf("%d are left after %d waits since %v", m.left(), waits, began)
	}
	d.see("5 deleted.")
	d.notSee("1 failed", "left")
}

func TestARunReportsEachFailure(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	m.server.Inject(sandbox.Fault{Method: "DELETE", PathPrefix: "/connections/many-3", Status: 400,
		Body: `{"error":{"code":"hook_failed","message":"the hook said no"}}`})
	m.server.Inject(sandbox.Fault{Method: "DELETE", PathPrefix: "/connections/many-1", Reset: true})
	confirmMany(d, "5")
	d.advance(time.Minute)
	d.see("✗ 400 hook_failed", "many-3", "1 failed", "1 not known", "Paused")
	d.do(bulk.CopyReport)
	if text := d.clipboard[0]; !strings.Contains(text, "failed\t"+key+"\tmany-3") || !strings.Contains(text, "the hook said no") ||
		!strings.Contains(text, "not-known\t"+key+"\tmany-1") {
		t.Errorf("the report is %s", text)
	}
	d.do(bulk.SaveReport)
	d.press("enter")
	if names := d.files.Names(); !slices.Contains(names, "bulk-delete.txt") {
		t.Errorf("saved %v", names)
	}
}

func TestARunKeepsItsProfile(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	confirmMany(d, "5")
	d.app.connect("other")
	d.after(d.app.flush())
	d.send(tea.WindowSizeMsg{Width: 160, Height: 30}) // room for the tabs and what is waited for
	d.see("other", "acme: Delete connections: 1 of 5")
	d.advance(time.Second)
	if m.left() != 0 {
		t.Errorf("%d are left", m.left())
	}
	d.see("acme: Delete connections finished: 5 deleted")
}

// killPoints are the moments at which the program is killed: after so many written lines, or after so many requests that Nango has
// carried out.
func killPoints() map[string]func(*machine) {
	points := map[string]func(*machine){}
	for n := 1; n <= 2*manyCount; n++ {
		points[fmt.Sprint("after line ", n)] = func(m *machine) { m.afterLines.Store(int64(n)) }
	}
	for n := 1; n <= manyCount; n++ {
		points[fmt.Sprint("after request ", n)] = func(m *machine) { m.afterSends.Store(int64(n)) }
	}
	return points
}

// Wherever the program is killed, each connection is deleted exactly once, and nothing is sent unasked.
func TestAKilledRunGoesOnWhereItWas(t *testing.T) {
	for name, set := range killPoints() {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, guard.Profile{})
			d := m.start()
			planDelete(d)
			set(m)
			confirmMany(d, "5")
			d.advance(time.Second)
			m.kill(d)
			gone := manyCount - m.left()
			if len(m.changes()) != gone {
				t.Fatalf("%d were deleted by %v", gone, m.changes())
			}
			d = m.start()
			d.now = d.now.Add(30 * time.Minute) // Nango works on nothing anymore
			d.advance(time.Minute)
			if len(m.changes()) != gone {
				t.Fatalf("after the start %v was sent unasked", m.changes())
			}
			m.finishRun(d, gone)
			if m.left() != 0 || len(m.changes()) != manyCount {
				t.Errorf("%d are left after %v", m.left(), m.changes())
			}
		})
	}
}

// finishRun opens what is kept, and sends the rest.
func (m *machine) finishRun(d *driver, gone int) {
	m.t.Helper()
	lastAnswered := gone == manyCount && !strings.Contains(d.screen(), "was interrupted")
	if lastAnswered {
		return
	}
	d.see("Delete connections in acme was interrupted")
	d.app.home(screen.To("bulk"))
	d.after(d.app.flush())
	d.do(bulk.OpenRun)
	d.do(ErrorDismiss)
	d.see(fmt.Sprintf("%d deleted", gone))
	d.notSee("not known")
	if gone < manyCount {
		confirmMany(d, guardWord(m, manyCount-gone))
		d.advance(time.Second)
	}
}

// guardWord is what is typed for so many connections: the last letters of the id for a single one.
func guardWord(m *machine, count int) string {
	for i := range manyCount {
		id := fmt.Sprintf("many-%d", i)
		if _, there := m.server.Connection(key, id); there && count == 1 {
			return guard.ManyWord(nango.Call{About: nango.ConnectionRef{Integration: key, ID: id}}, 1, time.Time{})
		}
	}
	return fmt.Sprint(count)
}

// A request that waits for the budget was not sent.
func TestAKillDuringAWaitLeavesNothingUnknown(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	confirmMany(d, "5")
	m.server.Inject(sandbox.Fault{Method: "DELETE", Status: http.StatusTooManyRequests, Times: 1,
		Body: `{"error":{"code":"too_many_request"}}`})
	d.onWait = func() { m.dead.Store(true) }
	d.advance(time.Second)
	m.kill(d)
	m.start().see("interrupted: 1 deleted, 4 left")
}

// What may have been sent is not known until a read can tell, and is not sent again.
func TestWhatWasSentWithoutAnAnswerIsNotKnown(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	d.do(bulk.Trigger)
	d.do(screen.Submit)
	m.afterSends.Store(2)
	confirmMany(d, "5")
	d.advance(time.Second)
	m.kill(d)
	sent := len(m.changes())
	d = m.start()
	d.see("Run syncs in acme was interrupted: 1 accepted, 1 not known, 3 left")
	d.app.home(screen.To("bulk"))
	d.after(d.app.flush())
	d.do(bulk.OpenRun)
	d.see("the program ended before the answer came", "They are not sent again.")
	confirmMany(d, "3")
	d.advance(time.Second)
	if got := len(m.changes()); got != sent+3 {
		t.Errorf("%d requests were sent, and %d before the kill", got, sent)
	}
}

func TestARunOfAnotherHostCanNotGoOn(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	m.afterLines.Store(3)
	confirmMany(d, "5")
	d.advance(time.Second)
	m.kill(d)
	m.host = "https://nango.other.example"
	d = m.start()
	d.app.home(screen.To("bulk"))
	d.after(d.app.flush())
	d.do(bulk.OpenRun)
	if d.action(bulk.Start); !strings.Contains(d.screen(), "switch to its profile") {
		t.Errorf("it can go on:\n%s", d.screen())
	}
}

// filled fills in the form of a change and opens its plan.
func filled(d *driver, id screen.ActionID, texts ...string) {
	d.t.Helper()
	d.do(id)
	for i, text := range texts {
		if i > 0 {
			d.press("tab")
		}
		d.send(tea.PasteMsg{Content: text})
	}
	d.do(screen.Submit)
}

// stored is a connection as Nango has it.
func (m *machine) stored(i int) sandbox.ConnectionView {
	m.t.Helper()
	c, there := m.server.Connection(key, fmt.Sprintf("many-%d", i))
	if !there {
		m.t.Fatalf("many-%d is gone", i)
	}
	return c
}

// drop deletes a connection behind the program's back.
func (m *machine) drop(i int) {
	m.t.Helper()
	r := httptest.NewRequest(http.MethodDelete, fmt.Sprintf("/connections/many-%d?provider_config_key=%s", i, key), nil)
	r.Header.Set("Authorization", "Bearer "+m.server.Keys().Environment)
	m.server.ServeHTTP(httptest.NewRecorder(), r)
}

// Metadata goes with many ids a request. If one of them is unknown, Nango changes none, and it is found.
func TestMetadataOfManyTakesFewRequests(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	filled(d, bulk.MergeMetadata, `{"plan":"pro"}`)
	d.see("5 connections of "+key, "1 request,", `{"plan":"pro"}`)
	m.drop(2)
	before := len(m.changes())
	confirmMany(d, "5")
	d.advance(time.Second)
	for _, i := range []int{0, 1, 3, 4} {
		if got := string(m.stored(i).Metadata); !strings.Contains(got, `"plan":"pro"`) || !strings.Contains(got, `"old":1`) {
			t.Errorf("many-%d has %s", i, got)
		}
	}
	d.see("4 changed, 1 failed", "many-2", "404 unknown_connection")
	if sent := len(m.changes()) - before; sent > 5 {
		t.Errorf("%d requests were sent to find one of five", sent)
	}
}

func TestMetadataOfManyIsReplacedByOneRequest(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	filled(d, bulk.SetMetadata, `{"plan":"pro"}`)
	d.see("The previous metadata can't be restored.")
	d.do(bulk.Start)
	d.see("POST /connections/metadata", `"many-0"`, "Type 5 to confirm")
	d.press("esc")
	confirmMany(d, "5")
	d.advance(time.Second)
	for i := range manyCount {
		if got := string(m.stored(i).Metadata); got != `{"plan":"pro"}` {
			t.Errorf("many-%d has %s", i, got)
		}
	}
	if sent := m.changes(); len(sent) != 1 {
		t.Errorf("sent %v", sent)
	}
}

func TestOtherTagsAreKept(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	d.do(bulk.Tags)
	d.send(tea.PasteMsg{Content: "Plan=pro"})
	d.press("tab")
	d.send(tea.PasteMsg{Content: "end_user_id"})
	d.do(screen.Submit)
	d.see("Sets plan=pro. Removes end_user_id.", "10 requests")
	confirmMany(d, "5")
	d.advance(time.Second)
	for i := range manyCount {
		want := map[string]string{"plan": "pro", "end_user_email": fmt.Sprintf("u%d@acme.example", i)}
		if got := m.stored(i).Tags; !maps.Equal(got, want) {
			t.Errorf("many-%d has %v", i, got)
		}
	}
	d.see("5 changed.")
}

func TestSyncsOfManyArePausedResumedAndRun(t *testing.T) {
	for id, path := range map[screen.ActionID]string{bulk.Pause: "pause", bulk.Resume: "start", bulk.Trigger: "trigger"} {
		m := newMachine(t, guard.Profile{})
		d := m.start()
		filled(d, id, walkSync)
		d.see("Only " + walkSync)
		confirmMany(d, "5")
		d.advance(time.Second)
		if want := slices.Repeat([]string{"POST /sync/" + path}, manyCount); !slices.Equal(m.changes(), want) {
			t.Errorf("sent %v", m.changes())
		}
		d.see("5 of 5")
	}
}

func TestTokensOfManyAreRefreshedAndNotKept(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	d.do(bulk.Refresh)
	confirmMany(d, "5")
	d.advance(time.Second)
	d.see("5 refreshed.")
}

// Links go to the file, and nowhere else.
func TestReconnectLinksAreOnlyInTheirFile(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	d.do(bulk.Links)
	d.do(screen.Submit)
	d.see("File: reconnect-links.csv", "Anyone who has the file can use the links", "10 requests")
	confirmMany(d, "5")
	shown := d.screen()
	d.advance(time.Second)
	shown += d.screen()
	d.do(bulk.CopyReport)
	rows := strings.Split(strings.TrimSpace(d.files.Text("reconnect-links.csv")), "\n")
	if len(rows) != manyCount+1 || rows[0] != "customer,email,organization,integration,connection,link,valid_until" ||
		!strings.HasPrefix(rows[1], "u4@acme.example,u4@acme.example,,"+key+",many-4,http") {
		t.Fatalf("the file is %q", rows)
	}
	for _, row := range rows[1:] {
		link := strings.Split(row, ",")[5]
		_, token, _ := strings.Cut(link, "session_token=")
		token, _, _ = strings.Cut(token, "&")
		for what, text := range map[string]string{"the screen": shown, "the state": m.state(), "the clipboard": d.clipboard[0]} {
			if token == "" || strings.Contains(text, token) {
				t.Errorf("%s has the link %q: %s", what, link, text)
			}
		}
	}
	d.app.home(screen.To("connections"))
	d.after(d.app.flush())
	d.do(bulk.Links)
	d.do(screen.Submit)
	confirmMany(d, "5")
	d.see("already exists: choose another name")
}

// state is the text of all files in the folder of the state.
func (m *machine) state() string {
	m.t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(m.folder)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			m.t.Errorf("%s: %v, %v", entry.Name(), info.Mode(), err)
		}
		text, err := os.ReadFile(filepath.Join(m.folder, entry.Name()))
		if err != nil {
			m.t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// Values that look like secrets are not kept, and the plan says so. After a kill the rest can't be sent.
func TestSecretsOfAPlanAreNotKept(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	filled(d, bulk.Tags, "api_key=sk_live_4eC39HqLyjWDarjtT1zdp7dc")
	d.see("look like secrets and are not kept on disk")
	m.afterSends.Store(2)
	confirmMany(d, "5")
	d.advance(time.Second)
	m.kill(d)
	if strings.Contains(m.state(), "sk_live_4eC39") {
		t.Errorf("kept: %s", m.state())
	}
	d = m.start()
	d.app.home(screen.To("bulk"))
	d.after(d.app.flush())
	d.do(bulk.OpenRun)
	d.see("It can't go on: its values looked like secrets and were not kept")
}

// A file that was cut off in its last line is taken up; one that is damaged in its plan is shown as such.
func TestFilesOfRunsMayBeDamaged(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	m.afterLines.Store(4)
	confirmMany(d, "5")
	d.advance(time.Second)
	m.kill(d)
	files, err := filepath.Glob(filepath.Join(m.folder, "run-*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(files[0], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(string(text[:len(text)-7])) // the outcome of the second one
	m.start().see("interrupted: 1 deleted, 1 not known, 3 left")
	for name, damaged := range map[string]string{
		"is damaged":                 "{" + string(text[9:]),
		"newer version of nango-tui": strings.Replace(string(text), `"v":1`, `"v":2`, 1),
	} {
		write(damaged)
		d := m.start()
		d.see(name)
		d.app.home(screen.To("bulk"))
		d.after(d.app.flush())
		d.see(name)
		if action, _ := d.action(bulk.OpenRun); action.Disabled == "" {
			t.Error("it can be opened")
		}
	}
}

// What can't be recorded is not sent.
func TestAFullDiskStopsARun(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	if err := os.WriteFile(m.folder, nil, 0o600); err != nil { // in place of the folder
		t.Fatal(err)
	}
	confirmMany(d, "5")
	d.advance(time.Second)
	d.see("Paused: ", "not a directory", "5 left")
	if sent := m.changes(); len(sent) > 0 {
		t.Errorf("sent %v", sent)
	}
}

// A run that another program has is shown, and can't be taken up.
func TestARunOfALivingProgramIsLeftAlone(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	confirmMany(d, "5")
	other := m.files
	d = m.start()
	d.notSee("interrupted")
	d.app.home(screen.To("bulk"))
	d.after(d.app.flush())
	d.see("another program has it")
	d.do(bulk.OpenRun)
	if action, _ := d.action(bulk.Start); action.Disabled == "" {
		t.Error("it can go on here, too")
	}
	other.Close()
}

// The record of a run can be deleted, after a question.
func TestTheRecordOfARunIsDeletedAfterAQuestion(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	m.afterLines.Store(3)
	confirmMany(d, "5")
	m.kill(d)
	d = m.start()
	d.app.home(screen.To("bulk"))
	d.after(d.app.flush())
	d.do(bulk.RemoveRun)
	d.look()
	d.press("enter")
	d.see("paused")
	d.do(bulk.RemoveRun)
	d.look()
	d.press("down", "enter")
	d.see("No changes of many connections were made yet.")
	if files, _ := filepath.Glob(filepath.Join(m.folder, "run-*.jsonl")); len(files) > 0 {
		t.Errorf("kept %v", files)
	}
}

// A connection whose id looks like a secret is not sent, and its id is not kept.
func TestSecretIDsAreNotKept(t *testing.T) {
	const id = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
	m := newMachine(t, guard.Profile{})
	if _, err := m.server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id}); err != nil {
		t.Fatal(err)
	}
	d := m.start()
	d.app.config.Secrets.Keep(id)
	planDelete(d)
	d.see("1 connection can't be changed and won't be sent")
	m.afterSends.Store(2)
	confirmMany(d, "5")
	d.advance(time.Second)
	m.kill(d)
	if text := m.state(); strings.Contains(text, id) || !strings.Contains(text, "many-3") {
		t.Errorf("kept: %s", text)
	}
	m.start().see("interrupted: 1 deleted, 1 failed, 1 not known, 3 left")
}

// Looking up what is not known takes the file, which doesn't keep this program from going on.
func TestARunThatWasLookedUpGoesOnLater(t *testing.T) {
	m := newMachine(t, guard.Profile{})
	d := m.start()
	planDelete(d)
	m.afterSends.Store(2)
	confirmMany(d, "5")
	d.advance(time.Second)
	m.kill(d)
	d = m.start()
	d.now = d.now.Add(30 * time.Minute) // Nango works on nothing anymore
	for range 2 {
		d.app.home(screen.To("bulk"))
		d.after(d.app.flush())
		d.notSee("another program has it")
		d.do(bulk.OpenRun)
		d.see("2 deleted, 3 left")
	}
	confirmMany(d, "3")
	d.advance(time.Second)
	if m.left() != 0 || len(m.changes()) != manyCount {
		t.Errorf("%d are left after %v", m.left(), m.changes())
	}
}

// When request after request fails, the rest is not tried.
func TestARunPausesAfterManyFailuresInARow(t *testing.T) {
	const inARow, more = 20, 5
	m := newMachine(t, guard.Profile{})
	m.server = sandbox.New(sandbox.Options{Wait: noWait, Seed: 3, RateLimit: -1, Connections: 2*inARow + more})
	d := m.start()
	planDelete(d)
	m.server.Inject(sandbox.Fault{Method: "DELETE", Status: 400, Times: inARow + more, Body: `{"error":{"code":"hook_failed"}}`})
	confirmMany(d, "")
	d.advance(time.Minute)
	d.see("Paused: 20 requests in a row have failed, the last one with: 400 hook_failed")
	if sent := len(m.changes()); sent != inARow {
		t.Errorf("%d requests were sent", sent)
	}
}
