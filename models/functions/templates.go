package functions

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// Actions on the templates.
const (
	DeployTemplate screen.ActionID = "template.deploy"
	ShowTemplate   screen.ActionID = "template.json"
)

// templates lists Nango's templates for the provider of an integration, which can be deployed to it.
type templates struct {
	*screen.List[template, rowKey]
	functions *List

	provider screen.Load[string] // of the integration
	load     screen.Load[[]nango.Template]
}

type template struct {
	key      rowKey
	schema   json.RawMessage
	deployed bool // as a function of the integration
	// words for the screen
	runs, returns, about, scopes string
	// text is what the filter searches, in lower case.
	text string
}

func newTemplates(list *List) *templates {
	key := func(r *template) rowKey { return r.key }
	rows := screen.NewList("Templates for "+list.integration, key, templateColumns(), templateLanguage())
	return &templates{functions: list, List: rows}
}

func (s *templates) Refresh(t *screen.Turn) {
	s.provider.Fetch(t, screen.ProviderOf(s.functions.integration), func(t *screen.Turn) {
		if !s.provider.HasFailed() {
			s.load.Fetch(t, nango.ProviderTemplates(s.provider.Value), s.showTemplates)
		}
	})
}

func (s *templates) showTemplates(*screen.Turn) {
	here := map[rowKey]bool{}
	for r := range s.functions.Table.Each() {
		here[rowKey{kind: r.key.kind, name: r.key.name}] = true
	}
	rows := make([]template, 0, len(s.load.Value))
	seen := map[rowKey]bool{}
	for _, one := range s.load.Value {
		key := rowKey{kind: nango.FunctionType(one.Type), name: one.Name}
		if seen[key] {
			continue
		}
		seen[key] = true
		r := template{key: key, schema: one.JSONSchema, deployed: here[key], runs: one.Frequency, returns: strings.Join(one.Returns, ", "),
			about: strings.Join(strings.Fields(one.Description), " "), scopes: strings.Join(one.Scopes, ", ")}
		r.text = strings.ToLower(one.Name + "\n" + r.about + "\n" + r.returns)
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b template) int { return templatesByKind(&a, &b) })
	s.Table.SetRows(rows)
}

func templateLanguage() filter.Language[template] {
	return filter.Language[template]{Text: func(r *template) string { return r.text }, Fields: []filter.Field[template]{
		typeField(func(r *template) string { return string(r.key.kind) }),
		filter.TextField("name", func(r *template) string { return r.key.name }),
	}}
}

func templatesByKind(a, b *template) int { return a.key.compare(b.key) }

func templateColumns() []table.Column[template] {
	name := func(r *template) string { return r.key.name }
	return []table.Column[template]{
		{ID: "name", Title: "TEMPLATE", Min: 16, Max: 44, Weight: 2, Compare: table.By(name), Cell: table.Text(ui.RoleText, name)},
		{ID: "type", Title: "TYPE", Min: 6, Compare: templatesByKind,
			Cell: table.Text(ui.RoleMuted, func(r *template) string { return string(r.key.kind) })},
		{ID: "here", Title: "HERE", Min: 6, Cell: func(_ ui.Frame, r *template) ui.Cell {
			if r.deployed {
				return ui.Styled(ui.RoleGood, "✓ yes")
			}
			return ui.Cell{}
		}},
		{ID: "about", Title: "DESCRIPTION", Min: 14, Max: 90, Weight: 3, DropOrder: 2,
			Cell: table.Text(ui.RoleText, func(r *template) string { return r.about })},
		{ID: "runs", Title: "RUNS", Min: 11, DropOrder: 1, Cell: table.Text(ui.RoleMuted, func(r *template) string { return r.runs })},
	}
}

func (s *templates) LoadedAt() time.Time { return s.load.At }

func (s *templates) Actions() []screen.Action {
	on, none := s.Selected(textNoTemplate)
	there := screen.DisabledIf(on.deployed, "already deployed")
	noModels := screen.DisabledIf(len(on.schema) <= len("null"), textTemplateNoModels)
	return s.ActionsAround([]screen.Action{
		{ID: DeployTemplate, Title: "Deploy", Operation: nango.OpDeploymentStart, Disabled: cmp.Or(none, there),
			Do: func(t *screen.Turn) { s.deploy(t, on) }},
		{ID: ShowTemplate, Title: "Show models", Disabled: cmp.Or(none, noModels),
			Do: func(t *screen.Turn) { t.Show(screen.NewJSONPage("Models of "+on.key.name, on.schema)) }},
	}, screen.RefreshAction(s))
}

// deploy proposes to deploy a template. Nango usually answers when it is done; otherwise the deployment is polled.
func (s *templates) deploy(t *screen.Turn, on template) {
	integration := s.functions.integration
	goes := []string{fmt.Sprintf(textAsNangoProvides, on.key.kind, s.provider.Value, on.about)}
	if on.key.kind == nango.SyncFunction {
		goes = append(goes, fmt.Sprintf(textThenRunsAt, cmp.Or(on.runs, textAsAuthorChose), integration))
	}
	if on.scopes != "" {
		goes = append(goes, textNeedsScopes+on.scopes+".")
	}
	request := nango.DeployTemplate(integration, on.key.name, on.key.kind)
	r := &run{label: "Deployment", integration: integration, name: on.key.name, kind: on.key.kind, fetchStatus: fetchDeployment,
		changes: request.Call()}
	screen.Propose(t, screen.Proposal[nango.Deployment]{
		Request: request, Title: "Deploy template", About: integration + " · " + on.key.name, Consequences: goes,
		SuccessText: textTemplateAccepted + on.key.name,
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
	r.watch(t, deploymentStatus(d))
	if r.hasEnded() {
		t.Replace(routeTo(r.integration, r.kind, r.name))
		return
	}
	s.functions.runs = append(s.functions.runs, r)
	t.ReplaceWith(r.Screen())
}

func fetchDeployment(id string) nango.Read[runStatus] {
	return nango.Map(nango.GetDeployment(id), deploymentStatus)
}

func fetchDryRun(id string) nango.Read[runStatus] {
	return nango.Map(nango.GetDryRun(id), dryRunStatus)
}

func (s *templates) View(f ui.Frame) string {
	switch {
	case s.Table.Len() > 0:
		line := append(s.Counts("template"), f.Styled(ui.RoleMuted, " of "+s.provider.Value))
		if err := cmp.Or(s.provider.Err, s.load.Err); err != nil {
			line = append(line, f.Styled(ui.RoleBad, "  ✗ not reloaded: "+err.Error()))
		}
		return s.List.View(f, []ui.Line{line}, textNoTemplateMatchesFilter)
	case s.provider.HasFailed():
		return screen.Failure(f, textCouldntLoadIntegration+s.functions.integration, s.provider.Err)
	case s.load.HasFailed():
		return screen.Failure(f, textCouldntLoadTemplates+s.provider.Value, s.load.Err)
	case !s.load.IsLoaded():
		return screen.Loading(f, "Loading templates")
	}
	return screen.Empty(f, textNoTemplatesFor+s.provider.Value+".", textDeployOwn)
}
