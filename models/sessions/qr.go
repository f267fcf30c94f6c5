package sessions

import (
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// qrPage shows the link as a QR code on the whole screen. It is the second of the two places that draw the link on
// purpose.
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

func (q *qrPage) Title() string { return "QR code" }

// RedrawInterval is set while the link is valid, so that the code disappears with it.
func (q *qrPage) RedrawInterval() time.Duration { return q.page.RedrawInterval() }

func (q *qrPage) Actions() []screen.Action {
	return []screen.Action{{ID: CopyLink, Title: "Copy again", Disabled: q.page.over(), Do: q.page.copy}}
}

// IsFullScreen reports that the code needs the whole terminal: it needs every line of a small one.
func (q *qrPage) IsFullScreen() bool { return true }

// View draws the code and, if there is room, the profile and the key to go back.
func (q *qrPage) View(f ui.Frame) string {
	view := q.draw(f)
	if strings.Count(view, "\n")+2 > f.Height {
		return view
	}
	foot := ui.Line{ui.Styled(ui.RoleMuted, screen.Key(f, screen.LeaveForm)+" back · "), f.Styled(ui.RoleStrong, q.page.profile)}
	return view + "\n" + foot.View(f, f.Width)
}

func (q *qrPage) draw(f ui.Frame) string {
	switch {
	case q.page.watch.isOver(f.Now):
		return screen.Empty(f, textLinkNoLongerWorks)
	case q.err != nil:
		return screen.Empty(f, textCouldntEncodeLinkQr, q.err.Error())
	case !q.code.Fits(f):
		return screen.Empty(f, textTerminalTooSmallQr, "It needs "+q.missing(f)+" more.")
	}
	return q.code.View(f)
}

func (q *qrPage) missing(f ui.Frame) string {
	width, height := q.code.Size()
	var parts []string
	if more := width - f.Width; more > 0 {
		parts = append(parts, ui.Pluralize(more, "column"))
	}
	if more := height - f.Height; more > 0 {
		parts = append(parts, ui.Pluralize(more, "row"))
	}
	return strings.Join(parts, " and ")
}
