package requests

import "nango-tui/models/screen"

// Actions returns what can be done with the request under the cursor and with the list.
func (s *List) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	none := ""
	if s.table.Cursor() == nil {
		none = "there is no request under the cursor"
	}
	all := []screen.Action{
		{ID: OpenRequest, Title: "Open", Disabled: none, Do: s.open},
		{ID: CopyRequest, Title: "Copy", Disabled: none, Do: func(t *screen.Turn) { copyEntry(t, *s.table.Cursor()) }},
	}
	all = append(all, s.listing.Actions()...)
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}
