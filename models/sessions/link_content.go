package sessions

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// linkContent is what anyone with the link can read of its session: who it is for, what may be connected, and the connection
// config in it. It has no route, because it is identified by the token.
type linkContent struct {
	*screen.JSONPage
	token nango.Secret
	load  screen.Load[nango.SessionInfo]
}

func (s *linkContent) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again, which shows whether the link is valid.
func (s *linkContent) Refresh(t *screen.Turn) {
	s.load.Fetch(t, nango.GetSession(s.token), func(t *screen.Turn) {
		if !s.load.HasFailed() {
			s.SetText(t, s.load.Value.Raw)
		}
	})
}

func (s *linkContent) LoadedAt() time.Time { return s.load.At }

func (s *linkContent) Actions() []screen.Action {
	again := screen.RefreshAction(s)
	again.ReadOperation = nango.OpSessionGet
	return append(s.JSONPage.Actions(), again)
}

func (s *linkContent) View(f ui.Frame) string {
	switch {
	case s.load.HasFailed():
		return screen.Failure(f, textCouldntLoadSession, s.load.Err)
	case !s.IsLoaded():
		return screen.Loading(f, "Loading session")
	}
	head := ui.Line{ui.Styled(ui.RoleGood, textLinkValid), ui.Styled(ui.RoleText, textAnyoneWhoCanRead)}
	return head.View(f, f.Width) + "\n" + s.JSONPage.View(f.Sized(f.Width, max(f.Height-1, 1)))
}
