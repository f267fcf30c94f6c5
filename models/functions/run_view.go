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

// View draws the run. While it goes on, its time is drawn by the second, and so in one line above the page.
func (p *runPage) View(f ui.Frame) string {
	r := p.run
	if now := (runDrawn{true, f.Width, r.now.State, len(r.now.Output), r.lost != nil, r.at}); p.drawn != now {
		ended := p.drawn.state != now.state || p.drawn.lost != now.lost
		p.page.SetSections(p.sections(f))
		if p.drawn = now; ended { // what came of it is what one wants to look at
			p.page.Top()
		}
	}
	head := p.state(f).View(f, f.Width-1)
	if f.Height < 4 {
		return screen.FirstLines(" "+head, f.Height)
	}
	return " " + head + "\n\n" + p.page.View(f.Sized(f.Width, f.Height-2))
}

// state is how far it is.
func (p *runPage) state(f ui.Frame) ui.Line {
	r := p.run
	switch {
	case r.lost != nil:
		return ui.Line{f.Styled(ui.RoleWarn, "! not known what came of it: "+r.lost.Error())}
	case r.failed():
		return ui.Line{f.Styled(ui.RoleBad, "✗ failed"+tookText(r.now.Duration))}
	case r.ended():
		return ui.Line{f.Styled(ui.RoleGood, "✓ done"+tookText(r.now.Duration))}
	}
	line := ui.Line{f.Styled(ui.RoleAccent, "… "+string(r.now.State)+" for "+seconds(f.Now.Sub(r.begun)))}
	if r.load.HasFailed() {
		return append(line, f.Styled(ui.RoleWarn, "  ! the last look failed: "+r.load.Err.Error()))
	}
	return append(line, ui.Styled(ui.RoleMuted, "; it goes on at Nango if you leave"))
}

// seconds is a time that runs: "4 s", "2 min 3 s".
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

// sections are in the order of what one wants to know: why it failed, what came out, what was logged, what it was.
func (p *runPage) sections(f ui.Frame) []ui.Section {
	var all []ui.Section
	if p.run.failed() {
		all = append(all, p.failure(f))
	}
	if p.run.now.State == nango.RunSuccess {
		all = append(all, p.came(f))
	}
	return append(all, p.output(f), p.about(f))
}

// failure says why it failed, and whose fault that is.
func (p *runPage) failure(f ui.Frame) ui.Section {
	section := ui.Section{Title: "ERROR"}
	why := p.run.now.Failure
	if why == nil {
		section.Rows = ui.TextRows("Nango does not say why.")
		return section
	}
	section.Note = ui.Line{f.Styled(ui.RoleWarn, whose(why.Origin()))}
	section.Rows = append(section.Rows, failureText(f, why.Code, why.Message))
	if p.run.file != nil {
		section.Rows = append(section.Rows, faultRows(f, p.run.file, p.faults())...)
	}
	if len(why.Payload) > 0 {
		section.Rows = append(section.Rows, f.NewRow(payloadRow, "It carries", ui.Bytes(int64(len(why.Payload))).String()+" of JSON"))
	}
	return section
}

// whose says whose error it is.
func whose(origin nango.Origin) string {
	switch origin {
	case nango.OriginFunction:
		return "of the function: look at its code"
	case nango.OriginProvider:
		return "of the provider: it refused or failed"
	case nango.OriginNango:
		return "of Nango: the code may be fine"
	case nango.OriginClient:
		return "without an answer of Nango: the code may be fine"
	}
	return "whose it is, Nango does not tell"
}

// maxFailure bounds how many lines of an error stand on the page.
const maxFailure = 60

// failureText is what Nango says of an error, line by line.
func failureText(f ui.Frame, code, message string) ui.Row {
	row := ui.Row{ID: failureRow, Label: f.Text(code).String()}
	for i, line := range strings.Split(strings.TrimRight(message, "\n"), "\n") {
		if i == maxFailure {
			row.Lines = append(row.Lines, ui.Muted("… more lines: copy it to read all"))
			break
		}
		row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleBad, strings.ReplaceAll(line, "\t", "    "))})
	}
	return row
}

// came is what came out of it.
func (p *runPage) came(f ui.Frame) ui.Section {
	if p.run.on.ID != "" {
		return ui.Section{Title: "RESULT", Rows: []ui.Row{f.NewRow(resultRow, "Given back", resultText(f, p.run.now.result))}}
	}
	name := p.run.name
	if len(p.run.now.deployed) > 0 {
		name = deployedAs(p.run.now.deployed)
	}
	return ui.Section{Title: "DEPLOYED", Rows: []ui.Row{f.NewRow(deployedRow, "Function", name)}}
}

// shortResult is how long a result may be to stand on the page itself, in bytes.
const shortResult = 240

// resultText is a short result as it is, with what is secret hidden, and the size of a longer one.
func resultText(f ui.Frame, result json.RawMessage) string {
	switch n := len(result); {
	case n == 0:
		return "nothing"
	case n > shortResult:
		return strings.TrimSpace(ui.Bytes(int64(n)).String() + " of JSON. " + screen.Hint(f, RunResult, "reads it"))
	}
	return string(nango.MaskJSONBy(result, f.Mask))
}

// output is what was logged, the newest lines of it.
func (p *runPage) output(f ui.Frame) ui.Section {
	section := ui.Section{Title: "OUTPUT"}
	text := strings.TrimRight(p.run.now.Output, "\n")
	if text == "" {
		section.Rows = ui.TextRows(map[bool]string{true: "nothing was logged", false: "nothing yet"}[p.run.ended()])
		return section
	}
	lines := strings.Split(text, "\n")
	row := ui.Row{ID: outputRow}
	if more := len(lines) - maxOutput; more > 0 {
		row.Lines = append(row.Lines, ui.Muted("… "+count(more)+" lines before: copy it to read all"))
		lines = lines[more:]
	}
	for _, line := range lines {
		row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleText, strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    "))})
	}
	section.Rows = []ui.Row{row}
	return section
}

// about is what was run.
func (p *runPage) about(f ui.Frame) ui.Section {
	r := p.run
	section := ui.Section{Title: "ABOUT", Rows: []ui.Row{f.NewRow("", "Integration", r.integration)}}
	add := func(label, value string) {
		if value != "" {
			section.Rows = append(section.Rows, f.NewRow("", label, value))
		}
	}
	add("Connection", r.on.ID)
	add("Type", string(r.kind))
	if r.file != nil {
		add("File", r.file.path)
	}
	section.Rows = append(section.Rows, ui.Row{ID: "id", Label: "Id of the run", Lines: []ui.Line{{f.Styled(ui.RoleMuted, r.now.ID)}}})
	return section
}
