// Package dialog has what opens over a screen: the confirmation of a request, menus, notices, help and the command
// palette. It knows nothing of Nango and draws with package ui.
package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// maxWord is the maximum number of typed characters of a confirm word.
const maxWord = 64

// Confirm asks before a request is sent. It shows the target, the consequences and the request. The focus is on Cancel
// until the user moves it or types the word. A Confirm is used by pointer on one goroutine.
type Confirm struct {
	// Title is the action, Badge the profile. Both are for the frame around the dialog.
	Title, Badge ui.Text
	// About is the target, Lines what the user must know before confirming.
	About ui.Text
	Lines []ui.Line
	// Changes is what the request changes; nil if unknown.
	Changes *ui.Diff
	// Request is the masked request: method and path, then the body.
	Request []ui.Text
	// Word must be typed to confirm. It is ASCII and never untrusted text. If it is empty, the button is enough.
	Word string
	// Yes is the label of the button, such as "Delete".
	Yes ui.Text

	focus  focus
	input  string
	wrong  bool
	scroll scroll
}

// Result is the effect of a key on a dialog.
type Result uint8

// A dialog stays open until it is accepted or closed. Copy asks the owner to copy the content and leaves it open.
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

// Key handles a key. A dialog takes all keys.
func (d *Confirm) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return d.press()
	case "ctrl+y":
		return Copy
	case "tab":
		d.next()
	case "shift+tab":
		d.prev()
	case "left":
		d.focus = onCancel
	case "right":
		d.focus = onYes
	default:
		return d.typeKey(k)
	}
	return Open
}

// typeKey edits the word or scrolls. Without a word, n closes the dialog; y never accepts.
func (d *Confirm) typeKey(k tea.KeyPressMsg) Result {
	switch key := k.String(); {
	case d.scroll.key(k):
	case d.Word == "" && key == "n":
		return Closed
	case d.Word == "":
	case key == "backspace":
		d.input = d.input[:max(len(d.input)-1, 0)]
		d.wrong = false
	case key == "ctrl+u":
		d.input, d.wrong = "", false
	default:
		d.Type(k.Text)
	}
	return Open
}

// Type appends typed or pasted text to the word, and focuses it.
func (d *Confirm) Type(s string) {
	if d.Word == "" || s == "" {
		return
	}
	for _, r := range s {
		if r >= ' ' && r <= '~' && len(d.input) < maxWord {
			d.input += string(r)
		}
	}
	d.focus, d.wrong = onWord, false
}

// next and prev move the focus: Cancel, the word if there is one, the button.
func (d *Confirm) next() { d.move(1) }
func (d *Confirm) prev() { d.move(2) }

func (d *Confirm) move(n focus) {
	d.focus = (d.focus + n) % 3
	if d.focus == onWord && d.Word == "" {
		d.focus = (d.focus + n) % 3
	}
}

// press activates what has the focus. A wrong word accepts nothing, and the dialog says so.
func (d *Confirm) press() Result {
	switch {
	case d.focus == onCancel:
		return Closed
	case d.Word == "" || d.input == d.Word:
		return Accepted
	}
	d.wrong, d.focus = true, onWord
	return Open
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (d *Confirm) KeyHint() ui.Text {
	if len(d.Request) == 0 {
		return ui.Clean(hintConfirm)
	}
	return ui.Clean(hintConfirm + hintCurl)
}

// Height returns the number of lines of the whole dialog at the width of f.
func (d *Confirm) Height(f ui.Frame) int { return len(d.content(f)) + len(d.controls(f)) }

// View draws the dialog in f. Longer content scrolls; the word and the buttons are always visible.
func (d *Confirm) View(f ui.Frame) string {
	controls := d.controls(f)
	room := max(f.Height-len(controls), 0)
	lines := append(d.scroll.view(f, d.content(f), room), controls...)
	return strings.Join(lines[max(len(lines)-f.Height, 0):], "\n")
}

// content draws what to read. It contains untrusted text, so spaces are collapsed: no text can imitate the buttons.
func (d *Confirm) content(f ui.Frame) []string {
	f = d.scroll.inside(f)
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

// barred draws a line with its spaces, behind a bar that separates it from the words of the dialog.
func barred(f ui.Frame, l ui.Line) []string {
	var lines []string
	for _, part := range l.Wrap(f.Width - 2) {
		lines = append(lines, append(ui.Line{ui.Styled(ui.RoleBorder, "│ ")}, part...).View(f, f.Width))
	}
	return lines
}

// controls draws the word and the buttons.
func (d *Confirm) controls(f ui.Frame) []string {
	lines := []string{""}
	if d.Word != "" {
		lines = append(lines, d.wordLines(f)...)
		switch {
		case d.wrong:
			lines = append(lines, ui.Line{ui.Styled(ui.RoleError, textWrongWord)}.View(f, f.Width))
		default:
			lines = append(lines, "")
		}
	}
	buttons := append(button(ui.RoleButton, textCancel, d.focus == onCancel && !f.OnlyEsc), ui.Styled(ui.RoleText, "  "))
	buttons = append(buttons, button(d.yesRole(), d.Yes.String(), d.focus == onYes && !f.OnlyEsc)...)
	return append(lines, ui.Spaces(f.Width-buttons.Width())+buttons.View(f, f.Width))
}

// leastInput is the minimum width of the field for the word beside its label, in cells.
const leastInput = 12

// wordLines draws the label and the field for the word, which is as wide as the rest of the line.
func (d *Confirm) wordLines(f ui.Frame) []string {
	label := ui.Line{ui.Styled(ui.RoleText, textType), ui.Styled(ui.RoleStrong, d.Word), ui.Styled(ui.RoleText, textToConfirm)}
	cursor := ui.Styled(ui.RoleText, "▏")
	if d.focus == onWord {
		cursor = ui.Styled(ui.RoleText, "▌")
	}
	field := func(width int) string {
		typed := ui.Clean(d.input).TruncateLeft(width - 1)
		return ui.Line{{Text: typed}, cursor}.ViewOn(f.Sized(width, 1), ui.RoleInput)
	}
	if room := f.Width - label.Width(); room >= max(leastInput, len(d.Word)+1) {
		return []string{label.View(f, f.Width) + field(room)}
	}
	return append(label.ViewWrapped(f), field(f.Width))
}

// yesRole is the role of the button that confirms. What destroys is lit only if the word fits.
func (d *Confirm) yesRole() ui.Role {
	switch {
	case d.Word == "":
		return ui.RoleButton
	case d.input == d.Word:
		return ui.RoleDanger
	}
	return ui.RoleDangerOff
}

// button draws a button. Brackets show the focus on terminals without colors. A button that destroys is always filled.
func button(role ui.Role, word string, focused bool) ui.Line {
	if focused {
		return ui.Line{ui.Styled(ui.RoleAccent, "["), ui.Styled(role, " "+word+" "), ui.Styled(ui.RoleAccent, "]")}
	}
	if role == ui.RoleButton {
		role = ui.RoleText
	}
	return ui.Line{ui.Styled(ui.RoleText, " "), ui.Styled(role, " "+word+" "), ui.Styled(ui.RoleText, " ")}
}
