package connections

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// ImportRoute is the form that imports a connection: import?integration=KEY&id=ID. Without an integration, the user
// chooses one first.
const ImportRoute = "import"

const queryID = "id"

// IDs of the actions that open the form, and of its own.
const (
	ImportConnection screen.ActionID = "connections.import"
	// ImportRead reads the connection to be overwritten, with all details.
	ImportRead screen.ActionID = "import.read"
)

// ImportForm imports a connection with existing credentials, or overwrites one. Before proposing, it checks the list
// for the id, because an upsert removes whatever it doesn't include.
type ImportForm struct {
	screen.Form
	key, begun string

	integration screen.Load[string] // the provider's name
	provider    screen.Load[nango.Provider]

	// mode and Fields are nil until the provider is known, and if its auth mode can't be imported.
	mode     *importMode
	declared []declaredField
	// initial are the initial values of the fields.
	initial form.Values

	existing existing
	filled   filledValues
	busy     string // why the form accepts nothing now
}

// What the form may be busy with.
const (
	busySending  = "it is being sent"
	busyChecking = "checking whether the connection exists" // before proposing
	busyReading  = "the connection is being loaded"
)

// NewImport creates the form for the route's integration, or the choice of one.
func NewImport(r screen.Route) (screen.Screen, error) {
	if len(r.Args) > 0 {
		return nil, fmt.Errorf(textTakesNoPathChoose, ImportRoute, ImportRoute)
	}
	if err := r.CheckQuery(queryIntegration, queryID); err != nil {
		return nil, err
	}
	key, id := r.Query.Get(queryIntegration), r.Query.Get(queryID)
	if key == "" {
		return newImportChoice(id), nil
	}
	return &ImportForm{Form: screen.Form{Name: "Import connection"}, key: key, begun: id}, nil
}

// newImportChoice asks for the integration to import into. The connection id may already be known.
func newImportChoice(id string) *screen.IntegrationChoice {
	return &screen.IntegrationChoice{
		Name:      "Import connection",
		About:     "The integration of the connection. Its provider determines which credentials are needed.",
		EmptyText: "A connection needs an integration.",
		OnSelect: func(t *screen.Turn, v form.Values) {
			r := importRoute(v[screen.FieldIntegration])
			if id != "" {
				r = r.With(queryID, id)
			}
			t.Replace(r)
		},
	}
}

// importRoute is the route to the form. Without an integration, the user chooses one first.
func importRoute(key string) screen.Route {
	if key == "" {
		return screen.To(ImportRoute)
	}
	return screen.To(ImportRoute).With(queryIntegration, key)
}

// Open reads what the form needs.
func (s *ImportForm) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reloads it while there is no form. Input is never lost.
func (s *ImportForm) Refresh(t *screen.Turn) {
	if s.Fields == nil {
		provider := func(i nango.IntegrationDetail) string { return i.Provider }
		s.integration.Fetch(t, nango.Map(nango.GetIntegration(s.key, nango.Include{}), provider), s.integrationLoaded)
	}
}

func (s *ImportForm) integrationLoaded(t *screen.Turn) {
	if !s.integration.HasFailed() {
		s.provider.Fetch(t, nango.GetProvider(s.integration.Value), s.providerLoaded)
	}
}

func (s *ImportForm) providerLoaded(t *screen.Turn) {
	mode, ok := importModes[s.provider.Value.AuthMode]
	if s.provider.HasFailed() || !ok || s.Fields != nil {
		return
	}
	s.mode, s.declared = &mode, declaredFields(s.provider.Value.ConnectionConfig)
	s.Fields = form.New(s.fields(s.begun)...)
	s.initial = s.Fields.Values()
	s.filled = newFilling(s.initial)
	s.checkExistence(t, nil)
}

// Update passes keys and pastes to the form. When the focus leaves the id, it checks whether the id is taken.
func (s *ImportForm) Update(t *screen.Turn, msg tea.Msg) {
	if s.Fields == nil || s.busy != "" {
		return
	}
	was := s.Fields.Focused()
	s.Fields.Update(msg)
	s.idChanged(t, was)
	s.submitTyped(t)
}

// idChanged handles a changed id: data filled in from one connection must not be sent for another.
func (s *ImportForm) idChanged(t *screen.Turn, was string) {
	if s.existing.id != "" && s.existing.id != s.typedID() {
		s.forget(t)
	}
	if was == fieldConnectionID && s.Fields.Focused() != was && !s.existing.asked() {
		s.checkExistence(t, nil)
	}
}

func (s *ImportForm) submitTyped(t *screen.Turn) {
	if _, ok := s.Fields.Submitted(); !ok {
		return
	}
	if _, field, err := s.input(s.Fields.Values()); err != nil {
		s.Fields.SetError(field, err.Error())
		return
	}
	if s.typedID() == "" {
		s.propose(t)
		return
	}
	s.busy = busyChecking
	s.checkExistence(t, s.decide)
}

func (s *ImportForm) typedID() string { return s.Fields.Values()[fieldConnectionID] }

func (s *ImportForm) ref() nango.ConnectionRef {
	return nango.ConnectionRef{Integration: s.key, ID: s.typedID()}
}

// Actions are sending the form and reading the connection it would overwrite.
func (s *ImportForm) Actions() []screen.Action {
	switch {
	case s.unsupportedMode() != "":
		link := func(t *screen.Turn) { t.Open(screen.To(linkRoute).With(queryIntegration, s.key)) }
		return []screen.Action{
			{ID: LinkFor, Title: "Connect link instead", Operation: nango.OpSessionCreate, Do: link}, screen.RefreshAction(s),
		}
	case s.Fields == nil:
		return []screen.Action{screen.RefreshAction(s)}
	}
	submit := func(t *screen.Turn) {
		s.Fields.Submit()
		s.submitTyped(t)
	}
	return []screen.Action{
		{ID: screen.Submit, Title: "Send", Operation: nango.OpConnectionUpsert, Disabled: s.busy, WhileTyping: true, Do: submit},
		{ID: ImportRead, Title: "Read existing connection", Operation: nango.OpConnectionGet, HideInFooter: s.nothingToRead() != "",
			Disabled: cmp.Or(s.busy, s.nothingToRead()), WhileTyping: true, Do: s.read},
		screen.LeaveAction(s.Fields.Key),
	}
}

// unsupportedMode is the auth mode that can't be imported; empty otherwise.
func (s *ImportForm) unsupportedMode() string {
	if _, ok := importModes[s.provider.Value.AuthMode]; ok || !s.provider.IsLoaded() {
		return ""
	}
	return s.provider.Value.AuthMode
}

// View draws what is known about the id, and the form below.
func (s *ImportForm) View(f ui.Frame) string {
	switch {
	case s.Fields != nil:
	case s.integration.HasFailed():
		return screen.Failure(f, "Couldn't load the integration "+s.key, s.integration.Err)
	case s.provider.HasFailed():
		return screen.Failure(f, "Couldn't load the provider "+s.integration.Value, s.provider.Err)
	case s.unsupportedMode() != "":
		return screen.Empty(f, "A connection of "+s.key+textCantImportedNangoDoesnt+s.unsupportedMode()+".",
			"The customer can connect with a connect link.", screen.HintOrPalette(f, LinkFor, "creates one")+".")
	default:
		return screen.Loading(f, "Loading integration "+s.key)
	}
	return screen.DrawBelow(f, s.head(f), s.Fields)
}

// head says what is imported where, and what is known about the id.
func (s *ImportForm) head(f ui.Frame) []ui.Line {
	p := s.provider.Value
	line := ui.Line{f.Styled(ui.RoleStrong, s.key), f.Styled(ui.RoleMuted, " · "+cmp.Or(p.DisplayName, p.Name)+" · "+p.AuthMode)}
	return append([]ui.Line{line}, s.state(f)...)
}

// state says what is known about the id, and what sending will do.
func (s *ImportForm) state(f ui.Frame) []ui.Line {
	say := func(role ui.Role, text string) []ui.Line { return []ui.Line{{f.Styled(role, text)}} }
	switch there := &s.existing; {
	case s.busy == busySending:
		return say(ui.RoleMuted, "Sending…")
	case s.typedID() == "":
		return say(ui.RoleMuted, "+ a new connection: Nango generates its id")
	case there.load.IsLoading():
		return say(ui.RoleMuted, "Checking whether the connection exists…")
	case there.id != "" && there.load.HasFailed():
		return say(ui.RoleWarn, "! unknown whether the connection exists: "+there.load.Err.Error())
	case !there.known():
		return say(ui.RoleMuted, "? checks whether the connection exists when you leave this field")
	case there.row == nil:
		return say(ui.RoleMuted, "+ a new connection: no connection has this id")
	}
	return append(say(ui.RoleWarn, "! "+s.existing.row.Customer().Name+textExistsSendingPermanentlyOverwrites), s.filledIn(f)...)
}

// filledIn says what was filled in, and how to get the rest.
func (s *ImportForm) filledIn(f ui.Frame) []ui.Line {
	what, role := "Metadata and tags are filled in; its webhook override and config will be lost", ui.RoleText
	switch {
	case s.busy == busyReading:
		what = "Metadata and tags are filled in; its webhook override and config are loading…"
	case s.existing.detail != nil:
		what = "Metadata, tags, webhook override and config are filled in."
	case s.existing.readErr != nil:
		what, role = what+": couldn't load: "+s.existing.readErr.Error(), ui.RoleBad
	default:
		what += " unless you type them. " + screen.HintOrPalette(f, ImportRead, textReadsThemMayRefresh) + "."
	}
	lines := []ui.Line{{f.Styled(role, what)}}
	for _, kept := range []struct{ field, what string }{{fieldMetadata, "metadata"}, {fieldConfig, "config"}} {
		if s.filled.kept[kept.field] != nil {
			lines = append(lines, ui.Line{f.Styled(ui.RoleText, "Its "+kept.what+textDoesntFitIntoField)})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.filled.keptTags)) {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, "Its tag "+key+textDoesntFitLineStays)})
	}
	return lines
}
