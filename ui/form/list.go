package form

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// listInput is a list to choose one or several options from. It draws only the options that are seen, and has a line for the search
// in them first.
type listInput struct {
	look    *formTheme
	several bool
	options []listOption
	shown   []int // indexes of the options that match the search
	cursor  int   // in shown
	top     int   // first option in shown that is drawn
	picked  string
	search  textinput.Model
	typing  bool // in the search
	rows    int  // options that were drawn last
}

type listOption struct {
	value, title, folded string
	picked               bool
}

func newListInput(f Field, look *formTheme) inputWidget {
	in := &listInput{look: look, several: f.Kind == Choices, options: listOptions(f.Options), search: textinput.New(), rows: defaultRows}
	in.search.Prompt = "/"
	in.setValue(f.Value)
	return in
}

// listOptions returns the options with unique titles.
func listOptions(options []Option) []listOption {
	seen := map[string]bool{}
	var out []listOption
	for _, o := range options {
		value := ui.Clean(o.Value).String()
		title := cmp.Or(ui.Clean(o.Title).String(), value)
		if seen[title] {
			title += " (" + value + ")"
		}
		seen[title] = true
		out = append(out, listOption{value: o.Value, title: title, folded: strings.ToLower(title)})
	}
	return out
}

func (in *listInput) focus()          {}
func (in *listInput) blur()           {}
func (in *listInput) searching() bool { return in.typing }
func (in *listInput) value() string   { return in.picked }

// setValue picks the options with a value, and shows all. One of a list is always picked.
func (in *listInput) setValue(s string) {
	in.search.SetValue("")
	in.filter()
	values := []string{s}
	if in.several {
		values = Values{"": s}.List("")
	} else {
		in.picked = s
	}
	found := -1
	for i := range in.options {
		o := &in.options[i]
		if o.picked = slices.Contains(values, o.value); o.picked && found < 0 {
			found = i
		}
	}
	if found >= 0 {
		in.cursor = found
	}
	in.take()
}

// take makes the picked options, or the one under the cursor, the value.
func (in *listInput) take() {
	if !in.several {
		if in.cursor < len(in.shown) {
			in.picked = in.options[in.shown[in.cursor]].value
		}
		return
	}
	var values []string
	for _, o := range in.options {
		if o.picked {
			values = append(values, o.value)
		}
	}
	in.picked = strings.Join(values, "\n")
}

func (in *listInput) update(msg tea.Msg) {
	press, isKey := msg.(tea.KeyPressMsg)
	key := press.String()
	switch {
	case isKey && (key == "enter" || key == "esc"):
		in.endSearch(key == "enter")
	case isKey && in.move(key):
		if !in.several {
			in.take()
		}
	case in.typing:
		in.search, _ = in.search.Update(msg)
		in.filter()
	case key == "/":
		in.typing = true
		in.search.Focus()
	case in.several && key == "space":
		if in.cursor < len(in.shown) {
			o := &in.options[in.shown[in.cursor]]
			o.picked = !o.picked
			in.take()
		}
	case in.several && key == "ctrl+a":
		in.pickAll()
	}
}

// endSearch stops typing, and the options stay filtered. enter takes the option under the cursor, where one is chosen. A search without a
// match goes on there; of several it is dropped.
func (in *listInput) endSearch(enter bool) {
	switch {
	case in.several || !enter:
		if len(in.shown) == 0 {
			in.search.SetValue("")
			in.filter()
		}
	case in.cursor >= len(in.shown):
		return
	default:
		in.take()
	}
	in.typing = false
}

// move moves the cursor, and reports whether the key is for that. In a list to choose one from it wraps around.
func (in *listInput) move(key string) bool {
	last := max(len(in.shown)-1, 0)
	switch key {
	case "up", "ctrl+p":
		in.cursor--
	case "down", "ctrl+n":
		in.cursor++
	case "pgup":
		in.cursor = max(in.cursor-in.rows, 0)
	case "pgdown":
		in.cursor = min(in.cursor+in.rows, last)
	default:
		return !in.typing && in.jump(key, last)
	}
	if !in.several && in.cursor < 0 {
		in.cursor = last
	} else if !in.several && in.cursor > last {
		in.cursor = 0
	}
	in.cursor = max(min(in.cursor, last), 0)
	return true
}

// jump is for the keys that edit the text of a search.
func (in *listInput) jump(key string, last int) bool {
	switch key {
	case "home":
		in.cursor = 0
	case "end":
		in.cursor = last
	case "ctrl+u":
		in.cursor = max(in.cursor-in.rows/2, 0)
	case "ctrl+d":
		in.cursor = min(in.cursor+in.rows/2, last)
	default:
		return false
	}
	return true
}

// pickAll picks all options that are shown, or none if all are picked.
func (in *listInput) pickAll() {
	unpicked := func(i int) bool { return !in.options[i].picked }
	pick := slices.ContainsFunc(in.shown, unpicked)
	for _, i := range in.shown {
		in.options[i].picked = pick
	}
	in.take()
}

// filter shows the options whose title contains the search.
func (in *listInput) filter() {
	wanted := strings.ToLower(in.search.Value())
	in.shown = in.shown[:0]
	for i := range in.options {
		if strings.Contains(in.options[i].folded, wanted) {
			in.shown = append(in.shown, i)
		}
	}
	in.cursor = max(min(in.cursor, len(in.shown)-1), 0)
}

func (in *listInput) view(width, rows int) string {
	rows = max(min(len(in.options), rows), 1)
	in.rows = rows
	in.top = max(min(in.top, in.cursor, len(in.shown)-rows), in.cursor-rows+1, 0)
	lines := []string{in.searchLine()}
	for i := in.top; i < in.top+rows; i++ {
		line := ""
		if i < len(in.shown) {
			line = in.line(in.options[in.shown[i]], i == in.cursor, width)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// searchLine is the search, which the form draws beside the label; empty without one.
func (in *listInput) searchLine() string {
	style := in.look.Theme(true).Focused
	switch {
	case in.typing:
		styles := in.search.Styles()
		styles.Focused.Prompt, styles.Focused.Text = style.TextInput.Prompt, style.TextInput.Text
		styles.Cursor.Color = nil
		in.search.SetStyles(styles)
		return in.search.View()
	case in.search.Value() != "":
		return style.Description.Render("/" + in.search.Value())
	}
	return ""
}

func (in *listInput) line(o listOption, cursor bool, width int) string {
	style := in.look.Theme(true).Focused
	mark, box, text := "  ", "", style.UnselectedOption
	if cursor {
		mark = style.SelectSelector.String()
	}
	switch {
	case in.several && o.picked:
		box, text = style.SelectedPrefix.String(), style.SelectedOption
	case in.several:
		box = style.UnselectedPrefix.String()
	case cursor:
		text = style.SelectedOption
	}
	before := mark + box
	return before + text.Render(ui.Clean(o.title).Truncate(max(width-lipgloss.Width(before), 0)).String())
}

func (in *listInput) summary() []string {
	if !in.several {
		for _, o := range in.options {
			if o.value == in.picked {
				return []string{"> " + o.title}
			}
		}
		return []string{"> "}
	}
	var titles []string
	for _, o := range in.options {
		if o.picked {
			titles = append(titles, o.title)
		}
	}
	if len(titles) == 0 {
		return []string{textNone}
	}
	return []string{"> " + strings.Join(titles, ", ")}
}
