package sessions

import (
	"bytes"
	"encoding/json"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

const (
	// emptyLooks is how many looks in a row must find the metadata empty before it is put back: a function that
	// runs after the reconnect may be about to write its own.
	emptyLooks = 2
	// maxPutBacks bounds how often metadata is put back for one link.
	maxPutBacks = 3
)

// mending waits for the customer of a reconnect link. What the list can tell of that: that the authentication
// error is gone, that there is a newer one, and that the metadata has been emptied, which most auth modes do
// when the customer finishes. Where none of it can happen, it cannot be seen, and the screen says so.
type mending struct {
	wait
	ref nango.ConnectionRef
	who string
	// broken is the log id of the authentication error that is to go; empty where there is none.
	broken string
	// metadata is what is put back where it is found empty; nil where there is nothing to put back. While the
	// connection still has some, it follows it.
	metadata json.RawMessage
	// original is the metadata as it was when the link was made.
	original json.RawMessage
	// made is when the link was made, by the server's clock as far as it tells.
	made time.Time

	mended bool
	gone   bool
	// failures is how often a newer error was seen.
	failures int
	// empty is how many looks in a row found the metadata empty.
	empty     int
	putBacks  int
	restored  bool
	putFailed error
}

// newMending takes the connection as the list has it when the link is made.
func newMending(c nango.Connection) *mending {
	m := &mending{ref: c.Ref(), who: c.Customer().Name + " · " + c.Integration, broken: authLog(c)}
	if !noMetadata(c.Metadata) {
		m.metadata, m.original = c.Metadata, c.Metadata
	}
	return m
}

// authLog is the log id of the connection's authentication error, or empty.
func authLog(c nango.Connection) string {
	for _, failure := range c.Errors {
		if failure.Type == "auth" {
			return failure.LogID
		}
	}
	return ""
}

// noMetadata says that there is nothing in it: null, absent, or an object without keys.
func noMetadata(raw json.RawMessage) bool {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return true
	}
	var object map[string]json.RawMessage
	return json.Unmarshal(raw, &object) == nil && len(object) == 0
}

// begin forgets the metadata where the yes does not cover putting it back.
func (m *mending) begin(link *made) {
	m.wait.begin(link)
	m.made = madeAt(link.at, link.session)
	if m.metadata != nil && !link.agreement.Covers(m.putBack().Call()) {
		m.metadata = nil
	}
}

// putBack writes the metadata as it was read.
func (m *mending) putBack() nango.Request[json.RawMessage] {
	return nango.SetMetadata(m.ref.Integration, []string{m.ref.ID}, m.metadata)
}

// Title says what is waited for.
func (m *mending) Title() string { return "the reconnect of " + m.who }

// Poll looks once. The list's row is enough, and reading it changes nothing.
func (m *mending) Poll(t *screen.Turn) { m.ask(t, rowQuery(m.ref), m.look) }

// rowQuery finds the one row of a connection.
func rowQuery(ref nango.ConnectionRef) nango.ConnectionQuery {
	return nango.ConnectionQuery{ID: ref.ID, Integrations: []string{ref.Integration}, Limit: 2}
}

// rowOf is the row of the connection among those that were found.
func rowOf(ref nango.ConnectionRef, rows []nango.Connection) (nango.Connection, bool) {
	for _, c := range rows {
		if c.Ref() == ref {
			return c, true
		}
	}
	return nango.Connection{}, false
}

func (m *mending) look(t *screen.Turn) {
	if m.rows.HasFailed() {
		m.blind(t)
		return
	}
	row, there := rowOf(m.ref, m.rows.Value)
	if !there {
		m.gone = true
		t.Toast(m.who + " is not there any more")
		m.revoke(t)
		return
	}
	m.noteError(t, row)
	m.noteMetadata(row)
	m.decide(t)
}

// blind is a look that failed.
func (m *mending) blind(t *screen.Turn) {
	if m.last || m.cannotLook() {
		m.ended = true
		t.Toast("whether " + m.who + " is mended cannot be seen: " + m.rows.Err.Error())
	}
}

// noteError compares the authentication error with the one that was there.
func (m *mending) noteError(t *screen.Turn, row nango.Connection) {
	switch now := authLog(row); now {
	case m.broken:
	case "":
		m.mended = true
	default:
		m.broken, m.mended = now, false
		m.failures++
		t.Toast(m.who + " failed again: there is a newer authentication error")
	}
}

// noteMetadata counts how often it was found empty, and otherwise follows it.
func (m *mending) noteMetadata(row nango.Connection) {
	switch {
	case m.metadata == nil:
	case noMetadata(row.Metadata):
		m.empty++
	default:
		if m.putFailed != nil { // its answer was lost, or somebody else has filled it: it needs no more
			m.restored, m.putFailed = sameJSON(m.metadata, row.Metadata), nil
		}
		m.empty, m.metadata = 0, row.Metadata
	}
}

func (m *mending) decide(t *screen.Turn) {
	switch {
	case m.empty > 0 && m.putBacks < maxPutBacks:
		m.refill(t)
	case m.done():
		m.succeed(t)
	case m.last:
		m.giveUp(t)
	}
}

// refill puts the metadata back once it is surely empty, and looks again soon until then.
func (m *mending) refill(t *screen.Turn) {
	if m.empty < emptyLooks && !m.last {
		m.polls.Quicken()
		return
	}
	m.busy = true
	m.putBacks++
	screen.SendApproved(t, m.agreement, screen.Proposal[json.RawMessage]{
		Request: m.putBack(), Title: "Put the metadata back", About: m.who, Then: m.refilled,
	})
}

// refilled goes on once the metadata is back. Where it is not, the next look tells whether it is still empty, and
// then it is sent again: never twice without a read in between.
func (m *mending) refilled(t *screen.Turn, _ json.RawMessage, err error) {
	m.busy, m.putFailed = false, err
	if err == nil {
		m.restored, m.empty = true, 0
	}
	switch {
	case m.done() && (err == nil || m.last || m.putBacks >= maxPutBacks):
		m.succeed(t)
	case m.last:
		m.giveUp(t)
	}
}

// done says that the customer has finished, as far as the list can tell: the error is gone or, where there was
// none, the metadata was emptied.
func (m *mending) done() bool {
	return m.mended || m.broken == "" && m.putBacks > 0
}

func (m *mending) succeed(t *screen.Turn) {
	t.Toast(m.outcome())
	m.revoke(t)
}

func (m *mending) outcome() string {
	text := "mended: " + m.who
	if !m.mended {
		text = "reconnected: " + m.who
	}
	switch {
	case m.putFailed != nil:
		text += "; its metadata is empty and could not be put back"
	case m.restored:
		text += "; its metadata was put back"
	case m.changed():
		text += "; its metadata is not empty and not what it was: left as it is"
	}
	return text
}

// changed says that the metadata was written by somebody else since the link was made, such as a function that
// runs after the reconnect. What it replaced can still be copied on the link's page.
func (m *mending) changed() bool {
	return m.original != nil && m.empty == 0 && !sameJSON(m.original, m.metadata)
}

// sameJSON says whether two texts are the same but for spaces.
func sameJSON(a, b json.RawMessage) bool {
	var plainA, plainB bytes.Buffer
	if json.Compact(&plainA, a) != nil || json.Compact(&plainB, b) != nil {
		return bytes.Equal(a, b)
	}
	return bytes.Equal(plainA.Bytes(), plainB.Bytes())
}

func (m *mending) giveUp(t *screen.Turn) {
	m.ended = true
	if m.link == revoked {
		return
	}
	text := "the link for " + m.who + " has run out; "
	switch {
	case m.broken == "":
		text += "the list cannot tell whether it was used"
	case m.putBacks > 0:
		text += "the authentication error is still there, though the metadata had been emptied"
	default:
		text += "the authentication error is still there"
	}
	t.Toast(text)
}
