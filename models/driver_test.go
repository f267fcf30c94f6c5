package models

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/clean"
	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/ui"
)

// driver uses the dashboard as a user does, on one goroutine: commands are run to their end after each step, and
// timers are kept until the test lets time pass.
type driver struct {
	t      *testing.T
	app    *App
	now    time.Time
	timers []timer
	// holdCmds keeps commands from being run until run is called.
	holdCmds  bool
	cmds      []tea.Cmd
	clipboard []string
	// transports reach the servers, by their addresses.
	transports map[string]http.RoundTripper
	files      *screentest.Files
	browsed    []string
	quit       bool
	// undrawn means that nothing is drawn after a message, as when many come at once.
	undrawn bool
	// onWait is called while a request waits; nil for nothing.
	onWait func()
}

type timer struct {
	at  time.Time
	msg tea.Msg
}

// profiles are the profiles of a test by name.
type profiles map[string]guard.Profile

// newDriver starts the dashboard over a server, with the profiles, the first of which by name is opened.
func newDriver(t *testing.T, server http.Handler, key, start string, known profiles, change ...func(*Config)) *driver {
	t.Helper()
	d := &driver{t: t, now: time.Now(), files: screentest.NewFiles(), transports: map[string]http.RoundTripper{}}
	host := d.serve(server)
	c := Config{
		Keymap: testKeys, Theme: &ui.Theme{}, Start: start, Secrets: nango.NewSecrets(), Log: nango.NewLog(), Files: d.files,
		Connect: func(_ context.Context, name string) (ActiveProfile, error) {
			p := known[name]
			p.Name, p.Host = name, host
			return d.connect(p, nango.Secret(key))
		},
		WriteClipboard: func(s clean.Block) error { d.clipboard = append(d.clipboard, s.String()); return nil },
		Browse:         func(url string) error { d.browsed = append(d.browsed, url); return nil },
		OnBug:          func(err error) { d.t.Errorf("bug: %v", err) },
		Now:            func() time.Time { return d.now },
		After: func(wait time.Duration, msg tea.Msg) tea.Cmd {
			d.timers = append(d.timers, timer{d.now.Add(wait), msg})
			return nil
		},
		AfterDraw: func(msg tea.Msg) tea.Cmd {
			d.timers = append(d.timers, timer{d.now, msg})
			return nil
		},
	}
	for name := range known {
		c.Profiles = append(c.Profiles, guard.Profile{Name: name})
	}
	for _, f := range change {
		f(&c)
	}
	d.app = New(t.Context(), c)
	d.app.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	d.after(d.app.Init())
	t.Cleanup(func() { _ = d.app.Close() })
	return d
}

// serve serves a server and returns its address.
func (d *driver) serve(server http.Handler) (host string) {
	host, transport := screentest.Serve(d.t, server)
	d.transports[host] = transport
	return host
}

func (d *driver) connect(p guard.Profile, key nango.Secret) (ActiveProfile, error) {
	s := ActiveProfile{Profile: p, Limiter: nango.NewLimiter()}
	var err error
	s.Client, err = nango.NewClient(nango.Config{
		Host: p.Host, Transport: d.transports[p.Host], Key: key, ReadOnly: p.ReadOnly, MayRefresh: p.MayRefresh, Limiter: s.Limiter,
		Log: d.app.config.Log, Secrets: d.app.config.Secrets,
		Now: func() time.Time { return d.now },
		Wait: func(ctx context.Context, wait time.Duration) error {
			if d.onWait != nil {
				d.onWait()
			}
			d.now = d.now.Add(wait)
			return ctx.Err()
		},
	})
	return s, err
}

func (d *driver) after(cmd tea.Cmd) {
	if cmd != nil {
		d.cmds = append(d.cmds, cmd)
	}
	if !d.holdCmds {
		d.run()
	}
}

// run runs what is held until nothing is left.
func (d *driver) run() {
	for len(d.cmds) > 0 {
		cmd := d.cmds[0]
		d.cmds = d.cmds[1:]
		d.receive(cmd())
	}
}

func (d *driver) receive(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			if cmd != nil {
				d.cmds = append(d.cmds, cmd)
			}
		}
	case tea.QuitMsg:
		d.quit = true
	default:
		d.send(msg)
	}
}

// send brings a message to the dashboard.
func (d *driver) send(msg tea.Msg) {
	_, cmd := d.app.Update(msg)
	if !d.undrawn {
		d.app.View()
	}
	d.after(cmd)
}

// press presses keys by their names: "down", "ctrl+p", "D". It does so as a user who looks at the screen: a question gets its
// answer when it has been seen.
func (d *driver) press(keys ...string) {
	for _, key := range keys {
		d.look()
		d.send(keyNamed(key))
	}
}

// pressBlindly presses keys at once, before anything they lead to can be seen.
func (d *driver) pressBlindly(keys ...string) {
	for _, key := range keys {
		d.send(keyNamed(key))
	}
}

// typeText types a text, a key for each character, as press does.
func (d *driver) typeText(text string) {
	d.look()
	for _, r := range text {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// look lets the time pass in which a question takes no answer.
func (d *driver) look() {
	switch {
	case d.app.onlyEsc():
		d.advance(guardTime)
	case d.app.isChoiceUnseen():
		d.advance(0)
	}
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"home": tea.KeyHome, "end": tea.KeyEnd, "space": tea.KeySpace,
}

func keyNamed(name string) tea.KeyPressMsg {
	var k tea.KeyPressMsg
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		name, k.Mod = rest, tea.ModCtrl
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		name, k.Mod = rest, k.Mod|tea.ModShift
	}
	if code, ok := namedKeys[name]; ok {
		k.Code = code
		return k
	}
	k.Code = []rune(name)[0]
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}

// advance lets time pass, and brings what timers were set for.
func (d *driver) advance(wait time.Duration) {
	until := d.now.Add(wait)
	for {
		next := -1
		for i, timer := range d.timers {
			if !timer.at.After(until) && (next < 0 || timer.at.Before(d.timers[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		due := d.timers[next]
		d.timers = append(d.timers[:next], d.timers[next+1:]...)
		d.now = due.at
		d.send(due.msg)
	}
	d.now = until
}

// screen is what the terminal shows, without looks.
func (d *driver) screen() string { return ansi.Strip(d.app.View().Content) }

// messages are the messages at the lower right of a screen, each on one line.
func messages(screen string) string {
	var all strings.Builder
	for line := range strings.Lines(screen) {
		_, message, found := lastCut(line, "│")
		switch {
		case !found:
			continue
		case !strings.HasPrefix(message, "   "):
			all.WriteString("\n")
		}
		all.WriteString(" " + strings.TrimSpace(message))
	}
	return all.String()
}

func lastCut(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func (d *driver) see(texts ...string) {
	d.t.Helper()
	shown := d.screen() + messages(d.screen())
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, shown)
		}
	}
}

func (d *driver) notSee(texts ...string) {
	d.t.Helper()
	shown := d.screen() + messages(d.screen())
	for _, text := range texts {
		if strings.Contains(shown, text) {
			d.t.Fatalf("%q is on the screen:\n%s", text, shown)
		}
	}
}

// action is the action with the id, as App would dispatch it.
func (d *driver) action(id screen.ActionID) (screen.Action, bool) {
	for _, action := range d.app.actions() {
		if action.ID == id {
			return action, true
		}
	}
	return screen.Action{}, false
}

// do does an action by its id, whatever its key.
func (d *driver) do(id screen.ActionID) {
	d.t.Helper()
	d.look()
	action, ok := d.action(id)
	if !ok {
		d.t.Fatalf("there is no action %s here:\n%s", id, d.screen())
	}
	d.app.dispatch(action)
	d.after(d.app.flush())
}

// noWait lets a sandbox respond without the time that actions, builds and providers take.
func noWait(context.Context, time.Duration) error { return nil }
