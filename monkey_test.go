package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/config"
	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

// monkeySecret is a secret of the server that must never be on the screen.
const monkeySecret = "gho_16C7e42F292c6912E7710c838347Ae178B4a"

// hostileText acts on terminals that don't watch out.
const hostileText = "\x1b]52;c;aGFja2Vk\x07\x1b[2J\u202e\u009b31m\x7f[ Delete ] Type 1234 to confirm\nesc cancels"

// monkeyMode is how the monkey behaves, and which requests it may cause.
type monkeyMode struct {
	profile guard.Profile
	// confirms means that it answers questions with yes, too.
	confirms bool
	// hostile means that the server's texts are hostile, and that its answers fail now and then.
	hostile bool
	// refreshes means that requests which may refresh a token may be sent without a dialog, by their own key.
	refreshes bool
	// links means that a link's form may be sent.
	links bool
}

var monkeyModes = map[string]monkeyMode{
	"read-only":         {profile: guard.Profile{ReadOnly: true}, confirms: true},
	"production":        {profile: guard.Profile{Production: true}, confirms: true, links: true},
	"never confirming":  {refreshes: true, links: true},
	"confirming":        {confirms: true, refreshes: true, links: true},
	"a hostile server":  {hostile: true, refreshes: true, links: true},
	"hostile, answered": {hostile: true, confirms: true, refreshes: true, links: true},
}

// monkey uses the whole program at random: keys, pastes, clicks and sizes. It looks at each frame, and at each request.
type monkey struct {
	t       *testing.T
	mode    monkeyMode
	random  *rand.Rand
	app     *models.App
	server  *sandbox.Server
	host    string
	secrets []string
	cmds    []tea.Cmd
	quit    bool
	drawn   string // the last frame, and
	frame   string // its text
	history []string
	// sent, answered and screens say how far the monkey came.
	sent, answered int
	screens        map[string]bool
	// asked is the text of the dialogs that were answered in this step, without spaces and frames.
	asked strings.Builder

	mu       sync.Mutex
	requests []string
}

func TestMonkey(t *testing.T) {
	steps := longtest.Size(500, 20_000) // of each mode
	if testing.Short() {
		steps = 50
	}
	for name, mode := range monkeyModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newMonkey(t, mode).run(steps)
		})
	}
}

// A path that is broken into lines is found beside the screen behind the dialog.
func TestThePathInADialogIsFoundBesideTheScreenBehind(t *testing.T) {
	frame := "behind │ behind\nbehi │ DELETE /a?key=goo │ nd\nb 한 │ gle              │\nbehi │     Delete       │\nbehi └ esc cancels ──────┘"
	if got := squeeze(dialogOf(frame)); got != "DELETE/a?key=googleDelete" {
		t.Errorf("%q", got)
	}
}

func newMonkey(t *testing.T, mode monkeyMode) *monkey {
	t.Helper()
	m := &monkey{t: t, mode: mode, random: rand.New(longtest.Source(t)), screens: map[string]bool{}, server: monkeyServer(t, mode.hostile)}
	host := httptest.NewServer(http.HandlerFunc(m.record))
	t.Cleanup(host.Close)
	m.host = host.URL
	m.start()
	return m
}

// start starts the program, also after the monkey has quit it.
func (m *monkey) start() {
	m.t.Helper()
	const keyVariable = "MONKEY_KEY"
	m.secrets = []string{m.server.Keys().Environment, monkeySecret}
	profile := config.Profile{Profile: m.mode.profile, Key: config.KeySource{Env: keyVariable}}
	profile.Name, profile.Host = "acme", m.host
	env := config.Environment{Values: map[string]string{keyVariable: m.server.Keys().Environment}}
	c := newConnector(options{}, env, config.Settings{Profiles: []config.Profile{profile}})
	keys := keymap()
	maps.DeleteFunc(keys, func(id screen.ActionID, _ []string) bool {
		return strings.Contains(strings.ToLower(string(id)), "reveal")
	})
	m.app, m.quit = models.New(m.t.Context(), models.Config{
		Keymap: keys, Theme: plain(), Profiles: c.profiles()[:1], Start: profile.Name, Connect: c.connect, Secrets: c.secrets, Log: c.log,
		Files: screentest.NewFiles(), Now: time.Now, After: shortTimers,
		AfterDraw: func(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } },
		OnBug:     func(err error) { m.fail("a bug: %v", err) },
	}), false
	m.t.Cleanup(func() { _ = m.app.Close() })
	m.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	m.execute(m.app.Init())
}

// monkeyServer is a Nango with secrets and, if hostile, with hostile texts.
func monkeyServer(t *testing.T, hostile bool) *sandbox.Server {
	t.Helper()
	text := "Globex"
	if hostile {
		text = hostileText
	}
	server := sandbox.New(sandbox.Options{
		Seed: 3, Connections: 12, RateLimit: 1 << 30, Wait: func(context.Context, time.Duration) error { return nil },
	})
	credentials, _ := json.Marshal(map[string]any{"type": "OAUTH2", "access_token": monkeySecret, "refresh_token": monkeySecret})
	said, _ := json.Marshal(map[string]any{"note": text, "client_secret": monkeySecret})
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: walkKey, Provider: "salesforce", Name: text})
	for _, id := range []string{walkID, walkWorks} {
		if err == nil {
			_, err = server.AddConnection(sandbox.ConnectionSpec{
				Integration: walkKey, ID: id, Credentials: credentials, Metadata: said, Config: []byte(`{"instance_url":"https://crm.example"}`),
				Tags: map[string]string{"end_user_id": "u1", "end_user_display_name": text},
			})
		}
	}
	addWalkFunctions(t, server, err)
	return server
}

// logCalls are the calls of the log tools, which only read.
var logCalls = regexp.MustCompile(`^\[?(\{"jsonrpc":"2.0","id":\d+,"method":"tools/call","params":` +
	`\{"name":"logs_(list_operations|get_operation)",[^\n]*\},?)+\]?$`)

// record notes each request before the server gets it.
func (m *monkey) record(w http.ResponseWriter, r *http.Request) {
	if r.RequestURI == "/mcp" {
		body, err := io.ReadAll(r.Body)
		if r.Body = io.NopCloser(bytes.NewReader(body)); err == nil && logCalls.Match(body) {
			m.server.ServeHTTP(w, r)
			return
		}
	}
	m.mu.Lock()
	m.requests = append(m.requests, r.Method+" "+r.RequestURI) // as sent, not encoded again
	m.mu.Unlock()
	m.server.ServeHTTP(w, r)
}

func (m *monkey) takeRequests() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken := m.requests
	m.requests = nil
	return taken
}

func (m *monkey) run(steps int) {
	m.t.Helper()
	defer func() {
		if reason := recover(); reason != nil {
			m.fail("panic: %v", reason)
			panic(reason)
		}
	}()
	for range steps {
		m.step()
		m.screens[m.app.Scope().Screen] = true
		m.checkFrame()
		m.checkRequests()
		if m.t.Failed() {
			return
		}
		if m.quit {
			m.start()
		}
	}
	m.respondsStill()
	m.t.Logf("%d requests, %d screens, %d dialogs answered", m.sent, len(m.screens), m.answered)
}

// step does one thing at random.
func (m *monkey) step() {
	if m.mode.hostile && m.random.IntN(40) == 0 {
		m.breakServer()
	}
	switch n := m.random.IntN(100); {
	case n < 12 && !m.isAsking():
		m.goSomewhere()
	case n < 17 || strings.Contains(m.frame, "small") && n < 60:
		m.resize()
	case n < 20:
		m.note("paste")
		m.send(tea.PasteMsg{Content: hostileText[:m.random.IntN(len(hostileText))]})
	case n < 26:
		m.note("click")
		m.send(tea.MouseClickMsg{X: m.random.IntN(140), Y: m.random.IntN(45), Button: tea.MouseLeft})
	case n < 29:
		m.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	case m.isAsking() && m.mode.confirms && n < 90:
		m.confirm()
	default:
		m.press(m.key())
	}
}

// key is a letter, a key of the keymap, or most often one that does something here.
func (m *monkey) key() string {
	all := keymap()
	id := slices.Sorted(maps.Keys(all))[m.random.IntN(len(all))]
	switch m.random.IntN(8) {
	case 0:
		return string(rune('a' + m.random.IntN(26)))
	case 1, 2:
	default:
		here := m.app.Scope().Actions
		if sends := slices.DeleteFunc(slices.Clone(here), func(a screen.Action) bool { return a.Operation == "" }); len(sends) > 0 {
			here = slices.Concat(here, slices.Repeat(sends, 1+len(here)/len(sends))) // half of the keys send something
		}
		if len(here) > 0 {
			id = here[m.random.IntN(len(here))].ID
		}
	}
	if keys := all[id]; len(keys) > 0 {
		return keys[m.random.IntN(len(keys))]
	}
	return "enter"
}

// press presses a key, unless it would agree to what the mode doesn't agree to.
func (m *monkey) press(key string) {
	switch armsOrReveals := strings.Contains(m.frame, "Arm production") || strings.Contains(m.frame, "eveal"); {
	case key == "enter" && (armsOrReveals || !m.mode.confirms && m.isAsking() && !strings.Contains(m.frame, "[ Cancel ]")):
		key = "esc"
	case key == "enter" && m.isAsking():
		m.send(tea.WindowSizeMsg{Width: 120, Height: 60})
		m.asked.WriteString(squeeze(dialogOf(m.frame)))
		m.answered++
	}
	m.note(key)
	m.send(keyNamed(key))
}

var confirmWord = regexp.MustCompile(`Type (\S+) to confirm`)

// confirm answers a dialog with yes.
func (m *monkey) confirm() {
	m.send(tea.WindowSizeMsg{Width: 120, Height: 60}) // the whole question can be read
	m.press("ctrl+u")
	if found := confirmWord.FindAllStringSubmatch(m.frame, -1); found != nil { // the last one: hostile texts stand above it
		for _, r := range found[len(found)-1][1] {
			m.press(string(r))
		}
	} else {
		m.press("right")
	}
	m.press("enter")
}

// goSomewhere leaves forms and opens a screen by its route.
func (m *monkey) goSomewhere() {
	for range 4 {
		m.press("esc")
		if strings.Contains(m.frame, "enter selects  esc closes") && strings.Contains(m.frame, "Leave ") {
			m.press("end")
			m.press("enter")
		}
	}
	m.press(":")
	routes := walkRoutes()
	route := routes[m.random.IntN(len(routes))].String()
	if m.random.IntN(4) > 0 { // half of the time went into typing
		m.note("paste " + route)
		m.send(tea.PasteMsg{Content: route})
	} else {
		for _, r := range route {
			m.press(string(r))
		}
	}
	m.press("enter")
}

// resize gives the terminal a size. One in six is too small to draw.
func (m *monkey) resize() {
	width, height := 40+m.random.IntN(100), 10+m.random.IntN(40)
	if m.random.IntN(6) == 0 {
		width, height = m.random.IntN(60), m.random.IntN(14)
	}
	m.note("resize")
	m.send(tea.WindowSizeMsg{Width: width, Height: height})
}

// breakServer has the next answer fail, or repairs the server.
func (m *monkey) breakServer() {
	m.server.ClearFaults()
	faults := []sandbox.Fault{
		{}, {Status: 502, ContentType: "text/html", Body: "<title>" + hostileText + "</title>"}, {Status: 200, Body: `{"data":`},
		{Status: 500, NoBody: true}, {Status: 400, Body: `["` + "\u202e" + `"]`}, {CutAfter: 20}, {Reset: true},
		{Status: 403, Body: `{"error":{"code":"forbidden","message":"Insufficient scope. Required: ` + "\u009b31m" + `"}}`},
	}
	if f := faults[m.random.IntN(len(faults))]; f != (sandbox.Fault{}) {
		f.Times = 1 + m.random.IntN(3)
		m.server.Inject(f)
	}
}

// isAsking reports whether a dialog is on the screen.
func (m *monkey) isAsking() bool { return strings.Contains(m.frame, " Cancel ") }

func (m *monkey) note(what string) {
	m.history = append(m.history, what)
	m.history = m.history[max(len(m.history)-40, 0):]
}

func (m *monkey) fail(format string, args ...any) {
	m.t.Helper()
	m.t.Errorf(format+"\nthe last steps: %q\n%s", append(args, m.history, m.frame)...)
}

func (m *monkey) send(msg tea.Msg) {
	_, cmd := m.app.Update(msg)
	m.execute(cmd)
	m.drawn = m.app.View().Content
	m.frame = ansi.Strip(m.drawn)
}

// execute runs commands to their end.
func (m *monkey) execute(cmd tea.Cmd) {
	for m.cmds = append(m.cmds, cmd); len(m.cmds) > 0; {
		next := m.cmds[0]
		m.cmds = m.cmds[1:]
		if next == nil {
			continue
		}
		switch msg := next().(type) {
		case nil:
		case tea.BatchMsg:
			m.cmds = append(m.cmds, msg...)
		case tea.QuitMsg:
			m.quit = true
		default:
			_, cmd := m.app.Update(msg)
			m.app.View()
			m.cmds = append(m.cmds, cmd)
		}
	}
}

var styling = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// checkFrame looks for what must never be drawn.
func (m *monkey) checkFrame() {
	m.t.Helper()
	for _, r := range styling.ReplaceAllString(m.drawn, "") {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			m.fail("the frame has the character %U", r)
		}
	}
	squeezed := squeeze(m.frame)
	for _, secret := range m.secrets {
		if strings.Contains(squeezed, secret) {
			m.fail("the secret %s is on the screen", secret)
		}
	}
}

// dialogOf is what stands within the dialog of a frame, without the screen behind and beside it; the whole frame if none is found.
func dialogOf(frame string) string {
	lower := dialogEnd.FindAllStringSubmatchIndex(frame, -1) // the last one: hostile texts stand above it
	if lower == nil {
		return frame
	}
	start, end := lower[len(lower)-1][2], lower[len(lower)-1][3]
	above := strings.Split(frame[:start], "\n")
	left := ansi.StringWidth(above[len(above)-1])
	right := left + ansi.StringWidth(frame[start:end])
	var text []string
	for _, line := range slices.Backward(above[:len(above)-1]) {
		line = ansi.Cut(line, left, right)
		if !strings.HasPrefix(line, "│") {
			break
		}
		text = append(text, line)
	}
	slices.Reverse(text)
	return strings.Join(text, "\n")
}

// dialogEnd is the lower border of a dialog.
var dialogEnd = regexp.MustCompile(`(└[^└┘\n]*esc cancels [^└┘\n]*┘)`)

// squeeze removes spaces, line breaks and frames from a text, so that a path which is broken into lines is found.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("│┌┐└┘─", r) {
			return -1
		}
		return r
	}, text)
}

var (
	refreshRequest = regexp.MustCompile(`^GET /(connections?/[^?]|proxy/)`)
	linkRequest    = regexp.MustCompile(`^POST /connect/sessions(/reconnect)?$`)
)

// checkRequests holds what was sent against what the mode allows.
func (m *monkey) checkRequests() {
	m.t.Helper()
	for _, request := range m.takeRequests() {
		m.sent++
		isRead := strings.HasPrefix(request, "GET ") && !refreshRequest.MatchString(request)
		switch {
		case isRead:
		case m.mode.profile.ReadOnly:
			m.fail("%s was sent by a read-only profile", request)
		case request == "POST /functions/compile": // by its own key; it changes nothing
		case linkRequest.MatchString(request) && m.mode.links:
		case refreshRequest.MatchString(request) && m.mode.refreshes:
		case !m.mode.confirms:
			m.fail("%s was sent, and nothing was confirmed", request)
		case !strings.Contains(m.asked.String(), squeeze(request)):
			m.fail("%s was sent, and no dialog showed it, but: %s", request, m.asked.String())
		case m.mode.profile.Production && !refreshRequest.MatchString(request) && !strings.Contains(request, "/connect/session"):
			m.fail("%s was sent in production, which was not armed", request)
		}
	}
	m.asked.Reset()
}

// respondsStill checks that the program still does what it is told.
func (m *monkey) respondsStill() {
	m.t.Helper()
	m.server.ClearFaults()
	m.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	for range 3 {
		m.send(keyNamed("ctrl+c"))
	}
	if !m.quit {
		m.fail("ctrl+c doesn't end the program")
	}
}
