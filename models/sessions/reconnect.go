package sessions

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// freshFor is the maximum age of data that goes into a link: the link would undo later changes of tags.
const freshFor = 5 * time.Minute

// linkTime is how long a link works.
const linkTime = 30 * time.Minute

// Reconnect creates a link with which the customer of a connection gives new credentials. It shows what is kept,
// restored and lost before anything is sent, and is its own dialog.
type Reconnect struct {
	screen.Base
	ref  nango.ConnectionRef
	rows screen.Load[[]nango.Connection]
	creation
	// detail is the connection with all details, if it was read; readAt is when, readErr why the credentials are
	// missing.
	detail  *nango.ConnectionDetail
	readAt  time.Time
	readErr error
	reading bool
	keeping keptData
	// unkept is why the journal can't keep the metadata; nil if it can.
	unkept error
	where  screen.ProfileState
	fields ui.Fields
}

// NewReconnect creates the screen for the route's connection.
func NewReconnect(r screen.Route) (*Reconnect, error) {
	ref := nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}
	if ref.Integration == "" || ref.ID == "" || len(r.Args) != 2 {
		return nil, errors.New(textReconnectNeedsIntegrationConnection)
	}
	return &Reconnect{ref: ref}, nil
}

// Title names the screen.
func (r *Reconnect) Title() string { return "Reconnect link" }

// Refresh loads the connection's row of the list, which changes nothing. Details of the connection are dropped if they are too old.
func (r *Reconnect) Refresh(t *screen.Turn) {
	r.where = t.Profile
	r.rows.Fetch(t, nango.ListConnections(rowQuery(r.ref)), func(t *screen.Turn) {
		if r.detail != nil && t.Now.Sub(r.readAt) > freshFor {
			r.detail = nil
		}
		r.arrange(t)
	})
}

func (r *Reconnect) arrange(t *screen.Turn) {
	row := r.row()
	r.unkept = nango.Undo{Before: nango.MetadataContent(row.Metadata)}.CannotKeep(t.Mask)
	if r.detail != nil && r.readAt.After(r.rows.At) {
		row.Tags = r.detail.Tags
	}
	r.keeping = keep(row, r.detail)
}

// LoadedAt is when the row was loaded.
func (r *Reconnect) LoadedAt() time.Time { return r.rows.At }

// Concerns reports whether a call changed this connection.
func (r *Reconnect) Concerns(c nango.Call) bool { return c.About == r.ref }

// row is the connection as returned by the list; zero if it isn't there.
func (r *Reconnect) row() nango.Connection {
	return *cmp.Or(rowOf(r.ref, r.rows.Value), &nango.Connection{})
}

func (r *Reconnect) isListed() bool { return rowOf(r.ref, r.rows.Value) != nil }

// IsFormDialog reports whether the page shows what the link would replace. Until then there is nothing to agree to.
func (r *Reconnect) IsFormDialog() bool { return r.cannotMake() == "" }

// Actions are what can be done now.
func (r *Reconnect) Actions() []screen.Action {
	if busy := r.busy(); busy != "" {
		return []screen.Action{{ID: screen.LeaveForm, Title: "Leave", HideInFooter: true, Disabled: busy}}
	}
	read := "Read connection first"
	if r.detail != nil {
		read = "Read connection again"
	}
	return append([]screen.Action{
		{ID: MakeReconnect, Title: "Create link", Operation: nango.OpSessionReconnect, Disabled: r.cannotMake(), Do: r.make},
		{ID: ReadConnection, Title: read, Operation: nango.OpConnectionGet, Disabled: r.cannotRead(), Do: r.read},
		screen.RefreshAction(r),
	}, screen.MoveActions(&r.fields)...)
}

func (r *Reconnect) cannotRead() string {
	if reason, refused := r.ref.UnusableReasonFor(nango.OpConnectionGet); refused {
		return reason
	}
	return screen.DisabledIf(r.reading, textBeingLoaded)
}

// cannotMake is why no link can be created now.
func (r *Reconnect) cannotMake() string {
	if reason, refused := r.ref.UnusableReasonFor(nango.OpSessionReconnect); refused {
		return reason
	}
	switch {
	case r.reading:
		return screen.TextConnectionLoading
	case !r.isListed():
		return textConnectionNotFound
	case r.keeping.problem != nil:
		return r.keeping.problem.Error()
	}
	if err := nango.ReconnectSession(r.ref, r.keeping.input).Validate(); err != nil {
		return err.Error()
	}
	return ""
}

// read reads the connection with its credentials. A failed refresh returns it, too.
func (r *Reconnect) read(t *screen.Turn) {
	r.reading = true
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(r.ref, nango.GetOptions{}), Title: "Read connection", About: r.ref.String(),
		Consequences: readConsequences, Then: r.whole,
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
	r.arrange(t)
}

func (r *Reconnect) make(t *screen.Turn) {
	old := r.rows.At
	if r.detail != nil && r.readAt.Before(old) {
		old = r.readAt
	}
	if t.Now.Sub(old) > freshFor {
		t.Toast(fmt.Sprintf(textDataLinkOldReloaded, ui.Duration(t.Now.Sub(old))))
		r.Refresh(t)
		return
	}
	row := r.row()
	also := []screen.FutureRequest{{Operation: nango.OpSessionDelete}}
	if !isEmptyMetadata(row.Metadata) {
		also = append(also, screen.FutureRequest{Operation: nango.OpMetadataSet, About: r.ref})
	}
	undo := r.undo(t, row)
	r.create(t, screen.Proposal[nango.Session]{
		Request: nango.ReconnectSession(r.ref, r.keeping.input).Keeping(undo), Title: "Create reconnect link", About: row.Customer().Name,
		Consequences: reconnectConsequences(row, r.unkept), AlsoApproves: also,
	}, rowQuery(r.ref), func(t *screen.Turn) { r.show(t, undo.ID) }, func(error) {})
}

// undo is what the journal keeps until the reconnect has ended: the metadata, which most auth modes empty. It is zero if there is none,
// or if it can't be kept.
func (r *Reconnect) undo(t *screen.Turn, row nango.Connection) nango.Undo {
	if isEmptyMetadata(row.Metadata) || r.unkept != nil {
		return nango.Undo{}
	}
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	return nango.Undo{ID: hex.EncodeToString(random[:]), Before: nango.MetadataContent(row.Metadata), Until: t.Now.Add(linkTime)}
}

func (r *Reconnect) show(t *screen.Turn, kept string) {
	row := r.row()
	if now := rowOf(r.ref, r.before.Value); now != nil && !r.before.HasFailed() {
		row = *now
	}
	m := newReconnectWatch(row)
	m.kept = kept
	m.begin(r.made)
	facts := []fact{{"For", m.who}, {"Tags", tagText(r.keeping.input.Tags)}}
	if !maps.Equal(row.Tags, r.keeping.input.Tags) {
		facts = append(facts, fact{"Careful", textTagsChangedWhileLink})
	}
	t.ReplaceWith(newPage("Reconnect link", r.made.session, m, &m.linkWatch, facts...))
}
