package connections

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/internal/jsontext"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/form"
	"nango-tui/ui/table"
)

// CompareRoute is the comparison of two connections: compare/KEY1/ID1/KEY2/ID2.
const CompareRoute = "compare"

// IDs of the actions of a comparison, and of the one that begins it.
const (
	CompareMarked screen.ActionID = "connections.compare"
	CompareWith   screen.ActionID = "connection.compare"
	FetchSide     screen.ActionID = "compare.fetch"
	ShowEqual     screen.ActionID = "compare.showEqual"
	OpenLeft      screen.ActionID = "compare.openLeft"
	OpenRight     screen.ActionID = "compare.openRight"
)

// maxCompared bounds the rows of one part of a connection, such as its metadata.
const maxCompared = 500

// Compare shows two connections side by side: what differs, or everything. It begins with what changes nothing, the list's data and
// the syncs; config and credentials are fetched by a key. Secrets are compared and never drawn.
type Compare struct {
	*screen.List[comparedRow, string]
	sides [2]comparedSide
	rows  []comparedRow
	equal bool // equal rows are shown, too
}

// comparedSide is one of the two connections.
type comparedSide struct {
	ref   nango.ConnectionRef
	load  screen.Load[[]nango.Connection]
	syncs screen.Load[[]nango.SyncStatus]
	// detail is nil before it was fetched, fetched is when that was, and err is why it failed.
	detail  *nango.ConnectionDetail
	fetched time.Time
	err     error
	values  []comparedValue
}

// comparedValue is a value of a connection: what it is compared by, and what may be shown of it.
type comparedValue struct {
	part, name  string
	text, shown string
}

// comparedRow is a value of both connections. A value that one of them lacks is empty.
type comparedRow struct {
	part, name string
	// n counts the values with the same name, from 1.
	n        int
	shown    [2]string
	isSecret bool
	differs  bool
}

// NewCompare creates the screen of a route.
func NewCompare(r screen.Route) (*Compare, error) {
	if len(r.Args) != 4 || slices.Contains(r.Args, "") {
		return nil, errors.New(errComparePath)
	}
	c := &Compare{}
	c.sides[0].ref = nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}
	c.sides[1].ref = nango.ConnectionRef{Integration: r.Arg(2), ID: r.Arg(3)}
	key := func(r *comparedRow) string { return fmt.Sprint(r.part, " ", r.n, " ", r.name) }
	c.List = screen.NewList(textCompare, key, comparedColumns(), filter.Language[comparedRow]{Text: (*comparedRow).search})
	return c, nil
}

// compareRoute is the comparison of two connections.
func compareRoute(a, b nango.ConnectionRef) screen.Route {
	return screen.To(CompareRoute, a.Integration, a.ID, b.Integration, b.ID)
}

func (r *comparedRow) search() string {
	return filter.SearchText(r.part, r.name, r.shown[0], r.shown[1])
}

// Refresh reads both connections from the list, and their syncs, which changes nothing.
func (c *Compare) Refresh(t *screen.Turn) {
	for i := range c.sides {
		s := &c.sides[i]
		s.load.Fetch(t, readRow(s.ref), c.show)
		s.syncs.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: s.ref, All: true}), c.show)
	}
}

// Concerns reports whether a call changed one of the connections.
func (c *Compare) Concerns(call nango.Call) bool {
	for i := range c.sides {
		if (&Detail{ref: c.sides[i].ref}).Concerns(call) {
			return true
		}
	}
	return false
}

// LoadedAt is when the older one was read.
func (c *Compare) LoadedAt() time.Time {
	if c.sides[0].load.At.Before(c.sides[1].load.At) {
		return c.sides[0].load.At
	}
	return c.sides[1].load.At
}

// connection is the connection as last read; nil before, and if it doesn't exist.
func (s *comparedSide) connection() *nango.Connection {
	if s.detail != nil && s.load.At.Before(s.fetched) {
		return &s.detail.Connection
	}
	return match(s.load.Value, s.ref)
}

// show compares what is known.
func (c *Compare) show(t *screen.Turn) {
	for i := range c.sides {
		c.sides[i].values = c.sides[i].read(t)
	}
	if c.sides[0].connection() == nil || c.sides[1].connection() == nil {
		return
	}
	c.rows = compareValues(c.sides[0].values, c.sides[1].values)
	c.showRows()
}

func (c *Compare) showRows() {
	rows := c.rows
	if !c.equal {
		rows = slices.DeleteFunc(slices.Clone(rows), func(r comparedRow) bool { return !r.differs })
	}
	c.Table.SetRows(rows)
}

// compareValues pairs the values of two connections, in the order of the first one's and then the second one's. Of several values with
// the same name, such as the errors of several syncs, the first is compared with the first, the second with the second, and so on.
func compareValues(left, right []comparedValue) []comparedRow {
	type place struct {
		part, name string
		n          int
	}
	var rows []comparedRow
	lefts := map[place]int{} // the rows of the first one's values
	for side, values := range [2][]comparedValue{left, right} {
		count := map[place]int{}
		for _, v := range values {
			key := place{part: v.part, name: v.name}
			count[key]++
			key.n = count[key]
			i, paired := lefts[key]
			if !paired {
				i = len(rows)
				rows = append(rows, comparedRow{part: v.part, name: v.name, n: key.n, differs: true})
			}
			if side == 0 {
				lefts[key] = i
			}
			r := &rows[i]
			r.shown[side] = v.shown
			r.isSecret = r.isSecret || v.shown != v.text
			if paired { // the rows begin with the first one's values, in their order
				r.differs = left[i].text != v.text
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b comparedRow) int {
		return slices.Index(comparedParts, a.part) - slices.Index(comparedParts, b.part)
	})
	return rows
}

// read takes a connection apart.
func (s *comparedSide) read(t *screen.Turn) []comparedValue {
	c := s.connection()
	if c == nil {
		return nil
	}
	var all []comparedValue
	add := func(part, name, text string) {
		if text != "" {
			all = append(all, comparedValue{part, name, text, text})
		}
	}
	leaves := func(part string, raw json.RawMessage, place jsontext.Place) {
		found, _ := leavesOf(raw, place, t.Mask) // what is no JSON has no values
		for _, l := range found[:min(len(found), maxCompared)] {
			if l.name == "" { // an empty object
				continue
			}
			all = append(all, comparedValue{part, l.name, l.text, l.shown})
		}
	}
	add(partState, partState, c.State().String())
	for _, failure := range c.Errors {
		at := textTimeUnknown
		if failed, known := failure.At(); known {
			at = ui.AgoWithTime(t.Now, failed)
		}
		add(partState, fmt.Sprintf(comparedError, failure.Type), at)
	}
	tags, _ := json.Marshal(c.Tags) // strings cannot fail
	leaves(partTags, tags, 0)
	add(partAbout, "provider", c.Provider)
	add(partAbout, "integration", c.Integration)
	if !c.Created.IsZero() {
		add(partAbout, "created", c.Created.UTC().Format(time.DateOnly))
	}
	if user, err := json.Marshal(c.EndUser); err == nil && c.EndUser != nil {
		leaves(partEndUser, user, 0)
	}
	leaves(partMetadata, c.Metadata, 0)
	for _, one := range s.syncs.Value {
		view := screen.SyncView{SyncStatus: one, LoadedAt: s.syncs.At}
		add(partSyncs, one.Name.String(), view.StateCell().Text.String()+" · "+view.FrequencyText())
	}
	if d := s.detail; d != nil {
		if d.WebhookOverride != nil {
			add(partAbout, "webhook override", *d.WebhookOverride)
		}
		leaves(partConfig, d.ConnectionConfig, 0)
		leaves(partCredentials, d.Credentials, nango.InCredentials)
	}
	return all
}

// fetch proposes to read one of the connections with config and credentials. Each of the two requests has its own question.
func (c *Compare) fetch(t *screen.Turn) { screen.Propose(t, c.proposal(&c.sides[c.next()])) }

// next is the side to fetch next: one that was not fetched, the healthier one first, because the other one may fail.
func (c *Compare) next() int {
	fetched := func(n int) bool { return c.sides[n].detail != nil || c.sides[n].err != nil }
	switch {
	case fetched(0) && !fetched(1):
		return 1
	case fetched(1) && !fetched(0):
		return 0
	}
	if a, b := c.sides[0].connection(), c.sides[1].connection(); a != nil && b != nil && b.State() < a.State() {
		return 1
	}
	return 0
}

func (c *Compare) proposal(s *comparedSide) screen.Proposal[nango.ConnectionDetail] {
	return screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(s.ref, nango.GetOptions{}), Title: fetchTitle, About: s.ref.String(),
		Consequences: []string{fetchMayRefresh, fetchIfFails},
		Then: func(t *screen.Turn, d nango.ConnectionDetail, err error) {
			if errors.Is(err, screen.ErrDeclined) {
				return
			}
			s.err = err
			known, ok := nango.AsError(err)
			if ok {
				d, ok = known.Connection()
			}
			if err == nil || ok {
				s.detail, s.fetched = &d, t.Now
			}
			c.show(t)
		},
	}
}

// cell is what a column shows of a value.
func (r *comparedRow) cell(f ui.Frame, side int) ui.Cell {
	switch {
	case r.isSecret && r.shown[side] == "":
		return ui.Styled(ui.RoleMuted, "–")
	case r.isSecret && !r.differs:
		return ui.Styled(ui.RoleMuted, comparedSame)
	case r.isSecret:
		return ui.Styled(ui.RoleWarn, comparedDiffers)
	case r.shown[side] == "":
		return ui.Styled(ui.RoleMuted, "–")
	case r.differs:
		return f.Styled(ui.RoleText, r.shown[side])
	}
	return f.Styled(ui.RoleMuted, r.shown[side])
}

func comparedColumns() []table.Column[comparedRow] {
	side := func(n int) func(ui.Frame, *comparedRow) ui.Cell {
		return func(f ui.Frame, r *comparedRow) ui.Cell { return r.cell(f, n) }
	}
	return []table.Column[comparedRow]{
		{ID: "part", Title: "PART", Min: 11, DropOrder: 1, Cell: table.Text(ui.RoleMuted, func(r *comparedRow) string { return r.part })},
		{ID: "name", Title: "FIELD", Min: 14, Max: 40, Weight: 2, Cell: table.Text(ui.RoleText, func(r *comparedRow) string { return r.name }),
			Compare: table.By(func(r *comparedRow) string { return r.name })},
		{ID: "left", Title: "A", Min: 14, Weight: 3, Cell: side(0)},
		{ID: "right", Title: "B", Min: 14, Weight: 3, Cell: side(1)},
	}
}

// Actions are the comparison's, and open either connection.
func (c *Compare) Actions() []screen.Action {
	show := screen.Action{ID: ShowEqual, Title: actionShowEqual, Do: func(*screen.Turn) {
		c.equal = !c.equal
		c.showRows()
	}}
	if c.equal {
		show.Title = actionOnlyDiffering
	}
	a, b := c.sides[0].ref, c.sides[1].ref
	next := c.next()
	refused, _ := c.sides[next].ref.UnusableReason()
	return c.ActionsAround([]screen.Action{
		{ID: OpenLeft, Title: actionOpenLeft, Do: screen.To(DetailRoute, a.Integration, a.ID).Open},
		show,
		{ID: FetchSide, Title: actionFetchSide + string(rune('A'+next)), Operation: nango.OpConnectionGet, Disabled: refused, Do: c.fetch},
		{ID: OpenRight, Title: actionOpenRight, HideInFooter: true, Do: screen.To(DetailRoute, b.Integration, b.ID).Open},
	}, screen.RefreshAction(c))
}

// View draws the two names, the values, and at the lower edge both values of the row under the cursor.
func (c *Compare) View(f ui.Frame) string {
	for i := range c.sides {
		s := &c.sides[i]
		switch {
		case s.load.HasFailed() && s.connection() == nil:
			return screen.Failure(f, screen.TextConnectionFailed, s.load.Err)
		case s.load.IsLoaded() && s.connection() == nil:
			return screen.Empty(f, fmt.Sprintf(textGone, s.ref.ID, s.ref.Integration), screen.TextMayBeDeleted)
		case s.connection() == nil:
			return screen.Loading(f, textLoadingCompared)
		}
	}
	if c.Table.Len() == 0 {
		lines := screen.DrawLines(f, c.head(f)...)
		rest := f.Sized(f.Width, max(f.Height-len(lines), 0))
		return screen.FirstLines(strings.Join(append(lines, screen.Empty(rest, textNothingDiffers,
			screen.HintOrPalette(f, FetchSide, hintFetchSide), screen.HintOrPalette(f, ShowEqual, hintShowEqual))), "\n"), f.Height)
	}
	const least = 10
	r := c.Table.Cursor()
	if r == nil || f.Height < least {
		return c.List.View(f, c.head(f), textNoMatches)
	}
	var foot []ui.Line
	for side, name := range [2]string{"A", "B"} {
		lines := screen.Wrap(f, 1, ui.Line{f.Styled(ui.RoleMuted, name+"  "+r.name+"  "), r.cell(f, side)})
		foot = append(foot, lines[:min(len(lines), 2)]...)
	}
	return screen.DrawAbove(f, c.List.View(f.Sized(f.Width, f.Height-len(foot)), c.head(f), textNoMatches), foot...)
}

func (c *Compare) head(f ui.Frame) []ui.Line {
	differ := 0
	for i := range c.rows {
		if c.rows[i].differs {
			differ++
		}
	}
	counts := fmt.Sprintf(textDiffer, ui.Count(differ), ui.Count(len(c.rows)))
	head := screen.NewHead(f, ui.Line{ui.Styled(ui.RoleStrong, " "+counts)})
	fetched := true
	for i := range c.sides {
		s := &c.sides[i]
		who := string(rune('A'+i)) + "  " + s.connection().Customer().Name + " · " + s.ref.Integration + " · " + s.ref.ID
		head.Say(ui.RoleText, who)
		if s.syncs.HasFailed() {
			head.Say(ui.RoleBad, textComparedSyncs+s.syncs.Err.Error())
		}
		if s.err != nil {
			head.Say(ui.RoleBad, s.err.Error())
		}
		fetched = fetched && s.detail != nil
	}
	if !fetched {
		head.Say(ui.RoleMuted, screen.HintOrPalette(f, FetchSide, hintFetchSide))
	}
	return head.Lines()
}

// compareAction compares the two marked connections.
func (l *List) compareAction() screen.Action {
	marked, _ := l.table.MarkedCount()
	return screen.Action{ID: CompareMarked, Title: actionCompareMarked, HideInFooter: marked != 2,
		Disabled: screen.DisabledIf(marked != 2, whyNotTwoMarked), Do: func(t *screen.Turn) {
			refs := l.table.Marked()
			t.Open(compareRoute(refs[0], refs[1]))
		}}
}

// compareChoice is the form that chooses the connection to compare with.
type compareChoice struct {
	*screen.Form
	choice screen.ConnectionChoice
	with   nango.ConnectionRef
}

func newCompareChoice(with nango.ConnectionRef) *compareChoice {
	s := &compareChoice{with: with}
	s.Form = &screen.Form{Name: fmt.Sprintf(textCompareWith, with.ID), Fields: form.New(screen.ConnectionFields("", textCompareAbout, nil)...),
		SubmitTitle: actionCompare, Disposable: true,
		Submit: func(t *screen.Turn, v form.Values) {
			id := screen.SelectedConnection(v)
			if id == with.ID {
				s.Fields.SetError(screen.FieldConnection, errSameConnection)
				return
			}
			t.Replace(compareRoute(with, nango.ConnectionRef{Integration: with.Integration, ID: id}))
		}}
	return s
}

// Open loads the connections of the same integration.
func (s *compareChoice) Open(t *screen.Turn) { s.choice.Load(t, s.with.Integration, s.Fields, nil) }
