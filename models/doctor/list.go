package doctor

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/doctor"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// row is a finding in the list.
type row struct {
	doctor.Finding
	id int
}

// List is the list of findings. The checks of an environment's integrations take many requests, so they are done by a key that says
// how many.
type List struct {
	*screen.List[row, int]
	key          string // of the integration; empty for the environment
	integrations screen.Load[[]nango.Integration]
	logs         screen.Load[nango.LogBatch]
	task         screen.Task[checked]
	at           time.Time
	// isChecked means that the integrations were checked.
	isChecked bool
}

// NewList creates the list for a route.
func NewList(r screen.Route) (*List, error) {
	const words, view = "q", "view"
	if err := r.CheckQuery(words, view); err != nil {
		return nil, err
	}
	l := &List{key: r.Arg(0)}
	l.List = screen.NewList(textTitle, func(r *row) int { return r.id }, columns(), language())
	l.Name, l.ViewName = Route, r.Query.Get(view)
	l.SetFilter(r.Query.Get(words))
	return l, nil
}

// Title names what is checked.
func (l *List) Title() string {
	if l.key != "" {
		return textTitle + " · " + l.key
	}
	return textTitle
}

// Open shows what was found at the last visit, if it is young.
func (l *List) Open(t *screen.Turn) {
	if kept, ok := t.KnownWork(l.workName()).(checked); ok {
		l.task.Value, l.isChecked = kept, true
	}
	l.Refresh(t)
}

// workName is the name under which the store keeps what was found.
func (l *List) workName() string { return Route + "/" + l.key }

// Refresh reads the integrations and the logs, and checks what was checked before again.
func (l *List) Refresh(t *screen.Turn) {
	isKept := t.Opening && l.isChecked
	l.at = t.Now
	l.logs.Fetch(t, webhooks(l.key, t.Now), l.show)
	if l.key != "" {
		if !isKept {
			l.checkAll(t)
		}
		return
	}
	l.integrations.FetchKnown(t, nango.ListIntegrations(), func(t *screen.Turn) {
		l.show(t)
		if l.isChecked && !isKept && !l.integrations.HasFailed() {
			l.checkAll(t)
		}
	})
}

// LoadedAt is when the checks began.
func (l *List) LoadedAt() time.Time { return l.at }

// keys are the integrations to check.
func (l *List) keys() []string {
	if l.key != "" {
		return []string{l.key}
	}
	keys := make([]string, len(l.integrations.Value))
	for i, one := range l.integrations.Value {
		keys[i] = one.Key
	}
	return keys
}

// checkAll checks all integrations.
func (l *List) checkAll(t *screen.Turn) {
	keys, began, writes := l.keys(), t.Now, t.Store.Writes()
	l.task.Start(t, func(ctx context.Context, tools screen.Tools) (checked, error) {
		return (&reader{ctx: ctx, tools: tools}).check(keys)
	}, func(t *screen.Turn) {
		if l.isChecked = l.task.Err == nil; l.isChecked {
			t.Store.KeepWork(l.workName(), l.task.Value, began, writes)
		}
		l.show(t)
	})
}

// show shows what all checks have found.
func (l *List) show(t *screen.Turn) {
	all := slices.Clone(l.task.Value.findings)
	if !l.logs.IsLoading() && (l.logs.IsLoaded() || l.logs.HasFailed()) {
		all = append(all, doctor.CheckWebhooks(counted(l.logs.Value, l.logs.Err))...)
	}
	all = append(all, doctor.CheckCauses(causes(t, l.key))...)
	doctor.Sort(all)
	rows := make([]row, len(all))
	for i, f := range all {
		rows[i] = row{f, i}
	}
	l.Table.SetRows(rows)
}

// requests is how many requests checking all integrations takes at least.
func (l *List) requests() int { return min(len(l.keys()), maxIntegrations) * perIntegration }

// Actions are what can be done with the list and the finding under the cursor.
func (l *List) Actions() []screen.Action {
	on, none := l.Selected(whyNoFinding)
	check := screen.Action{ID: CheckAll, Title: fmt.Sprintf(actionCheckAll, ui.Pluralize(l.requests(), "request")),
		ReadOperation: nango.OpIntegrationGet, Do: l.checkAll, Disabled: cmp.Or(
			screen.DisabledIf(l.key != "", whyOneIntegration), screen.DisabledIf(l.task.IsRunning(), textChecking),
			screen.DisabledIf(!l.integrations.IsLoaded(), textLoading))}
	check.HideInFooter = l.key != "" || l.isChecked
	return l.ActionsAround([]screen.Action{
		{ID: OpenFinding, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) { t.Open(on.route()) }},
		check,
		{ID: CopyFinding, Title: screen.TextCopy, Disabled: none, Do: func(t *screen.Turn) { on.facts().Copy(t, copiedFinding) }},
	}, screen.Action{ID: OpenIntegration, Title: actionIntegration, HideInFooter: true,
		Disabled: cmp.Or(none, screen.DisabledIf(on.Integration == "", whyNoIntegration)), Do: screen.To(integrationRoute, on.Integration).Open},
		screen.RefreshAction(l))
}

// route opens what mends the finding.
func (r row) route() screen.Route {
	scoped := func(name string) screen.Route {
		if r.Integration == "" {
			return screen.To(name)
		}
		return screen.To(name).With("integration", r.Integration)
	}
	switch r.Place {
	case doctor.AtFunction:
		return screen.To(functionsRoute, r.Integration)
	case doctor.AtConnection:
		return screen.To(connectionRoute, r.Connection.Integration, r.Connection.ID)
	case doctor.AtLogs:
		return scoped(logsRoute)
	case doctor.AtDeliveries:
		return scoped(deliveriesRoute).With("state", nango.LogFailed)
	case doctor.AtEnvironment:
		return screen.To(environmentRoute)
	}
	return screen.To(integrationRoute, r.Integration)
}

func (r row) facts() screen.Facts {
	return screen.Facts{{labelCheck, r.Name}, {labelIntegration, r.Integration}, {labelFunction, r.Function},
		{labelConnection, r.Connection.ID}, {labelEvidence, r.Evidence}, {labelRemedy, r.Remedy}}
}

func columns() []table.Column[row] {
	integration := func(r *row) string { return r.Integration }
	evidence := func(r *row) string { return r.Evidence }
	return []table.Column[row]{
		{ID: "check", Title: columnCheck, Min: 20, Max: 24, Cell: checkCell,
			Compare: func(a, b *row) int { return cmp.Compare(a.Severity, b.Severity) }},
		{ID: "integration", Title: columnIntegration, Min: 12, Max: 24, Weight: 1, Cell: table.Text(ui.RoleText, integration),
			Compare: table.By(integration)},
		{ID: "evidence", Title: columnEvidence, Min: 20, Weight: 4, Cell: table.Text(ui.RoleMuted, evidence), Compare: table.By(evidence)},
	}
}

func checkCell(f ui.Frame, r *row) ui.Cell {
	switch r.Severity {
	case doctor.Problem:
		return f.Styled(ui.RoleBad, "✗ "+r.Name)
	case doctor.Warning:
		return f.Styled(ui.RoleWarn, "! "+r.Name)
	}
	return f.Styled(ui.RoleMuted, "? "+r.Name)
}

func language() filter.Language[row] {
	return filter.Language[row]{
		Text: func(r *row) string {
			return filter.SearchText(r.Name, r.Integration, r.Function, r.Connection.ID, r.Evidence, r.Remedy)
		},
		Fields: []filter.Field[row]{
			filter.TextField("integration", func(r *row) string { return r.Integration }),
			filter.TextField("function", func(r *row) string { return r.Function }),
			filter.TextField("check", func(r *row) string { return r.Name }),
		},
	}
}

// View draws the findings, and at the lower edge the evidence and the remedy of the one under the cursor.
func (l *List) View(f ui.Frame) string {
	if err := cmp.Or(l.integrations.Err, l.task.Err); err != nil && l.Table.Len() == 0 && !l.task.IsRunning() {
		return screen.Failure(f, textFailed, err)
	}
	head := screen.NewHead(f, l.summary())
	for _, err := range []error{l.integrations.Err, l.task.Err} {
		if err != nil && !wasStopped(err) {
			head.Say(ui.RoleBad, "✗ "+textFailed+": "+err.Error())
		}
	}
	if more := len(l.keys()) - maxIntegrations; more > 0 {
		head.Say(ui.RoleWarn, fmt.Sprintf(textCut, ui.Count(maxIntegrations), ui.Count(more)))
	}
	if l.Table.Len() == 0 {
		return l.empty(f)
	}
	on := l.Table.Cursor()
	const needs = 12
	var foot []ui.Line
	if on != nil && f.Height >= needs {
		foot = screen.Wrap(f, 1, ui.Line{f.Styled(ui.RoleText, on.Evidence)}, ui.Line{f.Styled(ui.RoleMuted, on.Remedy)})
		foot = foot[:min(len(foot), f.Height/3)]
	}
	return screen.DrawAbove(f, l.List.View(f.Sized(f.Width, f.Height-len(foot)), head.Lines(), textNoMatch), foot...)
}

// empty says what was checked and what wasn't.
func (l *List) empty(f ui.Frame) string {
	switch {
	case l.task.IsRunning() || l.logs.IsLoading() || l.integrations.IsLoading():
		return screen.Loading(f, textChecking)
	case !l.isChecked:
		return screen.Empty(f, textNotChecked, screen.HintOrPalette(f, CheckAll, hintCheckAll))
	}
	return screen.Empty(f, textNothingFound, textWhatIsChecked)
}

func (l *List) summary() ui.Line {
	line := l.Counts(nounFinding)
	note := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, text))
	}
	switch {
	case l.task.IsRunning():
		note(ui.RoleAccent, textChecking)
	case l.isChecked:
		note(ui.RoleMuted, fmt.Sprintf(textChecked, ui.Pluralize(l.task.Value.integrations, "integration")))
	default:
		note(ui.RoleWarn, textNotChecked)
	}
	return line
}
