package bulk

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// version is the version of the files that this program writes, and the newest that it reads.
const version = 1

// head is the first line of a kept run.
type head struct {
	Version int       `json:"v"`
	Change  string    `json:"change"`
	Began   time.Time `json:"began"`
	Profile string    `json:"profile"`
	Host    string    `json:"host"`
	// Key is a fingerprint of the API key.
	Key string `json:"key"`
	// Items is the number of lines with connections that follow.
	Items    int               `json:"items"`
	Metadata json.RawMessage   `json:"metadata,omitempty"`
	Tags     map[string]string `json:"tags,omitempty"`
	Drop     []string          `json:"drop,omitempty"`
	Syncs    []nango.SyncName  `json:"syncs,omitempty"`
	Path     string            `json:"path,omitempty"`
	// Left out are the metadata or tags, because there is a secret in them.
	LeftOut bool `json:"leftOut,omitempty"`
}

// entry is a line with a connection.
type entry struct {
	Integration string `json:"i"`
	ID          string `json:"c"`
}

// step is a line about the connections from one index to before another.
type step struct {
	State string    `json:"s"`
	From  int       `json:"from"`
	To    int       `json:"to"`
	Time  time.Time `json:"t,omitzero"`
	Why   string    `json:"why,omitempty"`
}

// keeper writes the file of a run. It is used by one goroutine at a time: that of the request in progress.
type keeper struct {
	name string
	file screen.RunFile
	// index is where connections are in the file, in which those that were taken out are missing; nil if none is.
	index []int
	// waiting are lines for the next time that something is written.
	waiting []clean.Text
}

func newName(now time.Time) string {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails
	return now.UTC().Format("20060102-150405") + "-" + hex.EncodeToString(random[:])
}

// begin writes the plan, or takes the file of a run that goes on. Where runs are not kept it does nothing.
func (k *keeper) begin(tools screen.Tools, r *Run) error {
	switch {
	case tools.Runs == nil || k.file != nil:
		return nil
	case k.name != "":
		file, err := tools.Runs.Take(k.name)
		if err != nil {
			return err
		}
		k.file = file
		return nil
	}
	if err := removeOld(tools.Runs); err != nil {
		return err
	}
	name := newName(r.began)
	file, err := tools.Runs.Create(name, k.plan(tools, r))
	if err == nil {
		k.name, k.file, k.waiting = name, file, nil
	}
	return err
}

// plan is the plan as lines. Connections that have an outcome already, because they can't be changed, are lines, too. Secrets in their
// ids are masked: that is why some of them can't be.
func (k *keeper) plan(tools screen.Tools, r *Run) []clean.Text {
	h := head{
		Version: version, Change: r.change.name, Began: r.began, Profile: r.profile, Host: r.host, Key: r.key, Items: r.planned(),
		Metadata: r.metadata, Tags: r.tags, Drop: r.drop, Syncs: r.syncs, Path: r.path,
	}
	if hasSecret(tools.Mask, r.values) {
		h.Metadata, h.Tags, h.LeftOut = nil, nil, true
	}
	lines := []clean.Text{line(h)}
	var steps []clean.Text
	k.index = make([]int, len(r.all))
	for i := range r.all {
		k.index[i] = len(lines) - 1
		at := &r.all[i]
		if at.state == out {
			continue
		}
		id := at.Ref.ID
		if at.state == failed && tools.Mask != nil {
			id = tools.Mask(id)
		}
		lines = append(lines, line(entry{at.Ref.Integration, id}))
		if at.state == done || at.state == failed {
			steps = append(steps, k.step(span{i, i + 1}, at.state, r.why(at), time.Time{}))
		}
	}
	return append(lines, steps...)
}

func (k *keeper) step(s span, to state, why string, at time.Time) clean.Text {
	l := step{State: to.String(), From: s.from, To: s.to, Time: at.UTC(), Why: why}
	if k.index != nil {
		l.From, l.To = k.index[s.from], k.index[s.to-1]+1
	}
	return line(l)
}

func line(v any) clean.Text {
	data, err := json.Marshal(v)
	if err != nil { // texts, times and valid JSON can always be encoded
		panic(err)
	}
	return clean.JSONLine(string(data))
}

// write appends a step, after those that wait.
func (k *keeper) write(s span, to state, why string, at time.Time) error {
	k.waiting = append(k.waiting, k.step(s, to, why, at))
	return k.flush()
}

func (k *keeper) flush() error {
	for len(k.waiting) > 0 && k.file != nil {
		if err := k.file.Append(k.waiting[0]); err != nil {
			return err
		}
		k.waiting = k.waiting[1:]
	}
	k.waiting = nil
	return nil
}

// later has a step written with the next one.
func (k *keeper) later(s span, to state, why string) {
	if k.file != nil {
		k.waiting = append(k.waiting, k.step(s, to, why, time.Time{}))
	}
}

// hasSecret reports whether the values of a change have to be masked. They are then not kept.
func hasSecret(mask func(string) string, v values) bool {
	var nothingSeen *nango.Secrets
	tags, err := json.Marshal(v.tags)
	if err != nil {
		return true
	}
	for _, raw := range [][]byte{v.metadata, tags} {
		if len(raw) > 0 && !bytes.Equal(raw, nothingSeen.MaskJSON(raw)) || mask != nil && mask(string(raw)) != string(raw) {
			return true
		}
	}
	return false
}

// maxFinished is how many runs are kept that have nothing left; the oldest are removed when another begins.
const maxFinished = 20

// removeOld removes the oldest runs that have nothing left and nothing unknown.
func removeOld(files screen.RunFiles) error {
	kept, err := files.List()
	finished := 0
	for _, k := range kept {
		r, broken := parse(k)
		if broken != nil || k.Live && !k.Own || r.counts[left]+r.counts[unknown] > 0 {
			continue
		}
		if finished++; finished > maxFinished {
			err = errors.Join(err, files.Remove(k.Name))
		}
	}
	return err
}

// parse reads a kept run. A last line that was cut off is ignored: what it would have said is then not known.
func parse(k screen.KeptRun) (*Run, error) {
	if k.Err != nil {
		return nil, k.Err
	}
	lines := bytes.Split(bytes.TrimRight(k.Data, "\n"), []byte("\n"))
	var h head
	switch err := json.Unmarshal(lines[0], &h); {
	case err != nil:
		return nil, fmt.Errorf(errDamaged, k.Name)
	case h.Version > version:
		return nil, fmt.Errorf(errNewer, k.Name)
	}
	c := changeBy(func(c *change) bool { return c.name == h.Change })
	if c == nil || h.Items < 0 || h.Items > len(lines)-1 {
		return nil, fmt.Errorf(errDamaged, k.Name)
	}
	targets := make([]Target, h.Items)
	for i, raw := range lines[1 : 1+h.Items] {
		var e entry
		if json.Unmarshal(raw, &e) != nil || e.ID == "" || e.Integration == "" {
			return nil, fmt.Errorf(errDamaged, k.Name)
		}
		targets[i].Ref = nango.ConnectionRef{Integration: e.Integration, ID: e.ID}
	}
	r := &Run{
		items: newItems(targets), change: c, chunk: c.perRequest, profile: h.Profile, host: h.Host, key: h.Key, began: h.Began,
		values: values{h.Metadata, h.Tags, h.Drop, h.Syncs, h.Path}, keep: &keeper{name: k.Name}, phase: paused,
	}
	for _, raw := range lines[1+h.Items:] {
		r.replay(raw)
	}
	r.settleKept(k)
	r.leftOut = h.LeftOut
	return r, nil
}

// replay applies a step of the file. One that can't be read is ignored.
func (r *Run) replay(raw []byte) {
	var l step
	at := -1
	if json.Unmarshal(raw, &l) == nil {
		at = slices.Index(stateNames[:], l.State)
	}
	if at < 0 || l.From < 0 || l.To > len(r.all) || l.From >= l.To {
		return
	}
	if state(at) == sending {
		r.sentAt = l.Time
	}
	r.set(span{l.From, l.To}, state(at), l.Why)
}

// settleKept says what became of a run whose program has ended: what was being sent may have been carried out. This program may have
// taken its file to look that up.
func (r *Run) settleKept(k screen.KeptRun) {
	if k.Live && !k.Own {
		r.pausedBy = textLive
		return
	}
	for i := range r.all {
		if r.all[i].state == sending {
			r.set(span{i, i + 1}, unknown, textNoAnswer)
		}
	}
	r.pausedBy = textEnded
	if r.counts[left] == 0 {
		r.phase, r.pausedBy = finished, ""
	}
}
