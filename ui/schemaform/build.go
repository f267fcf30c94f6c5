package schemaform

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/ui/form"
)

// Limits of the fields. Anything beyond is edited as JSON.
const (
	// MaxFields is the maximum number of fields of a form.
	MaxFields = 200
	// MaxDepth is the maximum number of objects around a field, without the root.
	MaxDepth = 4
	// MaxChoices is the maximum number of options of a choice.
	MaxChoices = 500
	// longText is the length in bytes from which text gets a text area.
	longText = 100
)

type builder struct {
	resolver
	check       *checker
	isSecretKey func([]string) bool // reports whether the value at these keys is a secret; may be nil
	nodes       []*node             // the root first, an object before its fields
	fields      int
	cut         int      // number of fields beyond the limit
	notes       []string // what fields can't show
	tooLong     string   // place of a value that no field can hold
}

// root builds the nodes of an input. Without initial, and if fresh, it fills in the defaults of the schema.
func (b *builder) root(initial *value, fresh bool) *node {
	n := &node{check: b.check, required: true, part: b.part([]subschema{{v: b.doc, refs: []string{""}}})}
	b.nodes = []*node{n}
	b.fill(n, initial, fresh)
	if b.cut > 0 {
		b.notes = append(b.notes, fmt.Sprintf(textFieldLimit, MaxFields, b.cut))
	}
	return n
}

// fill chooses the control of a node and its value.
func (b *builder) fill(n *node, initial *value, fresh bool) {
	why := b.choose(n)
	if initial == nil && fresh {
		initial = n.fallback()
	}
	if why == "" && initial != nil {
		why = n.setValue(*initial)
	}
	if why != "" {
		b.asJSON(n, why, initial)
		return
	}
	if n.group {
		b.members(n, initial, fresh)
	}
}

// fallback returns the value if none is given: the default, or the only allowed one.
func (n *node) fallback() *value {
	isChoice := !n.group && n.control != nil && n.control.kind == form.Choice
	if n.part.fallback == nil && isChoice && n.required && len(n.control.words) == 1 {
		return &n.control.words[0].value
	}
	return n.part.fallback
}

var nullChoice = choice{value: literal(null, nullWord)}

// choose chooses a control by the schema. It returns the reason if no field can show the value.
func (b *builder) choose(n *node) (why string) {
	p := &n.part
	switch {
	case p.unsupported != "":
		return p.unsupported
	case p.choices != nil:
		return b.choice(n)
	}
	switch p.only() {
	case "string":
		n.control = b.text(n)
	case "integer", "number":
		n.control = numberControl(p.null(), emptyHint(n.required, "", p.null()))
	case "boolean":
		choices := []choice{{literal(boolean, "true"), "Yes"}, {literal(boolean, "false"), "No"}}
		if p.null() {
			choices = append(choices, nullChoice)
		}
		n.control = choiceControl(choices, n.required)
	case "array":
		return b.list(n)
	case "object":
		return b.object(n)
	case "null":
		if n.parent != nil { // the root takes no input
			n.control = choiceControl([]choice{nullChoice}, n.required)
		}
	default:
		if p.types == nil {
			return whyAnyValue
		}
		return whySeveralTypes
	}
	return ""
}

func (b *builder) text(n *node) *control {
	p, kind, otherwise := &n.part, form.Text, hintEmptyText
	switch {
	case p.secret, b.isSecretKey != nil && len(n.keys) > 0 && b.isSecretKey(n.keys):
		kind = form.Secret
	case p.multiline, p.fallback != nil && (len(p.fallback.str) > longText || strings.Contains(p.fallback.str, "\n")):
		kind = form.Lines
	}
	if least := p.limits["minLength"]; least != "" && least != "0" || p.words["format"] != "" || p.words["pattern"] != "" {
		otherwise = "" // empty text is probably invalid
	}
	return textControl(kind, p.null(), emptyHint(n.required, otherwise, p.null()))
}

// choice makes a choice. Texts that are too long for options are typed.
func (b *builder) choice(n *node) string {
	p := &n.part
	choices := slices.Clone(p.choices)
	if p.nullable && !slices.ContainsFunc(choices, func(c choice) bool { return c.value.kind == null }) {
		choices = append(choices, nullChoice)
	}
	switch {
	case len(choices) <= MaxChoices:
		n.control = choiceControl(choices, n.required)
	case p.only() == "string":
		n.control = textControl(form.Text, p.null(), emptyHint(n.required, hintEmptyText, p.null()))
	default:
		return fmt.Sprintf(whyManyChoices, MaxChoices)
	}
	return ""
}

// list makes a text area with an element per line, if possible.
func (b *builder) list(n *node) string {
	if len(n.part.items) == 0 {
		return whyAnyElement
	}
	item := b.part(n.part.items)
	switch {
	case item.unsupported != "":
		return item.unsupported
	case item.null():
		return whyNullElements
	case item.choices != nil && len(item.choices) <= MaxChoices && !n.part.null():
		n.control = multiChoiceControl(item.choices, n.required)
		return ""
	}
	var of *control
	switch item.only() {
	case "string":
		of = textControl(form.Text, false, "")
	case "integer", "number":
		of = numberControl(false, "")
	default:
		return whyMixedElements
	}
	n.control = linesControl(of, n.part.null(), n.required)
	return ""
}

func (b *builder) object(n *node) string {
	p := &n.part
	switch {
	case len(p.props) == 0 && !p.closed:
		return whyAnyKeys
	case len(n.keys) > MaxDepth:
		return fmt.Sprintf(whyTooDeep, MaxDepth)
	}
	n.group = true
	if !n.required || p.null() {
		n.control = switchControl(p.null(), n.required)
	}
	return ""
}

// setValue sets the value of a field. It returns the reason if the field would change it.
func (n *node) setValue(v value) (why string) {
	switch {
	case n.control != nil:
	case n.group && v.kind != object:
		return whyNoObject
	case !n.group && v.kind != null:
		return whyNoInput
	default:
		return ""
	}
	if n.control.kind == form.Text && strings.Contains(v.str, "\n") {
		n.control.kind = form.Lines
	}
	s, ok := n.control.write(v)
	if ok {
		ok = form.New(form.Field{Kind: n.control.kind, Options: n.control.options, Value: s}).Values()[""] == s
	}
	if is := v.kind.String(); !ok && v.kind != null && n.part.only() != is && (is != "number" || n.part.only() != "integer") {
		return "the value is " + typeName(is)
	}
	if !ok {
		return whyNoField
	}
	n.first = s
	return ""
}

// asJSON makes a field of JSON text.
func (b *builder) asJSON(n *node, why string, initial *value) {
	n.control, n.group, n.why = jsonControl(nil, n.required), false, why
	if len(n.keys) > 0 {
		b.notes = append(b.notes, fmt.Sprintf(textEditedAsJSON, n.path(), why))
	}
	b.setJSON(n, initial)
}

func (b *builder) setJSON(n *node, v *value) {
	if v == nil {
		return
	}
	s, ok := n.control.write(*v)
	if !ok && b.tooLong == "" {
		b.tooLong = n.path()
	}
	n.first = s
}

func (b *builder) members(n *node, initial *value, fresh bool) {
	// An absent object starts with its defaults when it is switched on.
	fresh = initial == nil && (fresh || n.control != nil)
	taken := map[string]bool{}
	cut := 0 // keys beyond the limit
	for _, m := range n.part.props {
		if b.fields >= MaxFields {
			cut++
			continue
		}
		b.fields++
		taken[m.name] = true
		child := &node{parent: n, keys: append(slices.Clone(n.keys), m.name), required: n.part.required[m.name], check: b.check,
			part: b.part(m.schemas)}
		n.children, b.nodes = append(n.children, child), append(b.nodes, child)
		b.fill(child, initial.get(m.name), fresh)
	}
	b.cut += cut
	b.rest(n, initial, taken, cut > 0)
}

// rest builds the field for keys without their own, if there may be any.
func (b *builder) rest(n *node, initial *value, taken map[string]bool, cut bool) {
	left := &value{kind: object}
	if initial != nil {
		for i, key := range initial.keys {
			if !taken[key] {
				left.add(key, initial.elems[i])
			}
		}
	}
	if len(left.keys) == 0 && !n.part.open && !cut {
		return
	}
	others := &node{parent: n, keys: n.keys, check: b.check, control: jsonControl(taken, false), why: whyOtherKeys, isOthers: true}
	if cut {
		others.why = fmt.Sprintf(whyKeysBeyond, MaxFields)
	}
	n.children, b.nodes = append(n.children, others), append(b.nodes, others)
	if len(left.keys) > 0 {
		b.setJSON(others, left)
	}
}
