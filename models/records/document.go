package records

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// document is a record or a value as JSON, on a screen of its own. It has no route: a record can be read again only with
// all others of its model.
type document struct {
	*screen.JSON
	screen.Base
	title string
}

// newDocument reads a text. What mask hides is hidden besides what its key or its shape gives away.
func newDocument(title, raw string, mask func(string) string) *document {
	var shapes *nango.Secrets
	doc, _ := ui.ParseJSON([]byte(raw), func(path []string, value string) string {
		if shown := shapes.MaskAt(path, value); shown != value || mask == nil {
			return shown
		}
		return mask(value)
	}) // a text that is no JSON is shown as text, with the place of the error
	return &document{JSON: screen.NewJSON(doc), title: title}
}

// Title names the text.
func (d *document) Title() string { return d.title }

// Open reads nothing: the text is there.
func (d *document) Open(*screen.Turn) {}

// Refresh reads nothing; the list below does.
func (d *document) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (d *document) Typing() bool { return d.JSON.Typing() }

// Update takes what is typed into the search.
func (d *document) Update(_ *screen.Turn, msg tea.Msg) { d.Type(msg) }
