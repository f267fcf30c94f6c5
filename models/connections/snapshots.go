package connections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// maxSnapshots is how many snapshots are kept, of all profiles together. The oldest one of the profile makes room.
	maxSnapshots = 8
	// maxPast is how many connections a snapshot has. Of more, the newest are kept.
	maxPast = 25_000
	// snapshotVersion is the version of the format.
	snapshotVersion = 1
)

// snapshotFile is a snapshot on disk. It has no secrets, and belongs to a host and a key.
type snapshotFile struct {
	Version     int                           `json:"version"`
	Taken       time.Time                     `json:"taken"`
	Host        string                        `json:"host"`
	Key         string                        `json:"key"` // the fingerprint
	Partial     bool                          `json:"partial,omitempty"`
	Connections map[string]map[string]pastRow `json:"connections"` // by integration and id
}

// snapshots are those of the profile, the newest first.
type snapshots struct {
	own []snapshotFile
	// others is how many belong to other hosts or keys, and damaged says which can't be read.
	others  int
	damaged []error
}

// snapshotSaved says when the snapshot was taken that had to make room; zero if none had to.
type snapshotSaved struct{ replaced time.Time }

func snapshotDocument(n int) screen.Document {
	return screen.Document(fmt.Sprintf("snapshot-%d.json", n+1))
}

// readSnapshot reads a snapshot; nil if there is none in its place.
func readSnapshot(files screen.Files, n int) (*snapshotFile, error) {
	raw, err := files.ReadOwn(snapshotDocument(n))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var s snapshotFile
	if err == nil {
		if err = json.Unmarshal(raw, &s); err != nil {
			err = fmt.Errorf(errSnapshot, snapshotDocument(n), err)
		} else if s.Version != snapshotVersion {
			err = fmt.Errorf(errSnapshotVersion, snapshotDocument(n), s.Version, snapshotVersion)
		}
	}
	return &s, err
}

func (s *snapshotFile) belongsTo(p screen.ProfileState) bool {
	return s.Host == p.Host && s.Key == p.Fingerprint
}

// past is the snapshot for a comparison.
func (s *snapshotFile) past() *past {
	p := &past{taken: s.Taken, rows: map[nango.ConnectionRef]pastRow{}, partial: s.Partial}
	for integration, all := range s.Connections {
		for id, r := range all {
			p.rows[nango.ConnectionRef{Integration: integration, ID: id}] = r
		}
	}
	return p
}

// readSnapshots reads the snapshots and lets the user choose one.
func (c *Changes) readSnapshots(t *screen.Turn) {
	profile := t.Profile
	c.reading.Start(t, func(_ context.Context, tools screen.Tools) (found snapshots, err error) {
		for n := range maxSnapshots {
			switch s, err := readSnapshot(tools.Files, n); {
			case err != nil:
				found.damaged = append(found.damaged, err)
			case s == nil:
			case s.belongsTo(profile):
				found.own = append(found.own, *s)
			default:
				found.others++
			}
		}
		slices.SortFunc(found.own, func(a, b snapshotFile) int { return b.Taken.Compare(a.Taken) })
		return found, nil
	}, c.pickSnapshot)
}

func (c *Changes) pickSnapshot(t *screen.Turn) {
	found := c.reading.Value
	c.reading.Value = snapshots{}
	var options []screen.Option
	if first, ok := t.Store.First().(*keptRows); ok {
		restart := func(t *screen.Turn) {
			c.chosen, c.since = false, nil
			c.Notify(t)
		}
		options = append(options, screen.Option{Title: optionSinceStart, Detail: ui.AgoWithTime(t.Now, first.at), Do: restart})
	}
	for _, s := range found.own {
		n := 0
		for _, all := range s.Connections {
			n += len(all)
		}
		options = append(options, screen.Option{Title: ui.AgoWithTime(t.Now, s.Taken), Detail: ui.Pluralize(n, "connection"),
			Do: func(t *screen.Turn) {
				c.chosen, c.since = true, s.past()
				c.Notify(t)
			}})
	}
	if found.others > 0 {
		options = append(options, screen.Option{Title: fmt.Sprintf(optionOthers, ui.Pluralize(found.others, "snapshot")), Detail: aboutOthers,
			Do: func(*screen.Turn) {}})
	}
	for _, err := range found.damaged {
		options = append(options, screen.Option{Title: optionDamaged, Detail: err.Error(),
			Do: func(t *screen.Turn) { t.Notice(optionDamaged, err.Error()) }})
	}
	if len(found.own) == 0 {
		options = append(options, screen.Option{Title: optionNoSnapshots, Detail: aboutNoSnapshots, Do: c.saveIfRead})
	}
	t.Pick(actionSince, options...)
}

// saveIfRead saves a snapshot if all connections are read.
func (c *Changes) saveIfRead(t *screen.Turn) {
	if !c.isComplete() {
		t.Notice(actionSaveSnapshot, whyNotAllRead)
		return
	}
	c.saveSnapshot(t)
}

// saveSnapshot writes the connections as they are now.
func (c *Changes) saveSnapshot(t *screen.Turn) {
	s := snapshotFile{Version: snapshotVersion, Taken: c.source.at.UTC(), Host: t.Profile.Host, Key: t.Profile.Fingerprint,
		Connections: map[string]map[string]pastRow{}}
	n := 0
	for r := range c.source.table.Each() {
		if n++; n > maxPast {
			s.Partial = true
			break
		}
		ref, was := r.ref(), r.past()
		if was.Name == ref.ID {
			was.Name = ""
		} else if t.Mask != nil {
			was.Name = t.Mask(was.Name)
		}
		if s.Connections[ref.Integration] == nil {
			s.Connections[ref.Integration] = map[string]pastRow{}
		}
		s.Connections[ref.Integration][ref.ID] = was
	}
	profile := t.Profile
	c.saving.Start(t, func(_ context.Context, tools screen.Tools) (saved snapshotSaved, err error) {
		raw, err := json.Marshal(s)
		if err != nil {
			return saved, err
		}
		n, replaced := snapshotPlace(tools.Files, profile)
		return snapshotSaved{replaced}, tools.Files.UpdateOwn(snapshotDocument(n), func([]byte) ([]byte, error) { return raw, nil })
	}, func(t *screen.Turn) { c.snapshotSaved(t, s.Partial) })
}

func (c *Changes) snapshotSaved(t *screen.Turn, partial bool) {
	switch {
	case c.saving.Err != nil:
		t.Notice(textSnapshotNotSaved, c.saving.Err.Error())
	case partial:
		t.Toast(fmt.Sprintf(textSnapshotPartial, ui.Count(maxPast)))
	case !c.saving.Value.replaced.IsZero():
		t.Toast(fmt.Sprintf(textSnapshotReplaced, ui.AgoWithTime(t.Now, c.saving.Value.replaced)))
	default:
		t.Toast(textSnapshotSaved)
	}
}

// snapshotPlace chooses where a new snapshot goes: where there is none or a damaged one, else in place of the oldest one of the
// profile, else of all. Replaced is when that was taken.
func snapshotPlace(files screen.Files, profile screen.ProfileState) (place int, replaced time.Time) {
	place = -1
	ownBest := false
	for n := range maxSnapshots {
		s, err := readSnapshot(files, n)
		if s == nil || err != nil {
			return n, time.Time{}
		}
		own := s.belongsTo(profile)
		if place < 0 || own && !ownBest || own == ownBest && s.Taken.Before(replaced) {
			place, replaced, ownBest = n, s.Taken, own
		}
	}
	return place, replaced
}
