package records

import (
	"encoding/json"
	"strings"

	"nango-tui/nango"
)

// decoder makes values for the interpreter of a valid JSON text, secrets masked. Texts are pieces of the record, and
// numbers stay as they are written, so that little is copied and nothing rounded.
type decoder struct {
	// mask hides secrets wherever they turn up, maskJSON those that their keys give away, too.
	mask     func(string) string
	maskJSON func([]byte) []byte
	// keys remembers what is made of a key, since records share theirs.
	keys map[string]decodedKey

	raw    string
	at     int
	secret bool // a key sounds like a secret
}

// decodedKey is what a key says, masked, and whether it sounds like a secret.
type decodedKey struct {
	text   string
	secret bool
}

// maxKeys bounds how many keys are remembered.
const maxKeys = 4096

// record is the value of a record. Where a key sounds like a secret, the whole text is masked first: what is hidden then
// depends on where it stands.
func (d *decoder) record(raw string) any {
	d.raw, d.at, d.secret = raw, 0, false
	v := d.value()
	if !d.secret {
		return v
	}
	d.raw, d.at = string(d.maskJSON([]byte(raw))), 0
	return d.value()
}

func (d *decoder) value() any {
	d.at = skipSpace(d.raw, d.at)
	switch d.raw[d.at] {
	case '{':
		return d.object()
	case '[':
		return d.array()
	case '"':
		return d.shown(unquoted(d.written()))
	case 't':
		d.at += len("true")
		return true
	case 'f':
		d.at += len("false")
		return false
	case 'n':
		d.at += len("null")
		return nil
	}
	return d.number()
}

func (d *decoder) written() string {
	from := d.at
	d.at = skipValue(d.raw, from)
	return d.raw[from:d.at]
}

// number stays as it is written, unless it is a secret.
func (d *decoder) number() any {
	written := d.written()
	if shown := d.shown(written); shown != written {
		return shown
	}
	return json.Number(written)
}

// shown is a text as it may be seen. What is shorter than any secret is not looked at.
func (d *decoder) shown(text string) string {
	if d.mask == nil || len(text) < nango.MinSecret {
		return text
	}
	return d.mask(text)
}

func (d *decoder) object() any {
	members := map[string]any{}
	for d.at = skipSpace(d.raw, d.at+1); d.raw[d.at] != '}'; d.at = skipSpace(d.raw, d.at) {
		if d.raw[d.at] == ',' {
			d.at = skipSpace(d.raw, d.at+1)
		}
		from := d.at
		d.at = skipString(d.raw, from)
		key := d.key(d.raw[from:d.at])
		d.at = skipSpace(d.raw, d.at) + 1 // the colon
		members[key.text] = d.value()
		d.secret = d.secret || key.secret
	}
	d.at++
	return members
}

func (d *decoder) key(written string) decodedKey {
	if known, ok := d.keys[written]; ok {
		return known
	}
	said := unquoted(written)
	key := decodedKey{text: strings.Clone(d.shown(said)), secret: soundsSecret(said)}
	if d.keys == nil || len(d.keys) >= maxKeys {
		d.keys = map[string]decodedKey{}
	}
	d.keys[strings.Clone(written)] = key
	return key
}

func (d *decoder) array() any {
	elements := []any{}
	for d.at = skipSpace(d.raw, d.at+1); d.raw[d.at] != ']'; d.at = skipSpace(d.raw, d.at) {
		if d.raw[d.at] == ',' {
			d.at++
		}
		elements = append(elements, d.value())
	}
	d.at++
	return elements
}
