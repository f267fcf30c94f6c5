package records

import "nango-tui/internal/jsontext"

// span is a piece of a text, by its byte offsets. Rows hold many of them.
type span struct{ from, to uint32 }

func spanOf(from, to jsontext.Token) span { return span{uint32(from.Start), uint32(to.End)} }

func (s span) in(text string) string { return text[s.from:s.to] }

// kindOf returns the kind of a JSON value by its first letter; 0 for no value.
func kindOf(written string) jsontext.Kind {
	if written == "" {
		return 0
	}
	switch c := jsontext.Kind(written[0]); c {
	case jsontext.String, jsontext.ObjectStart, jsontext.ArrayStart, jsontext.True, jsontext.False, jsontext.Null:
		return c
	}
	return jsontext.Number
}
