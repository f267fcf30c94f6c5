package sessions

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// freshFor is how old what was read of a connection may be when it goes into a link: tags that somebody changed
// since then would be undone by it.
const freshFor = 5 * time.Minute

// Reconnect makes a link by which the customer of a connection gives new credentials. It shows what survives, what
// is put back and what is lost before anything is sent, and is the dialog of what it sends.
type Reconnect struct {
	screen.Base
	ref  nango.ConnectionRef
	rows screen.Load[[]nango.Connection]
	// fresh reads the row once more while the link is made, to know what it is compared with afterwards.
	fresh screen.Load[[]nango.Connection]
	// detail is the connection whole, if it was read; readAt is when, readErr why it came without credentials.
	detail  *nango.ConnectionDetail
	readAt  time.Time
	readErr error
	reading bool
	making  bool
	made    *made
	keeping keeping
	where   screen.ProfileState
	// fields is laid out anew by the View after stale was set.
	fields ui.Fields
	stale  bool
}

// NewReconnect is the screen for the connection that the route names.
func NewReconnect(r screen.Route) (*Reconnect, error) {
	ref := nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}
	if ref.Integration == "" || ref.ID == "" || len(r.Args) != 2 {
		return nil, errors.New("a reconnect needs an integration and a connection: reconnect/<integration>/<connection id>")
	}
	return &Reconnect{ref: ref}, nil
}

// Title names the screen.
func (r *Reconnect) Title() string { return "Reconnect link" }

// Open reads the connection's row of the list, which changes nothing.
func (r *Reconnect) Open(t *screen.Turn) { r.Refresh(t) }

// Refresh reads the row again. What was read of the connection itself is dropped when it is too old to be kept.
func (r *Reconnect) Refresh(t *screen.Turn) {
	r.where = t.Profile
	r.rows.Fetch(t, nango.ListConnections(rowQuery(r.ref)), func(t *screen.Turn) {
		if r.detail != nil && t.Now.Sub(r.readAt) > freshFor {
			r.detail = nil
		}
		r.arrange()
	})
}

// arrange works out what survives from what is known by now.
func (r *Reconnect) arrange() {
	row, _ := r.row()
	if r.detail != nil && r.readAt.After(r.rows.At) {
		row.Tags = r.detail.Tags
	}
	r.keeping, r.stale = keep(row, r.detail), true
}

// LoadedAt is when the row was read.
func (r *Reconnect) LoadedAt() time.Time { return r.rows.At }

// Concerns says whether a call changed this connection.
func (r *Reconnect) Concerns(c nango.Call) bool { return c.About == r.ref }

// row is the connection as the list has it.
func (r *Reconnect) row() (nango.Connection, bool) { return rowOf(r.ref, r.rows.Value) }

// Actions is what can be done now.
func (r *Reconnect) Actions() []screen.Action {
	// While the link is being made, leaving would lose it, and it would live for half an hour all the same.
	if busy := beingMade(r.making, r.made); busy != "" {
		return []screen.Action{{ID: screen.LeaveForm, Title: "Leave", HideInFooter: true, Disabled: busy}}
	}
	return append([]screen.Action{
		{ID: MakeReconnect, Title: "Make the link", Operation: nango.OpSessionReconnect, Disabled: r.cannotMake(), Do: r.make},
		{ID: ReadWhole, Title: r.readTitle(), Operation: nango.OpConnectionGet, Disabled: r.cannotRead(), Do: r.read},
		screen.RefreshAction(r),
	}, screen.MoveActions(&r.fields)...)
}

func (r *Reconnect) readTitle() string {
	if r.detail != nil {
		return "Read it again"
	}
	return "Read it first"
}

func (r *Reconnect) cannotRead() string {
	if reason, refused := r.ref.UnusableReasonFor(nango.OpConnectionGet); refused {
		return reason
	}
	if r.reading {
		return "it is just being read"
	}
	return ""
}

// cannotMake is why no link can be made now.
func (r *Reconnect) cannotMake() string {
	if reason, refused := r.ref.UnusableReasonFor(nango.OpSessionReconnect); refused {
		return reason
	}
	_, there := r.row()
	switch {
	case r.reading:
		return "the connection is just being read"
	case !there:
		return "the connection has not been found"
	case r.keeping.problem != nil:
		return r.keeping.problem.Error()
	}
	if err := nango.ReconnectSession(r.ref, r.keeping.input).Validate(); err != nil {
		return err.Error()
	}
	return ""
}

// read reads the connection whole. A refresh that fails brings it all the same.
func (r *Reconnect) read(t *screen.Turn) {
	r.reading = true
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(r.ref, nango.GetOptions{}), Title: "Read the connection", About: r.ref.ID,
		Consequences: readGoes, Then: r.whole,
	})
}

func (r *Reconnect) whole(t *screen.Turn, c nango.ConnectionDetail, err error) {
	r.reading = false
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	r.readErr = err
	known := err == nil
	if e, ok := nango.AsError(err); ok {
		c, known = e.Connection()
	}
	if known {
		r.detail, r.readAt = &c, t.Now
	}
	r.arrange()
}

// make proposes the link, and reads the row once more at the same time: nobody can have the link before its page is
// there, so what that read finds is how it was before.
func (r *Reconnect) make(t *screen.Turn) {
	if old := r.oldest(); t.Now.Sub(old) > freshFor {
		t.Toast(fmt.Sprintf("what goes into the link was read %s ago: it is read again first", ui.Age(t.Now.Sub(old))))
		r.Refresh(t)
		return
	}
	row, _ := r.row()
	r.making = true
	r.fresh.Fetch(t, nango.ListConnections(rowQuery(r.ref)), r.ready)
	screen.Propose(t, screen.Proposal[nango.Session]{
		Request: nango.ReconnectSession(r.ref, r.keeping.input), Title: "Make a reconnect link", About: row.Customer().Name,
		Consequences: reconnectGoes(row), AlsoApproves: r.also(row), Then: r.done,
	})
}

// oldest is when the oldest of what goes into the link was read.
func (r *Reconnect) oldest() time.Time {
	if r.detail != nil && r.readAt.Before(r.rows.At) {
		return r.readAt
	}
	return r.rows.At
}

// also is what the same yes agrees to.
func (r *Reconnect) also(row nango.Connection) []screen.FutureRequest {
	also := []screen.FutureRequest{{Operation: nango.OpSessionDelete}}
	if !noMetadata(row.Metadata) {
		also = append(also, screen.FutureRequest{Operation: nango.OpMetadataSet, About: r.ref})
	}
	return also
}

func (r *Reconnect) done(t *screen.Turn, s nango.Session, err error) {
	r.making = false
	if err != nil {
		r.fresh.Cancel(t)
		return
	}
	r.made = newMade(t, s)
	r.ready(t)
}

// ready shows the link once both are there: the session, and the row to compare with.
func (r *Reconnect) ready(t *screen.Turn) {
	if r.made == nil || r.fresh.IsLoading() {
		return
	}
	row, _ := r.row()
	if now, there := rowOf(r.ref, r.fresh.Value); there && !r.fresh.HasFailed() {
		row = now
	}
	m := newMending(row)
	m.begin(r.made)
	facts := []fact{{"For", m.who}, {"Tags", tagText(r.keeping.input.Tags)}}
	if !maps.Equal(row.Tags, r.keeping.input.Tags) {
		facts = append(facts,
			fact{"Careful", "its tags were changed while the link was made, and the link would set them back: revoke it and make another"})
	}
	t.ReplaceWith(newPage("Reconnect link", r.made.session, m, facts...))
}
