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
	draft string
	// text is the expression in force; empty for none.
	text     string
	task     screen.Task[result]
	progress *progress
	// result is what the expression came to; text has nothing yet while its first run is under way.
	result result
	// failed is why the run was given up.
	failed error
}

// forget takes the expression away.
func (e *expression) reset() {
	e.text, e.result, e.failed, e.progress = "", result{}, nil, nil
}

// typeExpression opens the line, with what was being typed there or what is in force.
func (l *List) openExpression(*screen.Turn) {
	l.Filter.Blur()
	l.expr.form = form.New(form.Field{
		ID: fieldExpression, Title: "jq expression", Value: cmp.Or(l.expr.draft, l.expr.text),
		About: `.score > 10 or select(.email | test("@acme")) chooses records; .email, {id, name} gives values.`,
		Check: func(text string) error { return checkExpression(strings.TrimSpace(text)) },
	})
}

// useExpression applies what was typed to what is loaded. Nothing typed takes the expression away.
func (l *List) submitExpression(t *screen.Turn) {
	if !l.expr.form.Submit() {
		return
	}
	values, _ := l.expr.form.Submitted()
	l.expr.form, l.expr.draft = nil, ""
	l.expr.task.Stop(t)
	l.clearExpression()
	if text := strings.TrimSpace(values[fieldExpression]); text != "" {
		l.expr.text = text
		l.apply(t)
	}
}

// closeExpression leaves the line. It may have taken long to type, so it is there again when the line is opened.
func (l *List) closeExpression(*screen.Turn) {
	l.expr.draft = l.expr.form.Values()[fieldExpression]
	l.expr.form = nil
}

// dropExpression shows all records again.
func (l *List) clearExpression() {
	l.expr.reset()
	l.show(nil)
	l.refilter()
}

// stopExpression ends the run that is under way, and takes the expression away.
func (l *List) stopExpression(t *screen.Turn) {
	l.expr.task.Stop(t)
	l.clearExpression()
}

// apply runs the expression over what is loaded now.
func (l *List) apply(t *screen.Turn) {
	code, err := compile(l.expr.text)
	if err != nil { // it was checked when it was typed
		l.expr.failed = err
		return
	}
	inputs := make([]input, 0, l.table.Len())
	for r := range l.table.Each() {
		inputs = append(inputs, input{r.id, r.raw})
	}
	p := &progress{total: int64(len(inputs))}
	l.expr.progress, l.expr.failed = p, nil
	l.expr.task.Start(t, func(ctx context.Context, tools screen.Tools) (result, error) {
		return apply(ctx, tools, code, inputs, p, modeAuto)
	}, l.showResult)
}

func (l *List) showResult(*screen.Turn) {
	if err := l.expr.task.Err; err != nil {
		l.expr.failed = err
		return
	}
	l.expr.result = l.expr.task.Value
	l.expr.task.Value = result{}
	l.show(l.expr.result.values)
	l.refilter()
}

// rerun applies the expression again when more was read.
func (l *List) reapply(t *screen.Turn) {
	if l.expr.text != "" {
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
	e := &l.expr
	if e.text == "" {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleAccent, " | "), f.Styled(ui.RoleStrong, e.text)}
	role, said := l.expressionStatus(f)
	end := ui.Line{ui.Styled(role, "  "+said)}
	if line.Width()+end.Width() <= f.Width {
		return append([]ui.Line{append(line, end...)}, l.failureLines(f)...)
	}
	if role != ui.RoleMuted { // a reason, which has to be read to its end
		return append([]ui.Line{line}, notes(f, ui.Line{ui.Styled(role, said)})...)
	}
	line[1].Text = line[1].Text.Truncate(max(f.Width-end.Width(), f.Width/2) - line[0].Text.Width())
	return append([]ui.Line{append(line, end...)}, l.failureLines(f)...)
}

// failures says for how many records the expression failed, and why for the first of them.
func (l *List) failureLines(f ui.Frame) []ui.Line {
	o := &l.expr.result
	if o.failed == 0 || l.expr.task.IsRunning() {
		return nil
	}
	return notes(f, ui.Line{ui.Styled(ui.RoleWarn, "✗ failed for "+ui.Count(o.failed).String()+", first for "),
		f.Styled(ui.RoleStrong, truncateID(o.failedID)), ui.Styled(ui.RoleWarn, ": "), f.Styled(ui.RoleWarn, truncateID(o.failure))})
}

// expressionSaid is the count, or why there is none.
func (l *List) expressionStatus(f ui.Frame) (ui.Role, string) {
	e := &l.expr
	o := &e.result
	over := ui.Pluralize(o.applied, "record")
	switch {
	case e.task.IsRunning():
		return ui.RoleMuted, "at " + ui.Count(int(e.progress.done.Load())).String() + " of " + ui.Count(int(e.progress.total)).String() +
			strings.TrimRight(" · "+screen.Key(f, screen.ClearFilter)+" stops", " ")
	case errors.Is(e.failed, context.Canceled):
		return ui.RoleWarn, "stopped"
	case e.failed != nil:
		return ui.RoleBad, "✗ " + e.failed.Error()
	case o.stopReason != nil:
		return ui.RoleWarn, "✗ stopped after " + over + ": " + o.stopReason.Error()
	case o.matches != nil:
		return ui.RoleMuted, ui.Count(len(o.matches)).String() + " of " + over
	}
	return ui.RoleMuted, ui.Pluralize(len(o.values), "value") + " of " + over
}
