package form

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// inputWidget is what one types into. huh's fields are behind it, and a textarea: huh's own field for several lines
// stops at 99 of them and cannot be told otherwise.
//
// Commands of the library are dropped. They make a cursor blink or read the clipboard of the machine that the program runs on.
type inputWidget interface {
	update(tea.Msg)
	focus()
	blur()
	value() string
	setValue(string)
	// searching says that a list is being searched, so that esc and enter belong to it.
	searching() bool
	// settle takes over what is under the cursor of a list.
	settle()
	view(width, rows int) string
	// brief is the value as lines to be read, for when the field does not have the focus.
	brief() []string
}

func newInput(f Field, look *formTheme) inputWidget {
	switch f.Kind {
	case Lines, Pairs:
		return newLinesInput(f, look)
	case Choice:
		return newChoiceInput(f, look)
	case Choices:
		return newChoicesInput(f, look)
	case YesNo:
		return newYesNoInput(f, look)
	case Note:
		return nil
	}
	return newTextInput(f, look)
}

// huhInput is a field of huh.
type huhInput struct {
	field huh.Field
	keys  *huh.KeyMap
}

func newHuhInput(field huh.Field, look *formTheme) huhInput {
	keys := huh.NewDefaultKeyMap()
	field = field.WithKeyMap(keys).WithTheme(look)
	return huhInput{field: field, keys: keys}
}

func (h *huhInput) update(msg tea.Msg) { h.field.Update(msg) } // a field of huh is a pointer and stays the same
func (h *huhInput) focus()             { h.field.Focus() }
func (h *huhInput) blur()              { h.field.Blur() }
func (h *huhInput) searching() bool    { return false }
func (h *huhInput) settle()            {}
func (h *huhInput) view(width, _ int) string {
	h.field.WithWidth(width)
	return h.field.View()
}

// secretBreak stands for a line break in a secret: the field of one line would make it a space, and a private key of
// several lines would be broken. It is never seen, since a secret is echoed as dots.
const secretBreak = "\ue00a"

// textInput is a line of text or a secret.
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

func (in *textInput) brief() []string {
	if in.secret {
		return []string{"> " + strings.Repeat("•", min(len(*in.text), secretDots))}
	}
	return []string{"> " + *in.text}
}

// secretDots is how many dots stand for a secret at most: how long it is, is nobody's business.
const secretDots = 8

// yesNoInput is a question.
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

func (in *yesNoInput) brief() []string {
	if *in.yes {
		return []string{"> Yes"}
	}
	return []string{"> No"}
}

func (in *yesNoInput) view(width, _ int) string {
	// huh tells its buttons apart by colour alone.
	yes, no := "  Yes  ", "[ No ]"
	if *in.yes {
		yes, no = "[ Yes ]", "  No  "
	}
	return ui.Clean(yes + " " + no).Truncate(width).String()
}

// choiceInput is one out of a list.
type choiceInput struct {
	huhInput
	picked  *string
	options []huh.Option[string]
}

func newChoiceInput(f Field, look *formTheme) inputWidget {
	in := &choiceInput{picked: new(string), options: huhOptions(f.Options)}
	*in.picked = f.Value
	field := huh.NewSelect[string]()
	field.WithTheme(look) // before the options: without a theme, each one builds the default theme to be measured
	field.Title(ui.Clean(f.Title).String()).Options(in.options...).Value(in.picked)
	in.huhInput = newHuhInput(field, look)
	return in
}

func huhOptions(options []Option) []huh.Option[string] {
	seen := map[string]bool{} // huh tells options apart by what it draws
	var out []huh.Option[string]
	for _, o := range options {
		title := ui.Clean(o.Title).String()
		if title == "" {
			title = ui.Clean(o.Value).String()
		}
		if seen[title] {
			title += " (" + ui.Clean(o.Value).String() + ")"
		}
		seen[title] = true
		out = append(out, huh.NewOption(title, o.Value))
	}
	return out
}

func (in *choiceInput) selector() *huh.Select[string] { return in.field.(*huh.Select[string]) }
func (in *choiceInput) searching() bool               { return in.selector().GetFiltering() }
func (in *choiceInput) settle()                       { in.update(tea.KeyPressMsg{Code: tea.KeyEnter}) }
func (in *choiceInput) value() string                 { return *in.picked }
func (in *choiceInput) setValue(s string) {
	*in.picked = s
	in.selector().Value(in.picked)
}

func (in *choiceInput) view(width, rows int) string {
	in.selector().Height(min(len(in.options), rows) + 1)
	return in.huhInput.view(width, rows)
}

func (in *choiceInput) brief() []string { return []string{"> " + titleOf(in.options, *in.picked)} }

func titleOf(options []huh.Option[string], value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Key
		}
	}
	return ""
}

// choicesInput is some out of a list.
type choicesInput struct {
	huhInput
	picked  *[]string
	options []huh.Option[string]
}

func newChoicesInput(f Field, look *formTheme) inputWidget {
	in := &choicesInput{picked: &[]string{}, options: huhOptions(f.Options)}
	in.pick(f.Value)
	field := huh.NewMultiSelect[string]().Title(ui.Clean(f.Title).String()).Value(in.picked).Options(slices.Clone(in.options)...)
	in.huhInput = newHuhInput(field, look)
	return in
}

func (in *choicesInput) pick(value string) {
	var picked []string
	for _, v := range (Values{"": value}).List("") {
		if titleOf(in.options, v) != "" {
			picked = append(picked, v)
		}
	}
	*in.picked = picked
}

func (in *choicesInput) selector() *huh.MultiSelect[string] {
	return in.field.(*huh.MultiSelect[string])
}
func (in *choicesInput) searching() bool { return in.selector().GetFiltering() }
func (in *choicesInput) settle() {
	if in.searching() {
		in.update(tea.KeyPressMsg{Code: tea.KeyEnter})
	}
}
func (in *choicesInput) value() string { return strings.Join(*in.picked, "\n") }
func (in *choicesInput) setValue(s string) {
	in.pick(s)
	in.selector().Options(slices.Clone(in.options)...)
}

func (in *choicesInput) view(width, rows int) string {
	in.selector().Height(min(len(in.options), rows) + 1)
	return in.huhInput.view(width, rows)
}

func (in *choicesInput) brief() []string {
	var titles []string
	for _, v := range *in.picked {
		titles = append(titles, titleOf(in.options, v))
	}
	if len(titles) == 0 {
		return []string{"> none"}
	}
	return []string{"> " + strings.Join(titles, ", ")}
}

// linesInput is a text of several lines.
type linesInput struct {
	area textarea.Model
	look *formTheme
}

func newLinesInput(f Field, look *formTheme) inputWidget {
	in := &linesInput{area: textarea.New(), look: look}
	in.area.ShowLineNumbers = false
	in.area.Prompt = ""
	in.area.MaxHeight = MaxLines
	in.setValue(f.Value)
	return in
}

func (in *linesInput) update(msg tea.Msg) { in.area, _ = in.area.Update(msg) }
func (in *linesInput) focus()             { in.area.Focus() }
func (in *linesInput) blur()              { in.area.Blur() }
func (in *linesInput) value() string      { return in.area.Value() }
func (in *linesInput) searching() bool    { return false }
func (in *linesInput) settle()            {}
func (in *linesInput) setValue(s string) {
	in.area.SetValue(s)
	in.area.MoveToBegin()
}

func (in *linesInput) brief() []string {
	return strings.Split(strings.TrimRight(in.area.Value(), "\n"), "\n")
}

func (in *linesInput) view(width, rows int) string {
	styles := in.area.Styles()
	styles.Focused, styles.Blurred = in.look.area(), in.look.area()
	styles.Cursor.Color = nil
	in.area.SetStyles(styles)
	in.area.SetWidth(width)
	in.area.SetHeight(rows)
	return in.area.View()
}
