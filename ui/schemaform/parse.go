package schemaform

import (
	"bytes"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// maxNesting is how deep lists and objects may be nested, in an input as in a schema.
const maxNesting = 100

var inputLimits = jsontext.Limits{Bytes: MaxInput, Depth: maxNesting}

// parse reads a JSON text. The value of a repeated key is the last one, as in JavaScript.
func parse(raw []byte) (value, error) {
	text := string(bytes.ToValidUTF8(raw, []byte(string(utf8.RuneError))))
	r := jsontext.NewReader(text, inputLimits)
	v := read(r)
	if err := r.End(); err != nil {
		return value{}, err
	}
	return v, nil
}

// read reads a value. After an error, which the reader keeps, it is of no use.
func read(r *jsontext.Reader) value {
	switch r.Peek() {
	case jsontext.ObjectStart:
		v := value{kind: object}
		at := map[string]int{}
		for name := range r.Members() {
			key := r.Text(name)
			elem := read(r)
			if i, twice := at[key]; twice {
				v.elems[i] = elem
				continue
			}
			at[key] = len(v.keys)
			v.add(key, elem)
		}
		return v
	case jsontext.ArrayStart:
		v := value{kind: list}
		for range r.Elements() {
			v.elems = append(v.elems, read(r))
		}
		return v
	}
	t, err := r.Next()
	if err != nil {
		return value{}
	}
	raw := r.Raw(t)
	switch t.Kind {
	case jsontext.String:
		return value{kind: text, raw: raw, str: r.Text(t)}
	case jsontext.Number:
		return literal(number, raw)
	case jsontext.Null:
		return literal(null, raw)
	}
	return literal(boolean, raw)
}
