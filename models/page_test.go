package models

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// The actions of a page that does one of everything to a connection.
const (
	read           screen.ActionID = "page.read"
	fetchIt        screen.ActionID = "page.fetch"
	patch          screen.ActionID = "page.patch"
	remove         screen.ActionID = "page.remove"
	link           screen.ActionID = "page.link"
	fetchUnnamed   screen.ActionID = "page.quiet"
	forged         screen.ActionID = "page.forged"
	approvedDelete screen.ActionID = "page.agreedTo"
	copyID         screen.ActionID = "page.copy"
	deeper         screen.ActionID = "page.deeper"
	longProposal   screen.ActionID = "page.lasting"
)

// page is a screen about a connection, for tests: an action for each effect, and words on what came of it.
type page struct {
	screen.Base
	ref       nango.ConnectionRef
	notes     []string
	refreshed int
	approval  *screen.Approval
	list      screen.Load[[]nango.Connection]
	typing    bool
	typed     string
}

func newPage(integration, id string) *page {
	return &page{ref: nango.ConnectionRef{Integration: integration, ID: id}}
}

func (p *page) Title() string { return "Page of " + p.ref.ID }

func (p *page) Open(t *screen.Turn) { p.read(t) }

func (p *page) Refresh(t *screen.Turn) { p.refreshed++; p.read(t) }

func (p *page) Typing() bool { return p.typing }

func (p *page) Update(_ *screen.Turn, msg tea.Msg) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		p.typed += k.Text
	}
}

func (p *page) Concerns(c nango.Call) bool { return c.About == p.ref }

func (p *page) read(t *screen.Turn) {
	p.list.Fetch(t, nango.ListConnections(nango.ConnectionQuery{ID: p.ref.ID, Limit: 10}), func(*screen.Turn) {
		p.note("read %d, error %v", len(p.list.Value), p.list.Err)
	})
}

func (p *page) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

func (p *page) View(f ui.Frame) string {
	var view string
	for _, line := range p.notes {
		view += f.Text(line).Truncate(f.Width).String() + "\n"
	}
	return view
}

func (p *page) Actions() []screen.Action {
	tags := map[string]string{"plan": "team"}
	return []screen.Action{
		{ID: read, Title: "Read", Do: p.read},
		{ID: fetchIt, Title: "Fetch", Operation: nango.OpConnectionGet, Do: p.fetch},
		{ID: fetchUnnamed, Title: "Look", Do: p.fetch},
		{ID: patch, Title: "Patch", Operation: nango.OpConnectionUpdate, Do: func(t *screen.Turn) {
			propose(p, t, "Edit tags", nango.UpdateConnection(p.ref, nango.ConnectionPatch{Tags: &tags}))
		}},
		{ID: remove, Title: "Remove", Operation: nango.OpConnectionDelete, Do: func(t *screen.Turn) {
			propose(p, t, "Delete connection", nango.DeleteConnection(p.ref))
		}},
		{ID: link, Title: "Link", Operation: nango.OpSessionCreate, Do: func(t *screen.Turn) {
			propose(p, t, "Connect link", nango.CreateSession(nango.SessionInput{Tags: tags}))
		}},
		{ID: forged, Title: "Forge", Do: func(t *screen.Turn) {
			p.deleteApproved(t, guard.New(guard.Profile{}).Approve(nango.Call{}, p.futureRequests()))
		}},
		{ID: approvedDelete, Title: "Later", Do: func(t *screen.Turn) { p.deleteApproved(t, p.approval) }},
		{ID: copyID, Title: "Copy", Do: func(t *screen.Turn) { t.Copy("connection id", p.ref.ID) }},
		{ID: longProposal, Title: "Lasting", Operation: nango.OpConnectionUpdate, Do: p.proposeLong},
		{ID: deeper, Title: "Deeper", Do: func(t *screen.Turn) { t.Show(newPage(p.ref.Integration, p.ref.ID)) }},
	}
}

// proposeLong proposes a change that outlives the screen, and notes its outcome.
func (p *page) proposeLong(t *screen.Turn) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.UpdateConnection(
			p.ref,
			nango.ConnectionPatch{Tags: &map[string]string{"plan": "team"}},
		), Title: "Edit tags", OutlivesScreen: true,
		OnSent: func(t *screen.Turn) { p.note("begun"); t.Toast("it is on its way") },
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			p.note("ended: %v", err)
			t.Toast("noted")
			t.Open(screen.To("integrations"))
		},
	})
}

func (p *page) fetch(t *screen.Turn) {
	propose(p, t, "Fetch credentials", nango.GetConnection(p.ref, nango.GetOptions{}))
}

func (p *page) futureRequests() []screen.FutureRequest {
	return []screen.FutureRequest{{Operation: nango.OpConnectionDelete, About: p.ref}}
}

func (p *page) deleteApproved(t *screen.Turn, a *screen.Approval) {
	screen.SendApproved(t, a, screen.Proposal[nango.Success]{
		Request: nango.DeleteConnection(p.ref), Title: "Delete connection",
		Then: func(_ *screen.Turn, _ nango.Success, err error) { p.note("later: %v", err) },
	})
}

func propose[T any](p *page, t *screen.Turn, title string, r nango.Request[T]) {
	screen.Propose(t, screen.Proposal[T]{
		Request: r, Title: title, About: p.ref.ID, Consequences: []string{"its credentials go with it"}, AlsoApproves: p.futureRequests(),
		Then: func(t *screen.Turn, _ T, err error) {
			p.approval = t.Approval
			p.note("%s: %v", title, err)
		},
	})
}
