package connections

import (
	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

// newImportChoice asks which integration a connection is imported into; its id may be known already.
func newImportChoice(id string) *screen.IntegrationChoice {
	return &screen.IntegrationChoice{
		Name:      "Import a connection",
		About:     "Which integration the connection belongs to: its provider decides which credentials are asked for.",
		EmptyText: "A connection belongs to one.",
		OnSelect: func(t *screen.Turn, v form.Values) {
			r := importRoute(v[screen.FieldIntegration])
			if id != "" {
				r = r.With(queryID, id)
			}
			t.Replace(r)
		},
	}
}
