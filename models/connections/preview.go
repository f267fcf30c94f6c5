package connections

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// previewFrom is the minimum width in cells for a preview beside the list.
	previewFrom = 110
	// previewWidth is the width of the preview, including its border.
	previewWidth = 42
	// widePreview is its width from widePreviewFrom cells on.
	widePreview, widePreviewFrom = 56, 160
	// previewBorder is the width of the border, including the space around it.
	previewBorder = 3
	// restTime is how long the cursor must rest before the preview follows on a remote terminal. While it moves, only the
	// cursor is sent. On a local terminal, the preview follows at once.
	restTime = 120 * time.Millisecond
)

// preview shows the row under the cursor beside the list, from the row's data.
type preview struct {
	off bool
	// drawn reports whether the last view had room for it.
	drawn bool
	// moving means that the cursor hasn't rested since it left the row shown.
	moving bool
	shown  row
	moves  int
	// after is a timer; tests replace it.
	after func(time.Duration, tea.Msg) tea.Cmd
}

// rested means that the cursor rested after the move with that number.
type rested struct{ move int }

func newPreview() preview {
	return preview{after: func(wait time.Duration, msg tea.Msg) tea.Cmd {
		return tea.Tick(wait, func(time.Time) tea.Msg { return msg })
	}}
}

// follow is called when the cursor has left a row.
func (p *preview) follow(t *screen.Turn, left row) {
	if !p.drawn || !t.Profile.Remote {
		p.moving = false
		return
	}
	if !p.moving {
		p.moving, p.shown = true, left
	}
	p.moves++
	t.Run(p.after(restTime, rested{p.moves}))
}

func (p *preview) rest(msg rested) {
	if msg.move == p.moves {
		p.moving = false
	}
}

// of is the row to show while the cursor is on the given one.
func (p *preview) of(cursor *row) *row {
	if p.moving {
		return &p.shown
	}
	return cursor
}

// previewLines draws the row to show, with why it is broken as far as other screens have found that.
func (l *List) previewLines(f ui.Frame) []string {
	r := l.preview.of(l.table.Cursor())
	why := ""
	if known, ok := l.causeOf(r); ok {
		why = known.Headline()
	}
	return previewLines(f, r, why)
}

// previewLines draws a row in a column of the given width. Each line has its place, as far as possible, so that the next row
// changes few cells. Why it is broken may be empty. Tags that are above as the customer are left out below.
func previewLines(f ui.Frame, r *row, why string) []string {
	v := previewWriter{f: f}
	who, sign := r.customer(), stateSign(r.state)
	v.say(ui.RoleStrong, who.Name)
	if v.say(ui.RoleText, who.Detail); who.Detail == "" {
		v.lines = append(v.lines, "")
	}
	v.lines = append(v.lines, "", f.Theme.Style(sign.Role).Paint(sign.Text))
	if r.state != nango.Healthy {
		if at, known := r.failedAt(); known {
			v.say(ui.RoleText, fmt.Sprintf(previewFailed, ui.Ago(f.Now.Sub(at))))
		}
		v.say(ui.RoleBad, why)
		for trouble := range strings.SplitSeq(r.piece(pieceState), ", ") {
			v.say(ui.RoleMuted, trouble)
		}
	}
	v.lines = append(v.lines, "")
	v.say(ui.RoleText, fmt.Sprintf(previewIntegration, r.integration()))
	v.say(ui.RoleText, fmt.Sprintf(previewID, r.id()))
	if at, known := r.createdAt(); known {
		v.say(ui.RoleText, fmt.Sprintf(previewCreated, ui.Ago(f.Now.Sub(at)), at.In(f.Now.Location()).Format(time.DateOnly)))
	}
	if r.provider() != r.integration() {
		v.say(ui.RoleText, fmt.Sprintf(previewProvider, r.provider()))
	} else {
		v.lines = append(v.lines, "")
	}
	if r.found {
		v.say(ui.RoleMuted, previewFoundOnServer)
	}
	for n, p := range r.pairs() {
		if n < r.firstOther() {
			continue
		}
		if n == r.firstOther() {
			v.lines = append(v.lines, "")
			v.say(ui.RoleTitle, titleTags)
		}
		v.say(ui.RoleText, pairWords(p))
	}
	return v.lines
}

// previewWriter writes lines of a narrow column, as many as fit.
type previewWriter struct {
	f     ui.Frame
	lines []string
}

func (v *previewWriter) say(role ui.Role, text string) {
	if text == "" || len(v.lines) >= v.f.Height {
		return
	}
	style := v.f.Theme.Style(role)
	for _, line := range v.f.Text(text).Wrap(v.f.Width) {
		v.lines = append(v.lines, style.Paint(line))
	}
}

// pairWords formats a pair. A pair that isn't a tag says so.
func pairWords(p pair) string {
	if key, ok := strings.CutPrefix(p.key, endUserMark); ok {
		return fmt.Sprintf(textEndUserPair, key, p.value)
	}
	return p.key + "=" + p.value
}
