package form

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// inputWidget is the editable part of a field. Most are fields of huh; text areas use bubbles/textarea, because huh
// limits its own to 99 lines. Commands of both libraries are dropped: they blink the cursor or read the clipboard of
// the machine that the program runs on.
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

type huhInput struct {
	field   huh.Field
	options []huh.Option[string] // of a list
}

func newHuhInput(field huh.Field, look *formTheme, options ...huh.Option[string]) huhInput {
	return huhInput{field.WithKeyMap(huh.NewDefaultKeyMap()).WithTheme(look), options}
}

func (h *huhInput) update(msg tea.Msg) { h.field.Update(msg) } // huh fields are pointers
func (h *huhInput) focus()             { h.field.Focus() }
func (h *huhInput) blur()              { h.field.Blur() }
func (h *huhInput) searching() bool {
	list, isList := h.field.(interface{ GetFiltering() bool })
	return isList && list.GetFiltering()
}

func (h *huhInput) view(width, rows int) string {
	height := min(len(h.options), rows) + 1
	switch list := h.field.(type) {
	case *huh.Select[string]:
		list.Height(height)
	case *huh.MultiSelect[string]:
		list.Height(height)
	}
	h.field.WithWidth(width)
	return h.field.View()
}

// searchLine is the title of a list, one blank line: a search replaces it, and the form draws what it contains beside the label.
const searchLine = " "

func (h *huhInput) titleOf(value string) string {
	for _, o := range h.options {
		if o.Value == value {
			return o.Key
		}
	}
	return ""
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

type choiceInput struct {
	huhInput
	picked *string
}

func newChoiceInput(f Field, look *formTheme) inputWidget {
	in := &choiceInput{picked: new(f.Value)}
	options, field := huhOptions(f.Options), huh.NewSelect[string]()
	field.WithTheme(look) // before the options: without a theme, each option builds the default theme to be measured
	field.Title(searchLine).Options(options...).Value(in.picked)
	in.huhInput = newHuhInput(field, look, options...)
	return in
}

func huhOptions(options []Option) []huh.Option[string] {
	seen := map[string]bool{} // huh identifies options by their title
	var out []huh.Option[string]
	for _, o := range options {
		value := ui.Clean(o.Value).String()
		title := cmp.Or(ui.Clean(o.Title).String(), value)
		if seen[title] {
			title += " (" + value + ")"
		}
		seen[title] = true
		out = append(out, huh.NewOption(title, o.Value))
	}
	return out
}

func (in *choiceInput) value() string     { return *in.picked }
func (in *choiceInput) summary() []string { return []string{"> " + in.titleOf(*in.picked)} }
func (in *choiceInput) setValue(s string) {
	*in.picked = s
	in.field.(*huh.Select[string]).Value(in.picked)
}

type choicesInput struct {
	huhInput
	picked *[]string
}

func newChoicesInput(f Field, look *formTheme) inputWidget {
	in := &choicesInput{picked: new([]string)}
	field := huh.NewMultiSelect[string]().Title(searchLine).Value(in.picked)
	in.huhInput = newHuhInput(field, look, huhOptions(f.Options)...)
	in.setValue(f.Value)
	return in
}

func (in *choicesInput) value() string { return strings.Join(*in.picked, "\n") }
func (in *choicesInput) setValue(s string) {
	*in.picked = slices.DeleteFunc(Values{"": s}.List(""), func(v string) bool { return in.titleOf(v) == "" })
	in.field.(*huh.MultiSelect[string]).Options(slices.Clone(in.options)...)
}

func (in *choicesInput) summary() []string {
	var titles []string
	for _, v := range *in.picked {
		titles = append(titles, in.titleOf(v))
	}
	if len(titles) == 0 {
		return []string{textNone}
	}
	return []string{"> " + strings.Join(titles, ", ")}
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
