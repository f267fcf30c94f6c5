package nango

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"

	"nango-tui/internal/jsontext"
)

// form is a text in which a secret appears: the secret itself, or a part of an encoding of it. It is folded.
type form struct {
	text string
	// isBase64 means that the text is inside groups of four characters, and begins at a character of its group, 0 to 3.
	isBase64 bool
	at       int
	// head is how the form begins, urlHead how it begins in the base64 of URLs; see [headOf].
	head, urlHead uint64
}

// formsOf returns the forms of a secret: the secret itself, in JSON, in a query, and in base64. For base64 there is one form
// for each of the three positions that the secret can have in what was encoded, such as "user:secret". Percent-encoding needs
// no form, see [secretIndex.spans].
func formsOf(secret string) []form {
	inJSON := jsontext.Quote(secret)
	forms := []form{{text: secret}, {text: inJSON[1 : len(inJSON)-1]}, {text: strings.ReplaceAll(secret, " ", "+")}}
	for before := range 3 {
		encoded := base64.RawStdEncoding.EncodeToString([]byte("::"[:before%3] + secret))
		begin, end := (8*before+5)/6, 8*(before+len(secret))/6 // without characters that depend on what is beside the secret
		forms = append(forms, form{text: encoded[begin:end], isBase64: true, at: begin})
	}
	forms = append(forms, form{text: base64.RawStdEncoding.EncodeToString([]byte(secret + ":")), isBase64: true})
	for i := range forms {
		f := &forms[i]
		f.head, f.urlHead = headOf(f.text), headOf(f.text)
		if f.isBase64 {
			f.urlHead = headOf(inURL.Replace(f.text[:MinSecret]))
		}
		f.text = folded(f.text)
	}
	slices.SortStableFunc(forms, func(a, b form) int { return cmp.Compare(a.text, b.text) })
	return slices.CompactFunc(forms, func(a, b form) bool { return a.text == b.text })
}

// inURL replaces the characters that are different in the base64 of URLs.
var inURL = strings.NewReplacer("+", "-", "/", "_")

// group returns where the group of four base64 characters begins in which the form begins, and where its last group ends, as
// far as the text has such characters. The characters beside the form hold the rest of the secret's first and last bytes.
func (f form) group(text string, begin, end int) (groupBegin, groupEnd int) {
	for n := f.at; n > 0 && begin > 0 && isBase64(text[begin-1]); n-- {
		begin--
	}
	for n := (f.at + len(f.text)) % 4; n%4 != 0 && end < len(text) && (isBase64(text[end]) || text[end] == '='); n++ {
		end++
	}
	return begin, end
}

func isBase64(c byte) bool { return strings.IndexByte(letters+digits+"+/-_", c) >= 0 }

// folds maps bytes that count as the same: letters in upper and lower case, and the characters by which the two kinds of base64
// differ.
var folds = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
	}
	for c := byte('A'); c <= 'Z'; c++ {
		table[c] = c | 0x20
	}
	table['-'], table['_'] = '+', '/'
	return table
}()

func folded(text string) string {
	bytes := []byte(text)
	for i, c := range bytes {
		bytes[i] = folds[c]
	}
	return string(bytes)
}

// escapeAt reports whether a percent-encoded byte begins there.
func escapeAt(text string, at int) bool {
	return text[at] == '%' && at+2 < len(text) && isHex(text[at+1]) && isHex(text[at+2])
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&0xf + 9
}

// span is a part of a text, from begin to end.
type span struct{ begin, end int }

// escapedSpans returns where the spans of a decoded text are in the text before decoding. Spans are in order and don't overlap.
func escapedSpans(spans []span, text string) []span {
	moved := make([]span, len(spans))
	decoded, next := 0, 0 // the position in the decoded text, and the number of ends and beginnings before it
	for i := 0; next < 2*len(spans); i++ {
		for ; next < 2*len(spans); next++ {
			if s := spans[next/2]; next%2 == 0 && s.begin == decoded {
				moved[next/2].begin = i
			} else if next%2 == 1 && s.end == decoded {
				moved[next/2].end = i
			} else {
				break
			}
		}
		if i < len(text) && escapeAt(text, i) {
			i += 2
		}
		decoded++
	}
	return moved
}
