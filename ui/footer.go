package ui

// Hint is a key and its action. A disabled one is muted; its key shows the reason.
type Hint struct {
	Key, Title string
	Disabled   bool
}

// Footer is the line of hints, most important first. Hints that don't fit are dropped from the end, except the last
// one, which opens the list of all keys.
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
