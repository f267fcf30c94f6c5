package ui

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // for image sizes
	_ "image/jpeg"
	_ "image/png"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

type media struct{ kind, charset string }

// readMedia parses a content type. Of a malformed one it takes the part before the parameters.
func readMedia(contentType string) media {
	kind, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, _, _ = strings.Cut(contentType, ";")
		return media{kind: strings.ToLower(strings.TrimSpace(kind))}
	}
	return media{kind, strings.ToLower(parameters["charset"])}
}

func (m media) isJSON() bool {
	return m.kind == "application/json" || m.kind == "text/json" || strings.HasSuffix(m.kind, "+json")
}

// isJSONLines reports whether each line is a JSON text.
func (m media) isJSONLines() bool {
	return slices.Contains([]string{"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
		"application/json-seq"}, m.kind)
}

func (m media) isHTML() bool { return m.kind == "text/html" || m.kind == "application/xhtml+xml" }

func (m media) isXML() bool {
	return m.kind == "application/xml" || m.kind == "text/xml" || strings.HasSuffix(m.kind, "+xml")
}

var (
	// alsoJSON are the types that servers use for JSON, too.
	alsoJSON = []string{"", "text/plain", "text/html", "text/javascript", "application/javascript", "application/octet-stream"}
	// columnKinds are types of texts whose layout wrapping would break.
	columnKinds = []string{"text/csv", "text/tab-separated-values", "text/yaml", "application/yaml", "application/x-yaml"}
	// textKinds are types of texts outside of text/.
	textKinds = []string{
		"application/javascript", "application/x-javascript", "application/ecmascript", "application/x-www-form-urlencoded",
		"application/yaml", "application/x-yaml", "application/toml", "application/graphql", "application/sql", "application/rtf",
	}
)

func (m media) isText() bool {
	return strings.HasPrefix(m.kind, "text/") || m.isJSON() || m.isHTML() || m.isXML() || m.isJSONLines() || slices.Contains(textKinds, m.kind)
}

// marks are the first bytes of binary formats.
var marks = []struct{ mark, name string }{
	{"\x89PNG\r\n\x1a\n", "PNG image"}, {"\xff\xd8\xff", "JPEG image"}, {"GIF87a", "GIF image"}, {"GIF89a", "GIF image"},
	{"%PDF-", "PDF document"}, {"PK\x03\x04", textZIP}, {"\x1f\x8b", "gzip-compressed data"},
	{"\x28\xb5\x2f\xfd", "Zstandard-compressed data"}, {"7z\xbc\xaf\x27\x1c", "7z archive"}, {"OggS", "Ogg media"}, {"ID3", "MP3 audio"},
	{"wOFF", "font"}, {"wOF2", "font"}, {"SQLite format 3\x00", "SQLite database"}, {"\x7fELF", "program"}, {"\x00asm", "WebAssembly"},
}

// binaryName returns the name of a binary format by its first bytes, with the size of an image; otherwise "".
func binaryName(body []byte) string {
	for _, m := range marks {
		if !bytes.HasPrefix(body, []byte(m.mark)) {
			continue
		}
		if config, _, err := image.DecodeConfig(bytes.NewReader(body)); err == nil {
			return fmt.Sprintf("%s, %d × %d", m.name, config.Width, config.Height)
		}
		return m.name
	}
	switch {
	case len(body) >= 12 && string(body[:4]) == "RIFF":
		return map[string]string{"WEBP": "WebP image", "WAVE": "WAVE audio"}[string(body[8:12])]
	case len(body) >= 12 && string(body[4:8]) == "ftyp":
		return "MP4 media"
	}
	return ""
}

// looksLikeText reports whether data without a text type is text: almost no control characters or invalid UTF-8.
func looksLikeText(body []byte) bool {
	const tolerated = 50 // one of this many
	sample := body[:min(len(body), bodySample)]
	odd := 0
	for rest := sample; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 && utf8.FullRune(rest) || r < ' ' && !strings.ContainsRune("\t\n\r\f\x1b", r) {
			odd++
		}
		rest = rest[size:]
	}
	return odd*tolerated <= len(sample)
}

func beginsLikeJSON(text []byte) bool {
	start := bytes.TrimLeft(text, " \t\r\n")
	return len(start) > 0 && (start[0] == '{' || start[0] == '[')
}

var beginsLikeHTML = regexp.MustCompile(`(?i)^[ \t\r\n]*<(!doctype )?html`).Match
