package connections

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// ImportRoute is the form that imports a connection: import?integration=KEY&id=ID. Without an integration one is chosen first.
const ImportRoute = "import"

// queryID is the connection id that the form begins with.
const queryID = "id"

// Ids of the actions that lead to the form, and of those on it.
const (
	ImportConnection screen.ActionID = "connections.import"
	// ImportRead reads the connection that would be overwritten, whole.
	ImportRead screen.ActionID = "import.read"
)

// ImportForm makes a connection of credentials that somebody has already, or overwrites one. Before anything is proposed the
// list is asked whether the id is taken: an upsert empties whatever it does not name.
type ImportForm struct {
	screen.Base
	key, begun string

	integration screen.Load[string] // the name of its provider
	provider    screen.Load[nango.Provider]

	// mode and form are nil before the provider is known, and where its auth mode cannot be imported.
	mode     *importMode
	declared []declaredField
	form     *form.Form
	// initial is what stood in the fields at first.
	initial form.Values

	there   standing
	filled  filling
	hiding  hiding
	asking  bool // whether the id is taken, before proposing
	reading bool
	sending bool
}

// NewImport is the form for the integration that the route names, or the choice of one.
func NewImport(r screen.Route) (screen.Screen, error) {
	if len(r.Args) > 0 {
		return nil, fmt.Errorf("%s has nothing behind it; %s?integration=KEY chooses the integration", ImportRoute, ImportRoute)
	}
	if err := r.CheckQuery(queryIntegration, queryID); err != nil {
		return nil, err
	}
	key, id := r.Query.Get(queryIntegration), r.Query.Get(queryID)
	if key == "" {
		return newImportChoice(id), nil
	}
	return &ImportForm{key: key, begun: id}, nil
}

// importRoute is the form for an integration; an empty one is chosen first.
func importRoute(key string) screen.Route {
	if key == "" {
		return screen.To(ImportRoute)
	}
	return screen.To(ImportRoute).With(queryIntegration, key)
}

// Title names the form.
func (s *ImportForm) Title() string { return "Import a connection" }

// Open reads what the form is made from.
func (s *ImportForm) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again while there is no form; what was typed is left alone.
func (s *ImportForm) Refresh(t *screen.Turn) {
	if s.form == nil {
		provider := func(i nango.IntegrationDetail) string { return i.Provider }
		s.integration.Fetch(t, nango.Map(nango.GetIntegration(s.key, nango.Include{}), provider), s.integrated)
	}
}

func (s *ImportForm) integrated(t *screen.Turn) {
	if !s.integration.HasFailed() {
		s.provider.Fetch(t, nango.GetProvider(s.integration.Value), s.provided)
	}
}

// provided makes the form, where there can be one.
func (s *ImportForm) provided(t *screen.Turn) {
	mode, ok := importModes[s.provider.Value.AuthMode]
	if s.provider.HasFailed() || !ok || s.form != nil {
		return
	}
	s.mode, s.declared = &mode, declaredFields(s.provider.Value.ConnectionConfig)
	s.form = form.New(s.fields(s.begun)...)
	s.initial = s.form.Values()
	s.filled = newFilling(s.initial)
	s.look(t, nil)
}

// Typing says that keys are text, as soon as there is a form.
func (s *ImportForm) Typing() bool { return s.form != nil }

// Update gives keys and pastes to the form. When the id is left, the list is asked whether it is taken.
func (s *ImportForm) Update(t *screen.Turn, msg tea.Msg) {
	if s.form == nil || s.busy() != "" {
		return
	}
	was := s.form.Focused()
	s.form.Update(msg)
	s.typed(t, was)
	s.take(t)
}

// typed follows the id: what was filled in of one connection must not go into another.
func (s *ImportForm) typed(t *screen.Turn, was string) {
	if s.there.id != "" && s.there.id != s.typedID() {
		s.forget(t)
	}
	if was == fieldConnectionID && s.form.Focused() != was && !s.there.asked() {
		s.look(t, nil)
	}
}

// take goes on with what was submitted, if it was.
func (s *ImportForm) take(t *screen.Turn) {
	if _, ok := s.form.Submitted(); !ok {
		return
	}
	if _, bad := s.input(s.form.Values()); bad != nil {
		s.form.SetError(bad.field, bad.err.Error())
		return
	}
	if s.typedID() == "" {
		s.propose(t)
		return
	}
	s.asking = true
	s.look(t, s.decide)
}

func (s *ImportForm) typedID() string { return s.form.Values()[fieldConnectionID] }

// ref is the connection that is typed.
func (s *ImportForm) ref() nango.ConnectionRef {
	return nango.ConnectionRef{Integration: s.key, ID: s.typedID()}
}

// Actions is sending the form, and reading what it would overwrite.
func (s *ImportForm) Actions() []screen.Action {
	if s.form == nil {
		return s.formless()
	}
	return []screen.Action{
		{ID: screen.Submit, Title: "Send", Operation: nango.OpConnectionUpsert, Disabled: s.busy(), WhileTyping: true, Do: s.submit},
		{ID: ImportRead, Title: "Read what is there", Operation: nango.OpConnectionGet, HideInFooter: s.nothingToRead() != "", Disabled: cmp.Or(s.busy(), s.nothingToRead()), WhileTyping: true, Do: s.read},
		screen.LeaveAction(s.form.Key),
	}
}

// formless is what can be done where there is no form.
func (s *ImportForm) formless() []screen.Action {
	var all []screen.Action
	if s.refusedMode() != "" {
		all = append(all, screen.Action{ID: LinkFor, Title: "Connect link for it", Operation: nango.OpSessionCreate, Do: func(t *screen.Turn) {
			t.Open(screen.To(linkRoute).With(queryIntegration, s.key))
		}})
	}
	return append(all, screen.RefreshAction(s))
}

// refusedMode is the auth mode that cannot be imported; empty where there is none.
func (s *ImportForm) refusedMode() string {
	if _, ok := importModes[s.provider.Value.AuthMode]; ok || !s.provider.IsLoaded() {
		return ""
	}
	return s.provider.Value.AuthMode
}

func (s *ImportForm) submit(t *screen.Turn) {
	s.form.Submit()
	s.take(t)
}

// IsDirty says that something was typed.
func (s *ImportForm) IsDirty() bool { return s.form != nil && s.form.Changed() }

// busy is why the form takes nothing now.
func (s *ImportForm) busy() string {
	switch {
	case s.sending:
		return "it is being sent"
	case s.asking:
		return "the list is being asked whether there is such a connection"
	case s.reading:
		return "the connection is being read"
	}
	return ""
}

// View draws what is known of the id, and below it the form.
func (s *ImportForm) View(f ui.Frame) string {
	s.hiding.seen = f.Mask
	switch {
	case s.form != nil:
	case s.integration.HasFailed():
		return screen.Failure(f, "The integration "+s.key+" cannot be read", s.integration.Err)
	case s.provider.HasFailed():
		return screen.Failure(f, "The provider "+s.integration.Value+" cannot be read", s.provider.Err)
	case s.refusedMode() != "":
		return screen.Empty(f, "A connection of "+s.key+" cannot be imported: Nango takes none of the auth mode "+s.refusedMode()+".",
			"Its customer gives the credentials by a connect link.", screen.HintOrPalette(f, LinkFor, "makes one")+".")
	default:
		return screen.Loading(f, "Reading the integration "+s.key)
	}
	return screen.DrawBelow(f, s.head(f), s.form)
}
