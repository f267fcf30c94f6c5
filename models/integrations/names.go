package integrations

import (
	"strings"

	"nango-tui/models/screen"
)

// FindNames finds integrations by their key, name or provider.
func (l *List) FindNames(text string, limit int) []screen.Destination {
	var found []screen.Destination
	for r := range l.Table.Each() {
		if screen.HasLetters(r.text, strings.ReplaceAll(text, " ", "")) && len(found) < limit {
			found = append(found, screen.Destination{Text: r.key, About: screen.TextIntegration, Route: screen.To("integration", r.key)})
		}
	}
	return found
}
