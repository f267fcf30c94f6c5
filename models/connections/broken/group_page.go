package broken

import (
	"fmt"
	"time"

	"nango-tui/models/connections/bulk"
	"nango-tui/models/connections/incident"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// groupPage lists the connections of a group, all of them marked.
type groupPage struct {
	*screen.List[item, itemKey]
	group group
	runs  *bulk.Runs
}

type itemKey struct {
	ref   nango.ConnectionRef
	logID string
}

func newGroupPage(g group, runs *bulk.Runs) *groupPage {
	p := &groupPage{group: g, runs: runs}
	p.List = screen.NewList(g.name()+" · "+g.key.integration, func(i *item) itemKey { return itemKey{i.ref, i.logID} }, itemColumns(),
		itemLanguage())
	rows := make([]item, len(g.items))
	for n, i := range g.items {
		rows[n] = *i
	}
	p.Table.SetRows(rows)
	p.Table.MarkAll()
	return p
}

func itemColumns() []table.Column[item] {
	id := func(i *item) string { return i.ref.ID }
	customer := func(i *item) string { return i.customer.Name }
	return []table.Column[item]{
		{ID: "customer", Title: columnCustomer, Min: 20, Max: 44, Weight: 2,
			Cell: table.Text(ui.RoleText, customer), Compare: table.By(customer)},
		{ID: "id", Title: columnID, Min: 16, Max: 40, Weight: 1, DropOrder: 1, Cell: table.Text(ui.RoleMuted, id), Compare: table.By(id)},
		{ID: "failed", Title: columnFailed, Min: 6, Max: 6, Right: true,
			Cell:    func(f ui.Frame, i *item) ui.Cell { return ageCell(f, i.failedAt) },
			Compare: func(a, b *item) int { return a.failedAt.Compare(b.failedAt) }},
		{ID: "cause", Title: columnCause, Min: 20, Weight: 3, DropOrder: 2, Cell: func(f ui.Frame, i *item) ui.Cell {
			if i.cause == nil {
				return ui.Styled(ui.RoleMuted, textNotCheckedRow)
			}
			return f.Styled(ui.RoleText, i.cause.Headline())
		}},
	}
}

func itemLanguage() filter.Language[item] {
	return filter.Language[item]{
		Text: func(i *item) string { return filter.SearchText(i.customer.Name, i.customer.Detail, i.ref.ID) },
		Fields: []filter.Field[item]{
			filter.TextField("customer", func(i *item) string { return i.customer.Name + "\n" + i.customer.Detail }),
			filter.TextField("id", func(i *item) string { return i.ref.ID }),
			filter.AgeField("failed", func(i *item) (time.Time, bool) { return i.failedAt, !i.failedAt.IsZero() }),
		},
	}
}

// chosen are the marked connections, or the one under the cursor.
func (p *groupPage) chosen() []bulk.Target {
	marked := p.Table.Marked()
	if len(marked) == 0 {
		if key, ok := p.Table.CursorKey(); ok {
			marked = append(marked, key)
		}
	}
	names := map[itemKey]string{}
	for i := range p.Table.Each() {
		names[itemKey{i.ref, i.logID}] = i.customer.Name
	}
	seen, targets := map[nango.ConnectionRef]bool{}, []bulk.Target{}
	for _, key := range marked {
		if !seen[key.ref] {
			seen[key.ref] = true
			targets = append(targets, bulk.Target{Ref: key.ref, Customer: names[key]})
		}
	}
	return targets
}

// Actions are what can be done with the connections.
func (p *groupPage) Actions() []screen.Action {
	on, none := p.Selected(whyNoConnection)
	before := []screen.Action{
		{ID: OpenConnection, Title: screen.TextOpen, Disabled: none, Do: screen.To(connectionRoute, on.ref.Integration, on.ref.ID).Open},
		{ID: Reconnect, Title: actionReconnect, Operation: nango.OpSessionReconnect, Disabled: none,
			Do: screen.To(reconnectRoute, on.ref.Integration, on.ref.ID).Open},
		{ID: ChangeMany, Title: actionChangeMany, Disabled: none, Do: func(t *screen.Turn) {
			t.Pick(fmt.Sprintf(titleChangeMany, ui.Pluralize(len(p.chosen()), nounConnection)), bulk.Options(p.runs, p.chosen)...)
		}},
		{ID: Logs, Title: screen.TextLogs, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: none,
			Do: screen.To(logsRoute).With("integration", on.ref.Integration).With("connection", on.ref.ID).Open},
	}
	name := p.group.key.integration + "-" + p.group.name()
	before = append(before, incident.Action("", name, p.report))
	after := append(bulk.Actions(p.runs, p.chosen, none), screen.MarkActions(p.Table, none)...)
	return p.ActionsAround(before, after...)
}

// View draws what the connections have in common, and the connections.
func (p *groupPage) View(f ui.Frame) string {
	head := screen.NewHead(f, append(p.Counts(nounConnection), screen.MarkedSummary(p.Table)...))
	if p.group.cause != nil {
		head.Say(ui.RoleStrong, p.group.cause.Headline())
		head.Say(ui.RoleMuted, p.group.cause.Means())
	}
	if looks := p.group.looksLike(); looks != "" {
		head.Say(ui.RoleText, fmt.Sprintf(textLooks, looks))
	}
	return p.List.View(f, head.Lines(), textNoMatchConnection)
}

// report writes down what the connections of the group have in common, and each of them in a line.
func (p *groupPage) report(t *screen.Turn, hasNames bool) incident.Report {
	g := p.group
	var names []string
	for _, i := range g.items {
		for _, name := range []string{i.customer.Name, i.customer.Detail} {
			if name != i.ref.ID {
				names = append(names, name)
			}
		}
	}
	w := incident.NewWriter(t, hasNames, names)
	r := w.New(t, g.key.integration+" · "+g.name(), nango.ListConnections(nango.ConnectionQuery{
		Integrations: []string{g.key.integration}, Limit: nango.MaxPage}).Call())
	for _, fact := range g.facts(t.Now) {
		if fact[1] != "" {
			r.Facts = append(r.Facts, incident.Fact{Name: fact[0], Value: w.Line(fact[1])})
		}
	}
	for _, i := range g.items {
		c := incident.Connection{ID: w.Line(i.ref.ID), Key: w.Line(i.ref.Integration), Customer: w.Customer(i.customer.Name, i.ref.ID),
			State: i.kind, Causes: []incident.Cause{}}
		if i.cause != nil {
			c.Causes = append(c.Causes, w.Cause(cause.Finding{Cause: *i.cause}))
		}
		r.Add(c)
	}
	return r
}
