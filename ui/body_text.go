package ui

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"nango-tui/internal/jsontext"
)

// textDoc returns a document of the lines of a text, and whether there are more than maxBodyLines.
func textDoc(text string) (d *JSONDoc, cut bool) {
	d = &JSONDoc{raw: text, errRow: jsonNoRow}
	for at := 0; at < len(text); {
		if len(d.rows) == maxBodyLines {
			return d, true
		}
		end, next := textLine(text, at)
		if next > end && end > at && text[end-1] == '\r' {
			end--
		}
		d.rows = append(d.rows, jsonRow{at: uint32(at), end: uint32(end), parent: jsonNoRow, meta: uint32(jsonText)})
		at = next
	}
	return d, false
}

// maxLineName is the maximum length of the name in a "name: value" line, in bytes.
const maxLineName = 64

// maskLines masks secrets in a text: those that the policy finds in the whole text, and the values of "name: value" and
// "name=value" lines by their names.
func maskLines(text string, redactor *jsontext.Redactor) string {
	text = redactor.Show(jsontext.Scalar{Kind: jsontext.Word, Text: text})
	var out strings.Builder
	kept := 0 // how much of text is in out
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		if from, to, shown := maskedValue(text[at:end], redactor); shown != "" {
			out.WriteString(text[kept:at+from] + shown)
			kept = at + to
		}
		at = end + 1
	}
	return out.String() + text[kept:]
}

// maskedValue returns the masked value of a line and its place, or "" if it is not masked.
func maskedValue(line string, redactor *jsontext.Redactor) (from, to int, shown string) {
	head := line[:min(len(line), maxLineName+1)]
	sep := strings.IndexAny(head, ":=")
	if sep < 0 {
		return 0, 0, ""
	}
	name := strings.Trim(head[:sep], " \t-\"'")
	value := strings.TrimSpace(line[sep+1:])
	if name == "" || strings.ContainsAny(name, " \t") || value == "" {
		return 0, 0, ""
	}
	_, place := redactor.Name(0, name)
	if shown = redactor.Show(jsontext.Scalar{Place: place, Name: name, Kind: jsontext.String, Text: value}); shown == value {
		return 0, 0, ""
	}
	from = sep + 1 + strings.Index(line[sep+1:], value)
	return from, from + len(value), shown
}

// formLines puts each pair of a form on its own line, unescaped if it can be drawn.
func formLines(form []byte) string {
	var out strings.Builder
	for pair := range strings.SplitSeq(string(form), "&") {
		if plain, err := url.QueryUnescape(pair); err == nil && !strings.ContainsFunc(plain, unicode.IsControl) {
			pair = plain
		}
		out.WriteString(pair + "\n")
	}
	return out.String()
}

// maxXMLDepth is the maximum depth at which element names are passed to a policy. Deeper content is masked, because
// each end tag searches for its start.
const maxXMLDepth = 64

type element struct {
	name  string
	place jsontext.Place
}

// maskXML masks secrets in element texts and attribute values, also by their names. Everything else is unchanged, even
// if it is not XML. Content deeper than [maxXMLDepth] is masked.
func maskXML(text []byte, redactor *jsontext.Redactor) string {
	var out strings.Builder
	open := []element{{}}
	z := html.NewTokenizer(bytes.NewReader(text))
	z.AllowCDATA(true)
	for {
		kind := z.Next()
		raw := z.Raw()
		switch top := open[len(open)-1]; kind {
		case html.ErrorToken:
			out.Write(raw)
			return out.String()
		case html.TextToken:
			raw = maskXMLText(raw, top, len(open)-1 > maxXMLDepth, redactor)
		case html.CommentToken, html.DoctypeToken:
			raw = []byte(redactor.Show(jsontext.Scalar{Kind: jsontext.Word, Text: string(raw)}))
		case html.StartTagToken, html.SelfClosingTagToken:
			raw = bytes.Clone(raw)
			var name string
			if name, raw = maskTag(z, raw, redactor); kind == html.StartTagToken && len(open)-1 <= maxXMLDepth {
				_, place := redactor.Name(top.place, name)
				open = append(open, element{name, place})
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			for i := len(open) - 1; i > 0; i-- {
				if open[i].name == string(name) {
					open = open[:i]
					break
				}
			}
		}
		out.Write(raw)
	}
}

func maskXMLText(raw []byte, in element, tooDeep bool, redactor *jsontext.Redactor) []byte {
	value := html.UnescapeString(strings.TrimSpace(string(raw)))
	switch {
	case value == "" || redactor == nil:
		return raw
	case tooDeep:
		return []byte(maskDots)
	}
	if shown := redactor.Show(jsontext.Scalar{Place: in.place, Name: in.name, Kind: jsontext.String, Text: value}); shown != value {
		return []byte(shown)
	}
	return raw
}

// maskTag masks the attribute values of a tag. It also returns its name.
func maskTag(z *html.Tokenizer, raw []byte, redactor *jsontext.Redactor) (name string, shown []byte) {
	tag, more := z.TagName()
	name = string(tag)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		_, place := redactor.Name(0, string(key))
		masked := redactor.Show(jsontext.Scalar{Place: place, Name: string(key), Kind: jsontext.String, Text: string(value)})
		if len(value) == 0 || masked == string(value) {
			continue
		}
		if !bytes.Contains(raw, value) { // it contains escapes
			return name, []byte("<" + name + " " + masked + ">")
		}
		raw = bytes.ReplaceAll(raw, value, []byte(masked))
	}
	return name, raw
}
