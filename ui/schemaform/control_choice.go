package schemaform

import (
	"errors"
	"strings"

	"nango-tui/ui/form"
)

// choiceControl is one of a list. Its text is the value as JSON.
type choiceControl struct {
	choices  []choice
	required bool
}

func (c choiceControl) declare(f *form.Field) {
	f.Kind = form.Choice
	first := "– not sent"
	if c.required {
		first = "– choose"
	}
	f.Options = append([]form.Option{{Value: "", Title: first}}, options(c.choices)...)
}

// options returns the options of choices: strings as they are, others as JSON.
func options(choices []choice) []form.Option {
	var all []form.Option
	for _, c := range choices {
		title := c.title
		if title == "" {
			title = c.value.str
		}
		if title == "" {
			title = c.value.compact()
		}
		all = append(all, form.Option{Value: c.value.compact(), Title: shortened(title)})
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
	return nil, errors.New(textNotChoice)
}

func (c choiceControl) hint(bool) string { return "" }

// yesNo returns the choices of a boolean.
func yesNo(nullable bool) []choice {
	choices := []choice{{literal(boolean, "true"), "Yes"}, {literal(boolean, "false"), "No"}}
	if nullable {
		choices = append(choices, choice{value: literal(null, nullWord)})
	}
	return choices
}

// multiChoiceControl is several of a list, in the order of the list.
type multiChoiceControl struct {
	choices  []choice
	required bool
}

func (c multiChoiceControl) declare(f *form.Field) {
	f.Kind, f.Options = form.Choices, options(c.choices)
}

func (c multiChoiceControl) write(v value) (string, bool) {
	if v.kind != list || len(v.elems) > len(c.choices) || len(v.elems) == 0 && !c.required {
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

func (c multiChoiceControl) read(s string) (*value, error) {
	if s == "" && !c.required {
		return nil, nil
	}
	v := value{kind: list}
	for _, one := range (form.Values{"": s}).List("") {
		elem, err := chosen(c.choices, one)
		if err != nil {
			return nil, err
		}
		v.elems = append(v.elems, *elem)
	}
	return &v, nil
}

func (c multiChoiceControl) hint(required bool) string {
	if required {
		return hintNoneRequired
	}
	return hintNone
}

// switchControl decides whether an optional object is sent.
type switchControl struct{ nullable, required bool }

const switchOn = "true"

func (c switchControl) declare(f *form.Field) {
	if !c.nullable {
		f.Kind = form.YesNo
		return
	}
	f.Kind = form.Choice
	if !c.required {
		f.Options = append(f.Options, form.Option{Value: "", Title: "– not sent"})
	}
	f.Options = append(f.Options, form.Option{Value: nullWord, Title: nullWord}, form.Option{Value: switchOn, Title: "Fill in below"})
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

// read returns null, an empty object to fill, or nothing.
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
	return "Sent if Yes."
}
