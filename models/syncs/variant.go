package syncs

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldVariant = "variant"

// variantForm is the form of a new variant. It loads the sync's function, which says whether the variant starts by itself.
type variantForm struct {
	screen.Form
	sync      string
	functions screen.FunctionLoader[nango.Function]
}

func (g target) newVariant(t *screen.Turn) {
	base := g.syncs[0].Name.Name
	e := &variantForm{sync: base, functions: screen.FunctionLoader[nango.Function]{Integration: g.connection.Integration,
		Type: nango.SyncFunction, Convert: func(f nango.Function) nango.Function { return f }}}
	e.Form = screen.Form{Name: "New variant of " + base, Operation: nango.OpVariantCreate, Fields: form.New(form.Field{
		ID: fieldVariant, Title: textNameOfVariant + base + " · " + g.where(), Check: nango.CheckVariant,
		About: textAboutVariant,
	}), Paths: map[string]string{fieldVariant: fieldVariant}}
	e.Submit = func(t *screen.Turn, values form.Values) {
		name := nango.SyncName{Name: base, Variant: values[fieldVariant]}
		created := screen.SyncView{SyncStatus: nango.SyncStatus{Name: name, Connection: g.connection.ID}}
		variant := target{connection: g.connection, onPoll: g.onPoll, syncs: []screen.SyncView{created}}
		send(t, variant, goalExists, screen.Proposal[nango.Variant]{
			Request: nango.CreateVariant(g.connection, name), Title: "Create variant", ConfirmLabel: "Create",
			Consequences: []string{e.consequence()},
			Then:         func(t *screen.Turn, _ nango.Variant, err error) { e.HandleResult(t, err) },
		})
	}
	t.Show(e)
}

// Open loads the function.
func (e *variantForm) Open(t *screen.Turn) { e.functions.LoadOne(t, e.sync, func(*screen.Turn) {}) }

// consequence says what the variant does first, for both cases if the function isn't known.
func (e *variantForm) consequence() string {
	i := slices.IndexFunc(e.functions.All, func(f nango.Function) bool { return f.Name == e.sync })
	switch {
	case i < 0 || e.functions.Err != nil:
		return textVariantMayStart
	case e.functions.All[i].AutoStart:
		return textVariantStarts
	}
	return textVariantIsPaused
}

func (g target) deleteVariant(t *screen.Turn, then func(*screen.Turn)) {
	send(t, g, goalDeleted, screen.Proposal[nango.Success]{
		Request: nango.DeleteVariant(g.connection, g.syncs[0].Name), Title: "Delete variant", ConfirmLabel: "Delete",
		Consequences: []string{textDeleteVariantConsequence},
		Then:         screen.AfterSuccess[nango.Success](then),
	})
}
