package functions

import (
	"strconv"
	"strings"
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
	screen.FieldsPage
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
	row := p.Fields.Selected()
	content := p.content(row)
	opens := content.title != "" || row == deployedRow || strings.HasPrefix(row, lineRow)
	noResult := screen.DisabledIf(len(p.run.status.result) == 0, textNoResult)
	noFile := screen.DisabledIf(p.run.file == nil, textUnknownTemplateCode)
	return append([]screen.Action{
		{ID: RunOpen, Title: "Open", Disabled: screen.DisabledIf(!opens, textNothingToOpen), Do: func(t *screen.Turn) { p.open(t, row) }},
		{ID: RunResult, Title: "Show result", HideInFooter: noResult != "", Disabled: noResult,
			Do: func(t *screen.Turn) { p.open(t, resultRow) }},
		{ID: RunSource, Title: "Show source", Disabled: noFile,
			Do: func(t *screen.Turn) { t.Show(newAnnotatedCode(p.run.file, p.locations(), 0)) }},
		{ID: RunCopy, Title: "Copy", Disabled: copyDisabled(row), Do: content.copy},
	}, screen.MoveActions(&p.Fields)...)
}

func (p *runPage) locations() []errorLocation {
	if p.run.status.Failure == nil {
		return nil
	}
	return findLocations(p.run.status.Failure.Message + "\n" + string(p.run.status.Failure.Payload))
}

func (p *runPage) open(t *screen.Turn, row string) {
	content := p.content(row)
	line, isLine := strings.CutPrefix(row, lineRow)
	switch {
	case isLine:
		number, _ := strconv.Atoi(line) // a row id of this page
		t.Show(newAnnotatedCode(p.run.file, p.locations(), number))
	case row == deployedRow:
		t.Open(routeTo(p.run.integration, p.run.kind, p.run.name))
	default:
		t.Show(screen.NewJSONPage(content.title, content.raw))
	}
}

func (p *runPage) content(row string) rowContent {
	switch now := p.run.status; row {
	case failureRow:
		return rowContent{what: "error", text: now.Failure.Message}
	case payloadRow:
		return rowContent{what: "error payload", title: "Error payload", raw: now.Failure.Payload}
	case outputRow:
		return rowContent{what: "output", text: now.Output}
	case resultRow:
		return rowContent{what: "result", title: "Result of " + p.run.name, raw: now.result}
	case deployedRow:
		return rowContent{what: "function name", text: p.run.name}
	}
	return rowContent{what: "run id", text: p.run.status.ID}
}
