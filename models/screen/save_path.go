package screen

import (
	"context"
	"strings"

	"nango-tui/ui/form"
)

// PathField is the [FileField] of a form: it offers the last path again, and resolves what was typed to a full path.
type PathField struct {
	offer, full Task[string]
}

// Offer fills in where the last file was saved, unless something was typed meanwhile.
func (p *PathField) Offer(t *Turn, fields *form.Form) {
	suggested := fields.Values()[FieldFile]
	p.offer.Start(t, func(_ context.Context, tools Tools) (string, error) { return tools.Files.Offer(suggested), nil }, func(*Turn) {
		if fields.Values()[FieldFile] == suggested && suggested != p.offer.Value {
			fields.Set(FieldFile, p.offer.Value)
		}
	})
}

// Resolve calls then with the full path of the file that was typed, or shows why there is none.
func (p *PathField) Resolve(t *Turn, fields *form.Form, then func(t *Turn, path string)) {
	typed := strings.TrimSpace(fields.Values()[FieldFile])
	p.full.Start(t, func(_ context.Context, tools Tools) (string, error) { return tools.Files.Path(typed) }, func(t *Turn) {
		if p.full.Err != nil {
			fields.SetError(FieldFile, p.full.Err.Error())
			return
		}
		then(t, p.full.Value)
	})
}
