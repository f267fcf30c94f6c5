package connections

import (
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// revealTime is how long a secret stays in clear after the key that reveals it.
const revealTime = 15 * time.Second

// document is a JSON text of a connection on a screen of its own. It has no route: it would name nothing that could be
// read again alone.
type document struct {
	screen.Base
	title string
	view  *ui.JSONView
	until time.Time // when what is revealed is hidden again
}

func newDocument(title string, raw json.RawMessage, h hiding) *document {
	if len(raw) == 0 {
		raw = json.RawMessage("null")
	}
	doc, _ := ui.ParseJSON(raw, h.mask(raw)) // a text that is no JSON is shown as text, with the place of the error
	return &document{title: title, view: ui.NewJSONView(doc)}
}

// Title names the text.
func (d *document) Title() string { return d.title }

// Open reads nothing: the text is there.
func (d *document) Open(*screen.Turn) {}

// Refresh reads nothing; the page below does.
func (d *document) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (d *document) Typing() bool { return d.view.Searching() }

// Update takes what is typed into the search.
func (d *document) Update(_ *screen.Turn, msg tea.Msg) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		d.view.Key(key)
	}
}

// Clock draws again by the second while a secret is in clear, so that it is hidden in time.
func (d *document) Clock() time.Duration {
	if d.view.Revealed() {
		return time.Second
	}
	return 0
}

// View draws the text.
func (d *document) View(f ui.Frame) string {
	if !f.Now.Before(d.until) {
		d.view.Conceal()
	}
	return d.view.View(f)
}

// Actions is what can be done with the value under the cursor.
func (d *document) Actions() []screen.Action {
	if d.Typing() {
		return []screen.Action{
			{ID: screen.FilterDone, Title: "Done", WhileTyping: true, Do: d.press(tea.KeyEnter)},
			{ID: screen.FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*screen.Turn) { d.view.EndSearch() }},
			{ID: screen.FilterUp, Title: "Match before", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { d.view.PrevMatch() }},
			{ID: screen.FilterDown, Title: "Next match", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { d.view.NextMatch() }},
		}
	}
	unsearched := ""
	if n, _ := d.view.Matches(); n == 0 {
		unsearched = "nothing was searched for, or nothing found"
	}
	do := func(f func()) func(*screen.Turn) { return func(*screen.Turn) { f() } }
	return append([]screen.Action{
		{ID: JSONToggle, Title: "Fold", Do: do(d.view.Toggle)},
		{ID: JSONCopy, Title: "Copy", Do: d.copyValue},
		{ID: JSONCopyPath, Title: "Copy path", Do: func(t *screen.Turn) { t.Copy("path", d.view.Path()) }},
		{ID: JSONSearch, Title: "Search", Do: do(d.view.StartSearch)},
		{ID: JSONNext, Title: "Next match", Aside: true, Disabled: unsearched, Do: do(d.view.NextMatch)},
		{ID: JSONPrevious, Title: "Match before", Aside: true, Disabled: unsearched, Do: do(d.view.PrevMatch)},
		{ID: JSONFold, Title: "Fold, or to what it is in", Aside: true, Do: do(d.view.Fold)},
		{ID: JSONUnfold, Title: "Unfold", Aside: true, Do: do(d.view.Unfold)},
		{ID: JSONWrap, Title: "Break long lines", Aside: true, Do: do(d.view.ToggleWrap)},
		{ID: JSONReveal, Title: "Reveal", Aside: true, Do: d.reveal},
	}, screen.Moves(d.view)...)
}

func (d *document) press(code rune) func(*screen.Turn) {
	return func(*screen.Turn) { d.view.Key(tea.KeyPressMsg{Code: code}) }
}

func (d *document) reveal(t *screen.Turn) {
	if d.view.Revealed() {
		d.view.Conceal()
		return
	}
	if !d.view.Reveal() {
		t.Toast("There is nothing hidden here.")
		return
	}
	d.until = t.Now.Add(revealTime)
}

// copyValue copies what is under the cursor. A secret goes to the clipboard as such; what holds secrets goes masked.
func (d *document) copyValue(t *screen.Turn) {
	shown, fits := d.view.Value()
	whole, _ := d.view.RawValue()
	switch {
	case !fits:
		t.Notice("Not copied", "The value is too long for the clipboard; fold it open and copy a part.")
	case shown == nango.Masked && whole != shown:
		t.CopySecret("hidden value", nango.Secret(whole))
	default:
		t.Copy("value", shown)
	}
}
