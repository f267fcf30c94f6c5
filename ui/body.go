package ui

import (
	"fmt"

	"nango-tui/internal/jsontext"
)

// Bounds of the bodies that are shown.
const (
	// BodyBytes is how much of a body is taken at all; the rest is cut off and said to be.
	BodyBytes = JSONBytes
	// BodyLines is how many lines of a text are shown. A line takes 20 bytes.
	BodyLines = JSONRows
	// bodySample is how many bytes at the beginning of a body tell whether it is a text.
	bodySample = 8 << 10
)

// BodyKind is what a body is shown as.
type BodyKind int

// The kinds.
const (
	BodyEmpty  BodyKind = iota
	BodyJSON            // folded and searched by key
	BodyText            // line by line
	BodyHTML            // the text of the page, line by line
	BodyBinary          // not drawn, only named
)

// Body is the body of an answer, ready to be shown. It does not change once made.
type Body struct {
	kind BodyKind
	doc  *JSONDoc
	name string // what it is, such as "PNG image, 640 × 480"
	size int
	cut  bool
}

// ReadBody makes a body ready: what it is by its content type and by itself, decoded, and without its secrets. It is pure
// and may run on any goroutine; of a long body it takes a while. The policy may be nil. It is asked about every value of JSON,
// XML and a form, about every value in a line such as "key: value" of other texts, and about other texts as a whole.
func ReadBody(contentType string, body []byte, policy jsontext.Policy) *Body {
	b := &Body{size: len(body)}
	if len(body) == 0 {
		return b
	}
	if b.cut = len(body) > BodyBytes; b.cut {
		body = body[:BodyBytes]
	}
	b.read(readMedia(contentType), body, policy)
	return b
}

// read finds out what the body is, and makes it ready.
func (b *Body) read(m media, body []byte, policy jsontext.Policy) {
	if name := binaryName(body); name != "" {
		b.kind, b.name = BodyBinary, name
		return
	}
	text, charset := decodeBody(m, body)
	switch {
	case !m.isText() && !looksLikeText(text) || isBinary(text):
		b.kind, b.name = BodyBinary, m.kind
	case m.isJSON():
		b.kind = BodyJSON
		b.doc, _ = ParseJSON(text, policy) // what is no JSON is shown as text, with the place of the error
	case m.isHTML() && !beginsLikeJSON(text) || m.kind == "" && beginsLikeHTML(text):
		b.kind = BodyHTML
		b.setText(maskLines(string(htmlText(text)), jsontext.NewRedactor(policy)))
	default:
		b.readText(m, text, policy)
	}
	b.name = b.said(m, charset)
}

// readText reads what no type says is JSON. It may be JSON all the same.
func (b *Body) readText(m media, text []byte, policy jsontext.Policy) {
	if m.mayBeJSON() && beginsLikeJSON(text) {
		if doc, err := ParseJSON(text, policy); err == nil {
			b.kind, b.doc = BodyJSON, doc
			return
		}
	}
	b.kind = BodyText
	redactor := jsontext.NewRedactor(policy)
	switch {
	case m.kind == "application/x-www-form-urlencoded":
		b.setText(maskLines(formLines(text), redactor))
	case m.isXML():
		b.setText(maskXML(text, redactor))
	case m.isJSONLines():
		b.setText(redactor.Redact(string(text), 0))
	default:
		b.setText(maskLines(string(text), redactor))
	}
	b.doc.wrap = !m.hasColumns()
}

func (b *Body) setText(text string) {
	doc, cut := textDoc(text)
	doc.wrap = true
	b.doc, b.cut = doc, b.cut || cut
}

// said is what the body is, in words.
func (b *Body) said(m media, charset string) string {
	name := m.kind
	switch {
	case b.kind == BodyBinary:
		if name == "" {
			name = "no text, and of no type"
		}
		return name
	case b.kind == BodyJSON && m.isJSON():
		name = "JSON"
	case b.kind == BodyJSON && m.kind == "":
		name = "JSON by its looks"
	case b.kind == BodyJSON:
		name = "JSON, sent as " + m.kind
	case b.kind == BodyHTML:
		name = "HTML, its text"
	case name == "":
		name = "text"
	}
	if charset != "" {
		name += ", " + charset
	}
	return name
}

// Kind is what the body is shown as.
func (b *Body) Kind() BodyKind { return b.kind }

// Doc is the body as a document for a [JSONView], in which texts are moved through and searched as JSON is. Long lines are broken
// where a text has no columns. It is nil for [BodyEmpty] and [BodyBinary].
func (b *Body) Doc() *JSONDoc { return b.doc }

// Description is the body in a few words: its type, what is known of it, its size. The type is a stranger's word, so it has to be
// made plain before it is drawn.
func (b *Body) Description() string {
	if b.kind == BodyEmpty {
		return "empty"
	}
	said := b.name
	if b.kind == BodyText || b.kind == BodyHTML {
		said += fmt.Sprintf(", %s %s", count(len(b.doc.rows)), map[bool]string{true: "line", false: "lines"}[len(b.doc.rows) == 1])
	}
	said += ", " + Bytes(int64(b.size)).String()
	if b.cut {
		said += ", its end is cut off"
	}
	return said
}
