package sessions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// emptyChecks is how many checks in a row must find the metadata empty before it is restored: a function that runs
	// after the reconnect may be about to write its own.
	emptyChecks = 2
	// maxRestores bounds how often metadata is restored for one link.
	maxRestores = 3
)

// reconnectWatch waits for the customer of a reconnect link. The list can show that the authentication error is gone, that
// there is a newer one, and that the metadata was emptied, which most auth modes do when the customer finishes. If
// none of these can happen, a reconnect can't be detected, and the screen says so.
type reconnectWatch struct {
	linkWatch
	ref nango.ConnectionRef
	who string
	// broken is the log id of the authentication error; empty if there is none.
	broken string
	// metadata is what is restored if it is found empty; nil if there is nothing to restore. It follows changes until
	// then.
	metadata json.RawMessage
	// original is the metadata when the link was created.
	original json.RawMessage

	reconnected bool
	gone        bool
	// failures is how often a newer error was seen.
	failures int
	// empty is how many checks in a row found the metadata empty.
	empty      int
	restores   int
	restored   bool
	restoreErr error
	// kept is the id under which the journal keeps the metadata until the reconnect has ended; empty if it doesn't.
	kept string
	// paused are the syncs that were found paused after the reconnect, and syncing reads them.
	paused  []nango.SyncName
	syncing screen.Load[[]nango.SyncStatus]
}

// newReconnectWatch takes the connection from the list when the link is created.
func newReconnectWatch(c nango.Connection) *reconnectWatch {
	m := &reconnectWatch{ref: c.Ref(), who: c.Customer().Name + " · " + c.Integration, broken: authLog(c)}
	if !isEmptyMetadata(c.Metadata) {
		m.metadata, m.original = c.Metadata, c.Metadata
	}
	return m
}

func authLog(c nango.Connection) string {
	if failure := screen.Find(c.Errors, func(e nango.ConnectionError) bool { return e.Type == "auth" }); failure != nil {
		return failure.LogID
	}
	return ""
}

// isEmptyMetadata reports whether metadata is empty: null, absent, or an object without keys.
func isEmptyMetadata(raw json.RawMessage) bool {
	var object map[string]json.RawMessage
	return len(bytes.TrimSpace(raw)) == 0 || json.Unmarshal(raw, &object) == nil && len(object) == 0
}

// begin drops the metadata if restoring it is not approved.
func (m *reconnectWatch) begin(link *newSession) {
	m.linkWatch.begin(link)
	if m.metadata != nil && !link.agreement.Covers(m.restore().Call()) {
		m.metadata = nil
	}
}

func (m *reconnectWatch) restore() nango.Request[json.RawMessage] {
	return nango.SetMetadata(m.ref.Integration, []string{m.ref.ID}, m.metadata).Keeping(nango.Undo{
		Before: nango.MetadataContent(nil), After: nango.MetadataContent(m.metadata),
	})
}

func (m *reconnectWatch) Title() string { return "the reconnect of " + m.who }

// Poll checks once. It reads the row of the list, which changes nothing.
func (m *reconnectWatch) Poll(t *screen.Turn) { m.ask(t, rowQuery(m.ref), m.look) }

func rowQuery(ref nango.ConnectionRef) nango.ConnectionQuery {
	return nango.ConnectionQuery{ID: ref.ID, Integrations: []string{ref.Integration}, Limit: 2}
}

func rowOf(ref nango.ConnectionRef, rows []nango.Connection) *nango.Connection {
	return screen.Find(rows, func(c nango.Connection) bool { return c.Ref() == ref })
}

func (m *reconnectWatch) look(t *screen.Turn) {
	row := rowOf(m.ref, m.rows.Value)
	switch {
	case m.rows.HasFailed():
		if m.last || m.isHopeless() {
			m.ended = true // the journal keeps the metadata: whether it was emptied isn't known
			t.Alert("whether "+m.who+textReconnectedCantDetected+m.rows.Err.Error(), true)
		}
		return
	case row == nil:
		m.gone = true
		t.Store.LearnGone(t.Now, m.ref)
		t.Alert(m.who+" no longer exists", true)
		t.Settle(m.kept, textSettledGone)
		m.revoke(t)
		return
	}
	m.noteError(t, *row)
	m.noteMetadata(*row)
	switch {
	case m.empty > 0 && m.restores < maxRestores:
		m.restoreIfEmpty(t)
	case m.done():
		m.succeed(t)
	case m.last:
		m.giveUp(t)
	}
}

// noteError compares the authentication error with the previous one.
func (m *reconnectWatch) noteError(t *screen.Turn, row nango.Connection) {
	switch now := authLog(row); now {
	case m.broken:
	case "":
		m.reconnected = true
	default:
		m.broken, m.reconnected = now, false
		m.failures++
		t.Alert(m.who+textFailedAgainThereNewerAuthentication, true)
	}
}

// noteMetadata counts how often the metadata was found empty, and otherwise follows it.
func (m *reconnectWatch) noteMetadata(row nango.Connection) {
	switch {
	case m.metadata == nil:
	case isEmptyMetadata(row.Metadata):
		m.empty++
	default:
		if m.restoreErr != nil { // the response was lost, or someone else has filled it: nothing more to do
			m.restored, m.restoreErr = sameJSON(m.metadata, row.Metadata), nil
		}
		m.empty, m.metadata = 0, row.Metadata
	}
}

// restoreIfEmpty restores the metadata once it is certainly empty, and checks again soon until then.
func (m *reconnectWatch) restoreIfEmpty(t *screen.Turn) {
	if m.empty < emptyChecks && !m.last {
		m.polls.Quicken()
		return
	}
	m.busy = true
	m.restores++
	screen.SendApproved(t, m.agreement, screen.Proposal[json.RawMessage]{
		Request: m.restore(), Title: "Restore metadata", About: m.who, Then: m.restoreDone,
	})
}

// restoreDone continues once the metadata is restored. If restoring failed, the next check tells whether it is still
// empty, and only then is it sent again.
func (m *reconnectWatch) restoreDone(t *screen.Turn, _ json.RawMessage, err error) {
	m.busy, m.restoreErr = false, err
	if err == nil {
		m.restored, m.empty = true, 0
	}
	switch {
	case m.done() && (err == nil || m.last || m.restores >= maxRestores):
		m.succeed(t)
	case m.last:
		m.giveUp(t)
	}
}

// done reports whether the customer has finished, as far as the list shows: the error is gone or, if there was none,
// the metadata was emptied.
func (m *reconnectWatch) done() bool {
	return m.reconnected || m.broken == "" && m.restores > 0
}

// succeed looks for paused syncs, says how it ended, and revokes the link.
func (m *reconnectWatch) succeed(t *screen.Turn) {
	m.busy = true
	m.syncing.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: m.ref, All: true}), func(t *screen.Turn) {
		m.busy = false
		if m.syncing.Err == nil {
			t.Store.LearnSyncs(t.Now, m.ref, m.syncing.Value, true)
			m.notePaused(m.syncing.Value)
		}
		t.Alert(m.outcome(), m.restoreErr != nil)
		if m.restoreErr == nil { // else the next start offers to put the metadata back
			t.Settle(m.kept, textSettledReconnected)
		}
		m.revoke(t)
	})
}

// notePaused notes which syncs don't run, although the connection works again.
func (m *reconnectWatch) notePaused(all []nango.SyncStatus) {
	m.paused = nil
	for i := range all {
		if all[i].IsPaused() {
			m.paused = append(m.paused, all[i].Name)
		}
	}
}

// resume proposes to resume the paused syncs.
func (m *reconnectWatch) resume(t *screen.Turn) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.StartSyncs(nango.SyncSelection{Connection: m.ref, Syncs: m.paused}).Keeping(nango.Undo{
			Before: nango.PausedContent(m.paused, true), After: nango.PausedContent(m.paused, false),
		}),
		Title: titleResumeSyncs, About: m.who, Consequences: []string{textResumeConsequence + syncNames(m.paused), textOnlyAccepted},
		Then: screen.AfterSuccess[nango.Success](func(*screen.Turn) { m.paused = nil }),
	})
}

func syncNames(all []nango.SyncName) string {
	var names []string
	for _, name := range all[:min(len(all), maxKeyNames)] {
		names = append(names, name.String())
	}
	if more := len(all) - len(names); more > 0 {
		names = append(names, "and "+ui.Count(more).String()+" more")
	}
	return strings.Join(names, ", ")
}

func (m *reconnectWatch) outcome() string {
	text := "reconnected, error cleared: " + m.who
	if !m.reconnected { // there was no error that could clear
		text = "reconnected: " + m.who
	}
	switch {
	case m.restoreErr != nil:
		text += textMetadataEmptyCouldNot
	case m.restored:
		text += textMetadataRestored
	case m.changed():
		text += textMetadataChangedSomeoneElse
	}
	if len(m.paused) > 0 {
		text += fmt.Sprintf(textSyncsPaused, ui.Pluralize(len(m.paused), "sync"))
	}
	return text
}

// changed reports whether someone else wrote the metadata since the link was created, such as a function that runs
// after the reconnect. The link's page can still copy the previous value.
func (m *reconnectWatch) changed() bool {
	return m.original != nil && m.empty == 0 && !sameJSON(m.original, m.metadata)
}

// sameJSON reports whether two texts differ only in whitespace.
func sameJSON(a, b json.RawMessage) bool {
	var plainA, plainB bytes.Buffer
	if json.Compact(&plainA, a) != nil || json.Compact(&plainB, b) != nil {
		return bytes.Equal(a, b)
	}
	return bytes.Equal(plainA.Bytes(), plainB.Bytes())
}

func (m *reconnectWatch) giveUp(t *screen.Turn) {
	m.ended = true
	if m.empty == 0 { // else the next start offers to put the metadata back
		t.Settle(m.kept, textSettledExpired)
	}
	if m.link == revoked {
		return
	}
	text := "the link for " + m.who + " has expired; "
	switch {
	case m.broken == "":
		text += textApiDoesntReportWhether
	case m.restores > 0:
		text += textAuthenticationErrorStillThere
	default:
		text += textAuthenticationErrorStillThere2
	}
	t.Alert(text, true)
}

// opens always returns the connection: it existed before.
func (m *reconnectWatch) opens() (nango.ConnectionRef, bool) { return m.ref, !m.gone }

func (m *reconnectWatch) news() (ui.Role, string) {
	switch {
	case m.gone:
		return ui.RoleWarn, textConnectionNoLongerExists
	case m.done() && m.waitsForMetadata():
		return ui.RoleGood, textReconnectedMetadataEmptyBeing
	case m.done() && m.restoreErr != nil:
		return ui.RoleWarn, "! " + m.outcome()
	case m.done():
		return ui.RoleGood, "✓ " + m.outcome()
	case m.ended && m.rows.HasFailed():
		return ui.RoleWarn, textCantDetectedWhetherReconnected + m.rows.Err.Error()
	case m.broken == "" && m.metadata == nil:
		return ui.RoleWarn, textNoAuthenticationErrorNo
	case m.broken == "":
		return ui.RoleWarn, textNoAuthenticationErrorReconnect
	case m.restores > 0:
		return ui.RoleWarn, textMetadataEmptiedButAuthentication
	case m.failures > 0:
		return ui.RoleWarn, textFailedAgainThereNewer
	case m.ended:
		return ui.RoleWarn, textNotReconnectedAuthenticationError
	}
	return ui.RoleText, ""
}

// waitsForMetadata reports whether the metadata was found empty and is not restored yet.
func (m *reconnectWatch) waitsForMetadata() bool {
	return !m.ended && m.link == alive && (m.busy || m.empty > 0 && m.restores < maxRestores)
}
