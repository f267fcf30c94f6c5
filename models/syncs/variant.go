package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldVariant = "variant"

// newVariant opens the form for another variant of a sync.
func (g target) newVariant(t *screen.Turn) {
	base := g.syncs[0].Name.Name
	e := &screen.Form{Name: "New variant of " + base, Operation: nango.OpVariantCreate, Fields: form.New(form.Field{
		ID: fieldVariant, Title: "Name of the new variant of " + base + " · " + g.where(), Check: nango.CheckVariant,
		About: "A variant runs beside the sync, with a schedule, a checkpoint and records of its own. Nango has variants since v0.55.0.",
	}), Paths: map[string]string{fieldVariant: fieldVariant}}
	e.Submit = func(t *screen.Turn, values form.Values) {
		g.proposeVariant(t, e, nango.SyncName{Name: base, Variant: values[fieldVariant]})
	}
	t.Show(e)
}

func (g target) proposeVariant(t *screen.Turn, e *screen.Form, name nango.SyncName) {
	made := target{of: g.of, took: g.took, syncs: []screen.SyncView{{SyncStatus: nango.SyncStatus{Name: name, Connection: g.of.ID}}}}
	w := newFollow(made, toBeThere)
	screen.Propose(t, screen.Proposal[nango.Variant]{
		Request: nango.CreateVariant(g.of, name), Title: "Create a variant", About: made.about(), ConfirmLabel: "Create",
		SuccessText:  tookIt("Create a variant"),
		Consequences: []string{"It begins to run at once, and reads everything from the provider."},
		OnSent:       func(t *screen.Turn) { t.Watch(w) }, OutlivesScreen: true,
		Then: func(t *screen.Turn, _ nango.Variant, err error) {
			w.answered(t, err)
			e.HandleResult(t, err)
		},
	})
}

// deleteVariant proposes to delete the variant with its records.
func (g target) deleteVariant(t *screen.Turn, then func(*screen.Turn)) {
	w := newFollow(g, toBeGone)
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.DeleteVariant(g.of, g.syncs[0].Name), Title: "Delete the variant", About: g.about(), ConfirmLabel: "Delete",
		SuccessText: tookIt("Delete the variant"),
		Consequences: []string{"Goes for good: its schedule, its checkpoint and its records, which Nango does not count. The " +
			"other variants stay."},
		OnSent: func(t *screen.Turn) { t.Watch(w) }, OutlivesScreen: true,
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if w.answered(t, err); err == nil {
				then(t)
			}
		},
	})
}
