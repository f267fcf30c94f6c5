package connections

import (
	"cmp"
	"fmt"
	"slices"

	"nango-tui/models/connections/incident"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions are what can be done with the connection under the cursor, and the search in other profiles.
func (c *Customer) Actions() []screen.Action {
	r, none := c.Selected(whyNoRow)
	s, here := target{}, none
	if none == "" {
		s = r.target()
		here = screen.DisabledIf(r.profile != "", fmt.Sprintf(whyOtherProfile, r.profile))
	}
	usable := cmp.Or(here, s.unusable())
	requests := ui.Pluralize(len(c.profiles)*len(c.queries), "request")
	other := screen.Action{ID: OtherProfiles, Title: fmt.Sprintf(actionOtherProfiles, requests),
		ReadOperation: nango.OpConnectionsList, Disabled: screen.DisabledIf(len(c.profiles) == 0, whyNoOtherProfile), Do: c.searchOthers}
	return c.ActionsAround([]screen.Action{
		{ID: OpenConnection, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) { t.Open(r.route()) }},
		{ID: Reconnect, Title: actionReconnectLink, Operation: nango.OpSessionReconnect, Disabled: usable, Do: s.reconnect},
		{ID: Delete, Title: screen.TextDelete, Operation: nango.OpConnectionDelete, Disabled: usable,
			Do: func(t *screen.Turn) { s.propose(t, func(t *screen.Turn) { c.gone(t, s.ref) }, r.deleteNotes()...) }},
		other,
		{ID: Copy, Title: screen.TextCopy, HideInFooter: true, Disabled: none,
			Do: func(t *screen.Turn) { t.Pick(screen.TextCopy, r.copyOptions(t)...) }},
		{ID: OpenIntegration, Title: actionOpenIntegration, HideInFooter: true, Disabled: here, Do: s.openIntegration},
	}, slices.Concat(s.areaActions(here), screen.MarkActions(c.Table, none), []screen.Action{c.compareAction(),
		incident.Action(none, c.who, c.report), screen.RefreshAction(c)})...)
}

// route opens the connection, in its profile.
func (r *ownedRow) route() screen.Route {
	to := screen.To(DetailRoute, r.integration(), r.id())
	if r.profile == "" {
		return to
	}
	return screen.To(screen.ProfileRoute, r.profile).With(screen.QueryOpen, to.String())
}

// copyOptions are what can be copied. A curl line would have this profile's host, so connections of others have none.
func (r *ownedRow) copyOptions(t *screen.Turn) []screen.Option {
	if r.profile != "" {
		return r.target().copyNames()
	}
	return r.target().copyOptions(t)
}

// compareAction compares the two marked connections, if both are of this profile.
func (c *Customer) compareAction() screen.Action {
	marked := c.Table.Marked()
	two := len(marked) == 2 && marked[0].profile == "" && marked[1].profile == ""
	return screen.Action{ID: CompareMarked, Title: actionCompareMarked, HideInFooter: !two, Disabled: screen.DisabledIf(!two, whyNotTwoMarked),
		Do: func(t *screen.Turn) { t.Open(compareRoute(marked[0].ref, marked[1].ref)) }}
}

// deleteNotes say in the dialog whether the connection to keep is another one.
func (r *ownedRow) deleteNotes() []string {
	switch {
	case r.isKept():
		return []string{fmt.Sprintf(deleteKept, r.reason)}
	case r.twins > 0:
		return []string{fmt.Sprintf(deleteDuplicate, r.keep.ID)}
	}
	return nil
}

func (c *Customer) gone(t *screen.Turn, ref nango.ConnectionRef) {
	t.Store.LearnGone(t.Now, ref)
	c.Notify(t)
}

// View draws the counts and the connections, and at the lower edge what to do about the one under the cursor.
func (c *Customer) View(f ui.Frame) string {
	err := c.failed()
	switch {
	case c.Table.Len() > 0:
	case c.isLoading() || c.at.IsZero() && err == nil:
		return screen.Loading(f, fmt.Sprintf(textLoadingOwner, c.who))
	case err != nil:
		return screen.Failure(f, textListFailed, err)
	default:
		advice := []string{fmt.Sprintf(textOwnerSearched, ownerTags(c.route)), screen.Hint(f, screen.Refresh, hintRetry)}
		if len(c.profiles) > 0 {
			advice = append(advice, screen.HintOrPalette(f, OtherProfiles, textSearchesOthers))
		}
		return screen.Empty(f, fmt.Sprintf(textOwnerEmpty, c.who), append(advice, c.othersFailed()...)...)
	}
	const least = 10
	r := c.Table.Cursor()
	if r == nil || f.Height < least {
		return c.List.View(f, c.head(f), textNoMatches)
	}
	role, what, next := r.advice(f.Now)
	foot := screen.Wrap(f, 1, ui.Line{f.Styled(role, what)}, ui.Line{f.Styled(ui.RoleMuted, next)})
	foot = foot[:min(len(foot), f.Height/3)]
	return screen.DrawAbove(f, c.List.View(f.Sized(f.Width, f.Height-len(foot)), c.head(f), textNoMatches), foot...)
}

func (c *Customer) head(f ui.Frame) []ui.Line {
	line := append(c.Counts("connection"), screen.MarkedSummary(c.Table)...)
	broken, duplicates, integrations := 0, 0, map[string]bool{}
	for i := range c.rows {
		r := &c.rows[i]
		if r.state != nango.Healthy {
			broken++
		}
		if r.twins > 0 && !r.isKept() {
			duplicates++
		}
		integrations[r.integration()] = true
	}
	add := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, text))
	}
	add(ui.RoleMuted, ui.Pluralize(len(integrations), "integration"))
	if broken > 0 {
		add(ui.RoleBad, fmt.Sprintf(textBroken, ui.Count(broken)))
	}
	if duplicates > 0 {
		add(ui.RoleWarn, ui.Pluralize(duplicates, "duplicate"))
	}
	if c.isLoading() {
		add(ui.RoleMuted, textReloading)
	}
	head := screen.NewHead(f, line)
	if err := c.failed(); err != nil && !c.isLoading() {
		head.Say(ui.RoleBad, fmt.Sprintf(textSearchFailed, err))
	}
	if len(c.cut) > 0 {
		head.Say(ui.RoleWarn, fmt.Sprintf(textOwnerCut, ui.Count(nango.MaxPage)))
	}
	for _, text := range c.othersFailed() {
		head.Say(ui.RoleBad, text)
	}
	if waiting := c.waiting(); waiting > 0 {
		head.Say(ui.RoleMuted, fmt.Sprintf(textSearchingOthers, ui.Pluralize(waiting, "profile")))
	}
	return head.Lines()
}

// waiting is the number of other profiles that are being searched.
func (c *Customer) waiting() int {
	n := 0
	for _, task := range c.others {
		if task.IsRunning() {
			n++
		}
	}
	return n
}

// othersFailed says which profiles couldn't be searched, in their order.
func (c *Customer) othersFailed() []string {
	var all []string
	for _, name := range c.profiles {
		if task := c.others[name]; task != nil && task.Err != nil {
			all = append(all, fmt.Sprintf(textOtherFailed, name, task.Err))
		}
	}
	return all
}
