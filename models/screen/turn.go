package screen

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

// ProfileState is the profile of a screen, with its current state.
type ProfileState struct {
	guard.Profile
	// Armed means that changes are allowed in production now.
	Armed bool
	// Owner is what the profile's key belongs to, as far as responses have shown it. Fingerprint identifies the key without
	// revealing it, for stored data about it.
	Owner       nango.Owner
	Fingerprint string
	// Limit is how many requests the account may send in a minute: what the server said, or [nango.AssumedLimit].
	Limit int
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

// Turn is one call of a screen by App. The screen puts into it what it wants, as values, which App carries out when the call has
// returned.
type Turn struct {
	// Now is the time of the turn.
	Now time.Time
	// Profile is the profile that the screen belongs to.
	Profile ProfileState
	// Mask masks the secrets that the program has seen in a text; nil masks none.
	Mask func(string) string
	// Background marks a turn without an action of the user, such as a refresh by the clock: its reads yield to others.
	Background bool
	// Store has what is known of the profile's connections, integrations and syncs.
	Store *Store
	// Opening marks the first turn of a screen: what was read lately need not be read again.
	Opening bool
	// Approval covers the requests that the user approved besides the one whose outcome this turn brings; nil in other turns.
	Approval *Approval

	wants []Want
}

// Want is something that a screen wants App to do: one of the types of this package that end in Want. Only this package can put
// one into a turn.
type Want any

// Wants returns what was put into the turn, in order.
func (t *Turn) Wants() []Want { return t.wants }

func (t *Turn) want(w Want) { t.wants = append(t.wants, w) }

// Callback handles a response, on App's goroutine.
type Callback func(*Turn)

// FetchWant is a read to be sent. Run is called on its own goroutine with the client of the screen's profile; what it returns is
// called on App's, if the screen is still open.
type FetchWant struct {
	Call       nango.Call
	Background bool
	// Bulk means that it is one of many, see [Load.FetchBulk].
	Bulk bool
	// Owner is the Load that asked: a newer fetch of the same owner cancels older ones.
	Owner any
	Run   func(context.Context, *nango.Client) (Callback, error)
	// Fail returns the callback of an error, if App doesn't send the read.
	Fail func(error) Callback
}

// CancelWant cancels what its owner fetches.
type CancelWant struct{ Owner any }

// OpenWant opens a route on top of this screen, or in its place.
type OpenWant struct {
	Route   Route
	Replace bool
}

// ShowWant opens a screen of the same area: one without a route, because what it holds, such as a link or a half-filled form,
// must not be part of one.
type ShowWant struct {
	Screen  Screen
	Replace bool
}

// OneTimeWant opens a screen with a one-time secret, such as a new key, whatever is on the screen by now. It is shown even if the
// screen that asked is closed, if its proposal outlives it.
type OneTimeWant struct{ Screen Screen }

// BackWant closes the screen. AskIfDirty asks first if something typed would be lost.
type BackWant struct{ AskIfDirty bool }

// CopyWant copies a text to the clipboard. What names it: "connection id".
type CopyWant struct {
	What   string
	Text   string
	Secret bool
}

// SecretsWant has values masked everywhere from now on.
type SecretsWant struct{ Secrets []string }

// CopyCurlWant copies a request as a curl command, with its secrets as variables.
type CopyCurlWant struct{ Call nango.Call }

// ToastWant shows a short message for a few seconds.
type ToastWant struct{ Text string }

// AlertWant shows a message as a toast, and has the terminal notify the user, who may be at something else. Bad means that something
// failed.
type AlertWant struct {
	Text string
	Bad  bool
}

// SettleWant records in the journal that what a change has left open has ended. ID is that of its [nango.Undo].
type SettleWant struct{ ID, Text string }

// ListenWant receives webhooks on this machine until the screen is closed. Opened is called with the address, or with the error if
// nothing is received, and Heard with each webhook.
type ListenWant struct {
	Address string
	Key     nango.Secret
	Opened  func(t *Turn, address string, err error)
	Heard   func(*Turn, Webhook)
}

// Webhook is a request that was received. Everything in it is untrusted.
type Webhook struct {
	At           time.Time
	Method, Path string
	// Body is its beginning, and Size the size of all of it, in bytes.
	Body []byte
	Size int64
	// Signature is what the check of the signature has shown.
	Signature Signature
}

// Signature is what the check of a webhook's signature has shown.
type Signature string

// The outcomes of a check. It is unchecked without a key.
const (
	SignatureUnchecked Signature = "not checked"
	SignatureValid     Signature = "valid"
	SignatureWrong     Signature = "wrong"
	SignatureMissing   Signature = "missing"
)

// NoticeWant shows a longer text until it is closed.
type NoticeWant struct {
	Title string
	Lines []string
}

// BrowseWant opens an http or https URL in the browser, or shows it if there is no browser.
type BrowseWant struct{ URL string }

// PickWant lets the user pick one of a few options.
type PickWant struct {
	Title   string
	Options []Option
}

// Option is an option of a [PickWant].
type Option struct {
	Title  string
	Detail string
	// Key picks the option while nothing is typed, once the options were seen as long as any question. It is a digit or a capital
	// letter, because lower-case letters filter the options; empty for none.
	Key string
	// Selected means that the cursor begins here, not on the first option.
	Selected bool
	Do       func(*Turn)
	// Stays means that the option is one of many to be chosen and ordered: enter and space do it, and it picks again, which replaces
	// the options while they stay open. Up and Down move the option among the others; nil if it can't be moved there.
	Stays    bool
	Up, Down func(*Turn)
}

// EditWant opens a text in the user's editor. Name is the file name, such as "input.json".
type EditWant struct {
	Name, Text string
	Then       func(t *Turn, text string, err error)
}

// RunWant runs a widget's command, whose message comes to the screen's Update.
type RunWant struct{ Cmd tea.Cmd }

// Open opens the screen that the route names on top of this one.
func (t *Turn) Open(r Route) { t.want(OpenWant{Route: r}) }

// Replace opens the screen that the route names in place of this one.
func (t *Turn) Replace(r Route) { t.want(OpenWant{Route: r, Replace: true}) }

// Show opens a screen of the same area on top of this one.
func (t *Turn) Show(s Screen) { t.want(ShowWant{Screen: s}) }

// ReplaceWith opens a screen of the same area in place of this one.
func (t *Turn) ReplaceWith(s Screen) { t.want(ShowWant{Screen: s, Replace: true}) }

// ShowOneTime opens a screen with a one-time secret.
func (t *Turn) ShowOneTime(s Screen) { t.want(OneTimeWant{s}) }

// Back closes the screen.
func (t *Turn) Back() { t.want(BackWant{}) }

// Leave closes the screen as the back key does: it asks first if something typed would be lost.
func (t *Turn) Leave() { t.want(BackWant{AskIfDirty: true}) }

// Copy copies a text to the clipboard.
func (t *Turn) Copy(what, text string) { t.want(CopyWant{What: what, Text: text}) }

// CopyLine copies a text as one line, such as a name: pasted into a shell, a line break in it would run a command.
func (t *Turn) CopyLine(what, text string) {
	t.want(CopyWant{What: what, Text: lineBreaks.Replace(text)})
}

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ", "\u2028", " ", "\u2029", " ")

// CopySecret copies a secret to the clipboard. App names it and doesn't show it.
func (t *Turn) CopySecret(what string, s nango.Secret) {
	t.want(CopyWant{What: what, Text: s.Reveal(), Secret: true})
}

// AddSecrets has values masked everywhere from now on, including the dialog that sends them. It is for secrets that were typed,
// which only their field identifies as secrets.
func (t *Turn) AddSecrets(secrets ...string) {
	if len(secrets) > 0 {
		t.want(SecretsWant{secrets})
	}
}

// CopyCurl copies a request as a curl command.
func (t *Turn) CopyCurl(call nango.Call) { t.want(CopyCurlWant{call}) }

// Toast shows a short message for a few seconds.
func (t *Turn) Toast(text string) { t.want(ToastWant{text}) }

// Alert shows a message, and has the terminal notify the user.
func (t *Turn) Alert(text string, bad bool) { t.want(AlertWant{text, bad}) }

// Listen receives webhooks on this machine until the screen is closed.
func (t *Turn) Listen(w ListenWant) { t.want(w) }

// Settle records in the journal that what a change has left open has ended, and how.
func (t *Turn) Settle(id, text string) {
	if id != "" {
		t.want(SettleWant{id, text})
	}
}

// Notice shows a text until it is closed.
func (t *Turn) Notice(title string, lines ...string) { t.want(NoticeWant{title, lines}) }

// Browse opens a URL in the browser.
func (t *Turn) Browse(url string) { t.want(BrowseWant{url}) }

// Pick lets the user pick one of a few options.
func (t *Turn) Pick(title string, options ...Option) { t.want(PickWant{title, options}) }

// Edit opens a text in the user's editor, which takes the terminal meanwhile. Then is called with the edited text or an error. Only
// one text is edited at a time.
func (t *Turn) Edit(name, text string, then func(t *Turn, text string, err error)) {
	t.want(EditWant{name, text, then})
}

// Run runs a widget's command; nil does nothing.
func (t *Turn) Run(cmd tea.Cmd) {
	if cmd != nil {
		t.want(RunWant{cmd})
	}
}
