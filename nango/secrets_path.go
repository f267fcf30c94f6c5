package nango

import "strings"

// MaskAt is [Secrets.MaskJSON] for a single value of a JSON text: the path leads to it from the root, elements of
// arrays by their number. It gives back the value itself where nothing is secret.
func (s *Secrets) MaskAt(path []string, value string) string {
	leaf := jsonLeaf{said: value}
	for _, name := range path {
		if isIndex(name) {
			continue // it announces nothing, and a long array asks for each of its elements
		}
		leaf.at, leaf.key = leaf.at.inside(name), name
	}
	if leaf.hidden() {
		return Masked
	}
	return s.Mask(value)
}

// isIndex says whether a step of a path is the number of an element, or could be.
func isIndex(name string) bool { return name != "" && strings.Trim(name, digits) == "" }
