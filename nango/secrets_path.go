package nango

import "strconv"

// MaskAt is [Secrets.MaskJSON] for a single value of a JSON text: the path leads to it from the root, elements of
// arrays by their number. It gives back the value itself where nothing is secret.
func (s *Secrets) MaskAt(path []string, value string) string {
	leaf := jsonLeaf{said: value}
	for _, name := range path {
		leaf.at = leaf.at.inside(name)
		if _, err := strconv.Atoi(name); err != nil {
			leaf.key = name
		}
	}
	if leaf.hidden() {
		return Masked
	}
	return s.Mask(value)
}
