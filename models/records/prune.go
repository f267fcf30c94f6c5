package records

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldUntil = "until"

// Values of the field.
const (
	untilCursor = "cursor"
	untilLast   = "last"
)

// pruneTarget is a record to prune up to, and the number of loaded payloads up to it.
type pruneTarget struct {
	id, cursor string
	payloads   int
}

// pruner is the form of a pruning, and its progress. One confirmation covers all its requests.
type pruner struct {
	workForm
	query     nango.RecordQuery
	targets   map[string]pruneTarget
	isPartial bool // records are hidden by the filter or the server query
	pruning   nango.Pruner
	target    pruneTarget
	// approval covers the following requests. working is true while a request is pending, and stopping if none may follow.
	approval          *screen.Approval
	working, stopping bool
}

// pruneDisabled is why nothing can be pruned now; empty if it can.
func (l *List) pruneDisabled(unloaded string) string {
	return cmp.Or(unloaded, screen.DisabledIf(l.values != nil, textPruneValues), screen.DisabledIf(l.table.Cursor() == nil, textNoRecord),
		screen.DisabledIf(l.load.IsLoading(), textStillLoading))
}

func (l *List) pruneForm(t *screen.Turn) {
	p := &pruner{query: l.query, targets: map[string]pruneTarget{}, isPartial: l.hasServerFilter() || l.table.Shown() < l.table.Len()}
	on, _ := l.table.CursorKey()
	payloads := 0
	for r := range l.table.Each() { // in Nango's order, not as sorted
		if !r.pruned && r.action != nango.RecordDeleted {
			payloads++
		}
		p.targets[untilLast] = pruneTarget{r.id, r.cursor(), payloads}
		if r.id == on {
			p.targets[untilCursor] = p.targets[untilLast]
		}
	}
	p.workForm = workForm{isRunning: func() bool { return p.working }, stop: p.stopAction,
		leaveText: func() string { return fmt.Sprintf(textPruneLeave, p.countText()) },
		Form: screen.Form{Name: textPrune, Operation: nango.OpRecordsPrune, SubmitTitle: textPrune, Submit: p.start, Head: p.head,
			Disposable: true}}
	selected := p.targets[untilCursor]
	p.Fields = form.New(form.Field{ID: fieldUntil, Kind: form.Choice, Title: textPruneUntil, Value: untilCursor, Rows: 2,
		Options: []form.Option{
			{Value: untilCursor, Title: fmt.Sprintf(textPruneCursor, selected.id, changedText(l.table.Cursor(), t), selected.countText())},
			{Value: untilLast, Title: fmt.Sprintf(textPruneLast, p.targets[untilLast].countText())},
		}})
	t.Show(p)
}

func changedText(r *row, t *screen.Turn) string {
	at, known := r.modifiedAt()
	if !known {
		return textUnknownTime
	}
	return ui.Ago(t.Now.Sub(at))
}

func (m pruneTarget) countText() string { return ui.Pluralize(m.payloads, "payload") }

func (p *pruner) head(ui.Frame) []ui.Line {
	lines := []ui.Line{{ui.Styled(ui.RoleText, textPruneAbout)}}
	if p.isPartial {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, textPruneUnfiltered)})
	}
	return lines
}

// stopAction stops after the pending request.
func (p *pruner) stopAction() screen.Action {
	return screen.Action{ID: screen.LeaveForm, Title: textStop, Disabled: screen.DisabledIf(p.stopping, textPruneStopping),
		Do: func(*screen.Turn) { p.stopping = true }}
}

func (p *pruner) countText() string {
	return fmt.Sprintf(textPruned, ui.Pluralize(p.pruning.Count(), "payload"))
}

func (p *pruner) start(t *screen.Turn, values form.Values) {
	p.target = p.targets[values[fieldUntil]]
	p.pruning = nango.NewPruner(nango.PruneInput{
		Connection: p.query.Connection, Model: p.query.Model, Variant: p.query.Variant, Until: p.target.cursor,
	})
	p.approval, p.stopping = nil, false
	p.next(t)
}

// next proposes the first request, and sends the following ones with its approval.
func (p *pruner) next(t *screen.Turn) {
	request, more := p.pruning.Next()
	if !more || p.stopping {
		p.finish(t)
		return
	}
	if err := request.Validate(); err != nil {
		p.working = false
		p.Fields.SetError("", err.Error())
		return
	}
	proposal := screen.Proposal[nango.Pruned]{
		Request: request, Title: textPruneTitle, About: titleOf(p.query),
		SuccessText:  fmt.Sprintf(textPruneSuccess, ui.Count(nango.PrunePage), p.query.Model),
		Consequences: p.consequences(), Then: p.handlePruned,
		AlsoApproves: []screen.FutureRequest{{Operation: nango.OpRecordsPrune, About: p.query.Connection}},
	}
	p.working = true
	if p.approval == nil {
		screen.Propose(t, proposal)
		return
	}
	screen.SendApproved(t, p.approval, proposal)
}

func (p *pruner) consequences() []string {
	list := []string{fmt.Sprintf(textPruneDestroys, p.target.id, p.target.countText()), textPruneKeeps}
	if p.isPartial {
		list = append(list, textPruneHidden)
	}
	return append(list, fmt.Sprintf(textPruneRequests, ui.Count(nango.PrunePage)))
}

func (p *pruner) handlePruned(t *screen.Turn, pruned nango.Pruned, err error) {
	if err != nil {
		p.working = false
		switch declined := errors.Is(err, screen.ErrDeclined); {
		case declined && p.pruning.Count() == 0:
		case declined: // arming has ended: App says so
			p.Fields.SetError("", fmt.Sprintf(textPruneStopped, p.countText()))
		case p.pruning.Count() > 0:
			p.Fields.SetError("", fmt.Sprintf(textPruneFailed, p.countText(), err))
		default:
			p.Fields.SetError("", err.Error())
		}
		return
	}
	if t.Approval != nil && p.approval == nil {
		p.approval = t.Approval
	}
	if err := p.pruning.Add(pruned); err != nil {
		p.working = false
		p.Fields.SetError("", p.countText()+". "+err.Error())
		return
	}
	p.next(t)
}

// finish closes the page when all is done, and stays if it was stopped.
func (p *pruner) finish(t *screen.Turn) {
	p.working = false
	if !p.pruning.Done() {
		p.Fields.SetError("", fmt.Sprintf(textPruneStopped, p.countText()))
		return
	}
	t.Toast(p.countText() + ".")
	t.Back()
}

// View draws the form, or the progress.
func (p *pruner) View(f ui.Frame) string {
	if !p.working || p.approval == nil {
		return p.Form.View(f)
	}
	counted := &progress{total: int64(p.target.payloads)}
	if p.isPartial {
		counted.total = 0
	}
	counted.done.Store(int64(p.pruning.Count()))
	how := strings.TrimSpace(screen.Key(f, screen.LeaveForm) + textPruneStops)
	if p.stopping {
		how = textPruneWillStop
	}
	return drawProgress(f, fmt.Sprintf(textPruning, p.query.Model, p.target.id), counted, how)
}
