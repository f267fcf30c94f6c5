package bulk

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// Ids of the actions of a plan and a run.
const (
	Start      screen.ActionID = "bulk.start"
	TakeOut    screen.ActionID = "bulk.takeOut"
	Stop       screen.ActionID = "bulk.stop"
	LookUp     screen.ActionID = "bulk.lookUp"
	CopyReport screen.ActionID = "bulk.copyReport"
	SaveReport screen.ActionID = "bulk.saveReport"
	OpenTarget screen.ActionID = "bulk.openTarget"
)

// connectionRoute names the page of a connection.
const connectionRoute = "connection"

// Page is the plan of a run, with all its connections; once it runs, its progress and those that failed or are not known.
type Page struct {
	*screen.List[item, nango.ConnectionRef]
	run     *Run
	profile screen.ProfileState
	lookUps screen.Task[found]
	// shown is the revision of the run, and all whether its plan, that are in the table.
	shown int
	all   bool
}

func newPage(r *Run) *Page {
	p := &Page{run: r, shown: -1}
	p.List = screen.NewList(r.change.title, func(i *item) nango.ConnectionRef { return i.Ref }, itemColumns(r), itemLanguage(r))
	p.Name = "bulk"
	r.page = p
	return p
}

// Refresh looks up what is not known, of a run that was interrupted.
func (p *Page) Refresh(t *screen.Turn) {
	p.profile = t.Profile
	p.names(t.Store)
	p.update()
	if p.cannotLookUp() == "" {
		p.lookUp(t)
	}
}

// names fills in the customers of connections with problems, which are not kept.
func (p *Page) names(known *screen.Store) {
	most := maxLookUps
	for i := range p.run.all {
		if at := &p.run.all[i]; most > 0 && at.Customer == "" && (at.state == failed || at.state == unknown) {
			at.Customer = known.Name(at.Ref)
			most--
		}
	}
}

// Notify shows the newest state of the run.
func (p *Page) Notify(t *screen.Turn) {
	p.profile = t.Profile
	p.update()
}

// update puts the connections into the table: all of a plan, later those with problems.
func (p *Page) update() {
	all := p.isPlan()
	if p.shown == p.run.revision && p.all == all {
		return
	}
	p.shown, p.all = p.run.revision, all
	var rows []item
	for i := range p.run.all {
		if at := p.run.all[i]; all || at.state == failed || at.state == unknown {
			rows = append(rows, at)
		}
	}
	p.Table.SetRows(rows)
}

// isPlan reports whether connections can still be taken out, because nothing was sent.
func (p *Page) isPlan() bool { return p.run.phase == planned }

// RedrawInterval is set while the run goes on.
func (p *Page) RedrawInterval() time.Duration {
	return screen.RedrawIf(p.run.phase == running, time.Second)
}

// Actions are what can be done now.
func (p *Page) Actions() []screen.Action {
	r, at := p.run, p.Table.Cursor()
	none := screen.DisabledIf(at == nil, whyNoRow)
	running := r.phase == running
	noReport := screen.DisabledIf(r.phase == planned, whyNoReport)
	actions := []screen.Action{
		{ID: Stop, Title: actionStop, HideInFooter: !running, Do: func(*screen.Turn) { r.stopping = true },
			Disabled: cmp.Or(screen.DisabledIf(!running, whyNotRunning), screen.DisabledIf(r.stopping, whyStopping))},
		{ID: Start, Title: p.startTitle(), Operation: r.change.operation, HideInFooter: running || r.phase == finished,
			Disabled: p.cannotStart(), Do: r.start},
		{ID: TakeOut, Title: takeOutTitle(at), HideInFooter: !p.isPlan(), Disabled: cmp.Or(none, p.cannotTakeOut(at)),
			Do: func(*screen.Turn) { p.toggle(at.Ref) }},
		{ID: LookUp, Title: actionLookUp, ReadOperation: nango.OpConnectionsList, Disabled: p.cannotLookUp(),
			HideInFooter: p.cannotLookUp() != "", Do: p.lookUp},
		{ID: CopyReport, Title: actionCopyReport, HideInFooter: p.isPlan(), Disabled: noReport,
			Do: func(t *screen.Turn) { t.Copy(textReport, r.report()) }},
		{ID: SaveReport, Title: actionSaveReport, HideInFooter: p.isPlan(), Disabled: noReport, Do: func(t *screen.Turn) {
			t.Show(screen.NewMaskedSave(textReport, textReportNote, "bulk-"+r.change.name+".txt", []byte(r.report())))
		}},
	}
	return p.ActionsAround(actions, screen.Action{ID: OpenTarget, Title: screen.TextOpen, HideInFooter: true, Disabled: none,
		Do: func(t *screen.Turn) { t.Open(screen.To(connectionRoute, at.Ref.Integration, at.Ref.ID)) }})
}

func (p *Page) startTitle() string {
	if p.isPlan() {
		return actionStart
	}
	return actionGoOn
}

// cannotStart is why the first request can't be proposed.
func (p *Page) cannotStart() string {
	r := p.run
	switch {
	case r.busy || r.phase == running:
		return whyBusy
	case r.counts[left] == 0:
		return whyNothingLeft
	case r.leftOut:
		return whyLeftOut
	case r.pausedBy == textLive:
		return textLive
	case p.profile.Host != r.host:
		return fmt.Sprintf(whyOtherHost, r.host)
	case p.lookUps.IsRunning():
		return whyLookingUp
	case r.change.action == Links && r.counts[left] > maxLinks:
		return fmt.Sprintf(whyTooManyLinks, ui.Count(maxLinks))
	}
	return ""
}

func takeOutTitle(at *item) string {
	if at != nil && at.state == out {
		return actionPutBack
	}
	return actionTakeOut
}

func (p *Page) cannotTakeOut(at *item) string {
	if !p.isPlan() {
		return whyNoPlan
	}
	return screen.DisabledIf(at != nil && at.state != left && at.state != out, whyCannotTakeOut)
}

// toggle takes a connection out of the plan, or puts it back.
func (p *Page) toggle(ref nango.ConnectionRef) {
	r := p.run
	for i := range r.all {
		if r.all[i].Ref != ref {
			continue
		}
		to := out
		if r.all[i].state == out {
			to = left
		}
		r.set(span{i, i + 1}, to, "")
	}
	p.Table.Down()
}

// cannotLookUp is why what is not known can't be looked up.
func (p *Page) cannotLookUp() string {
	r := p.run
	switch {
	case r.counts[unknown] == 0:
		return whyAllKnown
	case !r.canLookUp():
		return whyCannotTell
	case p.lookUps.IsRunning() || r.phase == running:
		return whyBusy
	case p.profile.Host != r.host || p.profile.Fingerprint != r.key:
		return whyOtherKey
	}
	return ""
}

func (p *Page) lookUp(t *screen.Turn) {
	p.lookUps.Start(t, p.run.lookUp(t.Now), func(t *screen.Turn) {
		p.run.learn(p.lookUps.Value)
		p.update()
	})
}

func itemColumns(r *Run) []table.Column[item] {
	customer := func(i *item) string { return i.Customer }
	integration := func(i *item) string { return i.Ref.Integration }
	id := func(i *item) string { return i.Ref.ID }
	return []table.Column[item]{
		{ID: "customer", Title: "CUSTOMER", Min: 12, Max: 32, Weight: 2, DropOrder: 1, Cell: table.Text(ui.RoleText, customer),
			Compare: table.By(customer)},
		{ID: "integration", Title: "INTEGRATION", Min: 11, Max: 24, Weight: 1, DropOrder: 2, Cell: table.Text(ui.RoleText, integration),
			Compare: table.By(integration)},
		{ID: "state", Title: "STATE", Min: 20, Weight: 8, Cell: func(f ui.Frame, i *item) ui.Cell { return r.stateCell(f, i) },
			Compare: table.By(func(i *item) string { return i.state.String() })},
		{ID: "id", Title: "CONNECTION", Min: 12, Max: 36, Weight: 2, Cell: table.Text(ui.RoleMuted, id), Compare: table.By(id)},
	}
}

// stateCell is the state in a sign and a word, with the error.
func (r *Run) stateCell(f ui.Frame, i *item) ui.Cell {
	switch i.state {
	case failed:
		return f.Styled(ui.RoleBad, "✗ "+cmp.Or(r.why(i), "failed"))
	case unknown:
		return f.Styled(ui.RoleWarn, "? "+strings.TrimSuffix("not known: "+r.why(i), ": "))
	case out:
		return f.Styled(ui.RoleMuted, "– taken out")
	case done:
		return f.Styled(ui.RoleMuted, "✓ "+r.change.past)
	}
	return f.Styled(ui.RoleText, "· "+r.change.verb)
}

func itemLanguage(r *Run) filter.Language[item] {
	return filter.Language[item]{
		Text: func(i *item) string {
			return filter.SearchText(i.Customer, i.Ref.Integration, i.Ref.ID, r.why(i), i.state.String())
		},
		Fields: []filter.Field[item]{
			filter.EnumField("state", func(i *item) string { return i.state.String() }, stateNames[:]...),
			filter.TextField("integration", func(i *item) string { return i.Ref.Integration }),
			filter.TextField("customer", func(i *item) string { return i.Customer }),
			filter.TextField("id", func(i *item) string { return i.Ref.ID }),
		},
	}
}
