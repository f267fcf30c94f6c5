package schemaform

import (
	"errors"
	"regexp"
	"strings"

	"nango-tui/ui/form"
)

// Text for values that have none.
const (
	emptyText = `""`
	emptyList = "[]"
	nullWord  = "null"
)

// control converts between a value and the text of a field. Empty text sends nothing.
type control interface {
	// declare sets kind and options of the field.
	declare(*form.Field)
	// write returns the text of a value, or false if no text means exactly that.
	write(value) (string, bool)
	// read returns the value of a text, or nil.
	read(string) (*value, error)
	// hint explains in one or two sentences what to type.
	hint(required bool) string
}

// textControl is a string.
type textControl struct {
	multiline, secret, nullable bool
	filled                      bool // empty text is invalid
}

func (c textControl) declare(f *form.Field) {
	switch {
	case c.secret:
		f.Kind = form.Secret
	case c.multiline:
		f.Kind = form.Lines
	}
}

func (c textControl) write(v value) (string, bool) {
	switch {
	case v.kind == null && c.nullable:
		return nullWord, true
	case v.kind != text, v.lossy(), v.str == emptyText, v.str == nullWord && c.nullable:
		return "", false
	case v.str == "":
		return emptyText, true
	}
	return v.str, true
}

func (c textControl) read(s string) (*value, error) {
	switch {
	case s == "":
		return nil, nil
	case s == nullWord && c.nullable:
		return &value{kind: null, raw: nullWord}, nil
	case s == emptyText:
		s = ""
	}
	v := textValue(s)
	return &v, nil
}

func (c textControl) hint(required bool) string {
	if c.filled {
		return emptyHint(required, "", c.nullable)
	}
	return emptyHint(required, hintEmptyText, c.nullable)
}

// emptyHint says what an empty field sends, and the alternative.
func emptyHint(required bool, otherwise string, nullable bool) string {
	if nullable {
		otherwise = strings.TrimPrefix(otherwise+", null sends null", ", ")
	}
	switch {
	case required && otherwise == "":
		return ""
	case required:
		return capital(otherwise) + "."
	case otherwise == "":
		return "Empty: not sent."
	}
	return "Empty: not sent; " + otherwise + "."
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// numberControl is a number, sent as typed.
type numberControl struct{ nullable bool }

func (c numberControl) declare(*form.Field) {}

func (c numberControl) write(v value) (string, bool) {
	return v.raw, v.kind == number || v.kind == null && c.nullable
}

var numberShape = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

var errNumber = errors.New(textNotNumber)

func (c numberControl) read(s string) (*value, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return nil, nil
	case s == nullWord && c.nullable:
		return &value{kind: null, raw: nullWord}, nil
	case !numberShape.MatchString(s):
		return nil, errNumber
	}
	return &value{kind: number, raw: s}, nil
}

func (c numberControl) hint(required bool) string { return emptyHint(required, "", c.nullable) }
