package connections

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// A detour sends a connection's webhooks to another URL for a time: the webhook override is set, and put back at the end, when the
// program quits or, if it was killed, after asking at the next start.

const (
	fieldDetourURL  = "url"
	fieldDetourTime = "time"
	// afterPutBack is how long a response to putting back is awaited before the watch is asked again.
	afterPutBack = time.Minute
)

// detourTimes are how long a detour can take, the first one by default.
var detourTimes = []time.Duration{15 * time.Minute, time.Hour, 4 * time.Hour}

// noDetour is why no detour can begin; empty if one can. What isn't known can't be put back.
func (d *Detail) noDetour(t func(string) string) string {
	before, known := d.override()
	if !known {
		return whyOverrideUnknown
	}
	if err := (nango.Undo{Before: nango.WebhookContent(before)}).CannotKeep(t); err != nil {
		return fmt.Sprintf(whyOverrideNotKept, err)
	}
	return ""
}

// detourForm asks for the URL and the time.
func (d *Detail) detourForm(t *screen.Turn) {
	if reason := d.noDetour(t.Mask); reason != "" {
		t.Notice(actionDetour, reason)
		return
	}
	before, _ := d.override()
	var times []form.Option
	for _, long := range detourTimes {
		times = append(times, form.Option{Value: long.String(), Title: ui.Duration(long)})
	}
	e := &screen.Form{Name: actionDetour, Operation: nango.OpConnectionUpdate,
		Paths: map[string]string{"webhook_url_override": fieldDetourURL}}
	e.Fields = form.New(
		form.Field{ID: fieldDetourURL, Title: fmt.Sprintf(titleDetourOf, d.target().about()), About: aboutDetour,
			Check: checkDetourURL, RequiredIf: form.Always},
		form.Field{ID: fieldDetourTime, Kind: form.Choice, Title: labelDetourTime, Options: times, Value: times[0].Value, Rows: len(times)},
	)
	e.Submit = func(t *screen.Turn, values form.Values) {
		long, err := time.ParseDuration(values[fieldDetourTime])
		if err != nil {
			e.Fields.SetError(fieldDetourTime, err.Error())
			return
		}
		d.proposeDetour(t, e, newDetour(d, before, values[fieldDetourURL], t.Now.Add(long)))
	}
	t.Show(e)
}

func checkDetourURL(address string) error {
	if address == "" {
		return errors.New(errNoDetourURL)
	}
	return nango.CheckWebhookOverride(address)
}

// detour is a detour in progress. It is a watch, which puts back the override at the end.
type detour struct {
	id, who         string
	ref             nango.ConnectionRef
	before, address string
	until           time.Time
	approval        *screen.Approval
	page            *detourPage
	// hasBegun means that the override was set.
	hasBegun bool
	// busy means that putting back is in progress, and ended that there is nothing to do anymore. Err is why it wasn't put back.
	busy, ended bool
	err         error
}

func newDetour(d *Detail, before, address string, until time.Time) *detour {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	w := &detour{
		id: hex.EncodeToString(random[:]), who: d.target().about(), ref: d.ref, before: before, address: address, until: until,
	}
	w.page = &detourPage{detour: w}
	return w
}

// begin is the request that sets the override, and putBack the one that restores it.
func (w *detour) begin() nango.Request[nango.Success] {
	return nango.UpdateConnection(w.ref, nango.ConnectionPatch{WebhookOverride: &w.address}).Keeping(nango.Undo{
		ID: w.id, Until: w.until, Before: nango.WebhookContent(w.before), After: nango.WebhookContent(w.address),
	})
}

func (w *detour) putBack() nango.Request[nango.Success] {
	return nango.UpdateConnection(w.ref, nango.ConnectionPatch{WebhookOverride: &w.before}).Keeping(nango.Undo{
		Undoes: w.id, Before: nango.WebhookContent(w.address), After: nango.WebhookContent(w.before),
	})
}

// proposeDetour proposes to set the override. The same dialog approves to put it back.
func (d *Detail) proposeDetour(t *screen.Turn, e *screen.Form, w *detour) {
	if w.before == w.address {
		e.ShowUnchanged()
		return
	}
	if err := w.begin().Call().Undo.CannotKeep(t.Mask); err != nil {
		e.Fields.SetError(fieldDetourURL, fmt.Sprintf(whyOverrideNotKept, err))
		return
	}
	back := w.putBack().Call()
	clock := w.until.Local().Format("15:04")
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: w.begin(), Title: titleDetour, About: w.who, ConfirmLabel: confirmDetour,
		Consequences: []string{fmt.Sprintf(detourUntil, clock), detourPutsBack + cmp.Or(w.before, detourNoOverride), detourOverwrites},
		Before:       w.before, After: w.address, SuccessText: fmt.Sprintf(textDetourBegun, clock),
		AlsoApproves: []screen.FutureRequest{{Operation: back.Operation, About: back.About, PutsBack: string(back.Body)}},
		OnSent:       func(t *screen.Turn) { t.Watch(w) }, OutlivesScreen: true, ResultScreen: func() screen.Screen { return w.page },
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			w.handleResponse(t, err)
			if err != nil {
				e.HandleResult(t, err)
				return
			}
			d.overrideSaved(t, w.address)
			t.ReplaceWith(w.page)
		},
	})
}

// handleResponse notes whether the detour has begun. If that is not known, the journal offers to put it back.
func (w *detour) handleResponse(t *screen.Turn, err error) {
	w.hasBegun, w.ended, w.approval = err == nil, err != nil, t.Approval
	if errors.Is(err, nango.OutcomeUnknown) {
		t.Toast(textDetourUnknown)
	}
}

// Title says what is waited for.
func (w *detour) Title() string { return "the webhook detour of " + w.who }

// Screen is the page of the detour.
func (w *detour) Screen() screen.Screen { return w.page }

// Next is how long the detour still takes.
func (w *detour) Next(now time.Time) time.Duration {
	switch {
	case w.ended:
		return 0
	case w.busy || !w.hasBegun:
		return afterPutBack
	}
	return max(w.until.Sub(now), time.Millisecond)
}

// Poll puts the override back at the end.
func (w *detour) Poll(t *screen.Turn) {
	if w.hasBegun && !t.Now.Before(w.until) {
		w.finish(t)
	}
}

// Finish puts the override back before the program quits.
func (w *detour) Finish(t *screen.Turn) { w.finish(t) }

// FinishError is why the override wasn't put back.
func (w *detour) FinishError() error { return w.err }

// finish sends what the dialog of the detour has approved.
func (w *detour) finish(t *screen.Turn) {
	if w.busy || w.ended || !w.hasBegun {
		return
	}
	w.busy = true
	screen.SendApproved(t, w.approval, screen.Proposal[nango.Success]{
		Request: w.putBack(), Title: titlePutBack, About: w.who, SuccessText: textDetourEnded, OutlivesScreen: true,
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			w.busy, w.ended, w.err = false, true, err
			if err != nil {
				t.Toast(textDetourNotPutBack)
			}
		},
	})
}

// detourPage shows a detour in progress.
type detourPage struct {
	screen.Page
	detour *detour
}

// Title names the page.
func (p *detourPage) Title() string { return actionDetour }

// Concerns is false: the page shows what the program itself does.
func (p *detourPage) Concerns(nango.Call) bool { return false }

// Actions are what can be done with the detour.
func (p *detourPage) Actions() []screen.Action {
	w := p.detour
	over := screen.DisabledIf(w.ended, whyDetourOver)
	return append([]screen.Action{
		{ID: StopDetour, Title: actionStopDetour, Operation: nango.OpConnectionUpdate,
			Disabled: cmp.Or(over, screen.DisabledIf(w.busy || !w.hasBegun, whyDetourBusy)), Do: w.finish},
		{ID: OpenConnection, Title: screen.TextOpen, Do: screen.To("connection", w.ref.Integration, w.ref.ID).Open},
		{ID: Listen, Title: actionListen, HideInFooter: true, Do: screen.To("listen").Open},
	}, screen.MoveActions(&p.Rows)...)
}

// View draws the page.
func (p *detourPage) View(f ui.Frame) string {
	p.Rebuild(nil)
	return p.Draw(f, p.sections)
}

func (p *detourPage) sections(f ui.Frame) []ui.Section {
	w := p.detour
	state := f.Styled(ui.RoleAccent, fmt.Sprintf(textDetourLeft, ui.Duration(max(w.until.Sub(f.Now), 0)), w.until.Local().Format("15:04")))
	switch {
	case w.err != nil:
		state = f.Styled(ui.RoleBad, "✗ "+textDetourNotPutBack+": "+w.err.Error())
	case w.ended:
		state = f.Styled(ui.RoleMuted, "✓ "+textDetourEnded)
	case w.busy:
		state = f.Styled(ui.RoleAccent, textDetourEnding)
	}
	return []ui.Section{{Title: f.Text(w.who).String(), Rows: []ui.Row{
		{Label: labelDetourState, Lines: []ui.Line{{state}}},
		f.NewRow("to", labelDetourTo, w.address),
		f.NewRow("before", labelDetourBefore, cmp.Or(w.before, textNoWebhook)),
	}}}
}
