package form

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

// Key takes a key and says whether it was used; esc is not, unless it ends a search in a list of choices.
func (m *Form) Key(k tea.KeyPressMsg) bool {
	f := m.focused()
	if f == nil {
		return false
	}
	switch k.String() {
	case "esc":
		if !f.input.searching() {
			return false
		}
	case "ctrl+c":
		return false
	case "ctrl+s":
		m.Submit()
		return true
	case "tab":
		m.Next()
		return true
	case "shift+tab":
		m.Prev()
		return true
	case "enter":
		if !f.severalLines() {
			m.enter(f)
			return true
		}
	case "up", "down":
		if f.Kind == Text || f.Kind == Secret || f.Kind == YesNo {
			m.step(map[string]int{"up": -1, "down": 1}[k.String()])
			return true
		}
	}
	m.typed(f, k)
	return true
}

func (f *fieldState) severalLines() bool { return f.Kind == Lines || f.Kind == Pairs }

// enter goes on to the next field, and from the last one sends the form. In a list it first ends the search.
func (m *Form) enter(f *fieldState) {
	searching := f.input.searching()
	f.input.settle()
	switch {
	case searching && f.Kind == Choices:
	case m.last():
		m.Submit()
	default:
		m.Next()
	}
}

// typed gives a key to the field, if what it types may stand there.
func (m *Form) typed(f *fieldState, k tea.KeyPressMsg) {
	f.notice = ""
	if k.Text != "" {
		clean, _ := typeableText(k.Text, f.Kind)
		if clean != k.Text || m.full(f, k.Text) {
			return
		}
	}
	if k.String() == "enter" && m.full(f, "\n") {
		return
	}
	m.change(f, k)
}

// full says that there is no room in the field for s, and leaves a notice.
func (m *Form) full(f *fieldState, s string) bool {
	value := f.input.value()
	_, cut := f.bounded(s, len(value), strings.Count(value, "\n"))
	if cut && f.editable() {
		f.notice = boundNotice
		return true
	}
	return false
}

var boundNotice = fmt.Sprintf("no more fits: %d KB and %d lines are the bounds", MaxBytes>>10, MaxLines)

// editable says that text can be typed into the field.
func (f *fieldState) editable() bool { return f.Kind <= Pairs }

// Paste puts pasted text into the field. What cannot be drawn and what does not fit is left out, and that is said.
func (m *Form) Paste(s string) {
	f := m.focused()
	if f == nil || !f.editable() {
		return
	}
	value := f.input.value()
	s, cut := f.bounded(s, len(value), strings.Count(value, "\n"))
	s, dropped := typeableText(s, f.Kind)
	m.change(f, tea.PasteMsg{Content: s})
	switch f.notice = ""; {
	case cut:
		f.notice = "the pasted text was cut; " + boundNotice
	case dropped:
		f.notice = "characters that cannot be drawn were left out of the pasted text"
	}
}

// change gives a message to the field. An error of the server is gone once the value is another.
func (m *Form) change(f *fieldState, msg tea.Msg) {
	before := f.input.value()
	f.input.update(msg)
	if f.input.value() != before {
		f.touched, f.refused, f.broken = true, "", ""
	}
}

// typeableText is s without what cannot be drawn where it is typed: control characters, those that turn the direction or
// hide, and line breaks where there is one line. It says whether something was lost.
func typeableText(s string, kind Kind) (clean string, lost bool) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n") // terminals paste line breaks as carriage returns
	several := kind == Lines || kind == Pairs
	if !several && kind != Secret {
		s = strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", " ")
	}
	if kind == Secret {
		s = strings.TrimSuffix(s, "\n")
	}
	s = strings.ReplaceAll(s, "\t", "    ")
	clean = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\u3000' || ui.IsTypeable(r) || unicode.Is(unicode.Zs, r) {
			return r
		}
		lost = true
		return -1
	}, s)
	clean, thick := thinOut(clean)
	return clean, lost || thick
}

// maxCluster is how many bytes may stand in one place on the screen. A letter with its marks needs a dozen, a family of
// emoji three. The field of several lines takes seconds to draw a few thousand marks on one letter.
const maxCluster = 64

// thinOut cuts what is piled up in one place, and says whether it had to.
func thinOut(s string) (thin string, cut bool) {
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return s, false
	}
	var b strings.Builder
	for s != "" {
		cluster, _ := ansi.FirstGraphemeCluster(s, ansi.WcWidth)
		s = s[len(cluster):]
		if len(cluster) > maxCluster {
			cluster, cut = strings.ToValidUTF8(cluster[:maxCluster], ""), true
		}
		b.WriteString(cluster)
	}
	return b.String(), cut
}

// Next and Prev move the focus around the fields that are there.
func (m *Form) Next() { m.step(1) }
func (m *Form) Prev() { m.step(-1) }

func (m *Form) step(by int) {
	n, values := len(m.fields), m.Values()
	if f := m.focused(); f != nil {
		f.input.settle()
		values = m.Values()
	}
	for i := 1; i <= n; i++ {
		at := ((m.focus+by*i)%n + n) % n
		if f := m.fields[at]; f.input != nil && f.there(values) {
			m.focusOn(at)
			return
		}
	}
}

// last says that no field below the focus takes keys.
func (m *Form) last() bool {
	values := m.Values()
	for _, f := range m.fields[m.focus+1:] {
		if f.input != nil && f.there(values) {
			return false
		}
	}
	return true
}

// focused is the field that takes the keys, nil if there is none.
func (m *Form) focused() *fieldState {
	if m.focus < 0 || m.focus >= len(m.fields) {
		return nil
	}
	return m.fields[m.focus]
}

func (m *Form) focusOn(i int) {
	if f := m.focused(); f != nil {
		f.input.blur()
	}
	m.focus = i
	m.fields[i].input.focus()
}
