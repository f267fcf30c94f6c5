package functions

import (
	"cmp"
	"strings"
	"time"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// rowKey identifies a function in the list. The id separates those of several integrations that an older server
// merges.
type rowKey struct {
	kind nango.FunctionType
	name string
	id   int64
}

// row is a function in the list, without its schema.
type row struct {
	key      rowKey
	off      bool
	source   string
	deployed time.Time
	models   string // that it returns
	schedule string // the frequency of a sync, or the event
	version  string
	// text is what the filter searches, in lower case.
	text string
}

// rowOf copies what it keeps, so that the response can be freed.
func rowOf(one nango.Function) row {
	r := row{
		key: rowKey{one.Type, strings.Clone(one.Name), one.ID}, off: !one.Enabled, source: sourceWord(one.Source),
		models: strings.Join(one.Returns, ", "), schedule: strings.Clone(one.Frequency), version: strings.Clone(one.Version),
	}
	if one.Event != "" {
		r.schedule = strings.Clone(one.Event)
	}
	if one.Deployed != nil {
		r.deployed = *one.Deployed
	}
	r.text = filter.SearchText(one.Name, string(one.Type), one.Description, r.models, one.Input, r.schedule)
	return r
}

func language() filter.Language[row] {
	return filter.Language[row]{Text: func(r *row) string { return r.text }, Fields: []filter.Field[row]{
		typeField(func(r *row) string { return string(r.key.kind) }),
		filter.EnumField("state", (*row).state, "on", "off"),
		filter.TextField("name", func(r *row) string { return r.key.name }),
		filter.TextField("source", func(r *row) string { return r.source }),
		filter.TextField("model", func(r *row) string { return r.models }),
		filter.AgeField("deployed", func(r *row) (time.Time, bool) { return r.deployed, !r.deployed.IsZero() }),
	}}
}

func typeField[R any](of func(*R) string) filter.Field[R] {
	return filter.EnumField("type", of, string(nango.SyncFunction), string(nango.ActionFunction), string(nango.OnEventFunction))
}

func (r *row) state() string {
	if r.off {
		return "off"
	}
	return "on"
}

// kindRank is the order of types: what runs by itself comes first.
var kindRank = map[nango.FunctionType]int{nango.SyncFunction: 1, nango.ActionFunction: 2, nango.OnEventFunction: 3}

// compare orders by type, then by name.
func (k rowKey) compare(other rowKey) int {
	return cmp.Or(kindRank[k.kind]-kindRank[other.kind], strings.Compare(k.name, other.name))
}

func byKind(a, b *row) int { return a.key.compare(b.key) }

func columns() []table.Column[row] {
	name := func(r *row) string { return r.key.name }
	models, schedule := func(r *row) string { return r.models }, func(r *row) string { return r.schedule }
	return []table.Column[row]{
		{ID: "name", Title: "FUNCTION", Min: 16, Max: 48, Weight: 3, Compare: table.By(name), Cell: table.Text(ui.RoleText, name)},
		{ID: "type", Title: "TYPE", Min: 8, Compare: byKind,
			Cell: table.Text(ui.RoleMuted, func(r *row) string { return string(r.key.kind) })},
		{ID: "state", Title: "STATE", Min: 5, Compare: table.By((*row).state), Cell: stateCell},
		{ID: "models", Title: "MODELS", Min: 14, Max: 40, Weight: 1, DropOrder: 2,
			Compare: table.By(models), Cell: table.Text(ui.RoleText, models)},
		{ID: "runs", Title: "RUNS", Min: 14, Max: 24, Weight: 4, DropOrder: 3,
			Compare: table.By(schedule), Cell: table.Text(ui.RoleMuted, schedule)},
		{ID: "source", Title: "SOURCE", Min: 8, Max: 20, Weight: 1, DropOrder: 4,
			Compare: table.By(func(r *row) string { return r.source }),
			Cell:    table.Text(ui.RoleMuted, func(r *row) string { return strings.TrimSpace(r.source + " " + r.version) })},
		{ID: "deployed", Title: "DEPLOYED", Min: 8, Right: true, DropOrder: 5, Cell: deployedCell,
			Compare: func(a, b *row) int { return b.deployed.Compare(a.deployed) }},
	}
}

func stateCell(_ ui.Frame, r *row) ui.Cell {
	if r.off {
		return ui.Styled(ui.RoleWarn, "‖ off")
	}
	return ui.Styled(ui.RoleGood, "✓ on")
}

func deployedCell(f ui.Frame, r *row) ui.Cell {
	if r.deployed.IsZero() {
		return ui.Cell{}
	}
	return ui.Cell{Text: ui.Age(f.Now.Sub(r.deployed)), Role: ui.RoleMuted}
}
