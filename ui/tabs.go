package ui

// Tab is one of the places that the line of places offers.
type Tab struct {
	Key, Title string
	// Active says that one is in it.
	Active bool
}

// Tabs is the line of places, with something at the right. The place where one is stands out by more than its
// colour: it is in brackets. Where there is no room for all of it, the other places stand there by their keys alone.
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
