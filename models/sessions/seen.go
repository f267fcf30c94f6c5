package sessions

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// seen is what whoever holds a link reads of its session: whom it is for, what may be connected, and the connection config
// that was put into it. It has no route, since the token names it.
type seen struct {
	screen.Base
	token nango.Secret
	load  screen.Load[nango.SessionInfo]
	// parsed makes the text, in which secrets that the program has seen are hidden.
	parsed screen.Task[*ui.JSONDoc]
	text   *screen.JSON
}

// Title names the page.
func (s *seen) Title() string { return "What its holder sees" }

// Open reads the session.
func (s *seen) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again, and so tells whether the link lives.
func (s *seen) Refresh(t *screen.Turn) { s.load.Fetch(t, nango.GetSession(s.token), s.arrived) }

func (s *seen) arrived(t *screen.Turn) {
	if s.load.HasFailed() {
		return
	}
	raw := s.load.Value.Raw
	s.parsed.Start(t, func(_ context.Context, tools screen.Tools) (*ui.JSONDoc, error) {
		doc, _ := ui.ParseJSON(raw, nango.Policy(tools.Mask)) // a text that is no JSON is shown as text
		return doc, nil
	}, func(*screen.Turn) { s.text = screen.NewJSON(s.parsed.Value) })
}

// LoadedAt is when it was read.
func (s *seen) LoadedAt() time.Time { return s.load.At }

// Typing says that keys are searched for.
func (s *seen) Typing() bool { return s.text.Typing() }

// Update takes what is typed into the search.
func (s *seen) Update(_ *screen.Turn, msg tea.Msg) { s.text.Type(msg) }

// RedrawInterval draws again by the second while a secret is in clear.
func (s *seen) RedrawInterval() time.Duration { return s.text.RedrawInterval() }

// Actions is what can be done with the text.
func (s *seen) Actions() []screen.Action {
	again := screen.RefreshAction(s)
	again.ReadOperation = nango.OpSessionGet
	return append(s.text.Actions(), again)
}

// View says that the link lives, and draws what it shows.
func (s *seen) View(f ui.Frame) string {
	switch {
	case s.load.HasFailed():
		return screen.Failure(f, "The link shows nothing", s.load.Err)
	case s.text == nil:
		return screen.Loading(f, "Asking what the link shows")
	}
	head := ui.Line{ui.Styled(ui.RoleGood, "✓ the link lives"), ui.Styled(ui.RoleText, ": whoever has it reads this")}
	return strings.Join([]string{head.View(f, f.Width), s.text.View(f.Sized(f.Width, max(f.Height-1, 1)))}, "\n")
}
