package records

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// progressStep is how often a screen is redrawn during background work.
const progressStep = 200 * time.Millisecond

const fieldExpression = "expression"

// expression is the line of a jq expression, and its result.
type expression struct {
	// form is the input; nil while it is closed.
	form *form.Form
	// draft is the input when the line was closed without applying it.
	draft string
	// text is the applied expression; empty for none.
	text     string
	task     screen.Task[result]
	progress *progress
	// result is the result of text. It is empty during its first run.
	result result
	failed error
}

func (e *expression) reset() {
	e.text, e.result, e.failed, e.progress = "", result{}, nil, nil
}

func (l *List) openExpression(*screen.Turn) {
	l.Filter.Blur()
	l.expr.form = form.New(form.Field{
		ID: fieldExpression, Title: textExpression, Value: cmp.Or(l.expr.draft, l.expr.text),
		About: textExpressionAbout,
		Check: form.Optional(func(text string) error {
			_, err := compile(strings.TrimSpace(text))
			return err
		}),
	})
}

// submitExpression applies the input to the loaded records. Empty input removes the expression.
func (l *List) submitExpression(t *screen.Turn) {
	if !l.expr.form.Submit() {
		return
	}
	values, _ := l.expr.form.Submitted()
	l.expr.form, l.expr.draft = nil, ""
	l.stopExpression(t)
	if text := strings.TrimSpace(values[fieldExpression]); text != "" {
		l.expr.text = text
		l.apply(t)
	}
}

// closeExpression closes the line and keeps the input as a draft.
func (l *List) closeExpression(*screen.Turn) {
	l.expr.draft = l.expr.form.Values()[fieldExpression]
	l.expr.form = nil
}

func (l *List) clearExpression() {
	l.expr.reset()
	l.show(nil)
	l.refilter()
}

func (l *List) stopExpression(t *screen.Turn) {
	l.expr.task.Stop(t)
	l.clearExpression()
}

func (l *List) apply(t *screen.Turn) {
	code, err := compile(l.expr.text)
	if err != nil { // it was checked while typing
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

// show shows values; nil shows the records.
func (l *List) show(values []value) {
	if values == nil {
		l.values, l.Rows = nil, l.table
		return
	}
	l.values = newValues(values)
	l.Rows = l.values
}

func (l *List) expressionLines(f ui.Frame) []ui.Line {
	e := &l.expr
	if e.text == "" {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleAccent, " | "), f.Styled(ui.RoleStrong, e.text)}
	role, status := l.expressionStatus(f)
	end := ui.Line{ui.Styled(role, "  "+status)}
	if line.Width()+end.Width() <= f.Width {
		return append([]ui.Line{append(line, end...)}, l.failureLines(f)...)
	}
	if role != ui.RoleMuted { // a reason must be readable to its end
		return append([]ui.Line{line}, notes(f, ui.Line{ui.Styled(role, status)})...)
	}
	line[1].Text = line[1].Text.Truncate(max(f.Width-end.Width(), f.Width/2) - line[0].Text.Width())
	return append([]ui.Line{append(line, end...)}, l.failureLines(f)...)
}

// failureLines show for how many records the expression failed, and the first error.
func (l *List) failureLines(f ui.Frame) []ui.Line {
	o := &l.expr.result
	if o.failed == 0 || l.expr.task.IsRunning() {
		return nil
	}
	return notes(f, ui.Line{
		ui.Styled(ui.RoleWarn, fmt.Sprintf(textFailedFor, ui.Count(o.failed))), f.Styled(ui.RoleStrong, truncate(o.failedID, maxCell)),
		ui.Styled(ui.RoleWarn, ": "), f.Styled(ui.RoleWarn, truncate(o.failure, maxCell)),
	})
}

// expressionStatus is the count, or why there is none.
func (l *List) expressionStatus(f ui.Frame) (ui.Role, string) {
	e := &l.expr
	o := &e.result
	over := ui.Pluralize(o.applied, "record")
	switch {
	case e.task.IsRunning():
		return ui.RoleMuted, fmt.Sprintf(textAt, ui.Count(int(e.progress.done.Load())), ui.Count(int(e.progress.total))) +
			strings.TrimRight(" · "+screen.Key(f, screen.ClearFilter)+textStops, " ")
	case errors.Is(e.failed, context.Canceled):
		return ui.RoleWarn, "stopped"
	case e.failed != nil:
		return ui.RoleBad, "✗ " + e.failed.Error()
	case o.stopReason != nil:
		return ui.RoleWarn, fmt.Sprintf(textStoppedAfter, over, o.stopReason)
	case o.matches != nil:
		return ui.RoleMuted, ui.Count(len(o.matches)).String() + textOf + over
	}
	return ui.RoleMuted, ui.Pluralize(len(o.values), "value") + textOf + over
}
