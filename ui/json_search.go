package ui

import (
	"sort"
	"strings"
)

// find returns the lines whose visible key or value contains query. Both texts are in lower case.
func (d *JSONDoc) find(lower, query string) (matches []uint32, more bool) {
	if len(query) == 0 || len(d.rows) == 0 {
		return nil, false
	}
	row := uint32(0)
	for pos := 0; ; {
		n := strings.Index(lower[pos:], query)
		if n < 0 {
			return matches, false
		}
		at := pos + n
		row = d.rowAt(row, uint32(at))
		if !d.shows(row, at, at+len(query)) {
			pos = at + 1
			continue
		}
		if len(matches) == maxMatches {
			return matches, true
		}
		matches = append(matches, row)
		if int(row)+1 == len(d.rows) {
			return matches, false
		}
		pos = max(int(d.start(row+1)), at+1)
	}
}

// start returns the offset of a line: of its key, or of its value if it has none.
func (d *JSONDoc) start(i uint32) uint32 {
	r := d.rows[i]
	if r.kind() != jsonClose && r.parent != jsonNoRow && d.rows[r.parent].kind() == jsonObject {
		return r.name
	}
	return r.at
}

// rowAt returns the last line that begins at or before an offset, from line from on. Matches come in order and are
// mostly close together, so the steps grow from one.
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

// shows reports whether the bytes from at to end are part of the unmasked key or value of line i.
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
