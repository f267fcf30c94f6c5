package functions

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// DeployTemplate is the id of deploying the template under the cursor; ShowTemplate that of reading it.
const (
	DeployTemplate screen.ActionID = "template.deploy"
	ShowTemplate   screen.ActionID = "template.json"
)

// templates is the functions that Nango has ready for the provider of an integration, to be deployed to it.
type templates struct {
	screen.Base
	list *List

	integration screen.Load[string] // its provider
	all         screen.Load[[]nango.Template]
	table       *table.Table[template, templateKey]
	listing     *screen.List[template, templateKey]
}

type templateKey struct {
	kind nango.FunctionType
	name string
}

// template is one of them in the list.
type template struct {
	key  templateKey
	at   int  // among those that were read
	here bool // deployed already
	// what it gives, does and needs, as it is said
	runs, gives, about, needs string
	// text is everything that is searched, in lower case.
	text string
}

func newTemplates(list *List) *templates {
	s := &templates{list: list, table: table.New(func(r *template) templateKey { return r.key }, templateColumns()...)}
	s.listing = screen.NewList(s.table, "the list stands by type and name", (*template).matches, fieldType)
	return s
}

// Title names the screen.
func (s *templates) Title() string { return "Templates for " + s.list.integration }

// Open reads them.
func (s *templates) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads which provider the integration has, and then its templates.
func (s *templates) Refresh(t *screen.Turn) {
	read := nango.Map(nango.GetIntegration(s.list.integration, nango.Include{}),
		func(one nango.IntegrationDetail) string { return one.Provider })
	s.integration.Fetch(t, read, func(t *screen.Turn) {
		if !s.integration.HasFailed() {
			s.all.Fetch(t, nango.ProviderTemplates(s.integration.Value), s.arrived)
		}
	})
}

func (s *templates) arrived(*screen.Turn) {
	here := map[templateKey]bool{}
	for r := range s.list.table.Each() {
		here[templateKey{r.key.kind, r.key.name}] = true
	}
	rows := make([]template, 0, len(s.all.Value))
	seen := map[templateKey]bool{}
	for i, one := range s.all.Value {
		key := templateKey{nango.FunctionType(one.Type), one.Name}
		if seen[key] {
			continue
		}
		seen[key] = true
		r := template{key: key, at: i, here: here[key], runs: one.Frequency, gives: strings.Join(one.Returns, ", "),
			about: strings.Join(strings.Fields(one.Description), " "), needs: strings.Join(one.Scopes, ", ")}
		r.text = strings.ToLower(one.Name + "\n" + r.about + "\n" + r.gives)
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b template) int { return templatesByKind(&a, &b) })
	s.table.SetRows(rows)
}

func (r *template) matches(q filter.Query) bool {
	return q.Match(r.text, func(string) string { return string(r.key.kind) })
}

func templatesByName(a, b *template) int { return strings.Compare(a.key.name, b.key.name) }

func templatesByKind(a, b *template) int {
	return cmp.Or(kindRank[a.key.kind]-kindRank[b.key.kind], templatesByName(a, b))
}

func templateColumns() []table.Column[template] {
	return []table.Column[template]{
		{ID: "name", Title: "TEMPLATE", Min: 16, Max: 44, Weight: 2, Compare: templatesByName,
			Cell: func(f ui.Frame, r *template) ui.Cell { return f.Styled(ui.RoleText, r.key.name) }},
		{ID: "type", Title: "TYPE", Min: 6, Compare: templatesByKind,
			Cell: func(f ui.Frame, r *template) ui.Cell {
				return f.Styled(ui.RoleMuted, string(r.key.kind))
			}},
		{ID: "here", Title: "HERE", Min: 6, Cell: func(_ ui.Frame, r *template) ui.Cell {
			if r.here {
				return ui.Styled(ui.RoleGood, "✓ yes")
			}
			return ui.Cell{}
		}},
		{ID: "about", Title: "WHAT IT DOES", Min: 14, Max: 90, Weight: 3, DropOrder: 2,
			Cell: func(f ui.Frame, r *template) ui.Cell { return f.Styled(ui.RoleText, r.about) }},
		{ID: "runs", Title: "RUNS", Min: 11, DropOrder: 1,
			Cell: func(f ui.Frame, r *template) ui.Cell { return f.Styled(ui.RoleMuted, r.runs) }},
	}
}

// LoadedAt is when they were read.
func (s *templates) LoadedAt() time.Time { return s.all.At }

// Typing says that the filter takes the keys.
func (s *templates) Typing() bool { return s.listing.Typing() }

// Update gives keys and pastes to the filter, and clicks to the table.
func (s *templates) Update(_ *screen.Turn, msg tea.Msg) { s.listing.Update(msg) }

// Actions is deploying the template under the cursor, and reading it.
func (s *templates) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	none, there := "there is no template under the cursor", ""
	var on template
	if r := s.table.Cursor(); r != nil {
		on, none = *r, ""
	}
	if on.here {
		there = "it is deployed already"
	}
	all := []screen.Action{
		{ID: DeployTemplate, Title: "Deploy", Operation: nango.OpDeploymentStart, Disabled: cmp.Or(none, there),
			Do: func(t *screen.Turn) { s.deploy(t, on) }},
		{ID: ShowTemplate, Title: "Models", Disabled: cmp.Or(none, s.noSchema(on)), Do: func(t *screen.Turn) {
			t.Show(screen.NewJSONPage("Models of "+on.key.name, s.all.Value[on.at].JSONSchema))
		}},
	}
	all = append(all, s.listing.Actions()...)
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}

func (s *templates) noSchema(on template) string {
	if on.at < len(s.all.Value) && len(s.all.Value[on.at].JSONSchema) > 4 { // more than null
		return ""
	}
	return "it says nothing of its models"
}

// deploy proposes the template. Nango answers when it is done; where it should not be, that is followed.
func (s *templates) deploy(t *screen.Turn, on template) {
	integration := s.list.integration
	goes := []string{"A " + string(on.key.kind) + " of " + s.integration.Value + ", as Nango has it ready: " + on.about}
	if on.key.kind == nango.SyncFunction {
		goes = append(goes, "It runs "+cmp.Or(on.runs, "as its author chose")+" on the connections of "+integration+", from now on.")
	}
	if on.needs != "" {
		goes = append(goes, "The integration needs the scopes "+on.needs+".")
	}
	request := nango.DeployTemplate(integration, on.key.name, on.key.kind)
	r := &run{what: "Deployment", integration: integration, name: on.key.name, kind: on.key.kind, look: lookAtDeployment,
		changes: request.Call()}
	screen.Propose(t, screen.Proposal[nango.Deployment]{
		Request: request, Title: "Deploy template", About: integration + " · " + on.key.name, Consequences: goes,
		SuccessText: "Nango has taken the template " + on.key.name,
		Then:        func(t *screen.Turn, d nango.Deployment, err error) { s.deployed(t, r, d, err) },
	})
}

func (s *templates) deployed(t *screen.Turn, r *run, d nango.Deployment, err error) {
	if errors.Is(err, nango.Conflict) {
		s.Refresh(t)
	}
	if err != nil {
		return
	}
	r.followed(t, deployOutcome(d))
	if r.ended() {
		t.Replace(routeTo(r.integration, r.kind, r.name))
		return
	}
	s.list.runs = append(s.list.runs, r)
	t.ReplaceWith(r.Screen())
}

func lookAtDeployment(id string) nango.Read[outcome] {
	return nango.Map(nango.GetDeployment(id), deployOutcome)
}

func lookAtDryRun(id string) nango.Read[outcome] { return nango.Map(nango.GetDryRun(id), dryOutcome) }

// View draws the templates, or why there are none.
func (s *templates) View(f ui.Frame) string {
	switch {
	case s.table.Len() > 0:
		line := append(s.listing.Counts("template"), f.Styled(ui.RoleMuted, " of "+s.integration.Value))
		if err := cmp.Or(text(s.integration.Err), text(s.all.Err)); err != "" {
			line = append(line, f.Styled(ui.RoleBad, "  ✗ not read again: "+err))
		}
		return s.listing.View(f, []ui.Line{line}, "No template matches the filter.")
	case s.integration.HasFailed():
		return screen.Failure(f, "The integration "+s.list.integration+" cannot be read", s.integration.Err)
	case s.all.HasFailed():
		return screen.Failure(f, "The templates of "+s.integration.Value+" cannot be read", s.all.Err)
	case !s.all.IsLoaded():
		return screen.Loading(f, "Reading the templates")
	}
	return screen.Empty(f, "Nango has no template for "+s.integration.Value+".", "A function of your own can be deployed from a file.")
}

// text is what an error says; empty where there is none.
func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
