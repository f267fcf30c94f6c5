package records

import (
	"encoding/json"

	"nango-tui/internal/jsontext"
)

// decoder makes values for the interpreter of a valid JSON text, with its secrets masked. Texts are pieces of the record, and
// numbers stay as they are written, so that little is copied and nothing rounded.
type decoder struct {
	redactor *jsontext.Redactor
	reader   *jsontext.Reader
}

func newDecoder(policy jsontext.Policy) *decoder {
	return &decoder{redactor: jsontext.NewRedactor(policy)}
}

func (d *decoder) record(raw string) any {
	d.reader = jsontext.NewReader(raw, jsontext.Limits{})
	return d.value(0, "")
}

// value returns the next value, which belongs to the member of that name.
func (d *decoder) value(at jsontext.Place, member string) any {
	switch d.reader.Peek() {
	case jsontext.ObjectStart:
		members := map[string]any{}
		for name := range d.reader.Members() {
			key := d.reader.ExactText(name)
			shown, under := d.redactor.Name(at, key)
			members[shown] = d.value(under, key)
		}
		return members
	case jsontext.ArrayStart:
		elements := []any{}
		for range d.reader.Elements() {
			elements = append(elements, d.value(at, member))
		}
		return elements
	}
	token, _ := d.reader.Next() // the text is valid
	switch token.Kind {
	case jsontext.True:
		return true
	case jsontext.False:
		return false
	case jsontext.Null:
		return nil
	}
	text := d.reader.ExactText(token)
	shown := d.redactor.Show(jsontext.Scalar{Place: at, Name: member, Kind: token.Kind, Text: text})
	if token.Kind == jsontext.Number && shown == text {
		return json.Number(text)
	}
	return shown
}
