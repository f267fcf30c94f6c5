package environment

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Rows of items that were not created here.
const (
	itemRow  = "made "
	otherEnv = "another environment"
	otherKey = "another key"
)

// account is the section for an account key: the environments and API keys that this program created.
type account struct {
	items screen.Task[[]item]
	// deleted are those deleted since the screen was opened.
	deleted []item
	// own are those of this key, newest first; others is the number of those of other keys and hosts.
	own    []item
	others int
	// selectRow is the row of a new item, until the cursor is on it.
	selectRow string
}

// load reads the items, and removes the deleted ones from the file.
func (a *account) load(t *screen.Turn, then func(*screen.Turn)) {
	gone := slices.Clone(a.deleted)
	a.items.Start(t, func(_ context.Context, tools screen.Tools) ([]item, error) {
		if len(gone) == 0 {
			return readItems(tools.Files)
		}
		return updateItems(tools.Files, func(all []item) []item {
			return slices.DeleteFunc(all, func(m item) bool { return slices.ContainsFunc(gone, m.isDeletedWith) })
		})
	}, func(t *screen.Turn) {
		before := a.newest()
		a.own, a.others = nil, 0
		for _, m := range slices.Backward(a.items.Value) {
			if m.Host == t.Profile.Host && m.Key == t.Profile.Fingerprint { // elsewhere its number means nothing
				a.own = append(a.own, m)
			} else {
				a.others++
			}
		}
		if now := a.newest(); now.row() != before.row() && !now.Created.Before(before.Created) {
			a.selectRow = now.row()
		}
		then(t)
	})
}

// newest returns the newest item, or a zero item.
func (a *account) newest() item {
	if len(a.own) == 0 {
		return item{}
	}
	return a.own[0]
}

func (a *account) ofKind(k kind) []item {
	return slices.DeleteFunc(slices.Clone(a.own), func(m item) bool { return m.Kind != k })
}

// environmentLabel returns an environment's number, with its name if it was created here.
func environmentLabel(known []item, number int64) string {
	is := func(m item) bool { return m.Kind == kindEnvironment && m.Number == number }
	if m := screen.Find(known, is); m != nil {
		return fmt.Sprintf(textNamedEnvironment, m.Name, number)
	}
	return fmt.Sprintf(textEnvironment, number)
}

// row returns the id of the item's row.
func (m item) row() string {
	return fmt.Sprintf("%s%s %d %d", itemRow, m.Kind, m.Environment, m.Number)
}

func (a *account) find(row string) *item {
	return screen.Find(a.own, func(m item) bool { return m.row() == row })
}

// sections has the items, and a row for each kind that was not created here.
func (a *account) sections(l drawing) []ui.Section {
	head := ui.Section{Title: titleAccount, Rows: ui.TextRows(textAccount)}
	if a.items.Err != nil {
		head.Rows = append(head.Rows, ui.Row{Lines: []ui.Line{{l.frame.Styled(ui.RoleBad, fmt.Sprintf(textItemsFailed, a.items.Err))}}})
	}
	if a.others > 0 {
		head.Rows = append(head.Rows, ui.TextRows(fmt.Sprintf(textOthers, ui.Count(a.others)))...)
	}
	return []ui.Section{head, a.section(l, kindEnvironment), a.section(l, kindKey)}
}

func (a *account) section(l drawing, k kind) ui.Section {
	s := ui.Section{Title: titleEnvironments, Note: hints(l.frame, hint{NewEnvironment, hintCreate}, hint{Delete, hintDelete})}
	other := otherEnv
	if k == kindKey {
		s.Title, other = titleKeys, otherKey
		s.Note = hints(l.frame, hint{NewKey, hintCreateKey}, hint{Delete, hintDelete})
	}
	rows := a.ofKind(k)
	width := len(otherKey)
	for _, m := range rows {
		width = max(width, min(l.frame.Text(m.Name).Width(), l.frame.Width/2))
	}
	for _, m := range rows {
		s.Rows = append(s.Rows, l.row(m.row(), l.frame.Text(m.Name), width, a.about(l, m)))
	}
	s.Rows = append(s.Rows, l.row(other, ui.Clean(textOther), width, ui.Clean(textByNumber)))
	return s
}

// about describes an item, without its name.
func (a *account) about(l drawing, m item) ui.Text {
	words := fmt.Sprintf(textNumber, m.Number)
	if m.Kind == kindKey {
		words += fmt.Sprintf(textKeyOf, environmentLabel(a.own, m.Environment))
	}
	return l.frame.Text(words + fmt.Sprintf(textCreated, ui.Ago(l.frame.Now.Sub(m.Created))))
}

func (l drawing) row(id string, name ui.Text, width int, about ui.Text) ui.Row {
	role := ui.RoleText
	if id == l.cursor {
		role = ui.RoleSelected
	}
	space := strings.Repeat(" ", max(width-name.Width(), 0)+gap)
	return ui.Row{ID: id, Lines: []ui.Line{{{Text: name, Role: role}, ui.Styled(ui.RoleText, space), {Text: about, Role: ui.RoleMuted}}}}
}

// accountActions need an account key.
func (p *Page) accountActions() []screen.Action {
	row := p.page.Selected()
	m, reason := p.account.find(row), p.needsAccountKey()
	remove := screen.Action{ID: Delete, Title: "Delete", Operation: nango.OpEnvironmentDelete, Disabled: reason}
	switch {
	case m != nil:
		remove.Do = func(t *screen.Turn) { p.proposeDelete(t, *m, nil) }
	case row == otherEnv:
		remove.Do = func(t *screen.Turn) { t.Show(p.otherEnvironmentForm()) }
	case row == otherKey:
		remove.Do = func(t *screen.Turn) { t.Show(p.otherKeyForm()) }
	default:
		remove.Disabled = cmp.Or(reason, whyNoSelection)
	}
	if row == otherKey || m != nil && m.Kind == kindKey {
		remove.Operation = nango.OpAPIKeyDelete
	}
	return []screen.Action{
		{ID: NewEnvironment, Title: actionNewEnvironment, Operation: nango.OpEnvironmentCreate, Disabled: reason,
			Do: func(t *screen.Turn) { t.Show(newEnvironmentForm()) }},
		{ID: NewKey, Title: actionNewKey, Operation: nango.OpAPIKeyCreate, Disabled: reason, Do: func(t *screen.Turn) {
			t.Show(newKeyForm(p.account.ofKind(kindEnvironment), m.environment()))
		}},
		remove,
	}
}

// environment returns the number of the environment that an item is or belongs to; 0 for no item.
func (m *item) environment() int64 {
	switch {
	case m == nil:
		return 0
	case m.Kind == kindEnvironment:
		return m.Number
	}
	return m.Environment
}

// needsAccountKey returns why the key can't do what needs an account key.
func (p *Page) needsAccountKey() string {
	switch p.profile.Owner {
	case nango.OwnerAccount:
		return ""
	case nango.OwnerEnvironment:
		return textNeedsAccount + whyEnvironmentKey
	}
	return textNeedsAccount + whyUnknownKey
}

// needsEnvironmentKey returns why the key can't do what needs an environment key.
func (p *Page) needsEnvironmentKey() string {
	return screen.DisabledIf(p.profile.Owner == nango.OwnerAccount, whyNeedsEnvironment)
}
