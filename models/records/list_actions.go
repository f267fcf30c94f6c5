package records

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions is what can be done with the records and the row under the cursor.
func (l *List) Actions() []screen.Action {
	switch {
	case l.queryForm != nil:
		return l.queryFormActions()
	case l.expr.form != nil:
		return []screen.Action{
			{ID: screen.FilterDone, Title: "Apply", WhileTyping: true, Do: l.submitExpression},
			{ID: screen.FilterDrop, Title: "Leave as it was", WhileTyping: true, Do: l.closeExpression},
		}
	case l.Listing.Typing():
		return l.TypingActions()
	}
	all := append(l.rowActions(), l.withClearAction(l.Listing.Actions())...)
	all = append(all, l.loadActions()...)
	return append(append(all, screen.RefreshAction(l)), screen.MoveActions(l.Rows)...)
}

// askingActions are those of the form that stands in place of the list. One key ends whatever is typed here.
func (l *List) queryFormActions() []screen.Action {
	all := l.queryForm.Actions()
	for i := range all {
		if all[i].ID == screen.LeaveForm {
			all[i].ID = screen.FilterDrop
		}
	}
	return all
}

// rowActions are about the row under the cursor, and about all that is shown.
func (l *List) rowActions() []screen.Action {
	open, nothing := l.openRecord, "there is no record under the cursor"
	if l.values != nil {
		open = l.openValue
		if l.values.Cursor() != nil {
			nothing = ""
		}
	} else if l.table.Cursor() != nil {
		nothing = ""
	}
	unloaded := ""
	if l.table.Len() == 0 {
		unloaded = "no records have been read"
	}
	return []screen.Action{
		{ID: OpenRecord, Title: "Open", Disabled: nothing, Do: open},
		{ID: Expression, Title: "jq", Disabled: unloaded, Do: l.openExpression},
		{ID: QueryServer, Title: "Ask for some", Do: l.openQueryForm},
		{ID: Export, Title: "Export", Disabled: l.exportDisabled(unloaded), Do: l.exportForm},
		{ID: Copy, Title: "Copy", Disabled: nothing, Do: l.copyMenu},
		{ID: Prune, Title: "Prune", Operation: nango.OpRecordsPrune, HideInFooter: true, Disabled: l.pruneDisabled(unloaded), Do: l.pruneForm},
	}
}

// own makes clearing go step by step: first the run that is under way, then the filter, then the expression.
func (l *List) withClearAction(all []screen.Action) []screen.Action {
	for i := range all {
		action := &all[i]
		if action.ID != screen.ClearFilter {
			continue
		}
		switch {
		case l.expr.task.IsRunning():
			action.Title, action.Disabled, action.HideInFooter, action.Do = "Stop", "", false, l.stopExpression
		case l.Filter.Value() == "" && l.expr.text != "":
			action.Title, action.Disabled, action.HideInFooter = "Clear jq", "", false
			action.Do = func(*screen.Turn) { l.clearExpression() }
		}
	}
	return all
}

// readActions are about what is read.
func (l *List) loadActions() []screen.Action {
	stands, unasked := "", ""
	switch {
	case l.load.IsLoading():
		stands = "reading goes on"
	case !l.load.HasFailed() && !l.atBound():
		stands = "all records have been read"
	}
	if !l.hasServerFilter() {
		unasked = "all records of the model are asked for"
	}
	title := "Read on"
	if l.load.HasFailed() {
		title = "Try the page again"
	}
	return []screen.Action{
		{ID: LoadMore, Title: title, HideInFooter: stands != "", Disabled: stands, Do: l.loadMore},
		{ID: QueryAll, Title: "Ask for all", HideInFooter: unasked != "", Disabled: unasked, Do: func(t *screen.Turn) {
			l.loadQuery(t, nango.RecordQuery{Connection: l.query.Connection, Model: l.query.Model, Variant: l.query.Variant})
		}},
		{ID: OtherModel, Title: "Other model", HideInFooter: true, Do: func(t *screen.Turn) { t.ReplaceWith(newModelChoice(l.query.Connection)) }},
	}
}

// asked says that the server was asked for some of the records only.
func (l *List) hasServerFilter() bool {
	return len(l.query.Actions)+len(l.query.IDs) > 0 || !l.query.ModifiedAfter.IsZero()
}

// openRecord shows the record under the cursor on a screen of its own.
func (l *List) openRecord(t *screen.Turn) {
	if r := l.table.Cursor(); r != nil {
		t.Show(screen.NewJSONPage(r.id, []byte(r.raw)))
	}
}

// copyMenu offers what can be copied of the row under the cursor.
func (l *List) copyMenu(t *screen.Turn) {
	if l.values != nil {
		v := *l.values.Cursor()
		t.Pick("Copy", copyText("Value", "", "value", v.text), copyText("Record id", v.id, "record id", v.id))
		return
	}
	r := *l.table.Cursor()
	t.Pick("Copy",
		copyText("Record id", r.id, "record id", r.id),
		copyText("Record as JSON", "secrets masked", "record", string(nango.MaskJSONBy([]byte(r.raw), nil))),
		copyText("Cursor", "where to read on behind it", "cursor", r.cursor()),
		screen.Option{Title: "curl", Detail: "for what is asked for here", Do: func(t *screen.Turn) { t.CopyCurl(nango.ListRecords(l.query).Call()) }},
	)
}

func copyText(title, detail, what, text string) screen.Option {
	return screen.Option{Title: title, Detail: detail, Do: func(t *screen.Turn) {
		if len(text) > ui.JSONCopy {
			t.Notice("Not copied", "It is longer than "+ui.Bytes(ui.JSONCopy).String()+": export it to a file.")
			return
		}
		t.Copy(what, text)
	}}
}
