// Package welcome is the screen of a start without a usable API key: it says what is wrong, how to give a
// key, and offers the demo. It knows no request and sends none; it may know what any screen may know.
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

// Example is a file of profiles to begin with. It is shown and copied as it stands.
const Example = `default: acme-dev
profiles:
  acme-dev:
    production: false
    key:
      env: NANGO_SECRET_KEY_DEV
  acme-prod:
    production: true
    key:
      command: [op, read, "op://work/nango/key"]
  our-own-server:
    host: https://nango.example.com
    key:
      file: ~/.config/nango-tui/own.key
`

// Welcome says how to give a key.
type Welcome struct {
	screen.Base
	problem string
	hasDemo bool
	page    ui.Fields
	built   bool
}

// New is the screen for a problem: its first line says what is wrong, the lines behind it what can be done. An
// empty problem is none.
func New(problem string, hasDemo bool) *Welcome {
	return &Welcome{problem: strings.TrimSpace(problem), hasDemo: hasDemo}
}

// Title names the screen.
func (w *Welcome) Title() string { return "Welcome" }

// Open reads nothing: there is nobody to ask.
func (w *Welcome) Open(*screen.Turn) {}

// Refresh reads nothing.
func (w *Welcome) Refresh(*screen.Turn) {}

// Actions offers the demo and the example.
func (w *Welcome) Actions() []screen.Action {
	demo := screen.Action{ID: Demo, Title: "Open the demo", Do: func(t *screen.Turn) { t.Open(screen.To("profile", "demo")) }}
	if !w.hasDemo {
		demo.Disabled = "this start has no demo"
	}
	copied := screen.Action{ID: CopyExample, Title: "Copy the example",
		Do: func(t *screen.Turn) { t.Copy("example of a profiles file", Example) }}
	return append([]screen.Action{demo, copied}, screen.MoveActions(&w.page)...)
}

// View draws the page; what does not fit is scrolled to.
func (w *Welcome) View(f ui.Frame) string {
	if !w.built {
		w.page.SetSections(w.sections(f))
		w.built = true
	}
	return w.page.View(f)
}
