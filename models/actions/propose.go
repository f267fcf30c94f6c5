package actions

import (
	"encoding/json"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/schemaform"
)

type proposal struct {
	runRequest
	warnings []string
	show     func(*screen.Turn, *Page)
	// then is called after the response or a cancel; may be nil.
	then func(error)
}

// propose proposes a run. Once confirmed, it is in the history, even if the screen is closed.
func (h *History) propose(t *screen.Turn, p proposal) {
	if p.async {
		proposeRun(t, h, p, nango.StartAction(p.input, p.retries), "Start ", "Accepted by Nango: "+p.input.Name,
			func(_ *screen.Turn, run *Run, started nango.ActionRun) {
				run.id = started.ID
				h.update()
			})
		return
	}
	proposeRun(t, h, p, nango.RunAction(p.input), "Run ", p.input.Name+" returned",
		func(t *screen.Turn, run *Run, value json.RawMessage) { h.finish(run, t.Now, value, nil) })
}

// proposeRun proposes the request of a run. Done is called with its response. A run in the background is watched as soon as it is
// sent, because the screen may be closed when Nango responds.
func proposeRun[T any](t *screen.Turn, h *History, p proposal, request nango.Request[T], verb, success string,
	done func(*screen.Turn, *Run, T),
) {
	var run *Run
	var page *Page
	screen.Propose(t, screen.Proposal[T]{
		Request: request, Title: verb + p.input.Name, About: p.target(), Consequences: p.consequences(), SuccessText: success,
		OutlivesScreen: true, ResultScreen: func() screen.Screen { return page },
		OnSent: func(t *screen.Turn) {
			run = h.add(p.runRequest, t.Profile, t.Now)
			page = newPage(h, run)
			if p.async {
				run.wait = &wait{run: run, history: h, page: page, polls: screen.Backoff{First: firstPause, Max: maxPause}}
				run.wait.start(t)
			}
			p.show(t, page)
		},
		Then: func(t *screen.Turn, value T, err error) {
			switch {
			case run == nil:
			case err != nil:
				h.finish(run, t.Now, nil, err)
			default:
				done(t, run, value)
			}
			if p.then != nil {
				p.then(err)
			}
		},
	})
}

func (p proposal) consequences() []string {
	goes := []string{textCantUndo}
	switch {
	case !p.async:
		goes = append(goes, textWaitsForRun)
	case p.retries == 0:
		goes = append(goes, textRunsInBackground)
	default:
		goes = append(goes, fmt.Sprintf(textRunsInBackgroundWith, retryText(p.retries)))
	}
	for _, warning := range append(inputChanges(p.input.Input), p.warnings...) {
		goes = append(goes, "! "+warning)
	}
	return goes
}

// inputChanges says what Nango changes in an input before the function gets it.
func inputChanges(input json.RawMessage) []string {
	switch {
	case len(input) == 0 || string(input) == "null":
		return nil
	case nango.IsSentAsNull(input):
		return []string{textGetsNull}
	}
	return problemTexts(schemaform.RoundedNumbers(input))
}

// maxNamed is the maximum number of problems to list.
const maxNamed = 5

// problemTexts lists the first problems of an input, and the number of the others.
func problemTexts(problems []schemaform.Problem) []string {
	var all []string
	for i, p := range problems {
		if i == maxNamed {
			return append(all, "and "+ui.Count(len(problems)-i).String()+" more.")
		}
		all = append(all, p.String())
	}
	return all
}

func retryText(n int) string {
	if n == 1 {
		return "1 retry"
	}
	return fmt.Sprintf("up to %d retries", n)
}

func (h *History) runAgain(t *screen.Turn, r *Run, show func(*screen.Turn, *Page)) {
	h.propose(t, proposal{runRequest: r.runRequest, show: show})
}
