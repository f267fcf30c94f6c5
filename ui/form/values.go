package form

import "strings"

// Values are the values of a form by field id. Hidden fields have none.
type Values map[string]string

// Pair is a key=value line.
type Pair struct{ Key, Value string }

// Bool returns the value of a YesNo field.
func (v Values) Bool(id string) bool { return v[id] == "true" }

// List returns the values of a Choices field.
func (v Values) List(id string) []string {
	if v[id] == "" {
		return nil
	}
	return strings.Split(v[id], "\n")
}

// Pairs returns the key=value lines in order, with spaces trimmed.
func (v Values) Pairs(id string) []Pair {
	var pairs []Pair
	for _, line := range strings.Split(v[id], "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			pairs = append(pairs, Pair{strings.TrimSpace(key), strings.TrimSpace(value)})
		}
	}
	return pairs
}

// Secrets returns the values of the secret fields.
func (m *Form) Secrets() []string {
	var all []string
	for _, f := range m.fields {
		if f.Kind == Secret && f.input != nil && f.input.value() != "" {
			all = append(all, f.input.value())
		}
	}
	return all
}

// Values returns the current values, submitted or not.
func (m *Form) Values() Values {
	all := Values{}
	for _, f := range m.fields {
		if f.input != nil {
			all[f.ID] = f.input.value()
		}
	}
	values := Values{}
	for _, f := range m.fields {
		if f.input != nil && f.isShown(all) {
			values[f.ID] = all[f.ID]
		}
	}
	return values
}
