package bulk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// Ids of the actions of the list.
const (
	OpenRun   screen.ActionID = "bulk.open"
	RemoveRun screen.ActionID = "bulk.remove"
)

// List lists the runs of this program, and those that other programs have left on the disk.
type List struct {
	*screen.List[listed, string]
	runs    *Runs
	load    screen.Task[[]listed]
	remove  screen.Task[bool]
	loaded  bool
	shown   int
	profile screen.ProfileState
}

// NewList returns the list.
func NewList(r screen.Route, runs *Runs) (*List, error) {
	if err := r.CheckQuery(); err != nil {
		return nil, err
	}
	l := &List{runs: runs, shown: -1}
	l.List = screen.NewList(textRuns, func(e *listed) string { return e.name }, runColumns(), filter.Language[listed]{
		Text: func(e *listed) string { return filter.SearchText(e.what(), e.profile(), e.status()) }})
	l.Name = "runs"
	return l, nil
}

// Refresh reads what is on the disk.
func (l *List) Refresh(t *screen.Turn) {
	l.profile = t.Profile
	l.load.Start(t, func(_ context.Context, tools screen.Tools) ([]listed, error) {
		if tools.Runs == nil {
			return nil, nil
		}
		all, err := tools.Runs.List()
		rows := make([]listed, len(all))
		for i, k := range all {
			r, err := parse(k)
			rows[i] = listed{name: k.Name, run: r, err: err, live: k.Live && !k.Own}
		}
		return rows, err
	}, func(*screen.Turn) {
		l.loaded = true
		l.update()
	})
}

// Notify shows runs that have begun since.
func (l *List) Notify(*screen.Turn) {
	if l.shown != l.runs.revision {
		l.update()
	}
}

// Concerns reports whether a call may belong to a run.
func (l *List) Concerns(c nango.Call) bool { return false }

// update puts the runs into the table: those of this program as they are, the others as they are kept.
func (l *List) update() {
	l.shown = l.runs.revision
	var rows []listed
	names := map[string]bool{}
	for i, r := range l.runs.own {
		name := cmp.Or(r.keep.name, fmt.Sprint("own ", i))
		names[name] = true
		rows = append(rows, listed{name: name, run: r})
	}
	for _, k := range l.load.Value {
		if !names[k.name] {
			rows = append(rows, k)
		}
	}
	l.Table.SetRows(rows)
}

// Actions open a run, or remove one from the disk.
func (l *List) Actions() []screen.Action {
	at := l.Table.Cursor()
	none := screen.DisabledIf(at == nil, whyNoRun)
	unreadable, cannotRemove := none, none
	if at != nil {
		unreadable = screen.DisabledIf(at.run == nil, whyUnreadable)
		cannotRemove = screen.DisabledIf(at.live || at.run != nil && at.run.phase == running, whyRunning)
	}
	return l.ActionsAround([]screen.Action{
		{ID: OpenRun, Title: screen.TextOpen, Disabled: unreadable, Do: func(t *screen.Turn) { l.open(t, at.run) }},
		{ID: RemoveRun, Title: actionRemove, Disabled: cannotRemove, Do: func(t *screen.Turn) { l.askRemove(t, *at) }},
	}, screen.RefreshAction(l))
}

func (l *List) open(t *screen.Turn, r *Run) {
	r.runs = l.runs
	t.Show(newPage(r))
}

// askRemove asks before what is left of a run is forgotten.
func (l *List) askRemove(t *screen.Turn, e listed) {
	t.Pick(fmt.Sprintf(titleRemove, e.what()),
		screen.Option{Title: optionKeep, Do: func(*screen.Turn) {}},
		screen.Option{Title: optionRemove, Detail: e.status(), Do: func(t *screen.Turn) {
			l.remove.Start(t, func(_ context.Context, tools screen.Tools) (bool, error) {
				if tools.Runs == nil {
					return false, errors.New(errNotKept)
				}
				return true, tools.Runs.Remove(e.name)
			}, func(t *screen.Turn) {
				if l.remove.Err != nil {
					t.Notice(titleNotRemoved, l.remove.Err.Error())
					return
				}
				l.runs.forget(e.run)
				l.Refresh(t)
			})
		}})
}

func (rs *Runs) forget(r *Run) {
	for i := range rs.own {
		if rs.own[i] == r {
			rs.own = append(rs.own[:i:i], rs.own[i+1:]...)
			return
		}
	}
}

// View draws the runs.
func (l *List) View(f ui.Frame) string {
	switch {
	case !l.loaded && l.load.Err == nil && l.Table.Len() == 0:
		return screen.Loading(f, textLoadingRuns)
	case l.load.Err != nil:
		return screen.Failure(f, textRunsFailed, l.load.Err)
	case l.Table.Len() == 0:
		return screen.Empty(f, textNoRuns, textNoRunsAdvice)
	}
	return l.List.View(f, []ui.Line{l.Counts("run")}, textNoRunMatch)
}

func (e *listed) what() string {
	if e.run == nil {
		return e.name
	}
	return fmt.Sprintf("%s · %s", e.run.change.title, ui.Count(e.run.planned()))
}

func (e *listed) profile() string {
	if e.run == nil {
		return ""
	}
	return e.run.profile
}

// status says how far the run is.
func (e *listed) status() string {
	switch {
	case e.err != nil:
		return e.err.Error()
	case e.live:
		return textLive
	case e.run.phase == paused:
		return "paused: " + e.run.summary()
	}
	return e.run.summary()
}

func runColumns() []table.Column[listed] {
	return []table.Column[listed]{
		{ID: "age", Title: "AGE", Min: 6, Max: 6, Right: true, Cell: func(f ui.Frame, e *listed) ui.Cell {
			if e.run == nil {
				return ui.Cell{}
			}
			return ui.Cell{Text: ui.Age(f.Now.Sub(e.run.began)), Role: ui.RoleText}
		}},
		{ID: "what", Title: "WHAT", Min: 22, Max: 40, Weight: 2, Cell: table.Text(ui.RoleText, (*listed).what),
			Compare: table.By((*listed).what)},
		{ID: "profile", Title: "PROFILE", Min: 8, Max: 16, Weight: 1, DropOrder: 1, Cell: table.Text(ui.RoleMuted, (*listed).profile)},
		{ID: "outcome", Title: "OUTCOME", Min: 20, Weight: 4, Cell: statusCell, Compare: table.By((*listed).status)},
	}
}

func statusCell(f ui.Frame, e *listed) ui.Cell {
	switch {
	case e.err != nil:
		return f.Styled(ui.RoleBad, "✗ "+e.status())
	case e.live || e.run.phase == running:
		return f.Styled(ui.RoleAccent, "… "+e.status())
	case e.run.phase == paused || e.run.counts[unknown] > 0:
		return f.Styled(ui.RoleWarn, "! "+e.status())
	}
	return f.Styled(ui.RoleMuted, strings.TrimSpace("✓ "+e.status()))
}
