package connections

import (
	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

// newImportChoice asks for the integration to import into. The connection id may already be known.
func newImportChoice(id string) *screen.IntegrationChoice {
	return &screen.IntegrationChoice{
		Name:      "Import connection",
		About:     "The integration of the connection. Its provider determines which credentials are needed.",
		EmptyText: "A connection needs an integration.",
		OnSelect: func(t *screen.Turn, v form.Values) {
			r := importRoute(v[screen.FieldIntegration])
			if id != "" {
				r = r.With(queryID, id)
			}
			t.Replace(r)
		},
	}
}
