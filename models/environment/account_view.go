package environment

import (
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// sections has the environments and API keys, and, unless the server lists them, a row for each kind that was not created here.
func (a *account) sections(l drawing) []ui.Section {
	head := ui.Section{Title: titleAccount, Rows: ui.TextRows(textAccount)}
	switch {
	case a.environments.IsLoading() && !a.environments.IsLoaded() && a.environments.Err == nil:
		head.Rows = append(head.Rows, ui.TextRows(textLoadingAccount)...)
	case errors.Is(a.environments.Err, nango.NotNango):
		head.Rows = append(head.Rows, ui.TextRows(textNoLists)...)
	case a.environments.Err != nil:
		head.Rows = append(head.Rows, failure(l.frame, textListFailed, a.environments.Err)...)
	}
	if a.lists() {
		return []ui.Section{head, a.environmentSection(l), a.keySection(l)}
	}
	if a.items.Err != nil {
		head.Rows = append(head.Rows, ui.Row{Lines: []ui.Line{{l.frame.Styled(ui.RoleBad, fmt.Sprintf(textItemsFailed, a.items.Err))}}})
	}
	if a.others > 0 {
		head.Rows = append(head.Rows, ui.TextRows(fmt.Sprintf(textOthers, ui.Count(a.others)))...)
	}
	environments, keys := a.environmentSection(l), a.keySection(l)
	other := func(id string, k kind) ui.Row {
		return l.row(id, ui.Clean(textOther), l.nameWidth(a.ofKind(k)), ui.Clean(textByNumber))
	}
	environments.Rows = append(environments.Rows, other(otherEnv, kindEnvironment))
	keys.Rows = append(keys.Rows, other(otherKey, kindKey))
	return []ui.Section{head, environments, keys}
}

// failure is a failed load: what failed, what to do, and the key that retries.
func failure(f ui.Frame, what string, err error) []ui.Row {
	lines := []ui.Line{{f.Styled(ui.RoleBad, fmt.Sprintf(what, err))}}
	if known, ok := nango.AsError(err); ok {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, known.Advice())})
	}
	return []ui.Row{{Lines: append(lines, hints(f, hint{screen.Refresh, hintRetry}))}}
}

func (a *account) environmentSection(l drawing) ui.Section {
	s := ui.Section{Title: titleEnvironments, Rows: a.rows(l, a.ofKind(kindEnvironment)),
		Note: hints(l.frame, hint{NewEnvironment, hintCreate}, hint{Delete, hintDelete})}
	if len(s.Rows) == 0 && a.lists() {
		s.Rows = ui.TextRows(textNoEnvironments)
	}
	return s
}

func (a *account) keySection(l drawing) ui.Section {
	s := ui.Section{Title: titleKeys, Rows: a.rows(l, a.ofKind(kindKey)),
		Note: hints(l.frame, hint{NewKey, hintCreateKey}, hint{Delete, hintDelete})}
	if !a.lists() {
		return s
	}
	e := screen.Find(a.listed, func(m item) bool { return m.Kind == kindEnvironment && m.UUID == a.keysOf })
	if e == nil {
		s.Rows, s.Note = ui.TextRows(screen.HintOrPalette(l.frame, ShowKeys, hintShowKeys)+"."), nil
		return s
	}
	s.Note = ui.Line{l.frame.Styled(ui.RoleMuted, fmt.Sprintf(textKeysOf, e.Name)),
		{Text: hints(l.frame, hint{Reveal, hintReveal}, hint{Copy, hintCopySecret}).Text(), Role: ui.RoleMuted}}
	switch {
	case a.keys.Err != nil:
		s.Rows = append(failure(l.frame, textKeysFailed, a.keys.Err), s.Rows...)
	case !a.keys.IsLoaded():
		s.Rows = ui.TextRows(textLoadingKeys)
	case len(s.Rows) == 0:
		s.Rows = ui.TextRows(textNoKeys)
	}
	return s
}

// rows are at most [maxRows] items.
func (a *account) rows(l drawing, all []item) (rows []ui.Row) {
	cut, width := all[:min(len(all), maxRows)], l.nameWidth(all)
	for _, m := range cut {
		about := a.about(l, m)
		if m.row() == l.revealed {
			about = ui.Clean(a.secret.Value.Secret.Reveal()) // shown on purpose: l.frame.Text would mask it
		}
		row := l.row(m.row(), l.frame.Text(m.Name), width, about)
		if m.row() == a.secretOf && a.secret.Err != nil {
			row.Lines = append(row.Lines, ui.Line{l.frame.Styled(ui.RoleBad, fmt.Sprintf(textSecretFailed, a.secret.Err))})
		}
		rows = append(rows, row)
	}
	if more := len(all) - len(cut); more > 0 {
		rows = append(rows, ui.TextRows(fmt.Sprintf(textMoreItems, ui.Count(more)))...)
	}
	return rows
}

// nameWidth is the width of the column of names, in cells.
func (l drawing) nameWidth(all []item) int {
	width := len(otherKey)
	for _, m := range all[:min(len(all), maxRows)] {
		width = max(width, min(l.frame.Text(m.Name).Width(), l.frame.Width/2))
	}
	return width
}

// about describes an item, without its name.
func (a *account) about(l drawing, m item) ui.Text {
	if !a.lists() {
		words := fmt.Sprintf(textNumber, m.Number)
		if m.Kind == kindKey {
			words += fmt.Sprintf(textKeyOf, environmentLabel(a.own, m.Environment))
		}
		return l.frame.Text(words + fmt.Sprintf(textCreated, ui.Ago(l.frame.Now.Sub(m.Created))))
	}
	if m.Kind == kindEnvironment {
		if m.production {
			return ui.Clean(textProduction)
		}
		return ui.Text{}
	}
	used := textNeverUsed
	if !m.used.IsZero() {
		used = fmt.Sprintf(textUsed, ui.Ago(l.frame.Now.Sub(m.used)))
	}
	scopes := strings.Join(m.scopes, "")
	if len(m.scopes) != 1 {
		scopes = fmt.Sprintf(textScopes, ui.Count(len(m.scopes)))
	}
	return l.frame.Text(masked + " · " + used + fmt.Sprintf(textCreated, ui.Ago(l.frame.Now.Sub(m.Created))) + " · " + scopes)
}
