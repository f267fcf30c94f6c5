package actions

import (
	"encoding/json"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/schemaform"
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
	var page *Page
	screen.Propose(t, screen.Proposal[json.RawMessage]{
		Request: nango.RunAction(p.input), Title: "Run " + p.input.Name, About: p.about(), Consequences: p.goes(),
		SuccessText: p.input.Name + " returned", OutlivesScreen: true,
		ResultScreen: func() screen.Screen { return page },
		OnSent: func(t *screen.Turn) {
			run = h.begin(p.order, t.Profile, t.Now)
			page = newPage(h, run)
			p.show(t, page)
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
	var page *Page
	screen.Propose(t, screen.Proposal[nango.ActionRun]{
		Request: nango.StartAction(p.input, p.retries), Title: "Start " + p.input.Name, About: p.about(), Consequences: p.goes(),
		SuccessText: "Nango has taken " + p.input.Name, OutlivesScreen: true,
		ResultScreen: func() screen.Screen { return page },
		OnSent: func(t *screen.Turn) {
			run = h.begin(p.order, t.Profile, t.Now)
			page = newPage(h, run)
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
		goes = append(goes, "It runs in the background, when its turn has come; its result is waited for.")
	default:
		goes = append(goes, fmt.Sprintf("It runs in the background, when its turn has come, and after a failure %s; its "+
			"result is waited for.", more(p.retries)))
	}
	for _, warning := range append(otherwise(p.input.Input), p.warnings...) {
		goes = append(goes, "! "+warning)
	}
	return goes
}

// otherwise is what of an input the function will see otherwise than it is written.
func otherwise(input json.RawMessage) []string {
	switch {
	case len(input) == 0 || string(input) == "null":
		return nil
	case nango.IsSentAsNull(input):
		return []string{`The function sees null: Nango takes 0, "" and false for no input.`}
	}
	return named(schemaform.Changes(input))
}

// maxNamed is how many problems of an input are named at once.
const maxNamed = 5

// named are the first problems of an input, and how many there are more.
func named(problems []schemaform.Problem) []string {
	var all []string
	for i, p := range problems {
		if i == maxNamed {
			return append(all, "and "+ui.Count(len(problems)-i).String()+" more.")
		}
		all = append(all, p.String())
	}
	return all
}

// more is how often again.
func more(n int) string {
	if n == 1 {
		return "once more"
	}
	return fmt.Sprintf("up to %d times more", n)
}

// again proposes a run once more, as it was.
func (h *History) again(t *screen.Turn, r *Run, show func(*screen.Turn, *Page)) {
	h.propose(t, proposal{order: r.order, show: show})
}
