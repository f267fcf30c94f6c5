package sessions

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// qrPage is the link as a QR code, with the screen to itself. It is the second of the two places that draw the
// link on purpose.
type qrPage struct {
	screen.Base
	page *Page
	code ui.QRCode
	err  error
}

func newQRPage(p *Page) *qrPage {
	q := &qrPage{page: p}
	q.code, q.err = ui.NewQRCode(p.link.Reveal())
	return q
}

// Title names the screen.
func (q *qrPage) Title() string { return "QR code" }

// Open has nothing to load, and Refresh nothing to read again.
func (q *qrPage) Open(*screen.Turn) {}

// Refresh has nothing to read.
func (q *qrPage) Refresh(*screen.Turn) {}

// RedrawInterval runs as long as the link does, so that its code goes with it.
func (q *qrPage) RedrawInterval() time.Duration { return q.page.RedrawInterval() }

// Actions is what can be done with the link here.
func (q *qrPage) Actions() []screen.Action {
	return []screen.Action{{ID: CopyLink, Title: "Copy again", Disabled: q.page.over(), Do: q.page.copy}}
}

// IsFullScreen says that the code has the terminal to itself: it needs every line of a small one.
func (q *qrPage) IsFullScreen() bool { return true }

// View draws the code, and below it, where there is room, the profile and the way back.
func (q *qrPage) View(f ui.Frame) string {
	view := q.draw(f)
	if free := f.Height - 1 - strings.Count(view, "\n"); free < 1 {
		return view
	}
	foot := ui.Line{ui.Styled(ui.RoleMuted, screen.Key(f, screen.LeaveForm)+" back · "), f.Styled(ui.RoleStrong, q.page.profile)}
	return view + "\n" + foot.View(f, f.Width)
}

// draw is the code whole, or what it lacks.
func (q *qrPage) draw(f ui.Frame) string {
	w := q.page.wait.base()
	switch {
	case w.link == revoked || w.dead(f.Now):
		return screen.Empty(f, "The link leads nowhere any more: its code is not shown.")
	case q.err != nil:
		return screen.Empty(f, "The link cannot be made a QR code.", q.err.Error())
	case !q.code.Fits(f):
		return screen.Empty(f, "This terminal is too small for the QR code.", "It takes "+q.missing(f)+" more.")
	}
	return q.code.View(f)
}

// missing is how much larger the terminal has to be.
func (q *qrPage) missing(f ui.Frame) string {
	width, height := q.code.Size()
	var parts []string
	for _, m := range []struct {
		n    int
		what string
	}{{width - f.Width, "column"}, {height - f.Height, "row"}} {
		switch {
		case m.n == 1:
			parts = append(parts, "1 "+m.what)
		case m.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", m.n, m.what))
		}
	}
	return strings.Join(parts, " and ")
}
