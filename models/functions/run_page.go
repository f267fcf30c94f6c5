package functions

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Ids of the actions on the page of a run, or of a compilation.
const (
	RunOpen   screen.ActionID = "functionRun.open"
	RunSource screen.ActionID = "functionRun.source"
	RunCopy   screen.ActionID = "functionRun.copy"
	RunResult screen.ActionID = "functionRun.result"
)

// Ids of the rows that the cursor stops at. The last one is followed by the number of a line.
const (
	failureRow  = "failure"
	payloadRow  = "payload"
	resultRow   = "result"
	outputRow   = "output"
	deployedRow = "deployed"
	lineRow     = "line "
)

// maxOutput bounds how many lines of a log stand on the page, the newest; all of it can be copied.
const maxOutput = 400

// runPage shows a run while it goes on, and what came of it.
type runPage struct {
	screen.Base
	run   *run
	page  ui.Fields
	drawn runDrawn
}

// runDrawn is what the page was built for.
type runDrawn struct {
	built bool
	width int
	state nango.RunState
	log   int
	lost  bool
	read  time.Time
}

// Title names the screen.
func (p *runPage) Title() string { return p.run.Title() }

// Open reads nothing: the run is followed by its watch.
func (p *runPage) Open(*screen.Turn) {}

// Refresh reads nothing: what this page would fetch would be lost when it is left, and the watch would wait for it.
func (p *runPage) Refresh(*screen.Turn) {}

// RedrawInterval runs while the run does: its time is shown by the second.
func (p *runPage) RedrawInterval() time.Duration {
	if p.run.ended() {
		return 0
	}
	return time.Second
}

// Leave says that the run goes on.
func (p *runPage) Leave(t *screen.Turn) {
	if !p.run.ended() {
		t.Toast(p.run.Title() + " goes on at Nango; its end will be told")
	}
}

// Update puts the cursor where one clicks.
func (p *runPage) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		p.page.Select(p.page.RowAt(click.Y))
	}
}

// Actions is what can be done with what came of the run.
func (p *runPage) Actions() []screen.Action {
	row, noResult, noFile := p.page.Selected(), "", ""
	if len(p.run.now.result) == 0 {
		noResult = "there is no result"
	}
	if p.run.file == nil {
		noFile = "a template was deployed: its code is that of the function"
	}
	return append([]screen.Action{
		{ID: RunOpen, Title: "Open", Disabled: p.opensNothing(row), Do: func(t *screen.Turn) { p.open(t, row) }},
		{ID: RunResult, Title: "Result", HideInFooter: noResult != "", Disabled: noResult, Do: p.showResult},
		{ID: RunSource, Title: "Source code", Disabled: noFile, Do: func(t *screen.Turn) { t.Show(newMarked(p.run.file, p.faults(), 0)) }},
		{ID: RunCopy, Title: "Copy", Disabled: copiesNothing(row), Do: func(t *screen.Turn) { t.Copy(p.value(row)) }},
	}, screen.MoveActions(&p.page)...)
}

// faults are the places in the code that the failure names.
func (p *runPage) faults() []fault {
	if p.run.now.Failure == nil {
		return nil
	}
	return faultsOf(p.run.now.Failure.Message + "\n" + string(p.run.now.Failure.Payload))
}

func (p *runPage) opensNothing(row string) string {
	if row == payloadRow || row == resultRow || row == deployedRow || strings.HasPrefix(row, lineRow) {
		return ""
	}
	return "the row under the cursor leads nowhere"
}

func (p *runPage) open(t *screen.Turn, row string) {
	line, isLine := strings.CutPrefix(row, lineRow)
	switch {
	case isLine:
		number, _ := strconv.Atoi(line) // it is one of ours
		t.Show(newMarked(p.run.file, p.faults(), number))
	case row == payloadRow:
		t.Show(screen.NewJSONPage("What the failure carries", p.run.now.Failure.Payload))
	case row == deployedRow:
		t.Open(routeTo(p.run.integration, p.run.kind, p.run.name))
	default:
		p.showResult(t)
	}
}

func (p *runPage) showResult(t *screen.Turn) {
	t.Show(screen.NewJSONPage("Result of "+p.run.name, p.run.now.result))
}

// value is what is copied of a row, and what it is called.
func (p *runPage) value(row string) (what, text string) {
	switch now := p.run.now; row {
	case failureRow:
		return "error", now.Failure.Message
	case payloadRow:
		return "what the failure carries", string(now.Failure.Payload)
	case outputRow:
		return "output", now.Output
	case resultRow:
		return "result", string(now.result)
	case deployedRow:
		return "name of the function", p.run.name
	}
	return "id of the run", p.run.now.ID
}
