package connections

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// previewFrom is the width in cells from which there is a preview beside the list.
	previewFrom = 110
	// previewWidth is how wide the preview is, its border counted.
	previewWidth = 42
	// previewBorder is how many of them the border takes, with the space around it.
	previewBorder = 3
	// restTime is how long the cursor stands still before the preview follows: while it moves, nothing but
	// the cursor is sent to the terminal.
	restTime = 120 * time.Millisecond
)

// preview shows the row under the cursor beside the list, from the row alone.
type preview struct {
	off bool
	// drawn says that the last view had room for it.
	drawn bool
	// moving says that the cursor has not rested since it left the row shown.
	moving bool
	shown  row
	moves  int
	// after is a timer; tests put their own here.
	after func(time.Duration, tea.Msg) tea.Cmd
}

// rested says that the cursor has stood still since the move of that number.
type rested struct{ move int }

func newPreview() preview {
	return preview{after: func(wait time.Duration, msg tea.Msg) tea.Cmd {
		return tea.Tick(wait, func(time.Time) tea.Msg { return msg })
	}}
}

// follow is called when the cursor has left a row.
func (p *preview) follow(t *screen.Turn, left row) {
	if !p.drawn {
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

// of is the row that is shown while the cursor is on that one.
func (p *preview) of(cursor *row) *row {
	if p.moving {
		return &p.shown
	}
	return cursor
}

// previewLines draws a row for a column of so many cells.
func previewLines(f ui.Frame, r *row) []string {
	v := previewWriter{f: f}
	who := r.customer()
	v.say(ui.RoleStrong, who.Name)
	v.say(ui.RoleText, who.Detail)
	v.blank()
	v.state(r)
	v.blank()
	v.fact("integration", r.integration())
	v.fact("provider", r.provider())
	v.fact("id", r.id())
	if at, known := r.createdAt(); known {
		v.fact("created", ui.Age(f.Now.Sub(at)).String()+" ago, "+at.In(f.Now.Location()).Format(time.DateOnly))
	}
	if r.found {
		v.say(ui.RoleMuted, strings.TrimSpace(foundSign)+" found on the server, not read with the list")
	}
	v.pairs(r)
	return v.lines
}

// previewWriter writes lines of a narrow column, as many as there is room for.
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

func (v *previewWriter) blank() { v.lines = append(v.lines, "") }

func (v *previewWriter) fact(label, value string) { v.say(ui.RoleText, label+" "+value) }

func (v *previewWriter) state(r *row) {
	sign := stateSign(r.state)
	v.lines = append(v.lines, v.f.Theme.Style(sign.Role).Paint(sign.Text))
	if r.state == nango.Healthy {
		return
	}
	if at, known := r.failedAt(); known {
		v.say(ui.RoleText, "failed "+ui.Ago(v.f.Now.Sub(at)))
	}
	for _, trouble := range strings.Split(r.piece(pieceState), ", ") {
		v.say(ui.RoleMuted, trouble)
	}
}

func (v *previewWriter) pairs(r *row) {
	for n := 0; ; n++ {
		p, ok := r.pair(n)
		if !ok {
			return
		}
		if n == 0 {
			v.blank()
			v.say(ui.RoleTitle, "TAGS")
		}
		v.say(ui.RoleText, pairWords(p))
	}
}

// pairWords writes a pair for the reader; what is not a tag says so.
func pairWords(p pair) string {
	if key, ok := strings.CutPrefix(p.key, endUserMark); ok {
		return "end user " + key + ": " + p.value
	}
	return p.key + "=" + p.value
}
