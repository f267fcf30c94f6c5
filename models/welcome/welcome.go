// Package welcome has the screen of a start without a usable API key: it says what is wrong and how to provide a key, and offers
// the demo. It sends nothing. It may know what any area may know.
package welcome

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// Ids of the actions of this screen.
const (
	Demo        screen.ActionID = "welcome.demo"
	CopyExample screen.ActionID = "welcome.copyExample"
)

// Welcome says how to provide a key.
type Welcome struct {
	screen.Page
	problem string
	hasDemo bool
}

// New returns the screen for a problem: its first line says what is wrong, the following lines what to do. It may be empty.
func New(problem string, hasDemo bool) *Welcome {
	return &Welcome{problem: strings.TrimSpace(problem), hasDemo: hasDemo}
}

// Title returns the title.
func (w *Welcome) Title() string { return textTitle }

// Actions offers the demo and the example.
func (w *Welcome) Actions() []screen.Action {
	demo := screen.Action{ID: Demo, Title: actionDemo, Do: screen.To("profile", "demo").Open}
	if !w.hasDemo {
		demo.Disabled = whyNoDemo
	}
	copied := screen.Action{ID: CopyExample, Title: actionCopyExample,
		Do: func(t *screen.Turn) { t.Copy(copiedExample, Example) }}
	return append([]screen.Action{demo, copied}, screen.MoveActions(&w.Rows)...)
}

// View draws the page, which can be scrolled.
func (w *Welcome) View(f ui.Frame) string { return w.Draw(f, w.sections) }
