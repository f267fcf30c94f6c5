package environment

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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

// account is the section for an account key: the environments and API keys of the account where the server lists them, else those
// that this program created.
type account struct {
	environments screen.Load[[]nango.Environment]
	// keys are those of the environment keysOf, given by UUID; "" for none.
	keys   screen.Load[[]nango.APIKey]
	keysOf string
	// secret is the key of the row secretOf with its secret.
	secret   screen.Load[nango.APIKey]
	secretOf string

	items screen.Task[[]item]
	// deleted are those deleted since the screen was opened.
	deleted []item
	// own are those of this key, newest first; others is the number of those of other keys and hosts.
	own    []item
	others int
	// listed are the environments and keys that the server lists.
	listed []item
	// selectRow is the row of a new item, until the cursor is on it.
	selectRow string
}

// load reads the items, and removes the deleted ones from the file. It also asks the server for its list.
func (a *account) load(t *screen.Turn, then func(*screen.Turn)) {
	a.environments.Fetch(t, nango.ListEnvironments(), func(t *screen.Turn) { a.loadKeys(t, then) })
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

// loadKeys reads the keys of the environment whose keys are shown, if it still exists.
func (a *account) loadKeys(t *screen.Turn, then func(*screen.Turn)) {
	if a.environments.Err == nil && screen.Find(a.environments.Value, func(e nango.Environment) bool { return e.UUID == a.keysOf }) == nil {
		a.keysOf = ""
	}
	a.list(t)
	then(t)
	if a.keysOf == "" || !a.lists() {
		return
	}
	a.keys.Fetch(t, nango.ListAPIKeys(a.keysOf), func(t *screen.Turn) {
		a.list(t)
		then(t)
	})
}

// showKeys shows the keys of another environment.
func (a *account) showKeys(t *screen.Turn, of string, then func(*screen.Turn)) {
	if of != a.keysOf {
		a.keys.Cancel(t)
		a.keys.Value, a.keys.Err, a.keys.At = nil, nil, time.Time{}
	}
	a.keysOf = of
	a.loadKeys(t, then)
}

// lists reports whether the server lists environments and keys. What it listed stays if it fails later.
func (a *account) lists() bool {
	return a.environments.IsLoaded() && !errors.Is(a.environments.Err, nango.NotNango)
}

// list makes items of what the server listed, at most [maxRows] of each kind.
func (a *account) list(t *screen.Turn) {
	a.listed = nil
	var of nango.Environment
	for _, e := range a.environments.Value {
		m := newItem(t, kindEnvironment, e.ID, e.Name)
		m.UUID, m.production = e.UUID, e.Production
		a.listed = append(a.listed, m)
		if e.UUID == a.keysOf {
			of = e
		}
	}
	if a.keysOf == "" {
		return
	}
	for _, k := range a.keys.Value {
		m := newItem(t, kindKey, k.ID, k.Name)
		m.UUID, m.Environment, m.EnvironmentUUID, m.Created, m.scopes, m.used = k.UUID, of.ID, of.UUID, k.Created, k.Scopes, k.Used
		a.listed = append(a.listed, m)
	}
}

// shown returns the items that are shown.
func (a *account) shown() []item {
	if a.lists() {
		return a.listed
	}
	return a.own
}

// newest returns the newest item, or a zero item.
func (a *account) newest() item {
	if len(a.own) == 0 {
		return item{}
	}
	return a.own[0]
}

func (a *account) ofKind(k kind) []item {
	return slices.DeleteFunc(slices.Clone(a.shown()), func(m item) bool { return m.Kind != k })
}

// environmentLabel returns an environment's number, with its name if it was created here.
func environmentLabel(known []item, number int64) string {
	is := func(m item) bool { return m.Kind == kindEnvironment && m.Number == number }
	if m := screen.Find(known, is); m != nil {
		return fmt.Sprintf(textNamedEnvironment, m.Name, number)
	}
	return fmt.Sprintf(textEnvironment, number)
}

// row returns the id of the item's row. An item without a number has its UUID there, so that no two share a row.
func (m item) row() string {
	if m.Number == 0 {
		return fmt.Sprintf("%s%s %s %s", itemRow, m.Kind, m.EnvironmentUUID, m.UUID)
	}
	return fmt.Sprintf("%s%s %d %d", itemRow, m.Kind, m.Environment, m.Number)
}

func (a *account) find(row string) *item {
	return screen.Find(a.shown(), func(m item) bool { return m.row() == row })
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
	lists := p.account.lists()
	newKey := screen.Action{ID: NewKey, Title: actionNewKey, Operation: nango.OpAPIKeyCreate, Disabled: reason, Do: func(t *screen.Turn) {
		if lists {
			p.account.showKeys(t, m.environment().UUID, p.rebuild)
		}
		t.Show(newKeyForm(p.account.ofKind(kindEnvironment), m.environment().ID, lists))
	}}
	if lists && m == nil {
		newKey.Disabled = cmp.Or(reason, whyNoSelection)
	}
	return []screen.Action{
		p.showKeys(m, reason),
		{ID: NewEnvironment, Title: actionNewEnvironment, Operation: nango.OpEnvironmentCreate, Disabled: reason,
			Do: func(t *screen.Turn) { t.Show(newEnvironmentForm(lists)) }},
		newKey, remove,
	}
}

// showKeys shows the API keys of the selected environment.
func (p *Page) showKeys(m *item, reason string) screen.Action {
	action := screen.Action{ID: ShowKeys, Title: actionShowKeys, ReadOperation: nango.OpAPIKeysList, Disabled: reason,
		Do: func(t *screen.Turn) { p.account.showKeys(t, m.UUID, p.rebuild) }}
	switch {
	case reason == "" && !p.account.lists():
		action.Disabled, action.HideInFooter = whyNoLists, true
	case reason == "" && (m == nil || m.Kind != kindEnvironment):
		action.Disabled = whyNoEnvironment
	}
	return action
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
