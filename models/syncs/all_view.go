package syncs

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions returns the actions on the sync under the cursor and on the list.
func (a *All) Actions() []screen.Action {
	r, none := a.Selected(textNoSync)
	noSync := none
	if none == "" && r.condition == notLoaded {
		noSync = textSyncNotLoaded
	}
	title := "Load all"
	if !a.at.IsZero() {
		title = "Reload all"
	}
	if n := len(a.keys()); n > 0 {
		title += " (" + ui.Pluralize(n, "request") + ")"
	}
	unknown := screen.DisabledIf(!a.integrations.IsLoaded(), textUnknownIntegrations)
	if a.integrations.HasFailed() && unknown != "" { // another try
		unknown = ""
	}
	loads := a.load.IsRunning()
	before := []screen.Action{
		{ID: screen.Refresh, Title: title, ReadOperation: nango.OpSyncsList, Disabled: unknown, Do: a.readOrRefresh},
		{ID: OpenAll, Title: "Open", Disabled: none, Do: r.open},
		{ID: StopLoading, Title: "Stop loading", HideInFooter: !loads, Disabled: screen.DisabledIf(!loads, textNotLoading), Do: a.stop},
	}
	before = append(before, commandActions(a.target(&r), noSync)...)
	integration := screen.Action{ID: OpenIntegrationSyncs, Title: textOpenIntegrationSyncs, HideInFooter: true, Disabled: none,
		Do: screen.To(Route, r.ref.Integration).Open}
	return a.ActionsAround(before, openConnection(r.ref, noSync), integration)
}

// readOrRefresh loads the syncs, or the integrations if these couldn't be loaded.
func (a *All) readOrRefresh(t *screen.Turn) {
	if !a.integrations.IsLoaded() {
		a.Refresh(t)
		return
	}
	a.read(t)
}

// open opens the syncs of the connection, or those of the integration if it is a row for that.
func (r *allRow) open(t *screen.Turn) {
	if r.condition == notLoaded {
		t.Open(screen.To(Route, r.ref.Integration))
		return
	}
	t.Open(screen.To(Route, r.ref.Integration, r.ref.ID).With(querySync, r.Name.String()))
}

// target is the sync of a row.
func (a *All) target(r *allRow) target {
	onPoll := func(t *screen.Turn, _ nango.SyncSelection, all []nango.SyncStatus) { a.learn(r.ref, all, t.Now) }
	return target{connection: r.ref, customer: r.customer, syncs: []screen.SyncView{r.SyncView}, onPoll: onPoll}
}

// View draws the counts and the syncs, and at the lower edge what is wrong with the one under the cursor.
func (a *All) View(f ui.Frame) string {
	switch {
	case a.Table.Len() > 0:
		return a.drawRows(f)
	case a.load.IsRunning():
		return screen.Loading(f, a.progress(f))
	case a.stopped != nil:
		return screen.Failure(f, textCouldntLoadSyncs, a.stopped)
	case !a.integrations.IsLoaded() && a.integrations.HasFailed():
		return screen.Failure(f, textCouldntLoadIntegrations, a.integrations.Err)
	case !a.integrations.IsLoaded():
		return screen.Loading(f, textLoadingIntegrations)
	case len(a.integrations.Value) == 0:
		return screen.Empty(f, screen.TextNoIntegrations)
	case len(a.keys()) == 0:
		return screen.Empty(f, textNoConnections)
	case !a.at.IsZero() && len(a.queue) == 0:
		return screen.Empty(f, textEnvironmentHasNoSyncs, screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
	}
	n := len(a.keys())
	return screen.Empty(f, textNotLoadedAutomatically, fmt.Sprintf(textCostOfAll, ui.Pluralize(n, "request"), ui.Pluralize(n, "integration")),
		screen.HintOrPalette(f, screen.Refresh, "loads all")+".")
}

// drawRows draws the list, and if there is room what is wrong with the row under the cursor.
func (a *All) drawRows(f ui.Frame) string {
	const least = 12
	r := a.Table.Cursor()
	if r == nil || f.Height < least {
		return a.List.View(f, a.head(f), textNoSyncMatchesFilter)
	}
	role, what, now := r.why(f)
	foot := screen.Wrap(f, 1, ui.Line{f.Styled(role, what)}, ui.Line{f.Styled(ui.RoleMuted, now)})
	foot = foot[:min(len(foot), f.Height/3)]
	body := a.List.View(f.Sized(f.Width, f.Height-len(foot)), a.head(f), textNoSyncMatchesFilter)
	return screen.DrawAbove(f, body, foot...)
}

func (a *All) progress(f ui.Frame) string {
	done := a.total - len(a.queue)
	return fmt.Sprintf(textLoadingAll, ui.Count(done), ui.Count(a.total)) + "; " + screen.HintOrPalette(f, StopLoading, "stops")
}

func (a *All) head(f ui.Frame) []ui.Line {
	line := countOf(len(a.rows) - a.counts[notLoaded])
	if shown := a.Table.Shown(); shown != a.Table.Len() {
		line = append(line, ui.Styled(ui.RoleStrong, ", "+ui.Count(shown).String()), ui.Styled(ui.RoleMuted, " shown"))
	}
	head := screen.NewHead(f, append(line, a.summary()...))
	done := a.total - len(a.queue)
	switch {
	case a.load.IsRunning():
		head.Say(ui.RoleMuted, a.progress(f))
	case a.stopped != nil:
		head.Say(ui.RoleBad, fmt.Sprintf(textOnlySome, ui.Count(done), ui.Count(a.total))+": "+a.stopped.Error())
	case len(a.queue) > 0:
		head.Say(ui.RoleWarn, fmt.Sprintf(textOnlySome, ui.Count(done), ui.Count(a.total))+".")
	}
	if a.logs.HasFailed() {
		reason, ok := nango.LogsUnavailable(a.logs.Err)
		if !ok {
			reason = a.logs.Err.Error()
		}
		head.Say(ui.RoleMuted, fmt.Sprintf(textLogsFailed, reason))
	}
	if len(a.cut) > 0 {
		head.Say(ui.RoleWarn, fmt.Sprintf(textAllCut, ui.Count(nango.MaxRows), strings.Join(a.cut[:min(len(a.cut), maxNamed)], ", ")))
	}
	if len(a.rows) > maxAll {
		head.Say(ui.RoleWarn, fmt.Sprintf(textOnlyWorst, ui.Count(maxAll), ui.Count(len(a.rows))))
	}
	return head.Lines()
}

// summary has the counts that are not 0, the worst first.
func (a *All) summary() ui.Line {
	var line ui.Line
	add := func(role ui.Role, text string, of ...condition) {
		n := 0
		for _, c := range of {
			n += a.counts[c]
		}
		if n > 0 {
			line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, fmt.Sprintf(text, ui.Count(n))))
		}
	}
	add(ui.RoleBad, "✗ %s not loaded", notLoaded)
	add(ui.RoleBad, "✗ %s failing", failing)
	add(ui.RoleBad, "■ %s stopped", unscheduled)
	add(ui.RoleBad, "! %s late", late)
	add(ui.RoleBad, "! %s too long", tooLong)
	add(ui.RoleBad, "! %s 60 days", expired)
	add(ui.RoleWarn, "‖ %s paused", pausedFailing, paused)
	add(ui.RoleMuted, "– %s never ran", neverRan)
	add(ui.RoleAccent, "◌ %s running", running)
	add(ui.RoleWarn, "? %s unknown", unknownState)
	add(ui.RoleMuted, "✓ %s ok", healthy)
	return line
}
