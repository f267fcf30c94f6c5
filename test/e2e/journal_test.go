//go:build unix

package e2e

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nango-tui/internal/config"
	"nango-tui/internal/journal"
	"nango-tui/internal/longtest"
	"nango-tui/nango/sandbox"
)

// slowNango is a Nango that never answers a request to pause a sync, or for a second page of records.
type slowNango struct {
	*httptest.Server
	key     string
	arrived chan struct{}
}

func newSlowNango(t *testing.T) *slowNango {
	t.Helper()
	s := sandbox.New(sandbox.Options{RateLimit: -1, Wait: func(context.Context, time.Duration) error { return nil }})
	err := s.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"})
	if err == nil {
		_, err = s.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: "c1"})
	}
	if err == nil {
		err = s.AddFunction("crm", sandbox.FunctionSpec{
			Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour", AutoStart: true, Source: "catalog",
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	n := &slowNango{key: s.Keys().Environment, arrived: make(chan struct{}, 10)}
	ended := make(chan struct{})
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		isRecords := r.URL.Path == "/records"
		switch {
		case r.URL.Path == "/sync/pause", isRecords && r.URL.Query().Has("cursor"):
			n.arrived <- struct{}{}
			<-ended
		case isRecords:
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, firstRecords())
		default:
			s.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(func() {
		close(ended)
		n.Close()
	})
	return n
}

// firstRecords is a page of as many records as the list loads by itself, after which there is another page.
var firstRecords = sync.OnceValue(func() string {
	const record = `,{"id": "r1", "name": "Ada", "_nango_metadata": {"first_seen_at": "2026-11-30T12:00:00.000Z",
	"last_modified_at": "2026-11-30T12:00:00.000Z", "last_action": "ADDED", "deleted_at": null, "cursor": "YQ==", "pruned_at": null}}`
	return `{"records": [` + strings.Repeat(record, 10_000)[1:] + `], "next_cursor": "YQ=="}`
})

// args and env start the program over it, at the syncs of its connection.
func (n *slowNango) args() []string {
	return []string{"--env", "dev", "--host", n.URL, "--open", "syncs/crm/c1"}
}

func (n *slowNango) env(base []string) []string {
	return append(base, "NANGO_API_KEY="+n.key)
}

// confirmPause opens the dialog of a pause, and confirms it.
func (x *program) confirmPause() {
	x.t.Helper()
	x.see("contacts")
	x.press("p")
	x.see("POST /sync/pause", "[ Cancel ]")
	x.press("right", "enter")
}

// pauseWithoutAnswer starts the program in a home and pauses a sync, which is never answered.
func (n *slowNango) pauseWithoutAnswer(t *testing.T, env []string) *program {
	t.Helper()
	x := startIn(t, n.args(), n.env(env), size80x24())
	x.confirmPause()
	select {
	case <-n.arrived:
	case <-time.After(timeout):
		t.Fatalf("the request doesn't arrive; the screen is\n%s", x.screen())
	}
	return x
}

const (
	lastWords    = "nango-tui: sent, no answer: POST /sync/pause (dev)"
	firstNotice  = "Outcome unknown: POST /sync/pause in dev, just now"
	pauseRequest = "POST /sync/pause"
)

// said checks that the last words stand where the shell goes on, after the terminal was restored.
func (x *program) said(words string) {
	x.t.Helper()
	_, after, found := strings.Cut(x.output(), "\x1b[?1049l")
	if !found || !strings.Contains(after, words) {
		x.t.Errorf("%q doesn't follow the restored terminal: %q", words, after)
	}
}

// showsUnknown starts the program again, which must show the outcome as not known.
func (n *slowNango) showsUnknown(t *testing.T, env []string) {
	t.Helper()
	x := startIn(t, n.args(), n.env(env), size120x40())
	x.see(firstNotice)
	x.press("8")
	x.see("1 request · ? 1 not known", "Pause syncs", "? not known", pauseRequest)
	x.quits()
	if strings.Contains(x.output(), "no answer") {
		t.Error("what another process sent is in the last words")
	}
}

func TestEverySignalNamesWhatWasSentWithoutAnswer(t *testing.T) {
	for _, s := range longtest.Sample(t, catchableSignals, 4) {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			n := newSlowNango(t)
			_, env := newHome(t)
			x := n.pauseWithoutAnswer(t, env)
			x.signal(s)
			x.exits(128 + int(s))
			x.restored()
			x.said(lastWords)
			n.showsUnknown(t, env)
		})
	}
}

func TestQuittingTwiceNamesWhatWasSentWithoutAnswer(t *testing.T) {
	t.Parallel()
	n := newSlowNango(t)
	_, env := newHome(t)
	x := n.pauseWithoutAnswer(t, env)
	x.press("ctrl+c")
	x.see("Press again to quit")
	x.quits()
	x.said(lastWords)
	n.showsUnknown(t, env)
}

func TestKilledProgramLeavesWhatItSentInTheJournal(t *testing.T) {
	t.Parallel()
	n := newSlowNango(t)
	home, env := newHome(t)
	x := n.pauseWithoutAnswer(t, env)
	other := startIn(t, n.args(), n.env(env), size120x40())
	other.see("contacts")
	other.press("8")
	other.see("… in progress") // its process lives
	other.quits()
	x.signal(syscall.SIGKILL)
	x.exits(-1)
	x.waitForEnd()
	n.showsUnknown(t, env)
	data, err := os.ReadFile(filepath.Join(home, "state", config.Folder, journal.FileName))
	if err != nil || strings.Contains(string(data), n.key) || strings.Count(string(data), "\n") != 1 {
		t.Errorf("%v: %s", err, data)
	}
}

func TestChangeIsNotSentIfTheDiskIsFull(t *testing.T) {
	t.Parallel()
	n := newSlowNango(t)
	_, env := newHome(t)
	command := "ulimit -f 0; exec " + binary + " " + strings.Join(n.args(), " ")
	x := startCommand(t, "/bin/sh", []string{"-c", command}, n.env(env), size120x40())
	x.confirmPause()
	x.see("not sent: the journal can't record it")
	x.press("E")
	x.see("file too large")
	x.press("esc")
	x.gone("file too large")
	x.quits()
	if len(n.arrived) != 0 || strings.Contains(x.output(), "no answer") {
		t.Error("it was sent")
	}
}

func TestDemoLeavesNoJournal(t *testing.T) {
	t.Parallel()
	home, env := newHome(t)
	x := startIn(t, []string{"--demo", "--open", "connection/hubspot/" + workingConnection}, env, size80x24())
	x.see("Uma Baker")
	x.press("K")
	x.see("CREDENTIALS")
	x.press("8")
	x.see("1 request", "Load credentials", "✓ done")
	x.quits()
	if _, err := os.Stat(filepath.Join(home, "state")); err == nil {
		t.Error("the demo has written to the state folder")
	}
}
