package functions

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

func (p *runPage) View(f ui.Frame) string {
	r := p.run
	now := runShown{r.status.State, len(r.status.Output), r.pollErr != nil, r.endedAt}
	if p.shown != now {
		p.Rebuild(nil)
	}
	below := f.Sized(f.Width, max(f.Height-2, 0))
	body := p.Draw(below, p.sections)
	if p.shown.state != now.state || p.shown.lost != now.lost { // show the result
		p.Rows.Top()
		body = p.Rows.View(below)
	}
	p.shown = now
	head := p.state(f).View(f, f.Width-1)
	if f.Height < 4 {
		return screen.FirstLines(" "+head, f.Height)
	}
	return " " + head + "\n\n" + body
}

func (p *runPage) state(f ui.Frame) ui.Line {
	r := p.run
	switch {
	case r.pollErr != nil:
		return ui.Line{f.Styled(ui.RoleWarn, textStateOutcomeUnknown+r.pollErr.Error())}
	case r.hasFailed():
		return ui.Line{f.Styled(ui.RoleBad, "✗ failed"+tookText(r.status.Duration))}
	case r.hasEnded():
		return ui.Line{f.Styled(ui.RoleGood, "✓ succeeded"+tookText(r.status.Duration))}
	}
	line := ui.Line{f.Styled(ui.RoleAccent, "… "+string(r.status.State)+" for "+seconds(f.Now.Sub(r.start)))}
	if r.load.HasFailed() {
		return append(line, f.Styled(ui.RoleWarn, textCouldntLoadStatus+r.load.Err.Error()))
	}
	return append(line, ui.Styled(ui.RoleMuted, textContinuesIfYouLeave))
}

// seconds formats an elapsed time: "4 s", "2 min 3 s".
func seconds(d time.Duration) string {
	s := max(0, int(d/time.Second))
	if s < 60 {
		return fmt.Sprintf("%d s", s)
	}
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}

func tookText(took time.Duration) string {
	switch {
	case took <= 0:
		return ""
	case took < time.Minute:
		return fmt.Sprintf(" after %.1f s", took.Seconds())
	}
	return " after " + seconds(took)
}

func (p *runPage) sections(f ui.Frame) []ui.Section {
	var all []ui.Section
	if p.run.hasFailed() {
		all = append(all, p.failure(f))
	}
	if p.run.status.State == nango.RunSuccess {
		all = append(all, p.resultSection(f))
	}
	return append(append(all, ui.At(ui.Below, p.output(f))...), ui.At(ui.Side, p.about(f))...)
}

func (p *runPage) failure(f ui.Frame) ui.Section {
	section := ui.Section{Title: "ERROR"}
	why := p.run.status.Failure
	if why == nil {
		section.Rows = ui.TextRows(textNoReason)
		return section
	}
	section.Note = ui.Line{f.Styled(ui.RoleWarn, originText(why.Origin()))}
	section.Rows = append(section.Rows, failureText(f, why.Code, why.Message))
	p.OnRow(failureRow, screen.Copies("error", why.Message))
	if p.run.file != nil {
		section.Rows = append(section.Rows, locationRows(&p.Page, f, p.run.file, p.locations())...)
	}
	if len(why.Payload) > 0 {
		p.AddRow(&section, f, payloadRow, "Payload", ui.Bytes(int64(len(why.Payload))).String()+" of JSON",
			opensJSON("error payload", "Error payload", why.Payload))
	}
	return section
}

func originText(origin nango.Origin) string {
	switch origin {
	case nango.OriginFunction:
		return textOriginFunction
	case nango.OriginProvider:
		return textOriginProvider
	case nango.OriginNango:
		return textOriginNango
	case nango.OriginClient:
		return textOriginClient
	}
	return "of unknown origin"
}

// maxFailure is the maximum number of lines of an error on the page.
const maxFailure = 60

func failureText(f ui.Frame, code, message string) ui.Row {
	row := ui.Row{ID: failureRow, Label: f.Text(code).String()}
	for i, line := range strings.Split(strings.TrimRight(message, "\n"), "\n") {
		if i == maxFailure {
			row.Lines = append(row.Lines, ui.Muted(textMoreLines))
			break
		}
		row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleBad, strings.ReplaceAll(line, "\t", "    "))})
	}
	return row
}

func (p *runPage) resultSection(f ui.Frame) ui.Section {
	if p.run.connection.ID != "" {
		return ui.Section{Title: "RESULT", Rows: []ui.Row{
			p.Row(f, resultRow, "Returned", resultText(f, p.run.status.result), p.result()),
		}}
	}
	name := p.run.name
	if len(p.run.status.deployed) > 0 {
		name = deployedNames(p.run.status.deployed)
	}
	deployed := screen.Copies("function name", p.run.name)
	deployed.Open = routeTo(p.run.integration, p.run.kind, p.run.name).Open
	return ui.Section{Title: "DEPLOYED", Rows: []ui.Row{p.Row(f, deployedRow, "Function", name, deployed)}}
}

// shortResult is the maximum size of a result on the page, in bytes.
const shortResult = 240

// resultText is a short result with masked secrets, or the size of a longer one.
func resultText(f ui.Frame, result json.RawMessage) string {
	switch n := len(result); {
	case n == 0:
		return "nothing"
	case n > shortResult:
		return strings.TrimSpace(ui.Bytes(int64(n)).String() + " of JSON. " + screen.Hint(f, RunResult, "shows it"))
	}
	return string(nango.MaskJSONBy(result, f.Mask))
}

// output shows the newest log lines.
func (p *runPage) output(f ui.Frame) ui.Section {
	section := ui.Section{Title: "OUTPUT"}
	text := strings.TrimRight(p.run.status.Output, "\n")
	if text == "" {
		section.Rows = ui.TextRows(map[bool]string{true: "no output", false: "no output yet"}[p.run.hasEnded()])
		return section
	}
	lines := strings.Split(text, "\n")
	row := ui.Row{ID: outputRow}
	p.OnRow(outputRow, screen.Copies("output", p.run.status.Output))
	if more := len(lines) - maxOutput; more > 0 {
		row.Lines = append(row.Lines, ui.Muted("… "+count(more)+textEarlierLines))
		lines = lines[more:]
	}
	for _, line := range lines {
		row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleText, strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    "))})
	}
	section.Rows = []ui.Row{row}
	return section
}

func (p *runPage) about(f ui.Frame) ui.Section {
	r := p.run
	section := ui.Section{Title: "ABOUT"}
	section.AddRow(f, "", "Integration", r.integration)
	section.AddRow(f, "", "Connection", r.connection.ID)
	section.AddRow(f, "", "Type", string(r.kind))
	if r.file != nil {
		section.AddRow(f, "", "File", r.file.path)
	}
	section.Rows = append(section.Rows, ui.Row{ID: "id", Label: "Run id", Lines: []ui.Line{{f.Styled(ui.RoleMuted, r.status.ID)}}})
	return section
}
