package connections

import (
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// revealTime is how long a secret stays in clear after the key that reveals it.
const revealTime = screen.RevealTime

// document is a JSON text of a connection on a screen of its own. It has no route: it would name nothing that could be
// read again alone.
type document struct {
	screen.Base
	title string
	text  *screen.JSON
}

func newDocument(title string, raw json.RawMessage, h hiding) *document {
	if len(raw) == 0 {
		raw = json.RawMessage("null")
	}
	doc, _ := ui.ParseJSON(raw, h.mask(raw)) // a text that is no JSON is shown as text, with the place of the error
	return &document{title: title, text: screen.NewJSON(doc)}
}

// Title names the text.
func (d *document) Title() string { return d.title }

// Open reads nothing: the text is there.
func (d *document) Open(*screen.Turn) {}

// Refresh reads nothing; the page below does.
func (d *document) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (d *document) Typing() bool { return d.text.Typing() }

// Update takes what is typed into the search.
func (d *document) Update(_ *screen.Turn, msg tea.Msg) { d.text.Type(msg) }

// Clock draws again by the second while a secret is in clear.
func (d *document) Clock() time.Duration { return d.text.Clock() }

// Actions is what can be done with the value under the cursor.
func (d *document) Actions() []screen.Action { return d.text.Actions() }

// View draws the text.
func (d *document) View(f ui.Frame) string { return d.text.View(f) }
