package ui

// Hint is a key and what it does here. A disabled one is drawn as such: its key says why when it is pressed.
type Hint struct {
	Key, Title string
	Disabled   bool
}

// Footer is the line of hints, the most important first. What does not fit is left out from the end; the last hint, the
// one that leads to all keys, always stays.
func Footer(f Frame, hints []Hint) string {
	if len(hints) == 0 {
		return ""
	}
	last := hints[len(hints)-1].line()
	room := f.Width - 2 - last.Width() - ColumnGap
	var all []Line
	for _, h := range hints[:len(hints)-1] {
		l := h.line()
		if room -= l.Width() + ColumnGap; room < -ColumnGap {
			break
		}
		all = append(all, l)
	}
	return sides(f, between(Spaces(ColumnGap), append(all, last)...), nil)
}

func (h Hint) line() Line {
	key, title := RoleAccent, RoleText
	if h.Disabled {
		key, title = RoleMuted, RoleMuted
	}
	return Line{Styled(key, h.Key), {Text{" "}, RoleText}, Styled(title, h.Title)}
}
