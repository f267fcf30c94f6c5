package form

import "strings"

// Values is what stands in a form, by the ids of its fields. Fields that are not there have no value.
type Values map[string]string

// Pair is a line of key=value.
type Pair struct{ Key, Value string }

// Bool is the value of a yes-or-no field.
func (v Values) Bool(id string) bool { return v[id] == "true" }

// List is the values chosen in a field of several choices.
func (v Values) List(id string) []string {
	if v[id] == "" {
		return nil
	}
	return strings.Split(v[id], "\n")
}

// Pairs is the lines of key=value, in their order, without the space around key and value.
func (v Values) Pairs(id string) []Pair {
	var pairs []Pair
	for _, line := range strings.Split(v[id], "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			pairs = append(pairs, Pair{strings.TrimSpace(key), strings.TrimSpace(value)})
		}
	}
	return pairs
}

// Secrets is what stands in the fields that are not drawn.
func (m *Form) Secrets() []string {
	var all []string
	for _, f := range m.fields {
		if f.Kind == Secret && f.input != nil && f.input.value() != "" {
			all = append(all, f.input.value())
		}
	}
	return all
}

// Values is what stands in the form, sent or not.
func (m *Form) Values() Values {
	all := Values{}
	for _, f := range m.fields {
		if f.input != nil {
			all[f.ID] = f.input.value()
		}
	}
	values := Values{}
	for _, f := range m.fields {
		if f.input != nil && f.there(all) {
			values[f.ID] = all[f.ID]
		}
	}
	return values
}
