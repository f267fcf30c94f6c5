package bulk

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// send sends the request for a span: the first one as a proposal that confirms all, the others as approved by it. Use does something
// with the response, on the goroutine of the request; it may be nil.
func send[T any](t *screen.Turn, r *Run, s span, request nango.Request[T], use func(screen.Tools, T) error) {
	if err := request.Validate(); err != nil {
		r.skip(t, s, failed, err.Error())
		return
	}
	sentAt := t.Now
	p := screen.Proposal[T]{
		Request: request, Title: r.change.title, ConfirmLabel: r.change.verb, OutlivesScreen: true,
		Many:       screen.Many{Requests: 1, Connections: s.len()},
		BeforeSend: func(tools screen.Tools) error { return r.prepare(tools, s, sentAt) },
		AfterSend: func(tools screen.Tools, value T, err error) error {
			if err == nil && use != nil {
				err = use(tools, value)
			}
			r.record(s, err)
			return err
		},
		OnSent: r.started,
		Then:   func(t *screen.Turn, _ T, err error) { r.landed(t, s, err) },
	}
	if r.phase == running {
		r.set(s, sending, "")
		screen.SendApproved(t, r.approval, p)
		return
	}
	p.About, p.Consequences, p.AlsoApproves = r.about(), r.consequences(t.Profile), r.approves()
	p.Many = screen.Many{Requests: r.requests(r.change.perRequest), Connections: r.counts[left]}
	screen.Propose(t, p)
}

// approves are the requests that the confirmation covers.
func (r *Run) approves() []screen.FutureRequest {
	all := make([]screen.FutureRequest, 0, r.counts[left])
	for i := range r.all {
		if r.all[i].state == left {
			all = append(all, screen.FutureRequest{Operation: r.change.operation, About: r.all[i].Ref})
		}
	}
	return all
}

// prepare makes sure that the run is on the disk, and that this request is about to be sent.
func (r *Run) prepare(tools screen.Tools, s span, at time.Time) error {
	if r.change.prepare != nil {
		if err := r.change.prepare(tools, r); err != nil {
			return err
		}
	}
	if err := r.keep.begin(tools, r); err != nil {
		return err
	}
	if tools.Now != nil {
		at = tools.Now() // it may have waited for the budget
	}
	return r.keep.write(s, sending, "", at)
}

// record writes the outcome. If that fails, the next request fails, too.
func (r *Run) record(s span, err error) {
	o := judge(s, err)
	_ = r.keep.write(s, o.state, o.why, time.Time{})
}

func sendDelete(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.DeleteConnection(r.ref(s)), nil)
}

func sendRefresh(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.GetConnection(r.ref(s), nango.GetOptions{ForceRefresh: true}), nil)
}

func (r *Run) selection(s span) nango.SyncSelection {
	return nango.SyncSelection{Connection: r.ref(s), Syncs: r.syncs, All: len(r.syncs) == 0}
}

func sendPause(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.PauseSyncs(r.selection(s)), nil)
}

func sendResume(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.StartSyncs(r.selection(s)), nil)
}

func sendTrigger(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.TriggerSyncs(r.selection(s), nango.TriggerOptions{}), nil)
}

func sendSet(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.SetMetadata(r.ref(s).Integration, r.ids(s), r.metadata), nil)
}

func sendMerge(t *screen.Turn, r *Run, s span, _ *nango.Connection) {
	send(t, r, s, nango.MergeMetadata(r.ref(s).Integration, r.ids(s), r.metadata), nil)
}

// sendTags adds to the tags of a connection as it was just read, because the request replaces all of them.
func sendTags(t *screen.Turn, r *Run, s span, row *nango.Connection) {
	tags := r.tagsOf(row)
	if maps.Equal(tags, row.Tags) {
		r.skip(t, s, done, "")
		return
	}
	request := nango.UpdateConnection(row.Ref(), nango.ConnectionPatch{Tags: &tags})
	send(t, r, s, request.Keeping(nango.Undo{Before: nango.TagContent(row.Tags), After: nango.TagContent(tags)}), nil)
}

func (r *Run) tagsOf(row *nango.Connection) map[string]string {
	tags := map[string]string{}
	maps.Copy(tags, row.Tags)
	maps.Copy(tags, r.tags)
	for _, key := range r.drop {
		delete(tags, key)
	}
	return tags
}

func tagsMade(r *Run, row *nango.Connection) bool {
	return row != nil && maps.Equal(r.tagsOf(row), row.Tags)
}

func metadataSet(r *Run, row *nango.Connection) bool {
	return row != nil && sameJSON(r.metadata, row.Metadata)
}

func metadataMerged(r *Run, row *nango.Connection) bool {
	var wanted, got map[string]json.RawMessage
	if row == nil || json.Unmarshal(r.metadata, &wanted) != nil || json.Unmarshal(row.Metadata, &got) != nil {
		return false
	}
	for key, value := range wanted {
		if !sameJSON(value, got[key]) {
			return false
		}
	}
	return true
}

// sameJSON reports whether two texts have the same value. Numbers are compared as they are written.
func sameJSON(a, b json.RawMessage) bool {
	decode := func(raw json.RawMessage) (v any, ok bool) {
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		return v, decoder.Decode(&v) == nil
	}
	one, ok := decode(a)
	two, both := decode(b)
	return ok && both && reflect.DeepEqual(one, two)
}

// integrations are the integrations of the connections that are left.
func (r *Run) integrations() []string {
	keys := map[string]bool{}
	for i := range r.all {
		if r.all[i].state == left {
			keys[r.all[i].Ref.Integration] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}
