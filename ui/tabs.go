package ui

// Tab is a top-level place.
type Tab struct {
	Key, Title string
	// Active is true for the current place.
	Active bool
}

// Tabs is the line of top-level places, with right at its end. The active one is in brackets. If the line is too long,
// the others are reduced to their keys.
func Tabs(f Frame, tabs []Tab, right Line) string {
	all := places(tabs, true)
	if all.Width()+ColumnGap+right.Width() > f.Width-2 {
		all = places(tabs, false)
	}
	return sides(f, all, right)
}

func places(tabs []Tab, titles bool) Line {
	lines := make([]Line, len(tabs))
	for i, tab := range tabs {
		switch {
		case tab.Active:
			lines[i] = Line{Styled(RoleTitle, "["+tab.Title+"]")}
		case titles:
			lines[i] = Line{Styled(RoleAccent, tab.Key), Styled(RoleMuted, " "+tab.Title)}
		default:
			lines[i] = Line{Styled(RoleAccent, tab.Key)}
		}
	}
	return between(Spaces(ColumnGap), lines...)
}
