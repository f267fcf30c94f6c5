package proxy

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// KeptList is the requests that were kept.
type SavedList struct {
	screen.Base
	recent *Recent
	table  *table.Table[SavedRequest, string]
	list   *screen.List[SavedRequest, string]
	all    screen.Task[[]SavedRequest]
	loaded bool
	// integrations tell which kept request has none any more.
	integrations screen.Load[[]nango.Integration]
	existing     map[string]bool
}

// NewKept is the list that the route narrows.
func NewSavedList(r screen.Route, recent *Recent) (*SavedList, error) {
	if err := r.CheckQuery(queryWords); err != nil {
		return nil, err
	}
	s := &SavedList{recent: recent}
	s.table = table.New(func(k *SavedRequest) string { return k.Name }, s.columns()...)
	s.list = screen.NewList(s.table, "they stand as in their file", matchesSaved)
	s.list.SetFilter(r.Query.Get(queryWords))
	return s, nil
}

func matchesSaved(k *SavedRequest, q filter.Query) bool {
	return q.MatchWords(filter.SearchText(k.Name, k.Connection.Integration, k.Connection.ID, k.Method, k.Path))
}

func (s *SavedList) columns() []table.Column[SavedRequest] {
	by := func(of func(*SavedRequest) string) func(a, b *SavedRequest) int {
		return func(a, b *SavedRequest) int { return strings.Compare(of(a), of(b)) }
	}
	name, method := func(k *SavedRequest) string { return k.Name }, func(k *SavedRequest) string { return k.Method }
	integration, path := func(k *SavedRequest) string { return k.Connection.Integration }, func(k *SavedRequest) string { return k.Path }
	return []table.Column[SavedRequest]{
		{ID: "name", Title: "NAME", Min: 16, Max: 40, Weight: 2, Cell: textCell(ui.RoleText, name), Compare: by(name)},
		{ID: "method", Title: "METHOD", Min: 6, Max: 6, Cell: textCell(ui.RoleMuted, method), Compare: by(method)},
		{ID: "path", Title: "PATH", Min: 16, Weight: 3, DropOrder: 2, Cell: textCell(ui.RoleText, path), Compare: by(path)},
		{ID: "integration", Title: "INTEGRATION", Min: 14, Max: 30, Weight: 2, Cell: s.integrationCell, Compare: by(integration)},
		{ID: "connection", Title: "CONNECTION", Min: 12, Max: 36, Weight: 1, DropOrder: 3, Cell: textCell(ui.RoleMuted, func(k *SavedRequest) string { return k.Connection.ID })},
	}
}

func textCell(role ui.Role, of func(*SavedRequest) string) func(ui.Frame, *SavedRequest) ui.Cell {
	return func(f ui.Frame, k *SavedRequest) ui.Cell { return f.Styled(role, of(k)) }
}

// integrationCell says of an integration that it is gone.
func (s *SavedList) integrationCell(f ui.Frame, k *SavedRequest) ui.Cell {
	if s.isDeleted(k.Connection.Integration) {
		return f.Styled(ui.RoleBad, "✗ gone: "+k.Connection.Integration)
	}
	return f.Styled(ui.RoleText, k.Connection.Integration)
}

// gone says that an integration is not there, as far as they could be listed.
func (s *SavedList) isDeleted(integration string) bool {
	return s.existing != nil && !s.existing[integration]
}

// Title names the screen.
func (s *SavedList) Title() string { return "Kept requests" }

// Open reads the file.
func (s *SavedList) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again, and which integrations there are.
func (s *SavedList) Refresh(t *screen.Turn) {
	s.all.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) { return loadSaved(tools) }, s.showAll)
	s.integrations.Fetch(t, nango.ListIntegrations(), func(*screen.Turn) {
		if s.integrations.HasFailed() {
			return
		}
		s.existing = map[string]bool{}
		for _, i := range s.integrations.Value {
			s.existing[i.Key] = true
		}
	})
}

func (s *SavedList) showAll(*screen.Turn) {
	if s.all.Err == nil {
		s.loaded = true
		s.table.SetRows(slices.Clone(s.all.Value))
	}
}

// Typing says that the filter takes the keys.
func (s *SavedList) Typing() bool { return s.list.Typing() }

// Update gives keys and pastes to the filter, and clicks to the table.
func (s *SavedList) Update(_ *screen.Turn, msg tea.Msg) { s.list.Update(msg) }

// Concerns says whether a call changed which integrations there are.
func (s *SavedList) Concerns(c nango.Call) bool {
	return c.Operation == nango.OpIntegrationDelete || c.Operation == nango.OpIntegrationCreate || c.Operation == nango.OpIntegrationUpdate
}

// Actions is what can be done with the request under the cursor.
func (s *SavedList) Actions() []screen.Action {
	if s.Typing() {
		return s.list.TypingActions()
	}
	none := ""
	if s.table.Cursor() == nil {
		none = "no request is under the cursor"
	}
	all := []screen.Action{
		{ID: OpenSaved, Title: "Fill in the form", Disabled: none, Do: s.open},
		{ID: UseSavedElsewhere, Title: "On another connection", Disabled: none, Do: func(t *screen.Turn) { s.choose(t, *s.table.Cursor()) }},
		{ID: RenameSaved, Title: "Rename", Disabled: none, Do: func(t *screen.Turn) { s.rename(t, s.table.Cursor().Name) }},
		{ID: DeleteSaved, Title: "Delete", Disabled: none, Do: func(t *screen.Turn) { s.confirmDelete(t, s.table.Cursor().Name) }},
	}
	all = append(all, s.list.Actions()...)
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}

// open fills the form in for the connection that the request was sent to last. Where that cannot be, one chooses.
func (s *SavedList) open(t *screen.Turn) {
	k := *s.table.Cursor()
	if k.Connection.ID == "" || s.isDeleted(k.Connection.Integration) {
		s.choose(t, k)
		return
	}
	t.Show(filledForm(k.requestFor(k.Connection), s.recent))
}

func (s *SavedList) choose(t *screen.Turn, k SavedRequest) {
	t.Show(newConnectionChoice(k.Connection.Integration, s.recent, &k))
}

func (s *SavedList) rename(t *screen.Turn, name string) {
	t.Show(newRenameForm(name, func(to string, all []SavedRequest) {
		s.table.SetRows(slices.Clone(all))
		s.table.SetCursor(to)
	}))
}

// ask deletes a kept request after a question.
func (s *SavedList) confirmDelete(t *screen.Turn, name string) {
	t.Pick("Delete "+name+" from the file?",
		screen.Option{Title: "No", Detail: "it stays", Do: func(*screen.Turn) {}},
		screen.Option{Title: "Delete it", Detail: "from the file of kept requests; nothing is sent", Do: func(t *screen.Turn) { s.delete(t, name) }},
	)
}

func (s *SavedList) delete(t *screen.Turn, name string) {
	s.all.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) {
		return updateSaved(tools, func(all []SavedRequest) ([]SavedRequest, error) { return withoutSaved(all, name) })
	}, func(t *screen.Turn) {
		if s.all.Err != nil {
			t.Notice("Not deleted", s.all.Err.Error())
		}
		s.showAll(t)
	})
}

// LoadedAt is when it was seen which integrations there are.
func (s *SavedList) LoadedAt() time.Time { return s.integrations.At }

// View draws the list, or why there is none.
func (s *SavedList) View(f ui.Frame) string {
	switch {
	case s.all.Err != nil && !s.loaded:
		return screen.Failure(f, "The kept requests cannot be read", s.all.Err)
	case !s.loaded:
		return screen.Loading(f, "Reading the kept requests")
	case s.table.Len() == 0:
		return screen.Empty(f, "No request was kept.", "A request to a provider can be kept under a name from its form and from its answer, and sent again from here.")
	}
	head := s.list.Counts("kept request")
	if s.all.Err != nil {
		head = append(head, f.Styled(ui.RoleBad, " · ✗ "+s.all.Err.Error()))
	}
	return s.list.View(f, []ui.Line{head}, "No kept request matches the filter.")
}
