package environment

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Rows that stand for what this program did not make.
const (
	madeRow      = "made "
	otherEnv     = "another environment"
	otherKey     = "another key"
	needsAccount = "that takes a key of the account"
)

// account is the section of what a key of the account can do: what was made with it is known by name, since this program
// notes it.
type account struct {
	made screen.Task[[]thing]
	// gone are those that were deleted since the page was opened.
	gone []thing
	// here are those of this key, the newest first, and elsewhere is how many are of others.
	here      []thing
	elsewhere int
	// goTo is the row of what has just come, until the cursor is there; empty where nothing has.
	goTo string
}

// read reads what was made, and takes out of the file what is gone.
func (a *account) read(t *screen.Turn, then func(*screen.Turn)) {
	gone := slices.Clone(a.gone)
	a.made.Start(t, func(_ context.Context, tools screen.Tools) ([]thing, error) { return forget(tools.Files, gone) }, func(t *screen.Turn) {
		before := a.newest()
		a.here, a.elsewhere = nil, 0
		for _, m := range slices.Backward(a.made.Value) {
			if m.here(t.Profile) {
				a.here = append(a.here, m)
			} else {
				a.elsewhere++
			}
		}
		if now := a.newest(); now.row() != before.row() && !now.Made.Before(before.Made) {
			a.goTo = now.row()
		}
		then(t)
	})
}

// newest is what was made last; nothing where nothing was.
func (a *account) newest() thing {
	if len(a.here) == 0 {
		return thing{}
	}
	return a.here[0]
}

// of are those of a kind.
func (a *account) of(k kind) []thing {
	var all []thing
	for _, m := range a.here {
		if m.Kind == k {
			all = append(all, m)
		}
	}
	return all
}

// nameOf is the environment's number, with its name where it was made here.
func nameOf(known []thing, number int64) string {
	for _, m := range known {
		if m.Kind == kindEnvironment && m.Number == number {
			return fmt.Sprintf("%s (environment %d)", m.Name, number)
		}
	}
	return fmt.Sprintf("environment %d", number)
}

// row is the id of the thing's row.
func (m thing) row() string {
	return madeRow + string(m.Kind) + " " + strconv.FormatInt(m.Environment, 10) + " " + strconv.FormatInt(m.Number, 10)
}

// at is the thing of a row.
func (a *account) at(row string) (thing, bool) {
	for _, m := range a.here {
		if m.row() == row {
			return m, true
		}
	}
	return thing{}, false
}

// sections are what was made here, and a row for everything else.
func (a *account) sections(l look) []ui.Section {
	head := ui.Section{Title: "ACCOUNT KEY", Rows: ui.TextRows(
		"This is an account key: it can only create and delete environments and their API keys. " +
			"Nango lists neither: those created with this program are shown by name, others need their number.")}
	if a.made.Err != nil {
		head.Rows = append(head.Rows, ui.Row{Lines: []ui.Line{{l.frame.Styled(ui.RoleBad, "✗ What was made here cannot be read: "+a.made.Err.Error())}}})
	}
	if a.elsewhere > 0 {
		head.Rows = append(head.Rows, ui.TextRows(ui.Count(a.elsewhere).String()+" more were made with another key or at another host: their numbers mean nothing here.")...)
	}
	return []ui.Section{head, a.section(l, kindEnvironment), a.section(l, kindKey)}
}

func (a *account) section(l look, k kind) ui.Section {
	s := ui.Section{Title: "ENVIRONMENTS", Note: hints(l.frame, hint{NewEnvironment, "makes one"}, hint{Delete, "deletes the one under the cursor"})}
	other := otherEnv
	if k == kindKey {
		s.Title, other = "API KEYS", otherKey
		s.Note = hints(l.frame, hint{NewKey, "makes one for an environment"}, hint{Delete, "deletes the one under the cursor"})
	}
	rows := a.of(k)
	width := len(otherKey)
	for _, m := range rows {
		width = max(width, min(l.frame.Text(m.Name).Width(), l.frame.Width/2))
	}
	for _, m := range rows {
		s.Rows = append(s.Rows, l.row(m.row(), l.frame.Text(m.Name), width, a.about(l, m)))
	}
	s.Rows = append(s.Rows, l.row(other, ui.Clean("another"), width, ui.Clean("by its number")))
	return s
}

// about is what is known of a thing besides its name.
func (a *account) about(l look, m thing) ui.Text {
	words := "number " + strconv.FormatInt(m.Number, 10)
	if m.Kind == kindKey {
		words += " · of " + nameOf(a.here, m.Environment)
	}
	return l.frame.Text(words + " · made " + ui.Ago(l.frame.Now.Sub(m.Made)))
}

// row is a name, and beside it what is known of it.
func (l look) row(id string, name ui.Text, width int, about ui.Text) ui.Row {
	role := ui.RoleText
	if id == l.cursor {
		role = ui.RoleSelected
	}
	space := strings.Repeat(" ", max(width-name.Width(), 0)+gap)
	return ui.Row{ID: id, Lines: []ui.Line{{{Text: name, Role: role}, ui.Styled(ui.RoleText, space), {Text: about, Role: ui.RoleMuted}}}}
}

// accountActions are what a key of the account can do.
func (p *Page) accountActions() []screen.Action {
	row := p.page.Selected()
	m, known := p.account.at(row)
	reason := p.notAccount()
	remove := screen.Action{ID: Delete, Title: "Delete", Operation: nango.OpEnvironmentDelete, Disabled: reason}
	switch {
	case known:
		remove.Operation, remove.Do = m.operation(), func(t *screen.Turn) { p.proposeDelete(t, m, nil) }
	case row == otherEnv:
		remove.Do = func(t *screen.Turn) { t.Show(p.otherEnvironmentForm()) }
	case row == otherKey:
		remove.Operation, remove.Do = nango.OpAPIKeyDelete, func(t *screen.Turn) { t.Show(p.otherKeyForm()) }
	default:
		remove.Disabled = cmp.Or(reason, "there is nothing under the cursor")
	}
	return []screen.Action{
		{ID: NewEnvironment, Title: "New environment", Operation: nango.OpEnvironmentCreate, Disabled: reason, Do: func(t *screen.Turn) { t.Show(newEnvironmentForm()) }},
		{ID: NewKey, Title: "New API key", Operation: nango.OpAPIKeyCreate, Disabled: reason, Do: func(t *screen.Turn) {
			t.Show(newKeyForm(p.account.of(kindEnvironment), m.environment()))
		}},
		remove,
	}
}

// environment is the number of the environment that a thing is or belongs to; 0 where there is none.
func (m thing) environment() int64 {
	if m.Kind == kindEnvironment {
		return m.Number
	}
	return m.Environment
}

// operation deletes the thing.
func (m thing) operation() nango.Operation {
	if m.Kind == kindEnvironment {
		return nango.OpEnvironmentDelete
	}
	return nango.OpAPIKeyDelete
}

// notAccount is why the key cannot do what only one of the account can.
func (p *Page) notAccount() string {
	switch p.where.Owner {
	case nango.OwnerAccount:
		return ""
	case nango.OwnerEnvironment:
		return needsAccount + "; this one is of an environment"
	}
	return needsAccount + "; whose this one is, is not known"
}

// notEnvironment is why the key cannot do what only one of an environment can.
func (p *Page) notEnvironment() string {
	if p.where.Owner == nango.OwnerAccount {
		return "that takes a key of an environment; this one is of the account"
	}
	return ""
}
