package screen

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

// ProfileState is the profile of a screen, with what is its state now.
type ProfileState struct {
	guard.Profile
	// Armed means that changes are allowed in production now.
	Armed bool
	// Owner is what the profile's key belongs to, as far as responses have shown it. Fingerprint identifies the key without
	// revealing it, for stored data about it.
	Owner       nango.Owner
	Fingerprint string
	// Remote means that the terminal is at the other end of a connection: no browser here, the clipboard by OSC 52.
	Remote bool
}

// Label is the profile's name, marked if it is production.
func (p ProfileState) Label() string {
	if p.Production {
		return p.Name + " PRODUCTION"
	}
	return p.Name
}

// Turn is one call of a screen by App. The screen puts into it what it wants, as values; App carries them out
// when the call has returned.
type Turn struct {
	// Now is the time of the turn.
	Now time.Time
	// Profile is the profile that the screen belongs to.
	Profile ProfileState
	// Mask hides the secrets that the program has seen in a text; nil hides none.
	Mask func(string) string
	// Background marks a turn that nobody asked for, such as a refresh by the clock: what it fetches yields to others.
	Background bool
	// Approval is what the user agreed to besides the request whose outcome this turn brings; nil in all others.
	Approval *Approval

	wants []Want
}

// Want is something that a screen wants of App: one of the types of this package that end in Want.
type Want interface{ isWant() }

// Wants is what was put into the turn, in order.
func (t *Turn) Wants() []Want { return t.wants }

func (t *Turn) want(w Want) { t.wants = append(t.wants, w) }

// Callback is what is done with an answer, on App's goroutine.
type Callback func(*Turn)

// FetchWant is a read to be sent. Run is called on a goroutine of its own with the client of the screen's
// profile; what it returns is called on App's, if the screen is still there.
type FetchWant struct {
	Call       nango.Call
	Background bool
	// Owner is the Load that asked: a newer fetch of the same owner cancels the older one.
	Owner any
	Run   func(context.Context, *nango.Client) (Callback, error)
	// Fail lands an error in place of an answer, where App knows that there will be none.
	Fail func(error) Callback
}

// CancelWant ends what its owner fetches.
type CancelWant struct{ Owner any }

// OpenWant opens a screen on top of this one, or in its place.
type OpenWant struct {
	Route   Route
	Replace bool
}

// ShowWant puts a screen of the same area on top: one that has no route because what it holds, such as a link
// or a form half filled in, must not be part of a name.
type ShowWant struct {
	Screen  Screen
	Replace bool
}

// OneTimeWant puts a screen on top that holds what is told but once, such as a new key: wherever the user is by now, and
// though the screen that asked is gone, where its proposal outlives it.
type OneTimeWant struct{ Screen Screen }

// BackWant closes the screen. Asked is for a key of the user's: what was typed is not dropped without a word.
type BackWant struct{ AskIfDirty bool }

// CopyWant sends a text to the clipboard. What says what it is: "connection id".
type CopyWant struct {
	What   string
	Text   string
	Secret bool
}

// SecretsWant has values hidden wherever they turn up from now on.
type SecretsWant struct{ Secrets []string }

// CopyCurlWant sends a request to the clipboard as a line for a shell, its secrets as variables.
type CopyCurlWant struct{ Call nango.Call }

// ToastWant shows a short message for a few seconds.
type ToastWant struct{ Text string }

// NoticeWant shows a longer text that stays until it is closed.
type NoticeWant struct {
	Title string
	Lines []string
}

// BrowseWant opens an http or https address in the browser, or shows it where there is none.
type BrowseWant struct{ URL string }

// PickWant lets the user pick one of a few.
type PickWant struct {
	Title   string
	Options []Option
}

// Option is one of the things that a [PickWant] offers.
type Option struct {
	Title  string
	Detail string
	Do     func(*Turn)
}

// EditWant has a text edited in the user's editor. Name is the file's, such as "input.json".
type EditWant struct {
	Name, Text string
	Then       func(t *Turn, text string, err error)
}

// RunWant runs a widget's command; its message comes back to the screen's Update.
type RunWant struct{ Cmd tea.Cmd }

func (FetchWant) isWant()    {}
func (CancelWant) isWant()   {}
func (OpenWant) isWant()     {}
func (ShowWant) isWant()     {}
func (OneTimeWant) isWant()  {}
func (BackWant) isWant()     {}
func (CopyWant) isWant()     {}
func (ToastWant) isWant()    {}
func (NoticeWant) isWant()   {}
func (BrowseWant) isWant()   {}
func (SecretsWant) isWant()  {}
func (PickWant) isWant()     {}
func (CopyCurlWant) isWant() {}
func (EditWant) isWant()     {}
func (RunWant) isWant()      {}

// Open opens the screen that the route names, on top of this one.
func (t *Turn) Open(r Route) { t.want(OpenWant{Route: r}) }

// Replace opens the screen that the route names in place of this one.
func (t *Turn) Replace(r Route) { t.want(OpenWant{Route: r, Replace: true}) }

// Show puts a screen of the same area on top of this one.
func (t *Turn) Show(s Screen) { t.want(ShowWant{Screen: s}) }

// ReplaceWith puts a screen of the same area in place of this one.
func (t *Turn) ReplaceWith(s Screen) { t.want(ShowWant{Screen: s, Replace: true}) }

// ShowOneTime puts a screen on top that holds what is told but once.
func (t *Turn) ShowOneTime(s Screen) { t.want(OneTimeWant{s}) }

// Back closes the screen.
func (t *Turn) Back() { t.want(BackWant{}) }

// Leave closes the screen as the key to go back does: where something was typed and not sent, the user is asked first.
func (t *Turn) Leave() { t.want(BackWant{AskIfDirty: true}) }

// Copy sends a text to the clipboard.
func (t *Turn) Copy(what, text string) { t.want(CopyWant{What: what, Text: text}) }

// CopyLine sends a text to the clipboard that is one line, such as a name: pasted into a shell, a line break in it would run
// what stands before.
func (t *Turn) CopyLine(what, text string) {
	t.want(CopyWant{What: what, Text: lineBreaks.Replace(text)})
}

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ", "\u2028", " ", "\u2029", " ")

// CopySecret sends a secret to the clipboard; App says what was sent and shows nothing of it.
func (t *Turn) CopySecret(what string, s nango.Secret) {
	t.want(CopyWant{What: what, Text: s.Reveal(), Secret: true})
}

// AddSecrets has values hidden wherever they turn up from now on, in the dialog about them first: secrets that were typed, and
// of which nothing but the field they were typed into says what they are.
func (t *Turn) AddSecrets(secrets ...string) { t.want(SecretsWant{secrets}) }

// CopyCurl sends a request to the clipboard as a line for a shell.
func (t *Turn) CopyCurl(call nango.Call) { t.want(CopyCurlWant{call}) }

// Toast shows a short message for a few seconds.
func (t *Turn) Toast(text string) { t.want(ToastWant{text}) }

// Notice shows a text that stays until it is closed.
func (t *Turn) Notice(title string, lines ...string) { t.want(NoticeWant{title, lines}) }

// Browse opens an address in the browser.
func (t *Turn) Browse(url string) { t.want(BrowseWant{url}) }

// Pick lets the user pick one of a few.
func (t *Turn) Pick(title string, options ...Option) { t.want(PickWant{title, options}) }

// Edit has a text edited in the user's editor, which takes the terminal meanwhile. Then is called with what it was saved
// as, or with why it could not be edited. While a text is being edited, no other is.
func (t *Turn) Edit(name, text string, then func(t *Turn, text string, err error)) {
	t.want(EditWant{name, text, then})
}

// Run runs a widget's command. Nil does nothing.
func (t *Turn) Run(cmd tea.Cmd) {
	if cmd != nil {
		t.want(RunWant{cmd})
	}
}
