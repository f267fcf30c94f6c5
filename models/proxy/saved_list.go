package proxy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// SavedList is the list of saved requests.
type SavedList struct {
	*screen.List[SavedRequest, string]
	recent *Recent
	all    screen.Task[[]SavedRequest]
	loaded bool
	// integrations shows which integrations still exist.
	integrations screen.Load[[]nango.Integration]
}

// NewSavedList returns the list with the route's filter.
func NewSavedList(r screen.Route, recent *Recent) (*SavedList, error) {
	if err := r.CheckQuery(queryWords, screen.QueryView); err != nil {
		return nil, err
	}
	s := &SavedList{recent: recent}
	language := filter.Language[SavedRequest]{
		Text: func(k *SavedRequest) string {
			return filter.SearchText(k.Name, k.Connection.Integration, k.Connection.ID, k.Method, k.Path)
		},
		Fields: []filter.Field[SavedRequest]{
			filter.TextField("name", func(k *SavedRequest) string { return k.Name }),
			filter.TextField("integration", func(k *SavedRequest) string { return k.Connection.Integration }),
			filter.TextField("id", func(k *SavedRequest) string { return k.Connection.ID }),
			filter.TextField("method", func(k *SavedRequest) string { return k.Method }),
			filter.TextField("path", func(k *SavedRequest) string { return k.Path }),
		},
	}
	s.List = screen.NewList(textSavedRequests, func(k *SavedRequest) string { return k.Name }, s.columns(), language)
	s.Name, s.ViewName = "kept", r.Query.Get(screen.QueryView)
	s.SetFilter(r.Query.Get(queryWords))
	return s, nil
}

func (s *SavedList) columns() []table.Column[SavedRequest] {
	name, method := func(k *SavedRequest) string { return k.Name }, func(k *SavedRequest) string { return k.Method }
	integration, path := func(k *SavedRequest) string { return k.Connection.Integration }, func(k *SavedRequest) string { return k.Path }
	return []table.Column[SavedRequest]{
		{ID: "name", Title: "NAME", Min: 16, Max: 40, Weight: 2, Cell: table.Text(ui.RoleText, name), Compare: table.By(name)},
		{ID: "method", Title: "METHOD", Min: 6, Max: 6, Cell: table.Text(ui.RoleMuted, method), Compare: table.By(method)},
		{ID: "path", Title: "PATH", Min: 16, Weight: 3, DropOrder: 2, Cell: table.Text(ui.RoleText, path), Compare: table.By(path)},
		{ID: "integration", Title: "INTEGRATION", Min: 14, Max: 30, Weight: 2, Cell: s.integrationCell, Compare: table.By(integration)},
		{ID: "connection", Title: "CONNECTION", Min: 12, Max: 36, Weight: 1, DropOrder: 3,
			Cell: table.Text(ui.RoleMuted, func(k *SavedRequest) string { return k.Connection.ID })},
	}
}

func (s *SavedList) integrationCell(f ui.Frame, k *SavedRequest) ui.Cell {
	if s.isDeleted(k.Connection.Integration) {
		return f.Styled(ui.RoleBad, textDeletedIntegration+k.Connection.Integration)
	}
	return f.Styled(ui.RoleText, k.Connection.Integration)
}

// isDeleted reports whether an integration no longer exists; false if the integrations are not loaded.
func (s *SavedList) isDeleted(integration string) bool {
	exists := func(i nango.Integration) bool { return i.Key == integration }
	return s.integrations.IsLoaded() && !slices.ContainsFunc(s.integrations.Value, exists)
}

// Refresh loads the saved requests, and the integrations.
func (s *SavedList) Refresh(t *screen.Turn) {
	s.all.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) { return loadSaved(tools) }, s.showAll)
	s.integrations.Fetch(t, nango.ListIntegrations(), nil)
}

func (s *SavedList) showAll(*screen.Turn) {
	if s.all.Err == nil {
		s.loaded = true
		s.Table.SetRows(slices.Clone(s.all.Value))
	}
}

// Concerns reports whether a call changed the list of integrations.
func (s *SavedList) Concerns(c nango.Call) bool {
	return c.Operation == nango.OpIntegrationDelete || c.Operation == nango.OpIntegrationCreate || c.Operation == nango.OpIntegrationUpdate
}

// Actions are the actions on the selected request.
func (s *SavedList) Actions() []screen.Action {
	on, none := s.Selected(textNoneSelected)
	return s.ActionsAround([]screen.Action{
		{ID: OpenSaved, Title: textOpenSaved, Disabled: none, Do: func(t *screen.Turn) { s.open(t, on) }},
		{ID: UseSavedElsewhere, Title: textOtherConnection, Disabled: none, Do: func(t *screen.Turn) { s.choose(t, on) }},
		{ID: RenameSaved, Title: textRename, Disabled: none, Do: func(t *screen.Turn) { s.rename(t, on.Name) }},
		{ID: DeleteSaved, Title: screen.TextDelete, Disabled: none, Do: func(t *screen.Turn) { s.confirmDelete(t, on.Name) }},
	}, screen.RefreshAction(s))
}

// open fills the form for the connection that the request was last sent to, or asks for a connection.
func (s *SavedList) open(t *screen.Turn, k SavedRequest) {
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
		s.Table.SetRows(slices.Clone(all))
		s.Table.SetCursor(to)
	}))
}

func (s *SavedList) confirmDelete(t *screen.Turn, name string) {
	t.Pick(fmt.Sprintf(textDeleteQuestion, name),
		screen.Option{Title: textDeleteNo, Do: func(*screen.Turn) {}},
		screen.Option{Title: screen.TextDelete, Detail: textDeleteDetail, Do: func(t *screen.Turn) { s.delete(t, name) }},
	)
}

func (s *SavedList) delete(t *screen.Turn, name string) {
	s.all.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) {
		return updateSaved(tools, func(all []SavedRequest) ([]SavedRequest, error) {
			return slices.DeleteFunc(all, func(k SavedRequest) bool { return k.Name == name }), nil
		})
	}, func(t *screen.Turn) {
		if s.all.Err != nil {
			t.Notice(textNotDeleted, s.all.Err.Error())
		}
		s.showAll(t)
	})
}

// LoadedAt is when the integrations were loaded.
func (s *SavedList) LoadedAt() time.Time { return s.integrations.At }

// View draws the list, or its load state.
func (s *SavedList) View(f ui.Frame) string {
	switch {
	case s.all.Err != nil && !s.loaded:
		return screen.Failure(f, textLoadSavedFailed, s.all.Err)
	case !s.loaded:
		return screen.Loading(f, textLoadingSaved)
	case s.Table.Len() == 0:
		return screen.Empty(f, textNoSavedTitle, textNoSavedHint)
	}
	head := s.Counts(textSavedNoun)
	if s.all.Err != nil {
		head = append(head, f.Styled(ui.RoleBad, " · ✗ "+s.all.Err.Error()))
	}
	return s.List.View(f, []ui.Line{head}, textNoSavedMatch)
}
