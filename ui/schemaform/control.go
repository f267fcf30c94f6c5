package schemaform

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"nango-tui/ui/form"
)

// Text for values that have none.
const (
	emptyText = `""`
	emptyList = "[]"
	nullWord  = "null"
)

// control is the input of a node. It converts between a value and the text of the field.
type control struct {
	kind    form.Kind
	rows    int
	options []form.Option
	// hint explains in one or two sentences what to type.
	hint string
	// words are texts that stand for a value each, such as null.
	words []word
	// isText is set if spaces count, perLine if each line is an element, sendsEmpty if an empty text is sent.
	isText, perLine, sendsEmpty bool
	// parse returns the value of a text that is no word, format the text of such a value, or false if there is none.
	parse  func(string) (*value, error)
	format func(value) (string, bool)
}

type word struct {
	text  string
	value value
}

// read returns the value of a text, or nil if nothing is sent.
func (c *control) read(s string) (*value, error) {
	typed := s
	if !c.isText {
		typed = strings.TrimSpace(s)
	}
	if typed == "" && !c.sendsEmpty {
		return nil, nil
	}
	if i := slices.IndexFunc(c.words, func(w word) bool { return w.text == typed }); i >= 0 {
		return &c.words[i].value, nil
	}
	return c.parse(s)
}

// write returns the text of a value, or false if no text means exactly that.
func (c *control) write(v value) (string, bool) {
	if i := slices.IndexFunc(c.words, func(w word) bool { return w.value.equal(&v) }); i >= 0 {
		return c.words[i].text, true
	}
	s, ok := c.format(v)
	return s, ok && !slices.ContainsFunc(c.words, func(w word) bool { return w.text == s })
}

// withNull adds the word null if that is allowed.
func withNull(nullable bool, words ...word) []word {
	if nullable {
		words = append(words, word{nullWord, literal(null, nullWord)})
	}
	return words
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

func textControl(kind form.Kind, nullable bool, hint string) *control {
	return &control{
		kind: kind, hint: hint, isText: true, words: withNull(nullable, word{emptyText, textValue("")}),
		parse: func(s string) (*value, error) {
			v := textValue(s)
			return &v, nil
		},
		format: func(v value) (string, bool) { return v.str, v.kind == text && !v.lossy() },
	}
}

var numberShape = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

var errNumber = errors.New(textNotNumber)

// numberControl is a number, sent as typed.
func numberControl(nullable bool, hint string) *control {
	return &control{
		hint: hint, words: withNull(nullable),
		parse: func(s string) (*value, error) {
			if s = strings.TrimSpace(s); !numberShape.MatchString(s) {
				return nil, errNumber
			}
			return &value{kind: number, raw: s}, nil
		},
		format: func(v value) (string, bool) { return v.raw, v.kind == number },
	}
}

// choiceControl is one of a list. Its text is the value as JSON.
func choiceControl(choices []choice, required bool) *control {
	c := &control{
		kind:   form.Choice,
		parse:  func(string) (*value, error) { return nil, errors.New(textNotChoice) },
		format: func(value) (string, bool) { return "", false },
	}
	first := "– not sent"
	if required {
		first = "– choose"
	}
	c.options = []form.Option{{Value: "", Title: first}}
	for _, one := range choices {
		text := one.value.compact()
		title := cmp.Or(one.title, one.value.str, text)
		c.options = append(c.options, form.Option{Value: text, Title: shortened(title)})
		c.words = append(c.words, word{text, one.value})
	}
	return c
}

// multiChoiceControl is several of a list, in the order of the list.
func multiChoiceControl(choices []choice, required bool) *control {
	of := choiceControl(choices, true)
	c := &control{kind: form.Choices, options: of.options[1:], hint: hintNone, sendsEmpty: required}
	if required {
		c.hint = hintNoneRequired
	}
	c.format = func(v value) (string, bool) {
		if v.kind != list || len(v.elems) > len(choices) || len(v.elems) == 0 && !required {
			return "", false
		}
		var texts []string
		for _, elem := range v.elems {
			s, ok := of.write(elem)
			if !ok {
				return "", false
			}
			texts = append(texts, s)
		}
		return strings.Join(texts, "\n"), true
	}
	c.parse = func(s string) (*value, error) {
		v := value{kind: list}
		for _, one := range (form.Values{"": s}).List("") {
			elem, err := of.read(one)
			if err != nil {
				return nil, err
			}
			v.elems = append(v.elems, *elem)
		}
		return &v, nil
	}
	return c
}

const switchOn = "true"

// switchControl decides whether an object is sent: its value is null, or an empty object to fill.
func switchControl(nullable, required bool) *control {
	c := &control{
		kind: form.YesNo, hint: "Sent if Yes.", words: withNull(nullable),
		parse: func(s string) (*value, error) {
			if s == switchOn {
				return &value{kind: object}, nil
			}
			return nil, nil
		},
		format: func(v value) (string, bool) { return switchOn, v.kind == object },
	}
	if nullable {
		c.kind, c.hint = form.Choice, ""
		c.options = []form.Option{{Value: nullWord, Title: nullWord}, {Value: switchOn, Title: "Fill in below"}}
		if !required {
			c.options = slices.Insert(c.options, 0, form.Option{Value: "", Title: "– not sent"})
		}
	}
	return c
}

// linesControl is a list of texts or numbers, one per line. Empty lines are ignored.
func linesControl(of *control, nullable, required bool) *control {
	return &control{
		kind: form.Lines, rows: 4, hint: "One per line. " + emptyHint(required, hintEmptyList, nullable), perLine: true,
		words: withNull(nullable, word{emptyList, value{kind: list}}),
		parse: func(s string) (*value, error) {
			v := value{kind: list}
			for line := range strings.SplitSeq(s, "\n") {
				if strings.TrimSpace(line) == "" {
					continue
				}
				elem, err := of.read(line)
				if err != nil {
					return nil, fmt.Errorf("element %d %w", len(v.elems)+1, err)
				}
				v.elems = append(v.elems, *elem)
			}
			return &v, nil
		},
		format: func(v value) (string, bool) {
			var lines []string
			for _, elem := range v.elems {
				line, ok := of.write(elem)
				if !ok || strings.TrimSpace(line) == "" || strings.ContainsAny(line, "\r\n") || line == emptyText {
					return "", false
				}
				lines = append(lines, line)
			}
			return strings.Join(lines, "\n"), v.kind == list
		},
	}
}

// jsonControl is any value as JSON text; with taken, an object of other keys than these, which have their own fields.
func jsonControl(taken map[string]bool, required bool) *control {
	return &control{
		kind: form.Lines, rows: 5, hint: emptyHint(required, "", false), format: typeableJSON,
		parse: func(s string) (*value, error) {
			v, err := parse([]byte(s))
			switch {
			case err != nil:
				return nil, fmt.Errorf("is %w", err)
			case taken != nil && v.kind != object:
				return nil, errors.New(textNotOtherKeys)
			}
			if i := slices.IndexFunc(v.keys, func(key string) bool { return taken[key] }); i >= 0 {
				return nil, fmt.Errorf(textKeyHasField, quote(v.keys[i]))
			}
			return &v, nil
		},
	}
}

// typeableJSON indents a value, or puts a long one on one line, and escapes what can't be typed; false if no field holds it.
func typeableJSON(v value) (string, bool) {
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
