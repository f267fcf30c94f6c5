package schemaform

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"nango-tui/ui/form"
)

// linesControl is a list of texts or numbers, one per line. Empty lines are ignored.
type linesControl struct {
	of       control
	nullable bool
}

func (c linesControl) declare(f *form.Field) { f.Kind, f.Rows = form.Lines, 4 }

func (c linesControl) write(v value) (string, bool) {
	switch {
	case v.kind == null && c.nullable:
		return nullWord, true
	case v.kind != list:
		return "", false
	case len(v.elems) == 0:
		return emptyList, true
	}
	var lines []string
	for _, elem := range v.elems {
		line, ok := c.of.write(elem)
		if !ok || strings.TrimSpace(line) == "" || strings.ContainsAny(line, "\r\n") || line == emptyText {
			return "", false
		}
		lines = append(lines, line)
	}
	if len(lines) == 1 && (lines[0] == emptyList || lines[0] == nullWord && c.nullable) {
		return "", false
	}
	return strings.Join(lines, "\n"), true
}

func (c linesControl) read(s string) (*value, error) {
	switch trimmed := strings.TrimSpace(s); {
	case trimmed == "":
		return nil, nil
	case trimmed == emptyList:
		return &value{kind: list}, nil
	case trimmed == nullWord && c.nullable:
		return &value{kind: null, raw: nullWord}, nil
	}
	v := value{kind: list}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		elem, err := c.of.read(line)
		if err != nil {
			return nil, fmt.Errorf("element %d %w", len(v.elems)+1, err)
		}
		v.elems = append(v.elems, *elem)
	}
	return &v, nil
}

func (c linesControl) hint(required bool) string {
	return "One per line. " + emptyHint(required, hintEmptyList, c.nullable)
}

// jsonControl is any value as JSON text.
type jsonControl struct {
	// taken are the keys with their own fields if the text is an object of the others; nil for any value.
	taken map[string]bool
}

// jsonRows is the height of a JSON field.
const jsonRows = 5

func (c jsonControl) declare(f *form.Field) { f.Kind, f.Rows = form.Lines, jsonRows }

// write indents the value. It escapes what can't be typed, and puts a long value on one line.
func (c jsonControl) write(v value) (string, bool) {
	s := v.indented()
	if strings.Count(s, "\n") >= form.MaxLines || len(s) > form.MaxBytes {
		s = v.compact()
	}
	for _, s := range []string{s, ascii(s)} {
		if canType(form.Lines, s) {
			return s, true
		}
	}
	return "", false
}

func (c jsonControl) read(s string) (*value, error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	v, err := parse([]byte(s))
	if err != nil {
		return nil, fmt.Errorf("is %w", err)
	}
	if c.taken == nil {
		return &v, nil
	}
	if v.kind != object {
		return nil, errors.New(textNotOtherKeys)
	}
	for _, key := range v.keys {
		if c.taken[key] {
			return nil, fmt.Errorf(textKeyHasField, quote(key))
		}
	}
	return &v, nil
}

func (c jsonControl) hint(required bool) string { return emptyHint(required, "", false) }

// canType reports whether a field returns a text unchanged.
func canType(kind form.Kind, s string) bool {
	return len(s) <= form.MaxBytes && form.New(form.Field{Kind: kind, Value: s}).Values()[""] == s
}

// ascii escapes all non-ASCII characters of a JSON text; they are only in strings.
func ascii(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x7f {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
