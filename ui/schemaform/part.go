package schemaform

import (
	"slices"
	"strings"
)

// part is what the schema says about a value, with references resolved and allOf merged.
type part struct {
	at          []string        // schemas that apply
	added       map[string]bool // schemas that were added, by their place
	types       []string        // allowed types; nil allows any
	nullable    bool            // null is an alternative
	words       map[string]string
	limits      map[string]string // numbers of keywords such as minimum
	fallback    *value
	choices     []choice // nil if it is not an enum
	props       []member
	placeOf     map[string]int // of a member, by name
	required    map[string]bool
	open        bool // other keys are mentioned
	closed      bool // other keys are forbidden
	items       []subschema
	secret      bool
	multiline   bool
	unsupported string // why fields can't show it
}

type choice struct {
	value value
	title string
}

// member is a key of an object, with the schemas of its value.
type member struct {
	name    string
	schemas []subschema
}

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
	writeOnly := v.get("writeOnly")
	p.secret = p.secret || v.string("format") == "password" || writeOnly != nil && writeOnly.raw == "true"
	p.multiline = p.multiline || v.string("contentMediaType") != "" ||
		slices.Contains([]string{"textarea", "markdown", "html"}, v.string("format"))
}

func (p *part) narrow(v *value) {
	if types := v.types(); types != nil {
		p.types = intersectTypes(p.types, types)
		if len(p.types) == 0 {
			p.unsupported = whyNoValue
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

func (v *value) types() []string {
	at := v.get("type")
	if at == nil {
		return nil
	}
	if at.kind == text {
		return []string{at.str}
	}
	var all []string
	for _, t := range at.elems {
		all = append(all, t.str)
	}
	return all
}

// intersectTypes returns the types in both lists; nil allows any.
func intersectTypes(a, b []string) []string {
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

// allow keeps the choices that are already allowed.
func (p *part) allow(choices []choice) {
	switch {
	case p.choices == nil:
		p.choices = choices
		return
	case len(p.choices)*len(choices) > MaxChoices*MaxChoices:
		p.unsupported = whyTooManyChoices
		return
	}
	p.choices = slices.DeleteFunc(slices.Clone(p.choices), func(c choice) bool {
		return !slices.ContainsFunc(choices, func(d choice) bool { return c.value.equal(&d.value) })
	})
	if len(p.choices) == 0 {
		p.unsupported = whyNoValue
	}
}

// oneType merges alternatives that are all text or all numbers: one field holds any of them.
func (p *part) oneType(forms []part) {
	common := ""
	for _, f := range forms {
		t := f.scalar()
		if t == "" || common != "" && t != common {
			p.unsupported = whySeveralForms
			return
		}
		common = t
	}
	p.types = intersectTypes(p.types, []string{common})
}

// scalar returns the type if it is only text or numbers, or "".
func (p *part) scalar() string {
	if p.unsupported != "" || p.null() {
		return ""
	}
	types := slices.Clone(p.types)
	for _, c := range p.choices {
		types = append(types, c.value.kind.String())
	}
	if slices.Contains(types, "string") && len(slices.Compact(types)) == 1 {
		return "string"
	}
	if len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return t != "number" && t != "integer" }) {
		return "number"
	}
	return ""
}

// null reports whether null is allowed.
func (p *part) null() bool { return p.nullable || slices.Contains(p.types, "null") }

// only returns the single type besides null, or "".
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

// describeLimits describes the limits of the value, if that is short.
func (p *part) describeLimits() string {
	var all []string
	if format := p.words["format"]; format != "" {
		all = append(all, capital(formatName(format)))
	}
	for _, limit := range []struct{ least, most, of string }{{"minLength", "maxLength", " characters"},
		{"minItems", "maxItems", " elements"}, {"minimum", "maximum", ""}} {
		if says := span(p.limits[limit.least], p.limits[limit.most]); says != "" {
			all = append(all, says+limit.of)
		}
	}
	for _, limit := range []struct{ keyword, says string }{{"exclusiveMinimum", "More than "}, {"exclusiveMaximum", "Less than "},
		{"multipleOf", "A multiple of "}} {
		if n := p.limits[limit.keyword]; n != "" {
			all = append(all, limit.says+shortened(n))
		}
	}
	if pattern := p.words["pattern"]; pattern != "" && len(pattern) <= maxQuoted {
		all = append(all, "Must match "+quote(pattern))
	}
	if example := p.words["example"]; example != "" {
		all = append(all, "Example: "+shortened(example))
	}
	if len(all) == 0 {
		return ""
	}
	return strings.Join(all, ". ") + "."
}

// span describes a range, or returns "".
func span(least, most string) string {
	least, most = shortened(least), shortened(most)
	switch {
	case least != "" && most != "":
		return least + " to " + most
	case least != "":
		return "At least " + least
	case most != "":
		return "At most " + most
	}
	return ""
}
