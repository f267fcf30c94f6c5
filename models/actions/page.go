package actions

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Page is one run: how it stands while it goes on, and what came of it. It has no route: its input must not be part of a
// name. Leaving it ends nothing.
type Page struct {
	history *History
	run     *Run
	where   screen.ProfileState

	// otherwise is what of its input the function sees otherwise than it was written.
	otherwise []string
	// input says that what was sent is shown, though there is something else.
	input bool
	// parsed makes the text, off App's goroutine: a result can have megabytes. It is nil before.
	parsed screen.Task[*ui.JSONDoc]
	text   *screen.JSON
	shown  shown
}

// shown is what the text on the page was made of.
type shown struct {
	is    bool
	state state
	input bool
	kept  bool
}

func newPage(h *History, r *Run) *Page {
	return &Page{history: h, run: r, otherwise: otherwise(r.input.Input)}
}

// Title names the run.
func (p *Page) Title() string { return fmt.Sprintf("%s, run %d", p.run.input.Name, p.run.number) }

// Open reads nothing: what is known of a run is in the history.
func (p *Page) Open(t *screen.Turn) { p.where = t.Profile }

// Refresh has nothing to read.
func (p *Page) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (p *Page) Typing() bool { return p.text.Typing() }

// Update takes what is typed into the search.
func (p *Page) Update(_ *screen.Turn, msg tea.Msg) {
	p.text.Type(msg)
}

// Concerns says that no call changes what is shown.
func (p *Page) Concerns(nango.Call) bool { return false }

// RedrawInterval runs by the second while the action does.
func (p *Page) RedrawInterval() time.Duration {
	if s := p.run.state; s == running || s == waited {
		return time.Second
	}
	return p.text.RedrawInterval()
}

// Leave says that the run outlives its page.
func (p *Page) Leave(t *screen.Turn) {
	switch p.run.state {
	case running:
		t.Toast("Nango runs " + p.run.input.Name + " on; what comes of it is told wherever you are, and kept under " + HistoryRoute)
	case waited:
		t.Toast(p.run.input.Name + " is waited for; what comes of it is told wherever you are, and kept under " + HistoryRoute)
	}
}

// Actions is what can be done with the run, and with the text that is shown.
func (p *Page) Actions() []screen.Action {
	if p.Typing() {
		return p.text.Actions()
	}
	all := []screen.Action{
		{ID: RunAgain, Title: "Run again", Operation: p.run.operation(), Disabled: cmp.Or(p.run.under(), p.run.notAgain(p.where)), Do: p.again},
		{ID: OtherInput, Title: "With other input", Disabled: p.run.notAgain(p.where), Do: p.other},
		{ID: ShowInput, Title: p.inputTitle(), Disabled: p.onlyInput(), Do: func(*screen.Turn) { p.input = !p.input }},
	}
	all = append(all, p.keepWaiting(), p.stopWaiting())
	return append(all, p.text.Actions()...)
}

func (p *Page) inputTitle() string {
	if p.input {
		return "Result"
	}
	return "Input"
}

// onlyInput is why there is nothing to change to.
func (p *Page) onlyInput() string {
	if _, _, there := p.result(); !there {
		return "there is no result besides it"
	}
	return ""
}

// keepWaiting begins to wait again for a run that nobody waits for.
func (p *Page) keepWaiting() screen.Action {
	a := screen.Action{ID: KeepWaiting, Title: "Keep waiting", Do: func(t *screen.Turn) { p.run.wait.begin(t) }}
	switch {
	case p.run.state != unheard:
		a.Disabled = "it is over, or waited for already"
	case p.run.id == "":
		a.Disabled = "its start was not answered, so that it has no number to ask for"
	default:
		a.Disabled = p.run.elsewhere(p.where)
	}
	a.HideInFooter = a.Disabled != ""
	return a
}

// stopWaiting ends the waiting for a run, which goes on.
func (p *Page) stopWaiting() screen.Action {
	a := screen.Action{ID: StopWaiting, Title: "Stop waiting", Do: func(t *screen.Turn) { p.run.wait.stop(t) }}
	if p.run.state != waited {
		a.Disabled, a.HideInFooter = "it does not run in the background, or is not waited for", true
	}
	return a
}

func (p *Page) again(t *screen.Turn) {
	p.history.again(t, p.run, func(t *screen.Turn, page *Page) { t.ReplaceWith(page) })
}

func (p *Page) other(t *screen.Turn) { t.Show(newFormFor(p.history, p.run.order)) }

// result is what came of the run as JSON, and what it is called; false where there is nothing but its input.
func (p *Page) result() (title string, raw json.RawMessage, there bool) {
	switch {
	case p.run.forgotten:
		return "", nil, false
	case p.run.state == returned:
		return "RESULT", p.run.value, true
	case p.run.err == nil:
		return "", nil, false
	}
	return said(p.run.err)
}

// Notify makes the text anew where the run stands otherwise than when it was made.
func (p *Page) Notify(t *screen.Turn) {
	now := shown{true, p.run.state, p.input, !p.run.forgotten}
	if p.shown == now {
		return
	}
	p.shown, p.text = now, nil
	p.parsed.Stop(t)
	if p.run.forgotten {
		return
	}
	_, raw, there := p.result()
	if !there || p.input {
		raw = p.run.input.Input
	}
	if len(raw) == 0 {
		raw = json.RawMessage("null")
	}
	p.parsed.Start(t, func(_ context.Context, tools screen.Tools) (*ui.JSONDoc, error) {
		doc, _ := ui.ParseJSON(raw, tools.Policy) // what is no JSON is shown as text, with the place of the error
		return doc, nil
	}, func(*screen.Turn) { p.text, p.parsed.Value = screen.NewJSON(p.parsed.Value), nil })
}
