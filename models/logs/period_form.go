package logs

import (
	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

const fieldPeriod = "period"

// newPeriodForm is a form for any period.
func newPeriodForm(l *List) *screen.Form {
	check := func(text string) error {
		_, err := parsePeriod(text)
		return err
	}
	s := &screen.Form{Name: actionPeriod, SubmitTitle: screen.TextOpen, Disposable: true, Fields: form.New(form.Field{
		ID: fieldPeriod, Title: titlePeriod, Value: l.scope.period.String(), About: aboutPeriod, RequiredIf: form.Always, Check: check})}
	s.Submit = func(t *screen.Turn, values form.Values) {
		p, err := parsePeriod(values[fieldPeriod])
		if err != nil {
			s.Fields.SetError(fieldPeriod, err.Error())
			return
		}
		t.Back()
		l.scope.period = p
		l.periodChanged = true
	}
	return s
}
