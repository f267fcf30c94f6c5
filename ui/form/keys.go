package form

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

// Key handles a key and reports whether it was used. esc is used only to end the search in a list.
func (m *Form) Key(k tea.KeyPressMsg) bool {
	f := m.focused()
	if f == nil {
		return false
	}
	m.started = true
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
		if !f.isMultiline() {
			m.enter(f)
			return true
		}
	case "up", "down":
		if f.Kind == Text || f.Kind == Secret || f.Kind == YesNo {
			m.step(map[string]int{"up": -1, "down": 1}[k.String()])
			return true
		}
	}
	m.typeKey(f, k)
	return true
}

func (f *fieldState) isMultiline() bool { return f.Kind == Lines || f.Kind == Pairs }

// enter moves to the next field, or submits from the last one. While searching Choices it only ends the search.
func (m *Form) enter(f *fieldState) {
	searching := f.input.searching()
	f.commit()
	switch fields := m.focusable(); {
	case searching && f.Kind == Choices:
	case len(fields) == 0 || fields[len(fields)-1] <= m.focus:
		m.Submit()
	default:
		m.Next()
	}
}

// commit takes the highlighted option of a list.
func (f *fieldState) commit() {
	if f.Kind == Choice || f.input.searching() {
		f.input.update(tea.KeyPressMsg{Code: tea.KeyEnter})
	}
}

// typeKey passes a key to the field if the field accepts its text.
func (m *Form) typeKey(f *fieldState, k tea.KeyPressMsg) {
	f.notice = ""
	if k.Text != "" {
		clean, _ := typeableText(k.Text, f.Kind)
		if clean != k.Text || m.isFull(f, k.Text) {
			return
		}
	}
	if k.String() == "enter" && m.isFull(f, "\n") {
		return
	}
	if (f.Kind == Choice || f.Kind == Choices) && isWord(k.Text) && !f.input.searching() {
		f.input.update(tea.KeyPressMsg{Code: '/', Text: "/"}) // typing filters
	}
	m.change(f, k)
}

// isWord reports whether a typed text begins a search in a list. A space picks, and a slash begins a search itself.
func isWord(text string) bool { return text != "" && text != " " && text != "/" }

// isFull reports whether there is no space for s, and sets a notice.
func (m *Form) isFull(f *fieldState, s string) bool {
	value := f.input.value()
	_, cut := limit(s, len(value), strings.Count(value, "\n"))
	if cut && f.editable() {
		f.notice = limitNotice
		return true
	}
	return false
}

var limitNotice = fmt.Sprintf(textLimit, MaxBytes>>10, MaxLines)

func (f *fieldState) editable() bool { return f.Kind <= Pairs }

// Paste inserts pasted text into the field. It leaves out what cannot be drawn or doesn't fit, and says so.
func (m *Form) Paste(s string) {
	f := m.focused()
	if f == nil || !f.editable() {
		return
	}
	m.started = true
	value := f.input.value()
	s, cut := limit(s, len(value), strings.Count(value, "\n"))
	s, dropped := typeableText(s, f.Kind)
	m.change(f, tea.PasteMsg{Content: s})
	switch f.notice = ""; {
	case cut:
		f.notice = textPasteCut + limitNotice
	case dropped:
		f.notice = textPasteCleaned
	}
}

// change passes a message to the field. A new value clears the error of the server.
func (m *Form) change(f *fieldState, msg tea.Msg) {
	before := f.input.value()
	f.input.update(msg)
	if f.input.value() != before {
		f.touched, f.serverError, f.uneditable = true, "", ""
	}
}

// typeableText returns s without what cannot be drawn in an input: control characters, bidirectional and invisible
// characters, and line breaks in an input line. It reports whether something was removed.
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
	clean, thick := limitClusters(clean)
	return clean, lost || thick
}

// maxCluster is the maximum size of a grapheme cluster in bytes. A letter with its marks needs a dozen, a family emoji
// about 25. A text area takes seconds to draw a letter with thousands of marks.
const maxCluster = 64

// limitClusters cuts clusters that are too long, and reports whether it did.
func limitClusters(s string) (thin string, cut bool) {
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

// Next and Prev move the focus, and wrap around.
func (m *Form) Next() { m.step(1) }
func (m *Form) Prev() { m.step(-1) }

func (m *Form) step(by int) {
	m.Commit()
	fields := m.focusable()
	if len(fields) == 0 {
		return
	}
	at, found := slices.BinarySearch(fields, m.focus)
	if found || by < 0 {
		at += by
	}
	m.focusOn(fields[(at+len(fields))%len(fields)])
}

func (m *Form) focusable() []int {
	var all []int
	values := m.Values()
	for i, f := range m.fields {
		if f.input != nil && f.isShown(values) {
			all = append(all, i)
		}
	}
	return all
}

func (m *Form) focused() *fieldState {
	if m.focus < 0 || m.focus >= len(m.fields) {
		return nil
	}
	return m.fields[m.focus]
}

func (m *Form) focusOn(i int) {
	m.started = true
	m.moveTo(i)
}

func (m *Form) moveTo(i int) {
	if f := m.focused(); f != nil {
		f.input.blur()
	}
	m.focus = i
	m.fields[i].input.focus()
}
