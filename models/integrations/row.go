package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

type row struct {
	key, name, provider, mode string
	// webhooks are forwarded: yes, no or ?.
	webhooks string
	// providerMissing: the catalog doesn't have the provider.
	providerMissing bool
	counts          connectionCounts
	counted         bool // otherwise counts is unknown
	// text is what is searched, in lower case.
	text string
}

func language() filter.Language[row] {
	return filter.Language[row]{Text: func(r *row) string { return r.text }, Fields: []filter.Field[row]{
		filter.EnumField("state", (*row).state, "ok", "broken"),
		filter.EnumField("used", (*row).used, "yes", "no", "unknown"),
		filter.TextField("integration", func(r *row) string { return r.key }),
		filter.TextField("name", func(r *row) string { return r.name }),
		filter.TextField("provider", func(r *row) string { return r.provider }),
		filter.TextField("auth", func(r *row) string { return r.mode }),
	}}
}

// used is whether it has connections.
func (r *row) used() string {
	switch {
	case r.counts.all > 0:
		return "yes"
	case r.counted && !r.counts.more:
		return "no"
	}
	return "unknown"
}

func (r *row) state() string {
	if r.counts.broken > 0 {
		return "broken"
	}
	return "ok"
}

func newRow(i nango.Integration) row {
	return row{key: i.Key, name: i.DisplayName, provider: i.Provider, webhooks: yesOrNo(i.ForwardWebhooks)}
}

// complete adds what other loads know of the integration.
func (r *row) complete(modes map[string]string) {
	var known bool
	r.mode, known = modes[r.provider]
	r.providerMissing = modes != nil && !known
	r.text = filter.SearchText(r.key, r.name, r.provider, r.mode)
}

func columns() []table.Column[row] {
	key, name := func(r *row) string { return r.key }, func(r *row) string { return r.name }
	mode, webhooks := func(r *row) string { return r.mode }, func(r *row) string { return r.webhooks }
	return []table.Column[row]{
		{ID: "key", Title: columnKey, Min: 24, Max: 40, Weight: 3,
			Cell: table.Text(ui.RoleText, key), Compare: table.By(key)},
		{ID: "connections", Title: columnConnections, Min: 7, Max: 9, Right: true, Cell: connectionsCell,
			Compare: table.By(func(r *row) int { return r.counts.all })},
		{ID: "broken", Title: columnBroken, Min: 7, Max: 9, Right: true, Cell: brokenCell,
			Compare: table.By(func(r *row) int { return r.counts.broken })},
		{ID: "share", Title: columnShare, Min: shareCells, Max: shareCells, DropOrder: 1, Cell: shareCell, Compare: table.By((*row).share)},
		{ID: "provider", Title: columnProvider, Min: 12, Max: 30, Weight: 2, DropOrder: 5,
			Cell: providerCell, Compare: table.By(func(r *row) string { return r.provider })},
		{ID: "auth", Title: screen.TextAuthColumn, Min: 10, Max: 18, Weight: 1, DropOrder: 4,
			Cell: table.Text(ui.RoleMuted, mode), Compare: table.By(mode)},
		{ID: "webhooks", Title: columnWebhooks, Min: 5, Max: 5, DropOrder: 3,
			Cell: table.Text(ui.RoleMuted, webhooks), Compare: table.By(webhooks)},
		{ID: "name", Title: screen.TextNameColumn, Min: 12, Max: 40, Weight: 3, DropOrder: 2,
			Cell: table.Text(ui.RoleText, name), Compare: table.By(name)},
	}
}

func providerCell(f ui.Frame, r *row) ui.Cell {
	if r.providerMissing {
		return f.Styled(ui.RoleBad, "✗ "+r.provider)
	}
	return f.Styled(ui.RoleMuted, r.provider)
}

func connectionsCell(_ ui.Frame, r *row) ui.Cell { return r.number(ui.RoleText, "", r.counts.all) }

func brokenCell(_ ui.Frame, r *row) ui.Cell {
	if r.counts.broken == 0 {
		return r.number(ui.RoleMuted, "", 0)
	}
	return r.number(ui.RoleBad, "✗ ", r.counts.broken)
}

// shareCells is the width of the bar of what is broken.
const shareCells = 8

// share is the part of the connections that is broken, in thousandths.
func (r *row) share() int { return r.counts.broken * 1_000 / max(r.counts.all, 1) }

func shareCell(_ ui.Frame, r *row) ui.Cell {
	return ui.Cell{Text: ui.Bar(r.counts.broken, r.counts.all, shareCells), Role: ui.RoleBad}
}

// number shows a count, which may be unknown or a minimum.
func (r *row) number(role ui.Role, sign string, n int) ui.Cell {
	switch {
	case !r.counted:
		return ui.Styled(ui.RoleMuted, "?")
	case r.counts.more:
		sign += "≥"
	}
	return ui.Styled(role, sign+ui.Count(n).String())
}
