package environment

import (
	"cmp"
	"errors"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

func (p *Page) otherEnvironmentForm() *screen.Form {
	s := &screen.Form{Name: deleteEnvironment, Operation: nango.OpEnvironmentDelete, Paths: map[string]string{"environmentId": fieldNumber},
		Fields: form.New(whichEnvironment(nil, 0, false)...)}
	s.Submit = func(t *screen.Turn, v form.Values) {
		p.proposeDelete(t, p.stored(newItem(t, kindEnvironment, numberOf(v[fieldNumber]), "")), s)
	}
	return s
}

// otherKeyForm deletes an API key by its number and its environment.
func (p *Page) otherKeyForm() *screen.Form {
	fields := append(whichEnvironment(p.account.ofKind(kindEnvironment), 0, false), form.Field{
		ID: fieldKeyNumber, Title: titleKeyNumber, Check: checkNumber, About: aboutNumber,
	})
	s := &screen.Form{Name: deleteKey, Operation: nango.OpAPIKeyDelete, Fields: form.New(fields...), Paths: map[string]string{
		"environment_id": fieldNumber, "key_id": fieldKeyNumber,
	}}
	s.Submit = func(t *screen.Turn, v form.Values) {
		m := newItem(t, kindKey, numberOf(v[fieldKeyNumber]), "")
		m.Environment = environmentOf(v)
		m.EnvironmentUUID = environmentRef(p.account.shown(), m.Environment).UUID
		p.proposeDelete(t, p.stored(m), s)
	}
	return s
}

// stored returns the stored item of the same row, or m.
func (p *Page) stored(m item) item { return *cmp.Or(p.account.find(m.row()), &m) }

// proposeDelete proposes to delete an item, from a form, or from the screen if s is nil.
func (p *Page) proposeDelete(t *screen.Turn, m item, s *screen.Form) {
	proposal := screen.Proposal[nango.Success]{
		Title: deleteEnvironment, Request: nango.DeleteEnvironment(m.environment()), About: m.about(),
		Name:         cmp.Or(m.Name, m.about()),
		Consequences: []string{deleteAll, deleteNotCounted}, OutlivesScreen: true,
		Then: func(t *screen.Turn, _ nango.Success, err error) { p.deleted(t, m, s, err) },
	}
	if m.Kind == kindKey {
		proposal.Title, proposal.Request = deleteKey, nango.DeleteAPIKey(m.key())
		proposal.About += fmt.Sprintf(textKeyOf, environmentLabel(p.account.shown(), m.Environment))
		proposal.Consequences = []string{deleteKeyEffect}
	}
	if m.Name == "" {
		proposal.Consequences = append([]string{textUnknownItem}, proposal.Consequences...)
	}
	screen.Propose(t, proposal)
}

func (m item) about() string {
	if m.Name == "" {
		return fmt.Sprintf("%s %d", m.Kind, m.Number)
	}
	return fmt.Sprintf("%s (%s %d)", m.Name, m.Kind, m.Number)
}

// deleted removes an item that was deleted, or didn't exist.
func (p *Page) deleted(t *screen.Turn, m item, s *screen.Form, err error) {
	if s != nil {
		s.HandleResult(t, err)
	}
	if err == nil || errors.Is(err, nango.NotFound) {
		p.account.deleted = append(p.account.deleted, m)
	}
	if s == nil && errors.Is(err, nango.NotFound) || errors.Is(err, nango.Moved) {
		p.Refresh(t) // a server that has moved to UUIDs lists its environments, with their names
	}
}
