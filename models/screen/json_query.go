package screen

import (
	"context"
	"encoding/json"
	"strings"

	"nango-tui/ui"
	"nango-tui/ui/form"
)

// JSONQuery is the id of the action that applies a jq expression to a JSON text.
const JSONQuery ActionID = "json.query"

const fieldQuery = "expression"

// queryForm asks for a jq expression. What it returns is shown on a page; leaving that leads back to the expression.
type queryForm struct {
	Form
	raw  string
	task Task[json.RawMessage]
}

func newQueryForm(raw string) *queryForm {
	q := &queryForm{raw: raw}
	field := form.Field{ID: fieldQuery, Title: textQuery, About: textQueryAbout}
	q.Form = Form{
		Name: textQueryTitle, Fields: form.New(field), SubmitTitle: "Run", Disposable: true, Submit: q.submit,
		Busy: func() string { return DisabledIf(q.task.IsRunning(), textQueryRunning) },
		Head: func(ui.Frame) []ui.Line { return []ui.Line{{ui.Styled(ui.RoleText, textQueryNote)}} },
	}
	return q
}

// Actions runs the expression, also with enter.
func (q *queryForm) Actions() []Action {
	all := q.Form.Actions()
	run := all[0]
	run.ID = SubmitLast
	return append([]Action{run, all[0].AlsoAs(Submit)}, all[1:]...)
}

func (q *queryForm) submit(t *Turn, v form.Values) {
	text := strings.TrimSpace(v[fieldQuery])
	q.task.Start(t, func(ctx context.Context, tools Tools) (json.RawMessage, error) {
		return tools.Query(ctx, tools, text, q.raw)
	}, func(t *Turn) {
		if q.task.Err != nil {
			q.Fields.SetError(fieldQuery, q.task.Err.Error())
			return
		}
		t.Show(NewJSONPage("jq "+text, q.task.Value))
		q.task.Value = nil
	})
}
