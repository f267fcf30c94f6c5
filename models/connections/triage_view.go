package connections

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/ui"
)

// causeRows are the errors of the connection, each with its cause in words.
func (d *Detail) causeRows(p pageWriter) []ui.Row {
	var rows []ui.Row
	looked := d.triage.question.Looked()
	for i, failure := range d.now.Errors {
		n := slices.Index(looked, failure)
		var found *cause.Finding
		if n >= 0 && n < len(d.triage.answer.Findings) {
			found = &d.triage.answer.Findings[n]
		}
		rows = append(rows, d.causeOf(p, failure, found, i == 0 && d.triage.refresh == nil)...)
	}
	return rows
}

// causeOf is an error: what the provider said, which can be copied, and below that when and how often it failed, and, for the first
// error, what it means.
func (d *Detail) causeOf(p pageWriter, failure nango.ConnectionError, found *cause.Finding, isFirst bool) []ui.Row {
	label, when := fmt.Sprintf(labelError, failure.Type), p.failure(failure, d.firstFailed, d.failures)
	id, said := rowCause+failure.Type+" "+failure.LogID, ""
	lines := when
	if found == nil {
		lines = append(lines, p.line(ui.RoleMuted, fmt.Sprintf(textLog, failure.LogID)))
		if d.triage.logs.IsLoading() {
			lines = append(lines, p.line(ui.RoleMuted, textReadingLogs))
		}
	} else {
		label, said = cmp.Or(found.What(), label), found.Headline()
		lines = append([]ui.Line{p.line(ui.RoleBad, said)}, append(when, d.historyLines(p, failure, found)...)...)
		if isFirst {
			lines = append(lines, p.meaning(found.Cause)...)
		}
	}
	d.OnRow(id, screen.RowActions{Copy: copyOption(optionCause, said, copiedCause, cmp.Or(said, failure.LogID)),
		Open: screen.To(operationRoute, failure.LogID).Open, Disabled: d.notAnOperation(failure.LogID)})
	return []ui.Row{p.row(id, label, lines[0]), p.row("", "", lines[1:]...)}
}

// historyLines say how often it failed and when it worked last, as far as that isn't said already.
func (d *Detail) historyLines(p pageWriter, failure nango.ConnectionError, found *cause.Finding) []ui.Line {
	seen := 1
	if failure.Type == "auth" {
		seen = max(d.failures, 1)
	}
	switch {
	case found.Total > seen:
		return []ui.Line{p.line(ui.RoleMuted, p.history(found))}
	case !found.Worked.IsZero():
		return []ui.Line{p.line(ui.RoleMuted, fmt.Sprintf(textWorkedLast, p.clock(found.Worked)))}
	}
	return nil
}

// meaning is what a cause usually means.
func (p pageWriter) meaning(c cause.Cause) (lines []ui.Line) {
	if means := c.Means(); means != "" {
		lines = append(lines, p.line(ui.RoleText, means))
	}
	if c.Until.After(p.f.Now) {
		lines = append(lines, p.line(ui.RoleText, fmt.Sprintf(textLimitUntil, p.clock(c.Until))))
	}
	return lines
}

// history says how often it failed and since when: "14 times since 08:40; worked last 08:10".
func (p pageWriter) history(f *cause.Finding) string {
	text := textTimesSince
	if !f.IsExact {
		text = textAtLeastSince
	}
	said := fmt.Sprintf(text, times(f.Total), p.clock(f.First))
	if !f.IsExact {
		if hint := screen.Hint(p.f, FirstFailure, hintFirst); hint != "" {
			said += " (" + hint + ")"
		}
	}
	if !f.Worked.IsZero() {
		said += "; " + fmt.Sprintf(textWorkedLast, p.clock(f.Worked))
	}
	return said
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return ui.Count(n).String() + " times"
}

// clock is the time of day, with the date unless it is today.
func (p pageWriter) clock(at time.Time) string {
	at = at.In(p.f.Now.Location())
	if at.Format(time.DateOnly) == p.f.Now.Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return ui.Timestamp(p.f.Now, at)
}

// stepTexts are the steps with their action and what it is for.
var stepTexts = map[cause.Step]struct {
	action screen.ActionID
	text   string
}{
	cause.StepReconnect:   {Reconnect, nextReconnect},
	cause.StepRefresh:     {ForceRefresh, nextRefresh},
	cause.StepOthers:      {AllOfIntegration, nextOthersBroken},
	cause.StepIntegration: {OpenIntegration, nextIntegration},
	cause.StepScopes:      {Fetch, nextScopes},
	cause.StepSync:        {Syncs, nextRunSync},
	cause.StepFunction:    {OpenFunction, nextFunction},
	cause.StepWebhook:     {EditWebhook, nextWebhook},
	cause.StepProbe:       {Probe, nextProbe},
}

// nextSteps are the actions that fit the cause, the likeliest first.
func (d *Detail) nextSteps(p pageWriter) ui.Section {
	next := ui.Section{Title: titleNext}
	add := func(id screen.ActionID, text string) {
		if key := screen.Key(p.f, id); key != "" {
			row := p.row("", key, p.line(ui.RoleText, text))
			row.IsKey = true
			next.Rows = append(next.Rows, row)
		}
	}
	c, known := d.mainCause()
	switch {
	case d.target().unusable() != "":
	case known && c.IsKnown():
		for _, step := range c.Steps() {
			d.addStep(p, &next, add, c, step)
		}
	case d.now.State() == nango.AuthError:
		add(Reconnect, nextReconnect)
		add(ForceRefresh, nextRefresh)
		add(AllOfIntegration, nextOthersBroken)
	case d.now.State() == nango.SyncError:
		add(Syncs, nextSyncs)
		add(AllOfIntegration, nextOthersSync)
	}
	return next
}

// addStep adds a step, if it can be done here.
func (d *Detail) addStep(p pageWriter, next *ui.Section, add func(screen.ActionID, string), c cause.Cause, step cause.Step) {
	function, _ := d.failingFunction()
	switch one := stepTexts[step]; {
	case step == cause.StepWait && c.Until.After(p.f.Now):
		next.Rows = append(next.Rows, p.row("", labelWait, p.line(ui.RoleText, fmt.Sprintf(nextWaitUntil, p.clock(c.Until)))))
	case step == cause.StepWait:
		next.Rows = append(next.Rows, p.row("", labelWait, p.line(ui.RoleText, nextWait)))
	case step == cause.StepFunction && function == "":
	case step == cause.StepFunction && c.Line > 0:
		add(one.action, fmt.Sprintf(nextFunctionLine, function, c.Line))
	case step == cause.StepFunction:
		add(one.action, fmt.Sprintf(one.text, function))
	case step == cause.StepSync && len(d.syncing.Value) == 0 && c.Type != "sync":
	case one.action != "":
		add(one.action, one.text)
	}
}

// maxOperations is how many of the latest operations the page shows.
const maxOperations = 8

// operations shows what Nango did for the connection last, and the failed operations of its errors if they are older.
func (d *Detail) operations(p pageWriter) ui.Section {
	section := ui.Section{Title: titleLogs}
	shown := d.triage.answer.Recent[:min(len(d.triage.answer.Recent), maxOperations)]
	if d.triage.logs.IsLoaded() && d.triage.answer.Err == nil {
		section.Title = titleOperations
		if d.triage.answer.Total > 0 {
			section.Note = p.line(ui.RoleMuted, fmt.Sprintf(textShownOf, ui.Count(len(shown)), ui.Count(d.triage.answer.Total)))
		}
	}
	if why := d.noLogs(); why != "" {
		section.Rows = append(section.Rows, p.row("", "", p.line(ui.RoleWarn, why)))
	}
	for i := range shown {
		section.Rows = append(section.Rows, d.operationRow(p, &shown[i]))
	}
	for _, failure := range d.olderErrors(shown) {
		id := failure.LogID
		section.Rows = append(section.Rows, p.row(rowLog+id, fmt.Sprintf(labelError, failure.Type), p.line(ui.RoleText, id)))
		d.OnRow(rowLog+id, d.operationActions(id))
	}
	switch {
	case len(section.Rows) > 0:
	case d.triage.logs.IsLoading():
		section.Rows = append(section.Rows, p.remark(textReadingLogs))
	case d.triage.logs.IsLoaded():
		section.Rows = append(section.Rows, p.remark(textNoOperations))
	default:
		section.Rows = append(section.Rows, p.remark(textNoLogs))
	}
	return section
}

// Widths of the parts of an operation's line in cells, including the space after them.
const (
	operationWhatWidth = 34
	operationTimeWidth = 9
)

// operationRow is an operation on one line: how it ended, what it was, how long it took, and its id.
func (d *Detail) operationRow(p pageWriter, o *nango.LogOperation) ui.Row {
	what := cause.Cause{Type: o.Type, Action: o.Action, Function: o.Function}.What()
	if what == "" {
		what = o.Message
	}
	sign := operationSign(o.State)
	sign.Text = sign.Text.Concat(p.f.Text(" " + what))
	line := column(nil, sign, operationWhatWidth)
	if ui.FieldsColumn(p.f).Width >= syncLineWidth {
		line = append(column(line, ui.Styled(ui.RoleMuted, duration(o.Duration)), operationTimeWidth), p.f.Styled(ui.RoleMuted, o.ID))
	} else {
		line = append(line, ui.Styled(ui.RoleMuted, duration(o.Duration)))
	}
	d.OnRow(rowLog+o.ID, d.operationActions(o.ID))
	return p.row(rowLog+o.ID, ui.Age(p.f.Now.Sub(o.Created)).String(), line)
}

// operationActions copy the id of an operation, and open it.
func (d *Detail) operationActions(id string) screen.RowActions {
	return screen.RowActions{Copy: copyOption(optionLogID, id, copiedLogID, id), Open: screen.To(operationRoute, id).Open,
		Disabled: d.notAnOperation(id)}
}

// notAnOperation is why an operation can't be opened.
func (d *Detail) notAnOperation(id string) string {
	return cmp.Or(screen.DisabledIf(!nango.IsLogID(id), whyNoOperation), d.noLogs())
}

// operationSign is the state of an operation as a symbol; one that ended well is dim.
func operationSign(state string) ui.Cell {
	switch state {
	case nango.LogSucceeded:
		return ui.Styled(ui.RoleMuted, "✓")
	case nango.LogFailed:
		return ui.Styled(ui.RoleBad, "✗")
	case nango.LogTimedOut:
		return ui.Styled(ui.RoleBad, "✗ timed out:")
	case nango.LogCancelled:
		return ui.Styled(ui.RoleWarn, "– cancelled:")
	case nango.LogRunning, nango.LogWaiting:
		return ui.Styled(ui.RoleAccent, "◌")
	}
	return ui.Styled(ui.RoleWarn, "?")
}

// duration is how long an operation took: "0.8 s", "12 ms"; empty if unknown.
func duration(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", d.Seconds()), ".0") + " s"
	}
	return ui.Duration(d)
}
