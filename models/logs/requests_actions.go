package logs

import "nango-tui/models/screen"

// Actions is what can be done with the request under the cursor, and with the list.
func (s *Requests) Actions() []screen.Action {
	if s.filter.Focused() {
		return s.whileTyping()
	}
	none := ""
	if s.table.Cursor() == nil {
		none = "there is no request under the cursor"
	}
	all := []screen.Action{
		{ID: OpenRequest, Title: "Open", Disabled: none, Do: s.open},
		{ID: CopyRequest, Title: "Copy", Disabled: none, Do: func(t *screen.Turn) { copyEntry(t, *s.table.Cursor()) }},
		{ID: Filter, Title: "Filter", Do: func(*screen.Turn) { s.filter.Focus() }},
		{ID: ClearFilter, Title: "Clear filter", Aside: true, Disabled: s.unfiltered(), Do: func(*screen.Turn) { s.dropFilter() }},
		{ID: Sort, Title: "Sort by the next column", Aside: true, Do: func(*screen.Turn) { s.table.SortNext() }},
		{ID: Reverse, Title: "Sort the other way round", Aside: true, Disabled: s.unsorted(), Do: func(*screen.Turn) { s.table.SortReverse() }},
	}
	return append(append(all, screen.Again(s)), screen.Moves(s.table)...)
}

func (s *Requests) unsorted() string {
	if column, _ := s.table.Sorted(); column == "" {
		return "the newest stand first: sort by a column before"
	}
	return ""
}

// whileTyping is what keys can do that are otherwise text of the filter.
func (s *Requests) whileTyping() []screen.Action {
	return []screen.Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: func(*screen.Turn) { s.filter.Blur() }},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*screen.Turn) { s.dropFilter() }},
		{ID: FilterUp, Title: "Up", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { s.table.Up() }},
		{ID: FilterDown, Title: "Down", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { s.table.Down() }},
	}
}

func (s *Requests) unfiltered() string {
	if s.filter.Value() == "" {
		return "there is no filter"
	}
	return ""
}

func (s *Requests) dropFilter() {
	s.filter.SetValue("")
	s.filter.Blur()
	s.narrow()
}
