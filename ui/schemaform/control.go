package schemaform

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"nango-tui/ui"
)

// What is typed for what has no text of its own.
const (
	emptyText = `""`
	emptyList = "[]"
	nullWord  = "null"
)

// control is how a value is typed. Its text is what stands in a field of [ui.Form]; an empty text sends nothing.
type control interface {
	// declare sets the kind of the field, and what can be chosen.
	declare(*ui.FormField)
	// write is the text of a value; false where no text says exactly that.
	write(value) (string, bool)
	// read is the value of a text, nil for none.
	read(string) (*value, error)
	// hint says what is typed, in a sentence or two.
	hint(required bool) string
}

// textControl is a string.
type textControl struct{ lines, secret, nullable bool }

func (c textControl) declare(f *ui.FormField) {
	switch {
	case c.secret:
		f.Kind = ui.FormSecret
	case c.lines:
		f.Kind = ui.FormLines
	}
}

func (c textControl) write(v value) (string, bool) {
	switch {
	case v.kind == null && c.nullable:
		return nullWord, true
	case v.kind != text, v.lossy(), v.says == emptyText, v.says == nullWord && c.nullable:
		return "", false
	case v.says == "":
		return emptyText, true
	}
	return v.says, true
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
	return emptyHint(required, `"" sends an empty text`, c.nullable)
}

// emptyHint says what is sent for an empty field, and how else.
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

// numberControl is a number, sent as it is typed.
type numberControl struct{ nullable bool }

func (c numberControl) declare(*ui.FormField) {}

func (c numberControl) write(v value) (string, bool) {
	return v.raw, v.kind == number || v.kind == null && c.nullable
}

var numberShape = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

var errNumber = errors.New("is not a number as JSON has it, such as 12, -3.5 or 1e6")

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

// choiceControl is one out of a list. The text is the value as JSON.
type choiceControl struct {
	choices  []choice
	required bool
}

func (c choiceControl) declare(f *ui.FormField) {
	f.Kind = ui.FormChoice
	first := "– not sent"
	if c.required {
		first = "– choose"
	}
	f.Options = append([]ui.FormOption{{Value: "", Title: first}}, options(c.choices)...)
}

// options are the choices to be drawn: strings by what they say, and all else as JSON.
func options(choices []choice) []ui.FormOption {
	var all []ui.FormOption
	for _, c := range choices {
		title := c.title
		if title == "" {
			title = c.value.says
		}
		if title == "" {
			title = c.value.compact()
		}
		all = append(all, ui.FormOption{Value: c.value.compact(), Title: shortened(title)})
	}
	return all
}

func (c choiceControl) write(v value) (string, bool) {
	for _, one := range c.choices {
		if one.value.equal(&v) {
			return one.value.compact(), true
		}
	}
	return "", false
}

func (c choiceControl) read(s string) (*value, error) { return chosen(c.choices, s) }

func chosen(choices []choice, s string) (*value, error) {
	if s == "" {
		return nil, nil
	}
	for _, one := range choices {
		if one.value.compact() == s {
			return &one.value, nil
		}
	}
	return nil, errors.New("is none of the choices")
}

func (c choiceControl) hint(bool) string { return "" }

// yesNo are the choices of a boolean.
func yesNo(nullable bool) []choice {
	choices := []choice{{literal(boolean, "true"), "Yes"}, {literal(boolean, "false"), "No"}}
	if nullable {
		choices = append(choices, choice{value: literal(null, nullWord)})
	}
	return choices
}

// linesControl is a list of texts or of numbers, one a line. Empty lines are left out.
type linesControl struct {
	of       control
	nullable bool
}

func (c linesControl) declare(f *ui.FormField) { f.Kind, f.Rows = ui.FormLines, 4 }

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
	return "One a line. " + emptyHint(required, "[] sends an empty list", c.nullable)
}

// picksControl is some out of a list, in the order of that list.
type picksControl struct {
	choices  []choice
	required bool
}

func (c picksControl) declare(f *ui.FormField) {
	f.Kind, f.Options = ui.FormChoices, options(c.choices)
}

func (c picksControl) write(v value) (string, bool) {
	if v.kind != list || len(v.elems) == 0 && !c.required {
		return "", false
	}
	var texts []string
	for _, elem := range v.elems {
		s, ok := choiceControl{choices: c.choices}.write(elem)
		if !ok {
			return "", false
		}
		texts = append(texts, s)
	}
	return strings.Join(texts, "\n"), true
}

func (c picksControl) read(s string) (*value, error) {
	if s == "" && !c.required {
		return nil, nil
	}
	v := value{kind: list}
	for _, one := range (ui.FormValues{"": s}).List("") {
		elem, err := chosen(c.choices, one)
		if err != nil {
			return nil, err
		}
		v.elems = append(v.elems, *elem)
	}
	return &v, nil
}

func (c picksControl) hint(required bool) string {
	if required {
		return "None marked: an empty list."
	}
	return "None marked: not sent."
}

// jsonControl is any value as JSON text.
type jsonControl struct {
	// taken are the keys that have fields of their own, where the text is an object of the others; nil for any value.
	taken map[string]bool
}

// jsonRows is the height of a field of JSON.
const jsonRows = 5

func (c jsonControl) declare(f *ui.FormField) { f.Kind, f.Rows = ui.FormLines, jsonRows }

// write is the value as one reads it. What cannot be typed is escaped, and a long one stands on one line.
func (c jsonControl) write(v value) (string, bool) {
	s := v.indented()
	if strings.Count(s, "\n") >= ui.FormLineCount || len(s) > ui.FormBytes {
		s = v.compact()
	}
	for _, s := range []string{s, ascii(s)} {
		if typed(ui.FormLines, s) {
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
		return nil, errors.New("has to be an object of the other keys")
	}
	for _, key := range v.keys {
		if c.taken[key] {
			return nil, fmt.Errorf("has the key %s, which has a field of its own", quote(key))
		}
	}
	return &v, nil
}

func (c jsonControl) hint(required bool) string {
	if required {
		return "JSON."
	}
	return "JSON. Empty: not sent."
}

// typed says that a text comes back from a field as it is.
func typed(kind ui.FormKind, s string) bool {
	return len(s) <= ui.FormBytes && ui.NewForm(ui.FormField{Kind: kind, Value: s}).Values()[""] == s
}

// ascii is a JSON text with all that is not ASCII escaped; it stands in strings alone.
func ascii(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x7f:
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			b.WriteString(unicodeEscape(0xd800+r>>10) + unicodeEscape(0xdc00+r&0x3ff))
		default:
			b.WriteString(unicodeEscape(r))
		}
	}
	return b.String()
}

func unicodeEscape(r rune) string {
	hex := strconv.FormatInt(int64(r), 16)
	return `\u` + strings.Repeat("0", 4-len(hex)) + hex
}

// switchControl says whether an optional object is sent.
type switchControl struct{ nullable, required bool }

const switchOn = "true"

func (c switchControl) declare(f *ui.FormField) {
	if !c.nullable {
		f.Kind = ui.FormYesNo
		return
	}
	f.Kind = ui.FormChoice
	if !c.required {
		f.Options = append(f.Options, ui.FormOption{Value: "", Title: "– not sent"})
	}
	f.Options = append(f.Options, ui.FormOption{Value: nullWord, Title: nullWord}, ui.FormOption{Value: switchOn, Title: "Filled in below"})
}

func (c switchControl) write(v value) (string, bool) {
	switch {
	case v.kind == object:
		return switchOn, true
	case v.kind == null && c.nullable:
		return nullWord, true
	}
	return "", false
}

// read is null, an empty object to be filled, or nothing.
func (c switchControl) read(s string) (*value, error) {
	switch s {
	case switchOn:
		return &value{kind: object}, nil
	case nullWord:
		return &value{kind: null, raw: nullWord}, nil
	}
	return nil, nil
}

func (c switchControl) hint(bool) string {
	if c.nullable {
		return ""
	}
	return "Sent where it is Yes."
}
