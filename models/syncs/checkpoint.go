package syncs

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// checkpoint is where a sync goes on, as JSON on a screen of its own.
type checkpoint struct {
	screen.Base
	title string
	text  *screen.JSON
}

// newCheckpoint hides what sounds like a secret or has the shape of one, and what seen masks besides.
func newCheckpoint(s screen.SyncSight, seen func(string) string) *checkpoint {
	var known *nango.Secrets // it has seen none
	doc, _ := ui.ParseJSON(s.Checkpoint, func(path []string, value string) string {
		value = known.MaskAt(path, value)
		if seen == nil {
			return value
		}
		return seen(value)
	}) // a text that is no JSON is shown as text, with the place of the error
	return &checkpoint{title: "Checkpoint of " + s.Name.String(), text: screen.NewJSON(doc)}
}

// Title names the sync.
func (c *checkpoint) Title() string { return c.title }

// Open reads nothing: the text is there.
func (c *checkpoint) Open(*screen.Turn) {}

// Refresh reads nothing; the page below does.
func (c *checkpoint) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (c *checkpoint) Typing() bool { return c.text.Typing() }

// Update takes what is typed into the search.
func (c *checkpoint) Update(_ *screen.Turn, msg tea.Msg) { c.text.Type(msg) }

// Clock draws again by the second while a secret is in clear.
func (c *checkpoint) Clock() time.Duration { return c.text.Clock() }

// Actions is what can be done with the value under the cursor.
func (c *checkpoint) Actions() []screen.Action { return c.text.Actions() }

// View draws the text.
func (c *checkpoint) View(f ui.Frame) string { return c.text.View(f) }
