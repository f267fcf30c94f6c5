package connections

import (
	"fmt"
	"strings"

	"nango-tui/models/connections/bulk"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// ChangeMany offers what can be done with the marked connections, or all that are shown.
const ChangeMany screen.ActionID = "connections.changeMany"

// manyActions change the marked connections, or else those that are shown.
func (l *List) manyActions() []screen.Action {
	none := screen.DisabledIf(l.chosenCount() == 0, whyNoRow)
	menu := screen.Action{ID: ChangeMany, Title: actionChangeMany, HideInFooter: l.markedCount() == 0, Disabled: none,
		Do: func(t *screen.Turn) { t.Pick(l.manyTitle(), bulk.Options(l.runs, l.chosen)...) }}
	return append([]screen.Action{menu}, bulk.Actions(l.runs, l.chosen, none)...)
}

// deleteAction deletes the row under the cursor, or plans to delete the marked ones.
func (l *List) deleteAction(refused string, one func(*screen.Turn)) screen.Action {
	marked := l.markedCount()
	if marked == 0 {
		return screen.Action{ID: Delete, Title: screen.TextDelete, Operation: nango.OpConnectionDelete, Disabled: refused, Do: one}
	}
	return screen.Action{ID: Delete, Title: fmt.Sprintf(actionDeleteMarked, ui.Count(marked)), Operation: nango.OpConnectionDelete,
		Do: func(t *screen.Turn) { bulk.Plan(t, l.runs, bulk.Delete, l.chosen()) }}
}

func (l *List) markedCount() int {
	marked, _ := l.table.MarkedCount()
	return marked
}

func (l *List) chosenCount() int {
	if marked := l.markedCount(); marked > 0 {
		return marked
	}
	return l.table.Shown()
}

// manyTitle says which connections a menu is about, and that a list that is still loading may have more.
func (l *List) manyTitle() string {
	what := textAllShown
	if l.markedCount() > 0 {
		what = textAllMarked
	}
	title := fmt.Sprintf(titleChangeMany, fmt.Sprintf(what, ui.Count(l.chosenCount())))
	if progress := l.progress(); progress != "" && l.markedCount() == 0 {
		title += " (" + progress + ")"
	}
	return title
}

// chosen are the marked connections, or else those that are shown. Their names are copied: rows share the memory of the list.
func (l *List) chosen() []bulk.Target {
	targets := make([]bulk.Target, 0, l.chosenCount())
	for r := range l.table.Chosen() {
		ref := nango.ConnectionRef{Integration: r.integration(), ID: strings.Clone(r.id())}
		targets = append(targets, bulk.Target{Ref: ref, Customer: strings.Clone(r.customer().Name)})
	}
	return targets
}
