package integrations

import (
	"encoding/json"
	"slices"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

func create(t *testing.T, provider string) *CreateForm {
	t.Helper()
	s, err := NewCreate(screen.To("new-integration", provider))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// form is the form on the stage.
func (w *world) form() *form.Form {
	w.t.Helper()
	var form *form.Form
	switch s := w.Screen.(type) {
	case *CreateForm:
		form = s.Fields
	case *EditForm:
		form = s.Fields
	}
	if form == nil {
		w.t.Fatalf("no form is open:\n%s", w.View())
	}
	return form
}

// making is a form for a new integration in a wide terminal.
func (w *world) making(provider string) *world {
	w.t.Helper()
	w.open(create(w.t, provider))
	w.Width, w.Height = 120, 60
	return w
}

// fill fills in the form, a field and its value at a time.
func (w *world) fill(pairs ...string) *world {
	w.t.Helper()
	for pair := range slices.Chunk(pairs, 2) {
		w.form().Set(pair[0], pair[1])
	}
	return w
}

// sends submits the form, agrees, and gives back what was sent.
func (w *world) sends() map[string]any {
	w.t.Helper()
	w.Do(screen.Submit)
	body := w.proposed()
	if err := w.Confirm(); err != nil {
		w.t.Fatal(err)
	}
	return body
}

// proposed is the body of what is proposed.
func (w *world) proposed() map[string]any {
	w.t.Helper()
	var body map[string]any
	if err := json.Unmarshal(w.Proposal().Call.Body, &body); err != nil {
		w.t.Fatal(err)
	}
	return body
}

// refuses submits the form, which must say why it is not proposed.
func (w *world) refuses(why string) {
	w.t.Helper()
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		w.t.Errorf("it is proposed, and not refused since %q", why)
		w.Proposals = nil
		return
	}
	w.See(why)
}

func same(t *testing.T, got any, want string) {
	t.Helper()
	raw, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var wanted any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(wanted)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) != string(again) {
		t.Errorf("sent\n%s, want\n%s", raw, again)
	}
}
