// Package requests shows the requests that this program has sent, from the client's log. It sends none itself. It may know what
// any area may know.
package requests

import (
	"fmt"
	"strconv"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// Ids of the actions of this area.
const (
	OpenRequest screen.ActionID = "request.open"
	CopyRequest screen.ActionID = "request.copy"
)

// List lists the requests that the program has sent, newest first.
type List struct {
	*screen.List[nango.LogEntry, int]
	log *nango.Log

	// revision is that of the log when its rows were taken; nothing was taken before the first.
	revision         uint64
	underWay, failed int // of the rows
	hosts            map[string]bool
}

// NewList returns the list of a log.
func NewList(r screen.Route, log *nango.Log) *List {
	s := &List{log: log}
	s.List = screen.NewList(textList, func(e *nango.LogEntry) int { return e.ID }, s.columns(), language())
	s.Name, s.ViewName = "requests", r.Query.Get(screen.QueryView)
	return s
}

func (s *List) columns() []table.Column[nango.LogEntry] {
	operation := func(e *nango.LogEntry) string { return string(e.Operation) }
	return []table.Column[nango.LogEntry]{
		{ID: "time", Title: columnTime, Min: 8, Max: 8, DropOrder: 6, Cell: timeCell,
			Compare: func(a, b *nango.LogEntry) int { return a.Began.Compare(b.Began) }},
		{ID: "operation", Title: columnOperation, Min: 17, Max: 24, Weight: 1,
			Cell: table.Text(ui.RoleText, operation), Compare: table.By(operation)},
		{ID: "status", Title: columnStatus, Min: 13, Max: 30, Weight: 1, Cell: statusCell, Compare: compareStatus},
		{ID: "took", Title: columnTook, Min: 7, Max: 8, DropOrder: 5, Right: true, Cell: tookCell,
			Compare: table.By(func(e *nango.LogEntry) time.Duration { return e.Duration })},
		{ID: "size", Title: columnSize, Min: 7, Max: 8, DropOrder: 2, Right: true, Cell: sizeCell,
			Compare: table.By(func(e *nango.LogEntry) int { return e.Size })},
		{ID: "budget", Title: columnBudget, Min: 8, Max: 9, DropOrder: 1, Right: true, Cell: budgetCell},
		{ID: "method", Title: columnMethod, Min: 6, Max: 6, DropOrder: 3,
			Cell: table.Text(ui.RoleMuted, func(e *nango.LogEntry) string { return e.Method })},
		{ID: "path", Title: columnPath, Min: 23, Weight: 4, DropOrder: 4, Cell: s.pathCell,
			Compare: table.By(func(e *nango.LogEntry) string { return e.Path })},
	}
}

// Refresh takes the entries of the log.
func (s *List) Refresh(*screen.Turn) { s.sync() }

// sync copies the log if it has changed, so that not every frame costs a copy of a thousand entries.
func (s *List) sync() {
	revision := s.log.Revision()
	if revision == s.revision {
		return
	}
	s.revision = revision
	entries := s.log.Entries()
	s.underWay, s.failed, s.hosts = 0, 0, map[string]bool{}
	for i := range entries {
		s.hosts[entries[i].Host] = true
		switch entries[i].State {
		case nango.Pending:
			s.underWay++
		case nango.Failed:
			s.failed++
		}
	}
	s.Table.SetRows(entries)
}

// Actions returns what can be done with the request under the cursor and with the list.
func (s *List) Actions() []screen.Action {
	on, none := s.Selected(whyNoRow)
	return s.ActionsAround([]screen.Action{
		{ID: OpenRequest, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) { t.Show(&Request{entry: on, log: s.log}) }},
		{ID: CopyRequest, Title: screen.TextCopy, Disabled: none, Do: func(t *screen.Turn) { copyEntry(t, on) }},
	}, screen.RefreshAction(s))
}

func language() filter.Language[nango.LogEntry] {
	type entry = nango.LogEntry
	return filter.Language[entry]{
		Text: func(e *entry) string {
			return filter.SearchText(string(e.Operation), e.Method, e.Host+e.Path, strconv.Itoa(e.Status), e.Code, stateWord(e.State))
		},
		Fields: []filter.Field[entry]{
			filter.EnumField("state", func(e *entry) string { return stateWord(e.State) }, "done", "failed", "progress"),
			filter.TextField("operation", func(e *entry) string { return string(e.Operation) }),
			filter.TextField("method", func(e *entry) string { return e.Method }),
			filter.TextField("status", func(e *entry) string { return strconv.Itoa(e.Status) }),
			filter.TextField("path", func(e *entry) string { return e.Host + e.Path }),
			filter.AgeField("age", func(e *entry) (time.Time, bool) { return e.Began, true }),
		},
	}
}

func stateWord(state nango.LogState) string {
	switch state {
	case nango.Pending:
		return "in progress"
	case nango.Failed:
		return "failed"
	}
	return "done"
}

// View draws the current log: screens aren't notified of requests that others send.
func (s *List) View(f ui.Frame) string {
	s.sync()
	if s.Table.Len() == 0 {
		return screen.Empty(f, textEmpty, textEmptyAdvice)
	}
	return s.List.View(f, []ui.Line{s.summary()}, textNoMatches)
}

func (s *List) summary() ui.Line {
	line := s.Counts(nounRequest)
	if s.failed > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, fmt.Sprintf(textFailed, ui.Count(s.failed))))
	}
	if s.underWay > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleAccent, fmt.Sprintf(textInProgress, ui.Count(s.underWay))))
	}
	if s.Table.Len() == nango.LogSize {
		line = append(line, ui.Styled(ui.RoleMuted, textOlder))
	}
	return line
}
