package ui

import (
	"slices"
	"strings"
	"time"
)

const (
	// maxToasts is how many toasts are kept; beyond that the oldest go, those that are no errors first.
	maxToasts = 20
	// maxToastsShown is how many are drawn; they lie over the screen.
	maxToastsShown = 3
	// maxToastLines is how many lines one of them may take.
	maxToastLines = 3
	// toastIndent is the cells before its text.
	toastIndent = 3
)

// Toast is a short word about something that has happened.
type Toast struct {
	// ID, where there is one, says what the toast is about: a newer one about the same takes its place.
	ID   string
	Text Text
	// Error toasts stay until they are dismissed or removed. Detail is all that is known of the error, for whoever
	// opens it; the stack does not draw it.
	Error  bool
	Detail []Text
	// Until is when a toast that is no error goes by itself; zero stays.
	Until time.Time
}

// Toasts is the stack of them, the newest at the bottom. The zero value is empty. It is used on one goroutine.
type Toasts struct {
	// Hint says what can be done with an error, such as the keys that open and dismiss it. It is asked when one is drawn:
	// the keys may be others by then. Nil says nothing.
	Hint func() Text
	list []Toast
}

// Add puts a toast up.
func (v *Toasts) Add(t Toast) {
	if t.Error {
		t.Until = time.Time{}
	}
	if t.ID != "" {
		v.Remove(t.ID)
	}
	if !t.Error { // said again, it is not said twice
		v.list = slices.DeleteFunc(v.list, func(other Toast) bool { return !other.Error && other.Text == t.Text })
	}
	v.list = append(v.list, t)
	if len(v.list) > maxToasts {
		oldest := max(0, slices.IndexFunc(v.list, func(t Toast) bool { return !t.Error }))
		v.list = slices.Delete(v.list, oldest, oldest+1)
	}
}

// Remove takes away what is about id: the thing works again.
func (v *Toasts) Remove(id string) {
	v.list = slices.DeleteFunc(v.list, func(t Toast) bool { return t.ID == id })
}

// DismissErrors takes all errors away.
func (v *Toasts) DismissErrors() {
	v.list = slices.DeleteFunc(v.list, func(t Toast) bool { return t.Error })
}

// Clear takes everything away.
func (v *Toasts) Clear() { v.list = nil }

// HasErrors says that there is an error to be dismissed.
func (v *Toasts) HasErrors() bool {
	_, ok := v.LastError()
	return ok
}

// LastError is the newest error; false when there is none.
func (v *Toasts) LastError() (Toast, bool) {
	for _, t := range slices.Backward(v.list) {
		if t.Error {
			return t, true
		}
	}
	return Toast{}, false
}

// Expire takes away those whose time is over at now, and says whether there were any.
func (v *Toasts) Expire(now time.Time) bool {
	before := len(v.list)
	v.list = slices.DeleteFunc(v.list, func(t Toast) bool { return !t.alive(now) })
	return len(v.list) != before
}

func (t Toast) alive(now time.Time) bool { return t.Until.IsZero() || now.Before(t.Until) }

// View draws the newest few, as far as they fit into f.Height lines, and says how many are left out. It is only as
// high as it has to be, and "" when there is nothing to say.
func (v *Toasts) View(f Frame) string {
	var lines []string
	shown, more := 0, 0
	for _, t := range slices.Backward(v.list) {
		if !t.alive(f.Now) {
			continue
		}
		drawn := t.draw(f, v.hint(t))
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

// ExpireAt has what would stay until a key is pressed go at that time, and says whether there was any; errors stay.
func (v *Toasts) ExpireAt(until time.Time) bool {
	any := false
	for i := range v.list {
		if t := &v.list[i]; !t.Error && t.Until.IsZero() {
			t.Until, any = until, true
		}
	}
	return any
}

// hint is what can be done with the toast. It is never what is cut.
func (v *Toasts) hint(t Toast) Text {
	if v.Hint == nil || !t.Error {
		return Text{}
	}
	return v.Hint()
}

// hinted puts the hint behind the last line of the text, or below it where there is no room.
func hinted(texts []Text, hint Text, role Role, width int) []Line {
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

// draw is the lines of one toast: a sign, for whoever sees no colours, and the text.
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
	said := hinted(texts, hint, role, f.Width-toastIndent-1)
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
