package records

import (
	"encoding/json"
	"iter"
	"strings"
)

// span is a piece of a text, by its bytes.
type span struct{ from, to uint32 }

func (s span) in(text string) string { return text[s.from:s.to] }

// member is a key and a value of a JSON object, as they are written, and where: key from at, value in value.
type member struct {
	at    uint32
	key   string
	value span
}

// membersOf goes over the members of a JSON object, which has to be valid.
func membersOf(raw string) iter.Seq[member] {
	return func(yield func(member) bool) {
		at := skipSpace(raw, 0)
		if at == len(raw) || raw[at] != '{' {
			return
		}
		for at = skipSpace(raw, at+1); raw[at] != '}'; at = skipSpace(raw, at) {
			if raw[at] == ',' {
				at = skipSpace(raw, at+1)
			}
			key := at
			keyEnd := skipString(raw, at)
			from := skipSpace(raw, skipSpace(raw, keyEnd)+1) // behind the colon
			at = skipValue(raw, from)
			if !yield(member{uint32(key), raw[key:keyEnd], span{uint32(from), uint32(at)}}) {
				return
			}
		}
	}
}

func skipSpace(raw string, at int) int {
	for at < len(raw) && (raw[at] == ' ' || raw[at] == '\n' || raw[at] == '\t' || raw[at] == '\r') {
		at++
	}
	return at
}

// skipString is the place behind the string that begins at at.
func skipString(raw string, at int) int {
	for at++; ; at++ {
		at += strings.IndexByte(raw[at:], '"')
		escapes := 0
		for raw[at-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return at + 1
		}
	}
}

// skipValue is the place behind the value that begins at at.
func skipValue(raw string, at int) int {
	for depth := 0; ; {
		switch raw[at] {
		case '"':
			at = skipString(raw, at)
		case '{', '[':
			depth++
			at++
		case '}', ']':
			depth--
			at++
		case ',', ':', ' ', '\n', '\t', '\r':
			at++
		default:
			for at < len(raw) && strings.IndexByte(",]} \n\t\r", raw[at]) < 0 {
				at++
			}
		}
		if depth == 0 {
			return at
		}
	}
}

// unquoted is what a JSON string says; any other value as it is written.
func unquoted(written string) string {
	if written == "" || written[0] != '"' {
		return written
	}
	if strings.IndexByte(written, '\\') < 0 {
		return written[1 : len(written)-1]
	}
	var said string
	if json.Unmarshal([]byte(written), &said) != nil {
		return written // it is valid, so that this cannot be
	}
	return said
}

// kindOf tells a JSON value by its first letter.
func kindOf(written string) byte {
	if written == "" {
		return 0
	}
	switch c := written[0]; c {
	case '"', '{', '[', 't', 'f', 'n':
		return c
	}
	return '0'
}
