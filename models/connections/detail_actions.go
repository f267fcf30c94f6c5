package connections

import (
	"cmp"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions is what can be done with the connection and the row under the cursor.
func (d *Detail) Actions() []screen.Action {
	s := d.subject()
	unread := ""
	if d.now == nil || d.gone {
		unread = "the connection has not been read"
	}
	reach := cmp.Or(unread, s.refused())
	all := []screen.Action{
		{ID: Reconnect, Title: "Reconnect", Operation: nango.OpSessionReconnect, Disabled: reach, Do: s.reconnect},
		{ID: Fetch, Title: "Credentials", Operation: nango.OpConnectionGet, Disabled: cmp.Or(reach, d.busy()), Do: d.fetch},
		{ID: Edit, Title: "Edit", Operation: nango.OpConnectionUpdate, Disabled: reach, Do: d.edit},
		{ID: Copy, Title: "Copy", Disabled: unread, Do: d.copyMenu},
		{ID: OpenRow, Title: "Open", HideInFooter: d.opensNothing() != "", Disabled: d.opensNothing(), Do: d.openRow},
		{ID: Delete, Title: "Delete", Operation: nango.OpConnectionDelete, Disabled: reach, Do: func(t *screen.Turn) { s.propose(t, d.deleted) }},
		{ID: Syncs, Title: "Syncs", ReadOperation: nango.OpSyncsList, Do: d.openSyncs},
		{ID: Records, Title: "Records", ReadOperation: nango.OpRecordsList, Do: func(t *screen.Turn) { t.Open(screen.To(recordsRoute, d.ref.Integration, d.ref.ID)) }},
		{ID: Reveal, Title: "Reveal", HideInFooter: d.whole.detail == nil, Disabled: d.nothingHidden(), Do: d.reveal},
		{ID: ForceRefresh, Title: "Refresh the token now", HideInFooter: true, Operation: nango.OpConnectionGet, Disabled: cmp.Or(reach, d.busy()), Do: d.forceRefresh},
		{ID: EditTags, Title: "Edit tags", HideInFooter: true, Operation: nango.OpConnectionUpdate, Disabled: cmp.Or(reach, d.unpatchable(), d.unwritableTags()), Do: d.editTags},
		{ID: EditMetadata, Title: "Edit metadata", HideInFooter: true, Operation: nango.OpMetadataSet, Disabled: reach, Do: d.editMetadata},
		{ID: EditWebhook, Title: "Webhook override", HideInFooter: true, Operation: nango.OpConnectionUpdate, Disabled: cmp.Or(reach, d.unpatchable()), Do: d.editWebhook},
		{ID: OpenActions, Title: "Actions", HideInFooter: true, Do: s.openActions},
		{ID: AllOfCustomer, Title: "All of this customer", HideInFooter: true, Disabled: cmp.Or(unread, s.nameless()), Do: s.allOfCustomer},
		{ID: AllOfIntegration, Title: "All of this integration", HideInFooter: true, Do: s.allOfIntegration},
		{ID: OpenIntegration, Title: "Open the integration", HideInFooter: true, Do: s.openIntegration},
		{ID: Proxy, Title: "Proxy", Disabled: s.refused(), Do: func(t *screen.Turn) { t.Open(screen.To(proxyRoute, d.ref.Integration, d.ref.ID)) }},
		screen.RefreshAction(d),
	}
	return append(all, screen.MoveActions(&d.page)...)
}

// busy is why it cannot be fetched now.
func (d *Detail) busy() string {
	if d.whole.waiting {
		return "it is being fetched"
	}
	return ""
}

// unpatchable is why tags and webhook override cannot be changed.
func (d *Detail) unpatchable() string {
	reason, _ := d.ref.UnusableReasonFor(nango.OpConnectionUpdate)
	return reason
}

// deleted leaves the page of what is gone.
func (d *Detail) deleted(t *screen.Turn) {
	d.gone = true
	t.Back()
}

// edit offers what can be changed. What the profile or the id does not allow says so when it is chosen.
func (d *Detail) edit(t *screen.Turn) {
	var options []screen.Option
	for _, action := range d.Actions() {
		switch action.ID {
		case EditTags, EditMetadata, EditWebhook:
			options = append(options, screen.Option{Title: action.Title, Detail: action.Disabled, Do: unlessDisabled(action)})
		}
	}
	t.Pick("Edit", options...)
}

func unlessDisabled(action screen.Action) func(*screen.Turn) {
	if action.Disabled == "" {
		return action.Do
	}
	return func(t *screen.Turn) { t.Notice(action.Title, action.Disabled) }
}

// openRow goes to what the row under the cursor names.
func (d *Detail) openRow(t *screen.Turn) {
	if strings.HasPrefix(d.page.Selected(), rowSync) {
		d.openSyncs(t)
		return
	}
	switch s := d.subject(); d.page.Selected() {
	case rowCustomer:
		s.allOfCustomer(t)
	case rowIntegration:
		s.openIntegration(t)
	case rowMetadata:
		t.Show(screen.NewJSONPage("Metadata of "+s.about(), d.now.Metadata))
	}
}

func (d *Detail) opensNothing() string {
	if strings.HasPrefix(d.page.Selected(), rowSync) {
		return ""
	}
	switch d.page.Selected() {
	case rowCustomer:
		return d.subject().nameless()
	case rowIntegration, rowMetadata:
		return ""
	}
	return "the row under the cursor leads nowhere"
}

// leafAt is the value of config or credentials under the cursor.
func (d *Detail) leafAt() (secretLeaf, bool) {
	at := d.page.Selected()
	for prefix, leaves := range map[string][]secretLeaf{rowConfig: d.whole.config, rowCredential: d.whole.credentials} {
		name, ok := strings.CutPrefix(at, prefix)
		if !ok {
			continue
		}
		for _, v := range leaves {
			if v.name == name {
				return v, true
			}
		}
	}
	return secretLeaf{}, false
}

func (d *Detail) nothingHidden() string {
	if v, ok := d.leafAt(); ok && v.secret {
		return ""
	}
	return "nothing is hidden under the cursor"
}

// reveal shows the secret under the cursor for a while, or hides it again.
func (d *Detail) reveal(t *screen.Turn) {
	at := d.page.Selected()
	if d.page.Revealed(t.Now) == at {
		d.page.Hide()
		return
	}
	d.page.Reveal(at, t.Now.Add(screen.RevealTime))
}

// copyMenu offers the row under the cursor first.
func (d *Detail) copyMenu(t *screen.Turn) {
	var options []screen.Option
	if option, ok := d.copyRow(); ok {
		options = append(options, option)
	}
	options = append(options, d.subject().copyOptions(t)...)
	shown := d.now
	options = append(options, screen.Option{Title: "Connection as JSON", Detail: "as the list has it", Do: func(t *screen.Turn) { copyConnection(t, shown, d.hiding) }})
	if detail := d.whole.detail; detail != nil {
		options = append(options, screen.Option{Title: "Connection as JSON, whole", Detail: "secrets masked", Do: func(t *screen.Turn) {
			t.Copy("connection as JSON", indented(d.hiding.masked(detail.Raw)))
		}})
	}
	t.Pick("Copy", options...)
}

// copyRow copies what stands in the row under the cursor; a secret without showing it.
func (d *Detail) copyRow() (screen.Option, bool) {
	at := d.page.Selected()
	if v, ok := d.leafAt(); ok && v.secret {
		return screen.Option{Title: v.name, Detail: "a secret, not shown", Do: func(t *screen.Turn) { t.CopySecret(v.name, nango.Secret(v.text)) }}, true
	} else if ok {
		return copyOption(v.name, "", v.name, v.text), true
	}
	if key, ok := strings.CutPrefix(at, rowTag); ok {
		return copyOption("Tag "+key, d.now.Tags[key], "tag "+key, d.now.Tags[key]), true
	}
	if name, ok := strings.CutPrefix(at, rowSync); ok {
		return copyOption("Sync", name, "sync", name), true
	}
	if id, ok := strings.CutPrefix(at, rowLog); ok {
		return copyOption("Log id", id, "log id", id), true
	}
	switch at {
	case rowCustomer:
		name := d.now.Customer().Name
		return copyOption("Customer", name, "customer", name), true
	case rowMetadata:
		return copyOption("Metadata", "secrets masked", "metadata", indented(d.hiding.masked(d.now.Metadata))), true
	case rowWebhook:
		if detail := d.whole.detail; detail != nil && detail.WebhookOverride != nil {
			return copyOption("Webhook override", *detail.WebhookOverride, "webhook override", *detail.WebhookOverride), true
		}
	}
	return screen.Option{}, false
}
