package ui

import (
	"sort"
	"strings"
)

// StartSearch opens the search line: until enter or esc, [JSONView.Key] takes what is typed. What is masked is not found.
func (v *JSONView) StartSearch() { v.search.open(v.cursor) }

// Searching says whether the search line takes what is typed.
func (v *JSONView) Searching() bool { return v.search.typing }

// EndSearch closes the search and forgets its hits.
func (v *JSONView) EndSearch() { v.search.close() }

// Search finds query in keys and values and goes to the first hit at or below where the search began. Case does not
// matter for ASCII letters.
func (v *JSONView) Search(query string) {
	hits, more := v.doc.find(v.search.text(v.doc.raw, query), lowerASCII(query))
	if line, found := v.search.take(v.cursor, query, hits, more); found {
		v.show(line)
	}
}

// Matches is the number of lines found, and whether there are more than were kept.
func (v *JSONView) Matches() (n int, more bool) { return len(v.search.hits), v.search.more }

// NextMatch and PrevMatch go to the next line found below or above the cursor, around the end.
func (v *JSONView) NextMatch() { v.match(1) }
func (v *JSONView) PrevMatch() { v.match(-1) }

func (v *JSONView) match(by int) {
	if line, found := v.search.step(v.cursor, by); found {
		v.show(line)
	}
}

// find is the lines whose key or value holds query, in order. lower is the text in small letters.
func (d *JSONDoc) find(lower, query string) (hits []uint32, more bool) {
	if len(query) == 0 || len(d.rows) == 0 {
		return nil, false
	}
	row := uint32(0)
	for pos := 0; ; {
		n := strings.Index(lower[pos:], query)
		if n < 0 {
			return hits, false
		}
		at := pos + n
		row = d.rowAt(row, uint32(at))
		if !d.shows(row, at, at+len(query)) {
			pos = at + 1
			continue
		}
		if len(hits) == SearchMatches {
			return hits, true
		}
		hits = append(hits, row)
		if int(row)+1 == len(d.rows) {
			return hits, false
		}
		pos = max(int(d.start(row+1)), at+1)
	}
}

// start is where the text of a line begins.
func (d *JSONDoc) start(i uint32) uint32 {
	r := d.rows[i]
	if r.kind() != jsonClose && r.parent != jsonNoRow && d.rows[r.parent].kind() == jsonObject {
		return r.name
	}
	return r.at
}

// rowAt is the last line that begins at or before an offset, looked for from a line before it on. Hits come in order
// and mostly close together, so the steps grow from one.
func (d *JSONDoc) rowAt(from, offset uint32) uint32 {
	step, last := uint32(1), uint32(len(d.rows))
	for from+step < last && d.start(from+step) <= offset {
		from += step
		step *= 2
	}
	end := min(from+step, last)
	n := sort.Search(int(end-from), func(i int) bool { return d.start(from+uint32(i)) > offset })
	return from + uint32(max(n-1, 0))
}

// shows says whether the bytes from at to end are part of the key or the value that is drawn in line i.
func (d *JSONDoc) shows(i uint32, at, end int) bool {
	r := d.rows[i]
	if key := d.key(i); key != "" && at >= int(r.name) && end <= int(r.name)+len(key) {
		_, secret := d.keys[key]
		return !secret
	}
	if r.opens() || r.kind() == jsonClose || at < int(r.at) || end > int(r.end) {
		return false
	}
	_, secret := d.masked[i]
	return !secret
}
