// Package dialog has what opens over a screen: the confirmation of a request, menus, notices, help, and the command palette. It knows
// nothing of Nango and draws with package ui.
package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// maxWord is how many characters of a typed confirmation are kept; no word is longer.
const maxWord = 64

// Confirm asks before something is sent. It says what it is about, what goes with it, what was counted and what was not
// looked at, and shows the request. The focus is on Cancel until the user moves it or types the word.
//
// A Confirm is filled in as a literal and then used by pointer, on one goroutine.
type Confirm struct {
	// Title is the action; Badge names the profile it is sent to. Both are for the frame around the dialog.
	Title, Badge ui.Text
	// About is the thing itself, Lines what the reader has to know before saying yes.
	About ui.Text
	Lines []ui.Line
	// Changes is what will be other than it is, nil where that is not known or not the point.
	Changes *ui.Diff
	// Request is what will be sent: method and path, then the body, masked.
	Request []ui.Text
	// Word has to be typed before yes counts. It is ASCII and never untrusted text; empty requires the button alone.
	Word string
	// Yes is the word on the button, "Delete".
	Yes ui.Text
	// Guarded is true while a dialog that opened by itself takes no key, so that one that was meant for the screen below
	// answers nothing. The owner counts the moment and sets it back.
	Guarded bool

	focus  focus
	typed  string
	wrong  bool
	scroll scroll
}

// Result is what a key did to a dialog.
type Result uint8

// A dialog stays open until it is accepted or closed. Copy asks to copy what it shows and leaves it open.
const (
	Open Result = iota
	Accepted
	Closed
	Copy
)

type focus uint8

const (
	onCancel focus = iota
	onWord
	onYes
)

// Key takes a key. A dialog takes every key: what means nothing here means nothing at all.
func (d *Confirm) Key(k tea.KeyPressMsg) Result {
	if d.Guarded {
		return Open
	}
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return d.Press()
	case "ctrl+y":
		return Copy
	case "tab":
		d.Next()
	case "shift+tab":
		d.Prev()
	case "left":
		d.focus = onCancel
	case "right":
		d.focus = onYes
	default:
		return d.typing(k)
	}
	return Open
}

// typing takes what belongs to the word, or scrolls. Where nothing is to be typed, n is no; y is never yes.
func (d *Confirm) typing(k tea.KeyPressMsg) Result {
	switch key := k.String(); {
	case d.scroll.key(k):
	case d.Word == "" && key == "n":
		return Closed
	case d.Word == "":
	case key == "backspace":
		d.typed = d.typed[:max(len(d.typed)-1, 0)]
		d.wrong = false
	case key == "ctrl+u":
		d.typed, d.wrong = "", false
	default:
		d.Type(k.Text)
	}
	return Open
}

// Type adds typed or pasted text to the word and moves the focus to it.
func (d *Confirm) Type(s string) {
	if d.Guarded || d.Word == "" || s == "" {
		return
	}
	for _, r := range s {
		if r >= ' ' && r <= '~' && len(d.typed) < maxWord {
			d.typed += string(r)
		}
	}
	d.focus, d.wrong = onWord, false
}

// Next and Prev move the focus: Cancel, the word if there is one, yes.
func (d *Confirm) Next() { d.move(1) }
func (d *Confirm) Prev() { d.move(2) }

func (d *Confirm) move(n focus) {
	d.focus = (d.focus + n) % 3
	if d.focus == onWord && d.Word == "" {
		d.focus = (d.focus + n) % 3
	}
}

// Press is enter: it presses what has the focus. With a wrong word nothing is agreed to, and the dialog says so.
func (d *Confirm) Press() Result {
	switch {
	case d.Guarded:
		return Open
	case d.focus == onCancel:
		return Closed
	case d.Word == "" || d.typed == d.Word:
		return Accepted
	}
	d.wrong, d.focus = true, onWord
	return Open
}

// KeyHint is the hint for the lower edge of the frame.
func (d *Confirm) KeyHint() ui.Text {
	if d.Guarded {
		return ui.Clean("just opened: takes keys in a moment")
	}
	moves := "tab moves  esc cancels"
	if len(d.Request) == 0 {
		return ui.Clean(moves)
	}
	return ui.Clean(moves + "  ctrl+y copies as curl")
}

// Height is how many lines all of the dialog takes at the width of f.
func (d *Confirm) Height(f ui.Frame) int { return len(d.content(f)) + len(d.controls(f)) }

// View draws the dialog in f. What is too long scrolls; the word and the buttons are always there.
func (d *Confirm) View(f ui.Frame) string {
	controls := d.controls(f)
	room := max(f.Height-len(controls), 0)
	lines := append(d.scroll.view(f, d.content(f), room), controls...)
	return strings.Join(lines[max(len(lines)-f.Height, 0):], "\n")
}

// content is what is read. Texts of strangers stand here, so runs of spaces are closed up: nothing can be
// laid out to look like the buttons.
func (d *Confirm) content(f ui.Frame) []string {
	var lines []string
	if !d.About.Empty() {
		lines = append(lines, ui.Line{{Text: d.About.CollapseSpaces(), Role: ui.RoleStrong}}.ViewWrapped(f)...)
		lines = append(lines, "")
	}
	for _, l := range d.Lines {
		lines = append(lines, l.CollapseSpaces().ViewWrapped(f)...)
	}
	if len(d.Lines) > 0 {
		lines = append(lines, "")
	}
	if d.Changes != nil {
		for _, l := range d.Changes.Lines(f) {
			lines = append(lines, barred(f, l)...)
		}
		lines = append(lines, "")
	}
	for _, t := range d.Request {
		lines = append(lines, barred(f, ui.Line{{Text: t, Role: ui.RoleText}})...)
	}
	return lines
}

// barred draws a line that keeps its spaces, behind a bar that tells it from what the dialog says itself.
func barred(f ui.Frame, l ui.Line) []string {
	var lines []string
	for _, part := range l.Wrap(f.Width - 2) {
		lines = append(lines, append(ui.Line{ui.Styled(ui.RoleBorder, "│ ")}, part...).View(f, f.Width))
	}
	return lines
}

// controls are the word and the buttons.
func (d *Confirm) controls(f ui.Frame) []string {
	lines := []string{""}
	if d.Word != "" {
		lines = append(lines, d.wordLine().View(f, f.Width))
		switch {
		case d.wrong:
			lines = append(lines, ui.Line{ui.Styled(ui.RoleBad, "✗ That is not the word. Nothing was sent.")}.View(f, f.Width))
		default:
			lines = append(lines, "")
		}
	}
	buttons := append(button("Cancel", d.focus == onCancel), ui.Styled(ui.RoleText, "  "))
	buttons = append(buttons, button(d.Yes.String(), d.focus == onYes)...)
	return append(lines, ui.Spaces(f.Width-buttons.Width())+buttons.View(f, f.Width))
}

func (d *Confirm) wordLine() ui.Line {
	line := ui.Line{ui.Styled(ui.RoleText, "Type "), ui.Styled(ui.RoleStrong, d.Word), ui.Styled(ui.RoleText, " to confirm:  "), ui.Styled(ui.RoleText, d.typed)}
	if d.focus == onWord {
		return append(line, ui.Styled(ui.RoleAccent, "▌"))
	}
	return append(line, ui.Styled(ui.RoleMuted, "▏"))
}

// button is a word that can be pressed; brackets say that it has the focus, on any terminal.
func button(word string, focused bool) ui.Line {
	if focused {
		return ui.Line{ui.Styled(ui.RoleAccent, "["), ui.Styled(ui.RoleSelected, " "+word+" "), ui.Styled(ui.RoleAccent, "]")}
	}
	return ui.Line{ui.Styled(ui.RoleText, "  "+word+"  ")}
}
