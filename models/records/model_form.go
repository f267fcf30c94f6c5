package records

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const (
	fieldModel   = "model"
	fieldVariant = "variant"
)

// newModelForm asks for a model by its name, for those that nobody lists.
func newModelForm(of nango.ConnectionRef, model, variant string) *formPage {
	m := &formPage{submitTitle: "Open"}
	m.Name = "Another model"
	m.Fields = form.New(
		form.Field{ID: fieldModel, Title: "Model", Value: model, Check: func(name string) error { return nango.CheckModel(strings.TrimSpace(name)) },
			About: "As the function names it. Case counts: Contact is not contact. An unknown one has no records; it is no error."},
		form.Field{ID: fieldVariant, Title: "Variant", Value: variant, Check: func(name string) error { return checkVariant(strings.TrimSpace(name)) },
			About: "That of the sync; none for the base."},
	)
	m.Submit = func(t *screen.Turn, values form.Values) {
		t.Replace(routeTo(of, strings.TrimSpace(values[fieldModel]), normalizeVariant(strings.TrimSpace(values[fieldVariant]))))
	}
	return m
}
