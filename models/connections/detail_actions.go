package connections

import (
	"cmp"
	"slices"

	"nango-tui/models/connections/incident"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions are what can be done with the connection and the row under the cursor.
func (d *Detail) Actions() []screen.Action {
	s := d.target()
	unread := screen.DisabledIf(d.now == nil || d.gone, whyNotLoaded)
	reach := cmp.Or(unread, s.unusable())
	on := d.OnSelected()
	if on.Open == nil {
		on.Disabled = screen.TextNothingToOpen
	}
	notSecret := screen.DisabledIf(!d.Rows.SelectedIsSecret(), whyNothingToReveal)
	areas := s.areaActions("")
	for i := range areas {
		areas[i].HideInFooter = areas[i].ID == OpenActions || areas[i].ID == Probe
		if areas[i].ID == Syncs {
			areas[i].Do = d.openSyncs
		}
	}
	function, _ := d.failingFunction()
	all := []screen.Action{
		{ID: Reconnect, Title: actionReconnect, Operation: nango.OpSessionReconnect, Disabled: reach, Do: s.reconnect},
		{ID: Fetch, Title: actionCredentials, Operation: nango.OpConnectionGet, Disabled: cmp.Or(reach, d.busy()), Do: d.fetch},
		{ID: Edit, Title: screen.TextEdit, Operation: nango.OpConnectionUpdate, Disabled: reach, Do: d.edit},
		{ID: Copy, Title: screen.TextCopy, Disabled: unread, Do: d.copyMenu},
		{ID: OpenRow, Title: screen.TextOpen, HideInFooter: on.Disabled != "", Disabled: on.Disabled, Do: on.Open},
		{ID: Delete, Title: screen.TextDelete, Operation: nango.OpConnectionDelete, Disabled: reach,
			Do: func(t *screen.Turn) { s.propose(t, d.deleted) }},
		{ID: Reveal, Title: screen.TextReveal, HideInFooter: d.whole.detail == nil, Disabled: notSecret, Do: d.reveal},
		{ID: ForceRefresh, Title: actionRefreshToken, HideInFooter: true, Operation: nango.OpConnectionGet,
			Disabled: cmp.Or(reach, d.busy()), Do: d.forceRefresh},
		{ID: EditTags, Title: actionEditTags, HideInFooter: true, Operation: nango.OpConnectionUpdate,
			Disabled: cmp.Or(reach, d.cannotPatch(), d.unwritableTags()), Do: d.editTags},
		{ID: EditMetadata, Title: actionEditMetadata, HideInFooter: true, Operation: nango.OpMetadataSet, Disabled: reach, Do: d.editMetadata},
		{ID: EditWebhook, Title: actionEditWebhook, HideInFooter: true, Operation: nango.OpConnectionUpdate,
			Disabled: cmp.Or(reach, d.cannotPatch()), Do: d.editWebhook},
		{ID: Detour, Title: actionDetour, HideInFooter: true, Operation: nango.OpConnectionUpdate,
			Disabled: cmp.Or(reach, d.cannotPatch(), d.noDetour(nil)), Do: d.detourForm},
		{ID: AllOfCustomer, Title: actionAllOfCustomer, HideInFooter: true, Disabled: cmp.Or(unread, s.noOwner()), Do: s.allOfCustomer},
		{ID: AllOfIntegration, Title: actionAllOfIntegration, HideInFooter: true, Do: s.allOfIntegration},
		{ID: OpenIntegration, Title: actionOpenIntegration, HideInFooter: true, Do: s.openIntegration},
		{ID: OpenFunction, Title: actionOpenFunction, HideInFooter: true, Disabled: screen.DisabledIf(function == "", whyNoFunction),
			Do: d.openFunction},
		{ID: FirstFailure, Title: actionFirstFailure, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: d.whyNoFirst(),
			Do: d.findFirst},
		incident.Action(unread, d.ref.Integration+"-"+d.ref.ID, d.report),
		{ID: CompareWith, Title: actionCompareWith, HideInFooter: true, Disabled: unread,
			Do: func(t *screen.Turn) { t.Show(newCompareChoice(d.ref)) }},
		screen.RefreshAction(d),
	}
	const afterDelete = 6
	return append(slices.Insert(all, afterDelete, areas...), screen.MoveActions(&d.Rows)...)
}

// busy is why it can't be fetched now.
func (d *Detail) busy() string { return screen.DisabledIf(d.whole.waiting, whyFetching) }

// cannotPatch is why tags and webhook override can't be changed.
func (d *Detail) cannotPatch() string {
	reason, _ := d.ref.UnusableReasonFor(nango.OpConnectionUpdate)
	return reason
}

func (d *Detail) deleted(t *screen.Turn) {
	d.gone = true
	t.Back()
}

// edit offers what can be changed. A choice that the profile or the id doesn't allow says so.
func (d *Detail) edit(t *screen.Turn) {
	var options []screen.Option
	for _, action := range d.Actions() {
		switch action.ID {
		case EditTags, EditMetadata, EditWebhook, Detour:
			options = append(options, screen.Option{Title: action.Title, Detail: action.Disabled, Do: unlessDisabled(action)})
		}
	}
	t.Pick(screen.TextEdit, options...)
}

func unlessDisabled(action screen.Action) func(*screen.Turn) {
	if action.Disabled == "" {
		return action.Do
	}
	return func(t *screen.Turn) { t.Notice(action.Title, action.Disabled) }
}

// reveal shows the secret under the cursor for a while, or hides it again.
func (d *Detail) reveal(t *screen.Turn) {
	at := d.Rows.Selected()
	if d.Rows.Revealed(t.Now) == at {
		d.Rows.Hide()
		return
	}
	d.Rows.Reveal(at, t.Now.Add(screen.RevealTime))
}

// copyMenu offers the row under the cursor first.
func (d *Detail) copyMenu(t *screen.Turn) {
	var options []screen.Option
	if row := d.OnSelected().Copy; row.Do != nil {
		options = append(options, row)
	}
	options = append(options, d.target().copyOptions(t)...)
	shown := d.now
	options = append(options, screen.Option{Title: optionJSON, Detail: aboutJSON,
		Do: func(t *screen.Turn) { copyConnection(t, shown) }})
	if detail := d.whole.detail; detail != nil {
		options = append(options, screen.Option{Title: optionJSONWithDetails, Detail: screen.TextSecretsMasked, Do: func(t *screen.Turn) {
			t.Copy(copiedJSON, screen.Indent(nango.MaskJSONBy(detail.Raw, t.Mask)))
		}})
	}
	t.Pick(screen.TextCopy, options...)
}
