package schemaform

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxVisits is the maximum number of schemas that are read for a form, each as often as it is referred to.
const maxVisits = 50_000

// subschema is a schema in the document: its place, and the references that led to it, "" for the root first.
type subschema struct {
	at   string
	v    *value
	refs []string
}

// maxRefs is the maximum number of references in a row.
const maxRefs = 100

// resolver reads parts from a schema.
type resolver struct {
	doc    *value
	visits int
	forms  map[string]part // alternatives that were read, by their place and the references to it
}

func (r *resolver) part(spots []subschema) part {
	p := part{words: map[string]string{}, limits: map[string]string{}, placeOf: map[string]int{}, required: map[string]bool{},
		added: map[string]bool{}}
	for _, s := range spots {
		p.at = append(p.at, s.at)
		r.add(&p, s)
	}
	return p
}

// add adds what a schema says to a part. A schema that is referred to again says nothing new.
func (r *resolver) add(p *part, s subschema) {
	if p.added[s.at] {
		return
	}
	p.added[s.at] = true
	r.visits++
	switch {
	case r.visits > maxVisits:
		p.unsupported = whyTooManyParts
		return
	case s.v.kind == boolean:
		if s.v.raw == "false" {
			p.unsupported = whyNoValue
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

// under returns the schemas in the list at a keyword.
func (s subschema) under(keyword string) []subschema {
	at := s.v.get(keyword)
	if at == nil || at.kind != list {
		return nil
	}
	var all []subschema
	for i := range at.elems {
		all = append(all, subschema{s.at + "/" + keyword + "/" + strconv.Itoa(i), &at.elems[i], s.refs})
	}
	return all
}

func (r *resolver) addObject(p *part, s subschema) {
	if properties := s.v.get("properties"); properties != nil {
		if r.visits += len(properties.keys); r.visits > maxVisits {
			p.unsupported = whyTooManyParts
			return
		}
		for i, name := range properties.keys {
			at, known := p.placeOf[name]
			if !known {
				at = len(p.props)
				p.placeOf[name] = at
				p.props = append(p.props, member{name: name})
			}
			inner := subschema{s.at + "/properties/" + escapes.Replace(name), &properties.elems[i], s.refs}
			p.props[at].schemas = append(p.props[at].schemas, inner)
		}
	}
	if required := s.v.get("required"); required != nil {
		for _, name := range required.elems {
			p.required[name.str] = true
		}
	}
	if other := s.v.get("additionalProperties"); other != nil {
		p.closed = p.closed || other.raw == "false"
		p.open = p.open || other.raw != "false"
	}
	if patterns := s.v.get("patternProperties"); patterns != nil && len(patterns.keys) > 0 {
		p.open = true
	}
}

func (r *resolver) addList(p *part, s subschema) {
	items := s.v.get("items")
	switch {
	case s.v.get("prefixItems") != nil, items != nil && items.kind == list:
		p.unsupported = whyTuple
	case items != nil:
		p.items = append(p.items, subschema{s.at + "/items", items, s.refs})
	}
}

func (r *resolver) follow(p *part, s subschema) {
	if s.v.get("$dynamicRef") != nil || s.v.get("$recursiveRef") != nil {
		p.unsupported = whyRecursive
	}
	ref := s.v.get("$ref")
	if ref == nil || ref.kind != text {
		return
	}
	at, target := r.lookup(ref.str)
	switch {
	case target == nil:
		p.unsupported = whyRemote + quote(ref.str)
	case slices.Contains(s.refs, at):
		p.unsupported = whyRecursive
	case len(s.refs) > maxRefs:
		p.unsupported = whyManyRefs
	default:
		r.add(p, subschema{at, target, append(slices.Clip(s.refs), at)})
	}
}

// lookup returns the target of a reference, if it is a pointer into the document.
func (r *resolver) lookup(ref string) (at string, target *value) {
	fragment, local := strings.CutPrefix(ref, "#")
	at, err := url.PathUnescape(fragment)
	if !local || err != nil || at != "" && at[0] != '/' {
		return "", nil
	}
	target = r.doc
	for _, token := range strings.Split(at, "/")[1:] {
		token = unescapes.Replace(token)
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

// addForms adds alternatives, of which one or several must match.
func (r *resolver) addForms(p *part, forms []subschema) {
	var others []part
	var spots []subschema
	for _, form := range forms {
		f := r.form(form)
		if len(f.types) == 1 && f.types[0] == "null" {
			p.nullable = true
			continue
		}
		others, spots = append(others, f), append(spots, form)
	}
	switch {
	case len(others) == 0:
		p.types = intersectTypes(p.types, []string{"null"})
	case len(others) == 1:
		r.add(p, spots[0])
	case !slices.ContainsFunc(others, func(f part) bool { return f.choices == nil || f.unsupported != "" }):
		p.allow(joinChoices(others))
	default:
		p.oneType(others)
	}
}

// form returns an alternative as a part. It is read once, because [resolver.addForms] may look at it from each level above.
func (r *resolver) form(s subschema) part {
	key := strings.Join(append(slices.Clip(s.refs), s.at), "\x00")
	p, known := r.forms[key]
	if !known {
		p = r.part([]subschema{s})
		if r.forms == nil {
			r.forms = map[string]part{}
		}
		r.forms[key] = p
	}
	return p
}

// joinChoices returns the choices of all alternatives, up to the limit. An alternative with one choice gives it its title.
func joinChoices(forms []part) []choice {
	all := []choice{}
	for _, f := range forms {
		for _, c := range f.choices {
			if title := f.words["title"]; title != "" && len(f.choices) == 1 {
				c.title = title
			}
			if len(all) <= MaxChoices && !slices.ContainsFunc(all, func(d choice) bool { return c.value.equal(&d.value) }) {
				all = append(all, c)
			}
		}
	}
	return all
}
