package functions

import (
	"context"
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// document is a JSON text on a screen of its own: a schema, a function whole, the result of a run. It has no route: what it
// holds must not be part of a name.
type document struct {
	screen.Base
	title  string
	raw    json.RawMessage
	parsed screen.Task[*ui.JSONDoc]
	text   *screen.JSON
}

func newDocument(title string, raw json.RawMessage) *document {
	return &document{title: title, raw: raw}
}

// Title names the text.
func (d *document) Title() string { return d.title }

// Open parses the text, which may be long, off App's goroutine.
func (d *document) Open(t *screen.Turn) {
	raw := d.raw
	d.parsed.Start(t, func(_ context.Context, tools screen.Tools) (*ui.JSONDoc, error) {
		doc, _ := ui.ParseJSON(raw, maskWith(tools)) // a text that is no JSON is shown as text, with the place of the error
		return doc, nil
	}, func(*screen.Turn) { d.text = screen.NewJSON(d.parsed.Value) })
}

// maskWith hides what is secret by its key or its shape, and what the program has seen.
func maskWith(tools screen.Tools) ui.JSONMask {
	var byKey *nango.Secrets // it has seen none
	return func(path []string, value string) string {
		if hidden := byKey.MaskAt(path, value); hidden != value {
			return hidden
		}
		return tools.Mask(value)
	}
}

// Refresh reads nothing; the page below does.
func (d *document) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (d *document) Typing() bool { return d.text != nil && d.text.Typing() }

// Update takes what is typed into the search.
func (d *document) Update(_ *screen.Turn, msg tea.Msg) {
	if d.text != nil {
		d.text.Type(msg)
	}
}

// Clock draws again by the second while a secret is in clear.
func (d *document) Clock() time.Duration {
	if d.text == nil {
		return 0
	}
	return d.text.Clock()
}

// Actions is what can be done with the value under the cursor.
func (d *document) Actions() []screen.Action {
	if d.text == nil {
		return nil
	}
	return d.text.Actions()
}

// View draws the text.
func (d *document) View(f ui.Frame) string {
	if d.text == nil {
		return screen.Waiting(f, "Preparing the text")
	}
	return d.text.View(f)
}
