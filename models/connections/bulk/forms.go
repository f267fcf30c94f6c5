package bulk

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Fields of the forms.
const (
	fieldMetadata = "metadata"
	fieldTags     = "tags"
	fieldDrop     = "drop"
	fieldSyncs    = "syncs"
)

// newForm returns the form of a change. It opens the plan, and sends nothing.
func newForm(r *Run, fields ...form.Field) screen.Form {
	f := screen.Form{Name: r.change.title, SubmitTitle: textPlan, Disposable: true, Fields: form.New(fields...)}
	f.Head = func(f ui.Frame) []ui.Line {
		return []ui.Line{{ui.Styled(ui.RoleText, fmt.Sprintf(textFormHead, r.change.title, ui.Pluralize(len(r.all), "connection")))}}
	}
	return f
}

func metadataForm(_ *screen.Turn, r *Run) screen.Screen {
	f := newForm(r, form.Field{ID: fieldMetadata, Kind: form.Lines, Title: titleMetadata, About: r.change.does, Rows: 8,
		Check: func(text string) error { return nango.CheckMetadata(json.RawMessage(text)) }})
	f.Submit = func(t *screen.Turn, v form.Values) {
		r.metadata = json.RawMessage(v[fieldMetadata])
		t.ReplaceWith(newPage(r))
	}
	return &f
}

func tagsForm(_ *screen.Turn, r *Run) screen.Screen {
	f := newForm(r,
		form.Field{ID: fieldTags, Kind: form.Pairs, Title: titleSetTags, About: aboutSetTags, Rows: 4,
			Check: func(text string) error { return nango.CheckTags(tagsIn(form.Values{fieldTags: text})) }},
		form.Field{ID: fieldDrop, Title: titleDropTags, About: aboutDropTags})
	f.Submit = func(t *screen.Turn, v form.Values) {
		r.tags, r.drop = tagsIn(v), nil
		for _, key := range words(v[fieldDrop]) {
			r.drop = append(r.drop, nango.StoredTagKey(key))
		}
		if len(r.tags)+len(r.drop) == 0 {
			f.Fields.SetError(fieldTags, errNoTags)
			return
		}
		t.ReplaceWith(newPage(r))
	}
	return &f
}

// tagsIn are the tags that were typed, with keys as Nango stores them.
func tagsIn(v form.Values) map[string]string {
	tags := map[string]string{}
	for _, pair := range v.Pairs(fieldTags) {
		tags[nango.StoredTagKey(pair.Key)] = pair.Value
	}
	return tags
}

func syncsForm(_ *screen.Turn, r *Run) screen.Screen {
	f := newForm(r, form.Field{ID: fieldSyncs, Title: titleSyncs, About: aboutSyncs, Check: func(text string) error {
		_, err := syncsIn(text)
		return err
	}})
	f.Submit = func(t *screen.Turn, v form.Values) {
		r.syncs, _ = syncsIn(v[fieldSyncs]) // was checked
		t.ReplaceWith(newPage(r))
	}
	return &f
}

// syncsIn are the names of syncs that were typed; none for all.
func syncsIn(text string) ([]nango.SyncName, error) {
	var all []nango.SyncName
	for _, word := range words(text) {
		name, variant, _ := strings.Cut(word, "::")
		if err := nango.CheckFunctionName(name); err != nil {
			return nil, err
		}
		if strings.HasSuffix(word, "::") {
			return nil, errors.New(errNoVariant)
		}
		all = append(all, nango.SyncName{Name: name, Variant: variant})
	}
	return all, nil
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

// linkForm asks for the file of the links.
type linkForm struct {
	screen.Form
	path screen.PathField
}

// linksForm asks for the file of the links.
func linksForm(_ *screen.Turn, r *Run) screen.Screen {
	p := &linkForm{Form: newForm(r, screen.FileField(linkFile))}
	p.Submit = func(t *screen.Turn, _ form.Values) {
		p.path.Resolve(t, p.Fields, func(t *screen.Turn, path string) {
			r.path = path
			t.ReplaceWith(newPage(r))
		})
	}
	return p
}

// Open offers the folder of the last file.
func (p *linkForm) Open(t *screen.Turn) { p.path.Offer(t, p.Fields) }
