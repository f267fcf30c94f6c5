package records

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// progressStep is how often a screen is drawn while work off App's goroutine goes on.
const progressStep = 200 * time.Millisecond

const fieldExpression = "expression"

// expression is the line of a jq expression, and what it came to.
type expression struct {
	// form is there while one types.
	form *form.Form
	// typed is what stood in the line when it was left without applying it.
	typed string
	// text is the expression in force; empty for none.
	text     string
	task     screen.Task[outcome]
	progress *progress
	// result is what the expression came to; text has nothing yet while its first run is under way.
	result outcome
	// failed is why the run was given up.
	failed error
}

// forget takes the expression away.
func (e *expression) forget() {
	e.text, e.result, e.failed, e.progress = "", outcome{}, nil, nil
}

// typeExpression opens the line, with what was being typed there or what is in force.
func (l *List) typeExpression(*screen.Turn) {
	l.Filter.Blur()
	l.line.form = form.New(form.Field{
		ID: fieldExpression, Title: "jq expression", Value: cmp.Or(l.line.typed, l.line.text),
		About: `.score > 10 or select(.email | test("@acme")) chooses records; .email, {id, name} gives values.`,
		Check: func(text string) error { return checkExpression(strings.TrimSpace(text)) },
	})
}

// useExpression applies what was typed to what is loaded. Nothing typed takes the expression away.
func (l *List) useExpression(t *screen.Turn) {
	if !l.line.form.Submit() {
		return
	}
	values, _ := l.line.form.Submitted()
	l.line.form, l.line.typed = nil, ""
	l.line.task.Stop(t)
	l.dropExpression()
	if text := strings.TrimSpace(values[fieldExpression]); text != "" {
		l.line.text = text
		l.apply(t)
	}
}

// closeExpression leaves the line. It may have taken long to type, so it is there again when the line is opened.
func (l *List) closeExpression(*screen.Turn) {
	l.line.typed = l.line.form.Values()[fieldExpression]
	l.line.form = nil
}

// dropExpression shows all records again.
func (l *List) dropExpression() {
	l.line.forget()
	l.show(nil)
	l.sift()
}

// stopExpression ends the run that is under way, and takes the expression away.
func (l *List) stopExpression(t *screen.Turn) {
	l.line.task.Stop(t)
	l.dropExpression()
}

// apply runs the expression over what is loaded now.
func (l *List) apply(t *screen.Turn) {
	code, err := compile(l.line.text)
	if err != nil { // it was checked when it was typed
		l.line.failed = err
		return
	}
	subjects := make([]subject, 0, l.table.Len())
	for r := range l.table.Each() {
		subjects = append(subjects, subject{r.id, r.raw})
	}
	p := &progress{total: int64(len(subjects))}
	l.line.progress, l.line.failed = p, nil
	l.line.task.Start(t, func(ctx context.Context, tools screen.Tools) (outcome, error) {
		return apply(ctx, tools, code, subjects, p, wantAny)
	}, l.applied)
}

func (l *List) applied(*screen.Turn) {
	if err := l.line.task.Err; err != nil {
		l.line.failed = err
		return
	}
	l.line.result = l.line.task.Value
	l.line.task.Value = outcome{}
	l.show(l.line.result.values)
	l.sift()
}

// rerun applies the expression again when more was read.
func (l *List) rerun(t *screen.Turn) {
	if l.line.text != "" {
		l.apply(t)
	}
}

// show puts the values in place of the records, or the records in place of the values.
func (l *List) show(values []value) {
	if values == nil {
		l.values, l.Rows = nil, l.table
		return
	}
	l.values = newValues(values)
	l.Rows = l.values
}

// lines say what the expression is, how far it is, and what it came to.
func (l *List) expressionLines(f ui.Frame) []ui.Line {
	e := &l.line
	if e.text == "" {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleAccent, " | "), f.Styled(ui.RoleStrong, e.text)}
	role, said := l.expressionSaid(f)
	end := ui.Line{ui.Styled(role, "  "+said)}
	if line.Width()+end.Width() <= f.Width {
		return append([]ui.Line{append(line, end...)}, l.failures(f)...)
	}
	if role != ui.RoleMuted { // a reason, which has to be read to its end
		return append([]ui.Line{line}, notes(f, ui.Line{ui.Styled(role, said)})...)
	}
	line[1].Text = line[1].Text.Truncate(max(f.Width-end.Width(), f.Width/2) - line[0].Text.Width())
	return append([]ui.Line{append(line, end...)}, l.failures(f)...)
}

// failures says for how many records the expression failed, and why for the first of them.
func (l *List) failures(f ui.Frame) []ui.Line {
	o := &l.line.result
	if o.failed == 0 || l.line.task.IsRunning() {
		return nil
	}
	return notes(f, ui.Line{ui.Styled(ui.RoleWarn, "✗ failed for "+ui.Count(o.failed).String()+", first for "),
		f.Styled(ui.RoleStrong, short(o.failedID)), ui.Styled(ui.RoleWarn, ": "), f.Styled(ui.RoleWarn, short(o.failure))})
}

// expressionSaid is the count, or why there is none.
func (l *List) expressionSaid(f ui.Frame) (ui.Role, string) {
	e := &l.line
	o := &e.result
	over := ui.Pluralize(o.over, "record")
	switch {
	case e.task.IsRunning():
		return ui.RoleMuted, "at " + ui.Count(int(e.progress.done.Load())).String() + " of " + ui.Count(int(e.progress.total)).String() +
			strings.TrimRight(" · "+screen.Key(f, screen.ClearFilter)+" stops", " ")
	case errors.Is(e.failed, context.Canceled):
		return ui.RoleWarn, "stopped"
	case e.failed != nil:
		return ui.RoleBad, "✗ " + e.failed.Error()
	case o.stopped != nil:
		return ui.RoleWarn, "✗ stopped after " + over + ": " + o.stopped.Error()
	case o.kept != nil:
		return ui.RoleMuted, ui.Count(len(o.kept)).String() + " of " + over
	}
	return ui.RoleMuted, ui.Pluralize(len(o.values), "value") + " of " + over
}
