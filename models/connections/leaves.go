package connections

import (
	"bytes"
	"strconv"
	"strings"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

// maxDepth is how deep a JSON text is taken apart. What is nested deeper is hidden or shown as one value.
const maxDepth = 64

// leaf is a plain value of a JSON text, an empty object or array, or what is nested too deep.
type leaf struct {
	// name is the path to it, as it may be shown. key tells paths apart, also if keys have dots.
	name, key string
	// text is what it says, and shown what may be shown of it.
	text, shown string
	// start and end are its offsets.
	start, end int
}

// isSecret says whether something of it is hidden.
func (l leaf) isSecret() bool { return l.shown != l.text }

// leavesOf finds the plain values of a JSON text in order. The mask hides secrets that the program has seen, besides those
// that a key or a shape reveals.
func leavesOf(raw []byte, at jsontext.Place, mask func(string) string) ([]leaf, error) {
	text := string(raw)
	w := leafWalk{text: text, reader: jsontext.NewReader(text, jsontext.Limits{}), redactor: jsontext.NewRedactor(nango.Policy(mask))}
	w.value(step{place: at})
	return w.found, w.reader.End()
}

type leafWalk struct {
	text     string
	reader   *jsontext.Reader
	redactor *jsontext.Redactor
	found    []leaf
}

// step is where a value is: the keys that lead there, the place for the policy, and the name of its member.
type step struct {
	keys, shown []string
	place       jsontext.Place
	member      string
}

// into is the step to what stands under a key or number.
func (s step) into(key, shown string) step {
	n := len(s.keys)
	s.keys, s.shown = append(s.keys[:n:n], key), append(s.shown[:n:n], shown)
	return s
}

func (w *leafWalk) value(at step) {
	kind, found := w.reader.Peek(), len(w.found)
	start := w.reader.Offset()
	switch {
	case kind == jsontext.ObjectStart && len(at.keys) < maxDepth:
		for name := range w.reader.Members() {
			key := w.reader.ExactText(name)
			shown, place := w.redactor.Name(at.place, key)
			next := at.into(key, shown)
			next.place, next.member = place, key
			w.value(next)
		}
	case kind == jsontext.ArrayStart && len(at.keys) < maxDepth:
		for n := range w.reader.Elements() {
			number := strconv.Itoa(n)
			w.value(at.into(number, number))
		}
	default:
		_, _ = w.reader.Value() // the reader keeps the error
	}
	if len(w.found) > found || w.reader.Err() != nil {
		return
	}
	l := leaf{name: strings.Join(at.shown, "."), key: strings.Join(at.keys, pieceEnd), start: start, end: w.reader.Offset()}
	written := w.text[l.start:l.end]
	l.text = jsontext.Text(written)
	if kind == jsontext.ObjectStart || kind == jsontext.ArrayStart {
		l.shown = w.redactor.Redact(written, at.place)
	} else {
		l.shown = w.redactor.Show(jsontext.Scalar{Place: at.place, Name: at.member, Kind: kind, Text: l.text})
	}
	w.found = append(w.found, l)
}

// hide replaces each value that has to be hidden with dots, for a text that is edited, and returns these values as they are
// written, by the keys of their leaves. What is not JSON is masked as text.
func hide(raw []byte, mask func(string) string) (shown []byte, hidden map[string][]byte) {
	hidden = map[string][]byte{}
	leaves, err := leavesOf(raw, 0, mask)
	if err != nil {
		return nango.MaskJSONBy(raw, mask), hidden
	}
	var out bytes.Buffer
	kept := 0
	for _, l := range leaves {
		if l.isSecret() {
			hidden[l.key] = raw[l.start:l.end]
			out.Write(raw[kept:l.start])
			out.WriteString(`"` + nango.Masked + `"`)
			kept = l.end
		}
	}
	out.Write(raw[kept:])
	return out.Bytes(), hidden
}
