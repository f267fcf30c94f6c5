package form

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// inputWidget is the editable part of a field. An input line is a field of huh; text areas use bubbles/textarea, because huh
// limits its own to 99 lines; lists are our own, because huh draws all options for each key. Commands of both libraries are
// dropped: they blink the cursor or read the clipboard of the machine that the program runs on.
type inputWidget interface {
	update(tea.Msg)
	focus()
	blur()
	value() string
	setValue(string)
	// searching reports whether the user is searching a list; esc and enter then end the search.
	searching() bool
	view(width, rows int) string
	// summary returns the value as it is drawn without focus.
	summary() []string
}

func newInput(f Field, look *formTheme) inputWidget {
	switch f.Kind {
	case Lines, Pairs:
		return newLinesInput(f, look)
	case Choice, Choices:
		return newListInput(f, look)
	case YesNo:
		return newYesNoInput(f, look)
	case Note:
		return nil
	}
	return newTextInput(f, look)
}

type huhInput struct{ field huh.Field }

func newHuhInput(field huh.Field, look *formTheme) huhInput {
	return huhInput{field.WithKeyMap(huh.NewDefaultKeyMap()).WithTheme(look)}
}

func (h *huhInput) update(msg tea.Msg) { h.field.Update(msg) } // huh fields are pointers
func (h *huhInput) focus()             { h.field.Focus() }
func (h *huhInput) blur()              { h.field.Blur() }
func (h *huhInput) searching() bool    { return false }

func (h *huhInput) view(width, _ int) string {
	h.field.WithWidth(width)
	return h.field.View()
}

// secretBreak replaces line breaks in a secret, because an input line would turn them into spaces and break a private
// key. It is never visible: secrets are drawn as dots.
const secretBreak = "\ue00a"

type textInput struct {
	huhInput
	text   *string
	secret bool
}

func newTextInput(f Field, look *formTheme) inputWidget {
	in := &textInput{text: new(string), secret: f.Kind == Secret}
	field := huh.NewInput()
	if in.secret {
		field.EchoMode(huh.EchoModePassword)
	}
	in.huhInput = newHuhInput(field, look)
	in.setValue(f.Value)
	return in
}

func (in *textInput) update(msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok && in.secret {
		msg = tea.PasteMsg{Content: strings.ReplaceAll(paste.Content, "\n", secretBreak)}
	}
	in.huhInput.update(msg)
}

func (in *textInput) value() string { return strings.ReplaceAll(*in.text, secretBreak, "\n") }

func (in *textInput) setValue(s string) {
	s, _ = typeableText(s, map[bool]Kind{true: Secret}[in.secret])
	*in.text = strings.ReplaceAll(s, "\n", secretBreak)
	in.field.(*huh.Input).Value(in.text)
}

func (in *textInput) summary() []string {
	if in.secret {
		return []string{"> " + strings.Repeat("•", min(len(*in.text), secretDots))}
	}
	return []string{"> " + *in.text}
}

// secretDots is the maximum number of dots drawn for a secret, so that they don't reveal its length.
const secretDots = 8

type yesNoInput struct {
	huhInput
	yes *bool
}

func newYesNoInput(f Field, look *formTheme) inputWidget {
	in := &yesNoInput{yes: new(bool)}
	in.huhInput = newHuhInput(huh.NewConfirm().WithButtonAlignment(lipgloss.Left), look)
	in.setValue(f.Value)
	return in
}

func (in *yesNoInput) update(msg tea.Msg) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "space" {
		*in.yes = !*in.yes
		return
	}
	in.huhInput.update(msg)
}

func (in *yesNoInput) value() string {
	if *in.yes {
		return "true"
	}
	return ""
}

func (in *yesNoInput) setValue(s string) {
	*in.yes = s == "true"
	in.field.(*huh.Confirm).Value(in.yes)
}

func (in *yesNoInput) summary() []string {
	if *in.yes {
		return []string{textYes}
	}
	return []string{textNo}
}

func (in *yesNoInput) view(width, _ int) string {
	// huh distinguishes its buttons by color alone.
	yes, no := "  Yes  ", "[ No ]"
	if *in.yes {
		yes, no = "[ Yes ]", "  No  "
	}
	return ui.Clean(yes + " " + no).Truncate(width).String()
}

type linesInput struct {
	area  textarea.Model
	look  *formTheme
	hides bool // values of pairs are hidden
}

func newLinesInput(f Field, look *formTheme) inputWidget {
	in := &linesInput{area: newArea(), look: look, hides: f.Kind == Pairs && f.SecretValues}
	in.setValue(f.Value)
	return in
}

func newArea() textarea.Model {
	area := textarea.New()
	area.ShowLineNumbers = false
	area.Prompt = ""
	area.MaxHeight = MaxLines
	return area
}

func (in *linesInput) update(msg tea.Msg) { in.area, _ = in.area.Update(msg) }
func (in *linesInput) focus()             { in.area.Focus() }
func (in *linesInput) blur()              { in.area.Blur() }
func (in *linesInput) value() string      { return in.area.Value() }
func (in *linesInput) searching() bool    { return false }
func (in *linesInput) setValue(s string) {
	in.area.SetValue(s)
	in.area.MoveToBegin()
}

func (in *linesInput) summary() []string {
	text := strings.TrimRight(in.area.Value(), "\n")
	if in.hides {
		text = hideValues(text, secretDots)
	}
	return strings.Split(text, "\n")
}

// hideValues replaces the characters of the values of pairs by dots, at most so many for each.
func hideValues(pairs string, most int) string {
	lines := strings.Split(pairs, "\n")
	for i, line := range lines {
		if key, value, ok := strings.Cut(line, "="); ok {
			lines[i] = key + "=" + strings.Repeat("•", min(utf8.RuneCountInString(value), most))
		}
	}
	return strings.Join(lines, "\n")
}

func (in *linesInput) view(width, rows int) string {
	in.resize(&in.area, width, rows)
	if !in.hides {
		return in.area.View()
	}
	drawn := newArea()
	in.resize(&drawn, width, rows)
	drawn.SetValue(hideValues(in.area.Value(), MaxBytes))
	drawn.Focus()
	for range drawn.Line() - in.area.Line() {
		drawn.CursorStart() // from its start it moves over the whole line, which may be drawn as several
		drawn.CursorUp()
	}
	drawn.SetCursorColumn(in.area.Column())
	drawn, _ = drawn.Update(nil) // scrolls to the cursor
	return drawn.View()
}

func (in *linesInput) resize(area *textarea.Model, width, rows int) {
	styles := area.Styles()
	styles.Focused, styles.Blurred = in.look.area(), in.look.area()
	styles.Cursor.Color = nil
	area.SetStyles(styles)
	area.SetWidth(width)
	area.SetHeight(rows)
}
