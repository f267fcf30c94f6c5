package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// dialogTyped is how many characters of a typed confirmation are kept; no word is longer.
const dialogTyped = 64

// Dialog asks before something is sent. It says what it is about, what goes with it, what was counted and what was not
// looked at, and shows the request. The focus is on Cancel until the user moves it or types the word.
//
// A Dialog is filled in as a literal and then used by pointer, on one goroutine.
type Dialog struct {
	// Title is the action; Badge names the profile it is sent to. Both are for the frame around the dialog.
	Title, Badge Text
	// About is the thing itself, Lines what the reader has to know before saying yes.
	About Text
	Lines []Line
	// Changes is what will be other than it is, nil where that is not known or not the point.
	Changes *Diff
	// Request is what will be sent: method and path, then the body, masked.
	Request []Text
	// Word has to be typed before yes counts. It is ASCII and never untrusted text; empty requires the button alone.
	Word string
	// Yes is the word on the button, "Delete".
	Yes Text
	// Guarded is true while a dialog that opened by itself takes no key, so that one that was meant for the screen below
	// answers nothing. The owner counts the moment and sets it back.
	Guarded bool

	focus  dialogFocus
	typed  string
	wrong  bool
	scroll scroll
}

// DialogResult is what a key did to a dialog.
type DialogResult uint8

// A dialog stays open until it is accepted or closed. DialogCopy asks to copy what it shows and leaves it open.
const (
	DialogOpen DialogResult = iota
	DialogAccepted
	DialogClosed
	DialogCopy
)

type dialogFocus uint8

const (
	onCancel dialogFocus = iota
	onWord
	onYes
)

// Key takes a key. A dialog takes every key: what means nothing here means nothing at all.
func (d *Dialog) Key(k tea.KeyPressMsg) DialogResult {
	if d.Guarded {
		return DialogOpen
	}
	switch k.String() {
	case "esc", "ctrl+c":
		return DialogClosed
	case "enter":
		return d.Press()
	case "ctrl+y":
		return DialogCopy
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
	return DialogOpen
}

// typing takes what belongs to the word, or scrolls. Where nothing is to be typed, n is no; y is never yes.
func (d *Dialog) typing(k tea.KeyPressMsg) DialogResult {
	switch key := k.String(); {
	case d.scroll.key(k):
	case d.Word == "" && key == "n":
		return DialogClosed
	case d.Word == "":
	case key == "backspace":
		d.typed = d.typed[:max(len(d.typed)-1, 0)]
		d.wrong = false
	case key == "ctrl+u":
		d.typed, d.wrong = "", false
	default:
		d.Type(k.Text)
	}
	return DialogOpen
}

// Type adds typed or pasted text to the word and moves the focus to it.
func (d *Dialog) Type(s string) {
	if d.Guarded || d.Word == "" || s == "" {
		return
	}
	for _, r := range s {
		if r >= ' ' && r <= '~' && len(d.typed) < dialogTyped {
			d.typed += string(r)
		}
	}
	d.focus, d.wrong = onWord, false
}

// Next and Prev move the focus: Cancel, the word if there is one, yes.
func (d *Dialog) Next() { d.move(1) }
func (d *Dialog) Prev() { d.move(2) }

func (d *Dialog) move(n dialogFocus) {
	d.focus = (d.focus + n) % 3
	if d.focus == onWord && d.Word == "" {
		d.focus = (d.focus + n) % 3
	}
}

// Press is enter: it presses what has the focus. With a wrong word nothing is agreed to, and the dialog says so.
func (d *Dialog) Press() DialogResult {
	switch {
	case d.Guarded:
		return DialogOpen
	case d.focus == onCancel:
		return DialogClosed
	case d.Word == "" || d.typed == d.Word:
		return DialogAccepted
	}
	d.wrong, d.focus = true, onWord
	return DialogOpen
}

// Foot is the hint for the lower edge of the frame.
func (d *Dialog) Foot() Text {
	if d.Guarded {
		return Clean("just opened: takes keys in a moment")
	}
	moves := "tab moves  esc cancels"
	if len(d.Request) == 0 {
		return Clean(moves)
	}
	return Clean(moves + "  ctrl+y copies as curl")
}

// Height is how many lines all of the dialog takes at the width of f.
func (d *Dialog) Height(f Frame) int { return len(d.content(f)) + len(d.controls(f)) }

// View draws the dialog in f. What is too long scrolls; the word and the buttons are always there.
func (d *Dialog) View(f Frame) string {
	controls := d.controls(f)
	room := max(f.Height-len(controls), 0)
	lines := append(d.scroll.view(f, d.content(f), room), controls...)
	return strings.Join(lines[max(len(lines)-f.Height, 0):], "\n")
}

// content is what is read. Texts of strangers stand here, so runs of spaces are closed up: nothing can be
// laid out to look like the buttons.
func (d *Dialog) content(f Frame) []string {
	var lines []string
	if !d.About.Empty() {
		lines = append(lines, Line{{Text: d.About.CollapseSpaces(), Role: RoleStrong}}.ViewWrapped(f)...)
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
		lines = append(lines, barred(f, Line{{Text: t, Role: RoleText}})...)
	}
	return lines
}

// barred draws a line that keeps its spaces, behind a bar that tells it from what the dialog says itself.
func barred(f Frame, l Line) []string {
	var lines []string
	for _, part := range l.Wrap(f.Width - 2) {
		lines = append(lines, append(Line{Say(RoleBorder, "│ ")}, part...).View(f, f.Width))
	}
	return lines
}

// controls are the word and the buttons.
func (d *Dialog) controls(f Frame) []string {
	lines := []string{""}
	if d.Word != "" {
		lines = append(lines, d.wordLine().View(f, f.Width))
		switch {
		case d.wrong:
			lines = append(lines, Line{Say(RoleBad, "✗ That is not the word. Nothing was sent.")}.View(f, f.Width))
		default:
			lines = append(lines, "")
		}
	}
	buttons := append(button("Cancel", d.focus == onCancel), Say(RoleText, "  "))
	buttons = append(buttons, button(d.Yes.String(), d.focus == onYes)...)
	return append(lines, Spaces(f.Width-buttons.Width())+buttons.View(f, f.Width))
}

func (d *Dialog) wordLine() Line {
	line := Line{Say(RoleText, "Type "), Say(RoleStrong, d.Word), Say(RoleText, " to confirm:  "), Say(RoleText, d.typed)}
	if d.focus == onWord {
		return append(line, Say(RoleAccent, "▌"))
	}
	return append(line, Say(RoleMuted, "▏"))
}

// button is a word that can be pressed; brackets say that it has the focus, on any terminal.
func button(word string, focused bool) Line {
	if focused {
		return Line{Say(RoleAccent, "["), Say(RoleSelected, " "+word+" "), Say(RoleAccent, "]")}
	}
	return Line{Say(RoleText, "  "+word+"  ")}
}
