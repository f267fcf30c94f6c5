package schemaform

import "strings"

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
