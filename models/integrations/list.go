// Package integrations has the screens of integrations: the list, one integration, and the forms that create and change
// one. It may import what any area may import, and no other area.
package integrations

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions on an integration, in the list and on its own screen.
const (
	Open        screen.ActionID = "integration.open"
	Copy        screen.ActionID = "integration.copy"
	Connections screen.ActionID = "integration.connections"
	NewLink     screen.ActionID = "integration.link"
	Import      screen.ActionID = "integration.import"
	Delete      screen.ActionID = "integration.delete"
	New         screen.ActionID = "integration.new"
)

// Actions on the list.
const (
	CountFarther screen.ActionID = "integrations.countFarther"
)

// List is the list of integrations with the counts of their connections.
type List struct {
	*screen.List[row, string]
	all   screen.Load[[]nango.Integration]
	modes screen.Load[map[string]string]
	page  screen.Load[[]nango.Connection]

	shownCount, nextCount *counter // the one that is shown, and the one that is counting; often the same
	// tally has the counts that are shown, of this list's counter or of another list; nil if nothing was counted.
	tally    *screen.Tally
	seen     int // version of the store up to which others' facts are shown
	deletion deletion

	// listFails: Nango can't list the integrations, as when the provider of one is missing.
	listFails        bool
	broken           int      // integrations with broken connections
	missingProviders []string // keys of those whose provider is gone
}

// NewList is the screen of the route "integrations"; q=WORDS sets the filter.
func NewList(r screen.Route) *List {
	s := &List{}
	s.List = screen.NewList(textList, func(r *row) string { return r.key }, columns(), language())
	s.Name, s.ViewName = "integrations", r.Query.Get(screen.QueryView)
	s.SetFilter(r.Query.Get("q"))
	return s
}

// Refresh loads the integrations and counts their connections. The old rows stay meanwhile.
func (s *List) Refresh(t *screen.Turn) {
	if s.modes.HasFailed() {
		s.modes = screen.Load[map[string]string]{}
	}
	s.all.FetchKnown(t, nango.ListIntegrations(), s.arrived)
	if y := t.Store.Tally(); y != nil && (t.Opening || t.Background) && t.IsFresh(y.At) {
		s.tally = y
		s.fill()
		return
	}
	s.count(t, newCounter(t.Now, s.shownCount, t.Background))
}

// Notify shows the counts that others have learned.
func (s *List) Notify(t *screen.Turn) {
	if t.Store.Version() == s.seen {
		return
	}
	s.seen = t.Store.Version()
	if y := t.Store.Tally(); y != nil && s.tally != nil && !y.At.Before(s.tally.At) {
		s.tally = y
	}
	s.fill()
}

func (s *List) arrived(t *screen.Turn) {
	var e *nango.Error
	s.listFails = !s.all.IsLoaded() && errors.As(s.all.Err, &e) && e.Status == http.StatusInternalServerError
	s.fill()
	s.loadModes(t)
}

// LoadedAt returns when the integrations were loaded.
func (s *List) LoadedAt() time.Time { return s.all.At }

// AutoRefresh reports that the list reloads by itself.
func (s *List) AutoRefresh() bool { return true }

// Concerns reports whether a call changed integrations or the number of connections.
func (s *List) Concerns(c nango.Call) bool { return changesIntegrations(c) }

// fill makes the rows of what is loaded so far.
func (s *List) fill() {
	rows := s.rows()
	s.broken, s.missingProviders = 0, nil
	for i := range rows {
		r := &rows[i]
		if r.counted = s.tally != nil; r.counted {
			n := s.tally.Of(r.key)
			r.counts = connectionCounts{all: n.All, broken: n.Broken, more: s.tally.More, provider: n.Provider}
		}
		r.complete(s.modes.Value)
		if r.counts.broken > 0 {
			s.broken++
		}
		if r.providerMissing {
			s.missingProviders = append(s.missingProviders, r.key)
		}
	}
	s.Table.SetRows(rows)
}

func (s *List) rows() []row {
	if s.listFails {
		return s.fromConnections()
	}
	rows := make([]row, 0, len(s.all.Value))
	for _, i := range s.all.Value {
		rows = append(rows, newRow(i))
	}
	return rows
}

// forget removes a deleted integration before the list is loaded again.
func (s *List) forget(key string) {
	s.all.Value = slices.DeleteFunc(slices.Clone(s.all.Value), func(i nango.Integration) bool { return i.Key == key })
	s.tally.Forget(key)
	s.fill()
}

// fromConnections returns rows for the integrations that have connections, if Nango can't list integrations.
func (s *List) fromConnections() []row {
	rows := make([]row, 0, len(s.tally.All()))
	for key, n := range s.tally.All() {
		rows = append(rows, row{key: key, provider: n.Provider, webhooks: "?"})
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	return rows
}

// modesOf returns the auth mode of each provider by name. The whole catalog would take almost a megabyte.
func modesOf(all []nango.Provider) map[string]string {
	modes := make(map[string]string, len(all))
	for _, p := range all {
		modes[p.Name] = p.AuthMode
	}
	return modes
}

// loadModes loads the auth modes once, when there is an integration. They don't change while a list is open.
func (s *List) loadModes(t *screen.Turn) {
	if s.Table.Len() == 0 || s.modes.IsLoaded() || s.modes.IsLoading() || s.modes.HasFailed() {
		return
	}
	s.modes.FetchKnown(t, nango.Map(nango.ListProviders(""), modesOf), func(*screen.Turn) { s.fill() })
}

// View draws the list, or why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.Table.Len() > 0:
		return s.List.View(f, s.head(f), textNoMatches)
	case s.all.IsLoading(), s.listFails && s.page.IsLoading():
		return screen.Loading(f, textLoadingList)
	case s.listFails && s.page.HasFailed():
		return screen.Failure(f, textListAndConnectionsFailed, s.page.Err)
	case s.all.HasFailed() && !s.listFails:
		return screen.Failure(f, textListFailed, s.all.Err)
	case s.listFails:
		return screen.Failure(f, textListFailedEmpty, s.all.Err)
	}
	return screen.Empty(f, screen.TextNoIntegrations,
		textEmptyAdvice, screen.Hint(f, New, hintNew))
}

func (s *List) head(f ui.Frame) []ui.Line {
	line := s.Counts(nounIntegration)
	if s.broken > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, fmt.Sprintf(textBroken, s.broken)))
	}
	if s.page.IsLoading() && !s.shownCount.isComplete() {
		line = append(line, ui.Styled(ui.RoleMuted, fmt.Sprintf(textCounting, ui.Count(s.nextCount.pages.Loaded()))))
	}
	head := screen.NewHead(f, line)
	s.notices(f, head.Say)
	return head.Lines()
}

func (s *List) notices(f ui.Frame, say func(ui.Role, string)) {
	switch {
	case s.listFails:
		say(ui.RoleWarn, noticeListFails)
	case s.all.HasFailed():
		say(ui.RoleBad, fmt.Sprintf(screen.TextNotRefreshed, s.all.Err))
	}
	if len(s.missingProviders) > 0 {
		say(ui.RoleBad, fmt.Sprintf(noticeNoProvider, firstKeys(s.missingProviders)))
	}
	if s.isAtLimit() {
		say(ui.RoleMuted, joinParts(fmt.Sprintf(noticeAtLimit, ui.Count(s.shownCount.pages.Loaded())), screen.Hint(f, CountFarther, hintCount)))
	}
	if s.page.HasFailed() {
		say(ui.RoleBad, fmt.Sprintf(noticeNoCounts, s.page.Err))
	}
	if s.modes.HasFailed() {
		say(ui.RoleBad, fmt.Sprintf(noticeNoModes, s.modes.Err))
	}
}

// maxNamed limits the integrations in a notice.
const maxNamed = 3

// firstKeys names the first keys and counts the others.
func firstKeys(keys []string) string {
	if more := len(keys) - maxNamed; more > 0 {
		return fmt.Sprintf(textAndMore, strings.Join(keys[:maxNamed], ", "), more)
	}
	return strings.Join(keys, ", ")
}

// Actions are those on the selected integration, and on the list.
func (s *List) Actions() []screen.Action {
	on, none := s.Selected(whyNoRow)
	key := on.key
	front := []screen.Action{
		{ID: Open, Title: screen.TextOpen, Disabled: none, Do: screen.To("integration", key).Open},
		{ID: Connections, Title: actionConnections, Disabled: none, Do: screen.To("connections").With("integration", key).Open},
		{ID: NewLink, Title: actionLink, Operation: nango.OpSessionCreate, Disabled: none,
			Do: screen.To("link").With("integration", key).Open},
		{ID: Import, Title: screen.TextImport, HideInFooter: true, Operation: nango.OpConnectionUpsert, Disabled: none,
			Do: screen.To("import").With("integration", key).Open},
		{ID: Copy, Title: actionCopyKey, Disabled: none, Do: func(t *screen.Turn) { t.CopyLine(screen.TextIntegrationKey, key) }},
		{ID: New, Title: screen.TextNewIntegration, Do: screen.To("providers").Open},
		{ID: Delete, Title: screen.TextDelete, Operation: nango.OpIntegrationDelete, Disabled: none,
			Do: func(t *screen.Turn) { s.deletion.begin(t, key, func(*screen.Turn) { s.forget(key) }) }},
	}
	behind := []screen.Action{{ID: CountFarther, Title: actionCount, HideInFooter: true, Do: s.countMore}, screen.RefreshAction(s)}
	if !s.isAtLimit() {
		behind = behind[1:]
	}
	return s.ActionsAround(front, behind...)
}

// isAtLimit reports whether counting ended at its limit.
func (s *List) isAtLimit() bool {
	return s.shownCount != nil && s.shownCount == s.nextCount && s.shownCount.pages.AtBound()
}

// changesIntegrations reports whether a call changed integrations or the number of connections.
func changesIntegrations(c nango.Call) bool {
	return screen.ChangesIntegrations(c) || c.Operation == nango.OpConnectionUpsert || c.Operation == nango.OpConnectionDelete
}
