package schemaform

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/ui/form"
)

// Bounds of the fields. What is beyond is edited as JSON.
const (
	// MaxFields is how many fields a form has.
	MaxFields = 200
	// MaxDepth is how many objects stand around a field, the root not counted.
	MaxDepth = 4
	// MaxChoices is how many values there are to choose from.
	MaxChoices = 500
	// longText is from how many bytes on a text has several lines.
	longText = 100
)

// builder makes the places of a form.
type builder struct {
	resolver
	check   *checker
	hides   func([]string) bool // says of the keys that lead to a value that it is a secret; may be nil
	fields  int
	cut     int      // fields that were one too many
	notes   []string // what cannot be shown as fields
	tooLong string   // the place of a value that no field can hold
}

// root makes the places for a whole input. Without one, and fresh, the defaults of the schema are filled in.
func (b *builder) root(initial *value, fresh bool) *node {
	n := &node{check: b.check, required: true, part: b.part([]spot{{v: b.doc, refs: &trail{}}})}
	b.fill(n, initial, fresh)
	if b.cut > 0 {
		b.notes = append(b.notes, fmt.Sprintf("A form has %d fields at most: %d more keys are edited as JSON.", MaxFields, b.cut))
	}
	return n
}

// fill decides how a place is shown, and what stands there.
func (b *builder) fill(n *node, initial *value, fresh bool) {
	why := b.choose(n)
	if initial == nil && fresh {
		initial = n.fallback()
	}
	if why == "" && initial != nil {
		why = b.keep(n, *initial)
	}
	if why != "" {
		b.asJSON(n, why, initial)
		return
	}
	if n.group {
		b.members(n, initial, fresh)
	}
}

// fallback is what stands there where nothing was given: the default, or the only value that there may be.
func (n *node) fallback() *value {
	only, is := n.control.(choiceControl)
	if n.part.fallback == nil && is && n.required && len(only.choices) == 1 {
		return &only.choices[0].value
	}
	return n.part.fallback
}

// choose decides by the schema; it gives the reason where fields cannot show the value.
func (b *builder) choose(n *node) (why string) {
	p := &n.part
	switch {
	case p.hard != "":
		return p.hard
	case p.choices != nil:
		return b.choice(n)
	}
	switch p.only() {
	case "string":
		n.control = textControl{lines: b.severalLines(p), secret: b.hidden(n), nullable: p.null(), filled: p.refusesEmpty()}
	case "integer", "number":
		n.control = numberControl{nullable: p.null()}
	case "boolean":
		n.control = choiceControl{yesNo(p.null()), n.required}
	case "array":
		return b.list(n)
	case "object":
		return b.object(n)
	case "null":
		if n.up == nil { // it takes no input
			return ""
		}
		n.control = choiceControl{[]choice{{value: literal(null, nullWord)}}, n.required}
	default:
		return map[bool]string{true: "it may be anything", false: "it may be of several types"}[p.types == nil]
	}
	return ""
}

func (b *builder) severalLines(p *part) bool {
	return p.lines || p.fallback != nil && (len(p.fallback.says) > longText || strings.Contains(p.fallback.says, "\n"))
}

func (b *builder) hidden(n *node) bool {
	return n.part.secret || b.hides != nil && len(n.keys) > 0 && b.hides(n.keys)
}

// refusesEmpty says that an empty text would hardly be allowed.
func (p *part) refusesEmpty() bool {
	least := p.limits["minLength"]
	return least != "" && least != "0" || p.words["format"] != "" || p.words["pattern"] != ""
}

// choice makes a choice of a list of values. One of text that is too long to choose from is typed.
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
		return fmt.Sprintf("it has more than %d choices", MaxChoices)
	}
	return ""
}

// list makes a field of the elements, if each stands on a line.
func (b *builder) list(n *node) string {
	if len(n.part.items) == 0 {
		return "its elements may be anything"
	}
	item := b.part(n.part.items)
	switch {
	case item.hard != "":
		return item.hard
	case item.null():
		return "its elements may be null"
	case item.choices != nil && len(item.choices) <= MaxChoices && !n.part.null():
		n.control = picksControl{item.choices, n.required}
		return ""
	}
	switch item.only() {
	case "string":
		n.control = linesControl{textControl{}, n.part.null()}
	case "integer", "number":
		n.control = linesControl{numberControl{}, n.part.null()}
	default:
		return "its elements are no single texts or numbers"
	}
	return ""
}

// object makes a group of fields.
func (b *builder) object(n *node) string {
	p := &n.part
	switch {
	case len(p.props) == 0 && !p.closed:
		return "its keys are free"
	case len(n.keys) > MaxDepth:
		return fmt.Sprintf("it stands more than %d objects deep", MaxDepth)
	}
	n.group = true
	if !n.required || p.null() {
		n.control = switchControl{p.null(), n.required}
	}
	return ""
}

// keep puts a value into the field; it gives the reason where the field would change it.
func (b *builder) keep(n *node, v value) (why string) {
	switch {
	case n.control != nil:
		return b.keepText(n, v)
	case n.group && v.kind != object:
		return "it is not an object"
	case !n.group && v.kind != null:
		return "no input is taken"
	}
	return ""
}

func (b *builder) keepText(n *node, v value) (why string) {
	if text, is := n.control.(textControl); is && strings.Contains(v.says, "\n") {
		text.lines = true
		n.control = text
	}
	s, ok := n.control.write(v)
	if ok {
		f := form.Field{Value: s}
		n.control.declare(&f)
		ok = form.New(f).Values()[""] == s
	}
	if is := v.kind.String(); !ok && v.kind != null && n.part.only() != is && (is != "number" || n.part.only() != "integer") {
		return "what stands there is " + article(is)
	}
	if !ok {
		return "a field cannot hold what stands there"
	}
	n.first = s
	return ""
}

// asJSON makes a field of JSON text.
func (b *builder) asJSON(n *node, why string, initial *value) {
	n.control, n.group, n.why = jsonControl{}, false, why
	if len(n.keys) > 0 {
		b.notes = append(b.notes, fmt.Sprintf("%s is edited as JSON: %s.", n.path(), why))
	}
	b.hold(n, initial)
}

// hold puts a value into a field of JSON.
func (b *builder) hold(n *node, v *value) {
	if v == nil {
		return
	}
	s, ok := n.control.write(*v)
	if !ok && b.tooLong == "" {
		b.tooLong = n.path()
	}
	n.first = s
}

// members makes the places in an object.
func (b *builder) members(n *node, initial *value, fresh bool) {
	// What is not there begins with its defaults once it is asked for.
	fresh = initial == nil && (fresh || n.control != nil)
	taken := map[string]bool{}
	var missing []string // keys that the bound leaves out
	for _, m := range n.part.props {
		if b.fields >= MaxFields {
			missing = append(missing, m.name)
			continue
		}
		b.fields++
		taken[m.name] = true
		child := &node{up: n, keys: append(slices.Clone(n.keys), m.name), required: n.part.required[m.name], check: b.check,
			part: b.part(m.spots)}
		n.children = append(n.children, child)
		b.fill(child, initial.get(m.name), fresh)
	}
	b.cut += len(missing)
	b.rest(n, initial, taken, len(missing) > 0)
}

// rest makes the field for the keys that have none, if there may be any.
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
	n.others = &node{up: n, keys: n.keys, check: b.check, control: jsonControl{taken}, why: "an object of keys that the schema does not name"}
	if cut {
		n.others.why = fmt.Sprintf("an object of the keys beyond %d fields", MaxFields)
	}
	if len(left.keys) > 0 {
		b.hold(n.others, left)
	}
}
