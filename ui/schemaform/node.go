package schemaform

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nango-tui/ui/form"
)

// node is a place in the input: a field, or an object with fields.
type node struct {
	parent   *node
	keys     []string // from the root
	part     part
	required bool
	control  *control // nil for an object that is always sent, and without input
	group    bool     // an object with fields
	children []*node  // the last one may be that of other keys
	isOthers bool     // other keys of an object, as JSON
	why      string   // why it is JSON
	first    string   // initial text
	check    *checker
	// checked caches the result for the last text, because a form asks on each drawing.
	checked struct {
		text string
		done bool
		err  error
	}
}

// id returns the JSON pointer. The node of other keys has an id that no place can have.
func (n *node) id() string {
	if n.isOthers {
		return n.parent.id() + "/~"
	}
	return pointer(n.keys)
}

func (n *node) name() string {
	switch {
	case n.isOthers && len(n.keys) == 0:
		return "Other keys"
	case n.isOthers:
		return path(n.keys) + ": other keys"
	case len(n.keys) == 0:
		return "Input"
	case n.group:
		return path(n.keys)
	}
	if key := n.keys[len(n.keys)-1]; isIndex(key) {
		return key
	}
	return path(n.keys[len(n.keys)-1:])
}

func (n *node) path() string {
	if len(n.keys) == 0 {
		return "input"
	}
	return path(n.keys)
}

func (n *node) depth() int {
	depth := len(n.keys) - 1
	if n.isOthers {
		depth++
	}
	return max(depth, 0)
}

// heading returns the title of an object that is always sent.
func (n *node) heading() (form.Field, bool) {
	about := cutTo(n.part.words["description"], maxHeading)
	if len(n.keys) == 0 {
		title := cmp.Or(cutTo(n.part.words["title"], maxHeading), n.name())
		return form.Field{Kind: form.Note, Title: title, About: about}, title != n.name() || about != ""
	}
	return form.Field{Kind: form.Note, Title: n.name(), About: about, Indent: n.depth(), ShowIf: n.shownIf()}, true
}

// Limits of the descriptions in a schema, in bytes.
const (
	maxHeading = 200
	maxAbout   = 240
)

func cutTo(s string, bytes int) string {
	if len(s) <= bytes {
		return s
	}
	return strings.TrimRight(strings.ToValidUTF8(s[:bytes], ""), " ") + "…"
}

func (n *node) field() form.Field {
	return form.Field{
		ID: n.id(), Kind: n.control.kind, Title: n.name(), About: n.about(), Value: n.first, Options: n.control.options,
		Check: n.checkText, Rows: n.control.rows, Indent: n.depth(), ShowIf: n.shownIf(),
	}
}

// about describes the value: by the schema, its limits, and how to type it.
func (n *node) about() string {
	var all []string
	say := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	title, description := cutTo(n.part.words["title"], maxAbout), cutTo(n.part.words["description"], maxAbout)
	if !strings.EqualFold(title, n.name()) {
		say(withPeriod(title))
	}
	say(withPeriod(description))
	say(n.part.describeLimits())
	if n.why != "" {
		say("JSON: " + n.why + ".")
	}
	say(n.control.hint)
	return strings.Join(all, " ")
}

func withPeriod(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, "…") || strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}
	return s + "."
}

// shownIf returns whether the node is shown: the objects around it are sent.
func (n *node) shownIf() func(form.Values) bool {
	var switches []string
	for up := n.parent; up != nil; up = up.parent {
		if up.control != nil {
			switches = append(switches, up.id())
		}
	}
	if len(switches) == 0 {
		return nil
	}
	return func(values form.Values) bool {
		return !slices.ContainsFunc(switches, func(id string) bool { return values[id] != switchOn })
	}
}

var errMissing = errors.New("is required")

func (n *node) checkText(s string) error {
	if !n.checked.done || n.checked.text != s {
		n.checked.text, n.checked.done, n.checked.err = s, true, n.textError(s)
	}
	return n.checked.err
}

func (n *node) textError(s string) error {
	v, err := n.control.read(s)
	switch {
	case err != nil:
		return err
	case v == nil && n.required:
		return errMissing
	case v == nil, n.group, n.isOthers, n.check == nil: // the fields of an object are checked instead
		return nil
	}
	found, err := n.check.validate(*v, n.part.at...)
	if err != nil || len(found) == 0 {
		return nil // unchecked values may be sent, and the form says so
	}
	var says []string
	for _, f := range found {
		says = append(says, n.relative(f))
	}
	return errors.New(joinFaults(says))
}

func (n *node) relative(f fault) string {
	if n.control != nil && n.control.perLine && len(f.at) > 0 && isIndex(f.at[0]) {
		i, _ := strconv.Atoi(f.at[0])
		return fmt.Sprintf("element %d %s", i+1, f.message)
	}
	return f.String()
}

// maxMessages is the maximum number of messages at a field.
const maxMessages = 4

func joinFaults(says []string) string {
	if len(says) > maxMessages {
		says = append(slices.Clone(says[:maxMessages]), fmt.Sprintf("and %d more", len(says)-maxMessages))
	}
	return strings.Join(says, "; ")
}

// value returns the value of the node, or nil if nothing is sent. In a draft, an invalid text is a string; otherwise it
// is an error that names the field.
func (n *node) value(values form.Values, draft bool) (*value, error) {
	if n.control == nil && !n.group {
		return nil, nil
	}
	v := &value{kind: object}
	if n.control != nil {
		s := values[n.id()]
		var err error
		if v, err = n.control.read(s); err != nil && draft {
			unread := textValue(s)
			return &unread, nil
		} else if err != nil {
			return nil, &fault{n.keys, err.Error()}
		}
	}
	if !n.group || v == nil || v.kind != object {
		return v, nil
	}
	return v, n.fill(v, values, draft)
}

func (n *node) fill(v *value, values form.Values, draft bool) error {
	for _, child := range n.children {
		inner, err := child.value(values, draft)
		switch {
		case err != nil:
			return err
		case inner == nil:
		case !child.isOthers:
			v.add(child.keys[len(child.keys)-1], *inner)
		case inner.kind == object:
			v.keys, v.elems = append(v.keys, inner.keys...), append(v.elems, inner.elems...)
		default: // invalid JSON text of other keys in a draft
			v.add("other keys", *inner)
		}
	}
	return nil
}

// find returns the node for a place, or the one that contains it. Nil is the whole form.
func (n *node) find(keys []string) *node {
	if !n.group {
		return n
	}
	for _, child := range n.children {
		if child.isOthers {
			return child
		}
		if len(keys) > 0 && child.keys[len(child.keys)-1] == keys[0] {
			return child.find(keys[1:])
		}
	}
	if n.control != nil {
		return n
	}
	return nil
}
