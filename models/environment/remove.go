package environment

import (
	"errors"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// nobodyKnows is said of what was not made here.
const nobodyKnows = "It was not made here, so there is no name to check the number by: nothing tells which one it is. Look at it once more."

// otherEnvironmentForm deletes an environment by its number.
func (p *Page) otherEnvironmentForm() *screen.Form {
	s := &screen.Form{Name: "Delete environment", Operation: nango.OpEnvironmentDelete,
		Paths: map[string]string{"environmentId": fieldNumber}, Fields: form.New(
			form.Field{ID: fieldNumber, Title: "Number of the environment", Check: checkNumber, About: "There is no name to check it by."})}
	s.Submit = func(t *screen.Turn, v form.Values) {
		p.proposeDelete(t, p.named(newThing(t, kindEnvironment, numberOf(v[fieldNumber]), "")), s)
	}
	return s
}

// otherKeyForm deletes an API key by its number and its environment's.
func (p *Page) otherKeyForm() *screen.Form {
	fields := append(whichEnvironment(p.account.of(kindEnvironment), 0), form.Field{
		ID: fieldKeyNumber, Title: "Number of the key", Check: checkNumber, About: "There is no name to check it by.",
	})
	s := &screen.Form{Name: "Delete API key", Operation: nango.OpAPIKeyDelete, Fields: form.New(fields...), Paths: map[string]string{
		"environment_id": fieldNumber, "key_id": fieldKeyNumber,
	}}
	s.Submit = func(t *screen.Turn, v form.Values) {
		m := newThing(t, kindKey, numberOf(v[fieldKeyNumber]), "")
		m.Environment = environmentOf(v)
		p.proposeDelete(t, p.named(m), s)
	}
	return s
}

// named is the thing as it was noted, where it was made here after all.
func (p *Page) named(m thing) thing {
	if noted, ok := p.account.at(m.row()); ok {
		return noted
	}
	return m
}

// proposeDelete proposes to delete something: by the form that asked for it, or from the page where s is nil.
func (p *Page) proposeDelete(t *screen.Turn, m thing, s *screen.Form) {
	proposal := screen.Proposal[nango.Success]{
		Title: "Delete environment", Request: nango.DeleteEnvironment(m.Number), About: m.about(),
		Consequences: []string{
			"Goes for good: its integrations, its connections with their credentials, its syncs, records and functions, and its API keys.",
			"None of it was counted: a key of the account cannot look into an environment.",
		},
		OutlivesScreen: true,
		Then:           func(t *screen.Turn, _ nango.Success, err error) { p.deleted(t, m, s, err) },
	}
	if m.Kind == kindKey {
		proposal.Title, proposal.Request = "Delete API key", nango.DeleteAPIKey(m.Environment, m.Number)
		proposal.About += " · of " + nameOf(p.account.here, m.Environment)
		proposal.Consequences = []string{"Whatever uses the key is shut out at once."}
	}
	if m.Name == "" {
		proposal.Consequences = append([]string{nobodyKnows}, proposal.Consequences...)
	}
	screen.Propose(t, proposal)
}

// about names the thing in a dialog.
func (m thing) about() string {
	if m.Name == "" {
		return fmt.Sprintf("%s %d", m.Kind, m.Number)
	}
	return fmt.Sprintf("%s (%s %d)", m.Name, m.Kind, m.Number)
}

// deleted forgets what is gone, or was not there any more.
func (p *Page) deleted(t *screen.Turn, m thing, s *screen.Form, err error) {
	if s != nil {
		s.HandleResult(t, err)
	}
	if err == nil || errors.Is(err, nango.NotFound) {
		p.account.gone = append(p.account.gone, m)
	}
	if s == nil && errors.Is(err, nango.NotFound) {
		p.Refresh(t)
	}
}
