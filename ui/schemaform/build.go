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

// builder builds the nodes of a form.
type builder struct {
	resolver
	check       *checker
	isSecretKey func([]string) bool // reports whether the value at these keys is a secret; may be nil
	fields      int
	cut         int      // number of fields beyond the limit
	notes       []string // what fields can't show
	tooLong     string   // place of a value that no field can hold
}

// root builds the nodes of an input. Without initial, and if fresh, it fills in the defaults of the schema.
func (b *builder) root(initial *value, fresh bool) *node {
	n := &node{check: b.check, required: true, part: b.part([]subschema{{v: b.doc, refs: &refChain{}}})}
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
		why = b.setValue(n, *initial)
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
	only, is := n.control.(choiceControl)
	if n.part.fallback == nil && is && n.required && len(only.choices) == 1 {
		return &only.choices[0].value
	}
	return n.part.fallback
}

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
		n.control = textControl{multiline: b.severalLines(p), secret: b.isSecret(n), nullable: p.null(), filled: p.refusesEmpty()}
	case "integer", "number":
		n.control = numberControl{nullable: p.null()}
	case "boolean":
		n.control = choiceControl{yesNo(p.null()), n.required}
	case "array":
		return b.list(n)
	case "object":
		return b.object(n)
	case "null":
		if n.parent == nil { // it takes no input
			return ""
		}
		n.control = choiceControl{[]choice{{value: literal(null, nullWord)}}, n.required}
	default:
		return map[bool]string{true: whyAnyValue, false: whySeveralTypes}[p.types == nil]
	}
	return ""
}

func (b *builder) severalLines(p *part) bool {
	return p.multiline || p.fallback != nil && (len(p.fallback.str) > longText || strings.Contains(p.fallback.str, "\n"))
}

func (b *builder) isSecret(n *node) bool {
	return n.part.secret || b.isSecretKey != nil && len(n.keys) > 0 && b.isSecretKey(n.keys)
}

// refusesEmpty reports whether an empty text is probably invalid.
func (p *part) refusesEmpty() bool {
	least := p.limits["minLength"]
	return least != "" && least != "0" || p.words["format"] != "" || p.words["pattern"] != ""
}

// choice makes a choice. Texts that are too long for options are typed.
func (b *builder) choice(n *node) string {
	p := &n.part
	choices := slices.Clone(p.choices)
	isNull := func(c choice) bool { return c.value.kind == null }
	if p.nullable && !slices.ContainsFunc(choices, isNull) {
		choices = append(choices, choice{value: literal(null, nullWord)})
	}
	switch {
	case len(choices) <= MaxChoices:
		n.control = choiceControl{choices, n.required}
	case p.only() == "string":
		n.control = textControl{nullable: p.null()}
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
		n.control = multiChoiceControl{item.choices, n.required}
		return ""
	}
	switch item.only() {
	case "string":
		n.control = linesControl{textControl{}, n.part.null()}
	case "integer", "number":
		n.control = linesControl{numberControl{}, n.part.null()}
	default:
		return whyMixedElements
	}
	return ""
}

// object makes a group of fields.
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
		n.control = switchControl{p.null(), n.required}
	}
	return ""
}

// setValue sets the value of a field. It returns the reason if the field would change it.
func (b *builder) setValue(n *node, v value) (why string) {
	switch {
	case n.control != nil:
		return b.setText(n, v)
	case n.group && v.kind != object:
		return whyNoObject
	case !n.group && v.kind != null:
		return whyNoInput
	}
	return ""
}

func (b *builder) setText(n *node, v value) (why string) {
	if text, is := n.control.(textControl); is && strings.Contains(v.str, "\n") {
		text.multiline = true
		n.control = text
	}
	s, ok := n.control.write(v)
	if ok {
		f := form.Field{Value: s}
		n.control.declare(&f)
		ok = form.New(f).Values()[""] == s
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
	n.control, n.group, n.why = jsonControl{}, false, why
	if len(n.keys) > 0 {
		b.notes = append(b.notes, fmt.Sprintf(textEditedAsJSON, n.path(), why))
	}
	b.setJSON(n, initial)
}

// setJSON sets the value of a JSON field.
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

// members builds the nodes of an object.
func (b *builder) members(n *node, initial *value, fresh bool) {
	// An absent object starts with its defaults when it is switched on.
	fresh = initial == nil && (fresh || n.control != nil)
	taken := map[string]bool{}
	var missing []string // keys beyond the limit
	for _, m := range n.part.props {
		if b.fields >= MaxFields {
			missing = append(missing, m.name)
			continue
		}
		b.fields++
		taken[m.name] = true
		child := &node{parent: n, keys: append(slices.Clone(n.keys), m.name), required: n.part.required[m.name], check: b.check,
			part: b.part(m.schemas)}
		n.children = append(n.children, child)
		b.fill(child, initial.get(m.name), fresh)
	}
	b.cut += len(missing)
	b.rest(n, initial, taken, len(missing) > 0)
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
	n.others = &node{parent: n, keys: n.keys, check: b.check, control: jsonControl{taken}, why: whyOtherKeys}
	if cut {
		n.others.why = fmt.Sprintf(whyKeysBeyond, MaxFields)
	}
	if len(left.keys) > 0 {
		b.setJSON(n.others, left)
	}
}
