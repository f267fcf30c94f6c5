package screen

import (
	"context"
	"encoding/json"

	"nango-tui/nango"
	"nango-tui/ui"
)

// JSONPage is a screen with a JSON text: metadata, a record, a schema, the result of a run. It has no route, because its text
// must not be part of one and often can't be loaded again.
type JSONPage struct {
	JSON   // zero until the text is parsed
	title  string
	raw    json.RawMessage
	parsed Task[*ui.JSONDoc]
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

// Open shows the text.
func (p *JSONPage) Open(t *Turn) { p.SetText(t, p.raw) }

// SetText shows another text.
func (p *JSONPage) SetText(t *Turn, raw json.RawMessage) {
	p.parsed.Start(t, ParseJSON(raw), func(*Turn) { p.JSON = *NewJSON(p.parsed.Value) })
}

// Refresh loads nothing.
func (p *JSONPage) Refresh(*Turn) {}

// Concerns reports that no call changes the text.
func (p *JSONPage) Concerns(nango.Call) bool { return false }

// View draws the text.
func (p *JSONPage) View(f ui.Frame) string {
	if !p.IsLoaded() {
		return Loading(f, "Preparing the text")
	}
	return p.JSON.View(f)
}
