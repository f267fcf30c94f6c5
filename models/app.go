// Package models holds the Bubble Tea models: [App], the root, and below it a folder for each area of Nango.
//
// App owns the stack of screens, the overlays on top of them, where keys go, and, alone, the sending. Screens
// put what they want into a [screen.Turn]; App carries it out. It may know every area; areas know neither App
// nor each other.
package models

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/guard"
	"nango-tui/models/actions"
	"nango-tui/models/proxy"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Keymap gives each action its keys, in the words of [tea.Key]: "j", "ctrl+p", "enter".
type Keymap map[screen.ActionID][]string

// Config is what App needs of the world around it.
type Config struct {
	Keymap Keymap
	Theme  *ui.Theme
	// Profiles are the profiles that can be switched to.
	Profiles []guard.Profile
	// Start is the profile to begin with; empty where none could be found, and then Problem says why.
	Start   string
	Problem string
	// HasDemo says that the profile "demo" can be connected to.
	HasDemo bool
	// Connect makes the session of a profile. It may wait, for a key command or an embedded server, and runs on
	// a goroutine of its own.
	Connect func(ctx context.Context, profile string) (ActiveProfile, error)
	// Secrets are those that the program has seen, and Log its last calls: one of each for all profiles.
	Secrets *nango.Secrets
	Log     *nango.Log
	// Open is the first screen.
	Open screen.Route
	// Remote says that the terminal is at the far end of a connection.
	Remote bool
	// WriteClipboard puts a text into the clipboard of this machine; nil where there is none.
	WriteClipboard func(string) error
	// Files is the user's files, and Edit their editor: it hands back what a text was saved as, on App's goroutine, and
	// takes the terminal meanwhile. Edit is nil where there is none.
	Files screen.Files
	Edit  func(name, text string, then func(text string, err error) tea.Msg) tea.Cmd
	// Browse opens an address in the browser of this machine; nil where there is none.
	Browse func(url string) error
	// CannotSuspend is why the program cannot be suspended here; empty where it can.
	CannotSuspend string
	// OnBug is told of a bug in the program that can be survived; nil shows it as an error.
	OnBug func(error)
	// Now is the clock, and After a timer whose message comes back to App. Tests put their own here.
	Now   func() time.Time
	After func(time.Duration, tea.Msg) tea.Cmd
}

// App is the root model.
type App struct {
	config        Config
	width, height int
	focused       bool

	active  *ActiveProfile
	stack   []*entry
	overlay overlay
	toasts  ui.Toasts
	watches []*watcher
	// runs are the actions run since the start, in whichever profile.
	runs     *actions.History
	sending  int
	fetching int
	problem  string
	// connecting is the profile that is being connected to, and leaving the screens that it was asked for on; empty where
	// none is.
	connecting string
	leaving    []*entry
	history    []string
	// proxied are the paths that requests to providers were sent to.
	proxied proxy.Recent

	ctx  context.Context
	stop context.CancelFunc
	// cmds are gathered while a message is handled.
	cmds []tea.Cmd
	// ticking is the number of the newest clock tick asked for, tickDue when it comes.
	ticking  int
	tickDue  time.Time
	mouseOff bool
	// editing says that a text is in the user's editor, or on its way there.
	editing bool
	// clusters says that the terminal counts characters by what is seen as one.
	clusters bool
	// warned is what the user was told that quitting would leave undone; a second key quits for as long as it would.
	warned string
	// opened are the sessions to be closed at the end.
	opened []ActiveProfile
}

// New makes the root model. The context ends everything that App has under way.
func New(ctx context.Context, c Config) *App {
	ctx, stop := context.WithCancel(ctx)
	a := &App{
		config: c, ctx: ctx, stop: stop, focused: true,
		problem: c.Problem, runs: actions.NewHistory(),
	}
	a.toasts.Hint = a.errorHint
	return a
}

// Init connects to the first profile.
func (a *App) Init() tea.Cmd {
	if a.config.Start == "" {
		a.welcome(a.config.Problem)
	} else {
		a.connect(a.config.Start)
	}
	a.tick()
	return a.flush()
}

// Update routes a message to what it is for.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.ModeReportMsg:
		a.clusters = a.clusters || countsClusters(msg)
	case tea.FocusMsg:
		a.focused = true
	case tea.BlurMsg:
		a.focused = false
	case tea.KeyPressMsg:
		a.key(msg)
	case tea.MouseMsg:
		a.mouse(msg)
	case tea.PasteMsg:
		a.input(msg)
	case connected:
		a.connected(msg)
	case fetchDone:
		a.fetchDone(msg)
	case ownerLearned:
		a.ownerLearned(msg)
	case editDone:
		a.editDone(msg)
	case sendDone:
		a.sendDone(msg)
	case pollDue:
		a.poll(msg)
	case clockTick:
		a.clock(msg)
	case pollLists:
		a.refreshLists()
	case unguarded:
		msg.dialog.dialog.Guarded = false
	case copyDone:
		a.copyDone(msg)
	case browseDone:
		a.browseDone(msg)
	case widget:
		a.widget(msg)
	}
	a.notify()
	a.keepWatches()
	a.unwarn()
	a.keepPace()
	return a, a.flush()
}

// countsClusters says that Bubble Tea's renderer will count clusters, by the answer that it goes by itself.
func countsClusters(msg tea.ModeReportMsg) bool {
	known := msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	return msg.Mode == ansi.ModeUnicodeCore && known
}

// do gathers a command to be run when the message is handled.
func (a *App) do(cmd tea.Cmd) {
	if cmd != nil {
		a.cmds = append(a.cmds, cmd)
	}
}

func (a *App) flush() tea.Cmd {
	cmds := a.cmds
	a.cmds = nil
	switch len(cmds) {
	case 0:
		return nil
	case 1:
		return cmds[0]
	}
	return tea.Batch(cmds...)
}

// quitWarning is the name of the message that says what quitting would leave undone.
const quitWarning = "quit"

// quit ends the program. While something would be left open by that, it takes a second key.
func (a *App) quit() {
	if open := a.leftOpen(); open != "" && open != a.warned {
		a.warned = open
		a.failAbout(quitWarning, open+": once more to quit", nil)
		return
	}
	a.stop()
	a.do(tea.Quit)
}

// unwarn takes the warning before quitting back when it has become untrue: what comes later was not warned of.
func (a *App) unwarn() {
	if a.warned != "" && a.leftOpen() == "" {
		a.warned = ""
		a.toasts.Remove(quitWarning)
	}
}

// leftOpen is what quitting now would leave undone; empty where that is nothing.
func (a *App) leftOpen() string {
	switch {
	case a.sending > 0:
		return "a change is on its way, and its outcome would not be known"
	case len(a.watches) > 0:
		return "still waiting for " + a.watches[0].watch.Title() + ": " + quitWarningOf(a.watches[0].watch)
	}
	for _, e := range a.stack {
		if held := lossWarning(e); held != "" {
			return held
		}
	}
	return ""
}

// quitWarningOf is what would be left undone of a watch.
func quitWarningOf(w screen.Watch) string {
	if knows, ok := w.(screen.QuitWarner); ok {
		return knows.QuitWarning()
	}
	return "what comes of it would not be told"
}

// suspend gives the terminal back to the shell until the program is continued.
func (a *App) suspend() { a.do(tea.Suspend) }
