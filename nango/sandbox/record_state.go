package sandbox

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

const (
	largeSync   = 1_000   // syncs with more records take longer
	mostRecords = 200_000 // limits how syncs grow over the years
	grownBefore = 20      // new records that exist at the start
)

// recordSizes is the number and the size of a sync's records.
type recordSizes struct {
	least, most int
	large       int    // of large connections; 0 = as of others
	every       int64  // a new record every so many ticks, 0 = none
	bytes       int    // of a payload, about; 0 = no filler
	prefix      string // of the ids; "" = numbers, most of them above 2^53
}

// fixedRecord is a record of a sync that always saves the same.
type fixedRecord struct {
	id, uuid string
	payload  *js.Object
}

// The actions of a record's last change.
const (
	recordAdded   = "ADDED"
	recordUpdated = "UPDATED"
	recordDeleted = "DELETED"
)

// recordRow is a record after the last successful run. Its payload is made when it is written.
type recordRow struct {
	index     int
	version   int64
	action    string
	lastTick  int64 // of the last change
	firstTick int64 // of the first appearance
	firstSeen timestamp
	modified  timestamp
	orderKey  uint64 // the order of records of the same time, as of their UUIDs
}

// size is the number of records at the origin.
func (s *syncState) size() int {
	switch z := s.fn.sizes; {
	case s.fn.fixedRecords != nil:
		return len(s.fn.fixedRecords)
	case s.conn.large && z.large > 0:
		return z.large
	case z.most <= z.least:
		return z.least
	default:
		return z.least + int(fake.Hash(s.seed, 1)%uint64(z.most-z.least+1))
	}
}

// total is the number of records that ever existed, at a tick.
func (s *syncState) total(tick int64) int {
	n := s.size()
	if every := s.fn.sizes.every; every > 0 && tick > s.growsAfter {
		n += int((tick - s.growsAfter) / every)
	}
	return min(n, mostRecords)
}

// row computes a record at a tick. It returns false if the record doesn't exist.
func (s *syncState) row(model, index int, tick int64) (recordRow, bool) {
	h := fake.Hash(s.seed, uint64(model), uint64(index), 7)
	r := recordRow{index: index, orderKey: s.orderOf(index, h), action: recordAdded}
	if size := s.size(); index >= size {
		r.firstTick = s.growsAfter + int64(index-size+1)*s.fn.sizes.every
	}
	if r.firstTick > tick {
		return r, false
	}
	r.lastTick = r.firstTick
	if s.fn.fixedRecords == nil {
		s.change(&r, h, tick)
	}
	if s.cacheCleared != 0 {
		from := s.tick(s.cacheCleared)
		if r.action == recordDeleted && r.lastTick <= from {
			return r, false
		}
		r.firstTick = max(r.firstTick, from)
		if r.lastTick <= from {
			r.lastTick, r.action = from, recordAdded
		}
	}
	r.firstSeen, r.modified = s.tickSaved(r.firstTick), s.tickSaved(r.lastTick)
	return r, true
}

// change updates a record every so many ticks. In syncs that track deletions, one in nineteen is deleted.
func (s *syncState) change(r *recordRow, h uint64, tick int64) {
	deletion := r.firstTick + 10 + int64(h>>40%400)
	deleted := s.fn.trackDelete && h%19 == 0 && tick >= deletion
	if deleted {
		tick = deletion
	}
	interval := 2 + int64(h>>20%200)
	r.version = (tick - r.firstTick) / interval
	if r.version > 0 {
		r.lastTick, r.action = r.firstTick+r.version*interval, recordUpdated
	}
	if deleted {
		r.lastTick, r.action = deletion, recordDeleted
	}
}

// orderOf returns the bits that are in the UUID.
func (s *syncState) orderOf(index int, h uint64) uint64 {
	if s.fn.fixedRecords == nil {
		return h &^ 0xf000
	}
	key, _ := uuidKey(s.fn.fixedRecords[index].uuid) // a wrong UUID sorts first
	return key
}

func (s *syncState) uuidOf(r recordRow) string {
	if s.fn.fixedRecords != nil {
		return s.fn.fixedRecords[r.index].uuid
	}
	return fmt.Sprintf("%08x-%04x-5%03x-a%03x-%012x", r.orderKey>>32, r.orderKey>>16&0xffff, r.orderKey&0xfff,
		fake.Hash(r.orderKey)&0xfff, fake.Hash(r.orderKey, 2)&0xffff_ffff_ffff)
}

// each calls yield with every record of a model, deleted ones too, unordered.
func (s *syncState) each(model int, yield func(recordRow)) {
	tick := s.savedTo()
	if tick < 0 {
		return
	}
	for n := range s.total(tick) {
		if r, ok := s.row(model, n, tick); ok {
			yield(r)
		}
	}
}

// count is the number of records that are not deleted.
func (s *syncState) count(model int) int {
	n := 0
	s.each(model, func(r recordRow) {
		if r.action != recordDeleted {
			n++
		}
	})
	return n
}

// changes counts what a run did.
func (s *syncState) changes(model int, of run) (added, updated, deleted int) {
	s.each(model, func(r recordRow) {
		isNew := of.full || r.firstTick > of.from
		switch {
		case !of.full && (r.lastTick <= of.from || r.lastTick > of.to):
		case r.action == recordDeleted && isNew:
		case r.action == recordDeleted:
			deleted++
		case isNew:
			added++
		default:
			updated++
		}
	})
	return added, updated, deleted
}

// recordCache has the sorted records of a model, for the next page.
type recordCache struct {
	state   *syncState
	model   int
	tick    int64
	cleared timestamp
	rows    []recordRow
}

// sortedRecords returns the records of a model, oldest change first.
func (env *environment) sortedRecords(s *syncState, model int) []recordRow {
	l := &env.recordCache
	if l.state == s && l.model == model && l.tick == s.savedTo() && l.cleared == s.cacheCleared {
		return l.rows
	}
	rows := make([]recordRow, 0, s.total(s.savedTo()))
	s.each(model, func(r recordRow) { rows = append(rows, r) })
	slices.SortFunc(rows, func(a, b recordRow) int { return a.position().compare(b.position()) })
	*l = recordCache{s, model, s.savedTo(), s.cacheCleared, rows}
	return rows
}

// recordPosition is the position of a record in the list. A cursor is one.
type recordPosition struct {
	at  timestamp
	key uint64
}

func (r recordRow) position() recordPosition { return recordPosition{r.modified, r.orderKey} }

func (p recordPosition) compare(o recordPosition) int {
	return cmp.Or(cmp.Compare(p.at, o.at), cmp.Compare(p.key, o.key))
}

// cursor is the time of the last change and the record's UUID, as seen on v0.71.4.
func (s *syncState) cursor(r recordRow) string {
	return base64.StdEncoding.EncodeToString([]byte(pgTime(r.modified.time()) + "||" + s.uuidOf(r)))
}

func parseCursor(text string) (recordPosition, bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return recordPosition{}, false
	}
	when, id, found := strings.Cut(string(data), "||")
	at, err := time.Parse(time.RFC3339Nano, when)
	key, ok := uuidKey(id)
	return recordPosition{toTimestamp(at), key}, found && err == nil && ok
}

// uuidKey returns the part of a record's UUID that orders: 60 bits, without the version.
func uuidKey(id string) (uint64, bool) {
	digits := strings.ReplaceAll(id, "-", "")
	if len(digits) != 32 {
		return 0, false
	}
	high, err := strconv.ParseUint(digits[:12], 16, 64)
	low, err2 := strconv.ParseUint(digits[13:16], 16, 64)
	return high<<16 | low, err == nil && err2 == nil
}

// isPruned reports whether the payload is erased, and no run restored it.
func (s *syncState) isPruned(model int, r recordRow) (timestamp, bool) {
	p, ok := s.pruned[prunedKey{model, r.index}]
	return p.at, ok && p.tick >= r.lastTick
}

type prunedKey struct{ model, index int }

type pruning struct {
	tick int64
	at   timestamp
}
