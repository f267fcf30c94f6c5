package broken

import (
	"fmt"
	"time"

	"nango-tui/models/connections/bulk"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is the list of groups.
type List struct {
	*screen.List[group, groupKey]
	reader reader
	runs   *bulk.Runs
	// connections is how many connections are broken.
	connections int
}

// NewList creates the list for a route: causes?q=WORDS. Runs are the program's changes of many connections.
func NewList(r screen.Route, runs *bulk.Runs) (*List, error) {
	const words, view = "q", "view"
	if err := r.CheckQuery(words, view); err != nil {
		return nil, err
	}
	l := &List{runs: runs}
	l.List = screen.NewList(textTitle, func(g *group) groupKey { return g.key }, columns(), language())
	l.Name, l.ViewName = Route, r.Query.Get(view)
	l.reader.changed = l.show
	l.SetFilter(r.Query.Get(words))
	return l, nil
}

// Open shows what was read at the last visit, if it is young.
func (l *List) Open(t *screen.Turn) {
	kept, ok := t.KnownWork(Route).(reader)
	if !ok {
		l.Refresh(t)
		return
	}
	kept.changed = l.show
	l.reader = kept
	l.show()
}

// Refresh reads the broken connections and the logs of some.
func (l *List) Refresh(t *screen.Turn) { l.reader.read(t) }

// AutoRefresh reports that the list is read again by itself.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when the connections were read.
func (l *List) LoadedAt() time.Time { return l.reader.at }

// Concerns reports whether a call may have mended or broken something.
func (l *List) Concerns(c nango.Call) bool {
	switch c.Operation {
	case nango.OpConnectionDelete, nango.OpConnectionUpsert, nango.OpIntegrationDelete, nango.OpIntegrationUpdate:
		return true
	}
	return false
}

// show shows the groups of what was read. While the connections are being read again, the old groups stay.
func (l *List) show() {
	if l.reader.load.IsLoading() && l.Table.Len() > 0 {
		return
	}
	seen := map[nango.ConnectionRef]bool{}
	for _, i := range l.reader.items {
		seen[i.ref] = true
	}
	l.connections = len(seen)
	wasFirst := l.Table.Position() == 0
	l.Table.SetRows(l.reader.groups())
	if wasFirst { // while causes arrive, the largest group is the first one
		l.Table.MoveTo(0)
	}
}

// checkMore reads the logs of more errors of a group.
func (l *List) checkMore(t *screen.Turn, g group) {
	var some []*item
	for _, i := range g.items {
		if i.cause == nil && nango.IsLogID(i.logID) && len(some) < checkedMore-1 {
			some = append(some, i)
		}
	}
	l.reader.batches = 0
	l.reader.check(t, some)
}

// Actions are what can be done with the list and the group under the cursor.
func (l *List) Actions() []screen.Action {
	on, none := l.Selected(whyNoGroup)
	noMore := none
	if none == "" && on.checked >= len(on.items) {
		noMore = whyAllChecked
	}
	if l.reader.logs.IsLoading() {
		noMore = textLooking
	}
	return l.ActionsAround([]screen.Action{
		{ID: OpenGroup, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) { t.Show(newGroupPage(on, l.runs)) }},
		{ID: CheckMore, Title: actionMore, ReadOperation: nango.OpLogsList, Disabled: noMore,
			Do: func(t *screen.Turn) { l.checkMore(t, on) }},
		{ID: CopyGroup, Title: screen.TextCopy, Disabled: none, Do: func(t *screen.Turn) { on.facts(t.Now).Copy(t, copiedGroup) }},
	}, screen.Action{ID: OpenIntegration, Title: actionIntegration, Disabled: none, Do: screen.To(integrationRoute, on.key.integration).Open},
		screen.Action{ID: Logs, Title: screen.TextLogs, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: none,
			Do: screen.To(logsRoute).With("integration", on.key.integration).With("state", nango.LogFailed).Open},
		screen.RefreshAction(l))
}

func columns() []table.Column[group] {
	integration := func(g *group) string { return g.key.integration }
	return []table.Column[group]{
		{ID: "cause", Title: columnCause, Min: 18, Max: 34, Ideal: 26, Weight: 3, Cell: causeCell, Compare: table.By((*group).name)},
		{ID: "integration", Title: columnIntegration, Min: 12, Max: 24, Weight: 1, Cell: table.Text(ui.RoleText, integration),
			Compare: table.By(integration)},
		{ID: "broken", Title: columnBroken, Min: 10, Max: 14, Right: true, Cell: table.Text(ui.RoleText, (*group).counts),
			Compare: table.By(func(g *group) int { return g.connections })},
		{ID: "share", Title: columnShare, Min: 8, Max: 8, DropOrder: 1, Extra: true, Cell: func(_ ui.Frame, g *group) ui.Cell {
			return ui.Cell{Text: ui.Bar(g.connections, max(g.all, 1), 8), Role: ui.RoleBad}
		}, Compare: table.By((*group).share)},
		{ID: "first", Title: columnFirst, Min: 6, Max: 6, DropOrder: 3, Right: true,
			Cell:    func(f ui.Frame, g *group) ui.Cell { return ageCell(f, g.first) },
			Compare: func(a, b *group) int { return a.first.Compare(b.first) }},
		{ID: "latest", Title: columnLatest, Min: 6, Max: 6, Right: true,
			Cell:    func(f ui.Frame, g *group) ui.Cell { return ageCell(f, g.latest) },
			Compare: func(a, b *group) int { return a.latest.Compare(b.latest) }},
		{ID: "failures", Title: columnFailures, Min: hours, Max: hours, DropOrder: 2, Cell: func(_ ui.Frame, g *group) ui.Cell {
			return ui.Cell{Text: ui.Sparkline(g.hours[:]), Role: ui.RoleBad}
		}, Blank: func(g *group) bool { return g.hours == [hours]int{} }},
		{ID: "looks", Title: columnLooks, Min: 16, Max: 50, Ideal: 26, Weight: 2, DropOrder: 4,
			Cell: table.Text(ui.RoleMuted, (*group).looksLike), Compare: table.By((*group).looksLike)},
	}
}

func causeCell(f ui.Frame, g *group) ui.Cell {
	if g.cause == nil || !g.cause.IsKnown() {
		return f.Styled(ui.RoleMuted, "✗ "+g.name())
	}
	return f.Styled(ui.RoleBad, "✗ "+g.name())
}

func ageCell(f ui.Frame, at time.Time) ui.Cell {
	if at.IsZero() {
		return ui.Cell{}
	}
	return ui.Cell{Text: ui.Age(f.Now.Sub(at)), Role: ui.RoleText}
}

func language() filter.Language[group] {
	said := func(g *group) string {
		if g.cause == nil {
			return ""
		}
		return g.cause.Headline()
	}
	return filter.Language[group]{
		Text: func(g *group) string {
			return filter.SearchText(g.name(), g.key.integration, g.looksLike(), said(g), g.customer)
		},
		Fields: []filter.Field[group]{
			filter.TextField("integration", func(g *group) string { return g.key.integration }),
			filter.TextField("cause", (*group).name),
			filter.EnumField("state", func(g *group) string { return g.key.kind }, kindAuth, "sync"),
			filter.AgeField("failed", func(g *group) (time.Time, bool) { return g.latest, !g.latest.IsZero() }),
		},
	}
}

// footLines is the most lines that the selected group takes below the list, and footNeeds the height that a list with them has.
const (
	footLines = 5
	footNeeds = 14
)

// View draws the groups, and below them what is known of the selected one.
func (l *List) View(f ui.Frame) string {
	switch err := l.reader.load.Err; {
	case err != nil && l.Table.Len() == 0:
		return screen.Failure(f, textFailed, err)
	case l.reader.at.IsZero() && l.Table.Len() == 0:
		return screen.Loading(f, textLoading)
	}
	head := screen.NewHead(f, l.summary())
	if err := l.reader.load.Err; err != nil {
		head.Say(ui.RoleBad, "✗ "+textFailed+": "+err.Error())
	}
	if why := l.noLogs(); why != "" {
		head.Say(ui.RoleWarn, "! "+why)
	}
	if l.reader.isCut {
		head.Say(ui.RoleWarn, "! "+fmt.Sprintf(textCut, ui.Count(maxBroken)))
	}
	if l.Table.Len() == 0 {
		return screen.Empty(f, textNone, textNoneAdvice)
	}
	foot := l.foot(f)
	body := l.List.View(f.Sized(f.Width, f.Height-len(foot)), head.Lines(), textNoMatch)
	return screen.DrawAbove(f, body, foot...)
}

// foot is what is known of the selected group, as far as there is room.
func (l *List) foot(f ui.Frame) []ui.Line {
	on := l.Table.Cursor()
	if on == nil || f.Height < footNeeds {
		return nil
	}
	var lines []ui.Line
	say := func(role ui.Role, text string) {
		if text != "" {
			lines = append(lines, screen.Wrap(f, 1, ui.Line{f.Styled(role, text)})...)
		}
	}
	checked := fmt.Sprintf(textCheckedShort, ui.Count(on.checked), ui.Count(len(on.items)))
	if on.cause == nil {
		say(ui.RoleMuted, textNotChecked+" "+screen.Hint(f, CheckMore, hintMore))
	} else {
		say(ui.RoleStrong, on.cause.Headline())
		if looks := on.looksLike(); looks != "" {
			say(ui.RoleText, fmt.Sprintf(textLooks, looks)+" "+checked)
		} else {
			say(ui.RoleMuted, checked)
		}
		say(ui.RoleMuted, on.cause.Means())
	}
	return lines[:min(len(lines), footLines)]
}

// noLogs is why causes are not known; empty if they are, or are being checked.
func (l *List) noLogs() string {
	err := l.reader.logs.Err
	if err == nil {
		return ""
	}
	if reason, ok := nango.LogsUnavailable(err); ok {
		return reason + " " + textWithoutLogs
	}
	return textLogsFailed + ": " + err.Error()
}

func (l *List) summary() ui.Line {
	all := 0
	for _, n := range l.reader.all {
		all += n
	}
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+fmt.Sprintf(textOf, ui.Count(l.connections), ui.Pluralize(all, nounConnection))),
		ui.Styled(ui.RoleMuted, " "+textBroken)}
	note := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, text))
	}
	if n := l.Table.Len(); n > 0 {
		note(ui.RoleText, ui.Pluralize(n, nounGroup))
	}
	switch {
	case l.reader.load.IsLoading():
		note(ui.RoleAccent, textReading)
	case l.reader.logs.IsLoading():
		note(ui.RoleAccent, textLooking)
	case l.reader.failuresCut:
		note(ui.RoleMuted, fmt.Sprintf(textFailuresCut, ui.Count(nango.MaxLogPage)))
	}
	return line
}
