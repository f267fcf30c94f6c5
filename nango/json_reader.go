package nango

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// jsonReader goes through a valid JSON text without building what nobody asked for. encoding/json needs 20
// allocations for a row of the list of connections, and there are thousands of them.
type jsonReader struct {
	in []byte
	at int
}

func (r *jsonReader) space() byte {
	for r.at < len(r.in) && (r.in[r.at] == ' ' || r.in[r.at] == '\n' || r.in[r.at] == '\t' || r.in[r.at] == '\r') {
		r.at++
	}
	if r.at == len(r.in) {
		return 0
	}
	return r.in[r.at]
}

// members calls each for the members of an object; each must take the value. What is no object is passed
// over, and false.
func (r *jsonReader) members(each func(key []byte)) bool {
	if r.space() != '{' {
		r.skip()
		return false
	}
	r.at++
	for r.space() != '}' {
		if r.in[r.at] == ',' {
			r.at++
		}
		key := r.text()
		r.space()
		r.at++ // the colon
		each(key)
	}
	r.at++
	return true
}

// pairs calls each for the members of an object: the key and the value as they are written, and what the key
// says. What is no object is passed over.
func (r *jsonReader) pairs(each func(key, value []byte, said string)) {
	if r.space() != '{' {
		r.skip()
		return
	}
	r.at++
	for r.space() != '}' {
		if r.in[r.at] == ',' {
			r.at++
		}
		r.space()
		from := r.at
		said := string(r.text())
		key := r.in[from:r.at]
		r.space()
		r.at++ // the colon
		each(key, r.skip(), said)
	}
	r.at++
}

// elements calls each for the elements of an array; each must take the value. What is no array is passed
// over, and false.
func (r *jsonReader) elements(each func()) bool {
	if r.space() != '[' {
		r.skip()
		return false
	}
	r.at++
	for r.space() != ']' {
		if r.in[r.at] == ',' {
			r.at++
		}
		each()
	}
	r.at++
	return true
}

// text is what a string says, to be copied by whoever keeps it. What is no string is passed over, and nil.
func (r *jsonReader) text() []byte {
	if r.space() != '"' {
		r.skip()
		return nil
	}
	raw := r.skip()
	said := raw[1 : len(raw)-1]
	if bytes.IndexByte(said, '\\') < 0 && utf8.Valid(said) {
		return said
	}
	var unescaped string
	if json.Unmarshal(raw, &unescaped) != nil {
		return nil // the text is valid JSON, so that this cannot be
	}
	return []byte(unescaped)
}

// skip passes over a value and returns how it is written.
func (r *jsonReader) skip() []byte {
	r.space()
	from, depth := r.at, 0
	for {
		switch r.in[r.at] {
		case '{', '[':
			depth++
			r.at++
		case '}', ']':
			depth--
			r.at++
		case '"':
			r.skipString()
		case ',', ':', ' ', '\n', '\t', '\r':
			r.at++
		default:
			for r.at < len(r.in) && !strings.ContainsRune(",]} \n\t\r", rune(r.in[r.at])) {
				r.at++
			}
		}
		if depth == 0 {
			return r.in[from:r.at]
		}
	}
}

func (r *jsonReader) skipString() {
	for r.at++; r.in[r.at] != '"'; r.at++ {
		if r.in[r.at] == '\\' {
			r.at++
		}
	}
	r.at++
}
