package screen

import (
	"context"
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// JSONPage is a screen with a JSON text: metadata, a record, a schema, the result of a run. It has no route, because its text
// must not be part of one and often can't be loaded again.
type JSONPage struct {
	Base
	title  string
	raw    json.RawMessage
	parsed Task[*ui.JSONDoc]
	text   *JSON // nil until it is parsed
}

// NewJSONPage shows raw, which must not change afterwards, see [ParseJSON].
func NewJSONPage(title string, raw json.RawMessage) *JSONPage {
	return &JSONPage{title: title, raw: raw}
}

// ParseJSON returns the work that parses a text, off App's goroutine because it may be long. An empty text is shown as null; a
// text that isn't JSON is shown as text, with the position of the error.
func ParseJSON(raw json.RawMessage) func(context.Context, Tools) (*ui.JSONDoc, error) {
	if len(raw) == 0 {
		raw = json.RawMessage("null")
	}
	return func(_ context.Context, tools Tools) (*ui.JSONDoc, error) {
		doc, _ := ui.ParseJSON(raw, tools.Policy) // the error is part of the document
		return doc, nil
	}
}

// Title returns the title of the text.
func (p *JSONPage) Title() string { return p.title }

// Open parses the text.
func (p *JSONPage) Open(t *Turn) {
	p.parsed.Start(t, ParseJSON(p.raw), func(*Turn) { p.text = NewJSON(p.parsed.Value) })
}

// Typing reports whether keys are text of the search.
func (p *JSONPage) Typing() bool { return p.text.Typing() }

// Update passes keys to the search.
func (p *JSONPage) Update(_ *Turn, msg tea.Msg) { p.text.Type(msg) }

// RedrawInterval is a second while a secret is revealed.
func (p *JSONPage) RedrawInterval() time.Duration { return p.text.RedrawInterval() }

// Actions is what can be done with the value under the cursor.
func (p *JSONPage) Actions() []Action { return p.text.Actions() }

// View draws the text.
func (p *JSONPage) View(f ui.Frame) string {
	if p.text == nil {
		return Loading(f, "Preparing the text")
	}
	return p.text.View(f)
}
