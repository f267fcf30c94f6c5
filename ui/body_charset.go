package ui

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// charsetSample is how many bytes of a page are searched for its charset.
const charsetSample = 1 << 10

// decodeBody converts a body to UTF-8, and names its charset if it was another one. Invalid bytes are kept. It detects the
// encoding by the byte order mark, the content type, or the page; Windows-1252, a superset of Latin-1, is the fallback for
// text that isn't UTF-8.
func decodeBody(m media, body []byte) (text []byte, name string) {
	if rest, marked := bytes.CutPrefix(body, []byte("\xef\xbb\xbf")); marked {
		return rest, ""
	}
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}), bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		e, name = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16"
	case m.charset != "":
		e, name = charset.Lookup(m.charset)
	case m.isHTML():
		e, name, _ = charset.DetermineEncoding(body[:min(len(body), charsetSample)], "text/html")
	}
	switch {
	case name == "utf-8" || name == "windows-1252" && mostlyUTF8(body):
		return body, ""
	case e == nil && m.isText() && !mostlyUTF8(body):
		e, name = charmap.Windows1252, "windows-1252"
	}
	if e != nil {
		if decoded, err := e.NewDecoder().Bytes(body); err == nil {
			return decoded, name
		}
	}
	return body, ""
}

// mostlyUTF8 reports whether most of the non-ASCII bytes are valid UTF-8. It ignores a character that the sample cuts.
func mostlyUTF8(body []byte) bool {
	const sample = 64 << 10
	good, bad := 0, 0
	rest := body[:min(len(body), sample)]
	for len(rest) > 0 && (len(body) <= sample || utf8.FullRune(rest)) {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	return good >= bad
}
