package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

const (
	// maxToasts is the maximum number of toasts. Beyond it the oldest is dropped, errors last.
	maxToasts = 20
	// maxToastsShown is the maximum number of drawn toasts.
	maxToastsShown = 3
	// maxToastLines is the maximum number of lines of a toast, maxToastWidth that of its cells.
	maxToastLines = 2
	maxToastWidth = 72
	toastIndent   = 3
)

// Toast is a short message about an event.
type Toast struct {
	// ID is the subject of the toast, or "". A toast replaces those with the same ID.
	ID   string
	Text Text
	// Error toasts stay until dismissed or removed. Detail has the full error for whoever opens it; it is not drawn.
	Error  bool
	Detail []Text
	// Until is when the toast disappears. Zero and errors stay.
	Until time.Time
	// cut means that the text didn't fit when it was drawn.
	cut bool
}

// Toasts is the stack of toasts, newest at the bottom. The zero value is empty. It is used on one goroutine.
type Toasts struct {
	// Hint returns what can be done about an error, such as keys, which can change: it is called on drawing. Nil is no hint.
	Hint func() Text
	// CutHint returns how to read the whole text of a toast that was cut and is no error. Nil is no hint.
	CutHint func() Text
	list    []Toast
}

// Add adds a toast.
func (v *Toasts) Add(t Toast) {
	if t.Error {
		t.Until = time.Time{}
	}
	if t.ID != "" {
		v.Remove(t.ID)
	}
	if !t.Error { // the same message is shown once
		v.list = slices.DeleteFunc(v.list, func(other Toast) bool { return !other.Error && other.Text == t.Text })
	}
	v.list = append(v.list, t)
	if len(v.list) > maxToasts {
		oldest := max(0, slices.IndexFunc(v.list, func(t Toast) bool { return !t.Error }))
		v.list = slices.Delete(v.list, oldest, oldest+1)
	}
}

// Remove removes the toasts with this ID, because the operation works again.
func (v *Toasts) Remove(id string) {
	v.list = slices.DeleteFunc(v.list, func(t Toast) bool { return t.ID == id })
}

func (v *Toasts) DismissErrors() {
	v.list = slices.DeleteFunc(v.list, func(t Toast) bool { return t.Error })
}

func (v *Toasts) Clear() { v.list = nil }

func (v *Toasts) HasErrors() bool {
	_, ok := v.LastError()
	return ok
}

// LastError returns the newest error.
func (v *Toasts) LastError() (Toast, bool) {
	for _, t := range slices.Backward(v.list) {
		if t.Error {
			return t, true
		}
	}
	return Toast{}, false
}

// Expire removes expired toasts, and reports whether there were any.
func (v *Toasts) Expire(now time.Time) bool {
	before := len(v.list)
	v.list = slices.DeleteFunc(v.list, func(t Toast) bool { return !t.alive(now) })
	return len(v.list) != before
}

func (t Toast) alive(now time.Time) bool { return t.Until.IsZero() || now.Before(t.Until) }

// View draws the newest toasts that fit into f.Height lines, and the number of hidden ones. It is only as high as
// needed, and "" without toasts.
func (v *Toasts) View(f Frame) string {
	var lines []string
	shown, more := 0, 0
	for i, t := range slices.Backward(v.list) {
		if !t.alive(f.Now) {
			continue
		}
		t.cut = len(t.Text.Wrap(f.Width-toastIndent-1)) > maxToastLines
		v.list[i].cut = t.cut
		var hint Text // what can be done about it; it is never cut
		if of := v.hintOf(t); of != nil {
			hint = of()
		}
		drawn := t.draw(f, hint)
		if more > 0 || shown == maxToastsShown || shown > 0 && len(lines)+len(drawn) >= f.Height {
			more++
			continue
		}
		lines = append(drawn, lines...)
		shown++
	}
	if more > 0 {
		text := Text{Spaces(toastIndent) + count(more) + " more"}
		lines = slices.Insert(lines, 0, Line{{text, RoleMuted}}.View(f, f.Width))
	}
	return strings.Join(lines[max(0, len(lines)-f.Height):], "\n")
}

// DrawOver draws the toasts over the lower right of a screen, as low as they don't cover a selected row or a focused field. Lines
// are those of f.
func (v *Toasts) DrawOver(f Frame, lines []string) {
	view := v.View(f.Sized(min(f.Width, maxToastWidth), f.Height))
	if view == "" {
		return
	}
	toasts := strings.Split(view, "\n")
	width := 0
	for _, toast := range toasts {
		width = max(width, f.StringWidth(toast)+1)
	}
	width = min(width+1, f.Width) // the edge
	first := len(lines) - len(toasts)
	for at := first; at >= 0; at-- {
		if !slices.ContainsFunc(lines[at:at+len(toasts)], f.isSelected) {
			first = at
			break
		}
	}
	for i, toast := range toasts[max(0, -first):] {
		at := max(0, first) + i
		lines[at] = lay(f.method(), lines[at], f.Sized(width, 1).Fill(RoleHeader, "│"+toast), f.Width-width, width)
	}
}

// isSelected reports whether a drawn line is a selected row, or one of a focused field.
func (f Frame) isSelected(line string) bool {
	selected := f.Theme.Style(RoleSelected).on
	return selected != "" && strings.Contains(line, selected) || strings.HasPrefix(strings.TrimLeft(ansi.Strip(line), " "), CursorBar)
}

func (v *Toasts) hintOf(t Toast) func() Text {
	switch {
	case t.Error:
		return v.Hint
	case t.cut:
		return v.CutHint
	}
	return nil
}

// LastCut returns the newest toast that was cut when it was drawn, and is still shown.
func (v *Toasts) LastCut(now time.Time) (Toast, bool) {
	for _, t := range slices.Backward(v.list) {
		if t.cut && t.alive(now) {
			return t, true
		}
	}
	return Toast{}, false
}

// ExpireAt sets the expiry of toasts that have none, except errors, and reports whether there were any.
func (v *Toasts) ExpireAt(until time.Time) bool {
	any := false
	for i := range v.list {
		if t := &v.list[i]; !t.Error && t.Until.IsZero() {
			t.Until, any = until, true
		}
	}
	return any
}

// withHint adds the hint to the last line, or below it if there is no room.
func withHint(texts []Text, hint Text, role Role, width int) []Line {
	lines := make([]Line, len(texts))
	for i, text := range texts {
		lines[i] = Line{{text, role}}
	}
	if hint.Empty() {
		return lines
	}
	last, behind := len(texts)-1, Cell{Text{"  "}.Concat(hint), RoleMuted}
	if room := width - behind.Text.Width(); texts[last].Width() > room {
		if len(texts) < maxToastLines {
			return append(lines, Line{{hint, RoleMuted}})
		}
		lines[last][0].Text = texts[last].Truncate(max(room, 1))
	}
	lines[last] = append(lines[last], behind)
	return lines
}

// draw returns the lines of a toast: a sign, which doesn't depend on colors, and the text.
func (t Toast) draw(f Frame, hint Text) []string {
	texts := t.Text.Wrap(f.Width - toastIndent - 1)
	if len(texts) > maxToastLines {
		last := texts[maxToastLines-1].Truncate(f.Width - toastIndent - 2)
		texts = append(texts[:maxToastLines-1:maxToastLines-1], last.Concat(Text{ellipsis}))
	}
	role, sign := RoleStrong, "·"
	if t.Error {
		role, sign = RoleBad, "✗"
	}
	said := withHint(texts, hint, role, f.Width-toastIndent-1)
	lines := make([]string, len(said))
	for i, line := range said {
		p := NewPen(f, nil)
		p.To(1)
		p.line(Line{{Text{sign}, role}})
		p.To(toastIndent)
		p.line(line)
		lines[i], sign = string(p.buf), ""
	}
	return lines
}
