package actions

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// Page shows a run and its result. It has no route, because its input must not be part of a name. Leaving it doesn't
// finish the run.
type Page struct {
	screen.Base
	history *History
	run     *Run
	profile screen.ProfileState

	// changes says what Nango changes in the input before the function gets it.
	changes []string
	// showsInput is whether the input is shown although there is a result.
	showsInput bool
	// parsed parses the text off App's goroutine, because results can be large. It is nil before.
	parsed  screen.Task[*ui.JSONDoc]
	text    *screen.JSON
	content content
}

// content is what the text on the page was made from.
type content struct {
	valid bool
	state state
	input bool
	kept  bool
}

func newPage(h *History, r *Run) *Page {
	return &Page{history: h, run: r, changes: inputChanges(r.input.Input)}
}

// Title names the run.
func (p *Page) Title() string { return fmt.Sprintf("%s, run %d", p.run.input.Name, p.run.number) }

// Open loads nothing: the history has everything about the run.
func (p *Page) Open(t *screen.Turn) { p.profile = t.Profile }

// Typing reports whether the search takes the keys.
func (p *Page) Typing() bool { return p.text.Typing() }

// Update handles typing in the search.
func (p *Page) Update(_ *screen.Turn, msg tea.Msg) { p.text.Type(msg) }

// RedrawInterval is a second during the run, to show the elapsed time.
func (p *Page) RedrawInterval() time.Duration {
	return max(screen.RedrawIf(!p.run.state.isInactive(), time.Second), p.text.RedrawInterval())
}

// Leave says that the run continues.
func (p *Page) Leave(t *screen.Turn) {
	switch p.run.state {
	case running:
		t.Toast(p.run.input.Name + textLeaveRunning + HistoryRoute)
	case waiting:
		t.Toast(p.run.input.Name + textLeaveBackground + HistoryRoute)
	}
}

// Actions returns the actions on the run and on the shown text.
func (p *Page) Actions() []screen.Action {
	if p.Typing() {
		return p.text.Actions()
	}
	_, _, hasResult := p.result()
	title := "Show input"
	if p.showsInput {
		title = "Show result"
	}
	return append([]screen.Action{
		{ID: RunAgain, Title: "Run again", Operation: p.run.operation(), Disabled: cmp.Or(p.run.stillRunning(),
			p.run.notRepeatable(p.profile)), Do: p.runAgain},
		{ID: OtherInput, Title: textRunWithOtherInput, Disabled: p.run.notRepeatable(p.profile),
			Do: func(t *screen.Turn) { t.Show(newFormFor(p.history, p.run.runRequest)) }},
		{ID: ShowInput, Title: title, Disabled: screen.DisabledIf(!hasResult, screen.TextNoResult),
			Do: func(*screen.Turn) { p.showsInput = !p.showsInput }},
		p.keepWaiting(), p.stopWaiting(),
	}, p.text.Actions()...)
}

func (p *Page) keepWaiting() screen.Action {
	no := cmp.Or(screen.DisabledIf(p.run.state != untracked, textNotWaitable), screen.DisabledIf(p.run.id == "", textNoRunID),
		p.run.otherProfile(p.profile))
	return screen.Action{ID: KeepWaiting, Title: "Keep waiting", HideInFooter: no != "", Disabled: no,
		Do: func(t *screen.Turn) { p.run.wait.start(t) }}
}

// stopWaiting is the action that ends polling. The run continues.
func (p *Page) stopWaiting() screen.Action {
	no := screen.DisabledIf(p.run.state != waiting, textNotWaiting)
	return screen.Action{ID: StopWaiting, Title: "Stop waiting", HideInFooter: no != "", Disabled: no,
		Do: func(t *screen.Turn) { p.run.wait.stop(t) }}
}

func (p *Page) runAgain(t *screen.Turn) {
	p.history.runAgain(t, p.run, func(t *screen.Turn, page *Page) { t.ReplaceWith(page) })
}

// result is the result of the run as JSON with a title; false if there is only the input.
func (p *Page) result() (title string, raw json.RawMessage, there bool) {
	switch {
	case p.run.discarded:
		return "", nil, false
	case p.run.state == returned:
		return "RESULT", p.run.value, true
	case p.run.err == nil:
		return "", nil, false
	}
	return errorDetail(p.run.err)
}

// Notify updates the text if the run has changed.
func (p *Page) Notify(t *screen.Turn) {
	now := content{true, p.run.state, p.showsInput, !p.run.discarded}
	if p.content == now {
		return
	}
	p.content, p.text = now, nil
	p.parsed.Stop(t)
	if p.run.discarded {
		return
	}
	_, raw, there := p.result()
	if !there || p.showsInput {
		raw = p.run.input.Input
	}
	p.parsed.Start(t, screen.ParseJSON(raw), func(*screen.Turn) { p.text, p.parsed.Value = screen.NewJSON(p.parsed.Value), nil })
}
