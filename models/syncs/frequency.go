package syncs

import (
	"cmp"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldFrequency = "frequency"

// frequencyForm shows in words what the typed frequency means.
type frequencyForm struct{ screen.Form }

func (g target) setFrequency(t *screen.Turn) {
	now := g.syncs[0]
	fields := form.New(form.Field{
		ID: fieldFrequency, Title: "How often " + g.about() + " runs", Value: now.Frequency, Check: checkFrequency,
		About: textAboutFrequency,
	})
	e := &frequencyForm{screen.Form{
		Name: "Frequency of " + now.Name.String(), Operation: nango.OpSyncFrequency, Fields: fields,
		Paths: map[string]string{fieldFrequency: fieldFrequency},
	}}
	e.Submit = func(t *screen.Turn, values form.Values) { g.proposeFrequency(t, e, now, values[fieldFrequency]) }
	t.Show(e)
}

func (e *frequencyForm) View(f ui.Frame) string {
	text := frequencyInWords(e.Fields.Values()[fieldFrequency])
	above := e.Fields.Height(f) + 1
	if text == "" || above+2 > f.Height {
		return e.Form.View(f)
	}
	lines := strings.Split(e.Form.View(f), "\n")
	lines[above] = ui.Line{ui.Styled(ui.RoleStrong, "  "+text)}.View(f, f.Width)
	return strings.Join(lines, "\n")
}

func checkFrequency(text string) error {
	if text == "" {
		return nil
	}
	_, err := nango.ParseFrequency(text)
	return err
}

// frequencyInWords says what a frequency means, and how many runs a day that is.
func frequencyInWords(text string) string {
	if text == "" {
		return textFunctionFrequency
	}
	every, err := nango.ParseFrequency(text)
	if err != nil {
		return ""
	}
	words := "The sync runs " + nango.FrequencyText(every)
	if runs := int(24 * time.Hour / every); runs > 1 {
		words += ", " + ui.Count(runs).String() + " times a day"
	}
	return words + "."
}

func (g target) proposeFrequency(t *screen.Turn, e *frequencyForm, now screen.SyncView, text string) {
	if text == now.Frequency && text != "" {
		e.ShowUnchanged()
		return
	}
	var w *outcomeWatch
	w = send(t, g, goalFrequency(text), screen.Proposal[string]{
		Request: nango.SetFrequency(g.connection, now.Name, text).Keeping(nango.Undo{
			Before: nango.FrequencyContent(now.Frequency), After: nango.FrequencyContent(text),
		}), Title: "Set frequency", ConfirmLabel: "Set",
		Consequences: []string{frequencyInWords(text), textFrequencyConsequence},
		Before:       "frequency: " + now.Frequency, After: "frequency: " + cmp.Or(text, "its function's own"),
		Then: func(t *screen.Turn, kept string, err error) {
			w.goal = goalFrequency(cmp.Or(text, kept)) // what was sent first: Nango's response has units that it doesn't accept itself
			e.HandleResult(t, err)
		},
	})
}
