package connections

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// ChangesRoute is the list of the connections that changed.
const ChangesRoute = "changes"

// IDs of the actions on the changes.
const (
	CompareSince screen.ActionID = "changes.since"
	SaveSnapshot screen.ActionID = "changes.save"
)

// change is what happened to a connection, the most urgent first.
type change int

const (
	broke change = iota
	went
	appearedBroken
	appeared
	healed
	changes // the number of them
)

// pastRow is a connection as it was.
type pastRow struct {
	Name   string      `json:"n,omitempty"`
	State  nango.State `json:"s,omitempty"`
	Failed int64       `json:"f,omitempty"` // seconds since 1970; 0 if unknown
}

// past is the connections of a profile at a time.
type past struct {
	taken time.Time
	rows  map[nango.ConnectionRef]pastRow
	// partial means that there were more.
	partial bool
}

// changedRow is a connection that changed.
type changedRow struct {
	ref    nango.ConnectionRef
	name   string
	change change
	was    nango.State
	now    nango.State
	failed int64
}

// Changes lists the connections that appeared, went, broke or healed since the profile was opened, or since a snapshot on disk.
type Changes struct {
	*screen.List[changedRow, nango.ConnectionRef]
	// source reads all connections, as the list of connections does.
	source *List
	since  *past
	// chosen means that the user chose a snapshot; otherwise it is the first complete list.
	chosen bool
	counts [changes]int
	// still is how many were broken and are.
	still int
	shown changesVersion

	reading screen.Task[snapshots]
	saving  screen.Task[snapshotSaved]
}

// changesVersion is what the rows were made from.
type changesVersion struct {
	since *past
	store int
	rows  int
	at    time.Time
}

// NewChanges creates the screen of the route "changes".
func NewChanges(r screen.Route) (*Changes, error) {
	if err := r.CheckQuery("q"); err != nil {
		return nil, err
	}
	source, err := NewList(screen.To(ListRoute))
	if err != nil {
		return nil, err
	}
	c := &Changes{source: source}
	key := func(r *changedRow) nango.ConnectionRef { return r.ref }
	c.List = screen.NewList(textChanges, key, changedColumns(), changedLanguage())
	c.Name = ChangesRoute
	c.SetFilter(r.Query.Get("q"))
	return c, nil
}

// Open reads all connections unless a list has lately.
func (c *Changes) Open(t *screen.Turn) {
	c.source.Open(t)
	c.Notify(t)
}

// Refresh reads the connections that writes have changed, or all.
func (c *Changes) Refresh(t *screen.Turn) { c.source.Refresh(t) }

// Leave keeps what was read so far.
func (c *Changes) Leave(t *screen.Turn) { c.source.Leave(t) }

// AutoRefresh reports that the connections are read again while the list is on top.
func (c *Changes) AutoRefresh() bool { return true }

// LoadedAt is when the connections were read.
func (c *Changes) LoadedAt() time.Time { return c.source.LoadedAt() }

// Concerns reports whether a call changed a connection.
func (c *Changes) Concerns(call nango.Call) bool { return c.source.Concerns(call) }

// Notify compares again if something was learned.
func (c *Changes) Notify(t *screen.Turn) {
	c.source.Notify(t)
	if first, ok := t.Store.First().(*keptRows); ok && !c.chosen && (c.since == nil || !c.since.taken.Equal(first.at)) {
		c.since = first.past()
	}
	now := changesVersion{c.since, t.Store.Version(), c.source.table.Len(), c.source.at}
	if c.since != nil && !c.source.at.IsZero() && now != c.shown {
		c.shown = now
		c.compare()
	}
}

// past is what the changes keep of the rows.
func (k *keptRows) past() *past {
	p := &past{taken: k.at, rows: make(map[nango.ConnectionRef]pastRow, len(k.rows)), partial: !k.isComplete()}
	for r := range k.each() {
		p.rows[r.ref()] = r.past()
	}
	return p
}

func (r *row) past() pastRow {
	return pastRow{Name: r.customer().Name, State: r.state, Failed: r.failed}
}

// isComplete reports whether all connections are read, so that one that is missing is gone.
func (c *Changes) isComplete() bool {
	return c.source.pages != nil && c.source.pages.Done() && !c.source.load.IsLoading()
}

// compare finds what changed.
func (c *Changes) compare() {
	c.counts, c.still = [changes]int{}, 0
	var rows []changedRow
	there := make(map[nango.ConnectionRef]bool, c.source.table.Len())
	for r := range c.source.table.Each() {
		ref := r.ref()
		there[ref] = true
		was, known := c.since.rows[ref]
		one := changedRow{ref: ref, name: r.customer().Name, was: was.State, now: r.state, failed: r.failed}
		switch {
		case !known && (c.since.partial || r.created != 0 && r.created < c.since.taken.Unix()):
			continue // it was there, and not read
		case !known && r.state != nango.Healthy:
			one.change = appearedBroken
		case !known:
			one.change = appeared
		case r.state > was.State:
			one.change = broke
		case r.state == nango.Healthy && was.State != nango.Healthy:
			one.change = healed
		default:
			if r.state != nango.Healthy {
				c.still++
			}
			continue
		}
		rows = append(rows, one)
	}
	if c.isComplete() {
		for ref, was := range c.since.rows {
			if !there[ref] {
				rows = append(rows, changedRow{ref: ref, name: was.Name, change: went, was: was.State, failed: was.Failed})
			}
		}
	}
	slices.SortFunc(rows, func(a, b changedRow) int { return byChange(&a, &b) })
	for _, r := range rows {
		c.counts[r.change]++
	}
	c.Table.SetRows(rows)
}

// byChange orders the most urgent first, and of equals the latest failure.
func byChange(a, b *changedRow) int {
	return cmp.Or(cmp.Compare(a.change, b.change), cmp.Compare(b.failed, a.failed), cmp.Compare(a.ref.Integration, b.ref.Integration),
		cmp.Compare(a.ref.ID, b.ref.ID))
}

// changeCell shows a change by a sign and a word.
func (r *changedRow) changeCell() ui.Cell {
	switch r.change {
	case broke:
		return ui.Styled(ui.RoleBad, "✗ broke")
	case went:
		return ui.Styled(ui.RoleWarn, "– gone")
	case appearedBroken:
		return ui.Styled(ui.RoleBad, "+ new, ✗")
	case appeared:
		return ui.Styled(ui.RoleText, "+ new")
	}
	return ui.Styled(ui.RoleGood, "✓ healed")
}

// states are the words by which a filter finds a change.
func (r *changedRow) states() string {
	return [changes]string{"broke", "gone", "new broken", "new", "healed"}[r.change]
}

func (r *changedRow) search() string {
	return filter.SearchText(r.name, r.ref.Integration, r.ref.ID, r.states())
}

func changedLanguage() filter.Language[changedRow] {
	return filter.Language[changedRow]{Text: (*changedRow).search, Fields: []filter.Field[changedRow]{
		filter.EnumField(fieldState, (*changedRow).states, "broke", "gone", "new", "healed", "broken"),
		filter.TextField("integration", func(r *changedRow) string { return r.ref.Integration }),
		filter.TextField("customer", func(r *changedRow) string { return r.name }),
	}}
}

func changedColumns() []table.Column[changedRow] {
	name := func(r *changedRow) string { return r.name }
	integration := func(r *changedRow) string { return r.ref.Integration }
	failed := func(r *changedRow) (time.Time, bool) { return time.Unix(r.failed, 0), r.failed != 0 }
	return []table.Column[changedRow]{
		{ID: "change", Title: columnChange, Min: 9, Compare: byChange,
			Cell: func(_ ui.Frame, r *changedRow) ui.Cell { return r.changeCell() }},
		{ID: "customer", Title: columnCustomer, Min: 16, Weight: 3, Cell: table.Text(ui.RoleText, name), Compare: table.By(name)},
		{ID: "integration", Title: columnIntegration, Min: 11, Max: 24, Weight: 1, Cell: table.Text(ui.RoleText, integration),
			Compare: table.By(integration)},
		{ID: "was", Title: columnWas, Min: 6, DropOrder: 3, Cell: func(_ ui.Frame, r *changedRow) ui.Cell {
			if r.change == appeared || r.change == appearedBroken {
				return ui.Cell{}
			}
			return stateSign(r.was)
		}},
		{ID: "failed", Title: columnFailed, Min: 6, DropOrder: 4, Right: true, Cell: func(f ui.Frame, r *changedRow) ui.Cell {
			at, known := failed(r)
			if !known {
				return ui.Cell{}
			}
			return ui.Cell{Text: ui.Age(f.Now.Sub(at)), Role: ui.RoleText}
		}, Compare: table.By(func(r *changedRow) int64 { return -r.failed })},
		{ID: "id", Title: columnID, Min: 12, Max: 36, Weight: 1, DropOrder: 2,
			Cell: table.Text(ui.RoleMuted, func(r *changedRow) string { return r.ref.ID })},
	}
}

// Actions are what can be done with the connection under the cursor and with snapshots.
func (c *Changes) Actions() []screen.Action {
	r, none := c.Selected(whyNoRow)
	there := none
	if none == "" && r.change == went {
		there = whyGone
	}
	s := target{ref: r.ref, name: r.name}
	unread := screen.DisabledIf(!c.isComplete(), whyNotAllRead)
	if c.saving.IsRunning() {
		unread = screen.TextStillLoading
	}
	return c.ActionsAround([]screen.Action{
		{ID: OpenConnection, Title: screen.TextOpen, Disabled: there, Do: screen.To(DetailRoute, r.ref.Integration, r.ref.ID).Open},
		{ID: CompareSince, Title: actionSince, Do: c.readSnapshots},
		{ID: SaveSnapshot, Title: actionSaveSnapshot, Disabled: unread, Do: c.saveSnapshot},
		{ID: Reconnect, Title: actionReconnectLink, HideInFooter: true, Operation: nango.OpSessionReconnect,
			Disabled: cmp.Or(there, s.unusable()), Do: s.reconnect},
		{ID: OpenIntegration, Title: actionOpenIntegration, HideInFooter: true, Disabled: none, Do: s.openIntegration},
	}, screen.Action{ID: screen.Refresh, Title: screen.TextReload, HideInFooter: true, Do: c.source.read})
}

// View draws what changed, or that nothing did.
func (c *Changes) View(f ui.Frame) string {
	switch {
	case c.source.load.HasFailed() && (c.since == nil || c.source.at.IsZero()):
		return screen.Failure(f, textListFailed, c.source.load.Err)
	case c.since == nil && c.source.atBound():
		return screen.Empty(f, textNothingToCompare, screen.HintOrPalette(f, CompareSince, hintSince))
	case c.since == nil:
		return screen.Loading(f, textLoadingList)
	case c.Table.Len() > 0:
		return c.List.View(f, c.head(f), textNoMatches)
	}
	lines := screen.DrawLines(f, c.head(f)...)
	rest := f.Sized(f.Width, max(f.Height-len(lines), 0))
	empty := screen.Empty(rest, textNothingChanged, screen.HintOrPalette(f, CompareSince, hintSince),
		screen.HintOrPalette(f, SaveSnapshot, hintSnapshot))
	return screen.FirstLines(strings.Join(append(lines, empty), "\n"), f.Height)
}

func (c *Changes) head(f ui.Frame) []ui.Line {
	since := textSinceStart
	if c.chosen {
		since = textSinceSnapshot
	}
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(c.Table.Len()).String()), ui.Styled(ui.RoleMuted, textChanged)}
	add := func(role ui.Role, text string, n int) {
		if n > 0 {
			line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, fmt.Sprintf(text, ui.Count(n))))
		}
	}
	add(ui.RoleBad, "✗ %s broke", c.counts[broke])
	add(ui.RoleWarn, "– %s gone", c.counts[went])
	add(ui.RoleText, "+ %s new", c.counts[appeared]+c.counts[appearedBroken])
	add(ui.RoleGood, "✓ %s healed", c.counts[healed])
	add(ui.RoleMuted, textStillBroken, c.still)
	head := screen.NewHead(f, line)
	head.Say(ui.RoleMuted, fmt.Sprintf(since, ui.AgoWithTime(f.Now, c.since.taken)))
	switch {
	case c.source.load.HasFailed():
		head.Say(ui.RoleBad, fmt.Sprintf(screen.TextNotRefreshed, c.source.load.Err))
	case c.source.load.IsLoading() && !c.source.again:
		head.Say(ui.RoleMuted, screen.TextStillLoading)
	case !c.isComplete():
		head.Say(ui.RoleWarn, textNotAllCompared)
	}
	return head.Lines()
}
