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

// linkContent is what anyone with the link can read of its session: who it is for, what may be connected, and the connection
// config in it. It has no route, because it is identified by the token.
type linkContent struct {
	screen.Base
	token nango.Secret
	load  screen.Load[nango.SessionInfo]
	// parsed is the document, with known secrets masked.
	parsed screen.Task[*ui.JSONDoc]
	text   *screen.JSON
}

// Title names the page.
func (s *linkContent) Title() string { return textLinkReveals }

// Open reads the session.
func (s *linkContent) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again, which shows whether the link is valid.
func (s *linkContent) Refresh(t *screen.Turn) { s.load.Fetch(t, nango.GetSession(s.token), s.arrived) }

func (s *linkContent) arrived(t *screen.Turn) {
	if s.load.HasFailed() {
		return
	}
	raw := s.load.Value.Raw
	s.parsed.Start(t, func(_ context.Context, tools screen.Tools) (*ui.JSONDoc, error) {
		doc, _ := ui.ParseJSON(raw, tools.Policy) // text that isn't JSON is shown as text
		return doc, nil
	}, func(*screen.Turn) { s.text = screen.NewJSON(s.parsed.Value) })
}

// LoadedAt is when it was read.
func (s *linkContent) LoadedAt() time.Time { return s.load.At }

// Typing reports that keys go to the search.
func (s *linkContent) Typing() bool { return s.text.Typing() }

// Update passes keys and pastes to the search.
func (s *linkContent) Update(_ *screen.Turn, msg tea.Msg) { s.text.Type(msg) }

// RedrawInterval is a second while a secret is revealed.
func (s *linkContent) RedrawInterval() time.Duration { return s.text.RedrawInterval() }

// Actions are what can be done with the document.
func (s *linkContent) Actions() []screen.Action {
	again := screen.RefreshAction(s)
	again.ReadOperation = nango.OpSessionGet
	return append(s.text.Actions(), again)
}

// View says that the link is valid, and draws what it reveals.
func (s *linkContent) View(f ui.Frame) string {
	switch {
	case s.load.HasFailed():
		return screen.Failure(f, textCouldntLoadSession, s.load.Err)
	case s.text == nil:
		return screen.Loading(f, "Loading session")
	}
	head := ui.Line{ui.Styled(ui.RoleGood, textLinkValid), ui.Styled(ui.RoleText, textAnyoneWhoCanRead)}
	return strings.Join([]string{head.View(f, f.Width), s.text.View(f.Sized(f.Width, max(f.Height-1, 1)))}, "\n")
}
