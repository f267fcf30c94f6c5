package records

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldUntil = "until"

// Values of the field that says until where.
const (
	untilCursor = "cursor"
	untilLast   = "last"
)

// mark is a record up to which can be pruned, and how many payloads go with it of those that were read.
type pruneTarget struct {
	id, cursor string
	payloads   int
}

// pruner is the page of a pruning: the form, and how far it is. One yes covers all of its requests.
type pruner struct {
	*formPage
	query     nango.RecordQuery
	targets   map[string]pruneTarget
	isPartial bool // not all of the records are shown or were asked for
	pruning   nango.Pruner
	target    pruneTarget
	// agreement is what was agreed to; working says that a request is under way, stopping that none shall follow.
	approval          *screen.Approval
	working, stopping bool
}

// unpruned is why nothing can be pruned now.
func (l *List) pruneDisabled(unloaded string) string {
	switch {
	case unloaded != "":
		return unloaded
	case l.values != nil:
		return "values of an expression are shown, not records"
	case l.table.Cursor() == nil:
		return "there is no record under the cursor"
	case l.load.IsLoading():
		return "reading goes on"
	}
	return ""
}

// pruneForm asks until where.
func (l *List) pruneForm(t *screen.Turn) {
	p := &pruner{query: l.query, targets: map[string]pruneTarget{}, isPartial: l.hasServerFilter() || l.table.Shown() < l.table.Len()}
	on, _ := l.table.CursorKey()
	payloads := 0
	for r := range l.table.Each() { // in Nango's order, however they are sorted
		if !r.pruned && r.action != nango.RecordDeleted {
			payloads++
		}
		p.targets[untilLast] = pruneTarget{r.id, r.cursor(), payloads}
		if r.id == on {
			p.targets[untilCursor] = p.targets[untilLast]
		}
	}
	p.formPage = &formPage{submitTitle: "Prune", head: p.head}
	p.Name, p.Operation, p.Submit = "Prune", nango.OpRecordsPrune, p.start
	p.Fields = form.New(form.Field{ID: fieldUntil, Kind: form.Choice, Title: "Until where", Value: untilCursor, Rows: 2, Options: []form.Option{
		{Value: untilCursor, Title: "up to and with " + p.targets[untilCursor].id + ", changed " + changedText(l.table.Cursor(), t) + ": " + p.targets[untilCursor].countText()},
		{Value: untilLast, Title: "up to the last one that was read: " + p.targets[untilLast].countText()},
	}})
	t.Show(p)
}

func changedText(r *row, t *screen.Turn) string {
	at, known := r.modifiedAt()
	if !known {
		return "nobody knows when"
	}
	return ui.Ago(t.Now.Sub(at))
}

func (m pruneTarget) countText() string { return ui.Pluralize(m.payloads, "payload") }

// says what pruning is.
func (p *pruner) head(ui.Frame) []ui.Line {
	lines := []ui.Line{{ui.Styled(ui.RoleText, "Pruning erases the payloads of records for good, from the one that has not changed for the longest time on. "+
		"The records stay, as pruned, with their ids and times. Only a run of the sync from its start brings payloads back.")}}
	if p.isPartial {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, "It knows no filter: records that are not shown are pruned as well.")})
	}
	return lines
}

// Typing says that keys are text, while it is asked until where.
func (p *pruner) Typing() bool { return !p.working }

// Update gives keys to the form.
func (p *pruner) Update(t *screen.Turn, msg tea.Msg) {
	if !p.working {
		p.formPage.Update(t, msg)
	}
}

// Actions is pruning, or stopping behind the request that is under way.
func (p *pruner) Actions() []screen.Action {
	if !p.working {
		return p.formPage.Actions()
	}
	stops := ""
	if p.stopping {
		stops = "it stops when the request that is under way is answered"
	}
	return []screen.Action{{ID: screen.LeaveForm, Title: "Stop", Disabled: stops, Do: func(*screen.Turn) { p.stopping = true }}}
}

// Leave says that the pruning ends with its page.
func (p *pruner) Leave(t *screen.Turn) {
	if p.working {
		t.Toast("The pruning stops when the request that is under way is answered. So far " + p.countText() + ".")
	}
}

func (p *pruner) countText() string { return ui.Pluralize(p.pruning.Count(), "payload") + " erased" }

func (p *pruner) start(t *screen.Turn, values form.Values) {
	p.target = p.targets[values[fieldUntil]]
	p.pruning = nango.NewPruner(nango.PruneInput{Connection: p.query.Connection, Model: p.query.Model, Variant: p.query.Variant, Until: p.target.cursor})
	p.approval, p.stopping = nil, false
	p.next(t)
}

// next proposes the first request, and sends those that follow by the same yes.
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
		Request: request, Title: "Prune records", About: titleOf(p.query),
		SuccessText:  "Up to " + ui.Count(nango.PrunePage).String() + " payloads of " + p.query.Model + " were erased",
		Consequences: p.consequences(), AlsoApproves: []screen.FutureRequest{{Operation: nango.OpRecordsPrune, About: p.query.Connection}}, Then: p.handlePruned,
	}
	p.working = true
	if p.approval == nil {
		screen.Propose(t, proposal)
		return
	}
	screen.SendApproved(t, p.approval, proposal)
}

// goes is what the dialog says.
func (p *pruner) consequences() []string {
	goes := []string{
		"Goes for good: the payloads of all records up to and with " + p.target.id + ". Of those that were read, " + p.target.countText() + ".",
		"The records stay, as pruned. Only a run of the sync from its start brings payloads back.",
	}
	if p.isPartial {
		goes = append(goes, "Pruning knows no filter: records that are not shown go as well. They were not counted.")
	}
	return append(goes, "One request prunes "+ui.Count(nango.PrunePage).String()+". This yes covers as many as it takes, and one can stop between two.")
}

func (p *pruner) handlePruned(t *screen.Turn, pruned nango.Pruned, err error) {
	if err != nil {
		p.working = false
		switch declined := errors.Is(err, screen.ErrDeclined); {
		case declined && p.pruning.Count() == 0:
		case declined: // arming has ended: App says so
			p.Fields.SetError("", "It stopped; so far "+p.countText()+".")
		case p.pruning.Count() > 0:
			p.Fields.SetError("", "It stopped; so far "+p.countText()+". "+err.Error())
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

// end goes back when all is done, and stays where it was stopped.
func (p *pruner) finish(t *screen.Turn) {
	p.working = false
	if !p.pruning.Done() {
		p.Fields.SetError("", "Stopped. So far "+p.countText()+".")
		return
	}
	t.Toast(p.countText() + ".")
	t.Back()
}

// View draws the form, or how far it is.
func (p *pruner) View(f ui.Frame) string {
	if !p.working || p.approval == nil {
		return p.formPage.View(f)
	}
	counted := &progress{total: int64(p.target.payloads)}
	if p.isPartial {
		counted.total = 0
	}
	counted.done.Store(int64(p.pruning.Count()))
	how := strings.TrimSpace(screen.Key(f, screen.LeaveForm) + " stops behind the request that is under way")
	if p.stopping {
		how = "It stops when the request that is under way is answered."
	}
	return drawProgress(f, "Pruning "+p.query.Model+" up to and with "+p.target.id, counted, how)
}
