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

// frequencyForm says in words what is typed.
type frequencyForm struct{ screen.Form }

// setFrequency opens the form for how often one sync of a connection runs.
func (g target) setFrequency(t *screen.Turn) {
	now := g.syncs[0]
	e := &frequencyForm{screen.Form{Name: "Frequency of " + now.Name.String(), Operation: nango.OpSyncFrequency, Fields: form.New(form.Field{
		ID: fieldFrequency, Title: "How often " + g.about() + " runs", Value: now.Frequency, Check: checkFrequency,
		About: `Such as "every 5 minutes", "30s", "1h", "every day", "every half hour"; 30 seconds at least. Empty goes back ` +
			`to what its function says.`,
	}), Paths: map[string]string{fieldFrequency: fieldFrequency}}}
	e.Submit = func(t *screen.Turn, values form.Values) { g.proposeFrequency(t, e, now, values[fieldFrequency]) }
	t.Show(e)
}

// View draws the form, and what is typed in words right below.
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

// checkFrequency says what is wrong with a frequency while it is typed.
func checkFrequency(text string) error {
	if text == "" {
		return nil
	}
	_, err := nango.ParseFrequency(text)
	return err
}

// frequencyInWords is what a frequency means, and how many runs a day it comes to.
func frequencyInWords(text string) string {
	if text == "" {
		return "It runs as often as its function says."
	}
	every, err := nango.ParseFrequency(text)
	if err != nil {
		return ""
	}
	words := "It runs " + nango.FrequencyText(every)
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
	w := newFollow(g, toRunEvery(text))
	screen.Propose(t, screen.Proposal[string]{
		Request: nango.SetFrequency(g.of, now.Name, text), Title: "Set the frequency", About: g.about(), ConfirmLabel: "Set",
		SuccessText:  tookIt("Set the frequency"),
		Consequences: []string{frequencyInWords(text), "It holds for this connection alone, until it is set back."},
		Before:       "frequency: " + now.Frequency, After: "frequency: " + frequencySent(text),
		OnSent: func(t *screen.Turn) { t.Watch(w) }, OutlivesScreen: true,
		Then: func(t *screen.Turn, kept string, err error) {
			w.goal = toRunEvery(cmp.Or(text, kept)) // what was sent first: Nango's own wording has units that it does not take
			w.answered(t, err)
			e.HandleResult(t, err)
		},
	})
}

func frequencySent(text string) string { return cmp.Or(text, "its function's own") }
