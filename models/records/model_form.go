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

// newModelForm asks for a model that is not listed.
func newModelForm(of nango.ConnectionRef, model, variant string) *formPage {
	m := &formPage{submitTitle: textOpen}
	m.Name = textEnterModel
	m.Fields = form.New(
		form.Field{ID: fieldModel, Title: textModel, Value: model, About: textModelAbout,
			Check: func(name string) error { return nango.CheckModel(strings.TrimSpace(name)) }},
		form.Field{ID: fieldVariant, Title: textVariant, Value: variant, About: textVariantAbout,
			Check: func(name string) error { return checkVariant(strings.TrimSpace(name)) }},
	)
	m.Submit = func(t *screen.Turn, values form.Values) {
		t.Replace(routeTo(of, strings.TrimSpace(values[fieldModel]), normalizeVariant(strings.TrimSpace(values[fieldVariant]))))
	}
	return m
}
