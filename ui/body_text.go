package ui

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// textDoc makes a document of the lines of a text, and says whether there are more than [BodyLines].
func textDoc(text []byte) (d *JSONDoc, cut bool) {
	d = &JSONDoc{raw: text, errRow: jsonNoRow}
	for at := 0; at < len(text); {
		if len(d.rows) == BodyLines {
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

// maxLineName is how long the name in a line such as "name: value" may be, in bytes.
const maxLineName = 64

// maskLines hides secrets in a text: what the mask finds in it as a whole, and the values in lines such as
// "name: value" and "name=value" by their names.
func maskLines(text []byte, mask JSONMask) []byte {
	if shown := mask(nil, string(text)); shown != string(text) {
		text = []byte(shown)
	}
	var out []byte
	kept := 0 // how much of text is in out
	for at := 0; at < len(text); {
		end := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		if from, to, shown := maskedValue(text[at:end], mask); shown != "" {
			out = append(append(out, text[kept:at+from]...), shown...)
			kept = at + to
		}
		at = end + 1
	}
	if out == nil {
		return text
	}
	return append(out, text[kept:]...)
}

// maskedValue is what is shown of the value of a line, and where that stands; empty where it is shown as it is.
func maskedValue(line []byte, mask JSONMask) (from, to int, shown string) {
	head := line[:min(len(line), maxLineName+1)]
	sep := bytes.IndexAny(head, ":=")
	if sep < 0 {
		return 0, 0, ""
	}
	name := string(bytes.Trim(head[:sep], " \t-\"'"))
	value := bytes.TrimSpace(line[sep+1:])
	if name == "" || strings.ContainsAny(name, " \t") || len(value) == 0 {
		return 0, 0, ""
	}
	if shown = mask([]string{name}, string(value)); shown == string(value) {
		return 0, 0, ""
	}
	from = sep + 1 + bytes.Index(line[sep+1:], value)
	return from, from + len(value), shown
}

// formLines puts each pair of a form on a line of its own, unescaped where that can be drawn.
func formLines(form []byte) []byte {
	var out strings.Builder
	for pair := range strings.SplitSeq(string(form), "&") {
		if plain, err := url.QueryUnescape(pair); err == nil && !strings.ContainsFunc(plain, unicode.IsControl) {
			pair = plain
		}
		out.WriteString(pair + "\n")
	}
	return []byte(out.String())
}

// maskXML hides secrets in the texts of elements and the values of attributes, by their names as well. All else stays as
// it is written, whether it is XML or not. Names count down to [JSONMaskDepth]; what stands deeper is hidden.
func maskXML(text []byte, mask JSONMask) []byte {
	out := make([]byte, 0, len(text))
	var path []string
	z := html.NewTokenizer(bytes.NewReader(text))
	z.AllowCDATA(true)
	for {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			return append(out, raw...)
		case html.TextToken:
			value := html.UnescapeString(strings.TrimSpace(string(raw)))
			if value == "" {
				break
			}
			if shown := mask.at(path, value); shown != value {
				raw = []byte(shown)
			}
		case html.CommentToken, html.DoctypeToken:
			raw = []byte(mask(nil, string(raw)))
		case html.StartTagToken, html.SelfClosingTagToken:
			raw = bytes.Clone(raw)
			var name string
			if name, raw = maskTag(z, raw, mask); kind == html.StartTagToken && len(path) <= JSONMaskDepth {
				path = append(path, name)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			for i := len(path) - 1; i >= 0; i-- {
				if path[i] == string(name) {
					path = path[:i]
					break
				}
			}
		}
		out = append(out, raw...)
	}
}

// maskTag hides the values of attributes in a tag. It gives its name as well.
func maskTag(z *html.Tokenizer, raw []byte, mask JSONMask) (name string, shown []byte) {
	tag, more := z.TagName()
	name = string(tag)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		masked := mask([]string{string(key)}, string(value))
		if len(value) == 0 || masked == string(value) {
			continue
		}
		if !bytes.Contains(raw, value) { // it is written with escapes
			return name, []byte("<" + name + " " + masked + ">")
		}
		raw = bytes.ReplaceAll(raw, value, []byte(masked))
	}
	return name, raw
}
