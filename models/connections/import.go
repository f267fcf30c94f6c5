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

// NewImport creates the form for the route's integration, or the choice of one.
func NewImport(r screen.Route) (screen.Screen, error) {
	if len(r.Args) > 0 {
		return nil, fmt.Errorf(errImportPath, ImportRoute, ImportRoute)
	}
	if err := r.CheckQuery(queryIntegration, queryID); err != nil {
		return nil, err
	}
	key, id := r.Query.Get(queryIntegration), r.Query.Get(queryID)
	if key == "" {
		return newImportChoice(id), nil
	}
	s := &ImportForm{key: key, begun: id}
	s.Form = screen.Form{Name: screen.TextImport, FieldOf: s.fieldOf}
	return s, nil
}

// newImportChoice asks for the integration to import into. The connection id may already be known.
func newImportChoice(id string) *screen.IntegrationChoice {
	choose := func(t *screen.Turn, v form.Values) {
		r := importRoute(v[screen.FieldIntegration])
		if id != "" {
			r = r.With(queryID, id)
		}
		t.Replace(r)
	}
	return &screen.IntegrationChoice{
		Form: screen.Form{Name: screen.TextImport, Submit: choose}, About: aboutImportChoice, EmptyText: textNoIntegration,
	}
}

// importRoute is the route to the form. Without an integration, the user chooses one first.
func importRoute(key string) screen.Route {
	if key == "" {
		return screen.To(ImportRoute)
	}
	return screen.To(ImportRoute).With(queryIntegration, key)
}

// Refresh loads what the form needs while there is no form. Input is never lost.
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
		link := screen.To(linkRoute).With(queryIntegration, s.key).Open
		return []screen.Action{
			{ID: LinkFor, Title: actionLinkInstead, Operation: nango.OpSessionCreate, Do: link}, screen.RefreshAction(s),
		}
	case s.Fields == nil:
		return []screen.Action{screen.RefreshAction(s)}
	}
	submit := func(t *screen.Turn) {
		s.Fields.Submit()
		s.submitTyped(t)
	}
	return []screen.Action{
		{ID: screen.Submit, Title: screen.TextSend, Operation: nango.OpConnectionUpsert, Disabled: s.busy, WhileTyping: true, Do: submit},
		{ID: ImportRead, Title: actionReadExisting, Operation: nango.OpConnectionGet, HideInFooter: s.nothingToRead() != "",
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
		return screen.Failure(f, fmt.Sprintf(screen.TextIntegrationFailed, s.key), s.integration.Err)
	case s.provider.HasFailed():
		return screen.Failure(f, fmt.Sprintf(screen.TextProviderFailed, s.integration.Value), s.provider.Err)
	case s.unsupportedMode() != "":
		return screen.Empty(f, fmt.Sprintf(textUnsupportedMode, s.key, s.unsupportedMode()),
			textUseLink, screen.HintOrPalette(f, LinkFor, hintCreateLink)+".")
	default:
		return screen.Loading(f, fmt.Sprintf(textLoadingIntegration, s.key))
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
		return say(ui.RoleMuted, textSending)
	case s.typedID() == "":
		return say(ui.RoleMuted, textNewGeneratedID)
	case there.load.IsLoading():
		return say(ui.RoleMuted, textChecking)
	case there.id != "" && there.load.HasFailed():
		return say(ui.RoleWarn, fmt.Sprintf(textExistenceUnknown, there.load.Err))
	case !there.known():
		return say(ui.RoleMuted, textChecksOnLeave)
	case there.row == nil:
		return say(ui.RoleMuted, textNewID)
	}
	return append(say(ui.RoleWarn, fmt.Sprintf(textOverwrites, s.existing.row.Customer().Name)), s.filledIn(f)...)
}

// filledIn says what was filled in, and how to get the rest.
func (s *ImportForm) filledIn(f ui.Frame) []ui.Line {
	what, role := textFilledReading, ui.RoleText
	switch {
	case s.busy == screen.TextConnectionLoading:
	case s.existing.detail != nil:
		what = textFilledAll
	case s.existing.readErr != nil:
		what, role = fmt.Sprintf(textFilledReadFailed, s.existing.readErr), ui.RoleBad
	default:
		what = fmt.Sprintf(textFilledSome, screen.HintOrPalette(f, ImportRead, hintReadRest))
	}
	lines := []ui.Line{{f.Styled(role, what)}}
	for _, kept := range []struct{ field, text string }{{fieldMetadata, textMetadataDoesntFit}, {fieldConfig, textConfigDoesntFit}} {
		if s.filled.kept[kept.field] != nil {
			lines = append(lines, ui.Line{f.Styled(ui.RoleText, kept.text)})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.filled.keptTags)) {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, fmt.Sprintf(textTagDoesntFit, key))})
	}
	return lines
}
