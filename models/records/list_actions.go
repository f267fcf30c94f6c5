package records

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions are the actions on the records and the selected row.
func (l *List) Actions() []screen.Action {
	switch {
	case l.queryForm != nil:
		leave := screen.LeaveAction(func(k tea.KeyPressMsg) bool {
			if !l.queryForm.Fields.Key(k) {
				l.queryForm = nil
			}
			return true // the list stays
		})
		leave.ID = screen.FilterDrop
		return []screen.Action{l.queryForm.Actions()[0], leave}
	case l.expr.form != nil:
		return []screen.Action{
			{ID: screen.FilterDone, Title: textApply, WhileTyping: true, Do: l.submitExpression},
			{ID: screen.FilterDrop, Title: textDiscard, WhileTyping: true, Do: l.closeExpression},
		}
	case l.Listing.Typing():
		return l.TypingActions()
	}
	all := append(l.rowActions(), l.withClearAction(l.Listing.Actions())...)
	all = append(all, l.loadActions()...)
	return append(append(all, screen.RefreshAction(l)), screen.MoveActions(l.Rows)...)
}

func (l *List) rowActions() []screen.Action {
	open, none := l.openRecord, l.table.Cursor() == nil
	if l.values != nil {
		open, none = l.openValue, l.values.Cursor() == nil
	}
	nothing, unloaded := screen.DisabledIf(none, textNoRecord), screen.DisabledIf(l.table.Len() == 0, textNotLoaded)
	return []screen.Action{
		{ID: OpenRecord, Title: screen.TextOpen, Disabled: nothing, Do: open},
		{ID: Expression, Title: textJQ, Disabled: unloaded, Do: l.openExpression},
		{ID: QueryServer, Title: textQueryServer, Do: l.openQueryForm},
		{ID: Export, Title: textExport, Disabled: l.exportDisabled(unloaded), Do: l.exportForm},
		{ID: Copy, Title: screen.TextCopy, Disabled: nothing, Do: l.copyMenu},
		{ID: Prune, Title: textPrune, Operation: nango.OpRecordsPrune, HideInFooter: true, Disabled: l.pruneDisabled(unloaded), Do: l.pruneForm},
	}
}

// withClearAction makes clearing stepwise: first it stops the expression, then clears the filter, then the expression.
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
			action.Title, action.Disabled, action.HideInFooter = textClearJQ, "", false
			action.Do = func(*screen.Turn) { l.clearExpression() }
		}
	}
	return all
}

func (l *List) loadActions() []screen.Action {
	loadDisabled := cmp.Or(screen.DisabledIf(l.load.IsLoading(), textStillLoading),
		screen.DisabledIf(!l.load.HasFailed() && !l.atBound(), textAllLoaded))
	clearDisabled := screen.DisabledIf(!l.hasServerFilter(), textNoServerQuery)
	title := screen.TextLoadMore
	if l.load.HasFailed() {
		title = textRetryPage
	}
	return []screen.Action{
		{ID: LoadMore, Title: title, HideInFooter: loadDisabled != "", Disabled: loadDisabled, Do: l.loadMore},
		{ID: QueryAll, Title: textClearQuery, HideInFooter: clearDisabled != "", Disabled: clearDisabled, Do: func(t *screen.Turn) {
			l.loadQuery(t, nango.RecordQuery{Connection: l.query.Connection, Model: l.query.Model, Variant: l.query.Variant})
		}},
		{ID: OtherModel, Title: textOtherModel, HideInFooter: true, Do: func(t *screen.Turn) {
			models := newModelList(l.query.Connection, "")
			models.noAutoOpen = true
			t.ReplaceWith(models)
		}},
	}
}

// hasServerFilter reports whether the server query excludes records.
func (l *List) hasServerFilter() bool {
	return len(l.query.Actions)+len(l.query.IDs) > 0 || !l.query.ModifiedAfter.IsZero()
}

func (l *List) openRecord(t *screen.Turn) {
	if r := l.table.Cursor(); r != nil {
		t.Show(screen.NewJSONPage(r.id, []byte(r.raw)))
	}
}

func (l *List) copyMenu(t *screen.Turn) {
	if l.values != nil {
		v := *l.values.Cursor()
		t.Pick(screen.TextCopy, copyText(textCopyValue, "", "value", v.text), copyText(textCopyID, v.id, "record id", v.id))
		return
	}
	r := *l.table.Cursor()
	t.Pick("Copy",
		copyText(textCopyID, r.id, "record id", r.id),
		copyText(textCopyJSON, screen.TextSecretsMasked, "record", string(nango.MaskJSONBy([]byte(r.raw), t.Mask))),
		copyText(textCopyCursor, textCopyCursorHint, "cursor", r.cursor()),
		screen.Option{Title: textCopyCurl, Detail: textCopyCurlHint, Do: func(t *screen.Turn) { t.CopyCurl(nango.ListRecords(l.query).Call()) }},
	)
}

func copyText(title, detail, what, text string) screen.Option {
	return screen.Option{Title: title, Detail: detail, Do: func(t *screen.Turn) {
		if len(text) > ui.JSONCopy {
			t.Notice(textNotCopied, fmt.Sprintf(textTooLongToCopy, ui.Bytes(ui.JSONCopy)))
			return
		}
		t.Copy(what, text)
	}}
}
