package actions

import (
	"encoding/json"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// proposal is an order with what its dialog says besides.
type proposal struct {
	order
	// warnings are what is known against it.
	warnings []string
	// show puts the page of the run up, on top of the screen or in its place.
	show func(*screen.Turn, *Page)
	// answered is called when the answer is there, or after a no; nil where nobody wants to know.
	answered func(error)
}

// propose asks for a run. From the yes on it stands in the history, whatever becomes of the screen.
func (h *History) propose(t *screen.Turn, p proposal) {
	if p.async {
		h.proposeStart(t, p)
		return
	}
	var run *Run
	screen.Propose(t, screen.Proposal[json.RawMessage]{
		Request: nango.RunAction(p.input), Title: "Run " + p.input.Name, About: p.about(), Goes: p.goes(), Told: p.input.Name + " returned", Outlives: true,
		Begun: func(t *screen.Turn) {
			run = h.begin(p.order, t.Where, t.Now)
			p.show(t, newPage(h, run))
		},
		Then: func(t *screen.Turn, value json.RawMessage, err error) {
			if run != nil {
				h.ended(run, t.Now, value, err)
			}
			p.tell(err)
		},
	})
}

// proposeStart asks for a run that goes on by itself. It is waited for from the yes on: by the time that Nango has answered
// the screen may be gone.
func (h *History) proposeStart(t *screen.Turn, p proposal) {
	var run *Run
	screen.Propose(t, screen.Proposal[nango.ActionRun]{
		Request: nango.StartAction(p.input, p.retries), Title: "Start " + p.input.Name, About: p.about(), Goes: p.goes(), Told: "Nango has taken " + p.input.Name, Outlives: true,
		Begun: func(t *screen.Turn) {
			run = h.begin(p.order, t.Where, t.Now)
			page := newPage(h, run)
			run.wait = newWait(h, run, page)
			run.wait.begin(t)
			p.show(t, page)
		},
		Then: func(t *screen.Turn, started nango.ActionRun, err error) {
			switch {
			case run == nil:
			case err != nil:
				h.ended(run, t.Now, nil, err)
			default:
				run.id = started.ID
				h.changed()
			}
			p.tell(err)
		},
	})
}

func (p proposal) tell(err error) {
	if p.answered != nil {
		p.answered(err)
	}
}

// goes is what a yes agrees to.
func (p proposal) goes() []string {
	goes := []string{"What the function does at the provider cannot be put back from here."}
	switch {
	case !p.async:
		goes = append(goes, "It is waited for, up to a quarter of an hour.")
	case p.retries == 0:
		goes = append(goes, "It runs by itself, when its turn has come; its result is waited for.")
	default:
		goes = append(goes, fmt.Sprintf("It runs by itself, when its turn has come, and after a failure again, %s; its result is waited for.", times(p.retries)))
	}
	if null := nullNotice(p.input.Input); null != "" {
		goes = append(goes, "! "+null)
	}
	for _, warning := range p.warnings {
		goes = append(goes, "! "+warning)
	}
	return goes
}

// nullNotice says that the function will see null in place of the input; empty where it will not, or where null was meant.
func nullNotice(input json.RawMessage) string {
	if len(input) == 0 || string(input) == "null" || !nango.ArrivesAsNull(input) {
		return ""
	}
	return `The function sees null: Nango takes 0, "" and false for no input.`
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("up to %d times", n)
}

// again proposes a run once more, as it was.
func (h *History) again(t *screen.Turn, r *Run, show func(*screen.Turn, *Page)) {
	h.propose(t, proposal{order: r.order, show: show})
}
