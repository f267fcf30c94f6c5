// Package models holds the Bubble Tea models: [App], the root, and a folder for each area of Nango.
//
// App owns the stack of screens, the overlays on top of them and the routing of keys, and it alone sends requests. Screens put
// what they want into a [screen.Turn], and App carries it out. It may know every area; areas know neither App nor each other.
package models

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/clean"
	"nango-tui/internal/guard"
	"nango-tui/models/actions"
	"nango-tui/models/connections/bulk"
	"nango-tui/models/proxy"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Keymap has the keys of each action, as [tea.Key] names them: "j", "ctrl+p", "enter".
type Keymap map[screen.ActionID][]string

// Config is what App needs from its environment.
type Config struct {
	Keymap Keymap
	// Elsewhere has the actions of all kinds of screens.
	Elsewhere []Elsewhere
	Theme     *ui.Theme
	// Profiles are the profiles that the user can switch to.
	Profiles []guard.Profile
	// Start is the first profile; empty if none was found, and then Problem says why.
	Start   string
	Problem string
	// HasDemo means that the profile "demo" exists.
	HasDemo bool
	// Connect connects to a profile. It runs on its own goroutine, because it may wait for a key command or an embedded server.
	Connect func(ctx context.Context, profile string) (ActiveProfile, error)
	// Secrets are the secrets that the program has seen, and Log its last requests: one of each for all profiles.
	Secrets *nango.Secrets
	Log     *nango.Log
	// Open is the route of the first screen.
	Open screen.Route
	// Remote means that the terminal is at the other end of a connection.
	Remote bool
	// WriteClipboard puts a text into the clipboard of this machine; nil if there is none.
	WriteClipboard func(clean.Block) error
	// Files are the user's files. Edit opens a text in the user's editor, which takes the terminal meanwhile, and returns the
	// edited text on App's goroutine; nil if there is no editor.
	Files screen.Files
	Edit  func(name, text string, then func(text string, err error) tea.Msg) tea.Cmd
	// Notify has the terminal show a notification; nil if it can't.
	Notify func(clean.Text) tea.Cmd
	// Listen receives webhooks at an address of this machine until the context ends. Nil if it can't.
	Listen func(ctx context.Context, address string, key nango.Secret) (listening string, hooks <-chan screen.Webhook, err error)
	// Browse opens a URL in the browser of this machine; nil if there is none.
	Browse func(url string) error
	// HasProgressBar means that the terminal has a progress bar of its own.
	HasProgressBar bool
	// CannotSuspend is why the program can't be suspended here; empty if it can.
	CannotSuspend string
	// OnBug is called with a bug in the program that isn't fatal; nil shows it as an error.
	OnBug func(error)
	// Now is the clock, and After a timer whose message comes back to App. AfterDraw brings its message back when the terminal
	// was sent what View shows after the current update. Tests have their own.
	Now       func() time.Time
	After     func(time.Duration, tea.Msg) tea.Cmd
	AfterDraw func(tea.Msg) tea.Cmd
}

// App is the root model.
type App struct {
	config        Config
	width, height int
	focused       bool

	active  *ActiveProfile
	stack   []*entry
	overlay overlay
	// openedBy is the key that opened the overlay; empty if none did.
	openedBy string
	// lastClick is for double clicks.
	lastClick click
	shown     shown
	early     early
	toasts    ui.Toasts
	watches   []*watcher
	// runs are the actions run since the start, in all profiles.
	runs *actions.History
	// bulk are the changes of many connections, in all profiles.
	bulk     *bulk.Runs
	sending  int
	fetching int
	problem  string
	// connecting is the profile that is being connected to, and connectedFrom the stack when that began; empty if none is.
	connecting    string
	connectedFrom []*entry
	// connectingSince is when that began.
	connectingSince time.Time
	history         []string
	// views are the views of all lists as they were last read.
	views []screen.View
	// proxied are the paths of proxied requests that were sent.
	proxied proxy.Recent

	ctx  context.Context
	stop context.CancelFunc
	// cmds are collected while a message is handled.
	cmds []tea.Cmd
	// tickNumber is the number of the newest clock tick that was set, tickDue when it comes.
	tickNumber int
	tickDue    time.Time
	// reloadAt is when the earliest timer comes that was set to read again what is on top; zero if none is set.
	reloadAt time.Time
	mouseOff bool
	// screenFailedLast means that the newest error is one that a screen shows, not a message.
	screenFailedLast bool
	// lastWatch is the watch with a screen that ended last; nil if none did.
	lastWatch *watcher
	// alerted is what the last alert said, until a key is pressed.
	alerted alerted
	// editing means that the user's editor is open or opening.
	editing bool
	// graphemes means that the terminal measures text by grapheme clusters.
	graphemes bool
	// quitWarning is what the user was warned that quitting would leave unfinished. As long as that is true, a second key quits.
	quitWarning string
	// finishing are the watches that finish before the program quits; nil while it doesn't.
	finishing []screen.Finisher
	// profiles are the connected profiles, to be closed at the end.
	profiles []ActiveProfile
}

// New returns the root model. The context ends everything that App has in progress.
func New(ctx context.Context, c Config) *App {
	ctx, stop := context.WithCancel(ctx)
	a := &App{
		config: c, ctx: ctx, stop: stop, focused: true,
		problem: c.Problem, runs: actions.NewHistory(), bulk: bulk.NewRuns(),
	}
	a.toasts.Hint, a.toasts.CutHint = a.errorHint, a.cutHint
	return a
}

// Init connects to the first profile.
func (a *App) Init() tea.Cmd {
	a.early.began = a.config.Now()
	if a.config.Start == "" {
		a.welcome(a.config.Problem)
	} else {
		a.connect(a.config.Start)
	}
	a.setClock(defaultRedraw)
	return a.flush()
}

// Update routes a message to its handler.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.ModeReportMsg:
		a.graphemes = a.graphemes || reportsGraphemes(msg)
	case tea.ResumeMsg:
		a.unsee()
	case tea.FocusMsg:
		a.focused = true
	case tea.BlurMsg:
		a.focused = false
	case tea.KeyPressMsg, tea.MouseMsg, tea.PasteMsg:
		a.userInput(msg)
	case connected:
		a.connected(msg)
	case fetchDone:
		a.fetchDone(msg)
	case viewsRead:
		a.viewsRead(msg)
	case runsRead:
		a.runsRead(msg)
	case ownerLearned:
		a.ownerLearned(msg)
	case editDone:
		a.editDone(msg)
	case journalRead, lookedUp, settled:
		a.ofJournal(msg)
	case heard:
		a.heard(msg)
	case sendDone:
		a.sendDone(msg)
	case pollDue:
		a.poll(msg)
	case clockTick:
		a.clock(msg)
	case reloadDue: // whatever is due is read again below
		a.reloadAt = time.Time{}
	case frameDrawn:
		a.frameDrawn(msg)
	case choiceDrawn:
		a.choiceDrawn(msg)
	case guardEnd:
		a.guardEnd(msg)
	case copyDone:
		a.copyDone(msg)
	case browseDone:
		a.browseDone(msg)
	case widget:
		a.widget(msg)
	}
	a.useEarly()
	a.notify()
	a.updateWatches()
	a.clearQuitWarning()
	a.reloadOld()
	a.adjustClock()
	a.followSurface()
	return a, a.flush()
}

// reportsGraphemes reports whether Bubble Tea's renderer will measure by grapheme clusters: it decides by the same report.
func reportsGraphemes(msg tea.ModeReportMsg) bool {
	known := msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	return msg.Mode == ansi.ModeUnicodeCore && known
}

// do collects a command to be run after the message is handled.
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

// quitWarningID identifies the toast that warns before quitting.
const quitWarningID = "quit"

// quit ends the program. If something would be left unfinished, it takes a second key. What watches have to finish is finished first.
func (a *App) quit() {
	if open := a.unfinishedWork(); open != "" && open != a.quitWarning && a.finishing == nil {
		a.quitWarning = open
		a.showErrorFor(quitWarningID, fmt.Sprintf(textQuitAgain, open), nil)
		return
	}
	if a.finish() {
		return
	}
	a.stop()
	a.do(tea.Quit)
}

// clearQuitWarning withdraws the warning before quitting when it is no longer true: it doesn't cover what comes later.
func (a *App) clearQuitWarning() {
	if a.quitWarning != "" && a.unfinishedWork() == "" {
		a.quitWarning = ""
		a.toasts.Remove(quitWarningID)
	}
}

// unfinishedWork is what quitting now would leave unfinished; empty if nothing.
func (a *App) unfinishedWork() string {
	if a.sending > 0 {
		return textChangeSending
	}
	for _, w := range a.watches {
		if _, finishes := w.watch.(screen.Finisher); !finishes {
			return fmt.Sprintf(textStillWaiting, quitWarningOf(w.watch), a.titleOfWatch(w))
		}
	}
	for _, e := range a.stack {
		if held := lossWarning(e); held != "" {
			return held
		}
	}
	return ""
}

// quitWarningOf is what would be left unfinished if a watch ended now.
func quitWarningOf(w screen.Watch) string {
	if knows, ok := w.(screen.QuitWarner); ok {
		return knows.QuitWarning()
	}
	return textOutcomeUnheard
}

// suspend returns the terminal to the shell until the program is continued.
func (a *App) suspend() { a.do(tea.Suspend) }
