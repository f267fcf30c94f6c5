package ui

// Tab is one of the places that the line of places offers.
type Tab struct {
	Key, Title string
	// Here says that one is in it.
	Here bool
}

// Tabs is the line of places, with something at the right. The place where one is stands out by more than its
// colour: it is in brackets.
func Tabs(f Frame, tabs []Tab, right Line) string {
	lines := make([]Line, len(tabs))
	for i, tab := range tabs {
		if tab.Here {
			lines[i] = Line{Say(RoleTitle, "["+tab.Title+"]")}
			continue
		}
		lines[i] = Line{Say(RoleAccent, tab.Key), Say(RoleMuted, " "+tab.Title)}
	}
	return sides(f, between("  ", lines...), right)
}
