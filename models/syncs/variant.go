package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldVariant = "variant"

func (g target) newVariant(t *screen.Turn) {
	base := g.syncs[0].Name.Name
	e := &screen.Form{Name: "New variant of " + base, Operation: nango.OpVariantCreate, Fields: form.New(form.Field{
		ID: fieldVariant, Title: textNameOfVariant + base + " · " + g.where(), Check: nango.CheckVariant,
		About: textAboutVariant,
	}), Paths: map[string]string{fieldVariant: fieldVariant}}
	e.Submit = func(t *screen.Turn, values form.Values) {
		name := nango.SyncName{Name: base, Variant: values[fieldVariant]}
		created := screen.SyncView{SyncStatus: nango.SyncStatus{Name: name, Connection: g.connection.ID}}
		variant := target{connection: g.connection, onPoll: g.onPoll, syncs: []screen.SyncView{created}}
		send(t, variant, goalExists, screen.Proposal[nango.Variant]{
			Request: nango.CreateVariant(g.connection, name), Title: "Create variant", ConfirmLabel: "Create",
			Consequences: []string{textVariantConsequence},
			Then:         func(t *screen.Turn, _ nango.Variant, err error) { e.HandleResult(t, err) },
		})
	}
	t.Show(e)
}

func (g target) deleteVariant(t *screen.Turn, then func(*screen.Turn)) {
	send(t, g, goalDeleted, screen.Proposal[nango.Success]{
		Request: nango.DeleteVariant(g.connection, g.syncs[0].Name), Title: "Delete variant", ConfirmLabel: "Delete",
		Consequences: []string{textDeleteVariantConsequence},
		Then:         screen.AfterSuccess[nango.Success](then),
	})
}
