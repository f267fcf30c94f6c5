// Package screentest drives a screen in tests as App does, but step by step and on one goroutine: no program, no clock, no
// waiting. It may know what a screen may know, and a server to send to.
package screentest

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Stage is a screen with what it has wanted so far.
type Stage struct {
	// Screen is the screen on top.
	Screen  screen.Screen
	Client  *nango.Client
	Now     time.Time
	Profile screen.ProfileState
	// BlockedReasons is why requests of an operation can't be sent now.
	BlockedReasons map[nango.Operation]string
	// Width and Height are the size of the screen's body: an 80×24 terminal leaves 80×19.
	Width, Height int
	Theme         *ui.Theme
	Mask          func(string) string
	// HoldReads holds reads until Deliver is called.
	HoldReads bool
	// Files are the user's.
	Files *Files
	// InProfiles is why work can't be done in other profiles. Those without an error have the same server.
	InProfiles map[string]error
	// Store has what the screens have learned.
	Store *screen.Store

	// What the screen wanted, in order.
	Opened    []screen.Route
	Copied    []screen.CopyWant
	Toasts    []string // those of alerts included
	Alerts    []screen.AlertWant
	Settled   []screen.SettleWant
	Listens   []screen.ListenWant
	Notices   []screen.NoticeWant
	Browsed   []string
	Picks     []screen.PickWant
	Proposals []screen.ProposeWant
	Watches   []screen.Watch
	Edits     []screen.EditWant
	Curls     []nango.Call
	Fetched   []nango.Call
	Left      bool

	t     testing.TB
	below []screen.Screen
	// notifying keeps a notification from leading to another.
	notifying bool
	fetches   []underWay
	tools     screen.Tools
	secrets   *nango.Secrets
	guard     *guard.Guard
}

// New returns a stage with an opened screen, whose client sends to the handler with the key.
func New(t testing.TB, handler http.Handler, key string, s screen.Screen) *Stage {
	t.Helper()
	st := Closed(t, handler, key, s)
	st.Open()
	return st
}

// Closed returns a stage whose screen is not opened yet.
func Closed(t testing.TB, handler http.Handler, key string, s screen.Screen) *Stage {
	t.Helper()
	url, transport := Serve(t, handler)
	secrets := nango.NewSecrets()
	client, err := nango.NewClient(nango.Config{
		Host: url, Transport: transport, Key: nango.Secret(key), Secrets: secrets,
		Wait: func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	files := NewFiles()
	return &Stage{
		t: t, secrets: secrets, Files: files, tools: screen.NewTools(client, files, secrets), Screen: s, Client: client,
		Now: time.Now(), Width: 80, Height: 19, Theme: &ui.Theme{}, Mask: secrets.Mask,
		Profile: screen.ProfileState{Profile: guard.Profile{Name: "acme-dev", Host: url}},
		guard:   guard.New(guard.Profile{}), Store: screen.NewStore(),
	}
}

// Open opens the screen.
func (st *Stage) Open() {
	if s, ok := st.Screen.(screen.Restorer); ok {
		hold := st.HoldReads
		st.HoldReads = false
		st.Turn(s.Restore)
		st.HoldReads = hold
	}
	st.Turn(func(t *screen.Turn) {
		t.Opening = true
		screen.Open(st.Screen)(t)
	})
}

// Refresh refreshes the screen.
func (st *Stage) Refresh() { st.Turn(st.Screen.Refresh) }

// Do runs an action, which must exist and be enabled.
func (st *Stage) Do(id screen.ActionID) {
	st.t.Helper()
	action := st.Action(id)
	if action.Disabled != "" {
		st.t.Fatalf("%s cannot be done: %s", id, action.Disabled)
	}
	st.Turn(action.Do)
}

// Action returns the action with the id, which must exist.
func (st *Stage) Action(id screen.ActionID) screen.Action {
	st.t.Helper()
	action := screen.Find(st.Screen.Actions(), func(a screen.Action) bool { return a.ID == id })
	if action == nil {
		st.t.Fatalf("the screen has no action %s", id)
	}
	return *action
}

// Type types a text, a key for each rune.
func (st *Stage) Type(text string) {
	for _, r := range text {
		st.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Key presses a key that is bound to no action.
func (st *Stage) Key(k tea.KeyPressMsg) { st.Send(k) }

// Paste pastes a text.
func (st *Stage) Paste(text string) { st.Send(tea.PasteMsg{Content: text}) }

// Send passes a message to the screen.
func (st *Stage) Send(msg tea.Msg) {
	st.Turn(func(t *screen.Turn) { st.Screen.Update(t, msg) })
}

// View is the text of the screen, without styles and trailing spaces.
func (st *Stage) View() string {
	lines := strings.Split(ansi.Strip(st.Raw()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Raw is what the screen draws, with styles.
func (st *Stage) Raw() string {
	if woken, ok := st.Screen.(screen.Observer); ok {
		st.Turn(woken.Notify)
	}
	return st.Screen.View(ui.Frame{
		Width: st.Width, Height: st.Height, Theme: st.Theme, Now: st.Now, Mask: st.Mask,
		Keys:          func(id string) string { return "‹" + id + "›" },
		BlockedReason: func(op string) string { return st.BlockedReasons[nango.Operation(op)] },
	})
}

// See fails unless the screen shows every text.
func (st *Stage) See(texts ...string) {
	st.t.Helper()
	view := st.View()
	for _, text := range texts {
		if !strings.Contains(view, text) {
			st.t.Fatalf("%q is not on the screen:\n%s", text, view)
		}
	}
}

// NotSee fails if the screen shows one of the texts.
func (st *Stage) NotSee(texts ...string) {
	st.t.Helper()
	view := st.View()
	for _, text := range texts {
		if strings.Contains(view, text) {
			st.t.Fatalf("%q is on the screen:\n%s", text, view)
		}
	}
}

// Fits fails if the screen draws more or longer lines than fit.
func (st *Stage) Fits() {
	st.t.Helper()
	lines := strings.Split(st.Raw(), "\n")
	if len(lines) > st.Height {
		st.t.Fatalf("%d lines in a height of %d:\n%s", len(lines), st.Height, st.View())
	}
	for _, line := range lines {
		if width := ansi.StringWidth(line); width > st.Width {
			st.t.Fatalf("a line of %d cells in a width of %d: %q", width, st.Width, ansi.Strip(line))
		}
	}
}
