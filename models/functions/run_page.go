package functions

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions on the page of a run or a compilation.
const (
	RunOpen   screen.ActionID = "functionRun.open"
	RunSource screen.ActionID = "functionRun.source"
	RunCopy   screen.ActionID = "functionRun.copy"
	RunResult screen.ActionID = "functionRun.result"
)

// Ids of the rows that the cursor can select. The last one is followed by the number of a line.
const (
	failureRow  = "failure"
	payloadRow  = "payload"
	resultRow   = "result"
	outputRow   = "output"
	deployedRow = "deployed"
	lineRow     = "line "
)

// maxOutput is the maximum number of log lines on the page, the newest; all can be copied.
const maxOutput = 400

// runPage shows a run and its result. It loads nothing: the watch of the run does, and outlives the page.
type runPage struct {
	screen.Page
	run   *run
	shown runShown
}

// runShown is the state of the run that the page shows.
type runShown struct {
	state nango.RunState
	log   int
	lost  bool
	read  time.Time
}

func (p *runPage) Title() string { return p.run.Title() }

func (p *runPage) RedrawInterval() time.Duration {
	return screen.RedrawIf(!p.run.hasEnded(), time.Second)
}

func (p *runPage) Leave(t *screen.Turn) {
	if !p.run.hasEnded() {
		t.Toast(p.run.Title() + textContinuesWithMessage)
	}
}

func (p *runPage) Actions() []screen.Action {
	on := p.OnSelected()
	if on.Copy.Do == nil {
		on.Copy.Do = func(t *screen.Turn) { t.Copy("run id", p.run.status.ID) }
	}
	noResult := screen.DisabledIf(len(p.run.status.result) == 0, screen.TextNoResult)
	noFile := screen.DisabledIf(p.run.file == nil, textUnknownTemplateCode)
	return append([]screen.Action{
		{ID: RunOpen, Title: "Open", Disabled: screen.DisabledIf(on.Open == nil, screen.TextNothingToOpen), Do: on.Open},
		{ID: RunResult, Title: "Show result", HideInFooter: noResult != "", Disabled: noResult,
			Do: func(t *screen.Turn) { p.result().Open(t) }},
		{ID: RunSource, Title: "Show source", Disabled: noFile,
			Do: func(t *screen.Turn) { t.Show(newAnnotatedCode(p.run.file, p.locations(), 0)) }},
		{ID: RunCopy, Title: "Copy", Disabled: copyDisabled(p.Rows.Selected()), Do: on.Copy.Do},
	}, screen.MoveActions(&p.Rows)...)
}

func (p *runPage) locations() []errorLocation {
	if p.run.status.Failure == nil {
		return nil
	}
	return findLocations(p.run.status.Failure.Message + "\n" + string(p.run.status.Failure.Payload))
}

func (p *runPage) result() screen.RowActions {
	return opensJSON("result", "Result of "+p.run.name, p.run.status.result)
}
