package ui

import (
	"bytes"
	"cmp"
	"slices"

	"nango-tui/internal/jsontext"
)

// Limits of displayed bodies.
const (
	// maxBodyBytes is the maximum size of a body. The rest is cut off, and the description says so.
	maxBodyBytes = maxJSONBytes
	// maxBodyLines is the maximum number of lines of a text. A line takes 20 bytes.
	maxBodyLines = maxJSONRows
	// bodySample is the number of bytes that are checked for text.
	bodySample = 8 << 10
)

// BodyKind is how a body is displayed.
type BodyKind int

const (
	BodyEmpty  BodyKind = iota
	BodyJSON            // can be folded
	BodyText            // lines
	BodyHTML            // lines of the text of the page
	BodyBinary          // only described
)

// Body is a response body, ready to be displayed. It is immutable.
type Body struct {
	kind BodyKind
	doc  *JSONDoc
	name string // what it is, such as "PNG image, 640 × 480"
	size int
	cut  bool
}

// ReadBody detects the type of a body from its content type and its content, decodes it, and masks its secrets. It is
// pure and safe on any goroutine; long bodies take a while. The policy may be nil. It is asked about every value of
// JSON, XML and forms, about the values of "key: value" lines in other texts, and about whole texts.
func ReadBody(contentType string, body []byte, policy jsontext.Policy) *Body {
	b := &Body{size: len(body)}
	if len(body) == 0 {
		return b
	}
	if b.cut = len(body) > maxBodyBytes; b.cut {
		body = body[:maxBodyBytes]
	}
	b.read(readMedia(contentType), body, policy)
	return b
}

func (b *Body) read(m media, body []byte, policy jsontext.Policy) {
	if name := binaryName(body); name != "" {
		b.kind, b.name = BodyBinary, name
		return
	}
	text, charset := decodeBody(m, body)
	switch {
	case !m.isText() && !looksLikeText(text) || bytes.IndexByte(text[:min(len(text), bodySample)], 0) >= 0:
		b.kind, b.name = BodyBinary, cmp.Or(m.kind, "binary data")
		return
	case m.isJSON():
		b.kind = BodyJSON
		b.doc, _ = ParseJSON(text, policy) // text that is not JSON is shown with the place of the error
	case m.isHTML() && !beginsLikeJSON(text) || m.kind == "" && beginsLikeHTML(text):
		b.kind = BodyHTML
		b.setText(maskLines(string(htmlText(text)), jsontext.NewRedactor(policy)))
	default:
		b.readText(m, text, policy)
	}
	b.name = b.typeName(m, charset)
}

// readText reads a body that may be JSON although its type doesn't say so.
func (b *Body) readText(m media, text []byte, policy jsontext.Policy) {
	if slices.Contains(alsoJSON, m.kind) && beginsLikeJSON(text) {
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
	case beginsLikeJSON(text): // it is cut off, or only nearly JSON
		b.setText(maskLines(redactor.Redact(string(text), 0), redactor))
	default:
		b.setText(maskLines(string(text), redactor))
	}
	b.doc.wrap = !m.isJSONLines() && !slices.Contains(columnKinds, m.kind)
}

func (b *Body) setText(text string) {
	doc, cut := textDoc(text)
	doc.wrap = true
	b.doc, b.cut = doc, b.cut || cut
}

func (b *Body) typeName(m media, charset string) string {
	name := m.kind
	switch {
	case b.kind == BodyJSON && m.isJSON():
		name = "JSON"
	case b.kind == BodyJSON && m.kind == "":
		name = "JSON (detected)"
	case b.kind == BodyJSON:
		name = "JSON, sent as " + m.kind
	case b.kind == BodyHTML:
		name = "text of HTML"
	case name == "":
		name = "text"
	}
	if charset != "" {
		name += ", " + charset
	}
	return name
}

func (b *Body) Kind() BodyKind { return b.kind }

// Doc returns the body as a document for a [JSONView]; texts are lines that can be moved over and searched like JSON.
// Long lines wrap unless the text has columns. It is nil for [BodyEmpty] and [BodyBinary].
func (b *Body) Doc() *JSONDoc { return b.doc }

// Description returns type and size. The type is untrusted and must be sanitized.
func (b *Body) Description() string {
	if b.kind == BodyEmpty {
		return "empty"
	}
	said := b.name
	if b.kind == BodyText || b.kind == BodyHTML {
		said += ", " + Pluralize(len(b.doc.rows), "line")
	}
	said += ", " + Bytes(int64(b.size)).String()
	if b.cut {
		said += ", truncated"
	}
	return said
}
