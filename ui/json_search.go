package ui

// start returns the offset of a line: of its key, or of its value if it has none.
func (d *JSONDoc) start(i uint32) uint32 {
	r := d.rows[i]
	if r.kind() != jsonClose && r.parent != jsonNoRow && d.rows[r.parent].kind() == jsonObject {
		return r.name
	}
	return r.at
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
