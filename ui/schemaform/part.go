package schemaform

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxVisits is how many schemas are read to make one form.
const maxVisits = 20_000

// spot is a schema inside of the document: where it stands, and the references that led there.
type spot struct {
	at   string
	v    *value
	refs *trail
}

// trail is the references that were followed from the root on, the last one first.
type trail struct {
	to string
	up *trail
}

func (t *trail) has(to string) bool {
	for ; t != nil; t = t.up {
		if t.to == to {
			return true
		}
	}
	return false
}

// part is what the schema says of one value: references followed, and what has to hold together put together.
type part struct {
	at       []string // the schemas that judge it
	types    []string // what it may be; nil is anything
	nullable bool     // null is one of several forms
	words    map[string]string
	limits   map[string]string // the numbers of keywords such as minimum
	fallback *value
	choices  []choice // nil where it is not one of a list
	props    []member
	placeOf  map[string]int // of a member, by its name
	required map[string]bool
	open     bool // other keys are asked for
	closed   bool // other keys are refused
	items    []spot
	secret   bool
	lines    bool
	hard     string // why fields cannot show it
}

// choice is one of the values that are allowed.
type choice struct {
	value value
	title string
}

// member is a key of an object, with the schemas that judge its value.
type member struct {
	name  string
	spots []spot
}

// resolver reads parts out of a schema.
type resolver struct {
	doc    *value
	visits int
}

// part puts together what the schemas say that judge one value.
func (r *resolver) part(spots []spot) part {
	p := part{words: map[string]string{}, limits: map[string]string{}, placeOf: map[string]int{}, required: map[string]bool{}}
	for _, s := range spots {
		p.at = append(p.at, s.at)
		r.add(&p, s)
	}
	return p
}

// add takes in a schema.
func (r *resolver) add(p *part, s spot) {
	r.visits++
	switch {
	case r.visits > maxVisits:
		p.hard = "its schema has too many parts"
		return
	case s.v.kind == boolean:
		if s.v.raw == "false" {
			p.hard = "its schema allows no value"
		}
		return
	}
	p.describe(s.v)
	p.narrow(s.v)
	r.addObject(p, s)
	r.addList(p, s)
	r.follow(p, s)
	for _, inner := range s.under("allOf") {
		r.add(p, inner)
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if forms := s.under(keyword); len(forms) > 0 {
			r.addForms(p, forms)
		}
	}
}

// under are the schemas in the list at a keyword.
func (s spot) under(keyword string) []spot {
	at := s.v.get(keyword)
	if at == nil || at.kind != list {
		return nil
	}
	var all []spot
	for i := range at.elems {
		all = append(all, spot{s.at + "/" + keyword + "/" + strconv.Itoa(i), &at.elems[i], s.refs})
	}
	return all
}

// describe takes in what is only said. What stands nearer to the value goes before what was referred to.
func (p *part) describe(v *value) {
	for _, keyword := range []string{"title", "description", "format", "pattern"} {
		if word := v.string(keyword); word != "" && p.words[keyword] == "" {
			p.words[keyword] = word
		}
	}
	for i, key := range v.keys {
		if v.elems[i].kind == number {
			p.limits[key] = v.elems[i].raw
		}
	}
	if example := v.get("examples"); example != nil && len(example.elems) > 0 && p.words["example"] == "" {
		p.words["example"] = example.elems[0].compact()
	}
	if p.fallback == nil {
		p.fallback = v.get("default")
	}
	p.secret = p.secret || v.string("format") == "password" || v.isTrue("writeOnly")
	p.lines = p.lines || v.string("contentMediaType") != "" || slices.Contains([]string{"textarea", "markdown", "html"}, v.string("format"))
}

// narrow takes in which values are allowed.
func (p *part) narrow(v *value) {
	if types := v.types(); types != nil {
		p.types = bothTypes(p.types, types)
		if len(p.types) == 0 {
			p.hard = "its schema allows no value"
		}
	}
	if one := v.get("const"); one != nil {
		p.allow([]choice{{value: *one}})
	}
	if some := v.get("enum"); some != nil && some.kind == list {
		var choices []choice
		for _, one := range some.elems {
			choices = append(choices, choice{value: one})
		}
		p.allow(choices)
	}
}

// types is the type keyword, which is a word or a list of them.
func (v *value) types() []string {
	at := v.get("type")
	if at == nil {
		return nil
	}
	if at.kind == text {
		return []string{at.says}
	}
	var all []string
	for _, t := range at.elems {
		all = append(all, t.says)
	}
	return all
}

// bothTypes are the types that two lists allow; nil allows any.
func bothTypes(a, b []string) []string {
	if a == nil {
		return b
	}
	both := []string{}
	for _, t := range a {
		switch {
		case slices.Contains(b, t), t == "integer" && slices.Contains(b, "number"):
			both = append(both, t)
		case t == "number" && slices.Contains(b, "integer"):
			both = append(both, "integer")
		}
	}
	return both
}

// allow keeps the choices that are allowed already.
func (p *part) allow(choices []choice) {
	if p.choices == nil {
		p.choices = choices
		return
	}
	p.choices = slices.DeleteFunc(slices.Clone(p.choices), func(c choice) bool {
		return !slices.ContainsFunc(choices, func(d choice) bool { return c.value.equal(&d.value) })
	})
	if len(p.choices) == 0 {
		p.hard = "its schema allows no value"
	}
}

// addObject takes in the keys of an object.
func (r *resolver) addObject(p *part, s spot) {
	properties := s.v.get("properties")
	for i, name := range s.v.names("properties") {
		p.addProperty(name, spot{s.at + "/properties/" + escaped(name), &properties.elems[i], s.refs})
	}
	if required := s.v.get("required"); required != nil {
		for _, name := range required.elems {
			p.required[name.says] = true
		}
	}
	if other := s.v.get("additionalProperties"); other != nil {
		p.closed = p.closed || other.raw == "false"
		p.open = p.open || other.raw != "false"
	}
	p.open = p.open || len(s.v.names("patternProperties")) > 0
}

func (p *part) addProperty(name string, s spot) {
	if i, known := p.placeOf[name]; known {
		p.props[i].spots = append(p.props[i].spots, s)
		return
	}
	p.placeOf[name] = len(p.props)
	p.props = append(p.props, member{name, []spot{s}})
}

// addList takes in the elements of a list.
func (r *resolver) addList(p *part, s spot) {
	items := s.v.get("items")
	switch {
	case s.v.get("prefixItems") != nil, items != nil && items.kind == list:
		p.hard = "each of its elements has a schema of its own"
	case items != nil:
		p.items = append(p.items, spot{s.at + "/items", items, s.refs})
	}
}

// follow takes in what is referred to.
func (r *resolver) follow(p *part, s spot) {
	if s.v.get("$dynamicRef") != nil || s.v.get("$recursiveRef") != nil {
		p.hard = "its schema is recursive"
	}
	ref := s.v.get("$ref")
	if ref == nil || ref.kind != text {
		return
	}
	at, target := r.lookup(ref.says)
	switch {
	case target == nil:
		p.hard = "its schema stands under " + quote(ref.says)
	case s.refs.has(at):
		p.hard = "its schema is recursive"
	default:
		r.add(p, spot{at, target, &trail{at, s.refs}})
	}
}

// lookup finds what a reference names, if it is a pointer into the document.
func (r *resolver) lookup(ref string) (at string, target *value) {
	fragment, local := strings.CutPrefix(ref, "#")
	at, err := url.PathUnescape(fragment)
	if !local || err != nil || at != "" && at[0] != '/' {
		return "", nil
	}
	target = r.doc
	for _, token := range strings.Split(at, "/")[1:] {
		token = plainKey(token)
		if target.kind == list {
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(target.elems) {
				return at, nil
			}
			target = &target.elems[i]
			continue
		}
		if target = target.get(token); target == nil {
			return at, nil
		}
	}
	return at, target
}

// addForms takes in several forms of which one, or some, have to fit.
func (r *resolver) addForms(p *part, forms []spot) {
	var others []part
	var spots []spot
	for _, form := range forms {
		f := r.part([]spot{form})
		if len(f.types) == 1 && f.types[0] == "null" {
			p.nullable = true
			continue
		}
		others, spots = append(others, f), append(spots, form)
	}
	switch {
	case len(others) == 0:
		p.types = bothTypes(p.types, []string{"null"})
	case len(others) == 1:
		r.add(p, spots[0])
	case allChoices(others):
		p.allow(joined(others))
	default:
		p.oneType(others)
	}
}

func allChoices(forms []part) bool {
	return !slices.ContainsFunc(forms, func(f part) bool { return f.choices == nil || f.hard != "" })
}

// joined are the choices of all forms. The title of a form is that of its one choice.
func joined(forms []part) []choice {
	all := []choice{}
	for _, f := range forms {
		for _, c := range f.choices {
			if title := f.words["title"]; title != "" && len(f.choices) == 1 {
				c.title = title
			}
			if !slices.ContainsFunc(all, func(d choice) bool { return c.value.equal(&d.value) }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// oneType takes forms together that are all text, or all numbers: one field holds any of them.
func (p *part) oneType(forms []part) {
	common := ""
	for _, f := range forms {
		t := f.scalar()
		if t == "integer" {
			t = "number"
		}
		if t == "" || common != "" && t != common {
			p.hard = "it has several forms"
			return
		}
		common = t
	}
	p.types = bothTypes(p.types, []string{common})
}

// scalar is the one type of a text or a number, empty for all else.
func (p *part) scalar() string {
	if p.hard != "" || p.null() {
		return ""
	}
	types := p.types
	for _, c := range p.choices {
		types = append(slices.Clone(types), c.value.kind.String())
	}
	if slices.Contains(types, "string") && len(slices.Compact(types)) == 1 {
		return "string"
	}
	if len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return t != "number" && t != "integer" }) {
		return "number"
	}
	return ""
}

// null says that it may be null.
func (p *part) null() bool { return p.nullable || slices.Contains(p.types, "null") }

// only is its one type, but for null; empty where there are several, or any.
func (p *part) only() string {
	types := slices.DeleteFunc(slices.Clone(p.types), func(t string) bool { return t == "null" })
	switch {
	case len(types) == 0 && len(p.types) > 0:
		return "null"
	case len(types) == 1:
		return types[0]
	case len(types) == 2 && slices.Contains(types, "integer") && slices.Contains(types, "number"):
		return "number"
	case len(p.types) == 0 && len(p.props) > 0:
		return "object"
	}
	return ""
}
